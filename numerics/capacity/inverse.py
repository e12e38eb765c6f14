"""Classes of gated functions of n <= 4 variables by asking, function by function, for a gate: the second route.

A unit with fixed weights computes a(x) where its gate is low and b(x) where it is high, both found by evaluating the
unit at every point. Given h, the unit must agree with h where a = b, and where a != b the gate is forced: h belongs
to the class iff for some weights the forced part extends to a threshold function. One h per orbit of the symmetries
that the convention keeps is asked; the orbit sizes give the count.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_listed, require_two_values
from numerics.capacity.ideals import listed_tables
from numerics.capacity.separation import Separator

Array = NDArray[np.int64]
Members = NDArray[np.bool_]
Place = Callable[[tuple[int, ...]], int]


def attended_members(
    n: int, mechanism: str, gate_values: str, inputs: str, bias: str, gates: int = 1, synapses: int = 1
) -> Members:
    """Which of the 2**(2**n) tables, n <= 4, the gated unit can compute; arguments as in ``count_gated``, not mixed."""
    require_two_values(gate_values)
    c = require_listed(4, n, mechanism, gate_values, inputs, bias, gates, synapses)
    n, bias = c.n, c.bias
    if mechanism == "output":
        return product_members(n, gates + 1, gate_values)
    if gates > 1:
        from numerics.capacity.inverse_gates import multiplexed_tables, own_gate_tables

        return multiplexed_tables(n, gates) if mechanism == "multiplexing" else own_gate_tables(n, gates)
    low, high = readings(n, mechanism, gate_values, inputs, bias, synapses)
    attending = attending_gates(n, mechanism, bias)
    labels = orbit_labels(n, *kept_symmetries(n, mechanism, inputs, synapses))
    members = np.zeros(2**2**n, dtype=np.bool_)
    pairs = np.unique(np.stack([low, high], axis=1), axis=0)
    for representative in np.unique(labels):
        members[representative] = _has_gate(int(representative), pairs, attending)
    return members[labels]


def attending_gates(n: int, mechanism: str, bias: str) -> Array:
    """The gates that may attend: all threshold functions, or the odd ones where no bias is allowed."""
    return _odd_tables(n) if bias == "none" and mechanism == "all_synapses" else listed_tables(n)


def _has_gate(h: int, pairs: Array, attending: Array) -> bool:
    low, high = pairs[:, 0], pairs[:, 1]
    possible = (h ^ low) & (h ^ high) == 0
    free_of_choice = low[possible] ^ high[possible]
    forced = free_of_choice & ~(h ^ high[possible])
    demands = np.unique(np.stack([free_of_choice, forced], axis=1), axis=0)
    demands = demands[np.argsort(np.bitwise_count(demands[:, 0]))]
    for chunk in np.array_split(demands, max(1, len(demands) // 64)):
        if np.any(attending[None, :] & chunk[:, :1] == chunk[:, 1:]):
            return True
    return False


@lru_cache(maxsize=64)
def readings(
    n: int, mechanism: str, gate_values: str, inputs: str, bias: str, synapses: int = 1
) -> tuple[Array, Array]:
    """Tables of the unit with its gate held low and held high, one pair per weight vector."""
    values = {"pm1": (-1, 1), "01": (0, 1)}
    points = [[values[inputs][x >> i & 1] for i in range(n)] for x in range(2**n)]
    powers = 1 << np.arange(2**n, dtype=np.int64)
    tables, place = _signal_space(n, mechanism, gate_values, inputs, bias)
    gated = range(n - synapses if mechanism == "synaptic" else 0, n)

    def reading(gate: int) -> Array:
        if mechanism == "multiplexing":
            places = [place((*p, gate)) for p in points]
        elif bias == "gated":
            places = [place((gate, *(v * gate for v in p))) for p in points]
        else:
            places = [place(tuple(v * gate if i in gated else v for i, v in enumerate(p))) for p in points]
        return (tables[:, None] >> np.array(places) & 1) @ powers

    low, high = values[gate_values]
    return reading(low), reading(high)


def _signal_space(n: int, mechanism: str, gate_values: str, inputs: str, bias: str) -> tuple[Array, Place]:
    """Tables of the weights' signs on all signals that can reach the unit, and where a signal vector stands in them."""
    whole_unit = mechanism == "all_synapses"
    if mechanism == "multiplexing":
        return listed_tables(n + 1), _cube_place
    if whole_unit and bias == "gated":  # the constant is gated too: odd functions of n + 1 signals
        return _odd_tables(n + 1), _cube_place
    if whole_unit and bias in ("gate_only", "none"):
        return _odd_tables(n), _cube_place
    if gate_values == inputs:
        return listed_tables(n), _cube_place
    if whole_unit and inputs == "pm1":  # where a 0/1 gate is closed only the bias is left
        return _with_bias_sign(n), lambda s: _cube_place(s) if any(s) else 2**n
    if whole_unit:
        signals = sorted({tuple(g * v for v in p) for p in _grid(inputs, n) for g in _GRID[gate_values]})
        return _labelled(tuple((1, *s) for s in signals)), signals.index
    # s in {-1, 0, 1} is the mean of two signals in {-1, 1}; a gate that treats the two alike weighs them equally
    tables = listed_tables(n + 1)
    apart, other = _cube_place((*(-1,) * (n - 1), 1, -1)), _cube_place((*(-1,) * (n - 1), -1, 1))
    rest = [(tables >> apart + k) & 1 == (tables >> other + k) & 1 for k in range(2 ** (n - 1))]
    return tables[np.all(rest, axis=0)], lambda s: _cube_place(
        (*s[:-1], 1 if s[-1] >= 0 else -1, 1 if s[-1] > 0 else -1)
    )


