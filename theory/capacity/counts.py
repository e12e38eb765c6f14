"""Counts of separable labellings (Cover 1965) and the region bounds that follow from them."""

from math import comb

from theory.capacity._validate import require_int


def dichotomy_count(m: int, d: int) -> int:
    """Number of labellings of *m* points in general position in R^*d* that one homogeneous gate can produce.

    The gate's threshold is zero; append a constant input to lift this.
    Cover (1965), Theorem 1, eq. (5); for d >= m it is 2**m.

    >>> dichotomy_count(4, 3)
    14
    """
    m, d = require_int("m", m, 1), require_int("d", d, 1)
    return 2 * sum(comb(m - 1, k) for k in range(d))
