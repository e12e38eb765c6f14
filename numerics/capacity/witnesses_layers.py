"""Layers of attended units, map by map: the second of two routes. A map is a tuple of functions of the same inputs."""

from itertools import combinations, product
from math import log

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_choice, require_int
from numerics.capacity.ideals import listed_tables
from numerics.capacity.inverse import orbit_labels

Array = NDArray[np.int64]
MAPS = 10**6  # maps that may be listed one by one


def shared_gate_maps(n: int, operation: str) -> int:
    """Number of maps (f_1 op g, f_2 op g), op "xnor" or "and", n <= 4: partners of one first output per orbit."""
    operation = require_choice("operation", operation, ("xnor", "and"))
    n = require_int("n", n, 0, 4)
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
    n = require_int("n", n, 0, 2)
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
    n = require_int("n", n, 0, 2)
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
    n = require_int("n", n, 0, 3)
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


def count_multiplexed_triples(n: int, operation: str) -> int:
    """Maps (f_1 op g, f_2 op g) with f_i constantly 1 on slice x_n = -1 and g constantly 1 on slice x_n = 1.

    1 <= n <= 3, for more there are over a million maps.
    """
    operation = require_choice("operation", operation, ("xnor", "and"))
    units, gates = _constant_on_slices(n, 3)
    everything = 2**2**n - 1
    joined = {g: [everything ^ f ^ g if operation == "xnor" else f & g for f in units] for g in gates}
    return len({pair for values in joined.values() for pair in product(values, repeat=2)})


def count_multiplexed_crossings(n: int, rows: int, columns: int) -> int:
    """Maps (f_i g_j), -1/+1 values, with all f_i constantly 1 on slice x_n = -1 and all g_j on slice x_n = 1.

    1 <= n <= 5, and at most a million maps.
    """
    rows, columns = require_int("rows", rows, 1), require_int("columns", columns, 1)
    units, gates = _constant_on_slices(n, rows + columns)
    everything = 2**2**n - 1
    maps = {
        tuple(everything ^ f ^ g for f in fs for g in gs)
        for fs in product(units, repeat=rows)
        for gs in product(gates, repeat=columns)
    }
    return len(maps)


def count_multiplexed_products(n: int, units: int) -> int:
    """Maps (f_i f_j), i < j, -1/+1 values, with f_1 constantly 1 on slice x_n = 1 and the others on slice x_n = -1.

    1 <= n <= 5, *units* >= 2, and at most a million maps.
    """
    units = require_int("units", units, 2)
    others, firsts = _constant_on_slices(n, units)
    everything = 2**2**n - 1
    return len(
        {
            tuple(everything ^ f ^ g for f, g in combinations((first, *rest), 2))
            for first in firsts
            for rest in product(others, repeat=units - 1)
        }
    )


def _constant_on_slices(n: int, chosen: int) -> tuple[list[int], list[int]]:
    """The gates that are constantly 1 where x_n = -1, and those that are where x_n = 1; *chosen* of them make a map."""
    n = require_int("n", n, 1, 5)
    free = len(listed_tables(n - 1))  # what such a gate is on the other slice
    if chosen * log(free) > log(MAPS):
        raise ValueError(f"{chosen} gates of n={n} inputs make {free}**{chosen} maps, more than {MAPS} to list")
    half = 2 ** (n - 1)
    ones, tables = 2**half - 1, [int(t) for t in listed_tables(n)]
    return [t for t in tables if t & ones == ones], [t for t in tables if t >> half == ones]
