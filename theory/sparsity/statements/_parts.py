"""Arguments and hypotheses that the statements about rectified attention share."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy as sp

from theory.export.formula import formula
from theory.export.statement import Argument, Statement

PAPER = "Zhang, Titov, Sennrich (2021), arXiv:2104.07012"
OWN = "definition of ReLA; law derived for this project"
START = ("standard Gaussian keys around a shared mean, independent of an isotropic query",)
INDEPENDENT = ("independent Gaussian scores with mean 0", "values independent of the scores")


def positive(name: str, symbol: str, says: str) -> Argument:
    """A number > 0."""
    return Argument(name, sp.Symbol(symbol, positive=True), says, low=0, open_low=True)


def count(name: str, symbol: str, says: str, low: int = 1) -> Argument:
    """A whole number that is at least *low*."""
    made = sp.Symbol(symbol, positive=True, integer=True) if low else sp.Symbol(symbol, nonnegative=True, integer=True)
    return Argument(name, made, says, "integer", low=low)


def arguments() -> dict[str, Argument]:
    """Every argument by its name."""
    known = (
        count("n_keys", "n", "number of keys"),
        Argument("shared_mean_ratio", sp.Symbol("r", nonnegative=True), "|b| / sqrt(dim) of the keys' mean b", low=0),
        Argument(
            "dim", sp.Symbol("D", extended_real=True), "dimension of query and keys", "integer", low=1, infinite=True
        ),
        count("length", "L", "length of the causal mask"),
        positive("factor", "c", "factor on the scores"),
        positive("mean_square", "m", "mean square of the un-normalised output"),
        Argument("eps", sp.Symbol("epsilon", nonnegative=True), "constant inside the root of the norm", low=0),
        Argument("upstream_along_output", sp.Symbol("u", real=True), "<upstream gradient, normalised output>"),
        positive("score_variance", "V_s", "variance of a score"),
        positive("value_variance", "V_v", "variance of a value"),
        Argument("value_mean", sp.Symbol("mu", real=True), "mean of the values"),
        count("active", "kappa", "number of active keys"),
        count("depth", "h", "number of edges", 0),
        positive("largest_value", "V", "spectral norm of the active values"),
        positive("gain", "g", "largest gain of the norm"),
        positive("gate", "w", "modulus of a gate's weight"),
        count("width", "d", "width of the normalised output"),
        Argument("cosine", sp.Symbol("c", real=True), "common pairwise cosine of the values", low=-1, high=1),
        Argument("alpha", sp.Symbol("alpha", real=True), "exponent of the entmax family", low=1, high=2),
        Argument("peak", sp.Symbol("p", positive=True), "largest weight", low=0, high=1, open_low=True, open_high=True),
        Argument("squared_norm", sp.Symbol("W", nonnegative=True), "|W|^2 of a matrix before the step", low=0),
        positive("rate", "eta", "learning rate"),
        Argument("squared_gradient", sp.Symbol("G", nonnegative=True), "|G|^2 of its gradient", low=0),
        count("hits", "k", "number of predicted links that are gold", 0),
        count("predicted", "a", "number of predicted links"),
        count("gold", "b", "number of gold links"),
        count("heads", "H", "number of heads", 2),
        count("order", "k", "order of the moment"),
        count("null", "k", "number of null heads", 0),
    )
    return {argument.name: argument for argument in known}


def symbols(*names: str) -> tuple[Any, ...]:
    """The symbols of arguments."""
    return tuple(arguments()[name].symbol for name in names)


def of(function: Callable[..., Any], result: Any = None, where: str = OWN, **more: Any) -> Statement:
    """The statement of a function; ``changed`` arguments replace those known by their names."""
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    return formula(function, {**arguments(), **changed}, PAPER, where, result=result, **more)


def stated(name: str, says: str, names: tuple[str, ...], result: Any, where: str = OWN, **more: Any) -> Statement:
    """A statement of its own in known arguments, variances 1 by default; *more* as in :class:`Statement`."""
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    known = {**arguments(), **changed}
    ones = {a: replace(known[a], default=sp.Integer(1)) for a in ("score_variance", "value_variance")}
    kind = more.pop("kind", "exact")
    return Statement(name, says, tuple({**known, **ones}[a] for a in names), result, kind, PAPER, where, **more)


def dimension(says: str, low: int = 1) -> Argument:
    """A finite dimension."""
    return count("dim", "d", says, low)


def positive_eps() -> Argument:
    """The constant inside the root where it may not vanish."""
    return positive("eps", "epsilon", "constant inside the root of the norm")
