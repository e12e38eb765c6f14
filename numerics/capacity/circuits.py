"""Small networks and attention layers by composing gates: the first of two routes.

Networks have threshold gates in one hidden layer and one operation on top; layers compute several outputs, and what is
counted are maps (tuples of functions), not the union of their outputs.
"""

from functools import lru_cache
from itertools import product
from math import log

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_choice, require_int, require_network
from numerics.capacity.closure import apply_operation, fold, gated_members, indicator
from numerics.capacity.weights import sorted_weight_tables, spread, threshold_tables

Tables = NDArray[np.int64]
Members = NDArray[np.bool_]
MAPS = 10**7  # tuples that may be listed one by one


def shared_gate_pairs(n: int, operation: str) -> int:
    """Number of maps (f_1 op g, f_2 op g): two units attended by one gate, n <= 3; "xnor" or "and"."""
    operation = require_choice("operation", operation, ("xnor", "and"))
    tables = threshold_tables(require_int("n", n, 0, 3))
    whole = 2**2**n
    seen = np.zeros(whole * whole, dtype=np.bool_)
    for gate in tables:
        attended = np.unique(apply_operation(n, operation, tables, gate))
        seen[(attended[:, None] * whole + attended[None, :]).ravel()] = True
    return int(seen.sum())


def cross_attention_maps(n: int, operation: str) -> int:
    """Number of maps (f_1 g_1, f_1 g_2, f_2 g_1, f_2 g_2) of a 2 x 2 cross attention, n <= 2; "xnor" or "and"."""
    operation = require_choice("operation", operation, ("xnor", "and"))
    tables = threshold_tables(require_int("n", n, 0, 2))
    maps: set[tuple[int, int, int, int]] = set()
    for f1 in tables:
        for f2 in tables:
            rows = [apply_operation(n, operation, tables, f) for f in (f1, f2)]
            maps.update(
                (int(rows[0][i]), int(rows[0][j]), int(rows[1][i]), int(rows[1][j]))
                for i in range(len(tables))
                for j in range(len(tables))
            )
    return len(maps)


def self_attention_maps(n: int) -> int:
    """Number of maps (f_1 f_2, f_1 f_3, f_2 f_3) with +-1 values, n <= 3."""
    tables = threshold_tables(require_int("n", n, 0, 3))
    whole = 2**2**n
    seen = np.zeros(whole * whole, dtype=np.bool_)
    for f in tables:  # the third product is the product of the other two
        row = (whole - 1) ^ tables ^ f
        seen[(row[:, None] * whole + row[None, :]).ravel()] = True
    return int(seen.sum())


@lru_cache(maxsize=64)
def network_members(n: int, operation: str, units: int) -> Members:
    """Tables computed by *units* threshold gates joined by *operation*, n <= 4; arguments as ``count_networks``."""
    n, operation, units = require_network(n, operation, units, 4)
    tables = threshold_tables(n)
    if operation in ("and", "or", "xnor"):
        return fold(n, [tables] * units, operation)
    both = fold(n, [tables] * min(units, 2), "and")
    either = both[::-1].copy()  # threshold functions are closed under negation, so De Morgan mirrors the table list
    if operation == "any":
        return both | either | fold(n, [tables] * 2, "xnor")
    if units == 1:
        return indicator(n, tables)
    if units == 2:
        return both | either
    return _threshold_of_three(n, tables, both, either) if units == 3 else _threshold_of_four(n, tables, both, either)


def _threshold_of_three(n: int, tables: Tables, both: Members, either: Members) -> Members:
    """Output gates on three bits are, up to negations: conjunctions, disjunctions, a(b + c), a + bc, and majority."""
    members = both | either
    for second, operations in ((both, ("and", "or")), (either, ("or", "and"))):
        known = np.flatnonzero(second)
        for table in tables:
            for operation in operations:
                members[apply_operation(n, operation, known, table)] = True
    found = np.zeros_like(members)
    for first in sorted_weight_tables(n):  # one first gate per orbit; the symmetries give the majorities of the others
        for second in tables:
            found[first & second | (first | second) & tables] = True
    fresh = np.flatnonzero(found & ~members)
    if len(fresh):
        members[spread(fresh, n)] = True
    return members


