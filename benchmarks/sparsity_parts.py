"""What ``sparsity.py`` times: attention maps side by side, in parts that are larger each than the one before."""

from collections.abc import Callable

import entmax
import torch
from torch import Tensor, nn
from torch.nn import functional

from numerics.sparsity import EncoderDecoder, MappedAttention, OutputNorm, apply_map
from numerics.sparsity.rectified_core import rectified_attention

Call = Callable[[], Tensor]
WIDTH, HEADS, BATCH = 512, 8, 4
MAPS = ("softmax", "relu", "sparsemax", "entmax15")
#: Weight map and norm of each; the others are compared with the first.
LAYERS = {
    "softmax": ("softmax", "none"),
    "ReLA-g": ("relu", "gated"),
    "ReLA-i": ("relu", "init"),
    "sparsemax": ("sparsemax", "none"),
    "entmax15": ("entmax15", "none"),
}


class FusedAttention(nn.Module):
    """Softmax attention by PyTorch's fused kernel between one packed projection and the output projection."""

    def __init__(self) -> None:
        super().__init__()
        self.inward, self.outward = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        """Causal self-attention of x (batch, length, width)."""
        batch, length, _ = x.shape
        q, k, v = self.inward(x).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        out = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.outward(out.transpose(1, 2).reshape(batch, length, WIDTH))


def row_maps(length: int, device: str, compiled: bool) -> dict[str, Call]:
    """Every map on the scores of one batch element."""
    scores = torch.randn(1, HEADS, length, length, device=device, requires_grad=True)
    calls: dict[str, Call] = {name: lambda name=name: apply_map(scores, name) for name in MAPS}  # type: ignore[misc]
    # A partial sort, exact where 32 weights suffice.
    calls["entmax15, 32 largest"] = lambda: entmax.entmax15(scores, dim=-1, k=32)
    if compiled:
        for name in ("softmax", "relu"):
            made = torch.compile(lambda s, name=name: apply_map(s, name))  # type: ignore[misc]
            calls[f"{name}, compiled"] = lambda made=made: made(scores)  # type: ignore[misc]
    return calls


def norms(length: int, device: str, compiled: bool) -> dict[str, Call]:
    """The gated normalisation of a layer's output: ours, by autograd over its operations, and that compiled."""
    z = torch.randn(length, BATCH, WIDTH, device=device, requires_grad=True)
    ours = OutputNorm(WIDTH, WIDTH, "gated", device=device)

    def plain(z: Tensor, gain: Tensor, gate: Tensor) -> Tensor:
        return functional.rms_norm(z, (WIDTH,), gain, 1e-8) * torch.sigmoid(gate * z)

    calls: dict[str, Call] = {"plain": lambda: plain(z, ours.gain, ours.gate), "ReLA-g": lambda: ours(z)}
    if compiled:
        made = torch.compile(plain)
        calls["plain, compiled"] = lambda: made(z, ours.gain, ours.gate)
    return calls


def cores(length: int, device: str, compiled: bool) -> dict[str, Call]:
    """Causal attention between projected q, k, v."""
    q, k, v = (torch.randn(BATCH * HEADS, length, WIDTH // HEADS, device=device, requires_grad=True) for _ in range(3))
    keep = torch.ones(length, length, dtype=torch.bool, device=device).tril()

    def mapped(name: str) -> Tensor:
        return torch.bmm(apply_map(torch.bmm(q, k.transpose(1, 2)), name, keep), v)

    calls: dict[str, Call] = {name: lambda name=name: mapped(name) for name in MAPS}  # type: ignore[misc]
    calls["relu, fused"] = lambda: rectified_attention(q, k, v, causal=True)
    calls["relu, fused, no mask"] = lambda: rectified_attention(q, k, v)
    calls["sdpa"] = lambda: functional.scaled_dot_product_attention(q, k, v, is_causal=True)
    calls["floor"] = lambda: torch.bmm(torch.bmm(q, k.transpose(1, 2)), v)
    if compiled:
        made = torch.compile(mapped)
        calls |= {f"{name}, compiled": lambda name=name: made(name) for name in ("softmax", "relu")}  # type: ignore[misc]
    return calls


def layers(length: int, device: str, compiled: bool) -> dict[str, Call]:
    """Causal self-attention layers with their projections."""
    x = torch.randn(BATCH, length, WIDTH, device=device, requires_grad=True)
    mask = torch.ones(length, length, dtype=torch.bool, device=device).triu(1)
    made: dict[str, nn.Module] = {
        name: MappedAttention(WIDTH, HEADS, weight_map=kind, norm=norm, batch_first=True, device=device)
        for name, (kind, norm) in LAYERS.items()
    }
    made["MultiheadAttention"] = nn.MultiheadAttention(WIDTH, HEADS, batch_first=True, device=device)
    calls: dict[str, Call] = {
        name: lambda module=module: module(x, x, x, attn_mask=mask, need_weights=False)[0]  # type: ignore[misc]
        for name, module in made.items()
    }
    fused = FusedAttention().to(device)
    calls["sdpa"] = lambda: fused(x)
    if compiled:
        whole = torch.compile(made["ReLA-g"])
        calls["ReLA-g, compiled"] = lambda: whole(x, x, x, attn_mask=mask, need_weights=False)[0]
    return calls


def translators(length: int, device: str, compiled: bool) -> dict[str, Call]:
    """The encoder-decoder of the alignment experiments on 1024 random words a side."""
    source = torch.randint(3, 60, (max(1, 1024 // length), length), device=device)
    calls: dict[str, Call] = {}
    for name, (kind, norm) in LAYERS.items():
        model = EncoderDecoder(
            60, 60, attention=lambda k=kind, n=norm: MappedAttention(64, 4, weight_map=k, norm=n, batch_first=True)
        ).to(device)
        calls[name] = lambda model=model: model(source, source, need_weights=False)[0]  # type: ignore[misc]
    return calls


PARTS = {"row map": row_maps, "norm": norms, "core": cores, "layer": layers, "translator": translators}
