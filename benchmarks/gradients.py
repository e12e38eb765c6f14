"""CPU seconds and saved activations of one training step: screened against full attention, side by side in one run.

Run as ``python benchmarks/gradients.py [T ...]``; prints one JSON line for each length and net. Width 128, batch 10,
float32, one thread, forward and backward, nu = rho = 10; a reference recomputes all keys at every step.
"""

import json
import sys

import torch
from torch import Tensor, nn

from numerics.gradients import AttentiveNet, measure_cpu_seconds, measure_saved_bytes

WIDTH, BATCH, SYMBOLS = 128, 10, 10
FULL_LIMIT = 400  # full attention's memory grows with T squared


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


def main(lengths: list[int]) -> None:
    torch.set_num_threads(1)
    nets = contestants()
    for T in lengths:
        inputs = torch.randn(T + 20, BATCH, SYMBOLS, generator=torch.Generator().manual_seed(0))
        for name, net in nets.items():
            if name == "full" and T > FULL_LIMIT:
                continue
            seconds = measure_cpu_seconds(lambda net=net, inputs=inputs: step(net, inputs), repeats=2)
            saved = measure_saved_bytes(lambda net=net, inputs=inputs: loss_of(net, inputs))
            print(
                json.dumps(
                    {"T": T, "net": name, "cpu_seconds": round(seconds, 4), "saved_mib": round(saved / 2**20, 1)}
                )
            )


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 200, 400])
