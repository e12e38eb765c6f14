"""RMS normalisation of an attention output, with gain, and with the gate of ReLA-g, as a torch module."""

import math
from typing import Any

import torch
from torch import Tensor, nn

from numerics.sparsity._validate import finite_number, one_of, whole_number

NORMS = ("gated", "init", "plain", "none")


def rms_scale(z: Tensor, eps: float) -> Tensor:
    """1/sqrt(mean z² + eps) over the last axis, kept; 0 where that is 1/0, so that a null row stays 0 without eps."""
    mean_square = torch.linalg.vector_norm(z, dim=-1, keepdim=True).square() / z.shape[-1]
    if eps > 0:
        return torch.rsqrt(mean_square + eps)
    null = mean_square == 0
    # The inner masked_fill keeps the derivative of the branch not taken finite.
    return torch.rsqrt(mean_square.masked_fill(null, 1.0)).masked_fill(null, 0.0)


class OutputNorm(nn.Module):
    """sigmoid(w ⊙ z) ⊙ g ⊙ z/RMS(z) over groups of *width* features out of *features*.

    ``"gated"`` is ReLA-g (g = 1, w uniform on ±sqrt(3/width), released code of Zhang, Titov, Sennrich 2021),
    ``"init"`` ReLA-i (no gate, g uniform on ±sqrt(3/width), so its signs are random), ``"plain"`` g = 1 without gate,
    ``"none"`` the identity. Statistics of half-precision input are taken in float32: eps = 1e-8 is 0 in float16.
    """

    def __init__(
        self,
        features: int,
        width: int,
        kind: str,
        *,
        eps: float = 1e-8,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__()
        self.features, self.width = whole_number("features", features), whole_number("width", width)
        self.kind, self.eps = one_of("norm", kind, NORMS), finite_number("eps", eps, 0.0)
        if features % width:
            raise ValueError(f"features must be a multiple of width ({width}), got {features}")
        empty = torch.empty(features, device=device, dtype=dtype)
        self.gain = None if kind == "none" else nn.Parameter(empty.clone())
        self.gate = nn.Parameter(empty.clone()) if kind == "gated" else None
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the initial gain and gate again."""
        bound = math.sqrt(3 / self.width)
        if self.gain is not None:
            if self.kind == "init":
                nn.init.uniform_(self.gain, -bound, bound)
            else:
                nn.init.ones_(self.gain)
        if self.gate is not None:
            nn.init.uniform_(self.gate, -bound, bound)

    def forward(self, z: Tensor) -> Tensor:
        """Normalise *z* (..., features); the shape stays."""
        if self.gain is None:
            return z
        exact = z.float() if z.dtype in (torch.float16, torch.bfloat16) else z
        gain, gate = self.gain.to(exact.dtype), None if self.gate is None else self.gate.to(exact.dtype)
        return _Normalised.apply(exact, gain, gate, self.width, self.eps).to(z.dtype)

    def extra_repr(self) -> str:
        """One line for ``print(module)``."""
        return f"{self.features}, width={self.width}, kind={self.kind!r}, eps={self.eps}"


class _Normalised(torch.autograd.Function):
    """sigmoid(gate z) gain z/RMS(z) over groups of *width* features with a backward pass of its own, in place.

    Autograd over the separate operations keeps and passes over one tensor for each of them; here the backward pass
    computes again what is cheap, and needs three tensors of the size of z.
    """

    @staticmethod
    def forward(ctx: Any, z: Tensor, gain: Tensor, gate: Tensor | None, width: int, eps: float) -> Tensor:
        groups = z.unflatten(-1, (-1, width))
        scale = rms_scale(groups, eps)
        ctx.save_for_backward(z, gain, gate, scale)
        out = (groups * scale).flatten(-2).mul_(gain)
        return out if gate is None else out.mul_((z * gate).sigmoid_())

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, *upstream: Tensor) -> Any:
        z, gain, gate, scale = ctx.saved_tensors
        shape = (scale.shape[-2], z.shape[-1] // scale.shape[-2])
        normed = (z.unflatten(-1, shape) * scale).flatten(-2)
        along, slope = upstream[0] * normed, upstream[0] * gain
        opened = None if gate is None else (z * gate).sigmoid_()
        if opened is not None:
            along.mul_(opened)
            slope.mul_(opened)
        d_gain = along.reshape(-1, along.shape[-1]).sum(dim=0)
        along.mul_(gain)  # now the upstream gradient times the output
        # d out/d (z/RMS) less its part along z, which the normalisation removes.
        mean = along.unflatten(-1, shape).mean(dim=-1, keepdim=True)
        slope.unflatten(-1, shape).addcmul_(normed.unflatten(-1, shape), mean, value=-1).mul_(scale)
        if gate is None or opened is None:
            return slope, d_gain, None, None, None
        along.addcmul_(along, opened, value=-1)  # times 1 - sigmoid: what reaches the gate's argument, over gate or z
        slope.addcmul_(along, gate)
        return slope, d_gain, along.mul_(z).reshape(-1, along.shape[-1]).sum(dim=0), None, None
