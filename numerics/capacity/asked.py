"""Class sizes by asking function by function: one entrance to ``inverse``, ``witnesses`` and, at n = 5, ``slices``."""

import numpy as np

from numerics.capacity.inverse import attended_members
from numerics.capacity.witnesses import computable_tables


def asked_by_ones(
    n: int, mechanism: str, gate_values: str, inputs: str, bias: str, gates: int = 1, synapses: int = 1
) -> list[int]:
    """Members of a gated class by number of ones; arguments as in ``count_gated``, not checked."""
    if n == 5:
        from numerics.capacity.slices import attended_by_ones

        return [int(v) for v in attended_by_ones(mechanism, gate_values, inputs, bias, synapses)]
    members = np.flatnonzero(attended_members(n, mechanism, gate_values, inputs, bias, gates, synapses))
    return [int(v) for v in np.bincount(np.bitwise_count(members), minlength=2**n + 1)]


def asked_network_by_ones(n: int, operation: str, units: int) -> list[int]:
    """Members of a network's class by number of ones; arguments as in ``count_networks``, not checked."""
    if n == 5:
        from numerics.capacity.slices import networks_by_ones

        return [int(v) for v in networks_by_ones(operation)]
    members = np.flatnonzero(computable_tables(n, operation, units))
    return [int(v) for v in np.bincount(np.bitwise_count(members), minlength=2**n + 1)]
