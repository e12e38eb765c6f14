"""Calculators: counts and capacities of threshold gates and gated attention."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count


@calculator("capacity")
def dichotomy_count(m: "Count", d: "Count", *, explain: bool = False) -> Any:
    """Number of labellings of m points in general position in R^d that one homogeneous gate can produce."""


@calculator("capacity")
def log2_dichotomy_count(m: "Count", d: "Count", *, explain: bool = False) -> Any:
    """Labellings of m points that one homogeneous gate can produce, in bits."""


@calculator("capacity")
def parameter_count(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Monomials of degree at most degree in n variables, multilinear: sum_{i<=degree} C(n, i)."""


@calculator("capacity")
def region_bound(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Upper bound B(n, D) = 2 sum_{k<D} C(2**n - 1, k) on the threshold functions of n variables and degree."""


@calculator("capacity")
def log2_region_bound(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Upper bound of the capacity of threshold functions, in bits."""


@calculator("capacity")
def log2_extension_lower_bound(n: "Count", *, explain: bool = False) -> Any:
    """Lower bound of the capacity of linear threshold functions, in bits."""


@calculator("capacity")
def log2_output_gating_lower_bound(n: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of the products of two linear threshold functions of n variables."""


@calculator("capacity")
def log2_output_gating_upper_bound(n: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the products of two linear threshold functions of n variables."""


@calculator("capacity")
def region_bound_exponent(n: "Count", *, explain: bool = False) -> Any:
    """Expansion of log2 of the region bound of linear threshold functions, up to O(n^-3)."""


@calculator("capacity")
def leading_exponent(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Leading term n^(d+1)/d! of log2 T(n; d), the capacity of threshold functions of a fixed degree."""


@calculator("capacity")
def zuev_exponent(n_value: "Count", *, explain: bool = False) -> Any:
    """Zuev's lower bound n**2 (1 - 10/ln n) on log2 T(n), stated for sufficiently large n (C3)."""
