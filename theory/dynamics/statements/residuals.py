"""Statements of what the identity leaves out: finite steps, finite vocabularies, finite samples, drift."""

from typing import Any

import sympy as sp

from theory.dynamics import residuals
from theory.dynamics.sen import attention_weight, sen_norm, sen_score
from theory.dynamics.statements._parts import FLOW, OWN, SYMMETRIC, from_zero, norm_length, of, stated, symbols
from theory.export.formula import Builder
from theory.export.statement import Statement

PREDICTED = ("a zero start", "one occurrence of the topic word and m irrelevant words in each sentence", "small errors")
x = sp.Symbol("chi", nonnegative=True)  # the norm on the way to its value


def _score() -> Any:
    return from_zero().symbol


def _part(name: str, says: str, names: tuple[str, ...], result: Any, **more: Any) -> Statement:
    """One cause of ``predicted_residual``."""
    assumes = more.pop("assumes", PREDICTED)
    return stated(
        name, says, names, result, OWN, kind="asymptotic", assumes=assumes, changed=(from_zero(),), **more
    )  # fmt: skip


def _sample() -> Statement:
    """-(coupling T/N) int_0^X (X - x) e^(-s(x)) dx, with s(x) from the identity."""
    mass, rho, topics, sentences = symbols("mass", "coupling", "topics", "sentences")
    end = sen_norm(_score(), mass, rho)
    memory = sp.Integral((end - x) * sp.exp(-sen_score(x, mass, rho)), (x, 0, end))
    return _part(
        "sample_residual",
        "Residual of a finite sample: an irrelevant word remembers the sentences that it occurs in.",
        ("score", "mass", "topics", "sentences", "coupling"),
        -rho * topics / sentences * memory,
    )


def _vocabulary() -> Statement:
    """-T (1/R + 1/(N m)) int_0^s (e^s'/m) s' ds': as an integral, for 1 + (s - 1) e^s cancels at small scores."""
    mass, topics, irrelevant, sentences = symbols("mass", "topics", "irrelevant", "sentences")
    s = sp.Symbol("sigma", nonnegative=True)
    drift = sp.Integral(s * sp.exp(s), (s, 0, _score())) / mass
    return _part(
        "vocabulary_residual",
        "Residual of a finite vocabulary: the scores of the irrelevant words drift.",
        ("score", "mass", "topics", "irrelevant", "sentences"),
        -topics * (1 / irrelevant + 1 / (sentences * mass)) * drift,
    )


def _step() -> Statement:
    """(rate/2) coupling int_0^X x'(coupling a (1-a) x^2 - 1) dx with the reduced speed x' = p D a b."""
    names = ("score", "mass", "rate", "classes", "separation", "frequency", "coupling")
    mass, rate, classes, d, p, rho = symbols(*names[1:])
    a = attention_weight(sen_score(x, mass, rho), mass)
    speed = p * d * a * (classes - 1) / (classes - 1 + sp.exp(d * a * x))
    end = sen_norm(_score(), mass, rho)
    gained = sp.Integral(speed * rho * a * (1 - a) * x**2, (x, 0, end))
    lost = sp.Integral(speed, (x, 0, end))
    return _part(
        "step_residual",
        "Residual of a finite learning rate, summed over the steps to a score.",
        names,
        rate * rho / 2 * (gained - lost),
        assumes=(*SYMMETRIC, "a small learning rate"),
    )


def _excess() -> Statement:
    """1/sqrt(1 - r) - 1 as r/(1 - r + sqrt(1 - r)), in which nothing cancels."""
    (r,) = symbols("drift_ratio")
    result = r / (1 - r + sp.sqrt(1 - r))
    return of(
        residuals.drift_excess, result=result, kind="asymptotic", assumes=("small scores from a zero start",)
    )  # fmt: skip


BUILDERS: dict[str, Builder] = {
    "sen_residual": lambda: of(residuals.sen_residual, "Theorem 1", changed=(norm_length(),)),
    "step_residual_change": lambda: of(residuals.step_residual_change, kind="asymptotic", assumes=FLOW),
    "sample_residual": _sample,
    "vocabulary_residual": _vocabulary,
    "step_residual": _step,
    "drift_bound": lambda: of(
        residuals.drift_bound,
        kind="upper",
        changed=(norm_length(),),
        assumes=("every sentence pulls the embedding outwards", "one occurrence of the word in each sentence"),
    ),
    "drift_excess": _excess,
}
