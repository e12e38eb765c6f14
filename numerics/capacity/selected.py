"""Gates that selector inputs switch on one at a time, and what an OR of them makes: listed, not constructed."""

from math import log

import numpy as np

from numerics.capacity._validate import require_int
from numerics.capacity.ideals import listed_tables

FUNCTIONS = 10**6  # that may be listed one by one


def count_selected_units(n: int, units: int) -> int:
    """Functions OR(f_1, ..., f_m) of gates f_j of *n* inputs, each -1 but on a slice of its own.

    The slices are those of the last k inputs, 2**k of them the fewest that serve m = *units* gates. 1 <= n <= 5,
    1 <= units <= 2**n, and at most a million functions.

    >>> count_selected_units(3, 3)
    64
    """
    n = require_int("n", n, 1, 5)
    units = require_int("units", units, 1, 2**n, why="no more slices are there than inputs tell apart")
    slices = 1
    while slices < units:
        slices *= 2
    size = 2**n // slices
    tables = listed_tables(n)
    spoken = [tables[tables & ~(((1 << size) - 1) << size * j) == 0] for j in range(units)]
    if sum(log(len(one)) for one in spoken) > log(FUNCTIONS):
        made = " * ".join(str(len(one)) for one in spoken)
        raise ValueError(f"units={units} gates of n={n} inputs make {made} functions, more than {FUNCTIONS} to list")
    joined = np.zeros(1, dtype=tables.dtype)
    for one in spoken:
        joined = np.unique(joined[:, None] | one)
    return len(joined)
