"""The same training, fast: scores in place of keys, logits in place of embeddings, one compiled pass over the tokens.

For a fixed query a key only ever moves along it, by the score's gradient times the query, so that the table of keys can
be replaced by the vector of scores with the rate (key rate) |query|^2. A linear classifier is applied to the words
before they are summed, not to the sums: C numbers per token in place of d. Nothing is approximated: gradients equal
autograd's up to rounding.
"""

from dataclasses import dataclass

import numpy as np

from numerics.dynamics import simulator_kernels as kernels
from numerics.dynamics._validate import check_choice
from numerics.dynamics.sentences import Floats, Sentences


@dataclass
class Gradients:
    """Loss, accuracy, and descent directions (minus the gradient) of scores (V,), embeddings (V, d) and head.

    ``pull`` (N, k): minus the derivative by what is averaged in each sentence; ``columns`` (d, k): a linear head.
    """

    loss: float
    accuracy: float
    scores: Floats
    embeddings: Floats
    head: list[Floats]
    pull: Floats
    columns: Floats | None

    @property
    def force(self) -> Floats:
        """Minus the derivative of the loss by each sentence's context, weights included, shape (N, d)."""
        return self.pull if self.columns is None else self.pull @ self.columns.T


class Simulator:
    """Buffers for one data set; :meth:`gradients` is the whole of the mathematics."""

    def __init__(self, data: Sentences, width: int, kind: str, activation: str) -> None:
        self._linear = check_choice("head", kind, ("fixed", "linear", "mlp")) != "mlp"
        self._trained, self._activation = kind != "fixed", activation
        self._labels, self._weights, self._total = data.labels, data.weights, float(data.weights.sum())
        self._tokens, self._offsets = data.tokens.astype(np.uint32), data.offsets.astype(np.uint32)
        self._sentences = data.rows[np.argsort(data.tokens, kind="stable")].astype(np.uint32)  # of each word's tokens
        self._cuts = np.concatenate([[0], np.cumsum(data.occurrences)]).astype(np.uint32)
        self._occurrences = np.maximum(data.occurrences, 1)
        words, sentences, seen = data.words, len(data), data.classes if self._linear else width
        self._word_table, self._word_sums, self._push = (np.empty((words, seen + k)) for k in (1, 1, 0))
        self._table, self._sums, self._means = (np.empty((sentences, seen + k)) for k in (1, 1, 0))
        self._lowered = np.empty((sentences, data.classes))

    def gradients(self, scores: Floats, embeddings: Floats, head: list[Floats]) -> Gradients:
        """Descent directions at these parameters."""
        weights = np.exp(scores - scores.max())
        rows = embeddings @ head[0] if self._linear else embeddings  # what is averaged in a sentence
        kernels.weigh_rows(rows, weights, self._word_table)
        kernels.sum_rows(self._tokens, self._offsets, self._word_table, self._sums)
        kernels.average_rows(self._sums, self._means)
        inner, logits = (None, self._means) if self._linear else self._layers(head)
        kernels.lower_rows(logits, self._lowered)
        pull = np.exp(self._lowered)
        loss, right = kernels.classify_rows(pull, logits, self._labels, self._weights)
        moved: list[Floats] = []
        if inner is not None:
            pull, moved = self._through_layers(pull, inner, head)
        kernels.pull_rows(pull, self._means, self._sums, self._table)
        kernels.sum_rows(self._sentences, self._cuts, self._table, self._word_sums)
        rise = np.empty_like(scores)
        kernels.spread_rows(self._word_sums, rows, weights, self._push, rise)
        if not self._linear:
            return Gradients(loss, right / self._total, rise, self._push.copy(), moved, pull, None)
        if self._trained:
            moved = [embeddings.T @ self._push]
        push = self._push @ head[0].T
        return Gradients(loss, right / self._total, rise, push, moved, pull, head[0])

    def mean_attention(self, scores: Floats) -> Floats:
        """Mean attention of one token of each word over its tokens."""
        weights = np.exp(scores - scores.max())[:, None]
        masses, held = np.empty((len(self._labels), 1)), np.empty_like(weights)
        kernels.sum_rows(self._tokens, self._offsets, weights, masses)
        kernels.sum_rows(self._sentences, self._cuts, 1 / masses, held)
        return (held * weights)[:, 0] / self._occurrences

    def _layers(self, head: list[Floats]) -> tuple[Floats, Floats]:
        """Hidden units (N, h) and logits (N, C) of the two-layer head."""
        before = self._means @ head[0] + head[1]
        hidden = np.maximum(before, 0.0) if self._activation == "relu" else np.tanh(before)
        return hidden, hidden @ head[2] + head[3]

    def _through_layers(self, pull: Floats, hidden: Floats, head: list[Floats]) -> tuple[Floats, list[Floats]]:
        """Force on the contexts (N, d), and the descent directions of the two layers."""
        inner = pull @ head[2].T * ((hidden > 0) if self._activation == "relu" else 1 - hidden**2)
        return inner @ head[0].T, [self._means.T @ inner, inner.sum(axis=0), hidden.T @ pull, pull.sum(axis=0)]


def warm_up() -> None:
    """Let the kernels be compiled, or loaded if an earlier process compiled them."""
    data = Sentences(
        np.zeros(1, np.int64), np.array([0, 1]), np.zeros(1, np.int64), words=1, classes=2, weights=np.ones(1)
    )
    simulator = Simulator(data, 1, "fixed", "relu")
    simulator.gradients(np.zeros(1), np.zeros((1, 1)), [np.zeros((1, 2))])
    simulator.mean_attention(np.zeros(1))
