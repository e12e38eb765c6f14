"""Statements of a fixed symmetric classifier: its flow, two-sided bounds of margin and loss, ablations."""

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.dynamics import ablations, margins, reduction
from theory.dynamics.statements._parts import OWN, SYMMETRIC, norm_length, of, positive, stated, symbols
from theory.dynamics.statements.rates import later
from theory.export.formula import Builder
from theory.export.functions import Root
from theory.export.statement import Statement

SETTING = ("time", "mass", "classes", "separation", "frequency")
GROWTH = "K2 = sup over scores s >= 0 of a^2 (1 + 2 (s + (e^s - 1)/m)/(1 + e^s/m)^2), the constant of the upper bound."


def _speed(what: str, says: str) -> Statement:
    names = ("norm", "score", "mass", "classes", "separation", "frequency", "coupling")
    norm = norm_length()
    speeds = reduction.reduced_speeds(norm.symbol, *symbols(*names[1:]))
    return of(
        reduction.reduced_speeds,
        name=f"{what}_speed",
        says=says,
        result=getattr(speeds, what),
        assumes=("irrelevant words frozen at 0", "a classifier whose centred columns form a simplex"),
        changed=(norm,),
    )


def _growth(mass: Any) -> Any:
    """K2 of ``growth_constant`` at its maximum.

    With l = s - 1/m it is a^2 + 2 a^3 (1-a) + 2 a^2 (1-a)^2 l, and its slope in a has the sign of
    h = 1 + 2a + (1-2a) l, which is concave in a, positive at a0 = 1/(1+m) and falls to minus infinity: it has one root,
    and there the maximum is.
    """
    s = sp.Symbol("s", real=True)
    a = 1 / (1 + mass * sp.exp(-s))
    score = Root((2 * a - 1) * (s - 1 / mass) - 1 - 2 * a, s, 0, sp.Max(sp.log(mass), 1 / mass) + 10)
    b = 1 / (1 + mass * sp.exp(-score))
    return b**2 + 2 * b**3 * (1 - b) + 2 * b**2 * (1 - b) ** 2 * (score - 1 / mass)


def _upper_margin() -> Any:
    time, mass, classes, separation, frequency = symbols(*SETTING)
    level = 1 / (classes - 1) + frequency * separation**2 * _growth(mass) * time
    return margins.margin_of_level(level, classes)


def _upper(name: str, says: str, finish: Callable[[Any, Any], Any], kind: str) -> Statement:
    result = finish(_upper_margin(), symbols("classes")[0])
    return stated(name, says, SETTING, result, OWN, kind=kind, assumes=SYMMETRIC)


BUILDERS: dict[str, Builder] = {
    "margin_level": lambda: of(margins.margin_level),
    "margin_of_level": lambda: of(margins.margin_of_level),
    "margin_loss": lambda: of(margins.margin_loss),
    "norm_speed": lambda: _speed("norm", "Time derivative p D a b of the norm."),
    "score_speed": lambda: _speed("score", "Time derivative coupling (1 - a) x x' of the score."),
    "margin_speed": lambda: _speed("margin", "Time derivative p D^2 a^2 b (1 + coupling (1 - a)^2 x^2) of the margin."),
    "growth_constant": lambda: stated(
        "growth_constant", GROWTH, ("mass",), _growth(*symbols("mass")), OWN, assumes=SYMMETRIC
    ),
    "margin_lower_bound": lambda: of(
        ablations.frozen_key_margin,
        name="margin_lower_bound",
        says="Lower bound of the margin: what frozen keys reach.",
        kind="lower",
        assumes=SYMMETRIC,
    ),
    "margin_upper_bound": lambda: _upper(
        "margin_upper_bound", "Upper bound of the margin: G^-1(1/(C-1) + p D^2 K2 time).", lambda mu, c: mu, "upper"
    ),
    "loss_lower_bound": lambda: _upper(
        "loss_lower_bound",
        "Lower bound of the loss of the word's sentences, from the upper bound of the margin.",
        margins.margin_loss,
        "lower",
    ),
    "loss_upper_bound": lambda: of(
        ablations.frozen_key_loss,
        name="loss_upper_bound",
        says="Upper bound of the loss of the word's sentences: that of frozen keys.",
        kind="upper",
        assumes=SYMMETRIC,
    ),
    "loss_ceiling": lambda: of(margins.loss_ceiling, kind="upper", assumes=SYMMETRIC),
    "restarted_margin": lambda: of(margins.restarted_margin, kind="lower", assumes=SYMMETRIC),
    "frozen_key_margin": lambda: of(ablations.frozen_key_margin, assumes=SYMMETRIC),
    "frozen_key_norm": lambda: of(ablations.frozen_key_norm, assumes=SYMMETRIC),
    "frozen_key_loss": lambda: of(ablations.frozen_key_loss, assumes=SYMMETRIC),
    "frozen_embedding_floor": lambda: of(ablations.frozen_embedding_floor, assumes=SYMMETRIC, changed=(norm_length(),)),
    "frozen_embedding_gap": lambda: of(
        ablations.frozen_embedding_gap,
        kind="asymptotic",
        assumes=SYMMETRIC,
        changed=(positive("norm", "x", "|v| of the word, frozen"), later()),
    ),
}
