"""Threshold functions of a degree from ranks of sets of points: Whitney's sum, without a gate or a programme.

A set of hyperplanes through 0 cuts space into sum over its subsets A of (-1)^(|A| - rank A) regions (Whitney 1932,
Zaslavsky 1975); here each point of the cube is a hyperplane in the space of polynomials.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity._validate import require_int
from numerics.capacity.points import cube_rows

Ints = NDArray[np.int64]
# Ranks are taken modulo this prime: a minor of order k <= 16 with entries -1 and 1 is 2**(k-1) times an integer of at
# most k**(k/2) / 2**(k-1) <= 2**17, so that none but 0 is divisible.
PRIME = 2**19 - 1


def count_by_ranks(n: int, degree: int = 1) -> int:
    """T(n; *degree*) for 1 <= *n* <= 5, degree <= 2 at n = 5, where sets of points are taken up to symmetry (300 MB).

    >>> count_by_ranks(3)
    104
    """
    n = require_int("n", n, 1, 5, why="there are 2**(2**n) sets of points")
    degree = require_int("degree", degree, 0, n if n < 5 else 2)
    rows = np.array(cube_rows(n, degree), np.int64)
    if n < 5:
        sets = np.arange(2**2**n, dtype=np.uint64)
        return int(_terms(sets, rows).sum())
    from numerics.capacity.bitset_orbits import FULL, classes

    sets, sizes, closed = classes()
    # A class holds the complements of its sets; they are half of it, unless each is the image of some set as well.
    of_sets, of_complements = _terms(sets, rows), _terms(sets ^ np.uint64(FULL), rows)
    return int((np.where(closed, sizes, sizes // 2) * of_sets + np.where(closed, 0, sizes // 2) * of_complements).sum())


@njit(cache=True)
def _inverse(value):  # type: ignore[no-untyped-def]
    """1 / value modulo the prime, as the power value**(p - 2)."""
    power, result, exponent = value, 1, PRIME - 2
    while exponent:
        if exponent & 1:
            result = result * power % PRIME
        power = power * power % PRIME
        exponent >>= 1
    return result


@njit(cache=True)
def _terms(sets, rows):  # type: ignore[no-untyped-def]
    """(-1)**(|A| - rank A) of each set A of rows."""
    points, width = rows.shape
    terms = np.empty(sets.shape[0], np.int64)
    basis, held = np.empty((width, width), np.int64), np.empty(width, np.bool_)
    vector = np.empty(width, np.int64)
    for k in range(sets.shape[0]):
        held[:] = False
        spare = 0  # points that add nothing to the rank
        for p in range(points):
            if not sets[k] >> np.uint64(p) & np.uint64(1):
                continue
            vector[:] = rows[p]
            for c in range(width):
                lead = vector[c] % PRIME
                if lead == 0:
                    continue
                if not held[c]:
                    held[c] = True
                    factor = _inverse(lead)
                    for j in range(c, width):
                        basis[c, j] = vector[j] % PRIME * factor % PRIME
                    break
                for j in range(c, width):
                    vector[j] = (vector[j] - lead * basis[c, j]) % PRIME
            else:
                spare += 1
        terms[k] = -1 if spare % 2 else 1
    return terms


def warm_up() -> None:
    """Compile the kernel, before a clock starts."""
    count_by_ranks(1)
