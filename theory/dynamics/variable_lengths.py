"""SEN where sentences differ: bounds by the extreme masses, and the mass that fits at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from theory.derivation import Identity, Nonnegative, Step
from theory.dynamics._validate import Exact, exact, positive
from theory.dynamics.sen import sen_norm, sen_score


@dataclass(frozen=True)
class Bounds:
    """A lower and an upper bound of one quantity."""

    lower: Any
    upper: Any


def sen_norm_bounds(
    score: Exact, least_mass: Exact, greatest_mass: Exact, coupling: Exact = 1, score0: Exact = 0, norm0: Exact = 0
) -> Bounds:
    """Norm of a word with this score when the masses of its sentences lie between two values.

    Assumes v . h >= 0 in every sentence (each one pulls the embedding outwards). The greater mass gives the lower
    bound.

    >>> sen_norm_bounds(0, 2, 5)
    Bounds(lower=0, upper=0)
    """
    least, greatest = positive("least_mass", least_mass), positive("greatest_mass", greatest_mass)
    if (greatest - least).is_extended_negative:
        raise ValueError(f"least_mass must not exceed greatest_mass, got {least} and {greatest}.")
    arguments = (coupling, score0, norm0)
    return Bounds(sen_norm(score, greatest, *arguments), sen_norm(score, least, *arguments))


def sen_score_bounds(
    norm: Exact, least_mass: Exact, greatest_mass: Exact, coupling: Exact = 1, score0: Exact = 0, norm0: Exact = 0
) -> Bounds:
    """The same bounds for the score of a word with this norm; at fixed norm the score increases with the mass.

    >>> sen_score_bounds(0, 2, 5)
    Bounds(lower=0, upper=0)
    """
    arguments = (coupling, score0, norm0)
    return Bounds(sen_score(norm, least_mass, *arguments), sen_score(norm, greatest_mass, *arguments))


def effective_mass(frequencies: Mapping[Any, Exact]) -> Any:
    """The one mass that SEN needs at small scores: E[a]/E[a^2] - 1 with a = 1/(1 + L), not the mean length.

    ``frequencies``: weight of each number L of irrelevant words, over the sentences that hold the word (any scale).

    >>> effective_mass({4: 1, 19: 1})
    83/17
    """
    if not frequencies:
        raise ValueError("frequencies must name at least one length, got none.")
    share = {positive("length", length): positive("frequency", weight) for length, weight in frequencies.items()}
    first = sum(w / (1 + length) for length, w in share.items())
    second = sum(w / (1 + length) ** 2 for length, w in share.items())
    return sp.cancel(first / second - 1)


def mean_mass(frequencies: Mapping[Any, Exact]) -> Any:
    """Mean number of irrelevant words, the value used in the paper's real-text figures.

    >>> mean_mass({4: 1, 19: 1})
    23/2
    """
    total = sum(exact("frequency", w) for w in frequencies.values())
    return sum(exact("length", length) * w for length, w in frequencies.items()) / total


def sandwich_derivation() -> tuple[Step, ...]:
    """Steps behind the bounds and the effective mass.

    With weights a_i (1 - a_i) g_i, g_i = v . h_i >= 0, the score moves by coupling sum a_i (1 - a_i) g_i while half the
    squared norm moves by sum a_i g_i; (1 + e^s/M)(1 - a_i) >= 1 where M_i >= M.
    """
    e, least, more = sp.symbols("E M w", positive=True)  # E = e^s, M_i = M + w
    growth = (1 + e / least) * (least + more) / (e + least + more)
    twin = (1 + e / (least + 2 * more)) * (least + more) / (e + least + more)
    a, b, p, r = sp.symbols("a b p r", positive=True)  # attention and frequency of two lengths at s = 0
    mass = (p * a + r * b) / (p * a**2 + r * b**2) - 1
    share = (p * a * (1 - a) + r * b * (1 - b)) / (p * a + r * b)
    return (
        Nonnegative("(1 + e^s/M_least)(1 - a_i) >= 1", growth - 1, twin=twin - 1),
        Identity("1 - a of the effective mass is the pulled mean", mass / (1 + mass), share, twin=share / 2),
    )
