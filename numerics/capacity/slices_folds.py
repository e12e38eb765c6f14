"""Products and conjunctions of ever more gates of five inputs, function by function: the second of two routes.

A function is a product of m + 1 gates if some gate leaves a product of m: its class is looked up by slices. It is a
conjunction of m gates if its zeros are the union of m sets of zeros of gates. Of these only the largest inside them
matter, and a search that goes on with a point in few of them finds the fewest.
"""

from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity.ideals import listed_tables
from numerics.capacity.slices import HALF, gate_slices, mark_slices, numbered
from numerics.capacity.slices_units import facets, joined, slices

Array = NDArray[np.int64]
N = 5
FULL = 2**32 - 1


def folded_by_ones(operation: str, gates: int) -> Array:
    """Functions of five inputs that are the *operation*, "xnor" or "and", of *gates* gates, by number of ones."""
    tables, sizes = class_members()
    totals = np.zeros(2**N + 1, dtype=np.int64)
    for image, needed in zip((tables, FULL ^ tables), gates_needed(operation), strict=True):
        within = needed <= gates
        np.add.at(totals, np.bitwise_count(image[within]), sizes[within] // 2)
    return totals


@lru_cache(maxsize=2)
def gates_needed(operation: str) -> Array:
    """Fewest gates whose *operation* is the member of each class of ``class_members``, and whose is its complement."""
    if operation == "xnor":
        return np.stack([_factors_needed()] * 2)
    tables, gates = class_members()[0], listed_tables(5)
    borders = facets(gates)
    return np.stack([cover_numbers(zeros, gates, borders) for zeros in (FULL ^ tables, tables)])


@lru_cache(maxsize=1)
def class_members() -> tuple[Array, Array]:
    """A member of every class of ``joined``, and how many there are in the class."""
    uppers, sizes = np.unique(slices().labels, return_counts=True)
    places = np.unique(joined(), return_index=True)[1]
    members = np.bincount(joined(), weights=np.repeat(sizes, HALF))  # exact: far below 2**53
    return uppers[places // HALF] << 16 | places % HALF, members.astype(np.int64)


def class_number(table: int) -> int:
    """The number in ``joined`` of the class that *table* belongs to."""
    upper, lower = table >> 16, table & HALF - 1
    _, rows, images, chosen = slices()
    return int(joined()[rows[upper] * HALF + images[chosen[upper], lower]])


def _factors_needed() -> Array:
    """Fewest factors of a product in each class."""
    names, gates = joined(), listed_tables(5)
    needed = np.zeros(names.max() + 1, dtype=np.int64)
    flags = np.zeros((len(names) // HALF, HALF), dtype=np.uint8)
    numbers = numbered(slices().labels)
    mark_slices(flags, numbers, np.stack([FULL ^ gates, gates], axis=1), *gate_slices(gates), 1)
    needed[names[flags.ravel() != 0]] = 2
    single = gates[numbers[gates >> 16] >= 0]
    needed[names[numbers[single >> 16] * HALF + single % HALF]] = 1
    factors, tables = 2, class_members()[0]
    while not needed.all():
        _ask_for_factor(needed, tables, gates[gates & 1 == 0], names, *slices()[1:], factors)
        factors += 1
    return needed


@njit(cache=True)
def _ask_for_factor(needed, tables, gates, names, rows, images, chosen, factors):  # type: ignore[no-untyped-def]
    """A class without a number needs one factor more than the class that some gate leaves, if that needs *factors*."""
    for c in range(tables.shape[0]):
        if needed[c]:
            continue
        for gate in gates:
            left = tables[c] ^ gate
            upper = left >> 16
            if needed[names[rows[upper] * HALF + images[chosen[upper], left & (HALF - 1)]]] == factors:
                needed[c] = factors + 1
                break


@njit(cache=True)
def cover_numbers(targets, gates, borders):  # type: ignore[no-untyped-def]
    """Fewest gates with the union *target*, for every target; *borders* are the gates' facets."""
    found = np.ones(targets.shape[0], dtype=np.int64)
    parts = np.empty(gates.shape[0], dtype=np.int64)
    starts = np.zeros(2**N + 1, dtype=np.int64)
    for t in range(targets.shape[0]):
        target, count = targets[t], 0
        for g in range(gates.shape[0]):  # a part of the target is a largest one if no facet can be added
            if gates[g] & ~target == 0 and borders[g] & target & ~gates[g] == 0:
                parts[count] = gates[g]
                count += 1
        sizes = np.array([_ones(part) for part in parts[:count]])
        ordered = parts[:count][np.argsort(-sizes)]
        for x in range(2**N):
            starts[x + 1] = starts[x] + np.sum(ordered >> x & 1)
        lists = np.empty(starts[-1], dtype=np.int64)
        for x in range(2**N):
            lists[starts[x] : starts[x + 1]] = ordered[ordered >> x & 1 == 1]
        while target and not _is_union(target, found[t], starts, lists, sizes.max()):
            found[t] += 1
    return found


@njit(cache=True)
def _is_union(target, number, starts, lists, largest):  # type: ignore[no-untyped-def]
    """Whether *number* parts have the union *target*; those with point x are listed from starts[x] on."""
    rest, at, end = np.full(number, target), np.zeros(number, dtype=np.int64), np.zeros(number, dtype=np.int64)
    level = 0
    while level >= 0:
        if at[level] == end[level]:
            if end[level] or _ones(rest[level]) > largest * (number - level):  # all parts tried, or too few left
                at[level] = end[level] = 0
                level -= 1
                continue
            fewest = 2**N * lists.shape[0]
            for x in range(2**N):
                if rest[level] >> x & 1 and starts[x + 1] - starts[x] < fewest:
                    fewest = starts[x + 1] - starts[x]
                    at[level], end[level] = starts[x], starts[x + 1]
        left = rest[level] & ~lists[at[level]]
        at[level] += 1
        if left == 0:
            return True
        if level + 1 < number:
            level += 1
            rest[level] = left
    return False


@njit(cache=True)
def _ones(table):  # type: ignore[no-untyped-def]
    table -= table >> 1 & 0x55555555
    table = (table & 0x33333333) + (table >> 2 & 0x33333333)
    return ((table + (table >> 4) & 0x0F0F0F0F) * 0x01010101 & 0xFFFFFFFF) >> 24
