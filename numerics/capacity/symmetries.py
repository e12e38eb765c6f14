"""Permuting and negating the inputs of functions given as words of bits: bit x is the value at the point x.

The symmetries of the cube are walked along a path on which neighbours differ by one exchange of inputs or one negation,
so that every image of a table follows from the one before by a shift and a mask.
"""

from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

Words = NDArray[np.uint64]


@lru_cache(maxsize=8)
def steps(n: int) -> tuple[Words, Words]:
    """Masks and shifts of a path through the 2**n n! symmetries of the *n*-cube, for :func:`moved`."""
    negations = [(2**i, [x for x in range(2**n) if not x >> i & 1]) for i in range(n)]
    exchanges = [(2**i, [x for x in range(2**n) if x >> i & 1 and not x >> i + 1 & 1]) for i in range(n - 1)]
    gray = [negations[(k & -k).bit_length() - 1] for k in range(1, 2**n)]
    path = list(gray)
    for i in _plain_changes(n):
        path += [exchanges[i], *gray]
    masks = [sum(1 << x for x in places) for _, places in path]
    return np.array(masks, dtype=np.uint64), np.array([shift for shift, _ in path], dtype=np.uint64)


def _plain_changes(n: int) -> list[int]:
    """Places i of the exchanges (i, i + 1) that run through all permutations (Steinhaus, Johnson, Trotter)."""
    if n < 2:
        return []
    down, up = list(range(n - 2, -1, -1)), list(range(n - 1))
    path, falling = list(down), True
    for inner in _plain_changes(n - 1):
        path += [inner + falling, *(up if falling else down)]
        falling = not falling
    return path


@njit(cache=True)
def moved(table, mask, shift):  # type: ignore[no-untyped-def]
    """The table with the bits under *mask* exchanged with those *shift* places higher."""
    change = ((table >> shift) ^ table) & mask
    return table ^ change ^ (change << shift)


@njit(cache=True)
def images(table, masks, shifts):  # type: ignore[no-untyped-def]
    """The table under every symmetry on the path, itself first."""
    found = np.empty(masks.shape[0] + 1, dtype=np.uint64)
    found[0] = table
    for k in range(masks.shape[0]):
        found[k + 1] = moved(found[k], masks[k], shifts[k])
    return found
