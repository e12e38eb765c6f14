"""Maps from a row of scores to a row of attention weights, with masks, on torch tensors.

Softmax, sparsemax and 1.5-entmax land on the simplex; masked scores go to -inf before them. The elementwise maps are
masked *after* the activation: at a score of -inf GeLU is NaN and the identity is -inf. The sparse simplex maps are
those of the ``entmax`` package (exact, by sorting).
"""

import math
from collections.abc import Callable

import entmax
import torch
from torch import Tensor
from torch.nn import functional

SIMPLEX_MAPS: dict[str, Callable[[Tensor], Tensor]] = {
    "softmax": lambda s: torch.softmax(s, dim=-1),
    "sparsemax": lambda s: entmax.sparsemax(s, dim=-1),
    "entmax15": lambda s: entmax.entmax15(s, dim=-1),
}
ELEMENTWISE_MAPS: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": functional.relu,
    "relu2": lambda s: functional.relu(s).square(),
    "gelu": functional.gelu,
    "leaky": functional.leaky_relu,
    "identity": lambda s: s,
}
WEIGHT_MAPS = (*SIMPLEX_MAPS, *ELEMENTWISE_MAPS)


def attention_weights(scores: Tensor, weight_map: str = "relu", *, keep: Tensor | None = None) -> Tensor:
    """Weights of the rows of *scores* (..., n); *keep* (broadcastable, bool) marks the valid entries, True = valid.

    Masked entries are exactly 0. A row with no valid entry is all zeros under an elementwise map; the simplex maps
    cannot produce it and raise ValueError, as does NaN among the valid scores. Raises ValueError on an unknown map.

    >>> attention_weights(torch.tensor([1.0, -2.0])).tolist()
    [1.0, 0.0]
    """
    if weight_map not in WEIGHT_MAPS:
        raise ValueError(f"weight_map must be one of {', '.join(map(repr, WEIGHT_MAPS))}; got {weight_map!r}")
    if scores.shape[-1] == 0:
        raise ValueError(f"scores must have at least one key in the last axis, got shape {tuple(scores.shape)}")
    if keep is not None and keep.dtype is not torch.bool:
        raise TypeError(f"keep must be a bool tensor (True = valid), got {keep.dtype}")
    valid = scores if keep is None else scores.masked_fill(~keep, 0.0)
    if torch.isnan(valid).any():
        raise ValueError("scores must not contain NaN")
    if keep is not None and weight_map in SIMPLEX_MAPS and not keep.any(dim=-1).all():
        raise ValueError(f"{weight_map} needs at least one valid key in every row; some rows have all keys masked")
    return apply_map(valid, weight_map, keep)


def apply_map(scores: Tensor, weight_map: str, keep: Tensor | None = None) -> Tensor:
    """:func:`attention_weights` for arguments already checked, with finite scores behind the mask: no extra pass."""
    if weight_map in ELEMENTWISE_MAPS:
        weights = ELEMENTWISE_MAPS[weight_map](scores)
        return weights if keep is None else weights.masked_fill(~keep, 0.0)
    return SIMPLEX_MAPS[weight_map](scores if keep is None else scores.masked_fill(~keep, -math.inf))
