"""The paper's model as plain tensor functions: attention by a global query, a context vector, a classifier."""

from dataclasses import dataclass

import torch
from torch import Tensor

from numerics.dynamics.sentences import Sentences


@dataclass(frozen=True)
class Batch:
    """Sentences on a device: word numbers (N, L), mask (N, L), labels (N,), weights (N,)."""

    index: Tensor
    mask: Tensor
    labels: Tensor
    weights: Tensor


def make_batch(data: Sentences, *, device: str = "cpu", dtype: torch.dtype = torch.float64) -> Batch:
    """*data* padded, as tensors."""
    index, mask = data.padded()
    return Batch(
        torch.as_tensor(index, device=device),
        torch.as_tensor(mask, device=device),
        torch.as_tensor(data.labels, device=device),
        torch.as_tensor(data.weights, dtype=dtype, device=device),
    )


def attend(batch: Batch, keys: Tensor, embeddings: Tensor, query: Tensor, scale: float = 1.0) -> tuple[Tensor, Tensor]:
    """Attention (N, L) = softmax of scale * key . query over each sentence, and contexts (N, d)."""
    scores = (keys @ query * scale)[batch.index]
    attention = torch.softmax(scores.masked_fill(~batch.mask, -torch.inf), dim=1)
    return attention, torch.einsum("nl,nld->nd", attention, embeddings[batch.index])


def weighted_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Weighted sum over sentences of the cross-entropy."""
    return torch.nn.functional.cross_entropy(logits, batch.labels, reduction="none") @ batch.weights


def weighted_accuracy(logits: Tensor, batch: Batch) -> float:
    """Weighted share of sentences whose largest logit is the label's."""
    return float((logits.argmax(dim=1) == batch.labels).to(batch.weights.dtype) @ batch.weights / batch.weights.sum())


def mean_attention(attention: Tensor, batch: Batch, words: int) -> Tensor:
    """Mean attention of one token of each word over its tokens, shape (words,)."""
    tokens = batch.index[batch.mask]
    held = torch.bincount(tokens, weights=attention[batch.mask].double(), minlength=words)
    return held / torch.bincount(tokens, minlength=words).clamp(min=1)


def warm_up() -> None:
    """Let torch load its kernels for one small forward and backward pass."""
    batch = Batch(
        torch.zeros(1, 1, dtype=torch.int64), torch.ones(1, 1, dtype=torch.bool), torch.zeros(1).long(), torch.ones(1)
    )
    table = torch.ones(1, 2, requires_grad=True)
    weighted_loss(attend(batch, table, table, torch.ones(2))[1], batch).backward()
    mean_attention(torch.ones(1, 1), batch, 1)
