"""How far trained models are from SEN: residual against step, vocabulary, sample size and optimiser, one at a time."""

from dataclasses import astuple, dataclass
from typing import Any

import numpy as np

from numerics.dynamics._validate import check_positive
from numerics.dynamics.sentences import Sentences, draw_topic_sentences, drop_unused_words, make_sentences
from numerics.dynamics.simulate import simulate_attention
from numerics.dynamics.trajectory import Trajectory
from numerics.errors import SolverUndecided


@dataclass(frozen=True)
class Residual:
    """Means over the topic words at one moment.

    ``score``, ``norm``, ``attention``; ``residual`` = score + (e^score - 1)/mass - coupling norm^2/2; ``excess``: norm
    relative to the SEN norm of the score, minus 1; ``accuracy``, ``loss`` of the model; ``time``.
    """

    score: float
    norm: float
    residual: float
    excess: float
    attention: float
    accuracy: float
    loss: float
    time: float


def summarise_residual(run: Trajectory, data: Sentences, *, mass: float, coupling: float, moment: int = -1) -> Residual:
    """The residual of a trained model's topic words at one recorded moment (the last one)."""
    check_positive("mass", mass)
    check_positive("coupling", coupling)
    topics = list(data.topics)
    if not topics:
        raise ValueError("the residual needs data with topic words.")
    scores, norms = run.scores[moment, topics], run.norms[moment, topics]
    grown = scores + np.expm1(scores) / mass
    with np.errstate(invalid="ignore"):
        excess = np.sqrt(coupling) * norms / np.sqrt(2 * grown) - 1
    return Residual(
        float(scores.mean()), float(norms.mean()), float((grown - coupling * norms**2 / 2).mean()),
        float(excess.mean()), float(run.attention[moment, topics].mean()), float(run.accuracy[moment]),
        float(run.loss[moment]), float(run.time[moment]),
    )  # fmt: skip


def one_sentence_per_topic(*, topics: int, classes: int, length: int) -> Sentences:
    """One sentence per topic word: it and *length* times one irrelevant word (number *topics*), to be frozen.

    >>> one_sentence_per_topic(topics=2, classes=2, length=3).lengths.tolist()
    [4, 4]
    """
    bags = [[t] + [topics] * length for t in range(topics)]
    labels = [t * classes // topics for t in range(topics)]
    return make_sentences(bags, labels, words=topics + 1, classes=classes, topics=range(topics))


def measure_step_residual(
    rate: float, *, length: int = 10, end: float = 400.0, head: Any = None, embedding_scale: float = 1e-9
) -> Residual:
    """Train with frozen irrelevant words up to time *end* at one rate: all that is left of the residual is the step's.

    ``head``: (d, C) fixed; default the identity for 4 classes (2 topic words each). |query| = 1.
    """
    matrix = np.eye(4) if head is None else np.asarray(head, dtype=np.float64)
    data = one_sentence_per_topic(topics=2 * matrix.shape[1], classes=matrix.shape[1], length=length)
    steps = round(end / check_positive("rate", rate))
    run = simulate_attention(
        data, rate=rate, steps=steps, seed=0, matrix=matrix, width=matrix.shape[0], query=[1.0],
        embedding_scale=embedding_scale, frozen_words=[len(data.topics)], record=[steps],
    )  # fmt: skip
    return summarise_residual(run, data, mass=length, coupling=1.0)


def measure_training_residual(
    *,
    sentences: int,
    irrelevant: int,
    rate: float,
    until_score: float,
    length: int = 20,
    classes: int = 4,
    words_per_class: int = 2,
    width: int = 10,
    orthogonal: bool = True,
    head: str = "fixed",
    seed: int = 0,
    steps: int = 20000,
) -> Residual:
    """Train everything on the paper's task, with |query| = 1, to the moment when the mean topic score is *until_score*.

    Between two steps the moment is interpolated: rates are compared at equal score, not at equal time.
    ``orthogonal``: head with orthonormal columns, else the authors' random one.
    """
    drawn = draw_topic_sentences(
        sentences, classes=classes, words_per_class=words_per_class, irrelevant=irrelevant, length=length, rng=seed
    )
    data = drop_unused_words(drawn)
    matrix = np.eye(width)[:, :classes] if orthogonal and head != "mlp" else None
    run = simulate_attention(
        data, head=head, rate=rate, steps=steps, seed=seed, matrix=matrix, width=width, query=[1.0],
        embedding_scale=1e-6, until_score=until_score, record=[steps],
    )  # fmt: skip
    if float(run.scores[-1, list(data.topics)].mean()) < until_score:
        raise SolverUndecided(f"the mean topic score stays below {until_score} for {steps} steps.")
    before, after = (astuple(summarise_residual(run, data, mass=length, coupling=1.0, moment=k)) for k in (-2, -1))
    share = (until_score - before[0]) / (after[0] - before[0])
    return Residual(*(b + share * (a - b) for b, a in zip(before, after, strict=True)))


def extrapolated_residual(*, rate: float, **options: Any) -> float:
    """Residual with its part of first order in the rate removed: 2 residual(rate/2) - residual(rate)."""
    return (
        2 * measure_training_residual(rate=rate / 2, **options).residual
        - measure_training_residual(rate=rate, **options).residual
    )
