"""Bounds, in bits, of gated units and attention layers, and their leading exponents.

Below stands the extension recursion for the single gate, above the region bound: both hold for every n, where the
functions of ``theory.capacity.gating`` take exact counts as far as these are known.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import sympy as sp

from theory.capacity import expansions, gating
from theory.capacity.statements._parts import (
    bits,
    extensions,
    has_degree,
    k,
    of,
    regions,
    slices,
    stated,
    symbol,
    variables,
    whole,
)
from theory.export.formula import Builder
from theory.export.statement import Argument, Condition, Statement

SIDES = ("lower", "upper")
MULTIPLEXING = "multiplexing below, tuples of functions above"


def _side(
    name: str, side: str, what: str, where: str, names: tuple[str, ...], result: Any, low: int = 1, **more: Any
) -> Statement:
    """One side of a sandwich in bits; *names* are the arguments beside n, *more* as in ``stated``."""
    return stated(
        f"log2_{name}_{side}_bound",
        f"{side.capitalize()} bound, in bits, of {what}.",
        ("n", *names),
        result,
        where,
        kind=side,
        changed=(variables(low), *more.pop("changed", ())),
        **more,
    )


def _below(less: int = 1) -> Any:
    return bits(extensions(variables(less).symbol - less))


def _above(more: int = 0) -> Any:
    return bits(regions(variables(1).symbol + more, 1))


def _output_gating(side: str) -> Statement:
    """Below, multiplexing with the extension recursion; above, pairs of gates up to signs with the region bound."""
    return of(
        gating.output_gating_bounds,
        "output gating (OG1)",
        2 * _below() if side == "lower" else 2 * _above() - 2,
        name=f"log2_output_gating_{side}_bound",
        says=f"{side.capitalize()} bound, in bits, of the products of two linear threshold functions, values -1 and 1.",
        kind=side,
        changed=(variables(),),
    )


def _pairs(gate: str) -> Statement:
    result = 2 * _above() if gate == "mixed" else _above() + bits(1 + regions(variables(1).symbol, 1)) - 1
    values = "one with values 0 and 1, the other with -1 and 1" if gate == "mixed" else "both with values 0 and 1"
    where = "output gating (OG1, OG3)"
    return _side(
        f"{gate}_gating", "upper", f"the products of two linear threshold functions, {values}", where, (), result
    )


def _multiplexing(side: str) -> Statement:
    result = 2 * _below() if side == "lower" else _above() + _above(1) - 1
    return _side("multiplexing", side, "a unit with one additively attending gate", "multiplexing (MX3)", (), result)


def _synaptic(side: str) -> Statement:
    result = 2 * _below(2) if side == "lower" else 2 * _above()
    what = "a unit with one gated synapse, values -1 and 1"
    return _side("synaptic_gating", side, what, "synaptic gating (SG1)", (), result, 2 if side == "lower" else 1)


def _synapses() -> Statement:
    result = (symbol("gates") + 1) * _above()
    what = "a unit with several synapses, each gated by a gate of its own"
    where = "synaptic gating (SG6)"
    return _side("gated_synapses", "upper", what, where, ("gates",), result, conditions=(_synapses_are_inputs(),))


def _synapses_are_inputs() -> Condition:
    return Condition("gates <= n", variables().symbol - symbol("gates"), "Every input has one synapse.", usage=True)


def _degrees(side: str) -> Statement:
    first, second = (
        whole(name, symbol, f"degree of the {which} gate")
        for name, symbol, which in (("degree", "d", "attending"), ("other_degree", "e", "attended"))
    )
    size, powers = variables(1, 200), (first.symbol, second.symbol)
    if side == "lower":
        result = sum(bits(slices(size.symbol - 1, power)) for power in powers)
    else:
        result = sum(bits(regions(size.symbol, power)) for power in powers) - 1
    return stated(
        f"log2_degree_gating_{side}_bound",
        f"{side.capitalize()} bound, in bits, of the products of two threshold functions of any two degrees, values -1 "
        "and 1.",
        ("n", "degree", "other_degree"),
        result,
        "output gating of polynomial threshold functions (OG1, OG6)",
        kind=side,
        conditions=tuple(has_degree(size.symbol, power.symbol, power.name) for power in (first, second)),
        changed=(size, first, second),
    )


def _unbiased() -> Statement:
    what = "a unit without a bias, all of its synapses gated by one gate, values -1 and 1"
    return _side("unbiased_gating", "lower", what, "synaptic gating (SG4)", (), 2 * _below(2), 2)


def _zero_one_synapse() -> Statement:
    what = "a unit with one gated synapse, inputs with values 0 and 1, the gate with -1 and 1"
    return _side("zero_one_synapse", "lower", what, "synaptic gating (SG2)", (), 2 * _below())


def _one_synapse() -> Statement:
    three, single = (
        whole(name, symbol, says)
        for name, symbol, says in (
            ("three_valued", "I", "number I(n-1) of products with three values of one input fewer"),
            ("count", "T", "number T(n-1) of linear threshold functions of one input fewer"),
        )
    )
    return stated(
        "one_synapse_lower_bound",
        "Lower bound 2 I(n-1) - T(n-1) on a unit with one gated synapse, inputs and gate with values 0 and 1.",
        ("three_valued", "count"),
        2 * three.symbol - single.symbol,
        "synaptic gating (SG2, corrected)",
        kind="lower",
        changed=(three, single),
        count=True,
    )


def _pairs_of_units() -> Argument:
    """A layer whose gates are multiplied two by two has two of them."""
    return whole("units", "m", "number of attended units", 2)


def _layer(
    name: str, what: str, where: str, names: tuple[str, ...], exponent: Any, *changed: Argument
) -> dict[str, Builder]:
    """Both sides of a layer whose maps number between T(n-1) and T(n) to the power *exponent*."""
    single, source = {"lower": _below, "upper": _above}, f"{where}; {MULTIPLEXING}"

    def build(side: str) -> Builder:
        return lambda: _side(name, side, what, source, names, exponent() * single[side](), changed=changed)

    return {f"log2_{name}_{side}_bound": build(side) for side in SIDES}


def _own_gates(side: str) -> Statement:
    single = 2 * _below() if side == "lower" else 2 * _above() - 2
    what = "the maps of gates that are each gated by a gate of their own, values -1 and 1"
    return _side("own_gates", side, what, "attention layers (AL1)", ("units",), symbol("units") * single)


def _disjoint(gate: str) -> Statement:
    other = whole("m", "m", "number of variables of the other gate", high=10**4)
    if gate == "xnor":
        name, values, result = "product", "-1 and 1", _above() + bits(regions(other.symbol, 1)) - 1
    else:
        # (B - 1)(B' - 1) + 1 with the product taken out: in bits, neither factor is written out
        first, second = (_but_one(size) for size in (variables().symbol, other.symbol))
        name, values, result = "and", "0 and 1", bits(first) + bits(second) + bits(1 + 1 / (first * second))
    return stated(
        f"log2_disjoint_{name}_upper_bound",
        f"Upper bound, in bits, of the products of two threshold functions of separate variables, values {values}.",
        ("n", "m"),
        result,
        "output gating (OG5)",
        kind="upper",
        changed=(variables(), other),
    )


def _but_one(size: Any) -> Any:
    """The region bound of linear gates less 1: all of them but the constant 0."""
    return 1 + 2 * sp.Sum(sp.binomial(2**size - 1, k), (k, 1, size))


def _exponent(
    name: str, says: str, names: tuple[str, ...], factor: Callable[[], Any], where: str, suffix: str = "", **more: Any
) -> Statement:
    size = variables(1, sp.oo)
    power = whole("degree", "d", "degree of the polynomial threshold functions", default=sp.Integer(1))
    single = (
        expansions.leading_exponent(1, size.symbol) * size.symbol ** (power.symbol - 1) / sp.factorial(power.symbol)
    )
    return stated(
        f"{name}_exponent{suffix}",
        says,
        ("n", *names, "degree"),
        factor() * single,
        where,
        kind="asymptotic",
        changed=(size, power, *more.pop("changed", ())),
        assumes=("log2 T(n; d) ~ n^(d+1)/d!",),
        **more,
    )


BUILDERS: dict[str, Builder] = {
    **{f"log2_output_gating_{side}_bound": partial(_output_gating, side) for side in SIDES},
    **{f"log2_{gate}_gating_upper_bound": partial(_pairs, gate) for gate in ("and", "mixed")},
    "log2_disjoint_product_upper_bound": partial(_disjoint, "xnor"),
    "log2_disjoint_and_upper_bound": partial(_disjoint, "and"),
    **{f"log2_multiplexing_{side}_bound": partial(_multiplexing, side) for side in SIDES},
    **{f"log2_synaptic_gating_{side}_bound": partial(_synaptic, side) for side in SIDES},
    "log2_gated_synapses_upper_bound": _synapses,
    **{f"log2_degree_gating_{side}_bound": partial(_degrees, side) for side in SIDES},
    "log2_unbiased_gating_lower_bound": _unbiased,
    "log2_zero_one_synapse_lower_bound": _zero_one_synapse,
    "one_synapse_lower_bound": _one_synapse,
    **{f"log2_own_gates_{side}_bound": partial(_own_gates, side) for side in SIDES},
    **_layer(
        "shared_gate", "the maps of gates that are all gated by one more", "attention layers (AL2)", ("units",),
        lambda: symbol("units") + 1,
    ),
    **_layer(
        "cross_attention", "the maps of all products of a row of gates with a column of gates",
        "attention layers (AL3)", ("rows", "columns"), lambda: symbol("rows") + symbol("columns"),
    ),
    **_layer(
        "self_attention", "the maps of all products of two gates of one layer", "attention layers (AL4)", ("units",),
        lambda: symbol("units"), _pairs_of_units(),
    ),
    "output_gating_exponent": lambda: _exponent(
        "output_gating", "Leading exponent of the products of two gates: twice that of one, as of multiplexing and "
        "of synaptic gating.", (), lambda: 2, "main theorem (OG1, MX3, SG1)",
    ),
    "gated_synapses_exponent": lambda: stated(
        "gated_synapses_exponent", "Leading term 4 n^3 / 27 of a lower bound on a unit whose n synapses have a gate "
        "each: a third of the inputs held at 1 leaves a hidden layer of n/3 gates of 2n/3 inputs.", ("n",),
        sp.Rational(4, 27) * variables(1, sp.oo).symbol ** 3, "synaptic gating (SG6), by a hidden layer (FF2)",
        kind="asymptotic", changed=(variables(1, sp.oo),), assumes=("log2 T(n) ~ n^2",),
    ),
    "gated_synapses_exponent_bound": lambda: _exponent(
        "gated_synapses", "Leading term (g + 1) n^(d+1)/d! of an upper bound on a unit with g synapses, each gated by "
        "a gate of its own.", ("gates",), lambda: symbol("gates") + 1, "synaptic gating (SG6)", suffix="_bound",
        conditions=(_synapses_are_inputs(),),
    ),
    "own_gates_exponent": lambda: _exponent(
        "own_gates", "Leading exponent of gates that are each gated by a gate of their own.", ("units",),
        lambda: 2 * symbol("units"), "attention layers (AL1)",
    ),
    "shared_gate_exponent": lambda: _exponent(
        "shared_gate", "Leading exponent of gates that are all gated by one more.", ("units",),
        lambda: symbol("units") + 1, "attention layers (AL2)",
    ),
    "cross_attention_exponent": lambda: _exponent(
        "cross_attention", "Leading exponent of all products of a row of gates with a column of gates.",
        ("rows", "columns"), lambda: symbol("rows") + symbol("columns"), "attention layers (AL3)",
    ),
    "self_attention_exponent": lambda: _exponent(
        "self_attention", "Leading exponent of all products of two gates of one layer.", ("units",),
        lambda: symbol("units"), "attention layers (AL4)", changed=(_pairs_of_units(),),
    ),
}  # fmt: skip
