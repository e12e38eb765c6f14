"""Products and conjunctions of ever more gates of five inputs by composing them: the first of two routes.

A set of 2**32 bits holds the functions that m gates compute and fewer do not. One gate of every class, joined to all of
them 64 at a time, gives at least one function of every class that m + 1 gates compute; those that are new are spread by
the symmetries of the cube. Two such sets: 1 GiB.
"""

from functools import lru_cache

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from numerics.capacity.bitset import WORDS, gated_set
from numerics.capacity.bitset_orbits import classes
from numerics.capacity.bitset_units import gate_classes
from numerics.capacity.symmetries import moved, steps

N = 5
FULL = np.uint64(2**32 - 1)


def folded_by_ones(operation: str, gates: int) -> NDArray[np.int64]:
    """Functions of five inputs that are the *operation*, "xnor" or "and", of *gates* gates, by number of ones."""
    needed, ones = gates_needed(operation), np.bitwise_count(classes().tables).astype(np.int64)
    totals = np.zeros(2**N + 1, dtype=np.int64)
    for within, weights in zip(needed <= gates, (ones, 2**N - ones), strict=True):
        np.add.at(totals, weights[within], classes().sizes[within] // 2)  # a class that is closed meets both halves
    return totals


@lru_cache(maxsize=2)
def gates_needed(operation: str) -> NDArray[np.int64]:
    """Fewest gates whose *operation* is a function of the class: first the smallest tables, then their complements."""
    tables = np.stack([classes().tables, classes().tables ^ FULL])
    needed = np.zeros(tables.shape, dtype=np.int64)
    groups = gate_classes()
    needed[np.isin(tables, np.concatenate(groups))] = 1
    found = gated_set("output", {"xnor": "pm1", "and": "01"}[operation], "pm1", "ungated")
    _take_met(found, *(path[:0] for path in steps(N)), tables.ravel(), needed.ravel(), 2)  # of these it holds all
    fresh, gates = np.zeros(WORDS, dtype=np.uint64), 2
    while not needed.all():
        for words in (fresh, found):
            words[:] = 0
        _spread(fresh, *steps(N), tables[needed == gates])
        for group in groups:
            # products of gates are closed under negation, so a gate's complement does nothing that the gate does not
            for gate in np.unique([group[0], group[0] ^ FULL])[: 1 if operation == "xnor" else 2]:
                join(found, fresh, gate, operation == "and")
        gates += 1
        _take_met(found, *steps(N), tables.ravel(), needed.ravel(), gates)
    return needed


@njit(cache=True)
def _take_met(bits, masks, shifts, tables, needed, gates):  # type: ignore[no-untyped-def]
    """Every table without a number of which the set holds some image needs *gates*."""
    one, six, low_six = uint64(1), uint64(6), uint64(63)
    for i in range(tables.shape[0]):
        if needed[i]:
            continue
        table = tables[i]
        for k in range(masks.shape[0] + 1):
            if k:
                table = moved(table, masks[k - 1], shifts[k - 1])
            if (bits[table >> six] >> (table & low_six)) & one:
                needed[i] = gates
                break


@njit(cache=True)
def _spread(bits, masks, shifts, tables):  # type: ignore[no-untyped-def]
    """Add all images of the tables."""
    one, six, low_six = uint64(1), uint64(6), uint64(63)
    for i in range(tables.shape[0]):
        table = tables[i]
        for k in range(masks.shape[0] + 1):
            if k:
                table = moved(table, masks[k - 1], shifts[k - 1])
            bits[table >> six] |= one << (table & low_six)


# positions in a word of 64 bits whose number has a 0 at each place
_LOW = np.array([sum(1 << b for b in range(64) if not b >> p & 1) for p in range(6)], dtype=np.uint64)


@njit(cache=True)
def join(found, members, gate, conjunction):  # type: ignore[no-untyped-def]
    """Add gate & h, or gate ^ h, for every member h, a word of 64 members at a time.

    Where the gate's bit is 0 a conjunction lets the two halves of a word fall together; where it is 1 the other
    operation exchanges them.
    """
    high = gate >> uint64(6)
    for i in range(members.shape[0]):
        word = members[i]
        if not word:
            continue
        for power in range(6):
            bit, shift, low = (gate >> uint64(power)) & uint64(1), uint64(1 << power), _LOW[power]
            if conjunction and not bit:
                word = (word | (word >> shift)) & low
            elif bit and not conjunction:
                word = ((word & low) << shift) | ((word >> shift) & low)
        found[uint64(i) & high if conjunction else uint64(i) ^ high] |= word
