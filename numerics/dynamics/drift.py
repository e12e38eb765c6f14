"""How far the irrelevant words wander while everything is trained: what the rigorous drift bound is made of."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.dynamics.sentences import draw_topic_sentences
from numerics.dynamics.simulator import Simulator
from numerics.dynamics.start import draw_start


@dataclass(frozen=True)
class Drift:
    """One topic word after training on the paper's task.

    ``residual`` = |s + (e^s - 1)/m - |v|^2/2|; ``score``, ``norm``; ``score_drift`` = max |log(M/m)| and
    ``embedding_drift`` = max |u| over times and the word's sentences; ``force`` = int mean(a |h|) dt; ``steps`` = sum
    over steps of ((e^s/m)(Ds)^2 + |Dv|^2)/2; ``least_pull``: the least v . h seen.
    """

    residual: float
    score: float
    norm: float
    score_drift: float
    embedding_drift: float
    force: float
    steps: float
    least_pull: float


def measure_drift(
    *, sentences: int, irrelevant: int, rate: float, steps: int, length: int = 20, orthogonal: bool = True,
    noise: float = 0.0, seed: int = 0, word: int = 0, width: int = 10,
) -> Drift:  # fmt: skip
    """Train on the paper's task (4 classes, 2 topic words each, |query| = 1) and follow one topic word's sentences."""
    data = draw_topic_sentences(sentences, irrelevant=irrelevant, length=length, noise=noise, rng=seed)
    matrix = np.eye(width)[:, :4] if orthogonal else None
    start = draw_start(data.words, 4, seed=seed, matrix=matrix, width=width, query=[1.0])
    scores, tables = start.keys @ start.query, start.embeddings
    head = [p.numpy() for p in start.head.parameters]
    simulator = Simulator(data, width, "fixed", "relu")
    rows = data.rows[data.tokens == word]
    others = np.stack([data.tokens[data.offsets[i] : data.offsets[i + 1]] for i in rows])[:, 1:]
    seen: dict[str, Any] = {"eps": 0.0, "delta": 0.0, "force": 0.0, "steps": 0.0, "pull": np.inf}
    for _ in range(steps):
        found = simulator.gradients(scores, tables, head)
        rest = np.exp(scores[others])
        mass = rest.sum(axis=1)
        mean = np.einsum("nl,nld->nd", rest, tables[others]) / mass[:, None]
        own = np.exp(scores[word])
        attention = own / (own + mass)
        force = found.force[rows]
        seen["eps"] = max(seen["eps"], float(np.abs(np.log(mass / length)).max()))
        seen["delta"] = max(seen["delta"], float(np.linalg.norm(mean, axis=1).max()))
        seen["force"] += rate * float(attention @ np.linalg.norm(force, axis=1))
        # the first step starts from embeddings of 1e-6 in random directions
        if np.linalg.norm(tables[word]) > 1e-4:
            seen["pull"] = min(seen["pull"], float((force @ tables[word]).min()))
        score_step, table_step = rate * found.scores, rate * found.embeddings
        moved = table_step[word] @ table_step[word]
        seen["steps"] += float(own / length * score_step[word] ** 2 + moved) / 2
        scores, tables = scores + score_step, tables + table_step
    s, x = float(scores[word]), float(np.linalg.norm(tables[word]))
    return Drift(
        abs(s + np.expm1(s) / length - x**2 / 2), s, x, seen["eps"], seen["delta"], seen["force"], seen["steps"],
        seen["pull"],
    )  # fmt: skip
