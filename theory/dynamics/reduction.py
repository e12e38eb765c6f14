"""A fixed symmetric classifier: the flow of one topic word reduces to two variables, norm and score."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import sympy as sp

from theory.derivation import Identity, Step
from theory.dynamics._validate import Exact, count, exact, fraction_of, positive
from theory.dynamics.sen import attention_weight


@dataclass(frozen=True)
class Speeds:
    """Time derivatives of norm, score and margin."""

    norm: Any
    score: Any
    margin: Any


def reduced_speeds(
    norm: Exact,
    score: Exact,
    mass: Exact,
    classes: Exact,
    separation: Exact,
    frequency: Exact,
    coupling: Exact = 1,
) -> Speeds:
    """x' = p D a b, s' = coupling (1 - a) x x', mu' = p D^2 a^2 b (1 + coupling (1 - a)^2 x^2), with mu = D a x.

    b = (C-1)/(C-1 + e^mu) is the probability of all wrong classes. Frozen irrelevant words at 0, a head whose centred
    columns form a simplex (any binary head), the embedding on the ray of its class.

    >>> reduced_speeds(0, 0, 1, 2, 1, 1).norm
    1/4
    """
    p, d, rho = fraction_of("frequency", frequency), positive("separation", separation), positive("coupling", coupling)
    x, a, others = exact("norm", norm), attention_weight(score, mass), count("classes", classes, 2) - 1
    b = others / (others + sp.exp(d * a * x))
    speed = p * d * a * b
    return Speeds(speed, rho * (1 - a) * x * speed, p * d**2 * a**2 * b * (1 + rho * (1 - a) ** 2 * x**2))


def simplex_separation(column_norm: Exact, classes: Exact) -> Any:
    """D of C orthogonal columns of one length: length * sqrt(C/(C - 1)).

    >>> simplex_separation(1, 4)
    2*sqrt(3)/3
    """
    c = count("classes", classes, 2)
    return positive("column_norm", column_norm) * sp.sqrt(c / (c - 1))


def head_separation(columns: Sequence[Sequence[Exact]], label: int) -> Any:
    """D = distance of column *label* of a linear head from the convex hull of the other columns, exactly.

    ``columns``: C vectors of equal length with rational (or exact) entries. 0 where the class is not separable. For
    centred-simplex columns this is the D of the reduction; in general it sets the loss's rate. Every face of the hull
    is tried: the nearest point lies in the relative interior of one of them.

    >>> head_separation([[1, 0], [0, 1]], 0)
    sqrt(2)
    """
    vectors = [sp.Matrix([exact("columns", entry) for entry in column]) for column in columns]
    if len(vectors) < 2 or len({v.shape for v in vectors}) != 1:
        raise ValueError(f"columns must be at least two vectors of equal length, got {columns!r}.")
    if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label < len(vectors):
        raise ValueError(f"label must be an int below {len(vectors)}, got {label!r}.")
    own = vectors.pop(label)
    best = None
    for size in range(1, len(vectors) + 1):
        for face in combinations(vectors, size):
            square = _face_distance_square(own, list(face))
            if square is not None and (best is None or square < best):
                best = square
    return sp.sqrt(best)


def _face_distance_square(point: Any, face: list[Any]) -> Any | None:
    """Squared distance to the affine hull of *face* if the nearest point has nonnegative weights, else None."""
    base, edges = face[0], [vertex - face[0] for vertex in face[1:]]
    if not edges:
        return (point - base).dot(point - base)
    span = sp.Matrix.hstack(*edges)
    gram = span.T * span
    if gram.det() == 0:
        return None  # a smaller face has the same nearest point
    weights = gram.LUsolve(span.T * (point - base))
    if any(w < 0 for w in weights) or sum(weights) > 1:
        return None
    rest = point - base - span * weights
    return rest.dot(rest)


def reduction_derivation() -> tuple[Step, ...]:
    """The reduction for simplex heads of 2, 3, 4 classes with explicit columns, and the speed of the margin."""
    x, a, length = sp.Symbol("x", real=True), sp.Symbol("a", positive=True), sp.Symbol("kappa", positive=True)
    steps: list[Step] = []
    for classes in (2, 3, 4):
        shift = sp.Matrix(sp.symbols(f"o1:{classes + 1}", real=True))
        head = length * sp.eye(classes) + shift * sp.ones(1, classes)  # a vector common to all columns changes nothing
        own = sp.Matrix([1] + [0] * (classes - 1))
        ray = (own - sp.ones(classes, 1) / classes) * sp.sqrt(sp.Rational(classes, classes - 1))
        d = simplex_separation(length, classes)
        logits = head.T * (a * x * ray)
        wrong = 1 / (classes - 1 + sp.exp(d * a * x))  # probability of each wrong class
        probabilities = sp.Matrix([1 - (classes - 1) * wrong] + [wrong] * (classes - 1))
        force = head * (own - probabilities)
        b = (classes - 1) * wrong
        margins = sp.Matrix([logits[0] - logits[c] for c in range(1, classes)])
        steps += [
            Identity(
                f"all margins are D a x, {classes} classes; the twin has D = |u|",
                margins,
                sp.ones(classes - 1, 1) * d * a * x,
                twin=sp.ones(classes - 1, 1) * length * a * x,
            ),
            Identity(f"the force is D b along the ray, {classes} classes", force, d * b * ray, twin=length * b * ray),
        ]
    s, m, p, d, rho = sp.symbols("s m p D rho", positive=True)
    weight = sp.exp(s) / (sp.exp(s) + m)
    b = sp.Symbol("b", positive=True)
    norm_speed = p * d * weight * b
    score_speed = rho * (1 - weight) * x * norm_speed
    margin_speed = sp.diff(d * weight * x, x) * norm_speed + sp.diff(d * weight * x, s) * score_speed
    stated = p * d**2 * weight**2 * b
    return (
        *steps,
        Identity(
            "mu' = p D^2 a^2 b (1 + coupling (1 - a)^2 x^2); the twin has (1 - a) x^2",
            margin_speed,
            stated * (1 + rho * (1 - weight) ** 2 * x**2),
            twin=stated * (1 + rho * (1 - weight) * x**2),
        ),
        Identity(
            "s + e^s/m - coupling x^2/2 is conserved",
            (1 + sp.exp(s) / m) * score_speed,
            rho * x * norm_speed,
            twin=x * norm_speed,
        ),
    )


def scaling_derivation() -> tuple[Step, ...]:
    """y = sqrt(coupling) x, D' = D/sqrt(coupling), t' = coupling p t leave only m, C and D'."""
    x, s, m, d, rho, p = sp.symbols("x s m D rho p", positive=True)
    classes = sp.Integer(4)
    plain = reduced_speeds(x, s, m, classes, d, p, rho)
    scaled = reduced_speeds(sp.sqrt(rho) * x, s, m, classes, d / sp.sqrt(rho), 1)
    return (
        Identity("norm", sp.sqrt(rho) * plain.norm, rho * p * scaled.norm, twin=p * scaled.norm),
        Identity("score", plain.score, rho * p * scaled.score, twin=rho**2 * p * scaled.score),
    )
