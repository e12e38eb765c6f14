"""Statements about rectified attention at initialisation for export, at symbols."""

import sympy as sp

from theory.export.statement import Argument, Statement
from theory.sparsity.support import normal_cdf

PAPER = "Zhang, Titov, Sennrich (2021), arXiv:2104.07012"


def _keys() -> tuple[Argument, Argument, Argument]:
    return (
        Argument("n_keys", sp.Symbol("n", positive=True, integer=True), "number of keys", "integer", low=1),
        Argument(
            "shared_mean_ratio",
            sp.Symbol("r", nonnegative=True),
            "|b| / sqrt(dim) of the keys' mean b",
            low=0,
            default=0,
        ),
        Argument(
            "dim",
            sp.Symbol("D", extended_real=True),
            "dimension of query and keys",
            "integer",
            low=1,
            default=sp.oo,
            infinite=True,
        ),
    )


def _null_law() -> sp.Expr:
    """All n scores negative: the integral of Phi(-score)^n over what query and shared mean have in common."""
    n, r, D = (argument.symbol for argument in _keys())
    g, theta = sp.Symbol("g", real=True), sp.Symbol("theta", positive=True)
    density = sp.exp(-(g**2) / 2) / sp.sqrt(2 * sp.pi)
    mass = sp.Integral(sp.sin(theta) ** (D - 2), (theta, 0, sp.pi))  # by gamma functions it would lose digits in D

    def given_angle(cosine: sp.Expr) -> sp.Expr:
        return normal_cdf(-r * sp.sqrt(D) * cosine) ** n

    return sp.Piecewise(
        (sp.Integral(normal_cdf(-r * g) ** n * density, (g, -sp.oo, sp.oo)), sp.Eq(D, sp.oo)),
        ((normal_cdf(r) ** n + normal_cdf(-r) ** n) / 2, sp.Eq(D, 1)),
        (sp.Integral(given_angle(sp.cos(theta)).subs(D, 2) / sp.pi, (theta, 0, sp.pi)), sp.Eq(D, 2)),
        (sp.Integral(given_angle(sp.cos(theta)) * sp.sin(theta) ** (D - 2), (theta, 0, sp.pi)) / mass, True),
    )


ASSUMES = ("standard Gaussian keys around a shared mean, independent of an isotropic query",)


def null_probability_statement() -> Statement:
    """Probability of a null row.

    >>> null_probability_statement().kind
    'exact'
    """
    return Statement(
        "null_probability",
        "Probability that a row of rectified attention over n keys is null at initialisation.",
        _keys(),
        _null_law(),
        "exact",
        PAPER,
        "definition of ReLA; law derived for this project",
        assumes=ASSUMES,
    )
