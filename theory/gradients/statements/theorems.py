"""Bounds of gradients in nets that are not uniform: sparse and softmax weights, Theorem 2 with its constants."""

from typing import Any

import sympy as sp

from theory.export.formula import Builder
from theory.export.statement import Condition, Statement
from theory.gradients import sparse, theorem1
from theory.gradients.statements._parts import (
    FROZEN,
    T,
    any_length,
    contracting,
    in_order,
    nonnegative_eigenvalue,
    of,
    symbol,
    t,
)

STATES = {"sum": "a linear net, s_k = h_k + c_k", "mean": "a linear net, s_k = (h_k + c_k)/2"}


def _positive() -> Condition:
    return Condition(
        "positive spectrum (eigenvalue > 0, or = 0 at depth 1)",
        contracting + sp.Max(0, 2 - symbol("depth")),
        "The gain of the pattern itself is exact for every eigenvalue; frozen_growth_bound bounds it from above.",
        strict=True,
    )


def _sparse(name: str | None = None, says: str | None = None, score: bool = False, state: str = "sum") -> Statement:
    """kappa^-d lambda^(d-1), with e^(-2B) in every hop for softmax scores; (lambda/2)^(d-1)/2 for the mean state."""
    hops, attended = symbol("depth"), symbol("kappa")
    half = 2 if state == "mean" else 1
    value = (contracting / half) ** (hops - 1) * attended**-hops / half
    weights = "softmax weights over at most kappa states" if score else "uniform weights over at most kappa states"
    if score:
        value *= sp.exp(-2 * hops * symbol("score_bound"))
    return of(
        sparse.score_sparse_lower_bound if score else sparse.sparse_attention_lower_bound,
        "Theorem 2",
        value,
        name=name,
        says=says,
        kind="lower",
        conditions=(_positive(),),
        assumes=(weights, *FROZEN, STATES[state]),
        changed=(nonnegative_eigenvalue(),),
    )


def _growth_bound(state: str) -> Statement:
    q = symbol("gain")
    mean = state == "mean"
    return of(
        sparse.frozen_growth_bound,
        "Theorem 2, from above",
        sp.Max(1, q) ** (T - t) if mean else 2 * sp.Max(1, 2 * q) ** (T - t),
        name="mean_state_growth_bound" if mean else None,
        says="|ds_T/dh_t| <= max(1, q)**(T-t) for frozen row-stochastic weights and s = (h + c)/2." if mean else None,
        kind="upper",
        conditions=(in_order(),),
        assumes=("row-stochastic attention weights", *FROZEN, STATES[state].removeprefix("a linear net, ")),
        changed=(any_length(),),
    )


def _weight(side: str) -> Statement:
    sign: Any = -1 if side == "lower" else 1
    return of(
        theorem1.score_weight_range,
        "Theorem 1, softmax weights",
        sp.exp(sign * 2 * symbol("score_bound")) / symbol("attended"),
        name=f"softmax_weight_{side}_bound",
        says=f"{side.capitalize()} bound of a softmax weight among scores of bounded modulus.",
        kind=side,
    )


BUILDERS: dict[str, Builder] = {
    "sparse_attention_lower_bound": _sparse,
    "score_sparse_lower_bound": lambda: _sparse(score=True),
    "mean_state_lower_bound": lambda: _sparse(
        "mean_state_lower_bound",
        "(lambda/2)**(d-1) kappa**-d / 2 <= Q_{T,t}: Theorem 2 for the state (h + c)/2.",
        state="mean",
    ),
    "frozen_growth_bound": lambda: _growth_bound("sum"),
    "mean_state_growth_bound": lambda: _growth_bound("mean"),
    "softmax_weight_lower_bound": lambda: _weight("lower"),
    "softmax_weight_upper_bound": lambda: _weight("upper"),
}
