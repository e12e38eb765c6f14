"""Calculators of single threshold gates: dichotomies, the region bound, expansions, the characteristic polynomial."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


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
def product_parameter_count(n: "Count", *, explain: bool = False) -> Any:
    """Parameters 2(n + 1) - 1 of a gated product (w.x + b)(v.x + c), its scale fixed."""


@calculator("capacity")
def region_bound(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Upper bound B(n, D) = 2 sum_{k<D} C(2**n - 1, k) on the threshold functions of n variables and degree."""


@calculator("capacity")
def log2_region_bound(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Upper bound of the capacity of threshold functions, in bits."""


@calculator("capacity")
def log2_last_region_term(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """What the highest dimension adds to half the region bound, in bits."""


@calculator("capacity")
def exponent_bound(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Upper bound n C(n, <=d) of log2 T(n; d), n bits for each parameter."""


@calculator("capacity")
def capacity_ratio(count: "Value", n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Share T(n; d) / B(n, D) of the region bound that is reached; 1 in the limit, falling where it is known."""


@calculator("capacity")
def log2_extension_lower_bound(n: "Count", *, explain: bool = False) -> Any:
    """Lower bound of the capacity of linear threshold functions, in bits."""


@calculator("capacity")
def log2_slice_lower_bound(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Lower bound of the capacity of threshold functions, in bits, by T(n; d) >= T(n-1; d) T(n-1; d-1)."""


@calculator("capacity")
def weak_count(n: "Count", count: "Count", *, explain: bool = False) -> Any:
    """Number W(n, n - d - 1) = 2^(2^n) - T(n; d) of functions f with f p >= 0 for some p != 0 of degree n - d - 1."""


@calculator("capacity")
def region_bound_exponent(n: "Count", *, explain: bool = False) -> Any:
    """Expansion of log2 of the region bound of linear threshold functions, up to O(n^-3)."""


@calculator("capacity")
def stirling_residual(n_value: "Count", *, explain: bool = False) -> Any:
    """The last term, -log2(e)/(12 n), at an integer n >= 1."""


@calculator("capacity")
def leading_exponent(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Leading term n^(d+1)/d! of log2 T(n; d), the capacity of threshold functions of a fixed degree."""


@calculator("capacity")
def zuev_exponent(n_value: "Count", *, explain: bool = False) -> Any:
    """Zuev's lower bound n**2 (1 - 10/ln n) on log2 T(n), stated for sufficiently large n (C3)."""


@calculator("capacity")
def second_coefficient(n: "Count", *, explain: bool = False) -> Any:
    """Modulus of the second coefficient of the characteristic polynomial of the threshold arrangement."""


@calculator("capacity")
def third_coefficient(n: "Count", *, explain: bool = False) -> Any:
    """Modulus of the third coefficient of the characteristic polynomial of the threshold arrangement."""


@calculator("capacity")
def parallelogram_count(n: "Count", *, explain: bool = False) -> Any:
    """Parallelograms among the points of the n-cube: (6**n - 2 4**n + 2**n) / 8."""
