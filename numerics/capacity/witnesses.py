"""Small networks and sets of gated functions, function by function: the second of two routes."""

from functools import lru_cache
from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_choice, require_int, require_network, require_table
from numerics.capacity.ideals import listed_tables
from numerics.capacity.inverse import attended_members, minimal_tables, orbit_labels, product_members
from numerics.capacity.regions import count_regions
from numerics.capacity.separation import Separator

Array = NDArray[np.int64]
Members = NDArray[np.bool_]


@lru_cache(maxsize=32)
def computable_tables(n: int, operation: str, units: int) -> Members:
    """Tables that *units* threshold gates joined by *operation* compute, n <= 4; arguments as ``count_networks``."""
    n, operation, units = require_network(n, operation, units, 4)
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
            or is_conjunction(h, tables, either, everything)
            or is_conjunction(everything ^ h, tables, either, everything)
            or _is_majority(h, tables)
        )
    return members[labels]


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


def count_three_valued(n: int, attended: int = 1) -> int:
    """Number of maps (f g_1, ..., f g_m), f 0/1 and g_i -1/+1, n <= 5: regions cut by the points where f is 1.

    No gate g is listed: their restrictions to the support of f are counted by deletion and restriction.
    """
    n, attended = require_int("n", n, 0, 5), require_int("attended", attended, 0)
    points = [(1, *(1 if x >> i & 1 else -1 for i in range(n))) for x in range(2**n)]
    total = 0
    for f, size in _orbits(n):
        support = [points[x] for x in range(2**n) if f >> x & 1]
        total += size * (count_regions(support) if support else 1) ** attended
    return total


def asked_three_valued_by_ones(n: int) -> Array:
    """The same for one attended gate, by points where the product is +1: one f per orbit, restricted to its ones."""
    totals = np.zeros(2**n + 1, dtype=np.int64)
    for f, size in _orbits(n):
        totals += size * np.bincount(np.bitwise_count(np.unique(listed_tables(n) & f)), minlength=2**n + 1)
    return totals


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


def asked_overlap_sizes(n: int) -> dict[str, int]:
    """Sizes of AND, XNOR and their intersections and unions with OR, n <= 5, function by function."""
    if require_int("n", n, 0, 5) == 5:
        from numerics.capacity.slices import two_gate_sizes

        return two_gate_sizes()
    conjunctions, products = product_members(n, 2, "01"), product_members(n, 2, "pm1")
    disjunctions = conjunctions[::-1]
    sizes = {"and": conjunctions, "xnor": products}
    sizes["and & or"], sizes["and | or"] = conjunctions & disjunctions, conjunctions | disjunctions
    sizes["and & xnor"] = conjunctions & products
    sizes["(and | or) & xnor"] = sizes["and | or"] & products
    sizes["and | or | xnor"] = sizes["and | or"] | products
    return {name: int(members.sum()) for name, members in sizes.items()}


def asked_beyond_two_units(n: int) -> int:
    """Members of XNOR that are no conjunction or disjunction of two gates, n <= 5."""
    sizes = asked_overlap_sizes(n)
    return sizes["xnor"] - sizes["(and | or) & xnor"]


def count_gate_slices(n: int, gate_values: str) -> int:
    """Output-gated functions of *n* <= 5 inputs both of whose slices at the last input are threshold functions."""
    n, gate_values = require_int("n", n, 1, 5), require_choice("gate_values", gate_values, ("pm1", "01"))
    if n == 5:
        from numerics.capacity.slices import count_gate_slices as counted

        return counted(gate_values)
    members = np.flatnonzero(product_members(n, 2, gate_values))
    gate = np.zeros(2**2 ** (n - 1), dtype=np.bool_)
    gate[listed_tables(n - 1)] = True
    half = 2 ** (n - 1)
    return int((gate[members >> half] & gate[members & 2**half - 1]).sum())


