"""Statements of how long training takes and where it tends."""

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.dynamics import rates
from theory.dynamics.sen import attention_weight, sen_norm, sen_score
from theory.dynamics.statements._parts import SYMMETRIC, from_zero, of, positive, symbol, symbols
from theory.export.formula import Builder
from theory.export.statement import Argument, Condition, Statement

NET = ("mass", "classes", "separation", "frequency", "coupling")


def later() -> Argument:
    """A time after the start."""
    return positive("time", "tau", "embedding rate times number of steps")


def _late(function: Callable[..., Any]) -> Statement:
    """An asymptotic law in Lg = log(D^2 (C - 1) p time), which must be positive for it to say anything."""
    names = ("classes", "separation", "frequency")
    late = Condition(
        "D^2 (C - 1) p time > 1 (training is in its late phase)",
        rates.asymptotic_logarithm(later().symbol, *symbols(*names)),
        "Give a longer time, or use margin_lower_bound and loss_upper_bound, which hold at all times.",
        strict=True,
    )
    return of(function, kind="asymptotic", conditions=(late,), assumes=SYMMETRIC, changed=(later(),))


def _time(score: Any) -> Any:
    """(1/(p D)) int_0^X (1/a)(1 + e^(D a x)/(C-1)) dx, over the norm, in which all is smooth; X belongs to *score*."""
    mass, classes, d, p, rho = symbols(*NET)
    x = sp.Symbol("chi", nonnegative=True)
    a = attention_weight(sen_score(x, mass, rho), mass)
    return sp.Integral((1 + sp.exp(d * a * x) / (classes - 1)) / a, (x, 0, sen_norm(score, mass, rho))) / (p * d)


def _to_score() -> Statement:
    result = _time(from_zero().symbol)
    says = "Time at which a topic word reaches a score from a zero start; half attention is at log(mass)."
    return of(rates.time_to_score, says=says, result=result, assumes=SYMMETRIC, changed=(from_zero(),))


def _half() -> Statement:
    several = Condition(
        "mass > 1 (attention begins below one half)", symbol("mass") - 1, "Use time_to_score.", strict=True
    )
    result = _time(sp.log(symbol("mass")))
    return of(rates.half_attention_time, result=result, conditions=(several,), assumes=SYMMETRIC)


BUILDERS: dict[str, Builder] = {
    "time_to_score": _to_score,
    "half_attention_time": _half,
    "takeoff_time": lambda: of(rates.takeoff_time, kind="asymptotic", assumes=SYMMETRIC),
    "asymptotic_loss": lambda: of(rates.asymptotic_loss, kind="asymptotic", assumes=SYMMETRIC, changed=(later(),)),
    "asymptotic_logarithm": lambda: _late(rates.asymptotic_logarithm),
    "asymptotic_norm": lambda: _late(rates.asymptotic_norm),
    "asymptotic_score": lambda: _late(rates.asymptotic_score),
    "asymptotic_attention_gap": lambda: _late(rates.asymptotic_attention_gap),
    "loss_correction": lambda: of(rates.loss_correction, kind="asymptotic", assumes=SYMMETRIC),
}
