"""Sizes of small networks' classes, and the smallest network for a given function."""

from collections.abc import Sequence
from dataclasses import dataclass

from numerics.capacity._validate import OPERATIONS, require_choice, require_int, require_memory, require_table
from numerics.capacity.gated import Progress, enough_gates

MEMORY = {"closure": 2**27, "inverse": 2**27, "bitset": 3 * 2**29, "slices": 2**30}  # bytes, at most


@dataclass(frozen=True)
class NetworkCount:
    """``count`` functions (maps, if several outputs), ``by_ones[k]`` with k ones (single outputs)."""

    count: int
    by_ones: tuple[int, ...]
    method: str
    convention: str


def count_networks(
    n: int,
    operation: str,
    units: int = 2,
    outputs: int = 1,
    *,
    method: str = "auto",
    max_memory: int = 2**31,
    progress: Progress | None = None,
) -> NetworkCount:
    """Count what a layer of *units* threshold gates of the same *n* inputs computes under *operation*, exactly.

    =================  ===============================================================================================
    operation          "and", "or", "xnor": of all units; "any": any Boolean operation of two gates; "threshold": a
                       threshold gate on top of ``units`` <= 4 hidden ones, A(n, units, 1)
    outputs=1          Boolean functions; n <= 4 any number of units, n = 5 two or more, but under "threshold" at
                       most three; n = 6 two units
    outputs=2          maps (f_1 op g, f_2 op g), "xnor" or "and": two units attended by one gate; n <= 4, for at n = 5
                       there are at least 1882**3 of them, and only one route is known that could count them
    =================  ===============================================================================================

    ``method``: "closure" composes all gates (n <= 3 for two outputs), "inverse" asks function by function (n <= 4),
    "bitset" and "slices" do so at n = 5, "slices" (2 GB) for n = 6, too; the counting engine ("orbits") does for two
    units and n <= 6. At n = 6 either takes minutes, and *progress* is called with the part of the work that is done,
    from 0 to 1. Raises ValueError for what is not offered, and for what takes more
    than ``max_memory`` bytes.

    >>> count_networks(3, "threshold").count
    254
    """
    n = require_int("n", n, 0, 6)
    operation = require_choice("operation", operation, OPERATIONS)
    units = require_int("units", units, 1)
    outputs = require_int("outputs", outputs, 1, 2)
    max_memory = require_int("max_memory", max_memory, 1)
    if operation == "any" and units != 2:
        raise ValueError(f"operation='any' joins two gates, got units={units}")
    if operation == "threshold" and units > 4:
        raise ValueError(f"operation='threshold' is enumerated up to 4 units, got units={units}")
    if outputs == 2:
        return _shared_gate(n, operation, units, method, max_memory)
    words = f"{n} inputs, {units} threshold gates joined by {operation!r}"
    if n == 5 and (units == 1 or (operation == "threshold" and units > 3)):
        raise ValueError(f"n=5 is counted for two units or more, under 'threshold' at most three, got units={units}")
    if n == 6 and units != 2:
        raise ValueError(f"n=6 is counted for two units, got units={units}")
    choices: tuple[str, ...] = ("closure", "inverse") if n <= 4 else ("slices", "bitset") if n == 5 else ("slices",)
    choices = (*choices, "orbits") if units == 2 and n > 0 else choices
    method = require_choice("method", method, ("auto", *choices))
    method = choices[0] if method == "auto" else method
    if method != "orbits":
        require_memory(2**31 if n == 6 else MEMORY[method], max_memory, f"method={method!r} at n={n}")
    enough = max(
        2, enough_gates(n)
    )  # more units compute nothing new, under a threshold gate on top neither: AND is one
    histogram = tuple(_by_ones(n, operation, min(units, enough), method, max_memory, progress))
    return NetworkCount(sum(histogram), histogram, method, words)


def minimum_hidden_units(table: Sequence[int]) -> int:
    """Fewest hidden threshold units of a depth-two threshold network for a Boolean function of at most 4 inputs.

    1 means that a single gate does. From the exact classes A(n, m, 1).

    >>> minimum_hidden_units([0, 1, 1, 0])
    2
    """
    bits, n = require_table(table)
    require_int("number of inputs of table", n, 0, 4, why="the classes A(n, m, 1) are enumerated for n <= 4")
    index = sum(b << x for x, b in enumerate(bits))
    from numerics.capacity.witnesses import computable_tables

    for units in range(1, 5):
        if computable_tables(n, "threshold", units)[index]:
            return units
    raise ArithmeticError(f"no network with 4 hidden units was found for table={bits}")


def _shared_gate(n: int, operation: str, units: int, method: str, max_memory: int) -> NetworkCount:
    operation = require_choice("operation", operation, ("and", "xnor"))
    if units != 2:
        raise ValueError(f"outputs=2 joins each output's unit with the shared gate: units=2, got {units}")
    method = require_choice("method", method, ("auto", "inverse", "closure" if n <= 3 else "bitset"))
    n = require_int("n", n, 0, 4, why="maps of two outputs are counted up to n = 4")
    method = "inverse" if method == "auto" else method
    require_memory(MEMORY[method], max_memory, f"method={method!r} of two outputs at n={n}")
    if method == "inverse":
        from numerics.capacity.witnesses_layers import shared_gate_maps as counted

        count = counted(n, operation)
    elif method == "closure":
        from numerics.capacity.circuits import shared_gate_pairs

        count = shared_gate_pairs(n, operation)
    else:
        from numerics.capacity.bitset import shared_gate_maps_of_four

        count = shared_gate_maps_of_four(operation)
    return NetworkCount(count, (), method, f"{n} inputs, two gates attended by one through {operation!r}: maps")


def _by_ones(n: int, operation: str, units: int, method: str, max_memory: int, progress: Progress | None) -> list[int]:
    if method == "orbits":
        return _by_orbits(n, operation, max_memory, progress)
    if n == 6:
        from numerics.capacity.halves import halved_by_ones

        return halved_by_ones(n, operation, progress=progress)
    if method in ("closure", "bitset"):
        from numerics.capacity.composed import composed_network_by_ones as by_ones
    else:
        from numerics.capacity.asked import asked_network_by_ones as by_ones

    return by_ones(n, operation, units)


def _by_orbits(n: int, operation: str, max_memory: int, progress: Progress | None) -> list[int]:
    from numerics.capacity.products import count_products, product_overlaps_by_ones

    if operation in ("any", "threshold"):
        union = "and | or | xnor" if operation == "any" else "and | or"
        return product_overlaps_by_ones(n, max_memory=max_memory, progress=progress)[union]
    single = "xnor" if operation == "xnor" else "and"
    found = list(count_products(n, single, max_memory=max_memory, progress=progress).by_ones)
    return found[::-1] if operation == "or" else found  # a disjunction is the complement of a conjunction
