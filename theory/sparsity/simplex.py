"""Jacobians of the α-entmax family (softmax α = 1, sparsemax α = 2) and how large they get."""

from collections.abc import Sequence
from typing import Any

import sympy as sp

from theory.derivation import Identity, Nonnegative, Step
from theory.sparsity._validate import positive_number, real_number, whole_number

Expr = Any


def entmax_jacobian(weights: Sequence[Any], alpha: Any) -> Expr:
    """diag(g) - g gᵀ/sum g with g = p^{2-α} on the support and 0 off it, as a SymPy matrix, from the weights p.

    Peters, Niculae, Martins (2019). Valid off the kinks, where the support is locally constant.

    >>> entmax_jacobian([sp.Rational(1, 2), sp.Rational(1, 2), 0], 2)
    Matrix([
    [ 1/2, -1/2, 0],
    [-1/2,  1/2, 0],
    [   0,    0, 0]])
    """
    a = real_number("alpha", alpha) if not isinstance(alpha, sp.Basic) else alpha
    g = sp.Matrix([sp.S.Zero if p == 0 else sp.sympify(p) ** (2 - a) for p in weights])
    if g.is_zero_matrix:
        raise ValueError("weights must have a positive entry: no simplex row is null")
    return sp.diag(*g) - g * g.T / sum(g)


def two_point_norm(alpha: Any) -> Expr:
    """Largest spectral norm of the Jacobian over two scores: 2^{α-2} (softmax 1/2, 1.5-entmax 1/sqrt 2, sparsemax 1).

    For 1 < α < 2 this is not the largest over longer rows; see :func:`two_block_eigenvalue`.

    >>> two_point_norm(sp.Rational(3, 2))
    sqrt(2)/2
    """
    return sp.Integer(2) ** (real_number("alpha", alpha) - 2)


def two_block_eigenvalue(n_keys: Any, peak: Any, alpha: Any) -> Expr:
    """Eigenvalue of the Jacobian at the row with one weight *peak* and n - 1 equal ones, on the two-block direction.

    λ = n/(n-1) · gH/(g+H) with g = p^{2-α}, H = (n-1)^{α-1} (1-p)^{2-α}. A lower bound on the Lipschitz constant that
    exceeds 1/sqrt 2 for α = 3/2 from n = 48 on and tends to 1; for softmax it never exceeds 1/2. Derived here.

    >>> two_block_eigenvalue(2, sp.Rational(1, 2), 2)
    1
    """
    n, p, a = (sp.sympify(x) for x in (n_keys, peak, alpha))
    g, rest = p ** (2 - a), (n - 1) ** (a - 1) * (1 - p) ** (2 - a)
    return n / (n - 1) * g * rest / (g + rest)


def exceeds_two_point_norm(n_keys: int, peak: Any, alpha: Any) -> bool:
    """Whether the two-block row of *n_keys* keys shows that 2^{α-2} is no Lipschitz constant at this length.

    >>> exceeds_two_point_norm(64, 0.8, 1.5), exceeds_two_point_norm(8, 0.8, 1.5)
    (True, False)
    """
    n, p = whole_number("n_keys", n_keys, 2), positive_number("peak", peak)
    a = real_number("alpha", alpha)
    return bool(two_block_eigenvalue(n, p, a) > two_point_norm(a))


def simplex_derivation() -> tuple[Step, ...]:
    """The Jacobian from the implicit equation, its norm at two points, the two-block eigenvalue, and J <= diag(g)."""
    alpha = sp.Symbol("alpha", positive=True)
    p = sp.symbols("p1:4", positive=True)
    g = [x ** (2 - alpha) for x in p]
    slopes = [(alpha - 1) * x / sum(g) for x in g]  # dt/ds_i, from differentiating sum p = 1
    implicit = sp.Matrix(3, 3, lambda j, i: g[j] / (alpha - 1) * ((alpha - 1) * int(i == j) - slopes[i]))
    jacobian = entmax_jacobian(p, alpha)
    half = sp.Rational(1, 2)
    pair = entmax_jacobian([half, half], alpha) * sp.Matrix([1, -1])
    # eigenvector (1, -1/r, ..., -1/r) of diag(g) - g gᵀ/sum g with r = n - 1 equal entries y: its first row
    x, y, r, q = sp.symbols("x y r q", positive=True)
    along = x - x * (x - y) / (x + r * y)
    a, b = sp.symbols("a b", real=True)
    quadratic = x * a**2 + y * b**2 - (x * a + y * b) ** 2 / (x + y)
    return (
        Identity("the Jacobian solves the implicit equation", implicit, jacobian, 2 * jacobian),
        Identity(
            "rows sum to 0, so a shift of the scores does nothing",
            jacobian * sp.ones(3, 1),
            sp.zeros(3, 1),
            sp.ones(3, 1),
        ),
        Identity("two equal weights: 2^(α-2)", pair[0], 2 ** (alpha - 2), 2 ** (alpha - 1)),
        Identity("two-block eigenvalue", along, (r + 1) / r * x * (r * y) / (x + r * y), x * (r * y) / (x + r * y)),
        Identity("its second block", r * (q / r) ** (2 - alpha), r ** (alpha - 1) * q ** (2 - alpha), q ** (2 - alpha)),
        Nonnegative("the Jacobian is positive semidefinite", quadratic, -quadratic, ((x * y / (x + y), a - b),)),
        Nonnegative(
            "J <= diag(g), hence norm at most 1",
            (x * a + y * b) ** 2 / (x + y),
            -((x * a + y * b) ** 2) / (x + y),
            ((1 / (x + y), x * a + y * b),),
        ),
    )
