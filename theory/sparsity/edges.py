"""Gain of one attention edge, value to normalised output, and of a tree of such edges."""

from typing import Any

import sympy as sp

from theory.derivation import Identity, Limit, Step
from theory.errors import AssumptionError
from theory.sparsity._validate import positive_number, real_number, whole_number

Expr = Any


def rectified_edge_gain(active: int, cosine: Any = 0) -> Expr:
    """a_j sqrt(d)/|z| for *active* equal weights on unit-RMS values with common pairwise *cosine*, RMS-normalised.

    1/sqrt(κ(1 + (κ-1)c)): 1/sqrt κ for orthogonal values, 1/κ for identical ones, unbounded as c -> -1/(κ-1), where the
    values cancel. Simplex attention has 1/κ always. Derived for this project, after Kerg et al. (2020).

    >>> rectified_edge_gain(4), rectified_edge_gain(4, cosine=1)
    (1/2, 1/4)
    """
    k, c = whole_number("active", active), real_number("cosine", cosine)
    gram = k * (1 + (k - 1) * c)
    if c > 1 or gram < 0 or (k > 1 and c < sp.Rational(-1, k - 1)):
        raise ValueError(f"cosine of {k} vectors must lie in [-1/(active-1), 1], got {cosine}")
    if gram == 0:
        raise AssumptionError(f"the {k} values cancel at cosine {cosine}: the output is null and has no edge gain")
    return 1 / sp.sqrt(gram)


def simplex_edge_gain(active: int) -> Expr:
    """Weight 1/κ of each of *active* equally attended keys on the simplex.

    >>> simplex_edge_gain(4)
    1/4
    """
    return sp.Rational(1, whole_number("active", active))


def tree_gain(active: int, depth: int, rectified: bool = True) -> Expr:
    """Gain of one path of *depth* edges through a κ-ary tree of orthogonal values: κ^{-D/2} rectified, κ^{-D} simplex.

    >>> tree_gain(2, 6), tree_gain(2, 6, rectified=False)
    (1/8, 1/64)
    """
    edge = rectified_edge_gain(active) if rectified else simplex_edge_gain(active)
    return edge ** whole_number("depth", depth, 0)


def edge_ceiling(largest_value: Any, eps: Any, gain: Any = 1) -> Expr:
    """Bound |g| |V_A| / sqrt(eps) on the derivative of the normalised output by the scores; no bound without eps.

    *largest_value* is the spectral norm of the active values. Derived for this project.
    """
    return (
        positive_number("gain", gain)
        * positive_number("largest_value", largest_value)
        / sp.sqrt(positive_number("eps", eps))
    )


def edge_derivation() -> tuple[Step, ...]:
    """Norm of a sum of κ equal vectors of common cosine, and the three regimes of the gain."""
    k, a, d = sp.symbols("kappa a d", positive=True)
    c = sp.Symbol("c", real=True)
    norm_square = a**2 * d * (k + k * (k - 1) * c)  # |sum a v|² with |v|² = d and v·v' = c d
    gain_square = a**2 * d / norm_square
    e = sp.Symbol("epsilon", positive=True)
    return (
        Identity("orthogonal values: 1/κ, squared", gain_square.subs(c, 0), 1 / k, 1 / k**2),
        Identity("identical values: 1/κ², squared", gain_square.subs(c, 1), 1 / k**2, 1 / k),
        Limit("two cancelling values: no bound", 1 / gain_square.subs({k: 2, c: -1 + e}), e, 0, sp.S.Zero, sp.S.One),
    )
