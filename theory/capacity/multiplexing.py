"""The multiplexing lemma as a construction: one input selects which of two gates speaks."""

from collections.abc import Sequence

import sympy as sp

from theory.capacity._validate import require_int
from theory.derivation import Identity, Nonnegative, Step

Weights = tuple[int, ...]
TABLE_LIMIT = 16  # inputs of a table that is written out, 2**16 points


def multiplexed_pair(
    first: Sequence[int], second: Sequence[int], *, selector: int | None = None
) -> tuple[Weights, Weights]:
    """Integer weights of gates f, g on n inputs whose product (XNOR or AND) restricts to any two given gates.

    *first* and *second* are weights, bias first, of f0 and g0 on n - 1 inputs in {-1, 1}, where they are nowhere zero.
    With 2K > |w|_1 + |b|, f adds K(1 - x_n): it is f0 where x_n = 1 and +1 where x_n = -1; g adds K(1 + x_n) and is +1
    where x_n = 1, g0 elsewhere. So f g is f0 on one slice and g0 on the other. *selector* replaces K, to see the lemma
    fail where it is too small.
    Baldi & Vershynin (2022), multiplexing in the lower bounds (OG1).

    >>> multiplexed_pair((0, 1), (1, -2))
    ((1, 1, -1), (3, -2, 2))
    """
    if len(first) != len(second) or not first:
        raise ValueError(f"first and second must have one length (bias and weights), got {len(first)}, {len(second)}")
    f0 = [require_int("weight of first", v, -(10**9), 10**9) for v in first]
    g0 = [require_int("weight of second", v, -(10**9), 10**9) for v in second]
    given = None if selector is None else require_int("selector", selector, 0)
    k, m = (_selector(f0), _selector(g0)) if given is None else (given, given)
    return (f0[0] + k, *f0[1:], -k), (g0[0] + m, *g0[1:], m)


def multiplexed_table(
    first: Sequence[int], second: Sequence[int], gate: str = "xnor", *, selector: int | None = None
) -> int:
    """Truth table of the constructed pair's product; bit x is set where it is +1, inputs by the bits of x, x_n highest.

    n <= 16, x_n included. ValueError where a gate is zero at an input: sgn(0).

    >>> multiplexed_table((0, 1), (0, -1))
    9
    """
    if gate not in ("xnor", "and"):
        raise ValueError(f"gate must be 'xnor' or 'and', got {gate!r}")
    pair = multiplexed_pair(first, second, selector=selector)
    tables = [_table(name, weights) for name, weights in zip(("first", "second"), pair, strict=True)]
    if gate == "and":
        return tables[0] & tables[1]
    return (2**2 ** len(first) - 1) ^ tables[0] ^ tables[1]


def selected_slices(units: Sequence[Sequence[int]]) -> list[int]:
    """Tables, one for each selector value j, of the OR of the units of :func:`selected_units` on slice j.

    At most 16 inputs, selectors included. ValueError where a unit is zero at an input: sgn(0).
    """
    tables = [_table(f"units[{j}]", weights) for j, weights in enumerate(selected_units(units))]
    size = 2 ** (len(units[0]) - 1)
    joined = 0
    for table in tables:
        joined |= table
    return [joined >> size * j & (1 << size) - 1 for j in range(len(units))]


def _table(name: str, weights: Sequence[int]) -> int:
    """Table of the gate with *weights* that was built from the argument *name*."""
    inputs = len(weights) - 1
    if inputs > TABLE_LIMIT:
        raise ValueError(f"{name} must leave at most {TABLE_LIMIT} inputs, selectors included, got {inputs}")
    table = 0
    for x in range(2**inputs):
        total = weights[0] + sum(w if x >> i & 1 else -w for i, w in enumerate(weights[1:]))
        if total == 0:
            raise ValueError(f"{name} must be a gate that is nowhere zero, got one that is at input {x}: sgn(0)")
        table |= (total > 0) << x
    return table


def selected_units(units: Sequence[Sequence[int]]) -> tuple[Weights, ...]:
    """Integer weights of 2**k gates on n + k inputs; unit j is off (-1) unless the k selector inputs spell j.

    Bit i of j is 1 where selector i must be +1. An OR of the units then shows unit j's function on slice j (MX2, FF2).

    >>> selected_units([(1, 2), (0, 1)])
    ((-1, 2, -2), (-1, 1, 1))
    """
    bits = max(len(units) - 1, 0).bit_length()
    if len(units) != 2**bits:
        raise ValueError(f"units must be a power of two of weight vectors, got {len(units)}")
    sizes = {len(unit) for unit in units}
    if len(sizes) != 1 or 0 in sizes:
        raise ValueError(f"units must have one length (bias and weights), got lengths {[len(u) for u in units]}")
    selected = []
    for j, unit in enumerate(units):
        weights = [require_int("weight", v, -(10**9), 10**9) for v in unit]
        k = _selector(weights)
        signs = [1 if j >> i & 1 else -1 for i in range(bits)]
        # -k sum (1 - s_i x_i): zero on slice j, at most -2k elsewhere
        selected.append((weights[0] - k * bits, *weights[1:], *(k * s for s in signs)))
    return tuple(selected)


