"""Small networks and attention layers, function by function: the second of two routes."""

from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from numerics.capacity.ideals import listed_tables
from numerics.capacity.inverse import minimal_tables, orbit_labels, product_members
from numerics.capacity.regions import count_regions

Array = NDArray[np.int64]
Members = NDArray[np.bool_]


@lru_cache(maxsize=32)
def computable_tables(n: int, operation: str, units: int) -> Members:
    """Tables that *units* threshold gates joined by *operation* compute, n <= 4; arguments as ``count_networks``."""
    if operation == "xnor":
        return product_members(n, units, "pm1")
    conjunctions = product_members(n, units, "01")
    if operation == "and":
        return conjunctions
    disjunctions = conjunctions[::-1]  # the complement of h is an OR of complements, and those are gates as well
    if operation == "or":
        return disjunctions
    if operation == "any":
        return conjunctions | disjunctions | product_members(n, 2, "pm1")
    if units == 1:
        return product_members(n, 1, "01")
    if units == 2:
        return conjunctions | disjunctions
    return _three_units(n, conjunctions | disjunctions) if units == 3 else _four_units(n)


def _three_units(n: int, known: Members) -> Members:
    tables = listed_tables(n)
    everything = 2**2**n - 1
    either = product_members(n, 2, "01")[::-1]
    labels = orbit_labels(n, (range(n),), tuple(range(n)), True)
    members = np.zeros_like(known)
    for h in map(int, np.unique(labels)):
        members[h] = (
            known[h]
            or _is_met(h, tables, either, everything)
            or _is_met(everything ^ h, tables, either, everything)
            or _is_majority(h, tables)
        )
    return members[labels]


def _is_met(h: int, tables: Array, either: Members, everything: int) -> bool:
    """Whether h = f & (g1 | g2) for some gates."""
    others = np.flatnonzero(either)
    above = minimal_tables(tables[tables & h == h] & ~h & everything)
    others = minimal_tables(others[others & h == h] & ~h & everything)
    return bool(np.any(above[:, None] & others[None, :] == 0))


def _is_majority(h: int, tables: Array) -> bool:
    """Whether h is the majority of three gates: where one of them errs, the two others do not."""
    errors = minimal_tables(tables ^ h)
    for index, first in enumerate(errors):
        apart = errors[index:][errors[index:] & first == 0]
        if np.any(apart[:, None] & apart[None, :] == 0):
            return True
    return False


def _four_units(n: int) -> Members:
    """Functions t1 & ~(t2 & ~(t3 & ~t4)) and what three units compute: a lower bound, complete if it is everything."""
    tables = listed_tables(n)
    labels = orbit_labels(n, (range(n),), tuple(range(n)), True)
    members = computable_tables(n, "threshold", 3).copy()
    for h in map(int, np.unique(labels)):
        members[h] = members[h] or _is_chain(h, tables, 4)
    return members[labels]


def _is_chain(h: int, tables: Array, length: int) -> bool:
    if length == 1:
        return h in tables
    return any(_is_chain(int(t) ^ h, tables, length - 1) for t in tables[tables & h == h])


def shared_gate_maps(n: int, operation: str) -> int:
    """Number of maps (f_1 op g, f_2 op g), op "xnor" or "and", n <= 4: partners of one first output per orbit."""
    tables = listed_tables(n)
    everything = 2**2**n - 1
    labels = orbit_labels(n, (range(n),), tuple(range(n)), operation == "xnor")
    gate = np.zeros(2**2**n, dtype=np.bool_)
    gate[tables] = True
    total = 0
    for h, size in zip(*np.unique(labels, return_counts=True), strict=True):
        partners = np.zeros(2**2**n, dtype=np.bool_)
        if operation == "xnor":
            attending = tables[gate[everything ^ tables ^ h]]
        else:
            above = tables[tables & h == h]
            attending = above[np.any(above[:, None] & above[None, :] == h, axis=1)]
        for g in attending:
            partners[(everything ^ tables ^ g) if operation == "xnor" else tables & g] = True
        total += int(size) * int(partners.sum())
    return total


def crossed_maps(n: int) -> int:
    """Number of +-1 maps (f_1 g_1, f_1 g_2, f_2 g_1, f_2 g_2), n <= 2: the last is the product of the others."""
    tables = listed_tables(n)
    everything = 2**2**n - 1
    gate = {int(t) for t in tables}
    total = 0
    for first in range(everything + 1):
        firsts = [int(f) for f in tables if everything ^ f ^ first in gate]
        for gates_ratio in range(everything + 1):
            for units_ratio in range(everything + 1):
                total += any(f ^ units_ratio in gate and everything ^ f ^ first ^ gates_ratio in gate for f in firsts)
    return total


def crossed_conjunctions(n: int) -> int:
    """The same for 0/1 values, n <= 2, map by map: units lie above their row, gates above their column."""
    tables = [int(t) for t in listed_tables(n)]
    above = {h: [t for t in tables if t & h == h] for h in range(2**2**n)}
    total = 0
    for a, b, c, d in product(range(2**2**n), repeat=4):
        total += any(
            f1 & g1 == a and f2 & g1 == c and any(f1 & g2 == b and f2 & g2 == d for g2 in above[b | d])
            for f1 in above[a | b]
            for g1 in above[a | c]
            if f1 & g1 == a
            for f2 in above[c | d]
        )
    return total


def self_attended_maps(n: int) -> int:
    """Number of +-1 maps (f_1 f_2, f_1 f_3, f_2 f_3), n <= 3: partners of one first product per orbit."""
    tables = listed_tables(n)
    everything = 2**2**n - 1
    labels = orbit_labels(n, (range(n),), tuple(range(n)), True)
    gate = np.zeros(2**2**n, dtype=np.bool_)
    gate[tables] = True
    total = 0
    for h, size in zip(*np.unique(labels, return_counts=True), strict=True):
        firsts = tables[gate[everything ^ tables ^ h]]
        second = {int(everything ^ f ^ t) for f in firsts for t in tables}
        total += int(size) * len(second)
    return total


def count_three_valued(n: int, attended: int = 1) -> int:
    """Number of maps (f g_1, ..., f g_m), f 0/1 and g_i -1/+1, n <= 5: regions cut by the points where f is 1.

    No gate g is listed: their restrictions to the support of f are counted by deletion and restriction.
    """
    points = [(1, *(1 if x >> i & 1 else -1 for i in range(n))) for x in range(2**n)]
    total = 0
    for f, size in _orbits(n):
        support = [points[x] for x in range(2**n) if f >> x & 1]
        total += size * (count_regions(support) if support else 1) ** attended
    return total


def _orbits(n: int) -> list[tuple[int, int]]:
    """One threshold function per orbit of the cube's symmetries, with the orbit's size."""
    remaining = {int(t) for t in listed_tables(n)}
    found = []
    while remaining:
        f = min(remaining)
        orbit, frontier = {f}, [f]
        while frontier:
            image = frontier.pop()
            for moved in _generated(n, image):
                if moved not in orbit:
                    orbit.add(moved)
                    frontier.append(moved)
        remaining -= orbit
        found.append((f, len(orbit)))
    return found


def _generated(n: int, table: int) -> list[int]:
    """Images of a table under exchanging neighbouring inputs and negating the first."""
    images = []
    for i in range(n):
        image = 0
        for x in range(2**n):
            if i == 0:
                y = x ^ 1
            else:
                a, b = x >> i & 1, x >> i - 1 & 1
                y = x ^ (1 << i | 1 << i - 1) if a != b else x
            image |= (table >> x & 1) << y
        images.append(image)
    return images
