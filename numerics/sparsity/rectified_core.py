"""The rectified core max(0, q kᵀ) v with a backward pass of its own, at the price of its matrix products.

Autograd over separate operations keeps scores, mask and weights apart and passes over each. Here the scores become the
weights in place, and the sign of a weight is all that the backward pass needs: masked and rectified entries are both 0.
Under a causal mask, blocks of queries leave out the keys after them.
"""

from typing import Any

import torch
from torch import Tensor

_BLOCK = 64  # queries per block under a causal mask; smaller blocks skip more keys but multiply less efficiently


def rectified_attention(
    q: Tensor, k: Tensor, v: Tensor, *, scale: float = 1.0, keep: Tensor | None = None, causal: bool = False
) -> Tensor:
    """max(0, scale · q kᵀ) v for q (B, T, d), k and v (B, S, d).

    *keep* is a bool mask (N, H or 1, T or 1, S) with N·H = B, True = valid; *causal* (T = S) replaces it. First
    derivatives only.
    """
    return _RectifiedCore.apply(q, k, v, scale, keep, causal)


def _blocks(queries: int, keys: int, causal: bool) -> list[tuple[int, int, int]]:
    """(first query, end of queries, end of keys) of every block."""
    if not causal:
        return [(0, queries, keys)]
    return [(a, min(a + _BLOCK, queries), min(a + _BLOCK, queries)) for a in range(0, queries, _BLOCK)]


class _RectifiedCore(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, scale: float, keep: Tensor | None, causal: bool) -> Tensor:
        outputs, weights, nothing = [], [], q.new_zeros(())
        for start, stop, keys in _blocks(q.shape[1], k.shape[1], causal):
            keyed = k[:, :keys].transpose(1, 2)
            # The scale is applied inside the product: no pass over the scores, none over q.
            block = torch.baddbmm(nothing, q[:, start:stop], keyed, beta=0, alpha=scale).relu_()
            if causal:
                block[:, :, start:].tril_()
            elif keep is not None:
                block.view(keep.shape[0], -1, *block.shape[1:]).masked_fill_(~keep, 0.0)
            outputs.append(torch.bmm(block, v[:, :keys]))
            weights.append(block)
        ctx.save_for_backward(q, k, v, *weights)
        ctx.causal, ctx.scale = causal, scale
        return outputs[0] if len(outputs) == 1 else torch.cat(outputs, dim=1)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, *upstream: Tensor) -> Any:
        q, k, v, *weights = ctx.saved_tensors
        dq, dk, dv = (x.new_empty(x.shape) for x in (q, k, v))
        # The last block reads all keys: taken first, it fills the gradients that the other blocks add to.
        blocks = list(zip(_blocks(q.shape[1], k.shape[1], ctx.causal), weights, strict=True))
        for kept, ((start, stop, keys), block) in enumerate(reversed(blocks)):
            above, beta = upstream[0][:, start:stop], min(kept, 1)
            slope = torch.bmm(above, v[:, :keys].transpose(1, 2))
            torch.ops.aten.threshold_backward.grad_input(slope, block, 0, grad_input=slope)
            dv[:, :keys].baddbmm_(block.transpose(1, 2), above, beta=beta)
            dk[:, :keys].baddbmm_(slope.transpose(1, 2), q[:, start:stop], beta=beta, alpha=ctx.scale)
            dq[:, start:stop].baddbmm_(slope, k[:, :keys], beta=0, alpha=ctx.scale)
        return dq, dk, dv, None, None, None
