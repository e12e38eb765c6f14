"""The SEN identity: a topic word's score fixes the norm of its embedding, whatever the classifier.

Lu, Mao, Nayak (2021), Theorem 1, in the general form: gradient flow on keys and embeddings with a fixed query, a topic
word that occurs ``multiplicity`` times beside a rest of the sentence of constant mass M (the sum of e^score over the
other tokens) and constant mean u. Then s + (c/M) e^s - (coupling/2) |v - u|^2 does not change.
"""

from typing import Any

import sympy as sp

from theory.dynamics._validate import Exact, count, exact, nonnegative, positive
from theory.errors import AssumptionError


def sen_potential(score: Exact, mass: Exact, multiplicity: Exact = 1) -> Any:
    """F(s) = s + (c/M) e^s, the side of the identity that depends on the score.

    >>> sen_potential(0, 20)
    1/20
    """
    return exact("score", score) + count("multiplicity", multiplicity, 1) / positive("mass", mass) * sp.exp(score)


def sen_norm(
    score: Exact, mass: Exact, coupling: Exact = 1, score0: Exact = 0, norm0: Exact = 0, multiplicity: Exact = 1
) -> Any:
    """|v - u| of a word whose score is *score*: sqrt(norm0^2 + (2/coupling) (F(score) - F(score0))), F = sen_potential.

    ``mass``: e^score summed over the other tokens of the sentence (m for m irrelevant words at score 0). ``coupling`` =
    (key rate / embedding rate) |query|^2. ``score0``, ``norm0``: where training began. Lu, Mao, Nayak (2021), Theorem
    1. Raises AssumptionError for a score that no norm reaches, ValueError for mass, coupling <= 0 or multiplicity <
    1.

    >>> sen_norm(1, 2)
    sqrt(1 + E)
    """
    rate = positive("coupling", coupling)
    gained = sen_potential(score, mass, multiplicity) - sen_potential(score0, mass, multiplicity)
    square = sp.expand(nonnegative("norm0", norm0) ** 2 + 2 * gained / rate)
    if square.is_extended_negative:
        least = sen_score(0, mass, coupling, score0, norm0, multiplicity)
        raise AssumptionError(
            f"no norm belongs to score={score}: from score0={score0}, norm0={norm0} the score cannot fall below "
            f"{sp.N(least, 6)}. Give a score of at least that, or the true starting point."
        )
    return sp.sqrt(square)


def sen_score(
    norm: Exact, mass: Exact, coupling: Exact = 1, score0: Exact = 0, norm0: Exact = 0, multiplicity: Exact = 1
) -> Any:
    """Score of a word with |v - u| = *norm*: the inverse of :func:`sen_norm`, log((M/c) W((c/M) e^B)).

    W is Lambert's function and B = F(score0) + coupling (norm^2 - norm0^2)/2. This form loses no digits; the equal
    B - W(..) cancels. Raises AssumptionError for norm < 0, ValueError for mass, coupling <= 0 or multiplicity < 1.

    >>> sen_score(0, 20)
    0
    """
    reached = exact("norm", norm)
    if reached.is_extended_negative:
        raise AssumptionError(f"norm must be at least 0, got norm={norm}: a norm is a length.")
    share = count("multiplicity", multiplicity, 1) / positive("mass", mass)
    rate, start = positive("coupling", coupling), nonnegative("norm0", norm0)
    if reached == start:
        return exact("score0", score0)
    level = sen_potential(score0, mass, multiplicity) + rate * (reached**2 - start**2) / 2
    return sp.log(sp.LambertW(share * sp.exp(level)) / share)


def attention_weight(score: Exact, mass: Exact, multiplicity: Exact = 1) -> Any:
    """Total attention c e^s / (c e^s + M) on a word that occurs c times; one token of it has the c-th part.

    >>> attention_weight(0, 20)
    1/21
    """
    own = count("multiplicity", multiplicity, 1) * sp.exp(exact("score", score))
    return own / (own + positive("mass", mass))
