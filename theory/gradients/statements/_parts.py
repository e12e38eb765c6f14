"""Arguments, hypotheses and expressions that the gradient statements share."""

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.export.formula import formula
from theory.export.statement import Argument, Condition, Statement

PAPER = "Kerg et al. (2020), arXiv:2006.09471"
UNIFORM = ("a linear net h_k = V s_{k-1} + U x_k, s_k = h_k + c_k", "uniform attention over the past")
FROZEN = ("attention weights are not differentiated",)
EXACT = "Use uniform_attention_gain, exact for every eigenvalue."
OWN = "Theorem 1, with constants derived for this project"
LINEAR = "Theorem 1, linear case"
LONGEST_SUM = 10**6

T, t, k, j = (sp.Symbol(name, positive=True, integer=True) for name in ("T", "t", "k", "j"))
lam = sp.Symbol("lambda", real=True)
contracting = sp.Symbol("lambda", nonnegative=True)


def whole(name: str, symbol: str, says: str, low: int = 1) -> Argument:
    """A count that is at least *low*."""
    made = sp.Symbol(symbol, positive=True, integer=True) if low else sp.Symbol(symbol, nonnegative=True, integer=True)
    return Argument(name, made, says, "integer", low=low)


def arguments() -> dict[str, Argument]:
    """Every argument by its name."""
    known = (
        Argument("T", T, "time of the state that is differentiated", "integer", low=1, high=LONGEST_SUM),
        whole("t", "t", "time of the state it is differentiated by"),
        Argument("eigenvalue", lam, "eigenvalue of V"),
        whole("kappa", "kappa", "attended states at each time"),
        whole("depth", "d", "attention hops from h_t to s_T"),
        Argument("gain", sp.Symbol("q", nonnegative=True), "sup |phi'| times the spectral norm of V", low=0),
        Argument("score_bound", sp.Symbol("B", nonnegative=True), "largest modulus of a score", low=0),
        whole("attended", "N", "number of attended states"),
        Argument("v", sp.Symbol("v", positive=True), "V = -v I", low=0, open_low=True),
        whole("short_term", "nu", "short-term buffer"),
        whole("relevant", "rho", "size of the relevant set", 0),
        whole("i", "i", "time of a state"),
        whole("m", "m", "the eigenvalue is m/(m + 1)"),
    )
    return {argument.name: argument for argument in known}


def symbol(name: str) -> Any:
    """The symbol of an argument."""
    return arguments()[name].symbol


def any_length() -> Argument:
    """The final time where nothing is added up over it."""
    return whole("T", "T", "time of the state that is differentiated")


def nonnegative_eigenvalue() -> Argument:
    """An eigenvalue in a statement about contractions."""
    return Argument("eigenvalue", contracting, "eigenvalue of V")


def of(function: Callable[..., Any], where: str, result: Any = None, **more: Any) -> Statement:
    """The statement of a function; ``changed`` arguments replace those known by their names."""
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    return formula(function, {**arguments(), **changed}, PAPER, where, result=result, **more)


def stated(name: str, says: str, names: tuple[str, ...], result: Any, where: str, **more: Any) -> Statement:
    """A statement of its own in known arguments; *more* as in :class:`Statement`, ``changed`` as in :func:`of`."""
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    known = {**arguments(), **changed}
    kind = more.pop("kind", "exact")
    return Statement(name, says, tuple(known[a] for a in names), result, kind, PAPER, where, **more)


def in_order(shift: int = 0) -> Condition:
    """t <= T, or t < T with *shift* 1; its breach is bad input."""
    return Condition("t < T" if shift else "t <= T", T - t - shift, "Times are 1-based and t comes first.", usage=True)


def contraction(eigenvalue: Any = contracting) -> tuple[Condition, Condition]:
    """0 <= eigenvalue < 1."""
    return (
        Condition("contraction (eigenvalue >= 0)", eigenvalue, EXACT),
        Condition("contraction (eigenvalue < 1)", 1 - eigenvalue, EXACT, strict=True),
    )


def factors(g: Any, b: Any) -> Any:
    """prod_{k=t}^{T-1} (1 + g/(k + b))."""
    return sp.Product(1 + g / (k + b), (k, t, T - 1))


def harmonic(first: Any, last: Any) -> Any:
    """1/first + ... + 1/last; 0 where there is no term."""
    return sp.Sum(1 / j, (j, first, last))
