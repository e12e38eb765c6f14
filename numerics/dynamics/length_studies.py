"""SEN where sentences have different lengths, irrelevant words frozen."""

from collections.abc import Mapping, Sequence

import numpy as np

from numerics.dynamics.flow import flow_attention
from numerics.dynamics.heads import make_head
from numerics.dynamics.sentences import make_sentences


def measure_mixed_lengths(
    frequencies: Mapping[int, float], times: Sequence[float], *, wrong: Sequence[int] = ()
) -> list[dict[str, float]]:
    """Score and norm of a topic word at *times* when its sentences have different numbers of irrelevant words.

    Gradient flow on the full tables, two classes, orthonormal fixed head, |query| = 1. ``frequencies``: length ->
    weight. Sentences of the lengths in *wrong* carry the other class's label, so that they pull the embedding back.
    """
    bags, labels, weights = [], [], []
    for topic in range(2):
        for length, weight in frequencies.items():
            bags.append([topic] + [2] * length)
            labels.append(1 - topic if length in wrong else topic)
            weights.append(weight / (2 * sum(frequencies.values())))
    data = make_sentences(bags, labels, weights=weights, topics=[0, 1])
    run = flow_attention(
        data, head=make_head("fixed", 2, 2, seed=0, matrix=np.eye(2)), keys=np.zeros((3, 1)),
        embeddings=np.zeros((3, 2)), query=[1.0], times=times, frozen=[2],
    )  # fmt: skip
    return [{"score": float(s), "norm": float(x)} for s, x in zip(run.scores[:, 0], run.norms[:, 0], strict=True)]
