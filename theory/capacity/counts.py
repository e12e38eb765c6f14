"""Counts of separable labellings (Cover 1965) and the region bounds that follow from them."""

from math import comb


def dichotomy_count(m: int, d: int) -> int:
    """Number of labellings of *m* points in general position in R^*d* that one homogeneous gate can produce.

    The gate's threshold is zero; append a constant input to lift this.
    Cover (1965), Theorem 1, eq. (5); for d >= m it is 2**m.

    >>> dichotomy_count(4, 3)
    14
    """
    for name, value in (("m", m), ("d", d)):
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{name} must be an int, got {value!r}")
        if value < 1:
            raise ValueError(f"{name} must be at least 1, got {value}")
    return 2 * sum(comb(m - 1, k) for k in range(d))
