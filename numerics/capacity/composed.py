"""Class sizes by composing gates, whatever n: one entrance to ``closure``, ``circuits`` and, at n = 5, ``bitset``."""

from functools import lru_cache

import numpy as np

from numerics.capacity._validate import require_choice, require_int, require_listed, require_network
from numerics.capacity.circuits import network_members, overlap_sizes, shared_gate_pairs, three_unit_overlaps
from numerics.capacity.closure import gated_members
from numerics.capacity.restrictions import three_valued_by_ones
from numerics.capacity.weights import three_level_slices


def composed_by_ones(
    n: int, mechanism: str, gate_values: str, inputs: str, bias: str, gates: int = 1, synapses: int = 1
) -> list[int]:
    """Members of a gated class of n <= 5 inputs by number of ones; arguments as in ``count_gated``."""
    convention = require_listed(5, n, mechanism, gate_values, inputs, bias, gates, synapses)
    n, bias = convention.n, convention.bias
    if gate_values == "mixed":
        return [int(v) for v in three_valued_by_ones(n)]
    if n == 5:
        return list(_five_by_ones(mechanism, gate_values, inputs, bias, gates, synapses))
    members = np.flatnonzero(gated_members(n, mechanism, gate_values, inputs, bias, gates, synapses))
    return [int(v) for v in np.bincount(np.bitwise_count(members), minlength=2**n + 1)]


def composed_network_by_ones(n: int, operation: str, units: int) -> list[int]:
    """Members of a network's class, n <= 5, by number of ones; arguments as in ``count_networks``."""
    n, operation, units = require_network(n, operation, units, 5)
    if n == 5:
        return list(_five_network_by_ones(operation, units))
    members = np.flatnonzero(network_members(n, operation, units))
    return [int(v) for v in np.bincount(np.bitwise_count(members), minlength=2**n + 1)]


def composed_overlap_sizes(n: int) -> dict[str, int]:
    """Sizes of AND, XNOR and their intersections and unions with OR, n <= 5."""
    if require_int("n", n, 0, 5) == 5:
        return dict(_five_overlap_sizes())
    return overlap_sizes(n)


def composed_three_unit_overlaps(n: int) -> dict[str, int]:
    """Products of two gates that three hidden units do not compute, and multiplexed functions that they do, n <= 5."""
    if require_int("n", n, 0, 5) == 5:
        return dict(_five_three_unit_overlaps())
    return three_unit_overlaps(n)


def composed_beyond_two_units(n: int) -> int:
    """Members of XNOR that two hidden units and an output gate do not compute, n <= 5."""
    sizes = composed_overlap_sizes(n)
    return sizes["xnor"] - sizes["(and | or) & xnor"]


def three_level_count(n: int) -> int:
    """Gates of n - 1 inputs -1/+1 and one input -1/0/+1, by integer weights, 1 <= n <= 5."""
    return len(three_level_slices(require_int("n", n, 1, 5, why="every integer weight vector is tried"))[0])


def composed_shared_gate_maps(n: int, operation: str) -> int:
    """Number of maps (f_1 op g, f_2 op g), op "xnor" or "and", n <= 4."""
    operation = require_choice("operation", operation, ("xnor", "and"))
    if require_int("n", n, 0, 4) == 4:
        from numerics.capacity.bitset import shared_gate_maps_of_four

        return shared_gate_maps_of_four(operation)
    return shared_gate_pairs(n, operation)


# Sets of 2**32 bits take seconds to minutes and are asked for by several statements: their sizes are kept.


@lru_cache(maxsize=64)
def _five_by_ones(
    mechanism: str, gate_values: str, inputs: str, bias: str, gates: int, synapses: int
) -> tuple[int, ...]:
    if gates > 1:
        from numerics.capacity.bitset_folds import folded_by_ones

        return tuple(int(v) for v in folded_by_ones("xnor" if gate_values == "pm1" else "and", gates + 1))
    if mechanism == "all_synapses" and gate_values == "pm1" and inputs == "01":
        from numerics.capacity.bitset_mirrored import mirrored_by_ones

        return tuple(int(v) for v in mirrored_by_ones())
    from numerics.capacity.bitset import gated_by_ones

    return tuple(int(v) for v in gated_by_ones(mechanism, gate_values, inputs, bias, synapses))


@lru_cache(maxsize=8)
def _five_network_by_ones(operation: str, units: int) -> tuple[int, ...]:
    if operation != "threshold" and units > 2:
        from numerics.capacity.bitset_folds import folded_by_ones

        found = tuple(int(v) for v in folded_by_ones("xnor" if operation == "xnor" else "and", units))
        return found[::-1] if operation == "or" else found  # a disjunction is the complement of a conjunction
    if units == 3:
        from numerics.capacity.bitset_units import three_units_by_ones

        return tuple(int(v) for v in three_units_by_ones())
    from numerics.capacity.bitset import two_gates_by_ones

    return tuple(int(v) for v in two_gates_by_ones(operation))


@lru_cache(maxsize=1)
def _five_overlap_sizes() -> dict[str, int]:
    from numerics.capacity.bitset import two_gate_sizes

    return two_gate_sizes()


@lru_cache(maxsize=1)
def _five_three_unit_overlaps() -> dict[str, int]:
    from numerics.capacity.bitset_units import three_unit_overlaps as of_five

    return of_five()
