"""Classes of gated functions of n <= 4 variables by composing every pair of gates: the first of two routes.

A unit attended by one gate g equals a(x) where g is low and b(x) where g is high, with (a, b) two readings of the same
weights. So a class is {(g & b) | (~g & a)} over all pairs (a, b) and gates g, computed here on whole truth tables.
What a convention means is written as bit manipulations of tables; the other route (``inverse``) evaluates the unit
point by point and asks for the gate instead.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import Convention, require_listed, require_two_values
from numerics.capacity.weights import (
    centred_tables,
    mirrored_tables,
    three_level_slices,
    threshold_tables,
    unbiased_tables,
)

Tables = NDArray[np.int64]
Members = NDArray[np.bool_]


def gated_members(
    n: int, mechanism: str, gate_values: str, inputs: str, bias: str, gates: int = 1, synapses: int = 1
) -> Members:
    """Which of the 2**(2**n) tables, n <= 4, the gated unit can compute; arguments as in ``count_gated``, not mixed."""
    require_two_values(gate_values)
    return _members(require_listed(4, n, mechanism, gate_values, inputs, bias, gates, synapses))


@lru_cache(maxsize=128)
def _members(c: Convention) -> Members:
    if c.mechanism == "output":
        units = [threshold_tables(c.n)] * (c.gates + 1)
        return fold(c.n, units, "xnor" if c.gate_values == "pm1" else "and")
    if c.gates > 1:
        from numerics.capacity.closure_gates import multiplexed_members, own_gate_members

        members = multiplexed_members if c.mechanism == "multiplexing" else own_gate_members
        return members(c.n, c.gates)
    return _compose(c.n, *gate_readings(c.n, c.mechanism, c.gate_values, c.inputs, c.bias, c.synapses))


def gate_readings(
    n: int, mechanism: str, gate_values: str, inputs: str, bias: str, synapses: int = 1
) -> tuple[Tables, Tables, Tables]:
    """What the unit computes with its gate low and high, pair by pair, and the gates themselves."""
    gates = unbiased_tables(n) if bias == "none" else threshold_tables(n)
    if mechanism == "output":
        tables = threshold_tables(n)
        return (_complement(n, tables) if gate_values == "pm1" else 0 * tables), tables, gates
    if mechanism == "multiplexing":
        return (*_halves(threshold_tables(n + 1), n), gates)
    if mechanism == "synaptic":
        return (*_synaptic_readings(n, gate_values, inputs, synapses), gates)
    return (*_whole_readings(n, gate_values, inputs, bias), gates)


def fold(n: int, units: list[Tables], operation: str) -> Members:
    """Tables that are the *operation* ("and", "or", "xnor", "xor") of one table from each list."""
    members = indicator(n, units[0])
    for tables in units[1:]:
        known = np.flatnonzero(members)
        members = np.zeros_like(members)
        for table in tables:
            members[apply_operation(n, operation, known, table)] = True
    return members


def apply_operation(n: int, operation: str, a: Tables, b: Tables) -> Tables:
    """The two-input *operation* on tables of *n* variables, bit by bit."""
    if operation == "and":
        return a & b
    if operation == "or":
        return a | b
    return (a ^ b) if operation == "xor" else (2**2**n - 1) ^ a ^ b


def indicator(n: int, tables: Tables) -> Members:
    """A boolean array over all 2**(2**n) tables, true at *tables*."""
    members = np.zeros(2**2**n, dtype=np.bool_)
    members[tables] = True
    return members


def _compose(n: int, low: Tables, high: Tables, gates: Tables) -> Members:
    """Mark (g & high) | (~g & low) for every reading pair and gate; g & (low ^ high) flips low into high."""
    members = np.zeros(2**2**n, dtype=np.bool_)
    whole = 2**2**n
    pairs = np.unique(low * whole + high)
    for pair in pairs:
        first, second = pair // whole, pair % whole
        members[first ^ (gates & (first ^ second))] = True
    return members


def _complement(n: int, tables: Tables) -> Tables:
    return (2**2**n - 1) ^ tables


def _halves(tables: Tables, n: int) -> tuple[Tables, Tables]:
    """Tables of n + 1 variables as their slices at last input -1 and +1, tables of n variables."""
    return tables & (2**2**n - 1), tables >> 2**n


def _joined(low: Tables, high: Tables, n: int) -> Tables:
    return low | high << 2 ** (n - 1)


def _flip(tables: Tables, n: int, variable: int) -> Tables:
    """Exchange the two slices of input *variable* (0-based)."""
    size = 2**variable
    mask = sum(1 << x for x in range(2**n) if not x >> variable & 1)
    return (tables & mask) << size | tables >> size & mask


def _lower(tables: Tables, n: int, variable: int) -> Tables:
    """Replace the upper slice of input *variable* by the lower one."""
    mask = sum(1 << x for x in range(2**n) if not x >> variable & 1)
    kept = tables & mask
    return kept | kept << 2**variable


def _synaptic_readings(n: int, gate_values: str, inputs: str, synapses: int) -> tuple[Tables, Tables]:
    """What the unit reads when the gate on its last *synapses* inputs is low, and when it is high."""
    if gate_values == inputs:
        move = _flip if inputs == "pm1" else _lower
        low = high = threshold_tables(n)
        for variable in range(n - synapses, n):
            low = move(low, n, variable)
        return low, high
    minus, zero, plus = three_level_slices(n)  # the gated signal is one of -1, 0, 1
    if inputs == "pm1":
        return _joined(zero, zero, n), _joined(minus, plus, n)
    return _joined(zero, minus, n), _joined(zero, plus, n)


def _whole_readings(n: int, gate_values: str, inputs: str, bias: str) -> tuple[Tables, Tables]:
    """The same when every synapse is gated."""
    if bias != "ungated":
        tables = threshold_tables(n) if bias == "gated" else unbiased_tables(n)
        return _complement(n, tables), tables
    if gate_values == inputs == "pm1":
        low = high = threshold_tables(n)
        for variable in range(n):
            low = _flip(low, n, variable)
        return low, high
    if inputs == "01" and gate_values == "pm1":
        return mirrored_tables(n)
    if inputs == "01":
        high = threshold_tables(n)
        return (high & 1) * (2**2**n - 1), high
    high, positive = centred_tables(n)
    return positive * (2**2**n - 1), high
