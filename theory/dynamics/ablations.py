"""Training only the embeddings, or only the keys: what each does alone, as theorems.

Setting as in :mod:`theory.dynamics.margins`.
"""

from typing import Any

import sympy as sp

from theory.derivation import Identity, Limit, Monotone, Nonnegative, Step
from theory.dynamics._validate import Exact, count, fraction_of, nonnegative, positive
from theory.dynamics.margins import margin_level, margin_loss, margin_of_level
from theory.dynamics.sen import attention_weight


def frozen_key_margin(time: Exact, mass: Exact, classes: Exact, separation: Exact, frequency: Exact) -> Any:
    """Exact margin with frozen keys (attention 1/(1 + m) for ever): G^-1(1/(C-1) + p D^2 time/(1 + m)^2).

    >>> frozen_key_margin(0, 20, 4, 1, 1)
    0
    """
    pace = fraction_of("frequency", frequency) * positive("separation", separation) ** 2
    grown = pace * attention_weight(0, mass) ** 2 * nonnegative("time", time)
    return margin_of_level(1 / (count("classes", classes, 2) - sp.Integer(1)) + grown, classes)


def frozen_key_norm(time: Exact, mass: Exact, classes: Exact, separation: Exact, frequency: Exact) -> Any:
    """|v| with frozen keys: (1 + m) margin / D.

    >>> frozen_key_norm(0, 20, 4, 1, 1)
    0
    """
    margin = frozen_key_margin(time, mass, classes, separation, frequency)
    return margin / (attention_weight(0, mass) * positive("separation", separation))


def frozen_key_loss(time: Exact, mass: Exact, classes: Exact, separation: Exact, frequency: Exact) -> Any:
    """Loss of the word's sentences with frozen keys; (1 + m)^2 times that of full training in the long run.

    >>> frozen_key_loss(0, 20, 4, 1, 1)
    log(4)
    """
    return margin_loss(frozen_key_margin(time, mass, classes, separation, frequency), classes)


def frozen_embedding_floor(norm: Exact, classes: Exact, separation: Exact) -> Any:
    """The loss that training only the keys tends to and never goes below: log(1 + (C-1) e^(-D |v|)).

    ``norm``: the frozen length of the embedding along its class's ray.

    >>> frozen_embedding_floor(0, 4, 1)
    log(4)
    """
    return margin_loss(positive("separation", separation) * nonnegative("norm", norm), classes)


def frozen_embedding_gap(
    time: Exact, norm: Exact, classes: Exact, separation: Exact, frequency: Exact, coupling: Exact = 1
) -> Any:
    """1 - a with frozen embeddings in the long run: 1/(coupling p D |v| b time), b = (C-1)/(C-1 + e^(D |v|)).

    >>> frozen_embedding_gap(2, 1, 2, 1, 1)
    1/2 + E/2
    """
    d, x, others = positive("separation", separation), positive("norm", norm), count("classes", classes, 2) - 1
    wrong = others / (others + sp.exp(d * x))
    pull = positive("coupling", coupling) * fraction_of("frequency", frequency) * d * x * wrong
    return sp.expand(1 / (pull * positive("time", time)))


def ablation_derivation() -> tuple[Step, ...]:
    """Frozen keys solve the flow in closed form and are the slower; frozen embeddings leave a positive loss."""
    p, d, a0, others = sp.symbols("p D a0 K", positive=True)
    mu, gained, square = sp.Symbol("mu", real=True), sp.Symbol("g", nonnegative=True), sp.Symbol("z", nonnegative=True)
    b = others / (others + sp.exp(mu))
    level_speed = sp.diff(mu + sp.exp(mu) / others, mu) * (p * d**2 * a0**2 * b)
    rho, x, wrong, s, m = sp.symbols("rho x b s m", positive=True)
    attention = attention_weight(s, m)
    return (
        Identity("frozen keys: G' = p D^2 a0^2", level_speed, p * d**2 * a0**2, twin=p * d**2 * a0),
        Nonnegative(
            "full training is never slower: a^2 (1 + z) - a0^2 >= 0",
            (a0 + gained) ** 2 * (1 + square) - a0**2,
            twin=(a0 + gained) ** 2 - (1 + square) * a0**2,
        ),
        Identity(
            "frozen embeddings: (1/(1 - a))' = coupling p D x b a^2",
            sp.diff(1 / (1 - attention), s) * rho * attention * (1 - attention) * p * x * d * wrong,
            rho * p * d * x * wrong * attention**2,
            twin=rho * p * d * x * wrong * attention,
        ),
        Limit(
            "frozen keys: loss p D^2 t/(1 + m)^2 = loss (G - 1/(C-1)) -> 1",
            margin_loss(s, 4) * (margin_level(s, 4) - sp.Rational(1, 3)),
            s,
            sp.oo,
            sp.Integer(1),
            twin=sp.Integer(3),
        ),
        Monotone(
            "the floor falls with the frozen norm, and stays positive at any",
            -margin_loss(d * x, 4),
            x,
            3 * d * sp.exp(-d * x) / (1 + 3 * sp.exp(-d * x)),
            Nonnegative("1 >= 0", sp.Integer(1), twin=sp.Integer(-1)),
            twin=-margin_loss(d * x, 2),
        ),
    )
