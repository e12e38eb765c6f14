"""Two-sided bounds of margin and loss for a fixed symmetric classifier, with every constant.

Setting of all formulas here: frozen irrelevant words at 0, zero start, m = ``mass`` irrelevant words, C = ``classes``,
D = ``separation`` (:func:`theory.dynamics.head_separation`), p = ``frequency`` of the topic word; a0 = 1/(1 + m).
"""

from fractions import Fraction
from functools import cache
from typing import Any

import sympy as sp
from flint import arb, arb_series, ctx, fmpq

from theory.derivation import Identity, Monotone, Nonnegative, Step
from theory.dynamics._validate import Exact, count, exact, fraction_of, nonnegative, positive
from theory.dynamics.sen import attention_weight
from theory.dynamics.variable_lengths import Bounds


def margin_level(margin: Exact, classes: Exact) -> Any:
    """G(mu) = mu + e^mu/(C - 1): with keys frozen it grows linearly in time.

    >>> margin_level(0, 4)
    1/3
    """
    return exact("margin", margin) + sp.exp(exact("margin", margin)) / (count("classes", classes, 2) - 1)


def margin_of_level(level: Exact, classes: Exact) -> Any:
    """The margin mu with G(mu) = level: log((C - 1) W(e^level/(C - 1))).

    >>> margin_of_level(Fraction(1, 3), 4)
    0
    """
    others = count("classes", classes, 2) - 1
    reached = exact("level", level)
    if reached == 1 / others:
        return sp.Integer(0)
    return sp.log(others * sp.LambertW(sp.exp(reached) / others))


def margin_loss(margin: Exact, classes: Exact) -> Any:
    """Cross-entropy when all C - 1 margins equal *margin*: log(1 + (C - 1) e^-margin).

    >>> margin_loss(0, 4)
    log(4)
    """
    return sp.log(1 + (count("classes", classes, 2) - 1) * sp.exp(-exact("margin", margin)))


def margin_bounds(time: Exact, mass: Exact, classes: Exact, separation: Exact, frequency: Exact) -> Bounds:
    """Bounds of the margin at *time* (embedding rate times steps): G^-1(1/(C-1) + p D^2 K time), K = a0^2 and K2(m).

    The lower one is the exact margin with frozen keys. Neither depends on the coupling. ``mass`` must be a rational
    number (K2 is enclosed numerically, see :func:`growth_constant`). Raises ValueError for time < 0.

    >>> margin_bounds(0, 20, 4, 1, Fraction(1, 8))
    Bounds(lower=0, upper=0)
    """
    m = positive("mass", mass)
    grown = _growth(time, separation, frequency)
    start = sp.Integer(1) / (count("classes", classes, 2) - 1)
    return Bounds(
        margin_of_level(start + grown * attention_weight(0, m) ** 2, classes),
        margin_of_level(start + grown * exact("growth", growth_constant(m)), classes) if grown != 0 else sp.Integer(0),
    )


def loss_bounds(time: Exact, mass: Exact, classes: Exact, separation: Exact, frequency: Exact) -> Bounds:
    """Bounds of the loss of the word's sentences at *time*, from those of the margin.

    >>> loss_bounds(0, 20, 4, 1, Fraction(1, 8))
    Bounds(lower=log(4), upper=log(4))
    """
    margins = margin_bounds(time, mass, classes, separation, frequency)
    return Bounds(margin_loss(margins.upper, classes), margin_loss(margins.lower, classes))


def loss_ceiling(time: Exact, mass: Exact, classes: Exact, separation: Exact, frequency: Exact) -> Any:
    """A simpler upper bound of the loss: ((C-1)/e + 1)/(1/(C-1) + p D^2 a0^2 time).

    >>> loss_ceiling(0, 20, 2, 1, Fraction(1, 8))
    exp(-1) + 1
    """
    others = count("classes", classes, 2) - 1
    level = 1 / others + _growth(time, separation, frequency) * attention_weight(0, mass) ** 2
    return (others * sp.exp(-1) + 1) / level


def restarted_margin(
    elapsed: Exact, margin: Exact, attention: Exact, classes: Exact, separation: Exact, frequency: Exact
) -> Any:
    """Lower bound of the margin *elapsed* after a moment at which margin and attention were known.

    >>> restarted_margin(0, 0, Fraction(1, 2), 4, 1, 1)
    0
    """
    share = fraction_of("attention", attention)
    return margin_of_level(
        margin_level(margin, classes) + _growth(elapsed, separation, frequency) * share**2, classes
    )  # fmt: skip