def _selector(weights: Sequence[int]) -> int:
    """Half of what outweighs every other term: 2K > |w|_1 + |b|, and at least 1."""
    return sum(map(abs, weights)) // 2 + 1


def multiplexing_derivation() -> tuple[Step, ...]:
    """Both slices of the construction for n - 1 = 3 inputs, with w_i = p_i - q_i, b = p_0 - q_0 and 2K above their sum.

    On the silent slice the activation is 2K + w.x + b. With 2K = 1 + s + sum (p_i + q_i) it is 1 + s + 2 p_0 + sum p_i
    (1 + x_i) + q_i (1 - x_i), all of them non-negative where -1 < x_i < 1, and so, by continuity, at the ends.
    """
    w = sp.symbols("w1:4", real=True)
    x = sp.symbols("x1:4", real=True)
    b, select = sp.symbols("b K", real=True)
    last = sp.Symbol("x_n", real=True)
    inner = sum(wi * xi for wi, xi in zip(w, x, strict=True)) + b
    active = inner + select * (1 - last)
    slack = sp.Symbol("s", nonnegative=True)
    p, q = sp.symbols("p0:4", nonnegative=True), sp.symbols("q0:4", nonnegative=True)
    chosen = {wi: pi - qi for wi, pi, qi in zip(w, p[1:], q[1:], strict=True)}
    chosen |= {b: p[0] - q[0], select: (1 + slack + sum(p) + sum(q)) / 2}
    silent = active.subs(last, -1).subs(chosen)
    shares = 1 + slack + 2 * p[0]
    shares += sum(pi * (1 + xi) + qi * (1 - xi) for pi, qi, xi in zip(p[1:], q[1:], x, strict=True))
    above, below = sp.symbols("y1:4", positive=True), sp.symbols("z1:4", positive=True)
    between = {xi: (yi - zi) / (yi + zi) for xi, yi, zi in zip(x, above, below, strict=True)}  # any x_i in (-1, 1)
    return (
        Identity("slice x_n = 1 of f is f0", active.subs(last, 1), inner, twin=inner + select),
        Identity("slice x_n = -1 of f adds 2K", active.subs(last, -1), inner + 2 * select, twin=inner + select),
        Identity(
            "slice x_n = -1 of g is g0", (inner + select * (1 + last)).subs(last, -1), inner, twin=inner + 2 * select
        ),
        Identity("the silent slice's activation, term by term", silent, shares, twin=shares - 2 * p[0] + 2 * q[0]),
        Nonnegative("the silent slice's activation is at least 1", silent - 1, twin=silent - 2, substitution=between),
    )


def multiplexed_unit_derivation() -> tuple[Step, ...]:
    """Any two gates f0, g0 are the slices of one unit with an additively attending gate g, so T(n-1)**2 of them (MX3).

    g is the gate of :func:`multiplexing_derivation` that is 1 where x_n = 1 and g0 elsewhere, and the unit's activation
    S + A (g - 1) + A (1 - x_n)/2, S that of f0: there it is S, and elsewhere S + A g0. With A = 1 + s + M, M >= |S|,
    that has the sign of g0 = 1 or -1; S is M (y - z)/(y + z), anything between -M and M, and, by continuity, these.
    """
    activation, attention, gate, last = sp.symbols("S A g x_n", real=True)
    unit = activation + attention * (gate - 1) + attention * (1 - last) / 2
    slack, most = sp.symbols("s M", nonnegative=True)
    above, below = sp.symbols("y z", positive=True)
    elsewhere = unit.subs(last, -1)
    chosen = {attention: 1 + slack + most, activation: most * (above - below) / (above + below)}
    return (
        *multiplexing_derivation(),
        Identity(
            "slice x_n = 1 of the unit is f0", unit.subs({last: 1, gate: 1}), activation, twin=activation + attention
        ),
        Identity("slice x_n = -1 of the unit", elsewhere, activation + attention * gate, twin=activation - attention),
        *(
            Nonnegative(
                f"where g0 = {value} the activation is {value}, or further from 0",
                (value * elsewhere.subs(gate, value)).subs(chosen) - 1,
                twin=(value * elsewhere.subs(gate, -value)).subs(chosen) - 1,
                substitution={},
            )
            for value in (1, -1)
        ),
    )
