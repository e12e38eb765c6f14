"""The paper's synthetic experiment: end points, irrelevant words, losses of the three heads and the ablations."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from numerics.dynamics.residual_studies import Residual, summarise_residual
from numerics.dynamics.sentences import Floats, Sentences, draw_topic_sentences
from numerics.dynamics.simulate import simulate_attention
from numerics.dynamics.start import draw_start
from numerics.dynamics.trajectory import Trajectory

LENGTH = 20


@dataclass(frozen=True, eq=False)
class PaperRun:
    """One training run; ``coupling`` = |query|^2 at the start."""

    data: Sentences
    run: Trajectory
    coupling: float

    @property
    def end_point(self) -> Residual:
        """Means over the topic words at the end."""
        return summarise_residual(self.run, self.data, mass=LENGTH, coupling=self.coupling)

    @property
    def irrelevant(self) -> tuple[Floats, Floats]:
        """Scores and norms of the irrelevant words at the end, shape (R,) each."""
        first = len(self.data.topics)
        return self.run.scores[-1, first:], self.run.norms[-1, first:]


@lru_cache(maxsize=8)
def train_paper_task(
    head: str = "fixed",
    *,
    sentences: int,
    seed: int,
    rate: float = 0.1,
    steps: int = 5000,
    moments: int = 1,
    irrelevant: int = 5000,
    symmetric: bool = False,
    freeze: str = "",
    train_query: bool = False,
    embedding_scale: float = 1e-6,
) -> PaperRun:
    """4 classes, 2 topic words each, m = 20, d = 10, query from N(0, 0.3^2), full-batch SGD, as in the authors' code.

    ``moments``: how many equally spaced steps after the start are recorded; ``symmetric``: an orthonormal fixed head in
    place of the authors' random one; ablations: ``freeze`` "keys" or "embeddings", ``train_query``, from larger
    embeddings (``embedding_scale`` 0.1 in the authors' configurations).
    """
    data = draw_topic_sentences(sentences, irrelevant=irrelevant, length=LENGTH, rng=seed)
    options: dict[str, Any] = {"matrix": np.eye(10)[:, :4]} if symmetric else {}
    query = draw_start(1, 4, seed=seed).query
    run = simulate_attention(
        data, head=head, rate=rate, steps=steps, seed=seed, query=query, freeze=freeze, train_query=train_query,
        embedding_scale=embedding_scale, record=[round(steps * k / moments) for k in range(moments + 1)], **options,
    )  # fmt: skip
    return PaperRun(data, run, float(query @ query))


def measure_irrelevant_norm(**options: Any) -> dict[str, float]:
    """Root mean square ``norm`` of the irrelevant words at the end, beside the topic words' mean ``score``."""
    seen = train_paper_task(**options)
    norms = seen.irrelevant[1]
    return {
        "norm": float(np.sqrt((norms**2).mean())), "score": seen.end_point.score, "coupling": seen.coupling,
    }  # fmt: skip


def measure_learning_time(loss: float, **options: Any) -> float:
    """First recorded training time at which the loss is at most *loss*; infinite if it never is."""
    run = train_paper_task(**options).run
    reached = np.flatnonzero(run.loss <= loss)
    return float(run.time[reached[0]]) if len(reached) else float("inf")
