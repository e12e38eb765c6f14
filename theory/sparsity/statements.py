"""Statements about rectified attention and its peers for export, at symbols.

Where a function of this folder counts with whole numbers, its formula stands here in symbols, and the tests hold it
against the function.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy as sp

from theory.export.formula import Builder, formula, pick
from theory.export.statement import Argument, Condition, Statement
from theory.sparsity import edges, homogeneity, moments, patterns, score_gradients, simplex, support
from theory.sparsity.support import normal_cdf

PAPER = "Zhang, Titov, Sennrich (2021), arXiv:2104.07012"
OWN = "definition of ReLA; law derived for this project"
START = ("standard Gaussian keys around a shared mean, independent of an isotropic query",)
INDEPENDENT = ("independent Gaussian scores with mean 0", "values independent of the scores")


def _positive(name: str, symbol: str, says: str) -> Argument:
    return Argument(name, sp.Symbol(symbol, positive=True), says, low=0, open_low=True)


def _count(name: str, symbol: str, says: str, low: int = 1) -> Argument:
    return Argument(name, sp.Symbol(symbol, positive=True, integer=True), says, "integer", low=low)


def _arguments() -> dict[str, Argument]:
    known = (
        _count("n_keys", "n", "number of keys"),
        Argument("shared_mean_ratio", sp.Symbol("r", nonnegative=True), "|b| / sqrt(dim) of the keys' mean b", low=0),
        Argument(
            "dim", sp.Symbol("D", extended_real=True), "dimension of query and keys", "integer", low=1, infinite=True
        ),
        _count("length", "L", "length of the causal mask"),
        _positive("factor", "c", "factor on the scores"),
        _positive("mean_square", "m", "mean square of the un-normalised output"),
        Argument("eps", sp.Symbol("epsilon", nonnegative=True), "constant inside the root of the norm", low=0),
        Argument("upstream_along_output", sp.Symbol("u", real=True), "<upstream gradient, normalised output>"),
        _positive("score_variance", "V_s", "variance of a score"),
        _positive("value_variance", "V_v", "variance of a value"),
        Argument("value_mean", sp.Symbol("mu", real=True), "mean of the values"),
        _count("active", "kappa", "number of active keys"),
        _count("depth", "h", "number of edges"),
        _positive("largest_value", "V", "spectral norm of the active values"),
        _positive("gain", "g", "largest gain of the norm"),
        Argument("cosine", sp.Symbol("c", real=True), "common pairwise cosine of the values", low=-1, high=1),
        Argument("alpha", sp.Symbol("alpha", real=True), "exponent of the entmax family", low=1, high=2),
        Argument("peak", sp.Symbol("p", positive=True), "largest weight", low=0, high=1, open_low=True, open_high=True),
    )
    return {argument.name: argument for argument in known}


def _of(function: Callable[..., Any], result: Any = None, where: str = OWN, **more: Any) -> Statement:
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    return formula(function, {**_arguments(), **changed}, PAPER, where, result=result, **more)


def _symbols(*names: str) -> tuple[Any, ...]:
    return tuple(_arguments()[name].symbol for name in names)


def _null_law() -> sp.Expr:
    """All n scores negative: the integral of Phi(-score)^n over what query and shared mean have in common."""
    n, r, D = _symbols("n_keys", "shared_mean_ratio", "dim")
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


def _moment_law() -> Any:
    """``output_mean_square`` with a symbol for the number of keys."""
    n, variance, spread, mean = _symbols("n_keys", "score_variance", "value_variance", "value_mean")
    first, second = moments.rectified_moment(1, variance), moments.rectified_moment(2, variance)
    return spread * n * second + mean**2 * (n * second + n * (n - 1) * first**2)


def _score_gradient() -> Statement:
    k, variance = _symbols("active", "score_variance")
    D = sp.Symbol("d", positive=True, integer=True)
    return _of(
        score_gradients.score_gradient_mean_square,
        (k - 1) * (D - 1) / ((k - 2) * (D - 2) * variance),
        assumes=(*INDEPENDENT, "eps = 0", "a random unit upstream gradient"),
        conditions=(Condition("at least 3 active keys", k - 3, "With 1 it is 0, with 2 it is infinite."),),
        changed=(Argument("dim", D, "dimension of the values", "integer", low=3),),
    )


def _score_gradient_limit() -> Statement:
    (variance,) = _symbols("score_variance")
    D = sp.Symbol("d", positive=True, integer=True)
    return _of(
        score_gradients.score_gradient_limit,
        sp.sqrt((D - 1) / ((D - 2) * variance)),
        kind="asymptotic",
        assumes=INDEPENDENT,
        changed=(Argument("dim", D, "dimension of the values", "integer", low=3),),
    )


def _edge_gain() -> Statement:
    k, c = _symbols("active", "cosine")
    gram = k * (1 + (k - 1) * c)
    apart = Condition(
        "the values do not cancel (cosine > -1/(active - 1))",
        gram,
        "Where they cancel the output is null and has no edge gain; edge_ceiling bounds it for eps > 0.",
        strict=True,
    )
    return _of(edges.rectified_edge_gain, 1 / sp.sqrt(gram), conditions=(apart,), assumes=("unit-RMS values, eps = 0",))


def _patterns(scaled: bool) -> Statement:
    """Chambers that queries can see, and Wendel's probability that some query sees none of the keys."""
    n, D, i = _symbols("n_keys")[0], sp.Symbol("d", positive=True, integer=True), sp.Symbol("i", integer=True)
    chambers = 2 * sp.Sum(sp.binomial(n - 1, i), (i, 0, sp.Min(n, D) - 1))
    dimension = Argument("dim", D, "dimension of query and keys", "integer", low=1)
    if scaled:
        return _of(
            patterns.null_query_probability, chambers * sp.exp(-n * sp.log(2)), "Wendel (1962)", changed=(dimension,)
        )
    return _of(patterns.support_pattern_count, chambers, "Schläfli; Cover (1965)", count=True, changed=(dimension,))


