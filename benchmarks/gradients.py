"""CPU seconds and saved activations of one training step: screened against full attention, side by side in one run.

Run as ``python benchmarks/gradients.py [marks] [lengths] [memory]``; prints JSON lines. Width 128, batch 10, float32,
one thread, forward and backward, nu = rho = 10; a reference recomputes all keys at every step. ``memory`` reads the
peak of the whole process, so run it by itself.
"""

import ctypes
import json
import resource
import sys
from collections.abc import Callable
from itertools import product
from typing import Any

import torch
from torch import Tensor, nn

from numerics.gradients import AttentiveNet, fit_exponent, measure_cpu_seconds, measure_saved_bytes

WIDTH, BATCH, SYMBOLS = 128, 10, 10
MARKS = {  # CPU seconds per step of the authors' released code on one core, by T
    "screened": {100: 0.158, 200: 0.296, 400: 0.675, 800: 1.36},
    "screened LSTM": {100: 0.154, 200: 0.303, 400: 0.576, 800: 1.11},
    "full": {100: 0.188, 200: 0.594, 400: 2.36},  # and 8.10 at 800, with 9.9 GB
}


class RecomputedKeys(AttentiveNet):
    """The screened net with the keys of all stored states recomputed at every step."""

    def _key(self, h: Tensor) -> Tensor:
        return h

    def _scores(self, query: Tensor, keys: Tensor) -> Tensor:
        return super()._scores(query, keys @ self.U_a.T)


class CausalSelfAttention(nn.Module):
    """torch.nn.MultiheadAttention with a causal mask on the embedded inputs: no recurrence."""

    def __init__(self) -> None:
        super().__init__()
        self.embed, self.attend = nn.Linear(SYMBOLS, WIDTH), nn.MultiheadAttention(WIDTH, 1)

    def forward(self, inputs: Tensor) -> Tensor:
        x = self.embed(inputs)
        mask = nn.Transformer.generate_square_subsequent_mask(len(x))
        return self.attend(x, x, x, attn_mask=mask, need_weights=False)[0]


def contestants() -> dict[str, nn.Module]:
    common = {"state": "mean", "short_term": 10, "relevant": 10, "dtype": torch.float32}
    return {
        "none": AttentiveNet(SYMBOLS, WIDTH, attention="none", dtype=torch.float32),
        "screened": AttentiveNet(SYMBOLS, WIDTH, attention="screened", **common),
        "screened, keys recomputed": RecomputedKeys(SYMBOLS, WIDTH, attention="screened", **common),
        "screened LSTM": AttentiveNet(SYMBOLS, WIDTH, cell="lstm", attention="screened", **common),
        "full": AttentiveNet(SYMBOLS, WIDTH, attention="full", **common),
        "MultiheadAttention": CausalSelfAttention(),
    }


def loss_of(net: nn.Module, inputs: Tensor) -> Tensor:
    found = net(inputs)
    outputs = found if isinstance(found, Tensor) else torch.stack(found.states)
    return outputs.square().mean()


def step(net: nn.Module, inputs: Tensor) -> None:
    net.zero_grad()
    loss_of(net, inputs).backward()


def measure(name: str, net: nn.Module, T: int, batch: int = BATCH) -> dict[str, Any]:
    """One JSON row: CPU seconds of a training step (the smaller of two) and the activations it saves."""
    inputs = torch.randn(T, batch, SYMBOLS, generator=torch.Generator().manual_seed(0))
    seconds = measure_cpu_seconds(lambda: step(net, inputs), repeats=2)
    saved = measure_saved_bytes(lambda: loss_of(net, inputs))
    row = {"T": T, "batch": batch, "net": name, "cpu_seconds": round(seconds, 4), "saved_mib": round(saved / 2**20, 1)}
    print(json.dumps({**row, "steps_per_cpu_second": round(1 / seconds, 2)}), flush=True)
    return row


def extrapolate(rows: list[dict[str, Any]], name: str, quantity: str) -> Callable[[float], float]:
    """The power law through the measured rows of one net, as a function of T; printed with its exponent."""
    mine = [row for row in rows if row["net"] == name]
    sizes, values = [row["T"] for row in mine], [row[quantity] for row in mine]
    fit = fit_exponent(sizes, values)
    print(json.dumps({"net": name, "of": quantity, "exponent": [round(x, 2) for x in (fit.slope, fit.low, fit.high)]}))
    return lambda T: values[-1] * (T / sizes[-1]) ** fit.slope


def authors_marks(nets: dict[str, nn.Module]) -> None:
    """Ratio of our step to the authors' released code at their sizes, whose copy task adds 20 steps to T."""
    for name, marks in MARKS.items():
        for T, mark in marks.items():
            row = measure(name, nets[name], T + 20)
            print(json.dumps({"net": name, "authors_T": T, "share_of_mark": round(row["cpu_seconds"] / mark, 2)}))


def compare_lengths(nets: dict[str, nn.Module]) -> None:
    """Screened against the others at T = 256, 1024, 4096; full attention measured up to 512 and extrapolated."""
    rows = [measure(name, net, T) for T in (256, 1024, 4096) for name, net in nets.items() if name != "full"]
    rows += [measure("full", nets["full"], T) for T in (128, 256, 512)]
    keys = product(("full", "screened"), ("cpu_seconds", "saved_mib"))
    laws = {key: extrapolate(rows, *key) for key in keys}
    for T in (1024, 4096):
        guess = {q: round(laws["full", q](T), 1) for q in ("cpu_seconds", "saved_mib")}
        print(json.dumps({"T": T, "net": "full", "extrapolated": guess}))
    longer = [T for T in range(8, 4097) if laws["full", "cpu_seconds"](T) > laws["screened", "cpu_seconds"](T)]
    print(json.dumps({"full takes more CPU seconds than screened from T =": longer[0] if longer else None}))


def map_large_tensors() -> None:
    """Let the C library map each large tensor by itself: holes in its heap cost a third of the peak. glibc only."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        mmap_threshold = -3
        library.mallopt(mmap_threshold, 2**17)


def largest_step(nets: dict[str, nn.Module]) -> None:
    """Memory of one step of the screened net at batch 32, T = 4096, and of full attention by its exponent."""
    map_large_tensors()
    measure("screened", nets["screened"], 4096, batch=32)
    print(json.dumps({"peak_resident_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**10}))
    rows = [measure("full", nets["full"], T, batch=32) for T in (64, 128, 256)]
    guess = extrapolate(rows, "full", "saved_mib")(4096) / 2**10
    print(json.dumps({"T": 4096, "batch": 32, "net": "full", "extrapolated saved_gib": round(guess)}))


PARTS = {"marks": authors_marks, "lengths": compare_lengths, "memory": largest_step}


def main(parts: list[str]) -> None:
    torch.set_num_threads(1)
    nets = contestants()
    for part in parts:
        PARTS[part](nets)


if __name__ == "__main__":
    main(sys.argv[1:] or list(PARTS))
