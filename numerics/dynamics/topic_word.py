"""Gradient flow of one topic word under a fixed head, in log time, to horizons like 1e120.

Frozen irrelevant words at score 0 and embedding 0, infinitely many sentences: the state is the word's score and its
embedding (all coordinates), the force comes from the softmax of the head's logits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from numerics.dynamics._validate import as_matrix, as_times, check_choice, check_count, check_positive
from numerics.dynamics.sentences import Floats
from numerics.errors import SolverUndecided


@dataclass(frozen=True, eq=False)
class TopicRun:
    """Moments of the flow (n,): ``attention_gap`` = 1 - attention without cancellation, ``margin`` the least one.

    ``embedding`` (n, d).
    """

    time: Floats
    score: Floats
    norm: Floats
    attention: Floats
    attention_gap: Floats
    loss: Floats
    margin: Floats
    embedding: Floats


def flow_topic_word(
    head: Any,
    label: int,
    *,
    mass: float,
    frequency: float,
    times: Sequence[float],
    coupling: float = 1.0,
    embedding: Any = None,
    score: float = 0.0,
    freeze: str = "",
    tolerance: float = 1e-11,
) -> TopicRun:
    """Follow one topic word of class *label* from time 0, with head (d, C) and *mass* irrelevant words at score 0.

    ``frequency``: share of sentences with this word; ``coupling`` = (key rate / embedding rate) |query|^2; time in
    units of the embeddings' rate; ``embedding``, ``score``: where it starts (0); ``freeze``: "", "keys" or
    "embeddings". ValueError for times above 1e300. SolverUndecided if the solver gives up.
    """
    columns = as_matrix("head", head, (None, None))
    check_count("columns of head", columns.shape[1], 2)
    check_choice("freeze", freeze, ("", "keys", "embeddings"))
    if check_count("label", label, 0) >= columns.shape[1]:
        raise ValueError(f"label must be below {columns.shape[1]}, got label={label}.")
    moments = as_times("times", times)
    if moments[-1] > 1e300:
        raise ValueError(f"times must not exceed 1e300 (attention gaps underflow), got {moments[-1]!r}.")
    m, p, rho = (check_positive(n, x) for n, x in (("mass", mass), ("frequency", frequency), ("coupling", coupling)))
    if p > 1:
        raise ValueError(f"frequency must lie in (0, 1], got frequency={frequency!r}.")
    d = columns.shape[0]
    first = np.zeros(d) if embedding is None else np.atleast_1d(np.asarray(embedding, dtype=np.float64))
    if first.shape != (d,):
        raise ValueError(f"embedding must have shape ({d},), got {first.shape}.")
    for name, value in (("embedding", embedding), ("score", score)):
        if value is not None and not np.isfinite(value).all():
            raise ValueError(f"{name} must be finite, got {value!r}.")
    others = np.delete(columns, label, axis=1)
    gaps = columns[:, [label]] - others  # (d, C - 1): own column minus each other
    pace_v, pace_s = float(freeze != "embeddings"), float(freeze != "keys")

    def parts(state: Floats) -> tuple[float, Floats]:
        """1 - attention, and the margins over the other classes."""
        rest = m * np.exp(-state[0])
        gap = rest / (1 + rest)
        return gap, (1 - gap) * (state[1:] @ gaps)

    def velocity(log_time: float, state: Floats) -> Floats:
        gap, margins = parts(state)
        low = min(0.0, float(margins.min()))
        odds = np.exp(low - margins)  # of each wrong class against the right one, times e^low
        wrong = odds / (np.exp(low) + odds.sum())
        move = p * (1 - gap) * (gaps @ wrong) * np.exp(log_time)
        return np.concatenate([[pace_s * rho * gap * (state[1:] @ move)], pace_v * move])

    start = np.concatenate([[float(score)], first])
    solved = solve_ivp(
        velocity, (0.0, float(np.log1p(moments[-1]))), start, method="LSODA", t_eval=np.log1p(moments),
        rtol=tolerance, atol=tolerance * 1e-3,
    )  # fmt: skip
    if not solved.success:
        raise SolverUndecided(f"the flow could not be followed to time {moments[-1]}: {solved.message}")
    states = solved.y.T
    found = [parts(state) for state in states]
    gap, margins = np.array([f[0] for f in found]), np.array([f[1] for f in found])
    worst = np.minimum(margins.min(axis=1), 0.0)
    loss = np.log1p(np.exp(worst) - 1 + np.exp(worst[:, None] - margins).sum(axis=1)) - worst
    return TopicRun(
        moments, states[:, 0], np.linalg.norm(states[:, 1:], axis=1), 1 - gap, gap, loss, margins.min(axis=1),
        states[:, 1:],
    )  # fmt: skip


def measure_half_time(head: Any, label: int, *, mass: float, upper: float, **options: Any) -> float:
    """Time, before *upper*, at which attention on the topic word reaches one half, by root finding over flows."""
    high = check_positive("upper", upper)

    def excess(log_time: float) -> float:
        run = flow_topic_word(head, label, mass=mass, times=[float(np.exp(log_time))], **options)
        return float(run.attention[0]) - 0.5

    if excess(float(np.log(high))) < 0:
        raise SolverUndecided(f"attention stays below one half until time {high}.")
    return float(np.exp(brentq(excess, np.log(high) - 40, np.log(high), xtol=1e-10)))