_GRID = {"pm1": (-1, 1), "01": (0, 1)}


def _grid(values: str, n: int) -> list[tuple[int, ...]]:
    return list(product(_GRID[values], repeat=n))


def _cube_place(signal: Sequence[int]) -> int:
    return sum(1 << i for i, v in enumerate(signal) if v > 0)


def _odd_tables(n: int) -> Array:
    """Threshold functions with f(-x) = -f(x): those that need no bias."""
    tables = listed_tables(n)
    pairs = [(tables >> x ^ tables >> 2**n - 1 - x) & 1 for x in range(2 ** (n - 1))]
    return tables[np.all(pairs, axis=0)]


@lru_cache(maxsize=8)
def _labelled(points: tuple[tuple[int, ...], ...]) -> Array:
    """All separable labellings of *points* as bit patterns, grown point by point with certified programmes.

    The weights that certified the points so far show one label of the next, so only the other is asked; negated weights
    show the complements.
    """
    labellings: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((1,), points[0])]
    for size in range(2, len(points) + 1):
        separator, grown = Separator(points[:size]), []
        for labels, weights in labellings:
            value = sum(w * v for w, v in zip(weights, points[size - 1], strict=True))
            for label in (-1, 1):
                if label * value > 0:
                    grown.append(((*labels, label), weights))
                elif (decision := separator.decide((*labels, label))).answer:
                    grown.append(((*labels, label), decision.certificate))
        labellings = grown
    found = np.array([sum(1 << i for i, label in enumerate(labels) if label > 0) for labels, _ in labellings])
    return np.concatenate([found, (1 << len(points)) - 1 ^ found])


