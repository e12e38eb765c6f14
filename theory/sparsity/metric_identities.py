"""Identities of the metrics: alignment error rate against F1, the corners of head diversity, the cubic form."""

from typing import Any

import sympy as sp

from theory.derivation import Identity, Nonnegative, Step
from theory.errors import AssumptionError
from theory.sparsity._validate import whole_number

Expr = Any


def error_rate_from_f1(hits: int, predicted: int, gold: int) -> Expr:
    """1 - F1 from the number of correct, predicted and gold links: the alignment error rate where S = P.

    >>> error_rate_from_f1(1, 2, 2)
    1/2
    """
    h, p, g = (whole_number(n, v, 0) for n, v in (("hits", hits), ("predicted", predicted), ("gold", gold)))
    if h > min(p, g):
        raise ValueError(f"hits must be at most predicted and gold, got {h}, {p}, {g}")
    if p + g == 0:
        raise AssumptionError("F1 needs a predicted or a gold link, got none of either")
    return 1 - sp.Rational(2 * h, p + g)


def null_head_diversity(heads: int, null: int) -> Expr:
    """Null-augmented diversity of *heads* of which *null* are null and the others equal, over log *heads*.

    It is the binary entropy of the null share over log H: null rows alone make heads look diverse.

    >>> null_head_diversity(2, 1)
    1
    """
    h, k = whole_number("heads", heads, 2), whole_number("null", null, 0)
    if k > h:
        raise ValueError(f"null must be at most heads, got {k} of {h}")
    share = sp.Rational(k, h)
    entropy = -sum((x * sp.log(x) for x in (share, 1 - share) if x != 0), sp.S.Zero)
    return sp.simplify(entropy / sp.log(h))


def cubic_output(query: tuple[Any, ...], keys: Any, values: Any) -> Expr:
    """Un-normalised rectified output sum_j H(q·k_j)(q·k_j) v_j of one query, scores unscaled, as a SymPy column.

    A piecewise cubic form in (q, k, v): n linear threshold gates H in the query, each gating its own score.
    """
    matrix_k, matrix_v, q = sp.Matrix(keys), sp.Matrix(values), sp.Matrix(list(query))
    if matrix_k.shape[0] != matrix_v.shape[0] or matrix_k.shape[1] != len(q):
        raise ValueError(f"keys must be (n, {len(q)}) and values (n, d), got {matrix_k.shape} and {matrix_v.shape}")
    scores = matrix_k * q
    return matrix_v.T * scores.applyfunc(lambda s: sp.Heaviside(s, 0) * s)


def metric_derivation() -> tuple[Step, ...]:
    """AER = 1 - F1 at S = P, entropy corners, and homogeneity of degree three on a fixed support."""
    hits, a, s = sp.symbols("h A S", positive=True)
    heads = sp.Symbol("H", positive=True)
    precision, recall = hits / a, hits / s
    f1 = 2 * precision * recall / (precision + recall)
    c, x, y = sp.symbols("c x y", positive=True)
    q, kept, dropped, near, far = (sp.symbols(f"{name}1:3", real=True) for name in "qkluv")
    scaled = [[c * entry for entry in part] for part in (q, kept, dropped, near, far)]
    row = cubic_output(tuple(scaled[0]), scaled[1:3], scaled[3:])
    on_support = row.replace(sp.Heaviside, lambda score, _: sp.Integer(int(score.has(*kept))))
    cubic = sp.Matrix(near) * sum(a * b for a, b in zip(q, kept, strict=True))
    return (
        Identity("AER at S = P is 1 - F1", 1 - 2 * hits / (a + s), 1 - f1, 1 - f1 / 2),
        Identity(
            "disjoint one-hot heads: H(mean) = log H",
            -heads * (1 / heads) * sp.log(1 / heads),
            sp.log(heads),
            sp.S.Zero,
        ),
        Identity(
            "equal heads: H(mean) = mean H", (x * sp.log(x) * heads) / heads, x * sp.log(x), heads * x * sp.log(x)
        ),
        Identity("degree three on the support of the first of two keys", on_support, c**3 * cubic, c**2 * cubic),
        Nonnegative(
            "participation is at most the support (two keys)",
            2 * (x**2 + y**2) - (x + y) ** 2,
            (x + y) ** 2 - 2 * (x**2 + y**2),
            ((sp.S.One, x - y),),
        ),
        Nonnegative("participation is at least one", (x + y) ** 2 - x**2 - y**2, x**2 + y**2 - (x + y) ** 2),
    )
