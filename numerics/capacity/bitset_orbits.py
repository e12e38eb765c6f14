"""Functions of five inputs up to permuting and negating inputs and negation: 616126 classes, and sets of those."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from numerics.capacity.symmetries import Words, moved, steps

N = 5
FULL = 2**32 - 1
ROOM = 2**20  # more classes than there are


class Classes(NamedTuple):
    """The smallest table of every class, the sizes of the classes, and which hold the complements of their tables."""

    tables: Words
    sizes: NDArray[np.int64]
    closed: NDArray[np.bool_]


@lru_cache(maxsize=1)
def classes() -> Classes:
    """All classes, smallest table first, by sweeping through the tables (256 MiB, half of them: top bit 0)."""
    tables, sizes = np.zeros(ROOM, dtype=np.uint64), np.zeros(ROOM, dtype=np.int64)
    closed = np.zeros(ROOM, dtype=np.bool_)
    count = _sweep(np.zeros(2**25, dtype=np.uint64), *steps(N), tables, sizes, closed)
    if int(sizes.sum()) != 2**32:
        raise ArithmeticError(f"the classes hold {int(sizes.sum())} functions, not 2**32")
    return Classes(tables[:count], sizes[:count], closed[:count])


def classes_that_meet(bits: Words) -> NDArray[np.bool_]:
    """Of every class, whether some member is in the set *bits*; of 2**32 bits, or of 2**31 where top bits are 0."""
    tables = classes().tables
    found = np.zeros(len(tables), dtype=np.bool_)
    _meets(bits, len(bits) == 2**26, *steps(N), tables, found)
    return found


def size_of(chosen: NDArray[np.bool_]) -> int:
    """Functions in the chosen classes."""
    return int(classes().sizes[chosen].sum())


def by_ones(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Functions in the chosen classes, by number of ones."""
    tables, sizes, closed = classes()
    ones = np.bitwise_count(tables).astype(np.int64)
    totals = np.zeros(2**N + 1, dtype=np.int64)
    np.add.at(totals, ones[chosen], np.where(closed, sizes, sizes // 2)[chosen])
    np.add.at(totals, 2**N - ones[chosen], np.where(closed, 0, sizes // 2)[chosen])
    return totals


@njit(cache=True)
def _sweep(seen, masks, shifts, tables, sizes, closed):  # type: ignore[no-untyped-def]
    one, six, low_six, top, full = uint64(1), uint64(6), uint64(63), uint64(2**31), uint64(FULL)
    count, symmetries = 0, masks.shape[0] + 1
    for i in range(seen.shape[0]):
        while seen[i] != full | (full << uint64(32)):
            bit = uint64(0)
            while (seen[i] >> bit) & one:
                bit += one
            start = (uint64(i) << six) | bit
            table, fixed, complemented = start, 0, False
            for k in range(symmetries):
                if k:
                    table = moved(table, masks[k - 1], shifts[k - 1])
                fixed += table == start
                complemented |= table == start ^ full
                half = table ^ full if table & top else table
                seen[half >> six] |= one << (half & low_six)
            tables[count], closed[count] = start, complemented
            sizes[count] = symmetries // fixed if complemented else 2 * (symmetries // fixed)
            count += 1
    return count


@njit(cache=True)
def _meets(bits, whole, masks, shifts, tables, found):  # type: ignore[no-untyped-def]
    one, six, low_six, top, full = uint64(1), uint64(6), uint64(63), uint64(2**31), uint64(FULL)
    for c in range(tables.shape[0]):
        table = tables[c]
        for k in range(masks.shape[0] + 1):
            if k:
                table = moved(table, masks[k - 1], shifts[k - 1])
            half = table ^ full if table & top else table
            hit = (bits[half >> six] >> (half & low_six)) & one
            if whole and not hit:
                other = half ^ full
                hit = (bits[other >> six] >> (other & low_six)) & one
            if hit:
                found[c] = True
                break
