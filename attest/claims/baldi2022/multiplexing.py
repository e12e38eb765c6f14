"""Additive activation attention: a gate's output added to another neuron's sum."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attest import Claim, at_least, at_most, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured
from theory import capacity as derived

if TYPE_CHECKING:
    from numpy.random import Generator

INSIDE = Claim(
    id="baldi2022.MX1",
    paper=PAPER,
    where="additive activation attention is in the standard model",
    says="A unit with one attending gate, a hidden unit with skip connections, computes all that two hidden units do",
    kind="count",
    predicts=lambda n: sum(measured.asked_network_by_ones(n, "threshold", 2)),
    measures=lambda n: measured.multiplexed_hidden_pairs(n),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4)),
    rivals={
        "all that one gate does": lambda n: sum(measured.asked_network_by_ones(n, "threshold", 1)),
        "all that XNOR does": lambda n: sum(measured.asked_network_by_ones(n, "xnor", 2)),
    },
    budget=4.5,
)


def draw_pair(rng: "Generator", n: int) -> dict[str, Any]:
    """Two gates of n - 1 inputs with odd weight sums: never zero on the cube."""
    weights = 2 * rng.integers(-6, 7, size=(2, n))
    weights[:, 0] += 1
    return {"first": weights[0].tolist(), "second": weights[1].tolist()}


SELECTOR = Claim(
    id="baldi2022.MX2",
    paper=PAPER,
    where="the multiplexing lemma behind the lower bounds",
    says="With K large, sgn(S + K(1 - x_n)) sgn(R + K(1 + x_n)) is S's gate where x_n = 1 and R's gate elsewhere",
    setting=draw_pair,
    predicts=lambda first, second, gate: derived.multiplexed_table(first, second, gate),
    measures=lambda first, second: measured.join_slices(first, second),
    agrees=equal,
    cases=grid(n=(2, 3, 4, 5), gate=("xnor", "and"), draw=(1, 2, 3)),
    rivals={
        "slices exchanged": lambda first, second, gate: derived.multiplexed_table(second, first, gate),
        "K too small": lambda first, second, gate: derived.multiplexed_table(first, second, gate, selector=1),
    },
    derivation=lambda: derived.multiplexing_derivation(),
    budget=0.4,
)


def draw_units(rng: "Generator", n: int, count: int) -> dict[str, Any]:
    """*count* gates of n inputs with odd weight sums."""
    weights = 2 * rng.integers(-6, 7, size=(count, n + 1))
    weights[:, 0] += 1
    return {"units": weights.tolist()}


def speak_in_turn(units: list[list[int]]) -> list[int]:
    """The units' tables by themselves, and that of -1 for each spelling of the selectors that is left over."""
    spoken = measured.spoken_unit_tables(units)
    while len(spoken).bit_count() > 1:
        spoken.append(0)
    return spoken


MANY = Claim(
    id="baldi2022.MX2-many",
    paper=PAPER,
    where="the multiplexing lemma with several selector inputs",
    says="With k selectors and K large, an OR of m <= 2^k units shows unit j on slice j and -1 on slices left over",
    setting=draw_units,
    predicts=lambda units: derived.selected_slices(units),
    measures=speak_in_turn,
    agrees=equal,
    cases=grid(n=(2, 3), count=(2, 3, 4, 5, 7, 8)),
    rivals={
        "the first unit on what is left over": lambda units: (
            derived.selected_slices(units)[: len(units)]
            + derived.selected_slices(units)[:1] * (len(derived.selected_slices(units)) - len(units))
        ),
        "the next unit": lambda units: [*derived.selected_slices(units)[1:], derived.selected_slices(units)[0]],
        "the complementary spelling": lambda units: derived.selected_slices(units)[::-1],
        "values halved": lambda units: [Fraction(v, 2) for v in derived.selected_slices(units)],
    },
    derivation=lambda: derived.selected_units_derivation(),
    budget=0.4,
)

CAPACITY = Claim(
    id="baldi2022.MX3",
    paper=PAPER,
    where="capacity of additive activation attention",
    says="One attending gate added to the activation gives capacity 2 n^2 (1 + o(1))",
    kind="asymptotic",
    finite_form=("baldi2022.MX3-lower", "baldi2022.MX3-upper", "baldi2022.MX3-pairs"),
    derivation=lambda: derived.sandwich_derivation(),
)

