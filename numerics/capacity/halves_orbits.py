"""Functions of two gates of up to five inputs, one of each class under symmetries of the cube and negation."""

from typing import NamedTuple

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from numerics.capacity.halves_gates import gates
from numerics.capacity.symmetries import Words, moved, steps

ROOM = 2**16  # more classes than two gates of five inputs compute


class Orbits(NamedTuple):
    """One function of each class, its last bit 0, and how many of the class have that."""

    tables: Words
    sizes: NDArray[np.int64]


def two_gate_orbits(n: int) -> Orbits:
    """The classes of a & b, a | b and a ^ b, gates a, b of 1 <= *n* <= 5 inputs (n = 5: a bit for 2**31 tables).

    A symmetry, and negation with De Morgan's rule, bring a to one gate of its class.
    """
    every = gates(n).tables
    single = _orbits(every, np.zeros(1, dtype=np.uint64), n)
    return _orbits(single.tables, every, n)


def _orbits(first: Words, second: Words, n: int) -> Orbits:
    found, sizes = np.empty(ROOM, dtype=np.uint64), np.empty(ROOM, dtype=np.int64)
    seen = np.zeros(max(1, 2**2**n // 128), dtype=np.uint64)
    count = _sweep(first, second, *steps(n), uint64(2 ** (2**n - 1)), seen, found, sizes)
    return Orbits(found[:count], sizes[:count])


@njit(cache=True)
def _sweep(first, second, masks, shifts, last, seen, found, sizes):  # type: ignore[no-untyped-def]
    """Every a & b, a | b and a ^ b that has not been seen, with all its images, begins a class."""
    one, six, low_six = uint64(1), uint64(6), uint64(63)
    every, count = last | (last - one), 0
    for a in first:
        for b in second:
            for start in (a & b, a | b, a ^ b):
                if start & last:
                    start ^= every
                if (seen[start >> six] >> (start & low_six)) & one:
                    continue
                table, fixed = start, 0
                for k in range(masks.shape[0] + 1):
                    if k:
                        table = moved(table, masks[k - 1], shifts[k - 1])
                    image = table ^ every if table & last else table
                    seen[image >> six] |= one << (image & low_six)
                    fixed += image == start
                found[count], sizes[count] = start, (masks.shape[0] + 1) // fixed
                count += 1
    return count
