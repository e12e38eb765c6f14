"""The multiplexing lemma as a construction: one input selects which of two gates speaks."""

from collections.abc import Sequence

import sympy as sp

from theory.capacity._validate import require_int, require_sequence
from theory.derivation import Identity, Induction, Nonnegative, Step

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
    first, second = (require_sequence(name, v, 1, "weights") for name, v in (("first", first), ("second", second)))
    if len(first) != len(second):
        raise ValueError(f"first and second must have one length (bias and weights), got {len(first)}, {len(second)}")
    f0 = [require_int("weight of first", v, -(10**9), 10**9) for v in first]
    g0 = [require_int("weight of second", v, -(10**9), 10**9) for v in second]
    given = None if selector is None else require_int("selector", selector, 0)
    k, m = (half_outweighing(f0), half_outweighing(g0)) if given is None else (given, given)
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
    tables = [gate_table(name, weights) for name, weights in zip(("first", "second"), pair, strict=True)]
    if gate == "and":
        return tables[0] & tables[1]
    return (2**2 ** len(first) - 1) ^ tables[0] ^ tables[1]


def gate_table(name: str, weights: Sequence[int]) -> int:
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


def half_outweighing(weights: Sequence[int]) -> int:
    """Half of what outweighs every other term: 2K > |w|_1 + |b|, and at least 1."""
    return sum(map(abs, weights)) // 2 + 1


def activation_derivation() -> tuple[Step, ...]:
    """|S| <= L = |w|_1 + |b| for the activation S = w.x + b, inputs of -1 and 1 joining one by one, however many.

    b = p - q, |b| = p + q with p, q >= 0, and so each w_i; d >= 0 is what L leaves over before an input x joins, where
    x = (y - z)/(y + z) is anything in (-1, 1), and, by continuity, at the ends. Monomials of inputs are such inputs.
    """
    p, q, margin = sp.symbols("p q d", nonnegative=True)
    above, below = sp.symbols("y z", positive=True)
    x = sp.Symbol("x", real=True)
    between = {x: (above - below) / (above + below)}
    return tuple(
        Induction(
            f"{name} <= |w|_1 + |b|",
            base=Nonnegative(
                "the bias alone", p + q - sign * (p - q), twin=(p + q) / 2 - sign * (p - q), substitution={}
            ),
            step=Nonnegative(
                "one input more",
                margin + p + q - sign * (p - q) * x,
                twin=margin + (p + q) / 2 - sign * (p - q) * x,
                substitution=between,
            ),
        )
        for name, sign in (("S", 1), ("-S", -1))
    )


def outweighed() -> tuple[sp.Expr, sp.Expr]:
    """An activation S, any in (-L, L) and so, by continuity, in [-L, L], and a K with 2K >= 1 + L."""
    slack, most = sp.symbols("s L", nonnegative=True)
    above, below = sp.symbols("y z", positive=True)
    return most * (above - below) / (above + below), (1 + slack + most) / 2


def multiplexed_values(first: sp.Expr, second: sp.Expr, last: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Values of the two gates of the lemma: *first* and 1 where *last* is 1, 1 and *second* where it is -1."""
    return ((1 + last) * first + 1 - last) / 2, (1 + last + (1 - last) * second) / 2


def multiplexing_derivation() -> tuple[Step, ...]:
    """Both slices of the construction, on any number of inputs, and what the gates' product shows there.

    S is the activation of f0 or of g0, |S| <= L by :func:`activation_derivation`, and 2K = 1 + s + L outweighs it. The
    product is that of values -1 and 1, and of 0 and 1 as well.
    """
    activation, select, last = sp.symbols("S K x_n", real=True)
    falling, rising = activation + select * (1 - last), activation + select * (1 + last)
    spoken, half = outweighed()
    silent = falling.subs(last, -1).subs({activation: spoken, select: half})
    first, second = sp.symbols("f0 g0", real=True)
    f, g = multiplexed_values(first, second, last)
    return (
        *activation_derivation(),
        Identity("slice x_n = 1 of f is f0", falling.subs(last, 1), activation, twin=activation + select),
        Identity(
            "slice x_n = -1 of f adds 2K", falling.subs(last, -1), activation + 2 * select, twin=activation + select
        ),
        Identity("slice x_n = -1 of g is g0", rising.subs(last, -1), activation, twin=activation + 2 * select),
        Identity("slice x_n = 1 of g adds 2K", rising.subs(last, 1), activation + 2 * select, twin=activation + select),
        Nonnegative("the silent slice's activation is at least 1", silent - 1, twin=silent - 2, substitution={}),
        Identity("slice x_n = 1 of f g is f0", (f * g).subs(last, 1), first, twin=first * second),
        Identity("slice x_n = -1 of f g is g0", (f * g).subs(last, -1), second, twin=first * second),
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
