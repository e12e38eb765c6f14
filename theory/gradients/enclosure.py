"""Closed-form lower and upper bounds of the gain for 0 <= lambda < 1, with the inductions that prove them."""

from dataclasses import dataclass
from fractions import Fraction

import sympy as sp

from theory.assumptions import Contraction, require
from theory.derivation import Identity, Induction, Nonnegative, Step
from theory.gradients._validate import Exact, check_times, exact_number


@dataclass(frozen=True)
class Sandwich:
    """lower <= P_{T,t}(lambda) <= upper, and the hypotheses under which that was derived."""

    lower: Fraction
    upper: Fraction
    hypotheses: tuple[str, ...]


def sandwich(T: int, t: int, eigenvalue: Exact) -> Sandwich:
    """Bounds of P_{T,t}(lambda) for rational 0 <= lambda < 1.

    lower = max(Pi(gamma, beta)/((1 - lambda)(T + beta)), (T + 1) lambda**(T-t)/t) with beta = max(0, gamma(gamma - 1));
    upper = lambda**(T-t) + Pi(gamma, 0)/(T (1 - lambda)**p), p = 2 for lambda >= 1/2 and 3 below;
    Pi(g, b) = prod_{k=t}^{T-1} (1 + g/(k + b)). For lambda <= 1/2 the lower bound is within a factor 3 and the upper
    within 4.5; towards lambda = 1 both are loose by many orders of magnitude. AssumptionError outside [0, 1).

    >>> sandwich(2, 1, 0).lower
    Fraction(1, 2)
    """
    check_times(T, t)
    number = exact_number("eigenvalue", eigenvalue)
    if not isinstance(number, Fraction):
        raise TypeError(f"sandwich needs a rational eigenvalue, got {eigenvalue}.")
    names = require("sandwich", Contraction(number), instead="Use uniform_attention_gain, exact for every eigenvalue.")
    gamma = number / (1 - number)
    beta = max(Fraction(0), gamma * (gamma - 1))
    slow = _product(T, t, gamma, beta) / ((1 - number) * (T + beta))
    power = 2 if 2 * number >= 1 else 3
    return Sandwich(
        lower=max(slow, Fraction(T + 1, t) * number ** (T - t)),
        upper=number ** (T - t) + _product(T, t, gamma, Fraction(0)) / (T * (1 - number) ** power),
        hypotheses=names,
    )


def memorable_lower_bound(T: int, t: int, eigenvalue: Exact) -> Fraction:
    """(1/T) prod_{k=t}^{T-1} (1 + lambda/k) <= P_{T,t}(lambda) for rational 0 <= lambda < 1; it is >= 1/T.

    >>> memorable_lower_bound(2, 1, Fraction(1, 2))
    Fraction(3, 4)
    """
    check_times(T, t)
    number = exact_number("eigenvalue", eigenvalue)
    require("memorable_lower_bound", Contraction(number), instead="Use uniform_attention_gain.")
    return _product(T, t, number, Fraction(0)) / T


def _product(T: int, t: int, g: Fraction, b: Fraction) -> Fraction:
    numerator = denominator = 1
    for k in range(t, T):
        factor = 1 + g / (k + b)
        numerator *= factor.numerator
        denominator *= factor.denominator
    return Fraction(numerator, denominator)


def sandwich_derivation() -> tuple[Step, ...]:
    """The induction on the ratios r_k = S_{k+1}/S_k (lower); telescoping D_k = S_k - lambda S_{k-1} (upper)."""
    g = sp.Symbol("gamma", positive=True)
    u, w, m = sp.symbols("u w m", nonnegative=True)
    k, t, T = sp.symbols("k t T", positive=True)
    lam = g / (1 + g)
    beta = g * (g - 1)

    def base(b: sp.Expr) -> sp.Expr:
        return lam * (1 + 1 / t) - g / (t + b)

    def step(b: sp.Expr) -> sp.Expr:
        return lam + lam / k - lam / (1 + g / (k - 1 + b)) - g / (k + b)

    large = {g: 1 + u, t: 1 + w, k: 2 + w}
    small = {g: 1 / (1 + u), t: 1 + w, k: 2 + w}
    previous, current = sp.symbols("S_{k-1} S_k")
    lam_ = sp.Symbol("lambda")
    following = (1 + lam_ + lam_ / k) * current - lam_ * previous
    tail = lam_**m * ((1 + m) * (1 - lam_) + lam_) / (1 - lam_) ** 2
    return (
        Identity(
            "base, cleared: (1+1/t)(t+b) - (1+gamma)",
            (1 + 1 / t) * (t + beta) - 1 - g,
            t - 1 + (g - 1) ** 2 + g * (g - 1) / t,
            t - 1 + (g - 1) ** 2,
        ),
        Identity(
            "step, cleared: b(k-1+b+gamma) - gamma(gamma-1)k",
            beta * (k - 1 + beta + g) - g * (g - 1) * k,
            g * (g - 1) ** 2 * (g + 1),
            g * (g - 1) ** 2,
        ),
        Induction(
            "r_k >= 1 + gamma/(k + b), gamma >= 1, b = gamma(gamma-1)",
            Nonnegative("base", base(beta), base(sp.Integer(0)), substitution=large),
            Nonnegative("step", step(beta), step(sp.Integer(0)), substitution=large),
        ),
        Induction(
            "r_k >= 1 + gamma/k for gamma <= 1",
            Nonnegative("base", base(sp.Integer(0)), base(-sp.Rational(1, 2)), substitution=small),
            Nonnegative("step", step(sp.Integer(0)), step(-sp.Rational(1, 2)), substitution=small),
        ),
        Identity("P >= S_T gamma/(lambda(T+b)) and gamma/lambda = 1/(1-lambda)", g / lam, 1 / (1 - lam), 1 / (1 + lam)),
        Identity(
            "D_{k+1} - D_k = lambda S_k/k",
            following - lam_ * current - (current - lam_ * previous),
            lam_ * current / k,
            lam_ * previous / k,
        ),
        Identity(
            "D_k/(1-lambda) - S_k is a nonnegative multiple of y_k",
            (current - lam_ * previous) / (1 - lam_) - current,
            lam_ / (1 - lam_) * (current - previous),
            lam_ / (1 - lam_) * (previous - current),
        ),
        Nonnegative(
            "T/(T-m) <= 1 + m for 0 <= m < T", 1 + m - T / (T - m), 1 + m / 2 - T / (T - m), substitution={T: m + 1 + w}
        ),
        Identity(
            "sum of (1+m) lambda^m telescopes to 1/(1-lambda)^2",
            tail - tail.subs(m, m + 1),
            (1 + m) * lam_**m,
            (2 + m) * lam_**m,
        ),
        Nonnegative(
            "S_k/k bounds do not decrease when gamma >= 1: 1 + gamma/k >= (k+1)/k",
            1 + g / k - (k + 1) / k,
            1 + g / (2 * k) - (k + 1) / k,
            substitution={g: 1 + u},
        ),
    )
