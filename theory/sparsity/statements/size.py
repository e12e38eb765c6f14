"""Statements about the size of rows, outputs and score gradients at random initialisation."""

from typing import Any

import sympy as sp

from theory.export.formula import Builder
from theory.export.statement import Condition, Statement
from theory.sparsity import moments, score_gradients
from theory.sparsity.statements._parts import INDEPENDENT, dimension, of, stated, symbols


def _moment_law(mean: bool = True) -> Any:
    """``output_mean_square`` with a symbol for the number of keys."""
    n, variance, spread, centre = symbols("n_keys", "score_variance", "value_variance", "value_mean")
    first, second = moments.rectified_moment(1, variance), moments.rectified_moment(2, variance)
    law = spread * n * second
    return law + centre**2 * (n * second + n * (n - 1) * first**2) if mean else law


def _moment() -> Statement:
    order, variance = symbols("order", "score_variance")
    root = sp.sqrt(variance)
    result = root**order * 2 ** (order / 2 - 1) * sp.gamma((order + 1) / 2) / sp.sqrt(sp.pi)
    return of(moments.rectified_moment, result, assumes=("a Gaussian score with mean 0",))


def _rms_ratio() -> Statement:
    """Root of the quotient of the two mean squares, in which the values' variance cancels."""
    n, variance = symbols("n_keys", "score_variance")
    return stated(
        "output_rms_ratio",
        "RMS of the un-normalised rectified output divided by that of softmax: tau n e^(-tau^2/2)/sqrt 2.",
        ("n_keys", "score_variance"),
        n * sp.sqrt(variance / 2) * sp.exp(-variance / 2),
        kind="asymptotic",
        assumes=INDEPENDENT,
    )


def _branch() -> Statement:
    return stated(
        "init_branch_rms",
        "RMS 1/sqrt(width) of ReLA-i's output at initialisation; it is 1 with a plain gain, 1/2 under a small gate.",
        ("width",),
        1 / sp.sqrt(*symbols("width")),
    )


def _saturation() -> Statement:
    (gate,) = symbols("gate")
    spread = sp.sqrt(_moment_law(mean=False)) * gate
    result = sp.erfc(sp.log(19) / spread / sp.sqrt(2))
    return of(moments.gate_saturation, result, kind="asymptotic", assumes=INDEPENDENT)


def _score_gradient() -> Statement:
    k, variance = symbols("active", "score_variance")
    size = dimension("dimension of the values", 3)
    D = size.symbol
    return of(
        score_gradients.score_gradient_mean_square,
        (k - 1) * (D - 1) / ((k - 2) * (D - 2) * variance),
        assumes=(*INDEPENDENT, "eps = 0", "a random unit upstream gradient"),
        conditions=(Condition("at least 3 active keys", k - 3, "With 1 it is 0, with 2 it is infinite."),),
        changed=(size,),
    )


def _score_gradient_limit() -> Statement:
    (variance,) = symbols("score_variance")
    size = dimension("dimension of the values", 3)
    return of(
        score_gradients.score_gradient_limit,
        sp.sqrt((size.symbol - 1) / ((size.symbol - 2) * variance)),
        kind="asymptotic",
        assumes=INDEPENDENT,
        changed=(size,),
    )


def _plain_score_gradient() -> Statement:
    n, spread = symbols("n_keys", "value_variance")
    return of(score_gradients.unnormalised_score_gradient_mean_square, spread * n / 2, assumes=INDEPENDENT)


BUILDERS: dict[str, Builder] = {
    "rectified_moment": _moment,
    "output_mean_square": lambda: of(moments.output_mean_square, _moment_law(), assumes=INDEPENDENT),
    "softmax_output_mean_square": lambda: of(
        moments.softmax_output_mean_square, kind="asymptotic", assumes=INDEPENDENT
    ),
    "output_rms_ratio": _rms_ratio,
    "participation_ratio": lambda: stated(
        "participation_ratio",
        "Participation ratio (sum a)^2/(sum a^2) of a rectified row of many keys: n/pi, whatever the score variance.",
        ("n_keys",),
        moments.participation_share() * symbols("n_keys")[0],
        kind="asymptotic",
        assumes=INDEPENDENT,
    ),
    "softmax_participation_share": lambda: of(
        moments.softmax_participation_share, kind="asymptotic", assumes=INDEPENDENT
    ),
    "init_branch_rms": _branch,
    "gate_saturation": _saturation,
    "score_gradient_mean_square": _score_gradient,
    "score_gradient_limit": _score_gradient_limit,
    "unnormalised_score_gradient_mean_square": _plain_score_gradient,
}
