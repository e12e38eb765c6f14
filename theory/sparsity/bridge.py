"""Sparsemax and 1.5-entmax as rectified rows with a threshold that adapts; the rectified maps freeze it at 0."""

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theory.derivation import Identity, Step
from theory.sparsity._validate import real_number

Expr = Any


def sparsemax_threshold(scores: Sequence[Any]) -> Expr:
    """The t with sum max(0, s_j - t) = 1; sparsemax(s) = ReLU(s - t). Martins & Astudillo (2016).

    >>> sparsemax_threshold([2, 1, 1])
    1
    """
    ordered = sorted((real_number("scores", s) for s in scores), reverse=True)
    if not ordered:
        raise ValueError("scores must have at least one entry, got none")
    total, threshold = sp.S.Zero, sp.S.Zero
    for size, score in enumerate(ordered, start=1):
        total += score
        if 1 + size * score > total:
            threshold = (total - 1) / size
    return threshold


def sparsemax_weights(scores: Sequence[Any]) -> tuple[Expr, ...]:
    """Exact sparsemax of rational scores.

    >>> sparsemax_weights([1, sp.Rational(1, 2), 0])
    (3/4, 1/4, 0)
    """
    threshold = sparsemax_threshold(scores)
    return tuple(sp.Max(0, real_number("scores", s) - threshold) for s in scores)


def entmax15_threshold(scores: Sequence[Any]) -> Expr:
    """The t with sum max(0, s_j/2 - t)² = 1; 1.5-entmax(s) = ReLU(s/2 - t)². Peters, Niculae, Martins (2019).

    >>> entmax15_threshold([0])
    -1
    """
    halves = sorted((real_number("scores", s) / 2 for s in scores), reverse=True)
    if not halves:
        raise ValueError("scores must have at least one entry, got none")
    for size in range(len(halves), 0, -1):
        kept = halves[:size]
        mean = sum(kept) / size
        spread = sum(x**2 for x in kept) / size - mean**2
        if spread * size > 1:
            continue
        threshold = mean - sp.sqrt(sp.Rational(1, size) - spread)
        if kept[-1] > threshold:
            break
    return threshold


def rectified_support(scores: Sequence[Any], threshold: Any = 0) -> int:
    """Number of scores strictly above *threshold*: the exact support of a rectified row; 0 is a null row.

    >>> rectified_support([1, 0, -2])
    1
    """
    bar = real_number("threshold", threshold)
    return sum(bool(real_number("scores", s) > bar) for s in scores)


def shift_derivative(weight_map: str, scores: Sequence[Any], values: Any, upstream: Sequence[Any]) -> Expr:
    """d<upstream, weights V>/dc when c is added to every score: 0 on the simplex, else a sum over active keys.

    For ReLA it is the sum of <upstream, v_j> over the keys with a positive score.

    So the gradient of a key bias vanishes identically under softmax, sparsemax and entmax, while for ReLA q·b_k is a
    learned, query-dependent threshold. Derived for this project.

    >>> shift_derivative("relu", [1, -1], [[2], [5]], [3])
    6
    """
    if weight_map in ("softmax", "sparsemax", "entmax15"):
        return sp.S.Zero
    if weight_map != "relu":
        raise ValueError(f"weight_map must be 'relu' or one of the simplex maps; got {weight_map!r}")
    along = [sum((sp.sympify(u) * v for u, v in zip(upstream, row, strict=True)), sp.S.Zero) for row in values]
    return sum((x for s, x in zip(scores, along, strict=True) if real_number("scores", s) > 0), sp.S.Zero)


def bridge_derivation() -> tuple[Step, ...]:
    """On a fixed support of three keys the thresholds make the weights sum to one; normalised outputs agree."""
    s = sp.symbols("s1:4", real=True)
    total, squares = sum(s), sum(x**2 for x in s)
    threshold = (total - 1) / 3
    half_mean = total / 6
    spread = squares / 12 - half_mean**2
    quadratic_threshold = half_mean - sp.sqrt(sp.Rational(1, 3) - spread)
    c, m = sp.symbols("c m", positive=True)
    return (
        Identity("sparsemax weights sum to one", sum(x - threshold for x in s), sp.S.One, sp.Integer(3)),
        Identity(
            "1.5-entmax weights sum to one", sum((x / 2 - quadratic_threshold) ** 2 for x in s), sp.S.One, sp.Integer(2)
        ),
        Identity("dividing by the sum is invisible to the norm", (c * m) / sp.sqrt((c * m) ** 2), sp.S.One, c),
    )
