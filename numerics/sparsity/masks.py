"""Masks in the convention of ``nn.MultiheadAttention``, turned into a bias for scores and a mask for weights."""

import torch
from torch import Tensor


def combine_masks(
    attn_mask: Tensor | None,
    key_padding_mask: Tensor | None,
    *,
    batch: int,
    heads: int,
    queries: int,
    keys: int,
    dtype: torch.dtype,
) -> tuple[Tensor | None, Tensor | None]:
    """(bias, keep), each None or broadcastable to (N, H, T, S): *bias* adds to scores, *keep* multiplies weights.

    Boolean masks: True = not allowed. Floating masks are added to the scores, their -inf entries are "not allowed".
    *attn_mask* is (T, S) or (N·H, T, S), *key_padding_mask* (N, S). Raises TypeError on another dtype, ValueError on
    another shape, on NaN or +inf, and where some row has all keys masked.
    """
    bias: Tensor | None = None
    keep: Tensor | None = None
    full, per_head = (queries, keys), (batch * heads, queries, keys)
    wanted: dict[str, dict[tuple[int, ...], tuple[int, ...]]] = {
        "attn_mask": {full: (1, 1, *full), per_head: (batch, heads, *full)},
        "key_padding_mask": {(batch, keys): (batch, 1, 1, keys)},
    }
    for (name, shapes), mask in zip(wanted.items(), (attn_mask, key_padding_mask), strict=True):
        if mask is None:
            continue
        if tuple(mask.shape) not in shapes:
            allowed = " or ".join(str(shape) for shape in shapes)
            raise ValueError(f"{name} must have shape {allowed}, got {tuple(mask.shape)}")
        four_axes = shapes[mask.shape]
        permitted, added = _split(name, mask)
        permitted = permitted.view(four_axes)
        keep = permitted if keep is None else keep & permitted
        if added is not None:
            added = added.to(dtype).view(four_axes)
            bias = added if bias is None else bias + added
    if keep is not None and not keep.any(dim=-1).all():
        raise ValueError("every query needs at least one key; attn_mask and key_padding_mask mask all keys of some row")
    return bias, keep


def _split(name: str, mask: Tensor) -> tuple[Tensor, Tensor | None]:
    if mask.dtype is torch.bool:
        return ~mask, None
    if not mask.is_floating_point():
        raise TypeError(f"{name} must be bool (True = not allowed) or floating (added to the scores), got {mask.dtype}")
    if torch.isnan(mask).any() or (mask == torch.inf).any():
        raise ValueError(f"{name} must hold finite numbers or -inf, got NaN or +inf")
    allowed = mask != -torch.inf
    added = mask.masked_fill(~allowed, 0.0)
    return allowed, added if added.any() else None
