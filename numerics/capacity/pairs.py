"""Pairs of gates, counted one by one up to the coincidences that their products must have."""

import numpy as np

from numerics.capacity._validate import require_choice, require_int
from numerics.capacity.weights import threshold_tables


def count_gate_pairs(n: int, gate_values: str) -> int:
    """Pairs (f, g) of gates of 1 <= *n* <= 4 inputs, those alike whose products are so whatever the gates are.

    "pm1": exchanging them, negating both, and all pairs f, f, or f, -f, alike; "01": exchanging them; "mixed": none.

    >>> count_gate_pairs(2, "01")
    105
    """
    n = require_int("n", n, 1, 4, why="there are 9 billion pairs at n = 5")
    kind = require_choice("gate_values", gate_values, ("pm1", "01", "mixed"))
    tables = threshold_tables(n)
    first, second = np.meshgrid(tables, tables, indexing="ij")
    pairs = first << 2**n | second
    if kind != "mixed":
        pairs = np.minimum(pairs, second << 2**n | first)
    if kind == "pm1":
        every = 2**2**n - 1
        negated = (first ^ every) << 2**n | (second ^ every)
        pairs = np.minimum(pairs, np.minimum(negated, (second ^ every) << 2**n | (first ^ every)))
        pairs[first == second], pairs[first == second ^ every] = -1, -2
    return len(np.unique(pairs))


def count_attended_pairs(n: int) -> int:
    """Pairs of a gate F(x, y) and a gate g(x), 1 <= *n* <= 3 inputs x, where F(x, -y), -g stand for the same unit.

    >>> count_attended_pairs(1)
    28
    """
    n = require_int("n", n, 1, 3, why="there are 180 million pairs at n = 4")
    half, every = 2**n, 2**2**n - 1
    larger, gates = threshold_tables(n + 1), threshold_tables(n)
    exchanged = (larger & every) << half | larger >> half  # y, the highest input, negated
    units = larger[:, None] << half | gates[None, :]
    alike = exchanged[:, None] << half | (gates ^ every)[None, :]
    return len(np.unique(np.minimum(units, alike)))


def count_layer_pairs(n: int, units: int) -> int:
    """Pairs of a hidden map of *units* <= 3 gates, 1 <= *n* <= 3 inputs, and an output that a gate of its points gives.

    All tuples of gates; to those that show the same points belong the gates of *units* inputs, those that agree there
    counted once.

    >>> count_layer_pairs(1, 1)
    12
    """
    n, units = require_int("n", n, 1, 3, why="there are 10**9 maps at n = 4"), require_int("units", units, 1, 3)
    tables = threshold_tables(n)
    shown = np.zeros((1, 2**n), np.int64)  # a row for each tuple so far: the point that each input is taken to
    for i in range(units):
        unit = (tables[:, None] >> np.arange(2**n) & 1) << i
        shown = (shown[:, None] | unit).reshape(-1, 2**n)
    points = np.bitwise_or.reduce(1 << shown, axis=1)
    outputs = threshold_tables(units)
    return sum(
        int(maps) * len(np.unique(outputs & image))
        for image, maps in zip(*np.unique(points, return_counts=True), strict=True)
    )
