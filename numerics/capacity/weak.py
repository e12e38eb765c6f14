"""Functions f with f p >= 0 on the cube for some polynomial p != 0: weak agreement, a larger class than threshold."""

from itertools import product
from math import isqrt

import numpy as np

from numerics.capacity._validate import require_int


def count_weakly_threshold(n: int, degree: int = 1) -> int:
    """W(n, e) for *degree* e <= 1 and *n* <= 4: tables f with f p >= 0 for some nonzero p of degree at most e.

    Every nonzero sign vector of an affine p weakens to one of an extreme ray; rays have integer weights up to
    floor(sqrt(n**n)) // 2**(n-1) (minors of order n of the +-1 points), all of which are tried.

    >>> count_weakly_threshold(3, 1)
    152
    """
    n = require_int("n", n, 1, 4)
    degree = require_int("degree", degree, 0, 1)
    if degree == 0:
        return 2
    size = 2**n
    signs = np.where(np.arange(size)[:, None] >> np.arange(n) & 1, 1, -1)
    bound = max(1, isqrt(n**n) // 2 ** (n - 1))
    weights = np.array([w for w in product(range(-bound, bound + 1), repeat=n + 1) if any(w)])
    values = weights[:, :1] + weights[:, 1:] @ signs.T
    powers = 1 << np.arange(size)
    patterns = np.unique(np.stack([(values > 0) @ powers, (values == 0) @ powers], axis=1), axis=0)
    tables = np.arange(2**size)
    members = np.zeros(2**size, dtype=np.bool_)
    for positive, free in patterns:
        members |= (tables ^ positive) & ~free & (2**size - 1) == 0
    return int(members.sum())
