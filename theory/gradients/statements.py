"""Statements about gradients through recurrence and attention for export, with their hypotheses.

The functions of this folder take whole numbers and exact eigenvalues; what they loop over is written here as sums,
products and loops in symbols, which the tests hold against those functions.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy as sp

from theory.export.formula import Builder, formula, pick
from theory.export.statement import Argument, Condition, Recurrence, Statement
from theory.gradients import closed_forms, counterexamples, crossover, enclosure, gain, relevance, sparse, theorem1

PAPER = "Kerg et al. (2020), arXiv:2006.09471"
UNIFORM = ("a linear net h_k = V s_{k-1} + U x_k, s_k = h_k + c_k", "uniform attention over the past")
FROZEN = ("attention weights are not differentiated",)
LONGEST_LOOP = 10**4
LONGER = "For longer sequences gain_lower_bound and gain_upper_bound hold in closed form."

T, t, k, j = (sp.Symbol(name, positive=True, integer=True) for name in ("T", "t", "k", "j"))
lam = sp.Symbol("lambda", real=True)


def _arguments() -> dict[str, Argument]:
    nonnegative = {name: sp.Symbol(name, nonnegative=True) for name in ("q", "B")}
    known = (
        Argument("T", T, "time of the state that is differentiated", "integer", low=1, high=10**6),
        Argument("t", t, "time of the state it is differentiated by", "integer", low=1),
        Argument("eigenvalue", lam, "eigenvalue of V"),
        Argument(
            "kappa", sp.Symbol("kappa", positive=True, integer=True), "attended states at each time", "integer", low=1
        ),
        Argument(
            "depth", sp.Symbol("d", positive=True, integer=True), "attention hops from h_t to s_T", "integer", low=1
        ),
        Argument("gain", nonnegative["q"], "sup |phi'| times the spectral norm of V", low=0),
        Argument("score_bound", nonnegative["B"], "largest modulus of a score", low=0),
        Argument(
            "attended", sp.Symbol("N", positive=True, integer=True), "number of attended states", "integer", low=1
        ),
        Argument("v", sp.Symbol("v", positive=True), "V = -v I", low=0, open_low=True),
        Argument("short_term", sp.Symbol("nu", positive=True, integer=True), "short-term buffer", "integer", low=1),
    )
    return {argument.name: argument for argument in known}


def _of(function: Callable[..., Any], where: str, result: Any = None, **more: Any) -> Statement:
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    return formula(function, {**_arguments(), **changed}, PAPER, where, result=result, **more)


def _in_order() -> Condition:
    return Condition("t <= T", T - t, "Times are 1-based and t comes first.", usage=True)


def _contraction(eigenvalue: Any) -> tuple[Condition, Condition]:
    return (
        Condition("contraction (eigenvalue >= 0)", eigenvalue, EXACT),
        Condition("contraction (eigenvalue < 1)", 1 - eigenvalue, EXACT, strict=True),
    )


EXACT = "Use uniform_attention_gain, exact for every eigenvalue."


def _gain() -> Statement:
    """The loop of ``gain_recurrence`` in symbols."""
    z = sp.Symbol("lambda")
    y, total = sp.symbols("y S")
    loop = Recurrence(
        index=k,
        start=t,
        stop=T,
        state=((y, sp.Integer(1)), (total, sp.Integer(1))),
        updates=((y, z * (y + total / k)), (total, total + y)),
        output=y + total / T,
    )
    return _of(
        gain.uniform_attention_gain,
        "Theorem 1, linear case",
        loop,
        conditions=(_in_order(),),
        assumes=UNIFORM,
        changed=(
            Argument("eigenvalue", z, "eigenvalue of V", "complex"),
            replace(_arguments()["T"], high=LONGEST_LOOP, beyond=LONGER),
        ),
    )


def _factors(g: Any, b: Any) -> Any:
    return sp.Product(1 + g / (k + b), (k, t, T - 1))


def _sandwich(side: str) -> Statement:
    """The closed-form bounds of ``sandwich``; they take over from the exact loop where T is large."""
    z = sp.Symbol("lambda", nonnegative=True)
    g = z / (1 - z)
    if side == "lower":
        beta = sp.Max(0, g * (g - 1))
        value = sp.Max(_factors(g, beta) / ((1 - z) * (T + beta)), (T + 1) / t * z ** (T - t))
    else:
        power = sp.Piecewise((sp.Integer(2), z >= sp.Rational(1, 2)), (sp.Integer(3), True))
        value = z ** (T - t) + _factors(g, 0) / T * (1 - z) ** (-power)
    return _of(
        enclosure.sandwich,
        "Theorem 1, with constants derived for this project",
        value,
        name=f"gain_{side}_bound",
        says=f"{side.capitalize()} bound of the gain ds_T/dh_t for a contracting eigenvalue, in closed form.",
        kind=side,
        conditions=(_in_order(), *_contraction(z)),
        assumes=UNIFORM,
        changed=(Argument("eigenvalue", z, "eigenvalue of V"),),
    )


def _memorable() -> Statement:
    z = sp.Symbol("lambda", nonnegative=True)
    return _of(
        enclosure.memorable_lower_bound,
        "Theorem 1, with constants derived for this project",
        _factors(z, 0) / T,
        kind="lower",
        conditions=(_in_order(), *_contraction(z)),
        assumes=UNIFORM,
        changed=(Argument("eigenvalue", z, "eigenvalue of V"),),
    )


def _laguerre() -> Statement:
    return _of(
        closed_forms.laguerre_gain,
        "Theorem 1, linear case",
        sp.Sum(sp.binomial(T, j) / sp.factorial(j), (j, 0, T)),
        assumes=UNIFORM,
        changed=(replace(_arguments()["T"], high=10**6),),
    )


def _crossover() -> Statement:
    z = sp.Symbol("lambda", positive=True)
    a = -sp.log(z)
    value = -sp.LambertW(-a * sp.exp(-a * t), -1) / a - t
    instead = "Without decay there is no crossover: compare baseline_gain with uniform_attention_gain."
    return _of(
        crossover.crossover_lag,
        "discussion of Theorem 1",
        value,
        conditions=(
            Condition("positive spectrum (eigenvalue > 0)", z, instead, strict=True),
            Condition("contraction (eigenvalue < 1)", 1 - z, instead, strict=True),
        ),
        assumes=UNIFORM,
        changed=(Argument("eigenvalue", z, "eigenvalue of V"),),
    )


def _sparse() -> Statement:
    z = sp.Symbol("lambda", nonnegative=True)
    arguments = _arguments()
    hops, attended = arguments["depth"].symbol, arguments["kappa"].symbol
    positive = Condition(
        "positive spectrum (eigenvalue > 0, or = 0 at depth 1)",
        z + sp.Max(0, 2 - hops),
        "The gain of the pattern itself is exact for every eigenvalue; frozen_growth_bound bounds it from above.",
        strict=True,
    )
    return _of(
        sparse.sparse_attention_lower_bound,
        "Theorem 2",
        z ** (hops - 1) * attended**-hops,
        kind="lower",
        conditions=(positive,),
        assumes=("uniform weights over at most kappa attended states", *FROZEN, "a linear net, s_k = h_k + c_k"),
        changed=(Argument("eigenvalue", z, "eigenvalue of V"),),
    )


def _growth_bound() -> Statement:
    q = _arguments()["gain"].symbol
    return _of(
        sparse.frozen_growth_bound,
        "Theorem 2, from above",
        2 * sp.Max(1, 2 * q) ** (T - t),
        kind="upper",
        conditions=(_in_order(),),
        assumes=("row-stochastic attention weights", *FROZEN, "s_k = h_k + c_k"),
    )


def _weight(sign: int) -> Statement:
    bound, attended = (_arguments()[name].symbol for name in ("score_bound", "attended"))
    side = "lower" if sign < 0 else "upper"
    return _of(
        theorem1.score_weight_range,
        "Theorem 1, softmax weights",
        sp.exp(sign * 2 * bound) / attended,
        name=f"softmax_weight_{side}_bound",
        says=f"{side.capitalize()} bound of a softmax weight among scores of bounded modulus.",
        kind=side,
    )


def _negative_identity() -> Statement:
    v = _arguments()["v"].symbol
    contraction = Condition("contraction (v < 1)", 1 - v, EXACT, strict=True)
    return _of(
        counterexamples.negative_identity_upper_bound,
        "against Theorem 1 without a hypothesis on V",
        counterexamples._upper(T, v, sp.floor(T / 8)),
        kind="upper",
        conditions=(contraction,),
        assumes=UNIFORM,
    )


BUILDERS: dict[str, Builder] = {
    "uniform_attention_gain": _gain,
    "gain_lower_bound": lambda: _sandwich("lower"),
    "gain_upper_bound": lambda: _sandwich("upper"),
    "memorable_lower_bound": _memorable,
    "laguerre_gain": _laguerre,
    "baseline_gain": lambda: _of(
        crossover.baseline_gain, "without attention", lam ** (T - t), conditions=(_in_order(),),
        assumes=("a linear net without attention",),
    ),
    "crossover_lag": _crossover,
    "sparse_attention_lower_bound": _sparse,
    "frozen_growth_bound": _growth_bound,
    "softmax_weight_lower_bound": lambda: _weight(-1),
    "softmax_weight_upper_bound": lambda: _weight(1),
    "negative_identity_upper_bound": _negative_identity,
    "initial_relevance": lambda: _of(
        relevance.initial_relevance, "relevancy screening",
        sp.Sum(1 / j, (j, 1, _arguments()["short_term"].symbol)), assumes=("uniform attention",),
    ),
}  # fmt: skip


def statement(name: str) -> Statement:
    """The statement called *name*; ValueError with close matches for an unknown one.

    >>> statement("uniform_attention_gain").kind
    'exact'
    """
    return pick(name, BUILDERS)
