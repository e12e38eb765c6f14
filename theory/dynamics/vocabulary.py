"""SEN in a finite vocabulary: the irrelevant words' scores drift down as the topic words' go up."""

from typing import Any

import sympy as sp

from theory.derivation import Identity, Step
from theory.dynamics._validate import Exact, count, exact, positive


def vocabulary_exponent(topics: Exact, irrelevant: Exact) -> Any:
    """kappa = 1 + T/R: with R exchangeable irrelevant words their common score is -(T/R) s.

    >>> vocabulary_exponent(8, 5000)
    626/625
    """
    return 1 + count("topics", topics, 1) / count("irrelevant", irrelevant, 1)


def finite_vocabulary_norm(score: Exact, mass: Exact, topics: Exact, irrelevant: Exact, coupling: Exact = 1) -> Any:
    """|v| of a topic word in the symmetric population limit: s + (e^(kappa s) - 1)/(kappa m) = coupling |v|^2/2.

    ``mass`` = m irrelevant words per sentence; kappa = 1 + topics/irrelevant; zero start, balanced classes, a symmetric
    classifier, as many sentences as one likes. Tends to sen_norm as ``irrelevant`` grows.

    >>> finite_vocabulary_norm(0, 20, 8, 100)
    0
    """
    s, kappa = exact("score", score), vocabulary_exponent(topics, irrelevant)
    if s.is_extended_negative:
        raise ValueError(f"score must be at least 0 from a zero start, got score={s}.")
    level = s + (sp.exp(kappa * s) - 1) / (kappa * positive("mass", mass))
    return sp.sqrt(2 * level / positive("coupling", coupling))


def vocabulary_derivation() -> tuple[Step, ...]:
    """Steps to the law: the mass m e^r with r = -(T/R) s, in s' = coupling (1 - a) x x', integrated."""
    s, t = sp.symbols("s t", positive=True)
    m, topics, irrelevant, x, speed = sp.symbols("m T R x x'", positive=True)
    kappa = vocabulary_exponent(topics, irrelevant)
    mass = m * sp.exp(-topics / irrelevant * s)
    attention = sp.exp(s) / (sp.exp(s) + mass)
    score_velocity = (1 - attention) * x * speed
    return (
        Identity("the scores add up to 0", irrelevant * (-topics / irrelevant * s), -topics * s, twin=-s),
        Identity(
            "(1 + e^(kappa s)/m) s' = coupling x x'; the twin forgets the drift",
            (1 + sp.exp(kappa * s) / m) * score_velocity,
            x * speed,
            twin=(1 + sp.exp(kappa * s) / m) / (1 + sp.exp(s) / m) * x * speed,
        ),
        Identity(
            "integral of 1 + e^(kappa s)/m from 0; the twin lacks 1/kappa",
            sp.integrate(1 + sp.exp(kappa * t) / m, (t, 0, s)),
            s + (sp.exp(kappa * s) - 1) / (kappa * m),
            twin=s + (sp.exp(kappa * s) - 1) / m,
        ),
    )
