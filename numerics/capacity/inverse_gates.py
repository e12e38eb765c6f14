"""Units of n <= 4 inputs attended by several gates, by asking function by function: the second of two routes.

For a function h, every reading of a unit agrees with h at some points. Gates are tried one after the other as long as,
at every point, some choice of the others agrees; of the last one the points say what it must be, and a table over all
partial functions says whether a gate is that.
"""

from functools import lru_cache
from itertools import product

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity.ideals import listed_tables
from numerics.capacity.inverse import attended_members, orbit_labels
from numerics.capacity.separation import Separator

Array = NDArray[np.int64]
Members = NDArray[np.bool_]


@lru_cache(maxsize=16)
def own_gate_tables(n: int, gates: int) -> Members:
    """A gate of its own on each of the last *gates* synapses, -1/+1 inputs and gates; n <= 4.

    A gate that is always +1 is none, so what fewer gates do is known; the others are asked.
    """
    if gates == 1:
        return attended_members(n, "synaptic", "pm1", "pm1", "ungated")
    members = own_gate_tables(n, gates - 1).copy()
    tables, x = listed_tables(n), np.arange(2**n)
    powers = 1 << x
    states = [sum(1 << n - gates + i for i, high in enumerate(s) if not high) for s in product((0, 1), repeat=gates)]
    readings = np.stack([(tables[:, None] >> (x ^ state) & 1) @ powers for state in states], axis=1)
    # the class below is no union of classes of this one's symmetries, so all that it lacks is asked, up to those
    labels = orbit_labels(n, (range(n - gates), range(n - gates, n)), tuple(range(n)))
    for h in np.unique(labels):
        orbit = labels == h
        members[orbit] = members[orbit].any() or has_gates(int(h), readings, tables, *partial_gates(n))
    return members


@lru_cache(maxsize=4)
def partial_gates(n: int) -> tuple[Array, Members]:
    """Numbers of point sets in base three, and for every partial function whether a gate extends it.

    A partial function has the number of its zeros plus twice that of its ones.
    """
    numbers = np.array([sum(3**x for x in range(2**n) if points >> x & 1) for points in range(2**2**n)])
    extends = np.zeros(3**2**n, dtype=np.bool_)
    tables = listed_tables(n)
    extends[numbers[2**2**n - 1 - tables] + 2 * numbers[tables]] = True
    _extend(extends, 2**n)
    return numbers, extends


@njit(cache=True)
def _extend(extends, points):  # type: ignore[no-untyped-def]
    """A partial function extends to a gate if it does with one more point at 0 or at 1; those come later."""
    for number in range(extends.shape[0] - 1, -1, -1):
        place, rest = 1, number
        for _ in range(points):
            if rest % 3 == 0:
                extends[number] = extends[number + place] or extends[number + 2 * place]
                break
            place, rest = 3 * place, rest // 3


@njit(cache=True)
def has_gates(h, readings, tables, numbers, extends):  # type: ignore[no-untyped-def]
    """Whether, for some row of 2**k readings, k gates choose h from them."""
    every = numbers.shape[0] - 1
    size = readings.shape[1]
    depth = 0
    while 1 << depth < size:
        depth += 1
    agree = np.zeros((depth + 1, size), dtype=np.int64)
    at = np.zeros(depth, dtype=np.int64)
    for unit in range(readings.shape[0]):
        for i in range(size):
            agree[0, i] = every ^ h ^ readings[unit, i]
        level = 0
        at[0] = 0
        while level >= 0:
            left = size >> level
            possible = 0
            for i in range(left):
                possible |= agree[level, i]
            if possible != every:
                level -= 1
                continue
            if left == 2:
                low, high = agree[level, 0], agree[level, 1]
                if extends[numbers[every ^ high] + 2 * numbers[every ^ low]]:
                    return True
                level -= 1
                continue
            if at[level] == tables.shape[0]:
                level -= 1
                continue
            gate = tables[at[level]]
            at[level] += 1
            for i in range(left // 2):
                first, second = agree[level, i], agree[level, i + left // 2]
                agree[level + 1, i] = (first & (every ^ gate)) | (second & gate)
            level += 1
            if level < depth:
                at[level] = 0
    return False


@lru_cache(maxsize=16)
def multiplexed_tables(n: int, gates: int) -> Members:
    """sgn(w.x + b + a_1 g_1 + ... + a_m g_m), m = *gates* <= 2, n <= 4: with one gate if that does, else with a pair.

    A pair of gates serves if the points, with the gates' values beside them, are separable, which integer weights or
    multipliers certify.
    """
    members = attended_members(n, "multiplexing", "pm1", "pm1", "ungated")
    if gates == 1 or members.all():
        return members
    members = members.copy()
    labels = orbit_labels(n, (range(n),), tuple(range(n)))
    for h in np.unique(labels[~members]):
        members[labels == h] = _has_pair(int(h), n)
    return members


def _has_pair(h: int, n: int) -> bool:
    """Whether two gates, those nearest to h first, make its points separable."""
    tables = listed_tables(n)
    tables = tables[np.argsort(np.bitwise_count(tables ^ h), kind="stable")]
    points = np.array([[1, *(1 if x >> i & 1 else -1 for i in range(n))] for x in range(2**n)])
    values = 2 * (tables[:, None] >> np.arange(2**n) & 1) - 1
    labels = [1 if h >> x & 1 else -1 for x in range(2**n)]
    return any(
        Separator(np.column_stack([points, values[i], values[j]]).tolist()).decide(labels).answer
        for total in range(2 * len(tables))
        for j in range(min(total + 1, len(tables)))
        if (i := total - j) < j
    )


def warm_up() -> None:
    """Compile the kernels, before a clock starts; with two inputs no gate has to be asked."""
    own_gate_tables(3, 2)
