"""Products f·g with three values for up to six inputs: restrictions of gates, from one support to the next smaller one.

To f, with values 0/1, belong the restrictions of gates g, with values -1/+1, to the ones of f. From the whole cube
every other support is reached point by point, each time by a gate; leaving out a point merges two sorted lists.
"""

from functools import lru_cache

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from numerics.capacity._validate import require_int
from numerics.capacity.halves_gates import gates
from numerics.capacity.symmetries import Words, images, steps

Ints = NDArray[np.int64]


def merged_three_valued_count(n: int, attended: int = 1) -> int:
    """Number of maps (f·g_1, ..., f·g_m) of 1 <= n <= 6 inputs, f 0/1 and the m = *attended* gates g_i -1/+1.

    One f of each class under permuting and negating inputs; n = 6 takes 1.2 GB. Baldi & Vershynin 2022, output
    gating, mixed values (OG3, AL2).

    >>> merged_three_valued_count(2), merged_three_valued_count(2, 2)
    (71, 533)
    """
    n, attended = require_int("n", n, 1, 6), require_int("attended", attended, 1)
    return sum(size * int(ones.sum()) ** attended for size, ones in _restrictions(n))


def merged_three_valued_by_ones(n: int) -> tuple[int, ...]:
    """The same for one attended gate, by the number of points where the product is +1."""
    n = require_int("n", n, 1, 6)
    totals: Ints = sum((size * ones for size, ones in _restrictions(n)), np.zeros(2**n + 1, np.int64))
    return tuple(totals.tolist())


@lru_cache(maxsize=8)
def _restrictions(n: int) -> tuple[tuple[int, Ints], ...]:
    """For one f of each class: the class's size, and the restrictions to the ones of f by their number of ones."""
    every, nothing = gates(n), np.zeros(2**n + 1, np.int64)
    nothing[0] = 1
    found = [(1, nothing)]  # f = 0
    met: set[int] = set()

    def visit(f: np.uint64, orbit: Words, rows: Words) -> None:
        """*rows*: the restrictions to the ones of *f* that are 0 at the first of these, in ascending order."""
        met.add(int(orbit.min()))
        ones = np.bincount(np.bitwise_count(rows), minlength=2**n + 1)
        support = int(f).bit_count()
        ones[: support + 1] += ones[: support + 1][::-1].copy()  # those of the negated gates
        found.append((len(orbit) // int((orbit == f).sum()), ones))
        spare = int(every.spare[np.searchsorted(every.tables, f)])
        for point in (np.uint64(1 << x) for x in range(2**n) if spare >> x & 1):
            smaller = images(f ^ point, *steps(n))
            if f != point and int(smaller.min()) not in met:
                visit(f ^ point, smaller, without(rows, f, point))

    cube = every.tables[-1]
    visit(cube, images(cube, *steps(n)), every.tables[every.tables & np.uint64(1) == 0])
    return tuple(found)


@njit(cache=True)
def without(rows, support, point):  # type: ignore[no-untyped-def]
    """The *rows* (0 at the first point of *support*, ascending) on the support without *point*, in the same form."""
    rest = support ^ point
    first = (support & (~support + uint64(1))) == point
    at = rest & (~rest + uint64(1)) if first else point
    size = rows.shape[0]
    kept, changed = np.empty(size, dtype=np.uint64), np.empty(size, dtype=np.uint64)
    number, others = 0, 0
    for row in rows:
        if row & at == uint64(0):
            kept[number] = row
            number += 1
        else:
            # a row that would be 1 at what is now the first point stands for its negation
            changed[others] = rest & ~row if first else row ^ point
            others += 1
    if first:
        changed[:others] = changed[:others][::-1].copy()
    return _merged(kept[:number], changed[:others])


@njit(cache=True)
def _merged(first, second):  # type: ignore[no-untyped-def]
    """The union of two ascending lists."""
    union = np.empty(first.shape[0] + second.shape[0], dtype=np.uint64)
    i, j, count = 0, 0, 0
    while i < first.shape[0] or j < second.shape[0]:
        if j == second.shape[0] or (i < first.shape[0] and first[i] <= second[j]):
            union[count] = first[i]
            j += j < second.shape[0] and first[i] == second[j]
            i += 1
        else:
            union[count] = second[j]
            j += 1
        count += 1
    return union[:count].copy()


def warm_up() -> None:
    """Compile the kernels, before a clock starts."""
    merged_three_valued_count(2)
