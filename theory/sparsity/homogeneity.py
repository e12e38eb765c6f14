"""RMS normalisation after ReLU: Jacobians, what a rescaling of the scores does, and Euler's identity."""

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theory.derivation import Identity, Step
from theory.sparsity._validate import nonnegative_number, positive_number

Expr = Any


def root_mean_square(z: Sequence[Any], eps: Any = 0) -> Expr:
    """sqrt(mean z² + eps) of a vector of SymPy expressions or numbers; ReLA's RMSNorm divides by it.

    >>> root_mean_square([3, 4])
    5*sqrt(2)/2
    """
    if not z:
        raise ValueError("z must have at least one entry, got none")
    return sp.sqrt(sum((sp.sympify(x) ** 2 for x in z), sp.S.Zero) / len(z) + eps)


def rms_jacobian(z: Sequence[Any], eps: Any = 0) -> Expr:
    """Jacobian (I - z z^T/(d R²))/R of z -> z/R, R = sqrt(mean z² + eps), as a SymPy matrix.

    Zhang & Sennrich (2019) normalisation without gain. At eps = 0 it sends z to 0; at z = 0 it is I/sqrt(eps).

    >>> rms_jacobian([0, 2])
    Matrix([
    [sqrt(2)/2, 0],
    [        0, 0]])
    """
    column, radius = sp.Matrix(list(z)), root_mean_square(z, eps)
    if radius == 0:
        raise ValueError("z must not be 0 when eps is 0: the normalisation has no derivative there")
    return (sp.eye(len(column)) - column * column.T / (len(column) * radius**2)) / radius


def gated_output(z: Sequence[Any], gate: Sequence[Any], eps: Any = 0) -> Expr:
    """ReLA-g: sigmoid(w ⊙ z) ⊙ z/R as a SymPy column; the gate sees the un-normalised z."""
    if len(z) != len(gate):
        raise ValueError(f"gate must have as many entries as z ({len(z)}), got {len(gate)}")
    radius = root_mean_square(z, eps)
    return sp.Matrix([x / ((1 + sp.exp(-w * x)) * radius) for x, w in zip(z, gate, strict=True)])


def gated_jacobian(z: Sequence[Any], gate: Sequence[Any], eps: Any = 0) -> Expr:
    """Jacobian diag(σ (1 + w z (1 - σ)))/R - (σ ⊙ z) zᵀ/(d R³) of :func:`gated_output`, σ = sigmoid(w ⊙ z).

    At w = 0 it is half of :func:`rms_jacobian`. Derived for this project.

    >>> gated_jacobian([0, 2], [0, 0]) == rms_jacobian([0, 2]) / 2
    True
    """
    radius = root_mean_square(z, eps)
    if radius == 0:
        raise ValueError("z must not be 0 when eps is 0: the normalisation has no derivative there")
    opened = [1 / (1 + sp.exp(-w * x)) for x, w in zip(z, gate, strict=True)]
    own = [o * (1 + w * x * (1 - o)) for x, w, o in zip(z, gate, opened, strict=True)]
    gated = sp.Matrix([o * x for x, o in zip(z, opened, strict=True)])
    return sp.diag(*own) / radius - gated * sp.Matrix([list(z)]) / (len(z) * radius**3)


def gated_euler_defect(z: Sequence[Any], gate: Sequence[Any]) -> Expr:
    """J_g z = w ⊙ z ⊙ (1 - sigmoid(w z)) ⊙ out of ReLA-g at eps = 0: it is 0 for all z only at w = 0."""
    output = gated_output(z, gate)
    factors = [w * x * (1 - 1 / (1 + sp.exp(-w * x))) for x, w in zip(z, gate, strict=True)]
    return sp.Matrix([f * o for f, o in zip(factors, output, strict=True)])


def rescaling_gain(factor: Any, mean_square: Any, eps: Any = 0) -> Expr:
    """Output of RMSNorm(ReLU(c·s) V) divided by that of RMSNorm(ReLU(s) V), for c = *factor* > 0.

    *mean_square* is mean z² of z = ReLU(s) V, positive. The gain is sqrt((m + eps)/(m + eps/c²)), 1 at eps = 0:
    the output is positively homogeneous of degree 0, the score scale 1/sqrt(d) redundant, and there is no temperature.
    Derived for this project. Raises ValueError for c <= 0: a negative factor selects the complementary keys.

    >>> rescaling_gain(7, 2)
    1
    """
    c, m, e = (
        positive_number("factor", factor),
        positive_number("mean_square", mean_square),
        nonnegative_number("eps", eps),
    )
    return sp.sqrt((m + e) / (m + e / c**2))


