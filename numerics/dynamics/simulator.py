"""The same training, fast: scores in place of keys, products with constant sparse count matrices.

For a fixed query a key only ever moves along it, by the score's gradient times the query, so that the table of keys can
be replaced by the vector of scores with the rate (key rate) |query|^2. Nothing is approximated: gradients equal
autograd's up to rounding.
"""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
import torch

from numerics.dynamics._validate import check_choice, check_positive
from numerics.dynamics.sentences import Floats, Sentences
from numerics.dynamics.start import Start, draw_start, recorded_steps
from numerics.dynamics.trajectory import Diverged, Recorder, Trajectory


class _Counts:
    """A constant sparse matrix of token counts that multiplies tall matrices into a buffer.

    torch's product is twice as fast as scipy's where it is backed by MKL, and missing elsewhere.
    """

    def __init__(self, matrix: scipy.sparse.csr_matrix, columns: int) -> None:
        self._matrix, self._result = matrix, np.empty((matrix.shape[0], columns))
        self._torch = None
        if torch.backends.mkl.is_available():
            parts = (matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # "sparse CSR support is in beta state"
                rows, columns_of, values = map(torch.from_numpy, parts)
                self._torch = torch.sparse_csr_tensor(rows, columns_of, values, size=matrix.shape)
            self._out = torch.from_numpy(self._result)

    def __matmul__(self, dense: Floats) -> Floats:
        if self._torch is None:
            return self._matrix @ dense
        torch.mm(self._torch, torch.from_numpy(dense), out=self._out)
        return self._result


@dataclass
class Gradients:
    """Loss, accuracy, and descent directions (minus the gradient) of scores (V,), embeddings (V, d) and head.

    ``context`` (N, d), and ``force`` (N, d): minus the derivative of the loss by it (weights included).
    """

    loss: float
    accuracy: float
    scores: Floats
    embeddings: Floats
    head: list[Floats]
    context: Floats
    force: Floats


class Simulator:
    """Buffers for one data set; :meth:`gradients` is the whole of the mathematics."""

    def __init__(self, data: Sentences, width: int, kind: str, activation: str) -> None:
        self.kind = check_choice("head", kind, ("fixed", "linear", "mlp"))
        self.activation = activation
        self._labels, self._weights, self._rows = data.labels, data.weights, np.arange(len(data))
        self._occurrences = np.maximum(data.occurrences, 1)
        columns = -(-(width + 1) // 4) * 4  # one more for the masses, filled up to whole vector registers
        counts = scipy.sparse.csr_matrix(
            (np.ones(len(data.tokens)), data.tokens, data.offsets), shape=(len(data), data.words)
        )
        counts.sum_duplicates()
        self._counts = _Counts(counts, columns)
        self._transposed = _Counts(counts.T.tocsr(), columns)
        self._table, self._force = np.zeros((data.words, columns)), np.zeros((len(data), columns))
        self._width = width

    def gradients(self, scores: Floats, embeddings: Floats, head: list[Floats]) -> Gradients:
        """Descent directions at these parameters."""
        d = self._width
        weights = np.exp(scores - scores.max())
        np.multiply(embeddings, weights[:, None], out=self._table[:, :d])
        self._table[:, d] = weights
        pooled = self._counts @ self._table
        inverse = 1 / pooled[:, d]
        context = pooled[:, :d] * inverse[:, None]
        logits, hidden = self._logits(context, head)  # (C, N): reductions over few classes run along long rows
        logits -= logits.max(axis=0)
        own = logits[self._labels, self._rows]
        chances = np.exp(logits)
        totals = chances.sum(axis=0)
        loss = float(self._weights @ (np.log(totals) - own))
        accuracy = float(self._weights @ (own == 0.0) / self._weights.sum())
        chances *= self._weights / -totals  # weight * (one-hot - probability) = -d(loss)/d(logits)
        chances[self._labels, self._rows] += self._weights
        force, moved = self._backward(chances, context, hidden, head)
        np.multiply(force, inverse[:, None], out=self._force[:, :d])
        np.einsum("ij,ij->i", self._force[:, :d], context, out=self._force[:, d])
        pulled = (self._transposed @ self._force) * weights[:, None]
        push = pulled[:, :d]
        fall = np.einsum("ij,ij->i", push, embeddings) - pulled[:, d]
        return Gradients(loss, accuracy, fall, push, moved, context, force)

    def mean_attention(self, scores: Floats) -> Floats:
        """Mean attention of one token of each word over its tokens."""
        weights = np.exp(scores - scores.max())
        self._table[:] = weights[:, None]
        self._force[:] = 1 / (self._counts @ self._table)
        held = (self._transposed @ self._force)[:, 0] * weights / self._occurrences
        self._table[:], self._force[:] = 0.0, 0.0
        return held

    def _logits(self, context: Floats, head: list[Floats]) -> tuple[Floats, Floats | None]:
        if self.kind != "mlp":
            return head[0].T @ context.T, None
        before = context @ head[0] + head[1]
        hidden = np.maximum(before, 0.0) if self.activation == "relu" else np.tanh(before)
        return head[2].T @ hidden.T + head[3][:, None], hidden

    def _backward(
        self, pull: Floats, context: Floats, hidden: Floats | None, head: list[Floats]
    ) -> tuple[Floats, list[Floats]]:
        if hidden is None:
            moved = [context.T @ pull.T] if self.kind == "linear" else []
            return pull.T @ head[0].T, moved
        inner = pull.T @ head[2].T * ((hidden > 0) if self.activation == "relu" else 1 - hidden**2)
        return inner @ head[0].T, [context.T @ inner, inner.sum(axis=0), hidden.T @ pull.T, pull.sum(axis=1)]


def simulate_attention(
    data: Sentences,
    *,
    head: str = "fixed",
    rate: float = 0.1,
    steps: int,
    seed: int = 0,
    key_rate: float | None = None,
    embedding_rate: float | None = None,
    head_rate: float | None = None,
    freeze: str = "",
    frozen_words: Iterable[int] = (),
    score_scale: float = 1.0,
    until_score: float | None = None,
    record: Iterable[int] | None = None,
    begin: Start | None = None,
    **start: Any,
) -> Trajectory:
    """Full-batch SGD as :func:`train_attention` does it, from the same start for the same seed and options.

    ``until_score``: stop once the mean score of the topic words reaches it (the last two steps are recorded).
    ``begin``: a start instead of a drawn one; keys off the query's direction are allowed, as only their scores
    matter. Raises :class:`Diverged` when the loss stops being finite.
    """
    check_choice("freeze", freeze, ("", "keys", "embeddings"))
    wanted = recorded_steps(steps, record)
    first = begin or draw_start(data.words, data.classes, seed=seed, head=head, **start)
    rates = [check_positive("rate", rate if r is None else r) for r in (key_rate, embedding_rate, head_rate)]
    scores, embeddings = score_scale * (first.keys @ first.query), first.embeddings.copy()
    parameters = [p.numpy().copy() for p in first.head.parameters]
    simulator = Simulator(data, embeddings.shape[1], first.head.kind, first.head.activation)
    moving = np.ones(data.words)
    moving[list(frozen_words)] = 0.0
    score_rate = rates[0] * score_scale**2 * float(first.query @ first.query) * moving * (freeze != "keys")
    table_rate = (rates[1] * moving * (freeze != "embeddings"))[:, None]
    topics = list(data.topics)
    if until_score is not None and not topics:
        raise ValueError("until_score needs data with topic words.")
    recorder = Recorder()
    last: tuple[int, Floats, Floats, float, float, tuple[Floats, ...]] | None = None

    def keep(moment: tuple[int, Floats, Floats, float, float, tuple[Floats, ...]]) -> None:
        step, scores, embeddings, loss, accuracy, classifier = moment
        attention = simulator.mean_attention(scores)
        recorder.add(step * rates[1], scores, embeddings, attention, loss, accuracy, classifier)

    for step in range(steps + 1):
        found = simulator.gradients(scores, embeddings, parameters)
        if not np.isfinite(found.loss):
            raise Diverged(step, recorder.trajectory())
        reached = until_score is not None and float(scores[topics].mean()) >= until_score
        now = (step, scores, embeddings, found.loss, found.accuracy, tuple(parameters))
        if reached and last is not None and last[0] not in wanted:
            keep(last)
        if reached or step in wanted:
            keep(now)
        if reached or step == steps:
            break
        last = now
        scores = scores + score_rate * found.scores
        embeddings = embeddings + table_rate * found.embeddings
        if first.head.trained:
            parameters = [p + rates[2] * g for p, g in zip(parameters, found.head, strict=True)]
    recorded = recorder.trajectory()
    if recorded is None:
        raise ValueError("record must name at least one step.")
    return recorded


def warm_up() -> None:
    """Let the sparse products load their kernels."""
    counts = _Counts(scipy.sparse.csr_matrix(np.eye(4)), 4)
    counts @ np.ones((4, 4))
    draw_start(1, 2, seed=0)