@lru_cache(maxsize=8)
def _with_bias_sign(n: int) -> Array:
    """Threshold functions with bit 2**n set for a positive bias: one certified programme per orbit and sign.

    The cube's symmetries leave the bias alone.
    """
    points = [(1, *(1 if x >> i & 1 else -1 for i in range(n))) for x in range(2**n)]
    separator = Separator([*points, (1,) + (0,) * n])
    moves = [
        np.array([sum(((x ^ signs) >> i & 1) << order[i] for i in range(n)) for x in range(2**n)])
        for order in permutations(range(n))
        for signs in range(2**n)
    ]
    powers = 1 << np.arange(2**n, dtype=np.int64)
    remaining = set(listed_tables(n).tolist())
    found: list[int] = []
    while remaining:
        table = remaining.pop()
        bits = np.array([table >> x & 1 for x in range(2**n)])
        orbit = set((bits[np.array(moves)] @ powers).tolist())
        remaining -= orbit
        for positive in (0, 1):
            if separator.decide([*(2 * int(b) - 1 for b in bits), 2 * positive - 1]).answer:
                found += [t | positive << 2**n for t in orbit]
    return np.array(sorted(found), dtype=np.int64)


def kept_symmetries(n: int, mechanism: str, inputs: str, synapses: int) -> tuple[tuple[range, ...], tuple[int, ...]]:
    """Inputs that may be permuted among themselves, and inputs that may be negated, without leaving the class."""
    if mechanism == "synaptic":
        blocks = (range(n - synapses), range(n - synapses, n))
        return blocks, tuple(range(n)) if inputs == "pm1" else tuple(range(n - synapses))
    return (range(n),), tuple(range(n)) if inputs == "pm1" else ()


@lru_cache(maxsize=16)
def orbit_labels(n: int, blocks: tuple[range, ...], negated: tuple[int, ...], complement: bool = True) -> Array:
    """The smallest table in the orbit of every table, under block permutations, negated inputs and negation."""
    tables = np.arange(2**2**n, dtype=np.int64)
    labels = tables.copy()
    for parts in product(*(list(permutations(block)) for block in blocks)):
        order = [i for part in parts for i in part]
        for signs in product((0, 1), repeat=len(negated)):
            flips = {i: s for i, s in zip(negated, signs, strict=True)}
            image = np.zeros_like(tables)
            for x in range(2**n):
                source = sum(((x >> order[i] & 1) ^ flips.get(i, 0)) << i for i in range(n))
                image |= (tables >> source & 1) << x
            np.minimum(labels, image, out=labels)
            if complement:
                np.minimum(labels, (2**2**n - 1) ^ image, out=labels)
    return labels


def product_members(n: int, factors: int, gate_values: str) -> Members:
    """h is a product of k gates iff, for some gate f, what f leaves over is a product of k - 1."""
    tables = listed_tables(n)
    everything = 2**2**n - 1
    known = np.zeros(2**2**n, dtype=np.bool_)
    known[tables] = True
    labels = orbit_labels(n, (range(n),), tuple(range(n)), gate_values == "pm1")
    representatives = np.unique(labels)
    for _ in range(factors - 1):
        fresh = np.zeros_like(known)
        for h in representatives:
            if gate_values == "pm1":
                fresh[h] = known[everything ^ h ^ tables].any()
            else:
                fresh[h] = _meets(int(h), tables, known, everything)
        known = fresh[labels]
    return known


def _meets(h: int, tables: Array, known: Members, everything: int) -> bool:
    """Whether h = f & k with f a gate and k known: among tables above h, some pair shares nothing outside h."""
    above = tables[tables & h == h] & ~h & everything
    others = np.flatnonzero(known)
    others = others[others & h == h] & ~h & everything
    above, others = minimal_tables(above), minimal_tables(others)
    return bool(np.any(above[:, None] & others[None, :] == 0))


def minimal_tables(tables: Array) -> Array:
    """The tables with no smaller one below them, smallest first."""
    ordered = tables[np.argsort(np.bitwise_count(tables), kind="stable")]
    kept: list[int] = []
    while len(ordered):
        first = int(ordered[0])
        kept.append(first)
        ordered = ordered[ordered & first != first]
    return np.array(kept, dtype=np.int64)
