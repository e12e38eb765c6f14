"""How many keys a rectified row keeps at random initialisation: the support law and the null probability."""

from fractions import Fraction
from math import comb
from typing import Any

import sympy as sp
from sympy import oo

from theory.derivation import Identity, Induction, Step
from theory.sparsity._integral import ExactIntegral
from theory.sparsity._validate import nonnegative_number, whole_number

Expr = Any


def support_distribution(n_keys: int, shared_mean_ratio: Any = 0, dim: Any = oo) -> tuple[Any, ...]:
    """Probabilities of 0, 1, ..., *n_keys* positive scores in one row of rectified attention, scores s_j = q·k_j.

    Keys are k_j = b + xi_j with xi_j standard Gaussian in R^*dim*; ``shared_mean_ratio`` is r = |b| / sqrt(dim). The
    query is independent of the keys and isotropic. At r = 0 the law is Binomial(n, 1/2) in every dimension, for every
    query other than 0 and for any keys that are independent, symmetric about 0 and without an atom on a hyperplane;
    the probabilities are then Fractions. At r = 1 and ``dim=oo`` they are all 1/(n + 1). Otherwise they are the exact
    integrals over the angle between query and shared mean, as SymPy objects that ``evalf`` evaluates.

    Derived for this project from the definition of ReLA (Zhang, Titov, Sennrich 2021, arXiv:2104.07012). Raises
    TypeError or ValueError for a count below 1, a negative ratio, or a dimension that is neither >= 1 nor oo.

    >>> support_distribution(2)
    (Fraction(1, 4), Fraction(1, 2), Fraction(1, 4))
    """
    n = whole_number("n_keys", n_keys)
    return tuple(_probability(n, k, shared_mean_ratio, dim) for k in range(n + 1))


def null_probability(n_keys: int, shared_mean_ratio: Any = 0, dim: Any = oo) -> Any:
    """Probability that a row of rectified attention over *n_keys* keys is null: the first entry of the support law.

    Assumptions, source and errors as in :func:`support_distribution`; 2^-n without a shared mean.

    >>> null_probability(3), null_probability(3, shared_mean_ratio=1)
    (Fraction(1, 8), Fraction(1, 4))
    """
    return _probability(whole_number("n_keys", n_keys), 0, shared_mean_ratio, dim)


def causal_null_rate(length: int) -> Fraction:
    """Mean null probability over the rows of a causal mask of *length*, zero-mean keys: (1 - 2^-L)/L.

    >>> causal_null_rate(2)
    Fraction(3, 8)
    """
    n = whole_number("length", length)
    return (1 - Fraction(1, 2**n)) / n


def score_correlation(shared_mean_ratio: Any) -> Expr:
    """Correlation r²/(1 + r²) of two scores of one row in high dimension, the control parameter of the support law.

    >>> score_correlation(1)
    1/2
    """
    r = nonnegative_number("shared_mean_ratio", shared_mean_ratio)
    return r**2 / (1 + r**2)


def _probability(n: int, k: int, ratio: Any, dim: Any) -> Any:
    r = nonnegative_number("shared_mean_ratio", ratio)
    d = oo if dim == oo else whole_number("dim", dim)
    if r == 0:
        return Fraction(comb(n, k), 2**n)
    if d == oo and r == 1:
        return Fraction(1, n + 1)
    if d == oo:
        g = sp.Symbol("g", real=True)
        density = sp.exp(-(g**2) / 2) / sp.sqrt(2 * sp.pi)
        return ExactIntegral(binomial_term(n, k, normal_cdf(r * g)) * density, (g, -oo, oo))
    threshold = r * sp.sqrt(d)  # |b|, in units of the keys' standard deviation
    if d == 1:
        return sum((binomial_term(n, k, normal_cdf(sign * threshold)) for sign in (1, -1)), sp.S.Zero) / 2
    t = sp.Symbol("theta", real=True)
    mass = sp.beta(sp.Rational(1, 2), sp.Rational(d - 1, 2))
    return ExactIntegral(
        binomial_term(n, k, normal_cdf(threshold * sp.cos(t))) * sp.sin(t) ** (d - 2) / mass, (t, 0, sp.pi)
    )


def normal_cdf(x: Expr) -> Expr:
    """The standard normal distribution function, by erfc so that small tails keep their digits."""
    return sp.erfc(-x / sp.sqrt(2)) / 2


def binomial_term(n: int, k: int, p: Expr) -> Expr:
    """Probability of k successes in n trials of probability *p*."""
    return comb(n, k) * p**k * (1 - p) ** (n - k)


def support_derivation() -> tuple[Step, ...]:
    """Why the law is uniform on {0..n} at r = 1, and why its mean never moves.

    The substitution u = Phi(g) turns the integral against the normal density into a Beta integral.
    """
    u = sp.Symbol("u", positive=True)
    n, k = sp.Symbol("n", positive=True, integer=True), sp.Symbol("k", nonnegative=True, integer=True)
    length = sp.Symbol("L", positive=True, integer=True)
    g = sp.Symbol("g", real=True)
    density = sp.exp(-(g**2) / 2) / sp.sqrt(2 * sp.pi)
    beta = sp.gamma(k + 1) * sp.gamma(n - k + 1) / sp.gamma(n + 2)
    half = sp.Rational(1, 2)
    return (
        Identity("du = phi(g) dg under u = Phi(g)", sp.diff(normal_cdf(g), g), density, 2 * density),
        Identity("null: the integral of u^n over (0, 1)", sp.integrate(u**n, (u, 0, 1)), 1 / (n + 1), 1 / (n + 2)),
        Identity(
            "every k: C(n, k) B(k + 1, n - k + 1) = 1/(n + 1)",
            sp.gamma(n + 1) / (sp.gamma(k + 1) * sp.gamma(n - k + 1)) * beta,
            1 / (n + 1),
            1 / n,
        ),
        Identity(
            "mean sparsity stays 1/2: Phi(x) + Phi(-x) = 1", normal_cdf(g) + normal_cdf(-g), sp.S.One, 2 * half + g
        ),
        Induction(
            "causal mean of 2^-(t+1) over t < L is (1 - 2^-L)/L",
            base=Identity("one row", half, sp.Integer(1) - half, sp.Integer(1)),
            step=Identity(
                "one row more", (1 - half**length) + half ** (length + 1), 1 - half ** (length + 1), 1 - half**length
            ),
        ),
    )
