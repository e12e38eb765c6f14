"""Attention maps side by side: ``python benchmarks/sparsity.py [--lengths 64 128] [--device cuda] [--json]``.

``--rows ledger/deep/speed.jsonl`` measures the claim on speed alone and writes its rows.

Row map, attention core, whole layer (width 512) and a small translator's training step (width 64) apart, forward alone
and with backward. CPU seconds of one thread (wall seconds with synchronisation on a GPU), median of interleaved runs;
ratios above 1 are slower than softmax. ``floor`` is the
two matrix products of the core without any map between them.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from scipy.stats import binom
from torch import Tensor, nn
from torch.nn import functional

from numerics.sparsity import EncoderDecoder, MappedAttention, attention_weights
from numerics.sparsity.rectified_core import rectified_attention

Call = Callable[[], Tensor]
WIDTH, HEADS, BATCH = 512, 8, 4
MAPS = ("softmax", "relu", "sparsemax", "entmax15")
LAYERS = {"ReLA-g": ("relu", "gated"), "ReLA-i": ("relu", "init")} | {m: (m, "none") for m in MAPS if m != "relu"}


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


def clock(device: str) -> float:
    """CPU seconds of this process, or seconds on the wall once the device has finished."""
    if device == "cpu":
        return time.process_time()
    torch.cuda.synchronize()
    return time.perf_counter()


def interleave(calls: dict[str, Call], device: str, repeats: int, backward: bool) -> dict[str, float]:
    """Median seconds of each call; one unmeasured round, then every round runs all of them."""
    seen: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(repeats + 1):
        for name, call in calls.items():
            start = clock(device)
            out = call()
            if backward:
                out.sum().backward()
            if turn:
                seen[name].append(clock(device) - start)
    return {name: statistics.median(times) for name, times in seen.items()}


def row_maps(length: int, device: str) -> dict[str, Call]:
    """Every map on the scores of one batch element."""
    scores = torch.randn(1, HEADS, length, length, device=device, requires_grad=True)
    return {name: lambda name=name: attention_weights(scores, name) for name in MAPS}  # type: ignore[misc]


def cores(length: int, device: str) -> dict[str, Call]:
    """Causal attention between projected q, k, v."""
    q, k, v = (torch.randn(BATCH * HEADS, length, WIDTH // HEADS, device=device, requires_grad=True) for _ in range(3))
    keep = torch.ones(length, length, dtype=torch.bool, device=device).tril()

    def mapped(name: str) -> Tensor:
        return torch.bmm(attention_weights(torch.bmm(q, k.transpose(1, 2)), name, keep=keep), v)

    calls: dict[str, Call] = {name: lambda name=name: mapped(name) for name in MAPS}  # type: ignore[misc]
    calls["relu, fused"] = lambda: rectified_attention(q, k, v, causal=True)
    calls["relu, fused, no mask"] = lambda: rectified_attention(q, k, v)
    calls["sdpa"] = lambda: functional.scaled_dot_product_attention(q, k, v, is_causal=True)
    calls["floor"] = lambda: torch.bmm(torch.bmm(q, k.transpose(1, 2)), v)
    return calls


def layers(length: int, device: str) -> dict[str, Call]:
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
    return calls


def translators(length: int, device: str) -> dict[str, Call]:
    """The encoder-decoder of the alignment experiments on 1024 random words a side."""
    source = torch.randint(3, 60, (max(1, 1024 // length), length), device=device)
    calls: dict[str, Call] = {}
    for name, (kind, norm) in LAYERS.items():
        model = EncoderDecoder(
            60, 60, attention=lambda k=kind, n=norm: MappedAttention(64, 4, weight_map=k, norm=n, batch_first=True)
        ).to(device)
        calls[name] = lambda model=model: model(source, source)[0]  # type: ignore[misc]
    return calls


def measure(lengths: list[int], device: str, repeats: int) -> dict[str, Any]:
    """Milliseconds by part, pass, length and map."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    figures: dict[str, Any] = {}
    for part, make in (("row map", row_maps), ("core", cores), ("layer", layers), ("translator", translators)):
        for backward in (False, True):
            for length in lengths:
                seconds = interleave(make(length, device), device, repeats, backward)
                key = f"{part}, {'step' if backward else 'forward'}, n={length}"
                figures[key] = {name: 1e3 * value for name, value in seconds.items()}
    return figures


def paired_ratio(dear: Call, cheap: Call, rounds: int) -> tuple[float, float]:
    """Median of the ratios of *rounds* adjacent training steps, and the half-width of its interval.

    The interval lies between two order statistics of the ratios and misses the median of their law with probability
    1e-3 at most (sign test): no law of the noise is assumed.
    """
    ratios = []
    for turn in range(rounds + 1):
        seconds = []
        for call in (dear, cheap):
            start = time.process_time()
            call().sum().backward()
            seconds.append(time.process_time() - start)
        if turn:  # the first round warms up
            ratios.append(seconds[0] / seconds[1])
    ratios.sort()
    rank = max(int(binom.ppf(5e-4, rounds, 0.5)) - 1, 0)
    middle = statistics.median(ratios)
    return middle, max(ratios[-1 - rank] - middle, middle - ratios[rank])


def write_rows(path: Path, rounds: int = 45) -> None:
    """Rows of ``zhang2021.C3-speed``: 1.5-entmax against gated rectified attention, one for each of its lengths."""
    from attest._digest import digest
    from attest._ledger import to_json
    from attest._registry import by_id
    from attest._rows import DEEP, Row

    torch.set_num_threads(1)
    torch.manual_seed(0)
    claim = by_id("zhang2021.C3-speed")
    lines = []
    for index, case in enumerate(claim.deep_cases):
        calls = translators(case["n"], "cpu")
        start = time.process_time()
        value, error = paired_ratio(calls["entmax15"], calls["ReLA-g"], rounds)
        evidence = {"rounds": rounds, "interval": "order statistics, sign test at 1e-3"}
        spent = time.process_time() - start
        row = Row(claim.id, digest(claim), DEEP, index, 0, dict(case), value=value, error=error, evidence=evidence)
        lines.append(to_json(replace(row, seconds=spent)))
        print(f"n={case['n']}: {value:.2f} ± {error:.2f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the figures; exit 1 where a promise about the translator's training step does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lengths", type=int, nargs="+", default=[64, 128, 256, 512, 1024])
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=Path)
    asked = parser.parse_args()
    if asked.rows:
        write_rows(asked.rows)
        return
    if asked.device == "cuda" and not torch.cuda.is_available():
        parser.error("there is no CUDA device here")
    figures = measure(asked.lengths, asked.device, asked.repeats)
    if asked.json:
        print(json.dumps(figures, indent=1))
    else:
        for key, times in figures.items():
            base = times["softmax"]
            cells = (f"{name} {value:.2f} ms ({value / base:.2f})" for name, value in times.items())
            print(f"{key}: " + "; ".join(cells))
    broken = []
    for length in asked.lengths:
        step = figures[f"translator, step, n={length}"]
        if length >= 64 and step["entmax15"] < 2 * step["ReLA-g"]:
            broken.append(f"n={length}: entmax15 takes less than twice a ReLA-g step")
        if not 0.6 <= step["softmax"] / step["ReLA-g"] <= 1.6:
            broken.append(f"n={length}: ReLA-g is not within 0.6-1.6 of softmax's speed")
    for line in broken:
        print(line, file=sys.stderr)
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
