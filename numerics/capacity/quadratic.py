"""Exact number of polynomial threshold functions of degree above one."""

from numerics.capacity.engine import ThresholdCount


def count_polynomial_threshold_functions(n: int, degree: int) -> ThresholdCount:
    """Number of functions sign(p(x)) on {-1, 1}^n with p of at most *degree* >= 2.

    Degree n represents every function, degree n - 1 all but parity and its complement (a function fails degree d iff
    parity times it agrees weakly with a non-zero polynomial of degree n - d - 1; for d = n - 1 that is a constant).
    """
    if degree >= n - 1:
        count = 2**2**n - (2 if degree == n - 1 else 0)
        return ThresholdCount(n, degree, count, count, "none", True)
    raise ValueError(f"degree={degree} at n={n} is out of reach of exact counting; estimate_threshold_functions serves")
