"""Gradients at every hidden state of a net in one backward pass, full Jacobians, and norms that do not underflow."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

FloatArray = np.ndarray[Any, np.dtype[np.float64]]
Carry = tuple[Tensor, ...]


def _reached(scalar: Tensor, hidden: Sequence[Tensor]) -> tuple[Tensor, ...]:
    if not hidden or not all(isinstance(h, Tensor) and h.requires_grad for h in hidden):
        raise ValueError(
            "model must return hidden states that autograd can reach, got states that do not require a gradient; "
            "do not detach them, and call the model outside torch.no_grad."
        )
    if not scalar.requires_grad:
        raise ValueError("the loss must depend on the model's states through autograd, got one that does not.")
    found = torch.autograd.grad(scalar, hidden, retain_graph=True, allow_unused=True)
    return tuple(torch.zeros_like(h) if g is None else g for g, h in zip(found, hidden, strict=True))


def _leaf(inputs: Tensor | Sequence[Any]) -> Tensor:
    """A fresh leaf of the graph; numbers that are not a tensor become float64."""
    tensor = inputs.detach().clone() if isinstance(inputs, Tensor) else torch.tensor(inputs, dtype=torch.float64)
    if not bool(torch.isfinite(tensor).all()):
        raise ValueError("inputs must be finite, got NaN or infinity.")
    return tensor.requires_grad_()


def _check_times(times: Iterable[int] | None, T: int) -> list[int]:
    chosen = list(range(1, T + 1)) if times is None else list(times)
    for t in chosen:
        if not 1 <= t <= T:
            raise ValueError(f"times must lie in 1..T={T} (1-based), got {t}.")
    return chosen


def measure_gradients(
    model: Callable[[Tensor], Any],
    inputs: Tensor | Sequence[Any],
    *,
    direction: Sequence[float] | Tensor | None = None,
    loss: Callable[[Any], Tensor] | None = None,
    times: Iterable[int] | None = None,
    seed: int = 0,
) -> FloatArray:
    """dL/dh_t for the chosen 1-based *times* (all by default) in one backward pass: float64 (times, B, width).

    *model* maps inputs (T, B, m) or (T, m) to an object with ``hidden`` and ``states``, T nodes of the graph each. L is
    *loss* of that object, or direction . s_T summed over the batch; without both the direction is a random unit vector
    drawn from *seed*. ValueError for times out of range, non-finite inputs, or states that autograd cannot reach.
    """
    if direction is not None and loss is not None:
        raise ValueError("direction and loss exclude each other, got both.")
    run = model(_leaf(inputs))
    final = run.states[-1]
    chosen = _check_times(times, len(run.hidden))
    if loss is not None:
        scalar = loss(run)
    else:
        if direction is None:
            drawn = torch.randn(final.shape[-1], generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
            g = drawn / drawn.norm()
        else:
            g = torch.as_tensor(direction, dtype=torch.float64)
        if g.shape != final.shape[-1:]:
            raise ValueError(f"direction must have {final.shape[-1]} entries, got shape {tuple(g.shape)}.")
        scalar = (final @ g.to(final)).sum()
    found = _reached(scalar, [run.hidden[t - 1] for t in chosen])
    return torch.stack(found).to(device="cpu", dtype=torch.float64).numpy()


def measure_gradient_norms(
    model: Callable[[Tensor], Any],
    inputs: Tensor | Sequence[Any],
    *,
    direction: Sequence[float] | Tensor | None = None,
    loss: Callable[[Any], Tensor] | None = None,
    times: Iterable[int] | None = None,
    seed: int = 0,
) -> FloatArray:
    """|dL/dh_t| for every t in one backward pass: float64 (T,), entry t - 1 for time t; the mean over a batch.

    Arguments and errors as for measure_gradients; with *times* one entry for each of them.
    """
    found = measure_gradients(model, inputs, direction=direction, loss=loss, times=times, seed=seed)
    norms = np.linalg.norm(found, axis=-1)
    return norms if norms.ndim == 1 else norms.mean(axis=1)


def measure_jacobians(
    model: Callable[[Tensor], Any], inputs: Tensor | Sequence[Any], *, times: Iterable[int] | None = None
) -> FloatArray:
    """ds_T/dh_t, for the chosen *times*: float64 (times, width, width), rows = components of s_T; batch of one."""
    leaf = _leaf(inputs)
    run = model(leaf)
    final = run.states[-1].reshape(-1)
    nodes = [run.hidden[t - 1] for t in _check_times(times, len(run.hidden))]
    if nodes[0].numel() != final.numel():
        raise ValueError(f"inputs must be a batch of one, got {tuple(leaf.shape)}.")
    rows = [torch.stack([g.reshape(-1) for g in _reached(entry, nodes)]) for entry in final]
    return torch.stack(rows, 1).to(device="cpu", dtype=torch.float64).numpy()


def measure_log_gradient_norms(
    step: Callable[[Carry, Tensor], tuple[Carry, Tensor]],
    start: Carry,
    inputs: Tensor | Sequence[Any],
    direction: Tensor,
    *,
    segment: int = 16,
) -> FloatArray:
    """log |d(direction . s_T)/dh_t| for every t, float64 (T,), where the norms themselves would underflow.

    *step* maps (carry, x_k) to (next carry, h_k), h_k the node that the rest of the step uses; carry[0] is s_k. The
    sequence is cut into segments; each is differentiated by autograd from a gradient of its last carry that is scaled
    to maximum 1, the logarithm of the scale being kept. -inf where the gradient is exactly zero.
    """
    if segment < 1:
        raise ValueError(f"segment must be at least 1, got {segment}.")
    carry, carries = tuple(c.detach() for c in start), []
    with torch.no_grad():
        for k, x in enumerate(inputs):
            if k % segment == 0:
                carries.append(carry)
            carry, _ = step(carry, x)
    gradient: list[Tensor] = [direction.to(carry[0]), *(torch.zeros_like(c) for c in carry[1:])]
    offset, logs = 0.0, []
    for index in reversed(range(len(carries))):
        leaves = tuple(c.detach().requires_grad_() for c in carries[index])
        carry, nodes = leaves, []
        for x in inputs[index * segment : (index + 1) * segment]:
            carry, h = step(carry, x)
            nodes.append(h)
        scalar = torch.stack([(g * c).sum() for g, c in zip(gradient, carry, strict=True)]).sum()
        found = _reached(scalar, [*nodes, *leaves])
        logs.append([offset + float(g.norm().log()) for g in found[: len(nodes)]])
        gradient = list(found[len(nodes) :])
        size = max(float(g.abs().max()) for g in gradient)
        if size > 0:
            gradient = [g / size for g in gradient]
            offset += float(np.log(size))
    return np.concatenate(logs[::-1])
