"""Arguments and expressions that the capacity statements share."""

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.export.formula import formula
from theory.export.statement import Argument, Condition, Statement

COVER = "Cover (1965)"
BALDI = "Baldi & Vershynin (2022), arXiv:2202.08371"
REGIONS = "Schläfli's bound; Cover (1965), Theorem 1"
LARGEST = 10**4

n, d, i, k = (sp.Symbol(name, nonnegative=True, integer=True) for name in ("n", "d", "i", "k"))
m, dim = sp.Symbol("m", positive=True, integer=True), sp.Symbol("D", positive=True, integer=True)


def whole(name: str, symbol: str, says: str, low: int = 1, **more: Any) -> Argument:
    """A count that is at least *low*."""
    made = sp.Symbol(symbol, positive=True, integer=True) if low else sp.Symbol(symbol, nonnegative=True, integer=True)
    return Argument(name, made, says, "integer", low=low, **more)


def variables(low: int = 1, high: Any = LARGEST, name: str = "n") -> Argument:
    """The number of variables; sums over hyperplanes are added up to *high* of them."""
    return whole(name, "n", "number of variables", low, high=high)


def arguments() -> dict[str, Argument]:
    """Every argument by its name."""
    known = (
        variables(0),
        Argument("degree", d, "degree of the polynomial threshold functions", "integer", low=0),
        Argument("m", m, "number of points in general position", "integer", low=1),
        Argument("d", dim, "dimension of the space", "integer", low=1),
        whole("units", "m", "number of attended units"),
        whole("rows", "a", "number of gates that attend"),
        whole("columns", "b", "number of gates that are attended"),
        whole("gates", "g", "number of synapses, each gated by a gate of its own"),
        whole("tokens", "t", "number of tokens"),
        whole("key_dim", "m", "dimension of queries and keys"),
        whole("value_dim", "v", "dimension of the values"),
        whole("width", "a", "units of a layer"),
        whole("following", "b", "units of the next layer"),
        whole("narrowest", "c", "units of the narrowest layer up to this one"),
    )
    return {argument.name: argument for argument in known}


def symbol(name: str) -> Any:
    """The symbol of an argument."""
    return arguments()[name].symbol


def of(function: Callable[..., Any], where: str, result: Any, paper: str = BALDI, **more: Any) -> Statement:
    """The statement *result* of a counting function; ``changed`` arguments replace those known by their names."""
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    return formula(function, {**arguments(), **changed}, paper, where, result=result, **more)


def stated(name: str, says: str, names: tuple[str, ...], result: Any, where: str, **more: Any) -> Statement:
    """A statement of its own in known arguments; *more* as in :class:`Statement`, ``changed`` as in :func:`of`."""
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    known = {**arguments(), **changed}
    kind = more.pop("kind", "exact")
    return Statement(name, says, tuple(known[a] for a in names), result, kind, BALDI, where, **more)


def bits(value: Any) -> Any:
    """The binary logarithm."""
    return sp.log(value) / sp.log(2)


def regions(size: Any, degree: Any) -> Any:
    """2 sum_{k<D} C(2^size - 1, k) with D the number of monomials."""
    monomials = sp.Sum(sp.binomial(size, i), (i, 0, degree))
    return 2 * sp.Sum(sp.binomial(2**size - 1, k), (k, 0, monomials - 1))


def extensions(size: Any) -> Any:
    """2 prod_{i=1}^{size} (2^(i-1) + 1), the recursion of ``extension_lower_bound`` from no variable at all."""
    return 2 * sp.Product(2 ** (i - 1) + 1, (i, 1, size))


def slices(size: Any, degree: Any) -> Any:
    """2^C(size, <=d) prod_{i=1}^{size} ((2^(i-1) + 1)/2)^C(size - i, d - 1), of T(n; d) >= T(n-1; d) T(n-1; d-1).

    In bits this recursion is Pascal's, which C(n, <=d) obeys, with 2^n at degree n; at degree 1 it is the product of
    ``extensions``, and what that has beyond its n + 1 factors 2 is carried on.
    """
    monomials = sp.Sum(sp.binomial(size, i), (i, 0, degree))
    return 2**monomials * sp.Product(((2 ** (i - 1) + 1) / 2) ** sp.binomial(size - i, degree - 1), (i, 1, size))


def has_degree(size: Any, degree: Any, name: str = "degree") -> Condition:
    """A degree is at most the number of variables, or 1 where there is none: bad input otherwise."""
    return Condition(f"{name} <= max(n, 1)", sp.Max(size, 1) - degree, "n variables have degree at most n.", usage=True)
