"""Relevancy screening under uniform attention: how many states are attended, relevances, costs."""

from typing import Any

import sympy as sp

from theory.export.formula import Builder
from theory.export.statement import Statement
from theory.gradients import relevance
from theory.gradients.statements._parts import T, any_length, harmonic, j, of, stated, symbol, t

WHERE = "relevancy screening"
UNIFORM = ("uniform attention",)


def _attended(time: Any) -> Any:
    nu, rho = symbol("short_term"), symbol("relevant")
    return sp.Min(time, nu + sp.Min(rho, sp.Max(0, time - nu)))


def _uniform_relevance() -> Statement:
    first, nu = symbol("i"), symbol("short_term")
    terms = sp.Sum(1 / _attended(j), (j, first, first + nu - 1))
    return of(relevance.uniform_relevance, WHERE, terms, assumes=UNIFORM)


def _screened_pairs() -> Statement:
    """sum_t min(t, nu + rho): the attended states are all that there are until kappa of them exist."""
    kappa = symbol("short_term") + symbol("relevant")
    most = sp.Min(T, kappa)
    return of(
        relevance.attended_pairs,
        WHERE,
        most * (most + 1) / 2 + (T - most) * kappa,
        name="screened_pairs",
        says="Number of (query, key) pairs up to T of a screened net, at most T(nu + rho).",
        count=True,
        changed=(any_length(),),
    )


BUILDERS: dict[str, Builder] = {
    "attended_count": lambda: of(relevance.attended_count, WHERE, _attended(t), count=True),
    "initial_relevance": lambda: of(
        relevance.initial_relevance, WHERE, harmonic(1, symbol("short_term")), assumes=UNIFORM
    ),
    "uniform_relevance": _uniform_relevance,
    "full_pairs": lambda: stated(
        "full_pairs",
        "Number T(T + 1)/2 of (query, key) pairs up to T of full attention.",
        ("T",),
        T * (T + 1) / 2,
        WHERE,
        count=True,
        changed=(any_length(),),
    ),
    "screened_pairs": _screened_pairs,
}
