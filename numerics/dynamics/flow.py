"""Gradient flow of the full parameter tables: autograd for the right-hand side, DOP853 for the time.

Keys and embeddings of all words move as training moves them; nothing here knows the SEN identity.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from scipy.integrate import solve_ivp
from torch import Tensor

from numerics.dynamics._validate import as_matrix, as_times, check_counts, check_positive
from numerics.dynamics.heads import Head
from numerics.dynamics.model import attend, make_batch, mean_attention, weighted_accuracy, weighted_loss
from numerics.dynamics.sentences import Sentences, check_sentences
from numerics.dynamics.trajectory import Recorder, Trajectory
from numerics.errors import SolverUndecided


def flow_attention(
    data: Sentences,
    *,
    head: Head,
    keys: Any,
    embeddings: Any,
    query: Any,
    times: Sequence[float],
    key_rate: float = 1.0,
    embedding_rate: float = 1.0,
    head_rate: float = 1.0,
    frozen: Sequence[int] = (),
    train_query: bool = False,
    tolerance: float = 1e-11,
) -> Trajectory:
    """Integrate d(parameter)/dt = -rate * d(loss)/d(parameter) and record the moments *times* (from 0 on).

    ``keys`` (V, d_k) and ``embeddings`` (V, d): where they start; ``query`` (d_k,) is fixed; the words in ``frozen``
    keep key and embedding; ``head`` (:func:`make_head`) moves if it is of a trained kind. ``Trajectory.time`` is the
    flow's own time. ``tolerance``: relative tolerance of the solver. Raises ValueError for mismatched shapes
    and times above 1e8, SolverUndecided if the solver gives up.
    """
    check_sentences(data)
    if not isinstance(head, Head):
        raise TypeError(f"head must be a Head, got {head!r}; make_head makes one.")
    if (classes := head.parameters[-1].shape[-1]) != data.classes:
        raise ValueError(f"head must have {data.classes} classes, got {classes}.")
    moments = as_times("times", times)
    if moments[-1] > 1e8:
        raise ValueError(
            "times must not exceed 1e8 (speeds fall below the solver's tolerance), "
            f"got {moments[-1]:g}; flow_topic_word goes further."
        )
    wanted = np.asarray(query, dtype=np.float64)
    tables = (
        as_matrix("keys", keys, (data.words, wanted.size)),
        as_matrix("embeddings", embeddings, (data.words, head.parameters[0].shape[0])),
    )
    rates = [check_positive("key_rate", key_rate), check_positive("embedding_rate", embedding_rate)]
    batch, direction = make_batch(data), torch.as_tensor(wanted)
    moving = torch.ones(data.words, 1, dtype=torch.float64)
    moving[check_counts("frozen", frozen, data.words)] = 0.0
    factors = [rates[0] * moving, rates[1] * moving]
    start = [torch.as_tensor(table) for table in tables]
    if head.trained:
        start += [parameter.detach().clone() for parameter in head.parameters]
        factors += [torch.tensor(check_positive("head_rate", head_rate), dtype=torch.float64)] * len(head.parameters)
    heads = slice(2, 2 + len(head.parameters))
    if train_query:
        start.append(direction)
        factors.append(torch.tensor(rates[0], dtype=torch.float64))
    sizes = [tensor.numel() for tensor in start]

    def unpack(state: np.ndarray[Any, Any]) -> list[Tensor]:
        parts = torch.from_numpy(np.ascontiguousarray(state)).split(sizes)
        return [part.view(tensor.shape) for part, tensor in zip(parts, start, strict=True)]

    def forward(parameters: list[Tensor]) -> tuple[Tensor, Tensor]:
        query_now = parameters[-1] if train_query else direction
        attention, context = attend(batch, parameters[0], parameters[1], query_now)
        return attention, head.logits(context, parameters[heads] if head.trained else head.parameters)

    def velocity(_: float, state: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        parameters = [tensor.requires_grad_() for tensor in unpack(state)]
        slopes = torch.autograd.grad(weighted_loss(forward(parameters)[1], batch), parameters)
        return torch.cat([(-f * s).reshape(-1) for f, s in zip(factors, slopes, strict=True)]).numpy()

    first = torch.cat([tensor.reshape(-1) for tensor in start]).numpy()
    solved = solve_ivp(
        velocity, (0.0, moments[-1]), first, method="DOP853", t_eval=moments, rtol=tolerance, atol=tolerance / 10
    )
    if not solved.success:
        raise SolverUndecided(f"the flow could not be followed to time {moments[-1]}: {solved.message}")
    recorder = Recorder()
    with torch.no_grad():
        for time, state in zip(moments, solved.y.T, strict=True):
            parameters = unpack(state)
            attention, logits = forward(parameters)
            recorder.add(
                float(time),
                (parameters[0] @ (parameters[-1] if train_query else direction)).numpy(),
                parameters[1].numpy(),
                mean_attention(attention, batch, data.words).numpy(),
                float(weighted_loss(logits, batch)),
                weighted_accuracy(logits, batch),
                tuple(p.numpy() for p in (parameters[heads] if head.trained else head.parameters)),
                parameters[0].numpy(),
            )
    recorded = recorder.trajectory()
    assert recorded is not None
    return recorded