def _threshold_of_four(n: int, tables: Tables, both: Members, either: Members) -> Members:
    """Three units' functions, and "f and not t" with t of three units: again one output gate, f outweighing t.

    A lower bound on the class in general; complete where it turns out to be all functions (n <= 4), which the caller
    checks.
    """
    three = _threshold_of_three(n, tables, both, either)
    members = three.copy()
    for table in np.flatnonzero(~three):
        above = tables[(tables & table) == table]
        members[table] = three[above ^ table].any()
    return members


def overlap_sizes(n: int) -> dict[str, int]:
    """Sizes of AND, XNOR and their intersections and unions with OR for *n* <= 4 inputs."""
    tables = threshold_tables(require_int("n", n, 0, 4))
    conjunctions, products = fold(n, [tables] * 2, "and"), fold(n, [tables] * 2, "xnor")
    disjunctions = fold(n, [tables] * 2, "or")
    holds = {
        "and": conjunctions,
        "xnor": products,
        "and & or": conjunctions & disjunctions,
        "and | or": conjunctions | disjunctions,
        "and & xnor": conjunctions & products,
        "(and | or) & xnor": (conjunctions | disjunctions) & products,
        "and | or | xnor": conjunctions | disjunctions | products,
    }
    return {name: int(members.sum()) for name, members in holds.items()}


def three_unit_overlaps(n: int) -> dict[str, int]:
    """Products of two gates that three hidden units do not compute, and multiplexed functions that they do, n <= 4."""
    three = network_members(n, "threshold", 3)
    beyond = network_members(n, "xnor", 2) & ~three
    within = gated_members(n, "multiplexing", "pm1", "pm1", "ungated") & three
    return {"xnor - three units": int(beyond.sum()), "multiplexed & three units": int(within.sum())}


def disjoint_products(n: int, m: int, operation: str) -> int:
    """Number of functions f(x) op g(y) of *n* + *m* <= 6 inputs, "xnor" or "and", by composing all pairs."""
    operation = require_choice("operation", operation, ("xnor", "and"))
    n, m = require_int("n", n, 0, 4), require_int("m", m, 0, 4)
    require_int("n + m", n + m, 0, 6)
    f = [int("".join(format(int(t) >> y & 1, "b") * 2**n for y in range(2**m))[::-1], 2) for t in threshold_tables(m)]
    g = [sum(int(t) << 2**n * y for y in range(2**m)) for t in threshold_tables(n)]
    mask = 2**2 ** (n + m) - 1
    return len({a & b if operation == "and" else mask ^ a ^ b for a in f for b in g})


def own_gate_maps(n: int, operation: str) -> int:
    """Number of maps (f_1 op g_1, f_2 op g_2) with a gate of its own for each of two units, n <= 3: all quadruples."""
    operation = require_choice("operation", operation, ("xnor", "and"))
    tables = threshold_tables(require_int("n", n, 0, 3))
    attended = np.zeros((len(tables), 2**2**n), dtype=np.bool_)
    for row, f in zip(attended, tables, strict=True):
        row[apply_operation(n, operation, tables, f)] = True
    seen = np.zeros((2**2**n, 2**2**n), dtype=np.bool_)
    for first in attended:
        for second in attended:
            seen[first] |= second
    return int(seen.sum())


def layer_maps(n: int, units: int) -> int:
    """Number of maps of a layer of *units* gates, n <= 4: distinct tuples of tables, at most ten million of them."""
    tables = threshold_tables(require_int("n", n, 0, 4)).tolist()
    units = require_int("units", units, 1)
    if units * log(len(tables)) > log(MAPS):
        raise ValueError(f"units={units} of n={n} inputs make {len(tables)}**{units} maps, more than {MAPS} to list")
    return len(set(product(tables, repeat=units)))


def multiplexed_hidden_pairs(n: int) -> int:
    """How many functions of two hidden units and an output gate one multiplexed unit computes too, n <= 4."""
    return int((network_members(n, "threshold", 2) & gated_members(n, "multiplexing", "pm1", "pm1", "ungated")).sum())
