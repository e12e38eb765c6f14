"""Statements about counts and capacities for export, as sums of binomials in symbols."""

import sympy as sp

from theory.export.statement import Argument, Statement

COVER = "Cover (1965)"
BALDI = "Baldi & Vershynin (2022), arXiv:2202.08371"


def _variables() -> tuple[Argument, Argument]:
    n, d = sp.Symbol("n", nonnegative=True, integer=True), sp.Symbol("d", nonnegative=True, integer=True)
    return (
        Argument("n", n, "number of variables", "integer", low=0, high=10**4),
        Argument("degree", d, "degree of the polynomial threshold functions", "integer", low=0, default=1),
    )


def _regions() -> sp.Expr:
    """2 sum_{k<D} C(2^n - 1, k), D the number of monomials, as ``region_bound`` counts it."""
    n, d = (argument.symbol for argument in _variables())
    k, i = sp.Symbol("k", nonnegative=True, integer=True), sp.Symbol("i", nonnegative=True, integer=True)
    monomials = sp.Sum(sp.binomial(n, i), (i, 0, d))
    return 2 * sp.Sum(sp.binomial(2**n - 1, k), (k, 0, monomials - 1))


def region_bound_statement() -> Statement:
    """Upper bound on the number of threshold functions.

    >>> region_bound_statement().kind
    'upper'
    """
    return Statement(
        "region_bound",
        "Number of regions that bounds the threshold functions of n variables and of a degree.",
        _variables(),
        _regions(),
        "upper",
        BALDI,
        "Schläfli's bound; Cover (1965), Theorem 1",
        count=True,
    )


def log2_region_bound_statement() -> Statement:
    """The same bound as a capacity in bits, for n whose count exceeds every float."""
    return Statement(
        "log2_region_bound",
        "Capacity bound in bits: log2 of the region bound.",
        _variables(),
        sp.log(_regions()) / sp.log(2),
        "upper",
        BALDI,
        "Schläfli's bound; Cover (1965), Theorem 1",
    )


def _points() -> tuple[Argument, Argument]:
    m, d = sp.Symbol("m", positive=True, integer=True), sp.Symbol("d", positive=True, integer=True)
    return (
        Argument("m", m, "number of points in general position", "integer", low=1),
        Argument("d", d, "dimension of the space", "integer", low=1),
    )


def _dichotomies() -> sp.Expr:
    m, d = (argument.symbol for argument in _points())
    k = sp.Symbol("k", nonnegative=True, integer=True)
    return 2 * sp.Sum(sp.binomial(m - 1, k), (k, 0, sp.Min(m, d) - 1))


def dichotomy_count_statement() -> Statement:
    """Labellings that one homogeneous gate can produce."""
    return Statement(
        "dichotomy_count",
        "Number of labellings of m points in general position that one homogeneous gate can produce.",
        _points(),
        _dichotomies(),
        "exact",
        COVER,
        "Theorem 1, eq. (5)",
        assumes=("the points are in general position",),
        count=True,
    )


def log2_dichotomy_count_statement() -> Statement:
    """The same count in bits."""
    return Statement(
        "log2_dichotomy_count",
        "Number of those labellings in bits.",
        _points(),
        sp.log(_dichotomies()) / sp.log(2),
        "exact",
        COVER,
        "Theorem 1, eq. (5)",
        assumes=("the points are in general position",),
    )
