"""The number of threshold functions of a degree: the entrance to every exact route that needs no reference."""

from collections.abc import Callable

from numerics.capacity.engine import ThresholdCount, count_by_chambers
from numerics.capacity.engine_cone import Order, Symmetry, check_int

LARGEST = 20


def count_threshold_functions(
    n: int,
    degree: int = 1,
    *,
    symmetry: Symmetry = "signed permutations",
    order: Order = "balanced",
    progress: Callable[[float], None] | None = None,
) -> ThresholdCount:
    """Exact number of Boolean functions sign(p(x)) on {-1, 1}^n with p of at most *degree*.

    Degree 1: 0 <= n <= 9; degree 2: n <= 5 (n = 5 takes minutes); degree >= n - 2: n <= 7; degree >= n - 1: n <= 20.
    *symmetry* and *order* concern degree 1 (see ``count_by_chambers``), *progress* T(5, 2) alone: it is called with the
    part of the orbits that is decided. Baldi & Vershynin 2022, C1.

    >>> count_threshold_functions(4).count
    1882
    """
    n = check_int("n", n, 0, LARGEST, "2**(2**n) is not written out beyond")
    degree = check_int("degree", degree, 1, max(n, 1), "a function of n bits has degree at most n")
    if degree > 1:
        if (symmetry, order) != ("signed permutations", "balanced"):
            raise ValueError(f"symmetry and order concern degree 1, got {symmetry!r}, {order!r} for degree={degree}")
        from numerics.capacity.quadratic import count_polynomial_threshold_functions

        return count_polynomial_threshold_functions(n, degree, progress=progress)
    return count_by_chambers(n, symmetry=symmetry, order=order)