def count_upper_slices(n: int) -> int:
    """Distinct slices at x_n = 1 of the unit with one gated synapse (-1/+1 inputs and gate), n <= 5."""
    if require_int("n", n, 1, 5) == 5:
        from numerics.capacity.slices import count_upper_slices as counted

        return counted()
    members = attended_members(n, "synaptic", "pm1", "pm1", "ungated")
    return len(np.unique(np.flatnonzero(members) >> 2 ** (n - 1)))


def count_hidden_pairs(n: int) -> int:
    """Functions of two hidden gates under any of the 14 threshold functions of two bits, n <= 4: every output tried."""
    tables = listed_tables(require_int("n", n, 0, 4))
    everything = 2**2**n - 1
    members = np.zeros(2**2**n, dtype=np.bool_)
    for output in listed_tables(2).tolist():
        for f in tables.tolist():
            parts = [
                (f if u & 1 else everything ^ f) & (tables if u & 2 else everything ^ tables)
                for u in range(4)
                if output >> u & 1
            ]
            members[np.bitwise_or.reduce(parts, axis=0) if parts else 0] = True
    return int(members.sum())


def count_mixed_degrees(n: int, degrees: tuple[int, int], gate_values: str) -> int:
    """Products f·g, f and g threshold functions of different *degrees*, n <= 4, one function per orbit asked."""
    n, gate_values = require_int("n", n, 0, 4), require_choice("gate_values", gate_values, ("pm1", "01"))
    if len(degrees) != 2:
        raise ValueError(f"degrees must be two, of f and of g, got {tuple(degrees)}")
    for degree in degrees:
        require_int("degree", degree, 0, n)
    labels = orbit_labels(n, (range(n),), tuple(range(n)), gate_values == "pm1")
    everything = 2**2**n - 1
    first, second = (_degree_members(n, d) for d in degrees)
    firsts, total = np.flatnonzero(first), 0
    for h, size in zip(*np.unique(labels, return_counts=True), strict=True):
        if gate_values == "pm1":
            found = bool(second[everything ^ firsts ^ h].any())
        else:
            found = is_conjunction(int(h), firsts, second, everything)
        total += int(size) * found
    return total


def is_conjunction(h: int, firsts: Array, second: Members, everything: int) -> bool:
    """Whether h = f & g with f among *firsts* and g a member of *second*."""
    others = np.flatnonzero(second)
    above = minimal_tables(firsts[firsts & h == h] & ~h & everything)
    others = minimal_tables(others[others & h == h] & ~h & everything)
    return bool(np.any(above[:, None] & others[None, :] == 0))


@lru_cache(maxsize=16)
def _degree_members(n: int, degree: int) -> Members:
    """Threshold functions of a degree, by a certified programme for one function per orbit."""
    labels = orbit_labels(n, (range(n),), tuple(range(n)), True)
    members = np.zeros(2**2**n, dtype=np.bool_)
    subsets = [s for size in range(degree + 1) for s in combinations(range(n), size)]
    separator = Separator([[prod(1 if x >> i & 1 else -1 for i in s) for s in subsets] for x in range(2**n)])
    for h in map(int, np.unique(labels)):
        members[h] = separator.decide([1 if h >> x & 1 else -1 for x in range(2**n)]).answer
    return members[labels]


def count_quadratic_products(n: int) -> int:
    """Members of XNOR that are threshold functions of degree 2, with a certificate per orbit, n <= 4."""
    n = require_int("n", n, 0, 4)
    return int((product_members(n, 2, "pm1") & _degree_members(n, 2)).sum())


def minimum_units_by_enumeration(table: tuple[int, ...]) -> int:
    """Fewest hidden units for a function of at most 4 inputs, from the exact classes A(n, m, 1)."""
    bits, n = require_table(table)
    require_int("number of inputs of table", n, 0, 4, why="the classes A(n, m, 1) are enumerated for n <= 4")
    index = sum(b << x for x, b in enumerate(bits))
    return next(m for m in range(1, 5) if computable_tables(n, "threshold", m)[index])
