"""Gradient flow in the limit of infinitely many sentences over a finite vocabulary, irrelevant words trained too.

Irrelevant words are exchangeable in that limit: they share one score and one embedding. An irrelevant word is met m/R
times per sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from numerics.dynamics._validate import as_matrix, as_times, check_count, check_positive
from numerics.dynamics.sentences import Floats
from numerics.errors import SolverUndecided


@dataclass(frozen=True, eq=False)
class PopulationRun:
    """``time`` (n,); ``scores``, ``norms`` (n, T) of topic words; ``rest_score``, ``rest_norm`` (n,) of others."""

    time: Floats
    scores: Floats
    norms: Floats
    rest_score: Floats
    rest_norm: Floats


def flow_population(
    head: Any,
    *,
    words_per_class: int,
    irrelevant: int,
    length: int,
    times: Sequence[float],
    coupling: float = 1.0,
    until_score: float | None = None,
    tolerance: float = 1e-12,
) -> PopulationRun:
    """Follow topic words (equally frequent) and irrelevant words of the paper's task from 0, head (d, C) fixed.

    ``length``: irrelevant words per sentence, drawn with replacement from ``irrelevant``. ``until_score``: stop when
    the mean topic score gets there; that moment is then the last. ValueError for times above 1e8. SolverUndecided if
    the solver gives up.
    """
    columns = as_matrix("head", head, (None, None))
    moments = as_times("times", times)
    if moments[-1] > 1e8:
        raise ValueError(
            "times must not exceed 1e8 (speeds fall below the solver's tolerance), "
            f"got {moments[-1]:g}; flow_topic_word goes further."
        )
    d, classes = columns.shape
    check_count("columns of head", classes, 2)
    m, size = check_count("length", length, 1), check_count("irrelevant", irrelevant, 1)
    rho, topics = check_positive("coupling", coupling), classes * check_count("words_per_class", words_per_class, 1)
    labels = np.arange(topics) // words_per_class
    own = columns[:, labels].T

    def velocity(_: float, state: Floats) -> Floats:
        scores, rest_score, tables, rest = _split(state, topics, d)
        grown, others = np.exp(scores), np.exp(rest_score)
        total = grown + m * others
        a, b = grown / total, others / total
        context = a[:, None] * tables + (m * b)[:, None] * rest
        logits = context @ columns
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        force = own - chances @ columns.T
        score_speed = rho * a / topics * np.einsum("td,td->t", tables - context, force)
        rest_speed = rho * m / size * float(b @ np.einsum("td,td->t", rest - context, force)) / topics
        table_speed = a[:, None] * force / topics
        moved = m / size * (b @ force) / topics
        return np.concatenate([score_speed, [rest_speed], table_speed.ravel(), moved])

    def arrived(_: float, state: Floats) -> float:
        return float(state[:topics].mean()) - (np.inf if until_score is None else until_score)

    arrived.terminal = True  # type: ignore[attr-defined]
    first = np.zeros(topics + 1 + topics * d + d)
    solved = solve_ivp(
        velocity, (0.0, float(moments[-1])), first, method="DOP853", t_eval=moments, rtol=tolerance,
        atol=tolerance / 10, events=arrived if until_score is not None else None,
    )  # fmt: skip
    if not solved.success:
        raise SolverUndecided(f"the flow could not be followed to time {moments[-1]}: {solved.message}")
    # SciPy gives empty lists where the event comes before every moment
    states, seen = np.asarray(solved.y).reshape(first.size, -1).T, np.asarray(solved.t)
    if until_score is not None:
        if not len(solved.t_events[0]):
            raise SolverUndecided(f"the mean topic score stays below {until_score} until time {moments[-1]}.")
        states, seen = (
            np.vstack([states, solved.y_events[0]]),
            np.append(seen, solved.t_events[0]),
        )
    parts = [_split(state, topics, d) for state in states]
    return PopulationRun(
        seen,
        np.array([p[0] for p in parts]),
        np.array([np.linalg.norm(p[2], axis=1) for p in parts]),
        np.array([p[1] for p in parts]),
        np.array([np.linalg.norm(p[3]) for p in parts]),
    )


def _split(state: Floats, topics: int, d: int) -> tuple[Floats, float, Floats, Floats]:
    tables = state[topics + 1 : topics + 1 + topics * d].reshape(topics, d)
    return state[:topics], float(state[topics]), tables, state[topics + 1 + topics * d :]
