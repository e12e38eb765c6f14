"""Statements about edges from values to outputs, and about the scale of scores and norms."""

from typing import Any

import sympy as sp

from theory.export.formula import Builder
from theory.export.statement import Condition, Statement
from theory.sparsity import edges, homogeneity
from theory.sparsity.statements._parts import INDEPENDENT, OWN, of, positive_eps, stated, symbols

UNIT = ("unit-RMS values, eps = 0",)


def _edge_gain() -> Statement:
    k, c = symbols("active", "cosine")
    gram = k * (1 + (k - 1) * c)
    apart = Condition(
        "the values do not cancel (cosine > -1/(active - 1))",
        gram,
        "Where they cancel the output is null and has no edge gain; edge_ceiling bounds it for eps > 0.",
        strict=True,
    )
    return of(edges.rectified_edge_gain, 1 / sp.sqrt(gram), conditions=(apart,), assumes=UNIT)


def _tree(rectified: bool) -> Statement:
    k, depth = symbols("active", "depth")
    power: Any = depth / 2 if rectified else depth
    kind = "rectified" if rectified else "simplex"
    return of(
        edges.tree_gain,
        sp.exp(-power * sp.log(k)),
        name=f"{kind}_tree_gain",
        says=f"Gain of one path of depth edges through a tree of orthogonal values, {kind} rows of equal weights.",
        assumes=UNIT if rectified else (),
    )


def _softmax_edge() -> Statement:
    n, variance = symbols("n_keys", "score_variance")
    return stated(
        "softmax_edge_gain",
        "RMS gain e^(tau^2/2)/n of a softmax edge at initialisation; that of a rectified one is 1/sqrt n.",
        ("n_keys", "score_variance"),
        sp.exp(variance / 2) / n,
        kind="asymptotic",
        assumes=INDEPENDENT,
    )


def _radial_slope() -> Statement:
    square, eps = symbols("mean_square", "eps")
    return stated(
        "radial_slope",
        "Factor eps/(m + eps)^(3/2) by which the Jacobian of the norm with eps shrinks the output's own direction.",
        ("mean_square", "eps"),
        eps / (square + eps) ** sp.Rational(3, 2),
        OWN,
    )


def _null_row(gated: bool) -> Statement:
    eps = positive_eps()
    if not gated:
        return of(homogeneity.null_row_slope, changed=(eps,))
    return of(
        homogeneity.null_row_slope,
        homogeneity.null_row_slope(eps.symbol, gated=True),
        name="gated_null_row_slope",
        says="d out/d z of a gated row at z = 0: 1/(2 sqrt(eps)).",
        changed=(eps,),
    )


BUILDERS: dict[str, Builder] = {
    "rectified_edge_gain": _edge_gain,
    "simplex_edge_gain": lambda: of(edges.simplex_edge_gain, 1 / symbols("active")[0]),
    "rectified_tree_gain": lambda: _tree(True),
    "simplex_tree_gain": lambda: _tree(False),
    "softmax_edge_gain": _softmax_edge,
    "edge_ceiling": lambda: of(edges.edge_ceiling, kind="upper", changed=(positive_eps(),)),
    "rescaling_gain": lambda: of(homogeneity.rescaling_gain),
    "euler_defect": lambda: of(homogeneity.euler_defect),
    "radial_slope": _radial_slope,
    "null_row_slope": lambda: _null_row(False),
    "gated_null_row_slope": lambda: _null_row(True),
    "squared_norm_after_step": lambda: of(
        homogeneity.squared_norm_after_step, assumes=("the matrix acts only through a normalised output, eps = 0",)
    ),
}
