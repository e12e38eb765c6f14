"""Statements about single threshold gates: dichotomies, the region bound, expansions, the characteristic polynomial."""

from typing import Any

import sympy as sp

from theory.capacity import counts, expansions, polynomials, single_gates
from theory.capacity.statements._parts import (
    COVER,
    REGIONS,
    bits,
    d,
    dim,
    extensions,
    has_degree,
    i,
    k,
    m,
    n,
    of,
    regions,
    slices,
    stated,
    variables,
    whole,
)
from theory.export.formula import Builder
from theory.export.statement import Argument, Condition, Statement

GENERAL = ("the points are in general position",)
CHARACTERISTIC = "characteristic polynomial of the threshold arrangement (C9)"
GROWTH = "capacity of threshold functions (Zuev 1989; Baldi & Vershynin 2019)"


def _dichotomies() -> Any:
    return 2 * sp.Sum(sp.binomial(m - 1, k), (k, 0, sp.Min(m, dim) - 1))


def _monomials() -> Any:
    return sp.Sum(sp.binomial(n, i), (i, 0, d))


def _last_term() -> Statement:
    return of(
        counts.last_region_term,
        REGIONS,
        bits(sp.binomial(2**n - 1, _monomials() - 1)),
        name="log2_last_region_term",
        says="What the highest dimension adds to half the region bound, in bits.",
        conditions=(has_degree(n, d),),
    )


def _plain(size: Any) -> Any:
    """``region_bound_exponent`` in another symbol."""
    expansion = expansions.region_bound_exponent()
    (own,) = expansion.free_symbols
    return expansion.subs(own, size)


def _unbounded(name: str = "n", low: int = 1) -> Argument:
    return variables(low, sp.oo, name)


def _expansion(function: Any, where: str, result: Any, argument: str = "n", low: int = 1, **more: Any) -> Statement:
    """An expansion in a number of variables that need not be bounded."""
    size = _unbounded(argument, low)
    return of(function, where, result(size.symbol), kind="asymptotic", changed=(size,), **more)


def _leading() -> Statement:
    size, power = (
        _unbounded(),
        whole("degree", "d", "degree of the polynomial threshold functions", default=sp.Integer(1)),
    )
    return stated(
        "leading_exponent",
        "Leading term n^(d+1)/d! of log2 T(n; d), the capacity of threshold functions of a fixed degree.",
        ("n", "degree"),
        size.symbol ** (power.symbol + 1) / sp.factorial(power.symbol),
        GROWTH,
        kind="asymptotic",
        changed=(size, power),
    )


def _exponent_bound() -> Statement:
    size, power = (
        variables(),
        whole("degree", "d", "degree of the polynomial threshold functions", default=sp.Integer(1)),
    )
    return stated(
        "exponent_bound",
        "Upper bound n C(n, <=d) of log2 T(n; d), n bits for each parameter.",
        ("n", "degree"),
        size.symbol * sp.Sum(sp.binomial(size.symbol, i), (i, 0, power.symbol)),
        "exponential form of the region bound (C2)",
        kind="upper",
        conditions=(has_degree(size.symbol, power.symbol),),
        changed=(size, power),
    )


def _slices() -> Statement:
    size, power = (
        variables(0, 200),
        whole("degree", "d", "degree of the polynomial threshold functions", default=sp.Integer(1)),
    )
    return stated(
        "log2_slice_lower_bound",
        "Lower bound of the capacity of threshold functions, in bits, by T(n; d) >= T(n-1; d) T(n-1; d-1).",
        ("n", "degree"),
        bits(slices(size.symbol, power.symbol)),
        "two gates as slices of one; extension recursion (C6) at degree 1",
        kind="lower",
        conditions=(has_degree(size.symbol, power.symbol),),
        changed=(size, power),
    )


def _weak() -> Statement:
    size = variables(1, 9)  # 2^(2^10) is no float
    counted = whole("count", "T", "number T(n; d) of threshold functions of the complementary degree")
    return stated(
        "weak_count",
        "Number W(n, n - d - 1) = 2^(2^n) - T(n; d) of functions f with f p >= 0 for some p != 0 of degree n - d - 1.",
        ("n", "count"),
        2 ** (2**size.symbol) - counted.symbol,
        "duality of the degrees d and n - d - 1 (C10)",
        conditions=(
            Condition(
                "count <= 2^(2^n)", 2 ** (2**size.symbol) - counted.symbol, "There are no more functions.", usage=True
            ),
        ),
        changed=(size, counted),
        count=True,
    )


