"""Units of n <= 4 inputs attended by several gates, by composing them: the first of two routes.

With k gates a unit has 2**k readings, one for each set of gates that are high. Gate after gate chooses between
neighbouring readings, and matters only where they differ: so it runs through the restrictions of all gates to those
points. Units are taken up to the symmetries that keep the class, and what is marked is spread by them at the end.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations_with_replacement, product

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity.weights import cube, threshold_tables, weight_bound

Tables = NDArray[np.int64]
Members = NDArray[np.bool_]


@lru_cache(maxsize=16)
def own_gate_members(n: int, gates: int) -> Members:
    """A gate of its own on each of the last *gates* synapses, -1/+1 inputs and gates; n <= 4."""
    moves = [*(_exchanged(n, i) for i in range(n - 1) if i != n - gates - 1), *(_negated(n, i) for i in range(n))]
    members = np.zeros(2**2**n, dtype=np.bool_)
    if gates > 1:  # a gate that is always +1 is none
        members = _spread(own_gate_members(n, gates - 1), n, moves)
    lists = restrictions(n)
    units = _representatives(threshold_tables(n), n, moves)
    for table in sorted(units, key=lambda t: _influence(t, n)):  # units that gates change at few points are done soon
        readings = [table]
        for variable in range(n - gates, n):
            negation = _negated(n, variable)
            readings = [r for reading in readings for r in (_moved(reading, negation), reading)]
        mark_choices(np.array(readings), *lists, members)
        if members.all():
            break
    return _spread(members, n, moves)


@lru_cache(maxsize=16)
def multiplexed_members(n: int, gates: int) -> Members:
    """sgn(w.x + b + a_1 g_1 + ... + a_m g_m), m = *gates*, n <= 4, by growing weights: all functions, or all weights.

    Integer weights up to the bound of ``weights`` suffice, and the search ends before it once every function is met.
    """
    moves = [*(_exchanged(n, i) for i in range(n - 1)), *(_negated(n, i) for i in range(n))]
    lists, dimension = restrictions(n), n + 1 + gates
    members = np.zeros(2**2**n, dtype=np.bool_)
    for bound in range(1, max(1, weight_bound(dimension, dimension - 1)) + 1):
        for readings in _readings_up_to(n, gates, bound):
            mark_choices(readings, *lists, members)
        members = _spread(members, n, moves)
        if members.all():
            break
    return members


def _readings_up_to(n: int, gates: int, bound: int) -> Tables:
    """Readings of units with weights of at most *bound*, sorted and not negative but for the bias, one row per unit."""
    states = np.array(list(product((-1, 1), repeat=gates)))
    rows = []
    for inner in combinations_with_replacement(range(bound + 1), n):
        for bias, outer in product(range(-bound, bound + 1), combinations_with_replacement(range(bound + 1), gates)):
            sums = (cube(n) @ np.array(inner))[None, :] + bias + (states @ np.array(outer))[:, None]
            if np.all(sums != 0):
                rows.append((sums > 0) @ (1 << np.arange(2**n)))
    return np.unique(np.array(rows), axis=0)


@lru_cache(maxsize=4)
def restrictions(n: int) -> tuple[Tables, Tables]:
    """For every set of points the distinct restrictions of all gates to it: where each list starts, and the lists."""
    return _restrictions(threshold_tables(n), 2**2**n)


@njit(cache=True)
def _restrictions(tables, whole):  # type: ignore[no-untyped-def]
    starts, seen = np.zeros(whole + 1, dtype=np.int64), np.full(whole, -1, dtype=np.int64)
    for points in range(whole):
        count = 0
        for table in tables:
            if seen[table & points] != points:
                seen[table & points] = points
                count += 1
        starts[points + 1] = starts[points] + count
    values, place = np.empty(starts[-1], dtype=np.int64), 0
    seen[:] = -1
    for points in range(whole):
        for table in tables:
            if seen[table & points] != points:
                seen[table & points] = points
                values[place] = table & points
                place += 1
    return starts, values


@njit(cache=True)
def mark_choices(readings, starts, values, members):  # type: ignore[no-untyped-def]
    """Mark every table that gates make of 2**k readings by choosing, one after the other, between neighbours.

    Ends early once every table is marked.
    """
    size = readings.shape[0]
    missing = members.shape[0] - np.sum(members)
    depth = 0
    while 1 << depth < size:
        depth += 1
    work = np.zeros((depth + 1, size), dtype=np.int64)
    at, end = np.zeros(depth, dtype=np.int64), np.zeros(depth, dtype=np.int64)
    work[0] = readings
    level = 0
    while level >= 0 and missing:
        left = size >> level
        if at[level] == 0 and end[level] == 0:  # arrived from above
            apart = 0
            for i in range(0, left, 2):
                apart |= work[level, i] ^ work[level, i + 1]
            at[level], end[level] = starts[apart], starts[apart + 1]
        if at[level] == end[level]:
            at[level], end[level] = 0, 0
            level -= 1
            continue
        gate = values[at[level]]
        at[level] += 1
        for i in range(0, left, 2):
            low = work[level, i]
            work[level + 1, i // 2] = low ^ (gate & (low ^ work[level, i + 1]))
        if left == 2:
            missing -= not members[work[level + 1, 0]]
            members[work[level + 1, 0]] = True
        else:
            level += 1


def _influence(table: int, n: int) -> int:
    """Points and inputs whose negation changes the table's value."""
    return sum((int(table) ^ int(_moved(np.array(table), _negated(n, i)))).bit_count() for i in range(n))


def _negated(n: int, variable: int) -> list[int]:
    return [x ^ 1 << variable for x in range(2**n)]


def _exchanged(n: int, variable: int) -> list[int]:
    """Places of the points when *variable* and the next exchange."""
    both = 3 << variable
    return [x ^ both if (x & both).bit_count() == 1 else x for x in range(2**n)]


def _moved(tables: Tables, places: list[int]) -> Tables:
    image = 0 * tables
    for x, place in enumerate(places):
        image |= (tables >> x & 1) << place
    return image


def _spread(members: Members, n: int, moves: Iterable[list[int]]) -> Members:
    """The members' images under *moves* and negation, again and again until there are no new ones."""
    tables = np.arange(2**2**n)
    images = [tables[::-1], *(_moved(tables, places) for places in moves)]
    while True:
        before = int(members.sum())
        for image in images:
            members = members | members[image]
        if int(members.sum()) == before:
            return members


def _representatives(tables: Tables, n: int, moves: list[list[int]]) -> Tables:
    """One of *tables* for each orbit under *moves* and negation."""
    remaining, found = set(tables.tolist()), []
    while remaining:
        found.append(min(remaining))
        orbit, fresh = {found[-1]}, [found[-1]]
        while fresh:
            table = np.array(fresh.pop())
            images = {2**2**n - 1 - int(table), *(int(_moved(table, places)) for places in moves)}
            fresh += images - orbit
            orbit |= images
        remaining -= orbit
    return np.array(found)


def warm_up() -> None:
    """Compile the kernels, before a clock starts."""
    own_gate_members(2, 2)
    multiplexed_members(1, 2)
