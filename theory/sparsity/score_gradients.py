"""Mean squared gradient to the scores of a rectified, RMS-normalised row: heavy-tailed where few keys are active."""

from typing import Any

import sympy as sp
from sympy import oo

from theory.derivation import Identity, Limit, Step
from theory.sparsity._validate import positive_number, whole_number

Expr = Any


def score_gradient_mean_square(active: int, dim: int, score_variance: Any = 1) -> Expr:
    """E |dL/ds|² given *active* positive scores, for a random unit upstream gradient and eps = 0.

    Scores are Gaussian with variance τ², values Gaussian in R^*dim*. It is (κ-1)(d-1)/((κ-2)(d-2) τ²) for κ, d >= 3,
    0 for κ = 1 (the output does not depend on the one weight), infinite for κ = 2 or d = 2. d = 1: the normalised
    output is a sign, the gradient 0. Derived for this project.

    >>> score_gradient_mean_square(10, 8)
    21/16
    """
    k, d = whole_number("active", active), whole_number("dim", dim)
    variance = positive_number("score_variance", score_variance)
    if k == 1 or d == 1:
        return sp.S.Zero
    if k == 2 or d == 2:
        return oo
    return sp.Rational((k - 1) * (d - 1), (k - 2) * (d - 2)) / variance


def score_gradient_limit(dim: int, score_variance: Any = 1) -> Expr:
    """Root of its limit for many active keys, sqrt((d-1)/(d-2))/τ: free of the row's length and of the values' size.

    >>> score_gradient_limit(3)
    sqrt(2)
    """
    d = whole_number("dim", dim, 3)
    return sp.sqrt(sp.Rational(d - 1, d - 2) / positive_number("score_variance", score_variance))


def unnormalised_score_gradient_mean_square(n_keys: int, value_variance: Any = 1) -> Expr:
    """E |dL/ds|² of a row without normalisation: σ_v² n/2, which grows with the row.

    >>> unnormalised_score_gradient_mean_square(8)
    4
    """
    return positive_number("value_variance", value_variance) * sp.Rational(whole_number("n_keys", n_keys), 2)


def score_gradient_derivation() -> tuple[Step, ...]:
    """Mean of an inverse chi-square, the projector's share of a random direction, and the two limits.

    Given the active weights a, the values along a/|a| make the output direction, which the projector I - ẑẑᵀ removes;
    the other κ - 1 are independent of it. The mean square is (κ-1) · E|(I - ẑẑᵀ)δ|² · E[1/R²].
    """
    k, d, x, tau = sp.symbols("kappa d x tau", positive=True)
    j = sp.Symbol("j", positive=True)

    def inverse_chi_square(freedom: Expr) -> Expr:  # freedom = 2 + 2 j, so that the integral converges
        density = x ** (freedom / 2 - 1) * sp.exp(-x / 2) / (2 ** (freedom / 2) * sp.gamma(freedom / 2))
        return sp.integrate(sp.powsimp(density / x), (x, 0, oo), conds="none")

    weights = 1 / ((k - 2) * tau**2)  # E 1/|a|², |a|² = τ² χ²_κ
    radius = d / (d - 2)  # E σ_v² |a|²/R², R² = |z|²/d and |z|² = σ_v² |a|² χ²_d
    law = (k - 1) * (d - 1) / ((k - 2) * (d - 2) * tau**2)
    printed = (k * (1 - 1 / d) - 1) / ((k - 2) * tau**2)
    return (
        Identity("E[1/χ²_f] = 1/(f - 2)", inverse_chi_square(2 + 2 * j), 1 / (2 * j), 1 / (2 + 2 * j)),
        Identity("the law", (k - 1) * (1 - 1 / d) * radius * weights, law, printed),
        Limit("many active keys", law, k, oo, (d - 1) / ((d - 2) * tau**2), 1 / tau**2, "-"),
        Limit("two active keys: the inverse law vanishes", 1 / law, k, 2, sp.S.Zero, sp.S.One),
    )