@cache
def growth_constant(mass: Exact, *, tolerance: Fraction = Fraction(1, 2**13)) -> Fraction:
    """A rational K2 >= sup over s >= 0 of a^2 (1 + 2 (s + (e^s - 1)/m)/(1 + e^s/m)^2), at most *tolerance* above it.

    Ball arithmetic with bisection on [0, S]; beyond S, with y = e^s/m, the function is at most 1 + 2 s/y^2, which
    decreases (:func:`margin_derivation`). *mass* rational.

    >>> growth_constant(20) < Fraction(10669, 10000)
    True
    """
    m = positive("mass", mass)
    if not m.is_Rational:
        raise TypeError(f"mass must be a rational number here, got {mass}.")
    ratio = fmpq(int(m.p), int(m.q))
    end = max(14, int(sp.ceiling(sp.log(m))) + 14)
    slack = arb(fmpq(tolerance.numerator, 2 * tolerance.denominator))
    tail = 1 + 2 * end / (arb(end).exp() / arb(ratio)) ** 2
    best, highest = arb(0), tail
    boxes = [(Fraction(k, 4), Fraction(k + 1, 4)) for k in range(4 * end)]
    while boxes:
        low, high = boxes.pop()
        middle = (low + high) / 2
        value = _speed_ratio(_ball(middle, middle), ratio)[0]
        best = value if value.lower() > best.lower() else best
        slope = _speed_ratio(_ball(low, high), ratio)[1]
        above = (value + slope * _ball(low - middle, high - middle)).upper()
        if above <= (best.lower() + slack):
            highest = highest.max(above)
        else:
            boxes += [(low, middle), (middle, high)]
    top = highest.max(best).upper()
    mantissa, exponent = (int(part) for part in top.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def _ball(low: Fraction, high: Fraction) -> Any:
    middle, radius = (low + high) / 2, (high - low) / 2
    return arb(fmpq(middle.numerator, middle.denominator)) + arb(0, arb(fmpq(radius.numerator, radius.denominator)))


def _speed_ratio(s: Any, mass: Any) -> tuple[Any, Any]:
    """Value and slope, over a ball of scores, of mu' / (p D^2 b)."""
    before, ctx.cap = ctx.cap, 2
    try:
        score = arb_series([s, 1], 2)
        m = arb(mass)
        y = score.exp() / m
        a = y / (1 + y)
        value = a * a * (1 + 2 * (score + y - 1 / m) / ((1 + y) * (1 + y)))
        return value[0], value[1]
    finally:
        ctx.cap = before


def _growth(time: Exact, separation: Exact, frequency: Exact) -> Any:
    p, d = fraction_of("frequency", frequency), positive("separation", separation)
    return p * d**2 * nonnegative("time", time)


def margin_derivation() -> tuple[Step, ...]:
    """Steps from mu' = p D^2 a^2 b (1 + coupling (1-a)^2 x^2) to the bounds of margin and loss."""
    mu, w, others = sp.Symbol("mu", real=True), sp.Symbol("w", nonnegative=True), sp.Symbol("K", positive=True)
    b = others / (others + sp.exp(mu))
    level = mu + sp.exp(mu) / others
    a0, gained, square = sp.symbols("a0 g z", nonnegative=True)  # a = a0 + g, z = coupling (1 - a)^2 x^2
    y, s, left = sp.symbols("y s l", positive=True)
    speed = (y / (1 + y)) ** 2 * (1 + 2 * (s + y - left) / (1 + y) ** 2)  # left = 1/m
    core = Nonnegative("w >= 0", w, twin=-w)
    bound_twin = (1 + s / y**2 / 4) - speed.subs(left, 0)
    return (
        Identity("b dG/dmu = 1, so that G' = p D^2 a^2 (1 + ...)", b * sp.diff(level, mu), sp.Integer(1), twin=b),
        Nonnegative(
            "a^2 (1 + z) >= a0^2; the twin asks for twice as much",
            (a0 + gained) ** 2 * (1 + square) - a0**2,
            twin=(a0 + gained) ** 2 * (1 + square) - 2 * a0**2,
        ),
        Nonnegative(
            "beyond y the speed is at most 1 + 2 s/y^2; the twin allows an eighth of the excess",
            sp.factor(1 + 2 * s / y**2 - speed),
            twin=sp.factor(bound_twin),
        ),
        Identity(
            "2 s/y^2 decreases: its slope at y = e^s/m is 2 (1 - 2 s)/y^2",
            sp.diff(2 * s * sp.exp(-2 * s), s),
            2 * (1 - 2 * s) * sp.exp(-2 * s),
            twin=2 * (1 - s) * sp.exp(-2 * s),
        ),
        Monotone(
            "mu e^-mu does not increase above mu = 1, so that it is at most 1/e",
            -(1 + w) * sp.exp(-1 - w),
            w,
            sp.exp(-1 - w),
            core,
            twin=-(1 + 2 * w) * sp.exp(-1 - w),
        ),
        Monotone(
            "nor does it below, read downwards",
            -(1 - w) * sp.exp(w - 1),
            w,
            sp.exp(w - 1),
            core,
            twin=(1 - w) * sp.exp(w - 1),
        ),
        Identity(
            "(C-1) e^-mu G = 1 + (C-1) mu e^-mu",
            others * sp.exp(-mu) * level,
            1 + others * mu * sp.exp(-mu),
            twin=1 + mu * sp.exp(-mu),
        ),
    )
