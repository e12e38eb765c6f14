"""Statements about layered nets and transformer blocks: capacity of a layer, parameters, numbers of gatings."""

import sympy as sp

from theory.capacity.statements._parts import bits, extensions, i, regions, stated, symbol, variables, whole
from theory.export.formula import Builder
from theory.export.statement import Condition, Statement

HIDDEN = "networks with one hidden layer (FF2)"


def _layer_maps(side: str) -> Statement:
    size = variables()
    single = extensions(size.symbol) if side == "lower" else regions(size.symbol, 1)
    return stated(
        f"log2_layer_maps_{side}_bound",
        f"{side.capitalize()} bound, in bits, of the maps of one layer of gates, T(n)^m exactly.",
        ("n", "units"),
        symbol("units") * bits(single),
        "feedforward layer (FF1)",
        kind=side,
        changed=(size,),
    )


def _hidden_upper() -> Statement:
    size = variables()
    seen = 2 * sp.Sum(sp.binomial(2**size.symbol - 1, i), (i, 0, symbol("units")))
    return stated(
        "log2_hidden_layer_upper_bound",
        "Upper bound, in bits, of nets with one hidden layer and one output: the output sees at most 2^n points.",
        ("n", "units"),
        symbol("units") * bits(regions(size.symbol, 1)) + bits(seen),
        HIDDEN,
        kind="upper",
        changed=(size,),
    )


def _hidden_lower() -> Statement:
    """m is at most 2^32, and off a power of two by the half that no rounding of its logarithm can bridge."""
    size, units = variables(), whole("units", "m", "number of hidden units", high=2**32)
    half = sp.Rational(1, 2)
    down = sp.floor(sp.log(units.symbol + half) / sp.log(2))
    up = sp.floor(sp.log(units.symbol - half) / sp.log(2)) + 1
    return stated(
        "log2_hidden_layer_lower_bound",
        "Lower bound, in bits, of nets with one hidden layer: log2 m selector inputs, rounded down or up, and an OR.",
        ("n", "units"),
        sp.Max(
            *(used * bits(extensions(size.symbol - k)) for used, k in ((2**down, down), (units.symbol, up))),
            evaluate=False,
        ),
        HIDDEN,
        kind="lower",
        conditions=(Condition("units <= 2^n", size.symbol - up, "More than 2^n units serve as 2^n.", usage=True),),
        changed=(size, units),
    )


def _gatings(mechanism: str, names: tuple[str, str], where: str) -> Statement:
    """One entry of ``attention_gating_counts``."""
    tokens, width = map(symbol, names)
    return stated(
        f"{'score' if mechanism == 'output' else 'value'}_gatings",
        f"Number of {mechanism} gatings in the {where} of one attention head.",
        names,
        tokens**2 * width,
        "transformer block (QD4)",
        count=True,
    )


BUILDERS: dict[str, Builder] = {
    "log2_layer_maps_lower_bound": lambda: _layer_maps("lower"),
    "log2_layer_maps_upper_bound": lambda: _layer_maps("upper"),
    "log2_hidden_layer_lower_bound": _hidden_lower,
    "log2_hidden_layer_upper_bound": _hidden_upper,
    "layer_capacity": lambda: stated(
        "layer_capacity",
        "What one layer adds to the leading capacity of a layered net: min(n_1..n_k) n_k n_{k+1}.",
        ("narrowest", "width", "following"),
        symbol("narrowest") * symbol("width") * symbol("following"),
        "feedforward capacity (FF3; Baldi & Vershynin 2019, in essence)",
        kind="asymptotic",
        conditions=(
            Condition(
                "narrowest <= width",
                symbol("width") - symbol("narrowest"),
                "The layer itself is among them.",
                usage=True,
            ),
        ),
    ),
    "layer_parameter_count": lambda: stated(
        "layer_parameter_count",
        "Weights and biases (a + 1) b between two layers of a units and b units.",
        ("width", "following"),
        (symbol("width") + 1) * symbol("following"),
        "parameters of a layered net",
        count=True,
    ),
    "score_gatings": lambda: _gatings("output", ("tokens", "key_dim"), "scores"),
    "value_gatings": lambda: _gatings("synaptic", ("tokens", "value_dim"), "weighted values"),
}