def euler_defect(mean_square: Any, upstream_along_output: Any, eps: Any = 0) -> Expr:
    """sum_j s_j dL/ds_j of one row whose output has RMS normalisation with *eps*: exactly eps/(m + eps) · <δ, out>.

    *upstream_along_output* is the inner product of dL/dout with the normalised output; *mean_square* is mean z² of the
    un-normalised one, positive. Zero at eps = 0. With normalisation over the concatenation of heads, m is the mean
    over all of them and the sum runs over the scores of all heads.

    >>> euler_defect(3, 8, eps=1)
    2
    """
    m, e = positive_number("mean_square", mean_square), nonnegative_number("eps", eps)
    return e / (m + e) * sp.sympify(upstream_along_output)


def lone_key_gradient(score: Any, value: Sequence[Any], upstream: Sequence[Any], gate: Sequence[Any]) -> Expr:
    """dL/ds of a row with a single active key, normalised by itself, at eps = 0; zero without a gate.

    The normalised output is v/R(v) whatever the score; only the gate sigmoid(w s v) still knows it. So the gradient is
    sum_i δ_i w_i v_i σ(1 - σ) v_i/R(v): a dead zone that gate or concatenation revive. Derived for this project.

    >>> lone_key_gradient(1, [1, 2], [3, 4], [0, 0])
    0
    """
    s, radius = positive_number("score", score), root_mean_square(value)
    total = sp.S.Zero
    for v, delta, w in zip(value, upstream, gate, strict=True):
        open_share = 1 / (1 + sp.exp(-sp.sympify(w) * s * v))
        total += sp.sympify(delta) * w * v * open_share * (1 - open_share) * v / radius
    return total


def null_row_slope(eps: Any, gated: bool = False) -> Expr:
    """d out/d z at z = 0: 1/sqrt(eps), and half of it under a gate, whose value at 0 is 1/2.

    >>> null_row_slope(sp.Rational(1, 10**8), gated=True)
    5000
    """
    return 1 / sp.sqrt(positive_number("eps", eps)) / (2 if gated else 1)


def squared_norm_after_step(squared_norm: Any, rate: Any, squared_gradient: Any) -> Expr:
    """|W|² after one gradient step of size *rate* on a matrix that the normalisation makes scale-free.

    Euler's identity makes W and its gradient orthogonal, so |W - η G|² = |W|² + η² |G|² exactly: norms only grow.
    """
    return sp.sympify(squared_norm) + sp.sympify(rate) ** 2 * sp.sympify(squared_gradient)


def homogeneity_derivation() -> tuple[Step, ...]:
    """Jacobian, Euler and scale identities by differentiation in three dimensions and, entrywise, in any dimension."""
    z = list(sp.symbols("z1:4", real=True))
    eps, c, m, d, x = sp.symbols("epsilon c m d x", positive=True)
    radius = root_mean_square(z, eps)
    column = sp.Matrix(z)
    jacobian = rms_jacobian(z, eps)
    differentiated = (column / radius).jacobian(column)
    mean = root_mean_square(z) ** 2
    generic = x / sp.sqrt(m + eps) - x * (d * m) / (d * (m + eps) ** sp.Rational(3, 2))
    return (
        Identity("Jacobian of RMSNorm", differentiated, jacobian, jacobian * 2),
        Identity(
            "J z = eps z/(m + eps)^(3/2)",
            jacobian * column,
            eps * column / (mean + eps) ** sp.Rational(3, 2),
            0 * column,
        ),
        Identity("J z = 0 at eps = 0", rms_jacobian(z) * column, 0 * column, column),
        Identity("the same entry in any dimension", generic, eps * x / (m + eps) ** sp.Rational(3, 2), sp.S.Zero),
        Identity(
            "output at c z over output at z",
            c * x / sp.sqrt(c**2 * m + eps) / (x / sp.sqrt(m + eps)),
            rescaling_gain(c, m, eps),
            c * rescaling_gain(c, m, eps),
        ),
        Identity(
            "norm after a step along a gradient orthogonal to W",
            (z[0] + eps * c * z[1]) ** 2 + (z[1] - eps * c * z[0]) ** 2,
            squared_norm_after_step(z[0] ** 2 + z[1] ** 2, eps, c**2 * (z[0] ** 2 + z[1] ** 2)),
            z[0] ** 2 + z[1] ** 2,
        ),
    )


def gated_derivation() -> tuple[Step, ...]:
    """Jacobian and Euler defect of ReLA-g's norm by differentiation in two dimensions."""
    z, w = list(sp.symbols("z1:3", real=True)), list(sp.symbols("w1:3", real=True))
    column, output = sp.Matrix(z), gated_output(z, w)
    jacobian = output.jacobian(column)
    return (
        Identity("Jacobian of gated RMSNorm", jacobian, gated_jacobian(z, w), gated_jacobian(z, [0, 0])),
        Identity("J z = w z (1 - sigmoid(w z)) out", jacobian * column, gated_euler_defect(z, w), 0 * column),
    )
