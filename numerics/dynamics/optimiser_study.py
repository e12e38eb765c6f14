"""What the optimiser does to SEN: norms at equal score, irrelevant words frozen, so that nothing else is left."""

from typing import Any

import numpy as np

from numerics.dynamics._validate import check_positive
from numerics.dynamics.residual_studies import one_sentence_per_topic
from numerics.dynamics.training import train_attention
from numerics.errors import SolverUndecided


def measure_norm_at_score(
    score: float, *, rate: float, steps: int, length: int = 10, classes: int = 4, query: float = 1.0, **options: Any
) -> float:
    """Norm of the first topic word when its score passes *score*, interpolated between two steps.

    One topic word per class, orthonormal fixed head, *length* irrelevant words frozen at 0; ``options`` of
    :func:`train_attention` (optimiser, momentum, weight_decay, train_query ...). SolverUndecided if the score is not
    reached in *steps* steps.
    """
    check_positive("score", score)
    data = one_sentence_per_topic(topics=classes, classes=classes, length=length)
    options = {"matrix": np.eye(classes), "width": classes, "query": [query], "embedding_scale": 1e-6, **options}
    run = train_attention(
        data, rate=rate, steps=steps, seed=0, record=range(steps + 1), frozen_words=[classes], **options
    )
    reached = np.flatnonzero(run.scores[:, 0] >= score)
    if not len(reached) or reached[0] == 0:
        raise SolverUndecided(f"the score stays below {score} for {steps} steps.")
    k = int(reached[0])
    return float(np.interp(score, run.scores[k - 1 : k + 1, 0], run.norms[k - 1 : k + 1, 0]))
