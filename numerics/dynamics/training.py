"""The training loop of the paper on real parameter tables, gradients by autograd."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.dynamics._validate import check_choice, check_count, check_counts, check_nonnegative, check_positive
from numerics.dynamics.heads import Head
from numerics.dynamics.model import Batch, attend, make_batch, mean_attention, weighted_accuracy, weighted_loss
from numerics.dynamics.sentences import Sentences, check_sentences
from numerics.dynamics.start import draw_start, recorded_steps
from numerics.dynamics.trajectory import Diverged, Recorder, Trajectory


@dataclass
class Moment:
    """What an observer sees of one step, after the gradients are known and before the parameters move."""

    step: int
    optimiser: torch.optim.Optimizer
    keys: Tensor
    embeddings: Tensor
    query: Tensor
    batch: Batch
    attention: Tensor
    context: Tensor


def train_attention(
    data: Sentences,
    *,
    head: str = "fixed",
    rate: float = 0.1,
    steps: int,
    seed: int,
    key_rate: float | None = None,
    embedding_rate: float | None = None,
    head_rate: float | None = None,
    optimiser: str = "sgd",
    momentum: float = 0.0,
    weight_decay: float = 0.0,
    batch_size: int | None = None,
    freeze: str = "",
    frozen_words: Iterable[int] = (),
    train_query: bool = False,
    tie_keys: bool = False,
    score_scale: float = 1.0,
    record: Iterable[int] | None = None,
    observe: Callable[[Moment], None] | None = None,
    device: str = "cpu",
    dtype: torch.dtype = torch.float64,
    **start: Any,
) -> Trajectory:
    """Train one attention classifier and record its trajectory.

    Full batch (or batches of ``batch_size`` drawn from the seed), plain SGD at ``rate`` (``key_rate``,
    ``embedding_rate``, ``head_rate`` override it); negative controls: ``optimiser`` "adam", ``momentum``,
    ``weight_decay``, ``train_query``, ``tie_keys`` (keys are the embeddings). ``freeze``: "", "keys" or "embeddings".
    ``frozen_words`` keep key and embedding. ``record``: steps to record. ``start``: options of :func:`draw_start`.
    ``observe`` is called at every step. ``device``, ``dtype``: as torch names them. Raises :class:`Diverged`, with the
    trajectory so far, when the loss stops being finite; ValueError or TypeError for bad options.
    """
    check_sentences(data)
    check_choice("freeze", freeze, ("", "keys", "embeddings"))
    check_positive("score_scale", score_scale)
    if tie_keys and freeze:
        raise ValueError(f"tied keys are the embeddings, of which one cannot be frozen alone; got freeze={freeze!r}.")
    _check_place(device, dtype)
    wanted = recorded_steps(steps, record)
    begin = draw_start(data.words, data.classes, seed=seed, head=head, **start)
    rates = {
        name: check_positive("rate", rate) if value is None else check_positive(name, value)
        for name, value in (("key_rate", key_rate), ("embedding_rate", embedding_rate), ("head_rate", head_rate))
    }

    def tensor(values: Any) -> Tensor:
        return torch.as_tensor(values).to(device=device, dtype=dtype, copy=True)

    embeddings = tensor(begin.embeddings).requires_grad_(freeze != "embeddings")
    if tie_keys and begin.query.size != begin.embeddings.shape[1]:
        raise ValueError(
            f"tied keys need key_width == width, got {begin.query.size} and {begin.embeddings.shape[1]}."
        )  # fmt: skip
    keys = embeddings if tie_keys else tensor(begin.keys).requires_grad_(freeze != "keys")
    query = tensor(begin.query).requires_grad_(train_query)
    classifier = Head(begin.head.kind, [tensor(p) for p in begin.head.parameters], begin.head.activation)
    groups: list[dict[str, Any]] = [{"params": [embeddings], "lr": rates["embedding_rate"]}]
    if not tie_keys:
        groups.append({"params": [keys], "lr": rates["key_rate"]})
    if train_query:
        groups.append({"params": [query], "lr": rates["key_rate"]})
    if classifier.trained:
        classifier.parameters = [p.requires_grad_() for p in classifier.parameters]
        groups.append({"params": classifier.parameters, "lr": rates["head_rate"]})
    mover = _optimiser(optimiser, groups, momentum, weight_decay)
    still = torch.as_tensor(check_counts("frozen_words", frozen_words, data.words), device=device)
    whole = make_batch(data, device=device, dtype=dtype)
    shuffle = np.random.default_rng([seed, 1])
    recorder = Recorder()

    def forward(batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        attention, context = attend(batch, keys, embeddings, query, score_scale)
        return attention, context, classifier.logits(context, classifier.parameters)

    def keep(step: int) -> None:
        with torch.no_grad():
            attention, _, logits = forward(whole)
            loss = float(weighted_loss(logits, whole))
            if not math.isfinite(loss):
                raise Diverged(step, recorder.trajectory())
            recorder.add(
                step * rates["embedding_rate"],
                (keys @ query * score_scale).double().cpu().numpy(),
                embeddings.detach().double().cpu().numpy().copy(),
                mean_attention(attention, whole, data.words).cpu().numpy(),
                loss,
                weighted_accuracy(logits, whole),
                tuple(p.detach().double().cpu().numpy().copy() for p in classifier.parameters),
            )

    for step in range(steps + 1):
        if step in wanted:
            keep(step)
        if step == steps:
            break
        batch = whole if batch_size is None else _minibatch(whole, check_count("batch_size", batch_size, 1), shuffle)
        mover.zero_grad()
        attention, context, logits = forward(batch)
        if observe is not None:
            context.retain_grad()
        loss = weighted_loss(logits, batch)
        if not torch.isfinite(loss):
            raise Diverged(step, recorder.trajectory())
        loss.backward()
        for table in (keys, embeddings):
            if table.grad is not None:
                table.grad[still] = 0.0
        if observe is not None:
            observe(Moment(step, mover, keys, embeddings, query, batch, attention.detach(), context))
        mover.step()
    recorded = recorder.trajectory()
    if recorded is None:
        raise ValueError("record must name at least one step.")
    return recorded


def _optimiser(name: str, groups: list[dict[str, Any]], momentum: float, weight_decay: float) -> torch.optim.Optimizer:
    check_choice("optimiser", name, ("sgd", "adam"))
    groups = [g for g in groups if any(p.requires_grad for p in g["params"])]
    decay, kept = check_nonnegative("weight_decay", weight_decay), check_nonnegative("momentum", momentum)
    if kept >= 1:
        raise ValueError(f"momentum must be below 1, got momentum={momentum!r}.")
    if name == "sgd":
        return torch.optim.SGD(groups, lr=1.0, momentum=kept, weight_decay=decay)
    if kept:
        raise ValueError(f"momentum belongs to sgd, got momentum={momentum!r} with adam, which has its own.")
    return torch.optim.Adam(groups, weight_decay=decay)


def _check_place(device: str, dtype: torch.dtype) -> None:
    """Refuse what tensors cannot be made on, or gradients not be taken in."""
    if not isinstance(dtype, torch.dtype) or not dtype.is_floating_point:
        raise TypeError(f"dtype must be a floating-point torch.dtype, got {dtype!r}.")
    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError) as reason:  # torch asserts that it was built for the device
        raise ValueError(f"device {device!r} is not there: {str(reason).splitlines()[0]}") from None


def _minibatch(whole: Batch, size: int, shuffle: np.random.Generator) -> Batch:
    rows = torch.as_tensor(shuffle.choice(len(whole.labels), size=min(size, len(whole.labels)), replace=False))
    rows = rows.to(whole.labels.device)
    weights = whole.weights[rows]
    return Batch(whole.index[rows], whole.mask[rows], whole.labels[rows], weights / weights.sum())
