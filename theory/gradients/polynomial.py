"""P_{T,t} as a polynomial in the eigenvalue: all coefficients, three of them in closed form, and how they arise."""

from fractions import Fraction

import sympy as sp

from theory.derivation import Identity, Nonnegative, Step
from theory.gradients._validate import Exact, check_times


def gain_coefficients(T: int, t: int) -> tuple[Fraction, ...]:
    """Coefficients of P_{T,t}, constant term first; T - t + 1 positive numbers.

    >>> gain_coefficients(3, 1)
    (Fraction(1, 3), Fraction(4, 3), Fraction(4, 1))
    """
    check_times(T, t)
    y = [Fraction(1)]
    total = [Fraction(1)]
    for k in range(t, T):
        y = [Fraction(0), *(a + b / k for a, b in zip(y, total, strict=True))]
        total = [a + b for a, b in zip([*total, Fraction(0)], y, strict=True)]
    return tuple(y[r] + total[r] / T for r in range(len(y)))


def gain_polynomial(T: int, t: int, *, variable: Exact = None) -> Exact:
    """P_{T,t} as a SymPy Poly with rational coefficients, of degree T - t, in *variable* (by default lambda)."""
    symbol = sp.Symbol("lambda") if variable is None else variable
    coefficients = [sp.Rational(c.numerator, c.denominator) for c in gain_coefficients(T, t)]
    return sp.Poly(coefficients[::-1], symbol, domain="QQ")


def constant_coefficient(T: int, t: int) -> Fraction:
    """P_{T,t}(0): 1/T for t < T, and 1 + 1/T for t = T. It is the whole of the paper's Theorem 1.

    >>> constant_coefficient(5, 2)
    Fraction(1, 5)
    """
    check_times(T, t)
    return Fraction(1, T) + (t == T)


def linear_coefficient(T: int, t: int) -> Fraction:
    """Coefficient of lambda in P_{T,t}: (H_{T-1} - H_{t-1})/T + 1/T + 1/(T-1) + [T = t+1]; 0 for t = T.

    >>> linear_coefficient(3, 1)
    Fraction(4, 3)
    """
    check_times(T, t)
    if t == T:
        return Fraction(0)
    harmonic = sum((Fraction(1, i) for i in range(t, T)), Fraction(0))
    return harmonic / T + Fraction(1, T) + Fraction(1, T - 1) + (t + 1 == T)


def leading_coefficient(T: int, t: int) -> Fraction:
    """Coefficient of lambda**(T-t) in P_{T,t}: (T + 1)/t, the chain that uses every step of the recurrence.

    >>> leading_coefficient(3, 1)
    Fraction(4, 1)
    """
    check_times(T, t)
    return Fraction(T + 1, t)


def recurrence_derivation() -> tuple[Step, ...]:
    """Second-order recurrence of the partial sums from the first-order system, and the gain from two sums."""
    lam, k = sp.Symbol("lambda"), sp.Symbol("k", positive=True)
    previous, current = sp.symbols("S_{k-1} S_k")
    y = current - previous  # what S_k - S_{k-1} means
    following = current + lam * (y + current / k)
    T, t, u = sp.symbols("T t u", positive=True)
    ratio = (k + 1) / k
    return (
        Identity(
            "eliminating y leaves a three-term recurrence",
            following,
            (1 + lam + lam / k) * current - lam * previous,
            (1 + lam + lam / (k + 1)) * current - lam * previous,
        ),
        Identity(
            "P_{T,t} = (S_{T+1} - S_T)/lambda",
            y + current / k,
            (following - current) / lam,
            (following - previous) / lam,
        ),
        Identity(
            "the top coefficient (S_k over lambda^(k-t)) is multiplied by 1 + 1/k, so it is T/t at T",
            1 + 1 / k,
            ratio,
            k / (k + 1),
        ),
        Identity("top coefficient of P from that of S: T/t + 1/t", (1 + 1 / T) * T / t, (T + 1) / t, T / t),
        Nonnegative(
            "every step adds nonnegative multiples of earlier coefficients",
            (y.subs(previous, 0) + current / k).subs(current, u),
            -u / k,
        ),
    )
