"""Products f·g with three values, f 0/1 and g -1/+1: where f is 0 they are, so they are restrictions of gates."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_int
from numerics.capacity.weights import threshold_tables

Ints = NDArray[np.int64]


def three_valued_count(n: int, attended: int = 1) -> int:
    """Number of maps (f g_1, ..., f g_m), f with values 0/1 and the *attended* g_i with values -1/+1, *n* <= 5.

    To each f belong the restrictions of gates to its support, any of them for each g_i.
    """
    n, attended = require_int("n", n, 0, 5), require_int("attended", attended, 0)
    return sum(size * int(by_ones.sum()) ** attended for size, by_ones in _restrictions(n))


def three_valued_by_ones(n: int) -> Ints:
    """The same for one attended gate, by the number of points where the product is +1."""
    totals: Ints = sum((size * by_ones for size, by_ones in _restrictions(n)), np.zeros(2**n + 1, np.int64))
    return totals


@lru_cache(maxsize=8)
def _restrictions(n: int) -> list[tuple[int, Ints]]:
    """For one f of each orbit of the cube: the orbit's size, and the restrictions to f's support by number of ones."""
    gates, found = threshold_tables(n), []
    remaining = set(gates.tolist())
    while remaining:
        f = remaining.pop()
        orbit, front = {f}, [f]
        while front:
            fresh = set(_neighbours(front.pop(), n)) - orbit
            orbit |= fresh
            front += fresh
        remaining -= orbit
        found.append((len(orbit), np.bincount(np.bitwise_count(np.unique(gates & f)), minlength=2**n + 1)))
    return found


def _neighbours(table: int, n: int) -> Iterator[int]:
    """The table with one input negated, or two neighbouring inputs exchanged."""
    for i in range(n):
        low = sum(1 << x for x in range(2**n) if not x >> i & 1)
        yield (table & low) << 2**i | table >> 2**i & low
    for i in range(n - 1):
        lower = sum(1 << x for x in range(2**n) if x >> i & 1 and not x >> i + 1 & 1)
        change = (table >> 2**i ^ table) & lower
        yield table ^ change ^ change << 2**i
