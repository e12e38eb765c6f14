"""Multi-head attention with the weight map and the output normalisation as parameters."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from numerics.sparsity._validate import finite_number, whole_number
from numerics.sparsity.masks import combine_masks
from numerics.sparsity.normalisation import OutputNorm
from numerics.sparsity.rectified_core import rectified_attention
from numerics.sparsity.weight_maps import WEIGHT_MAPS, apply_map


class MappedAttention(nn.Module):
    """Attention whose weights are ``weight_map(q k^T / sqrt d)`` and whose heads' sum is normalised, then projected.

    Forward signature, masks and returns are those of ``nn.MultiheadAttention``, with two differences: the returned
    weights are those before dropout (metrics are about them), and a query whose keys are all masked is an error.
    *norm* and *eps* as in :class:`~numerics.sparsity.normalisation.OutputNorm`; *per_head* normalises each head
    alone instead of the concatenation. Half precision is supported; the normalisation is then done in float32.

    Raises ValueError if *embed_dim* is not a multiple of *num_heads*, and on unknown names.
    """

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        *,
        weight_map: str = "softmax",
        norm: str = "none",
        per_head: bool = False,
        eps: float = 1e-8,
        dropout: float = 0.0,
        bias: bool = True,
        batch_first: bool = False,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        self.embed_dim, self.num_heads = whole_number("embed_dim", embed_dim), whole_number("num_heads", num_heads)
        if embed_dim % num_heads:
            raise ValueError(f"embed_dim must be a multiple of num_heads ({num_heads}), got {embed_dim}")
        if weight_map not in WEIGHT_MAPS:
            raise ValueError(f"weight_map must be one of {', '.join(map(repr, WEIGHT_MAPS))}; got {weight_map!r}")
        if not 0.0 <= finite_number("dropout", dropout) < 1.0:
            raise ValueError(f"dropout must be at least 0 and below 1, got {dropout!r}")
        self.head_dim = embed_dim // num_heads
        self.weight_map, self.per_head, self.dropout, self.batch_first = weight_map, per_head, dropout, batch_first
        # nn.TransformerEncoderLayer and nn.TransformerEncoder read this name in eval mode and, where it is true, leave
        # forward() for a fused kernel that computes softmax. Our projections are packed; the answer must still be no.
        self._qkv_same_embed_dim = False
        self.in_proj_weight = nn.Parameter(torch.empty(3 * embed_dim, embed_dim, device=device, dtype=dtype))
        self.in_proj_bias = nn.Parameter(torch.empty(3 * embed_dim, device=device, dtype=dtype)) if bias else None
        self.out_proj = nn.Linear(embed_dim, embed_dim, bias=bias, device=device, dtype=dtype)
        width = self.head_dim if per_head else embed_dim
        self.norm = OutputNorm(embed_dim, width, norm, eps=eps, device=device, dtype=dtype)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the initial parameters again, the projections as ``nn.MultiheadAttention`` does."""
        nn.init.xavier_uniform_(self.in_proj_weight)
        if self.in_proj_bias is not None:
            nn.init.zeros_(self.in_proj_bias)
            nn.init.zeros_(self.out_proj.bias)
        self.norm.reset_parameters()

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: bool = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """(output, weights or None); shapes, masks and options as for ``nn.MultiheadAttention.forward``.

        *is_causal* says that *attn_mask* is the causal mask and needs one, as there. Raises TypeError and ValueError
        naming the argument for wrong shapes and dtypes, empty sequences, all keys masked, and NaN among the scores.
        """
        if is_causal and attn_mask is None:
            raise ValueError("is_causal=True is a hint about attn_mask and needs one, got attn_mask=None")
        self._check(query, key, value)
        batched = query.dim() == 3
        if not batched:
            query, key, value = (x.unsqueeze(1) for x in (query, key, value))
            key_padding_mask = key_padding_mask.unsqueeze(0) if key_padding_mask is not None else None
        elif self.batch_first:
            # One copy of each input, and one alone where they are the same tensor.
            moved = {id(x): x.transpose(0, 1).contiguous() for x in {id(x): x for x in (query, key, value)}.values()}
            query, key, value = (moved[id(x)] for x in (query, key, value))
        out, weights = self._attend(query, key, value, key_padding_mask, attn_mask, need_weights)
        if not batched:
            out, weights = out.squeeze(1), None if weights is None else weights.squeeze(0)
        elif self.batch_first:
            out = out.transpose(0, 1)
        if not need_weights or weights is None:
            return out, None
        return out, weights.mean(dim=-3) if average_attn_weights else weights

    def _attend(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        padding: Tensor | None,
        attn_mask: Tensor | None,
        need_weights: bool,
    ) -> tuple[Tensor, Tensor | None]:
        (length, batch, _), keys = query.shape, key.shape[0]
        biases = (None, None, None) if self.in_proj_bias is None else self.in_proj_bias.chunk(3)
        # Sequence first and one product per projection: the heads are then views, and nothing is copied.
        q, k, v = (
            functional.linear(x, w, b).view(x.shape[0], batch * self.num_heads, self.head_dim).transpose(0, 1)
            for x, w, b in zip((query, key, value), self.in_proj_weight.chunk(3), biases, strict=True)
        )
        bias, keep = combine_masks(
            attn_mask, padding, batch=batch, heads=self.num_heads, queries=length, keys=keys, dtype=q.dtype
        )
        mixed, weights = self._mix(q, k, v, bias, keep, need_weights)
        joined = mixed.transpose(0, 1).reshape(length, batch, self.embed_dim)
        _refuse_nan(joined)
        return self.out_proj(self.norm(joined)), weights

    def _mix(
        self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None, keep: Tensor | None, need_weights: bool
    ) -> tuple[Tensor, Tensor | None]:
        rows, length, keys, scale = q.shape[0], q.shape[1], k.shape[1], 1 / math.sqrt(self.head_dim)
        dropped = self.training and self.dropout > 0
        if self.weight_map == "relu" and bias is None and not need_weights and not dropped:
            causal = keep is not None and _is_causal(keep)
            if keep is not None and keep.shape[0] == 1:
                keep = keep.expand(rows // self.num_heads, -1, -1, -1)
            return rectified_attention(q, k, v, scale=scale, keep=keep, causal=causal), None
        scores = torch.bmm(q * scale, k.transpose(1, 2)).view(-1, self.num_heads, length, keys)
        _refuse_nan(scores)  # the sparse maps would fail on it in words of their own
        weights = apply_map(scores if bias is None else scores + bias, self.weight_map, keep)
        used = functional.dropout(weights, self.dropout, self.training)
        return torch.bmm(used.view(rows, length, keys), v), weights

    def _check(self, query: Tensor, key: Tensor, value: Tensor) -> None:
        for name, tensor in (("query", query), ("key", key), ("value", value)):
            if tensor.dim() not in (2, 3) or tensor.dim() != query.dim():
                shapes = ", ".join(str(tuple(x.shape)) for x in (query, key, value))
                raise ValueError(f"query, key and value must all have 2 axes or all have 3, got shapes {shapes}")
            if tensor.shape[-1] != self.embed_dim:
                raise ValueError(f"{name} must have {self.embed_dim} features (embed_dim), got {tensor.shape[-1]}")
            if tensor.dtype != self.in_proj_weight.dtype:
                raise TypeError(f"{name} must have the module's dtype {self.in_proj_weight.dtype}, got {tensor.dtype}")
            if 0 in tensor.shape:
                raise ValueError(f"{name} must not be empty, got shape {tuple(tensor.shape)}")
        if key.shape != value.shape:
            raise ValueError(f"key and value must have the same shape, got {tuple(key.shape)}, {tuple(value.shape)}")
        axis = 0 if self.batch_first else 1
        if query.dim() == 3 and query.shape[axis] != key.shape[axis]:
            raise ValueError(f"query and key must have the same batch size, got {query.shape[axis]}, {key.shape[axis]}")


def _refuse_nan(result: Tensor) -> None:
    # The sum is one pass that writes nothing; only where it is NaN (inf - inf, perhaps) is every entry looked at.
    if torch.isnan(result.sum()) and torch.isnan(result).any():
        raise ValueError("scores must not contain NaN, nor values; some query, key or value does")


def _is_causal(keep: Tensor) -> bool:
    """Whether *keep* is exactly the causal mask, for all batches and heads."""
    square = keep.shape[:2] == (1, 1) and keep.shape[2] == keep.shape[3]
    return square and torch.equal(keep[0, 0], torch.ones_like(keep[0, 0]).tril())


class RectifiedLinearAttention(MappedAttention):
    """ReLA: weights max(0, q k^T / sqrt d), no sum to one, the output normalised (Zhang, Titov, Sennrich 2021).

    A drop-in for ``nn.MultiheadAttention``. *norm* is ``"gated"`` (ReLA-g, the released model), ``"init"`` (ReLA-i)
    or ``"plain"``; *per_head=False* normalises the concatenation of heads, as the released code does. A query all of
    whose scores are <= 0 attends to nothing and gets the output projection's bias.

    >>> RectifiedLinearAttention(8, 2)(*[torch.zeros(3, 1, 8)] * 3)[0].shape
    torch.Size([3, 1, 8])
    """

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        *,
        norm: str = "gated",
        per_head: bool = False,
        eps: float = 1e-8,
        dropout: float = 0.0,
        bias: bool = True,
        batch_first: bool = False,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
        if norm not in ("gated", "init", "plain"):
            raise ValueError(f"norm must be one of 'gated', 'init', 'plain'; got {norm!r}")
        super().__init__(
            embed_dim,
            num_heads,
            weight_map="relu",
            norm=norm,
            per_head=per_head,
            eps=eps,
            dropout=dropout,
            bias=bias,
            batch_first=batch_first,
            device=device,
            dtype=dtype,
        )
