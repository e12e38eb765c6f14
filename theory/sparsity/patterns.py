"""Which keys a query can keep: chambers of an arrangement of hyperplanes, and Wendel's probability of a null query."""

from fractions import Fraction
from math import comb
from typing import Any

import sympy as sp

from theory.derivation import Identity, Induction, Step
from theory.sparsity._validate import whole_number


def support_pattern_count(n_keys: int, dim: int) -> int:
    """Number of supports that queries in R^*dim* can select from *n_keys* keys in general position.

    A rectified row is a set of n linear threshold gates in the query, all through the origin; the count is that of the
    chambers of a central arrangement, 2 sum_{i<d} C(n-1, i). Schläfli; Cover (1965). All 2^n iff n <= dim.

    >>> support_pattern_count(4, 2)
    8
    """
    n, d = whole_number("n_keys", n_keys), whole_number("dim", dim)
    return 2 * sum(comb(n - 1, i) for i in range(d))


def thresholded_pattern_count(n_keys: int, dim: int) -> int:
    """The same count when every key has a threshold of its own (a key bias seen by the query): sum_{i<=d} C(n, i).

    >>> thresholded_pattern_count(4, 2)
    11
    """
    n, d = whole_number("n_keys", n_keys), whole_number("dim", dim)
    return sum(comb(n, i) for i in range(d + 1))


def null_query_probability(n_keys: int, dim: int) -> Fraction:
    """Probability that *some* query nulls a random symmetric key set: its keys lie in one half-space.

    Wendel (1962): 2^{1-n} sum_{i<d} C(n-1, i); 1 for n <= dim, 1/2 at n = 2 dim. Not the null probability of a row.

    >>> null_query_probability(4, 2)
    Fraction(1, 2)
    """
    return Fraction(support_pattern_count(n_keys, dim), 2 ** whole_number("n_keys", n_keys))


def pattern_derivation() -> tuple[Step, ...]:
    """Adding a key cuts as many chambers as the arrangement on its hyperplane has: C(n+1, d) = C(n, d) + C(n, d-1)."""
    n, i = sp.Symbol("n", integer=True, positive=True), sp.Symbol("i", integer=True, positive=True)

    def term(keys: Any, index: Any) -> Any:
        return 2 * sp.gamma(keys) / (sp.gamma(index + 1) * sp.gamma(keys - index))

    return (
        Induction(
            "the sum 2 sum_{i<d} C(n-1, i) obeys the recursion, term by term",
            base=Identity("one key has two sides", term(sp.Integer(1), sp.Integer(0)), sp.Integer(2), sp.Integer(1)),
            step=Identity("Pascal", term(n + 1, i), term(n, i) + term(n, i - 1), term(n, i) + term(n, i)),
        ),
        Identity(
            "at n = 2d the sum is half of 2^(n-1): C(2d-1, i) = C(2d-1, 2d-1-i)",
            term(2 * n, i),
            term(2 * n, 2 * n - 1 - i),
            term(2 * n, 2 * n - i),
        ),
    )