LOWER = Claim(
    id="baldi2022.MX3-lower",
    paper=PAPER,
    where="capacity of additive activation attention, lower half",
    says="At least T(n-1)^2 functions sgn(w.x + b + a g(x))",
    predicts=lambda n: derived.output_gating_bounds(n).lower,
    measures=lambda n: sum(measured.asked_by_ones(n, "multiplexing", "pm1", "pm1", "ungated")),
    agrees=at_least(),
    cases=grid(n=(1, 2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=300.0,
    rivals={
        "one more": lambda n: derived.output_gating_bounds(n).lower + 1,
        "T(n)^2": lambda n: derived.threshold_count(n) ** 2,
    },
    derivation=lambda: derived.multiplexed_unit_derivation(),
    budget=3.7,
)

UPPER = Claim(
    id="baldi2022.MX3-upper",
    paper=PAPER,
    where="capacity of additive activation attention, upper half",
    says="At most T(n) T(n+1)/2 functions sgn(w.x + b + a g(x)): gates of (x, g), up to g's sign; vacuous to n = 5",
    predicts=lambda n: derived.multiplexed_upper_bound(n),
    measures=lambda n: sum(measured.asked_by_ones(n, "multiplexing", "pm1", "pm1", "ungated")),
    agrees=at_most(),
    cases=grid(n=(1, 2, 3, 4)),
    rivals={
        "half of all, which the bound is": lambda n: Fraction(derived.multiplexed_upper_bound(n), 2),
        "one gate's worth": lambda n: derived.threshold_count(n),
    },
    derivation=lambda: derived.attended_pair_derivation(),
    rests_on=("baldi2022.MX3-pairs",),
    budget=3.8,
)

ATTENDED_PAIRS = Claim(
    id="baldi2022.MX3-pairs",
    paper=PAPER,
    where="capacity of additive activation attention, upper half: the pairs themselves",
    says="Pairs of a gate of (x, y) and a gate g of x, up to the signs of y and g together, are T(n) T(n+1)/2",
    kind="count",
    predicts=lambda n: derived.multiplexed_pair_count(n),
    measures=lambda n: measured.count_attended_pairs(n),
    agrees=equal,
    cases=grid(n=(1, 2, 3)),
    rivals={
        "signs counted apart": lambda n: 2 * derived.multiplexed_pair_count(n),
        "g of T(n) - 1 kinds": lambda n: (derived.threshold_count(n) - 1) * derived.threshold_count(n + 1) // 2,
        "two gates of x": lambda n: derived.threshold_count(n) ** 2 // 2,
    },
    derivation=lambda: derived.attended_pair_derivation(),
    budget=0.4,
)

SIZES = Claim(
    id="baldi2022.MX4",
    paper=PAPER,
    where="exact sizes of the multiplexed classes, by number of ones",
    says="Composing and asking (two gates bracket h and a third fills the gap) find the same multiplexed functions",
    kind="count",
    predicts=lambda n: measured.composed_by_ones(n, "multiplexing", "pm1", "pm1", "ungated"),
    measures=lambda n: measured.asked_by_ones(n, "multiplexing", "pm1", "pm1", "ungated"),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=400.0,
    rivals={
        "the gate multiplies": lambda n: measured.composed_by_ones(n, "output", "pm1", "pm1", "ungated"),
        "twice": lambda n: [2 * v for v in measured.composed_by_ones(n, "multiplexing", "pm1", "pm1", "ungated")],
    },
    budget=3.3,
)

PAIRS = Claim(
    id="baldi2022.MX4-pairs",
    paper=PAPER,
    where="exact sizes with two attending gates, by number of ones",
    says="Composing, and programmes that certify, find the same functions sgn(w.x + b + a_1 g_1 + a_2 g_2)",
    kind="count",
    predicts=lambda n: measured.composed_by_ones(n, "multiplexing", "pm1", "pm1", "ungated", 2),
    measures=lambda n: measured.asked_by_ones(n, "multiplexing", "pm1", "pm1", "ungated", 2),
    agrees=equal,
    cases=grid(n=(1, 2, 3)),
    deep_cases=({"n": 4},),
    deep_budget=120.0,
    rivals={
        "two gates multiplied": lambda n: measured.composed_by_ones(n, "output", "pm1", "pm1", "ungated"),
        "two hidden units without skip connections": lambda n: measured.composed_network_by_ones(n, "threshold", 2),
        "half": lambda n: [
            Fraction(v, 2) for v in measured.composed_by_ones(n, "multiplexing", "pm1", "pm1", "ungated", 2)
        ],
    },
    budget=0.4,
)