def _ratio() -> Statement:
    counted = Argument("count", sp.Symbol("T", positive=True), "number of threshold functions", "real")
    power = whole("degree", "d", "degree of the polynomial threshold functions", 0, default=sp.Integer(1))
    return stated(
        "capacity_ratio",
        "Share T(n; d) / B(n, D) of the region bound that is reached; 1 in the limit, falling where it is known.",
        ("count", "n", "degree"),
        counted.symbol / regions(n, power.symbol),
        "the region bound and its limit (C5)",
        conditions=(has_degree(n, power.symbol),),
        changed=(counted, power),
    )


def _coefficient(order: int) -> Statement:
    size = variables(2, 500)
    points = 2**size.symbol
    value = sp.binomial(points, 2) if order == 2 else sp.binomial(points, 3) - _parallelograms(size.symbol)
    word = {2: "second", 3: "third"}[order]
    return of(
        polynomials.first_coefficients,
        CHARACTERISTIC,
        value,
        name=f"{word}_coefficient",
        says=f"Modulus of the {word} coefficient of the characteristic polynomial of the threshold arrangement.",
        changed=(size,),
        count=True,
    )


def _parallelograms(size: Any) -> Any:
    # (6^n - 2 4^n + 2^n)/8 with 6^n taken out, so that nothing cancels from n = 2 on
    return sp.exp(size * sp.log(6)) * (1 - 2 * sp.Rational(2, 3) ** size + sp.Rational(1, 3) ** size) / 8


BUILDERS: dict[str, Builder] = {
    "dichotomy_count": lambda: of(
        counts.dichotomy_count, "Theorem 1, eq. (5)", _dichotomies(), COVER, count=True, assumes=GENERAL
    ),
    "log2_dichotomy_count": lambda: of(
        counts.dichotomy_count, "Theorem 1, eq. (5)", bits(_dichotomies()), COVER, assumes=GENERAL,
        name="log2_dichotomy_count", says="Labellings of m points that one homogeneous gate can produce, in bits.",
    ),
    "parameter_count": lambda: of(
        counts.parameter_count, "parameters of a threshold gate", _monomials(), count=True
    ),
    "product_parameter_count": lambda: stated(
        "product_parameter_count", "Parameters 2(n + 1) - 1 of a gated product (w.x + b)(v.x + c), its scale fixed.",
        ("n",), 2 * n + 1, "sparse quadratic activations (QD1)", count=True,
    ),
    "region_bound": lambda: of(
        counts.region_bound, REGIONS, regions(n, d), kind="upper", count=True, conditions=(has_degree(n, d),)
    ),
    "log2_region_bound": lambda: of(
        counts.region_bound, REGIONS, bits(regions(n, d)), kind="upper", conditions=(has_degree(n, d),),
        name="log2_region_bound", says="Upper bound of the capacity of threshold functions, in bits.",
    ),
    "log2_last_region_term": _last_term,
    "exponent_bound": _exponent_bound,
    "capacity_ratio": _ratio,
    "log2_extension_lower_bound": lambda: of(
        single_gates.extension_lower_bound, "extension recursion (C6)", bits(extensions(n)), kind="lower",
        name="log2_extension_lower_bound", says="Lower bound of the capacity of linear threshold functions, in bits.",
    ),
    "log2_slice_lower_bound": _slices,
    "weak_count": _weak,
    "region_bound_exponent": lambda: stated(
        "region_bound_exponent", "Expansion of log2 of the region bound of linear threshold functions, up to O(n^-3).",
        ("n",), _plain(_unbounded().symbol),
        "Stirling's series of Schläfli's bound (C4)", kind="asymptotic", changed=(_unbounded(),),
    ),
    "stirling_residual": lambda: _expansion(
        expansions.stirling_residual, "Stirling's series of Schläfli's bound (C4)",
        lambda size: -1 / (12 * size * sp.log(2)), "n_value",
    ),
    "leading_exponent": _leading,
    "zuev_exponent": lambda: _expansion(
        expansions.zuev_exponent, "Zuev (1991)", lambda size: size**2 * (1 - 10 / sp.log(size)), "n_value", low=2,
        assumes=("n is sufficiently large; the bound is negative up to n = 22026",),
    ),
    "second_coefficient": lambda: _coefficient(2),
    "third_coefficient": lambda: _coefficient(3),
    "parallelogram_count": lambda: of(
        polynomials.parallelogram_count, CHARACTERISTIC, _parallelograms(variables(2, 400).symbol), count=True,
        changed=(variables(2, 400),),
    ),
}  # fmt: skip
