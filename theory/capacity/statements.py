"""Statements about counts and capacities for export.

The functions of this folder count with whole numbers; here the same sums and products stand in symbols, and the tests
hold them against those functions.
"""

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.capacity import counts, expansions, gating, single_gates
from theory.export.formula import Builder, formula, pick
from theory.export.statement import Argument, Statement

COVER = "Cover (1965)"
BALDI = "Baldi & Vershynin (2022), arXiv:2202.08371"
REGIONS = "Schläfli's bound; Cover (1965), Theorem 1"
GENERAL = ("the points are in general position",)
LARGEST = 10**4

n, d, i, k = (sp.Symbol(name, nonnegative=True, integer=True) for name in ("n", "d", "i", "k"))
m, dim = sp.Symbol("m", positive=True, integer=True), sp.Symbol("D", positive=True, integer=True)


def _arguments() -> dict[str, Argument]:
    known = (
        Argument("n", n, "number of variables", "integer", low=0, high=LARGEST),
        Argument("degree", d, "degree of the polynomial threshold functions", "integer", low=0),
        Argument("m", m, "number of points in general position", "integer", low=1),
        Argument("d", dim, "dimension of the space", "integer", low=1),
    )
    return {argument.name: argument for argument in known}


def _of(function: Callable[..., Any], where: str, result: Any, paper: str = BALDI, **more: Any) -> Statement:
    changed = {argument.name: argument for argument in more.pop("changed", ())}
    return formula(function, {**_arguments(), **changed}, paper, where, result=result, **more)


def _regions(degree: Any = d) -> Any:
    """2 sum_{k<D} C(2^n - 1, k) with D the number of monomials."""
    monomials = sp.Sum(sp.binomial(n, i), (i, 0, degree))
    return 2 * sp.Sum(sp.binomial(2**n - 1, k), (k, 0, monomials - 1))


def _dichotomies() -> Any:
    return 2 * sp.Sum(sp.binomial(m - 1, k), (k, 0, sp.Min(m, dim) - 1))


def _extensions(size: Any) -> Any:
    """2 prod_{i=1}^{size} (2^(i-1) + 1), the recursion of ``extension_lower_bound`` from no variable at all."""
    return 2 * sp.Product(2 ** (i - 1) + 1, (i, 1, size))


def _bits(value: Any) -> Any:
    return sp.log(value) / sp.log(2)


def _one_variable() -> Argument:
    return Argument(
        "n", sp.Symbol("n", positive=True, integer=True), "number of variables", "integer", low=1, high=LARGEST
    )


def _output_gating(side: str) -> Statement:
    """Below, multiplexing with the extension recursion; above, pairs of gates up to signs with the region bound."""
    variables = _one_variable()
    bound = 2 * _bits(_extensions(n - 1)) if side == "lower" else 2 * _bits(_regions(1)) - 2
    return _of(
        gating.output_gating_bounds,
        "output gating (OG1)",
        bound.subs(n, variables.symbol),
        name=f"log2_output_gating_{side}_bound",
        says=f"{side.capitalize()} bound, in bits, of the products of two linear threshold functions of n variables.",
        kind=side,
        changed=(variables,),
    )


def _exponent(function: Callable[..., Any], where: str, result: Any, argument: str = "n", **more: Any) -> Statement:
    """An expansion in a number of variables that need not be bounded."""
    symbol = sp.Symbol("n", positive=True, integer=True)
    variables = Argument(argument, symbol, "number of variables", "integer", low=more.pop("low", 1))
    return _of(function, where, result(symbol), kind="asymptotic", changed=(variables,), **more)


def _plain(symbol: Any) -> Any:
    """``region_bound_exponent`` in another symbol."""
    expansion = expansions.region_bound_exponent()
    (own,) = expansion.free_symbols
    return expansion.subs(own, symbol)


def _regions_exponent() -> Statement:
    symbol = sp.Symbol("n", positive=True, integer=True)
    variables = Argument("n", symbol, "number of variables", "integer", low=1)
    return Statement(
        "region_bound_exponent",
        "Expansion of log2 of the region bound of linear threshold functions, up to O(n^-3).",
        (variables,),
        _plain(symbol),
        "asymptotic",
        BALDI,
        "Stirling's series of Schläfli's bound",
    )


def _leading(degree: Any) -> Statement:
    symbol, power = sp.Symbol("n", positive=True, integer=True), sp.Symbol("d", positive=True, integer=True)
    return Statement(
        "leading_exponent",
        "Leading term n^(d+1)/d! of log2 T(n; d), the capacity of threshold functions of a fixed degree.",
        (
            Argument("n", symbol, "number of variables", "integer", low=1),
            Argument("degree", power, "degree of the polynomial threshold functions", "integer", low=1, default=degree),
        ),
        symbol ** (power + 1) / sp.factorial(power),
        "asymptotic",
        BALDI,
        "capacity of threshold functions (Zuev 1989; Baldi & Vershynin 2019)",
    )


BUILDERS: dict[str, Builder] = {
    "dichotomy_count": lambda: _of(
        counts.dichotomy_count, "Theorem 1, eq. (5)", _dichotomies(), COVER, count=True, assumes=GENERAL
    ),
    "log2_dichotomy_count": lambda: _of(
        counts.dichotomy_count, "Theorem 1, eq. (5)", _bits(_dichotomies()), COVER, assumes=GENERAL,
        name="log2_dichotomy_count", says="Labellings of m points that one homogeneous gate can produce, in bits.",
    ),
    "parameter_count": lambda: _of(
        single_gates.parameter_count, "parameters of a threshold gate", sp.Sum(sp.binomial(n, i), (i, 0, d)), count=True
    ),
    "region_bound": lambda: _of(single_gates.region_bound, REGIONS, _regions(), kind="upper", count=True),
    "log2_region_bound": lambda: _of(
        single_gates.region_bound, REGIONS, _bits(_regions()), kind="upper",
        name="log2_region_bound", says="Upper bound of the capacity of threshold functions, in bits.",
    ),
    "log2_extension_lower_bound": lambda: _of(
        single_gates.extension_lower_bound, "extension recursion (C6)", _bits(_extensions(n)), kind="lower",
        name="log2_extension_lower_bound", says="Lower bound of the capacity of linear threshold functions, in bits.",
    ),
    "log2_output_gating_lower_bound": lambda: _output_gating("lower"),
    "log2_output_gating_upper_bound": lambda: _output_gating("upper"),
    "region_bound_exponent": _regions_exponent,
    "leading_exponent": lambda: _leading(sp.Integer(1)),
    "zuev_exponent": lambda: _exponent(
        expansions.zuev_exponent, "Zuev (1991)", lambda size: size**2 * (1 - 10 / sp.log(size)), "n_value", low=2,
        assumes=("n is sufficiently large; the bound is negative up to n = 22026",),
    ),
}  # fmt: skip


def statement(name: str) -> Statement:
    """The statement called *name*; ValueError with close matches for an unknown one.

    >>> statement("region_bound").kind
    'upper'
    """
    return pick(name, BUILDERS)
