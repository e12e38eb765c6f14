"""Functions f with f p >= 0 on the cube for some polynomial p != 0: weak agreement, a larger class than threshold."""

from itertools import product
from math import isqrt
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity._validate import require_int
from numerics.capacity.weights import threshold_tables


def count_weakly_threshold(n: int, degree: int = 1) -> int:
    """W(n, e) for *degree* e <= 1 and *n* <= 5: tables f with f p >= 0 for some nonzero p of degree at most e.

    Every nonzero sign vector of an affine p weakens to one of an extreme ray; rays have integer weights up to
    floor(sqrt(n**n)) // 2**(n-1) (minors of order n of the +-1 points), all of which are tried. n = 5 takes 512 MiB.

    >>> count_weakly_threshold(3, 1)
    152
    """
    n = require_int("n", n, 1, 5)
    if require_int("degree", degree, 0, 1) == 0:
        return 2
    return int(np.bitwise_count(_weakly_affine(n)).sum(dtype=np.int64))


def _weakly_affine(n: int) -> NDArray[np.uint64]:
    """A bit per table, set where it agrees weakly with a nonzero affine form."""
    size = 2**n
    signs = np.where(np.arange(size)[:, None] >> np.arange(n) & 1, 1, -1)
    bound = max(1, isqrt(n**n) // 2 ** (n - 1))
    weights = np.array([w for w in product(range(-bound, bound + 1), repeat=n + 1) if any(w)])
    values = weights[:, :1] + weights[:, 1:] @ signs.T
    powers = 1 << np.arange(size)
    patterns = np.unique(np.stack([(values > 0) @ powers, (values == 0) @ powers], axis=1), axis=0)
    bits = np.zeros(max(1, 2**size // 64), np.uint64)
    _mark(patterns, bits)
    return bits


@njit(cache=True)
def _mark(patterns: Any, bits: Any) -> None:
    """Set the bit of every table that is 1 on the first mask of a pattern, and anything on the second."""
    for k in range(patterns.shape[0]):
        positive, free = patterns[k]
        chosen = free
        while True:
            table = positive | chosen
            bits[table >> 6] |= np.uint64(1) << np.uint64(table & 63)
            if chosen == 0:
                break
            chosen = (chosen - 1) & free


def _weak_members(n: int, degree: int) -> NDArray[np.bool_]:
    size = 2**n
    if degree == 0:
        members = np.zeros(2**size, dtype=np.bool_)
        members[[0, 2**size - 1]] = True
        return members
    return np.unpackbits(_weakly_affine(n).view(np.uint8), bitorder="little")[: 2**size].astype(np.bool_)


def count_products_by_duality(n: int, degrees: tuple[int, int], gate_values: str) -> int:
    """Products of threshold functions of two *degrees* >= 1, *n* <= 4, from lists that duality gives (1: from weights).

    y has degree at most d exactly if parity·y agrees weakly with no polynomial of degree n-d-1.
    """
    n = require_int("n", n, 1, 4)
    lists = [np.flatnonzero(_members_of_degree(n, require_int("degree", d, 1, n))) for d in degrees]
    small, large = sorted(lists, key=len)
    everything = 2**2**n - 1
    members = np.zeros(2**2**n, dtype=np.bool_)
    for table in small:
        members[large & table if gate_values == "01" else everything ^ large ^ table] = True
        if members.all():
            break
    return int(members.sum())


def _members_of_degree(n: int, degree: int) -> NDArray[np.bool_]:
    size = 2**n
    if degree == n:
        return np.ones(2**size, dtype=np.bool_)
    members = np.ones(2**size, dtype=np.bool_)
    if degree == 1:
        members[:] = False
        members[threshold_tables(n)] = True
        return members
    parity = sum((x.bit_count() + n & 1) << x for x in range(size))
    weak = np.flatnonzero(_weak_members(n, n - degree - 1))
    members[weak ^ parity] = False
    return members


def count_products_of_degree(n: int, degree: int = 2) -> int:
    """Threshold functions of a *degree* >= n - 2, n <= 4, by duality."""
    return int(_members_of_degree(n, min(degree, n)).sum())


def warm_up() -> None:
    """Compile what marks tables, before a clock starts."""
    count_weakly_threshold(1)
