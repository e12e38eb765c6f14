"""Class sizes by asking function by function: one entrance to ``inverse``, ``witnesses`` and, at n = 5, ``slices``."""

import numpy as np

from numerics.capacity._validate import require_int, require_listed, require_network
from numerics.capacity.inverse import attended_members, product_members, readings
from numerics.capacity.witnesses import asked_three_valued_by_ones, computable_tables


def asked_by_ones(
    n: int, mechanism: str, gate_values: str, inputs: str, bias: str, gates: int = 1, synapses: int = 1
) -> list[int]:
    """Members of a gated class of n <= 5 inputs by number of ones; arguments as in ``count_gated``."""
    convention = require_listed(5, n, mechanism, gate_values, inputs, bias, gates, synapses)
    n, bias = convention.n, convention.bias
    if gate_values == "mixed":
        return [int(v) for v in asked_three_valued_by_ones(n)]
    if n == 5 and gates > 1:
        from numerics.capacity.slices_folds import folded_by_ones

        return [int(v) for v in folded_by_ones("xnor" if gate_values == "pm1" else "and", gates + 1)]
    if n == 5 and mechanism == "all_synapses" and gate_values == "pm1" and inputs == "01":
        from numerics.capacity.slices_mirrored import mirrored_by_ones

        return [int(v) for v in mirrored_by_ones()]
    if n == 5:
        from numerics.capacity.slices import attended_by_ones

        return [int(v) for v in attended_by_ones(mechanism, gate_values, inputs, bias, synapses)]
    members = np.flatnonzero(attended_members(n, mechanism, gate_values, inputs, bias, gates, synapses))
    return [int(v) for v in np.bincount(np.bitwise_count(members), minlength=2**n + 1)]


def asked_network_by_ones(n: int, operation: str, units: int) -> list[int]:
    """Members of a network's class, n <= 5, by number of ones; arguments as in ``count_networks``."""
    n, operation, units = require_network(n, operation, units, 5)
    if n == 5 and operation != "threshold" and units > 2:
        from numerics.capacity.slices_folds import folded_by_ones

        found = folded_by_ones("xnor" if operation == "xnor" else "and", units)
        return [int(v) for v in (found[::-1] if operation == "or" else found)]
    if n == 5 and units == 3:
        from numerics.capacity.slices_units import three_units_by_ones

        return [int(v) for v in three_units_by_ones()]
    if n == 5:
        from numerics.capacity.slices import networks_by_ones

        return [int(v) for v in networks_by_ones(operation)]
    members = np.flatnonzero(computable_tables(n, operation, units))
    return [int(v) for v in np.bincount(np.bitwise_count(members), minlength=2**n + 1)]


def asked_three_unit_overlaps(n: int) -> dict[str, int]:
    """Products of two gates that three hidden units do not compute, and multiplexed functions that they do, n <= 5."""
    if require_int("n", n, 0, 5) == 5:
        from numerics.capacity.slices_units import three_unit_overlaps

        return three_unit_overlaps()
    three = computable_tables(n, "threshold", 3)
    beyond = product_members(n, 2, "pm1") & ~three
    within = attended_members(n, "multiplexing", "pm1", "pm1", "ungated") & three
    return {"xnor - three units": int(beyond.sum()), "multiplexed & three units": int(within.sum())}


def count_included_conjunctions(n: int) -> int:
    """Conjunctions of two gates that are also XNORs of two gates, n <= 5."""
    if require_int("n", n, 0, 5) == 5:
        from numerics.capacity.slices import count_included_conjunctions as counted

        return counted()
    return int((product_members(n, 2, "01") & product_members(n, 2, "pm1")).sum())


def asked_three_level_count(n: int) -> int:
    """Gates of n - 1 inputs -1/+1 and one input -1/0/+1, as gates of n + 1 inputs that treat two alike, 1 <= n <= 5."""
    if require_int("n", n, 1, 5, why="gates of n + 1 inputs are listed") == 5:
        from numerics.capacity.slices import count_three_levels

        return count_three_levels()
    low, high = readings(n, "synaptic", "01", "pm1", "ungated")
    return len(np.unique(np.stack([low, high], axis=1), axis=0))


def is_product_parity(n: int, factors: int) -> int:
    """1 if parity of *n* <= 5 inputs is a product of *factors* <= 32 gates with values -1/+1, else 0."""
    n, factors = require_int("n", n, 0, 5), require_int("factors", factors, 1, 32, why="so many compute every function")
    parity = sum((x.bit_count() % 2) << x for x in range(2**n))
    if n == 5:
        from numerics.capacity.slices_folds import class_number, gates_needed

        return int(gates_needed("xnor")[0, class_number(parity)] <= factors)
    return int(product_members(n, factors, "pm1")[parity])
