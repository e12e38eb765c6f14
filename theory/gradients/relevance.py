"""Relevancy screening: what is retained, the guarantee that Theorem 2 gives it, its bias and its costs."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import sympy as sp

from theory.assumptions import PositiveEigenvalue, require
from theory.derivation import Identity, Limit, Nonnegative, Step
from theory.gradients._validate import Exact, as_sympy, check_count, check_times, exact_number


def attended_count(t: int, short_term: int, relevant: int) -> int:
    """|N_t| = min(t, nu + min(rho, max(0, t - nu))): short-term buffer plus relevant set.

    >>> attended_count(7, 3, 2)
    5
    """
    check_count("t", t, 1)
    check_count("short_term", short_term, 1)
    check_count("relevant", relevant, 0)
    return min(t, short_term + min(relevant, max(0, t - short_term)))


def screening_gap(t: int, T: int, short_term: int, retained: Iterable[int]) -> int:
    """Distance from t to the first index >= t that is attended at T: in the retained set or among the last nu."""
    check_times(T, t)
    check_count("short_term", short_term, 1)
    attended = [*retained, *range(max(1, T - short_term + 1), T + 1)]
    return min(r for r in attended if r >= t) - t


def screened_lower_bound(
    t: int, T: int, short_term: int, relevant: int, retained: Iterable[int], eigenvalue: Exact
) -> Exact:
    """kappa**-(1+H) lambda**H <= Q_{T,t}(lambda), H = ceil(gap/nu), kappa = nu + rho, uniform weights over N_k.

    A retained t has gap 0 and the bound 1/kappa; a dropped one pays one hop per nu steps to the next retained index.
    lambda > 0 (>= 0 at gap 0), else AssumptionError. Kerg et al. (2020), Theorem 2 carried over to screening.

    >>> screened_lower_bound(1, 9, 2, 2, [1, 4], 1)
    Fraction(1, 4)
    """
    check_count("relevant", relevant, 0)
    gap = screening_gap(t, T, short_term, retained)
    hops = -(-gap // short_term)
    number = exact_number("eigenvalue", eigenvalue)
    if not (hops == 0 and number == 0):
        require(
            "screened_lower_bound",
            PositiveEigenvalue(as_sympy(number)),
            instead="Use sparse_attention_gain on the recorded pattern, exact for every eigenvalue.",
        )
    return number**hops / (short_term + relevant) ** (1 + hops)


def relevant_times(relevance: Sequence[Exact], relevant: int) -> tuple[int, ...]:
    """The retained set when times 1..len(relevance) have been screened: the times of the top rho relevances.

    One pass suffices because a relevance is final when its state is screened. For distinct relevances.

    >>> relevant_times([3, 1, 2], 2)
    (1, 3)
    """
    check_count("relevant", relevant, 0)
    order = sorted(range(1, len(relevance) + 1), key=lambda i: (-relevance[i - 1], i))
    return tuple(sorted(order[:relevant]))


def initial_relevance(short_term: int) -> Fraction:
    """beta(1) = H_nu under uniform attention: the score of the first state, nu/(nu + rho) being the steady one.

    >>> initial_relevance(2)
    Fraction(3, 2)
    """
    check_count("short_term", short_term, 1)
    return sum((Fraction(1, j) for j in range(1, short_term + 1)), Fraction(0))


def uniform_relevance(i: int, short_term: int, relevant: int) -> Fraction:
    """beta(i) under uniform attention: 1/|N_j| summed over j = i .. i+nu-1; nu/(nu+rho) for i >= nu+rho."""
    check_count("i", i, 1)
    terms = (Fraction(1, attended_count(j, short_term, relevant)) for j in range(i, i + short_term))
    return sum(terms, Fraction(0))


def uniform_retained(t: int, short_term: int, relevant: int) -> tuple[int, ...]:
    """The retained set at time t under uniform attention: the first min(rho, t - nu) states, for ever.

    >>> uniform_retained(50, 10, 3)
    (1, 2, 3)
    """
    check_count("t", t, 1)
    return tuple(range(1, min(relevant, max(0, t - short_term)) + 1))


def attended_pairs(T: int, short_term: int | None = None, relevant: int = 0) -> int:
    """Number of (query, key) pairs up to T: T(T+1)/2 for full attention, at most T(nu + rho) for screened.

    >>> attended_pairs(4), attended_pairs(4, 1, 1)
    (10, 7)
    """
    check_count("T", T, 1)
    if short_term is None:
        return T * (T + 1) // 2
    return sum(attended_count(t, short_term, relevant) for t in range(1, T + 1))


def cost_exponent(attention: str) -> int:
    """Exponent in T of time and of saved activations: 2 for "full" attention, 1 for "screened" and "none".

    The degree of attended_pairs in T. Kerg et al. (2020): from quadratic to linear in sequence length.
    """
    degrees = {"full": 2, "screened": 1, "none": 1}
    if attention not in degrees:
        raise ValueError(f"attention must be one of {', '.join(degrees)}; got {attention!r}.")
    return degrees[attention]


def screening_derivation() -> tuple[Step, ...]:
    """Steady score, its excess for the first state, and the degree of the number of attended pairs."""
    T, nu, rho = sp.symbols("T nu rho", positive=True)
    lam, kappa = sp.symbols("lambda kappa", positive=True)
    H, j = sp.symbols("H j", nonnegative=True)
    full = T * (T + 1) / 2
    screened = (nu + rho) * T - (nu + rho) * (nu + rho - 1) / 2
    return (
        Identity(
            "one more hop costs lambda/kappa",
            kappa ** (-2 - H) * lam ** (H + 1) / (kappa ** (-1 - H) * lam**H),
            lam / kappa,
            lam / kappa**2,
        ),
        Nonnegative(
            "1/j >= 1/(nu + rho) for j <= nu + rho",
            1 / j - 1 / (nu + rho),
            1 / j - 2 / (nu + rho),
            substitution={nu: j + sp.Symbol("w", nonnegative=True), rho: sp.Symbol("r", nonnegative=True)},
        ),
        Limit("full attention: pairs/T^2", full / T**2, T, sp.oo, sp.Rational(1, 2), sp.Integer(0)),
        Limit("screened attention: pairs/T", screened / T, T, sp.oo, nu + rho, nu),
    )