def _positive_eps() -> Argument:
    return _positive("eps", "epsilon", "constant inside the root of the norm")


BUILDERS: dict[str, Builder] = {
    "null_probability": lambda: _of(support.null_probability, _null_law(), assumes=START),
    "causal_null_rate": lambda: _of(
        support.causal_null_rate, (1 - sp.exp(-_symbols("length")[0] * sp.log(2))) / _symbols("length")[0],
        assumes=("keys with mean 0",),
    ),
    "score_correlation": lambda: _of(support.score_correlation, kind="asymptotic", assumes=START),
    "support_pattern_count": lambda: _patterns(scaled=False),
    "null_query_probability": lambda: _patterns(scaled=True),
    "rescaling_gain": lambda: _of(homogeneity.rescaling_gain),
    "euler_defect": lambda: _of(homogeneity.euler_defect),
    "null_row_slope": lambda: _of(homogeneity.null_row_slope, changed=(_positive_eps(),)),
    "output_mean_square": lambda: _of(moments.output_mean_square, _moment_law(), assumes=INDEPENDENT),
    "softmax_output_mean_square": lambda: _of(
        moments.softmax_output_mean_square, kind="asymptotic", assumes=INDEPENDENT
    ),
    "softmax_participation_share": lambda: _of(
        moments.softmax_participation_share, kind="asymptotic", assumes=INDEPENDENT
    ),
    "score_gradient_mean_square": _score_gradient,
    "score_gradient_limit": _score_gradient_limit,
    "rectified_edge_gain": _edge_gain,
    "edge_ceiling": lambda: _of(edges.edge_ceiling, kind="upper", changed=(_positive_eps(),)),
    "two_point_norm": lambda: _of(simplex.two_point_norm, where="Jacobian of the entmax family"),
    "two_block_eigenvalue": lambda: _of(
        simplex.two_block_eigenvalue, where="Jacobian of the entmax family", kind="lower",
        changed=(replace(_arguments()["n_keys"], low=2),),
    ),
}  # fmt: skip


def statement(name: str) -> Statement:
    """The statement called *name*; ValueError with close matches for an unknown one.

    >>> statement("null_probability").kind
    'exact'
    """
    return pick(name, BUILDERS)
