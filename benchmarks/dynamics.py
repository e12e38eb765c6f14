"""The fast simulator beside PyTorch loops on the paper's task, in one run: ``python benchmarks/dynamics.py``.

``[--steps N] [--rounds N] [--device cpu] [--whole] [--json]``. 5000 sentences of 21 words over 5008, d = 10, full
batch. CPU seconds of one thread, interleaved rounds, medians; ratios are medians of ratios within one round. Per step
at equal arithmetic (float64; gradients are compared), against a naive float32 loop and the authors' script, to the same
end point (score of the topic words within 1 %), and how the cost grows with sentences, vocabulary and width.
``--whole`` really runs the loop's 5000 steps to the end point in place of multiplying the cost of one.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

from numerics.dynamics import (
    Sentences,
    Simulator,
    draw_start,
    draw_topic_sentences,
    flow_population,
    simulate_attention,
    train_attention,
)
from numerics.dynamics.simulator import warm_up

# CPU seconds per 1000 steps on one core, least and most seen; of another machine, so only an order of magnitude.
MARKS = {"authors' script": (17.0, 19.0), "naive float32 loop": (8.0, 9.0)}
END = 500.0  # 5000 steps at the paper's rate 0.1
Calls = dict[str, Callable[[], Any]]


def naive_loop(data: Sentences, steps: int) -> torch.Tensor:
    """What one writes in twenty lines: two embedding tables, softmax, cross-entropy, SGD, float32."""
    torch.manual_seed(0)
    index = torch.as_tensor(data.padded()[0])
    labels = torch.as_tensor(data.labels)
    keys, values = nn.Embedding(data.words, 10), nn.Embedding(data.words, 10)
    nn.init.zeros_(keys.weight)
    nn.init.normal_(values.weight, std=1e-6)
    query, head = 0.3 * torch.randn(10), torch.randn(10, data.classes)
    optimiser = torch.optim.SGD([keys.weight, values.weight], lr=0.1)
    for _ in range(steps):
        attention = torch.softmax(keys(index) @ query, dim=1)
        context = (attention.unsqueeze(2) * values(index)).sum(dim=1)
        loss = nn.functional.cross_entropy(context @ head, labels)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return keys.weight.detach() @ query


def cpu_rounds(calls: Calls, rounds: int) -> dict[str, list[float]]:
    """CPU seconds of each call, interleaved."""
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.process_time()
            call()
            spent[name].append(time.process_time() - start)
    return spent


def largest_difference(data: Sentences, head: str) -> float:
    """Largest difference of any gradient entry between autograd and the simulator, at a random point."""
    options: dict[str, Any] = {"seed": 1, "head": head, "embedding_scale": 0.5, "key_scale": 0.5}
    start = draw_start(data.words, data.classes, **options)
    found = Simulator(data, 10, head, "relu").gradients(
        start.keys @ start.query, start.embeddings, [p.numpy() for p in start.head.parameters]
    )
    seen: dict[str, Any] = {}

    def observe(moment: Any) -> None:
        trained = [p.grad.numpy() for group in moment.optimiser.param_groups[2:] for p in group["params"]]
        slopes = moment.keys.grad @ moment.query / (moment.query @ moment.query)
        seen["slopes"] = [slopes.numpy(), moment.embeddings.grad.numpy(), *trained]

    train_attention(data, steps=1, record=[0], observe=observe, **options)
    pairs = zip([found.scores, found.embeddings, *found.head], seen["slopes"], strict=True)
    return max(float(np.abs(a + b).max()) for a, b in pairs)


def per_step(data: Sentences, steps: int, rounds: int, device: str) -> dict[str, dict[str, float]]:
    """Seconds per 1000 steps of every contestant, and how many times the simulator's each is."""
    tenth = -(-steps // 10)

    def loop(count: int, dtype: torch.dtype, head: str = "fixed") -> Callable[[], Any]:
        return lambda: train_attention(data, head=head, steps=count, seed=1, record=[0], dtype=dtype, device=device)

    def simulator(count: int, head: str) -> Callable[[], Any]:
        return lambda: simulate_attention(data, head=head, steps=count, seed=1, record=[0])

    calls: Calls = {
        "simulator, float64": simulator(10 * steps, "fixed"),
        "simulator, float64, two layers": simulator(10 * steps, "mlp"),
        "loop, float64": loop(steps, torch.float64),
        "loop, float64, two layers": loop(steps, torch.float64, "mlp"),
        "loop, float32": loop(steps, torch.float32),
        "naive loop, float32": lambda: naive_loop(data, steps),
    }
    counts = {name: 10 * steps if name.startswith("simulator") else steps for name in calls}
    # Start and recorded moment cost the same for any number of steps: the difference to a tenth of the steps is free
    # of them.
    short: Calls = {
        "simulator, float64": simulator(steps, "fixed"),
        "simulator, float64, two layers": simulator(steps, "mlp"),
        "loop, float64": loop(tenth, torch.float64),
        "loop, float64, two layers": loop(tenth, torch.float64, "mlp"),
        "loop, float32": loop(tenth, torch.float32),
        "naive loop, float32": lambda: naive_loop(data, tenth),
    }
    cpu_rounds(short, 1)
    whole, part = cpu_rounds(calls, rounds), cpu_rounds(short, rounds)
    seconds = {
        name: [(w - statistics.median(part[name])) / (n - (steps if n > steps else tenth)) for w in whole[name]]
        for name, n in counts.items()
    }
    figures = {name: 1000 * statistics.median(values) for name, values in seconds.items()}
    ratios = {}
    for name in calls:
        if name.startswith("simulator"):
            continue
        rival = "simulator, float64, two layers" if "two layers" in name else "simulator, float64"
        within = [a / b for a, b in zip(seconds[name], seconds[rival], strict=True)]
        ratios[name] = statistics.median(within)
    for name, (low, high) in MARKS.items():
        ratios[f"{name} ({low:g} to {high:g} s elsewhere), at least"] = low / figures["simulator, float64"]
    return {"seconds per 1000 steps": figures, "times the simulator, per step": ratios}


def end_point(data: Sentences, loop_step: float, whole: bool) -> dict[str, float]:
    """Seconds to time 500, and the topic words' mean score there relative to the loop's, by several routes."""
    options: dict[str, Any] = {"seed": 1, "matrix": np.eye(10)[:, :4], "query": [1.0]}
    topics, found = list(data.topics), {}

    def route(name: str, call: Callable[[], Any]) -> float:
        start = time.process_time()
        score = float(call().scores[-1, topics].mean())
        found[f"{name}: seconds"] = time.process_time() - start
        return score

    def simulated(rate: float) -> Callable[[], Any]:
        return lambda: simulate_attention(
            data, rate=rate, steps=round(END / rate), record=[round(END / rate)], **options
        )

    exact = route("simulator at 0.1", simulated(0.1))
    found["score there"] = exact
    if whole:
        score = route("loop at 0.1", lambda: train_attention(data, rate=0.1, steps=5000, record=[5000], **options))
        found["loop at 0.1: score relative to it, minus 1"] = score / exact - 1
    else:
        found["loop at 0.1: seconds"] = 5000 * loop_step
    others: Calls = {f"simulator at {rate:g}": simulated(rate) for rate in (1.0, 5.0)}
    others["flow of the population"] = lambda: flow_population(
        np.eye(4), words_per_class=2, irrelevant=5000, length=20, times=[END]
    )
    for name, call in others.items():
        score = route(name, call)
        found[f"{name}: score relative to it, minus 1"] = score / exact - 1
        if abs(score / exact - 1) < 0.01:
            found[f"{name}: times faster than the loop"] = found["loop at 0.1: seconds"] / found[f"{name}: seconds"]
    return found


def growth() -> dict[str, float]:
    """Milliseconds of one step of simulator and loop when one size at a time is doubled twice."""
    base = {"sentences": 5000, "irrelevant": 5000, "width": 10}
    found = {}
    for name in base:
        for factor in (1, 2, 4):
            size = base | {name: base[name] * factor}
            data = draw_topic_sentences(size["sentences"], irrelevant=size["irrelevant"], rng=0)
            options: dict[str, Any] = {"seed": 0, "width": size["width"], "record": [0]}

            def simulated(steps: int, d: Sentences = data, o: dict[str, Any] = options) -> Callable[[], Any]:
                return lambda: simulate_attention(d, steps=steps, **o)

            def looped(steps: int, d: Sentences = data, o: dict[str, Any] = options) -> Callable[[], Any]:
                return lambda: train_attention(d, steps=steps, **o)

            calls = {"s": simulated(220), "s0": simulated(20), "l": looped(12), "l0": looped(2)}
            least = {key: min(values) for key, values in cpu_rounds(calls, 3).items()}
            found[f"simulator, {name}={size[name]}"] = 1000 * (least["s"] - least["s0"]) / 200
            found[f"loop, {name}={size[name]}"] = 1000 * (least["l"] - least["l0"]) / 10
    return found


def measure(steps: int, rounds: int, device: str, whole: bool) -> dict[str, Any]:
    """All figures of one run."""
    torch.set_num_threads(1)
    warm_up()
    data = draw_topic_sentences(5000, rng=0)
    figures: dict[str, Any] = {
        "largest gradient difference": {head: largest_difference(data, head) for head in ("fixed", "linear", "mlp")}
    }
    figures |= per_step(data, steps, rounds, device)
    figures["to the same end point"] = end_point(data, figures["seconds per 1000 steps"]["loop, float64"] / 1000, whole)
    figures["milliseconds per step by size"] = growth()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = measure(arguments.steps, arguments.rounds, arguments.device, arguments.whole)
    if arguments.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(name)
        for part, number in value.items():
            print(f"  {part:<62} {number:10.4g}")


if __name__ == "__main__":
    main()
