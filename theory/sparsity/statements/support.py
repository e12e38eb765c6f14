"""Statements about which keys a rectified row keeps: the support law at initialisation, patterns, half-spaces."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy as sp

from theory.export.formula import Builder
from theory.export.functions import NormalCdf
from theory.export.statement import Condition, Statement
from theory.sparsity import patterns, support
from theory.sparsity.statements._parts import START, arguments, count, dimension, of, stated, symbols


def _averaged(event: Callable[[Any], Any]) -> Any:
    """The mean of *event*, a function of a key's mean score, over what query and shared mean have in common."""
    r, D = symbols("shared_mean_ratio", "dim")
    g, theta = sp.Symbol("g", real=True), sp.Symbol("theta", positive=True)
    density = sp.exp(-(g**2) / 2) / sp.sqrt(2 * sp.pi)
    mass = sp.Integral(sp.sin(theta) ** (D - 2), (theta, 0, sp.pi))  # by gamma functions it would lose digits in D

    def given_angle(cosine: Any) -> Any:
        return event(r * sp.sqrt(D) * cosine)

    return sp.Piecewise(
        (sp.Integral(event(r * g) * density, (g, -sp.oo, sp.oo)), sp.Eq(D, sp.oo)),
        ((event(r) + event(-r)) / 2, sp.Eq(D, 1)),
        (sp.Integral(given_angle(sp.cos(theta)).subs(D, 2) / sp.pi, (theta, 0, sp.pi)), sp.Eq(D, 2)),
        (sp.Integral(given_angle(sp.cos(theta)) * sp.sin(theta) ** (D - 2), (theta, 0, sp.pi)) / mass, True),
    )


def _null_law() -> Statement:
    """All n scores negative."""
    (n,) = symbols("n_keys")
    return of(support.null_probability, _averaged(lambda mean: NormalCdf(-mean) ** n), assumes=START)


def _support_law() -> Statement:
    """Exactly k of n scores positive, one entry of ``support_distribution``."""
    (n,) = symbols("n_keys")
    kept = count("active", "kappa", "number of active keys", 0)
    k = kept.symbol
    ways = sp.binomial(n, k)
    law = _averaged(lambda mean: NormalCdf(mean) ** k * NormalCdf(-mean) ** (n - k))
    result = sp.Piecewise(*((ways * value, condition) for value, condition in law.args))
    free = {name: replace(arguments()[name], default=default) for name, default in _defaults().items()}
    return stated(
        "support_probability",
        "Probability that a row of rectified attention over n_keys keys keeps exactly active of them: an array of "
        "active = 0 .. n_keys gives the whole law.",
        ("n_keys", "active", "shared_mean_ratio", "dim"),
        result,
        conditions=(Condition("active <= n_keys", n - k, "No row keeps more keys than it has.", usage=True),),
        assumes=START,
        changed=(kept, *free.values()),
    )


def _defaults() -> dict[str, Any]:
    return {"shared_mean_ratio": sp.Integer(0), "dim": sp.oo}


def _chambers(n: Any, d: Any) -> Any:
    i = sp.Symbol("i", integer=True)
    return 2 * sp.Sum(sp.binomial(n - 1, i), (i, 0, sp.Min(n, d) - 1))


def _patterns(name: str) -> Statement:
    """Chambers that queries can see, and Wendel's probability that some query sees none of the keys."""
    (n,) = symbols("n_keys")
    size = dimension("dimension of query and keys")
    i = sp.Symbol("i", integer=True)
    thresholded = sp.Sum(sp.binomial(n, i), (i, 0, sp.Min(n, size.symbol)))
    chambers = _chambers(n, size.symbol)
    function, result, where = {
        "support_pattern_count": (patterns.support_pattern_count, chambers, "Schläfli; Cover (1965)"),
        "thresholded_pattern_count": (patterns.thresholded_pattern_count, thresholded, "Schläfli; Cover (1965)"),
        "null_query_probability": (
            patterns.null_query_probability, chambers * sp.exp(-n * sp.log(2)), "Wendel (1962)"
        ),
    }[name]  # fmt: skip
    return of(function, result, where, count="count" in name, changed=(size,))


def _causal() -> Statement:
    (length,) = symbols("length")
    result = (1 - sp.exp(-length * sp.log(2))) / length
    return of(support.causal_null_rate, result, assumes=("keys with mean 0",))


BUILDERS: dict[str, Builder] = {
    "null_probability": _null_law,
    "support_probability": _support_law,
    "causal_null_rate": _causal,
    "score_correlation": lambda: of(support.score_correlation, kind="asymptotic", assumes=START),
    "support_pattern_count": lambda: _patterns("support_pattern_count"),
    "thresholded_pattern_count": lambda: _patterns("thresholded_pattern_count"),
    "null_query_probability": lambda: _patterns("null_query_probability"),
}
