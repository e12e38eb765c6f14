"""The fast simulator beside the plain PyTorch loop on the paper's task, in one run: ``python benchmarks/dynamics.py``.

``[--steps N] [--device cpu] [--json]``. CPU seconds of one thread, interleaved, least of three; 5000 sentences of 21
words over 5008, d = 10, full batch. Per step at equal arithmetic (float64, gradients compared), to the same end point
(score of the topic words within 1 %: a flow's solution and a simulator at a rate 40 times the paper's may take larger
steps), and how the cost grows with sentences, vocabulary and width.
"""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from numerics.dynamics import (
    Sentences,
    Simulator,
    draw_start,
    draw_topic_sentences,
    flow_population,
    simulate_attention,
    train_attention,
)


def cpu_seconds(calls: dict[str, Callable[[], Any]], repeats: int = 3) -> dict[str, float]:
    """Least CPU time of each call over interleaved repeats."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(repeats):
        for name, call in calls.items():
            start = time.process_time()
            call()
            best[name] = min(best[name], time.process_time() - start)
    return best


def largest_difference(data: Sentences) -> float:
    """Largest difference of any gradient entry between autograd and the simulator, at a random point."""
    start = draw_start(data.words, data.classes, seed=1, embedding_scale=0.5, key_scale=0.5)
    found = Simulator(data, 10, "fixed", "relu").gradients(
        start.keys @ start.query, start.embeddings, [start.head.parameters[0].numpy()]
    )
    seen: dict[str, Any] = {}

    def observe(moment: Any) -> None:
        seen.update(keys=moment.keys.grad, embeddings=moment.embeddings.grad, query=moment.query)

    train_attention(data, steps=1, seed=1, embedding_scale=0.5, key_scale=0.5, record=[0], observe=observe)
    slopes = (seen["keys"] @ seen["query"] / (seen["query"] @ seen["query"])).numpy()
    table = np.abs(found.embeddings + seen["embeddings"].numpy()).max()
    return float(max(np.abs(found.scores + slopes).max(), table))


def measure(steps: int, device: str) -> dict[str, Any]:
    """All figures of one run."""
    torch.set_num_threads(1)
    data = draw_topic_sentences(5000, rng=0)
    figures: dict[str, Any] = {"largest gradient difference": largest_difference(data)}

    def loop(dtype: torch.dtype) -> Callable[[], Any]:
        return lambda: train_attention(data, steps=steps, seed=1, record=[0], dtype=dtype, device=device)

    calls = {
        "loop, float64": loop(torch.float64),
        "loop, float32": loop(torch.float32),
        "simulator, float64": lambda: simulate_attention(data, steps=steps, seed=1, record=[0]),
    }
    # The start and the recorded moment cost the same in all: take them off by a run without steps.
    idle = cpu_seconds({
        "loop, float64": lambda: train_attention(data, steps=0, seed=1, record=[0], device=device),
        "simulator, float64": lambda: simulate_attention(data, steps=0, seed=1, record=[0]),
    })  # fmt: skip
    idle["loop, float32"] = idle["loop, float64"]
    spent = cpu_seconds(calls)
    per_step = {name: (spent[name] - idle[name]) / steps for name in spent}
    figures["seconds per 1000 steps"] = {name: 1000 * s for name, s in per_step.items()}
    fast = per_step["simulator, float64"]
    figures["loop / simulator per step"] = {name: s / fast for name, s in per_step.items() if name.startswith("loop")}
    figures["to the end point"] = end_point(per_step["loop, float64"])
    figures["seconds per 1000 steps by size"] = growth()
    return figures


def end_point(loop_step: float) -> dict[str, float]:
    """Seconds to time 500 (5000 steps at rate 0.1), and the topic words' mean score there, for three routes."""
    data = draw_topic_sentences(5000, rng=0)
    matrix = np.eye(10)[:, :4]
    options: dict[str, Any] = {"seed": 1, "matrix": matrix, "query": [1.0]}
    found: dict[str, float] = {}
    for name, rate in (("simulator, rate 0.1", 0.1), ("simulator, rate 1", 1.0)):
        start = time.process_time()
        run = simulate_attention(data, rate=rate, steps=round(500 / rate), record=[round(500 / rate)], **options)
        found[f"{name}: seconds"] = time.process_time() - start
        found[f"{name}: score"] = float(run.scores[-1, :8].mean())
    start = time.process_time()
    flow = flow_population(np.eye(4), words_per_class=2, irrelevant=5000, length=20, times=[500.0])
    found["population flow: seconds"] = time.process_time() - start
    found["population flow: score"] = float(flow.scores[-1].mean())
    found["loop, rate 0.1: seconds (5000 steps at the measured cost)"] = 5000 * loop_step
    return found


def growth() -> dict[str, float]:
    """Cost of the simulator when one size at a time is doubled twice."""
    base = {"sentences": 5000, "irrelevant": 5000, "width": 10}
    found = {}
    for name in base:
        for factor in (1, 2, 4):
            size = base | {name: base[name] * factor}
            data = draw_topic_sentences(size["sentences"], irrelevant=size["irrelevant"], rng=0)
            start = draw_start(data.words, 4, seed=0, width=size["width"])
            simulator = Simulator(data, size["width"], "fixed", "relu")
            scores, head = start.keys @ start.query, [start.head.parameters[0].numpy()]

            def steps(s: Simulator = simulator, v: Any = scores, e: Any = start.embeddings, h: Any = head) -> None:
                for _ in range(50):
                    s.gradients(v, e, h)

            found[f"{name}={size[name]}"] = 20 * cpu_seconds({"steps": steps})["steps"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = measure(arguments.steps, arguments.device)
    if arguments.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        if isinstance(value, dict):
            print(name)
            for part, number in value.items():
                print(f"  {part:<58} {number:10.4g}")
        else:
            print(f"{name:<60} {value:10.4g}")


if __name__ == "__main__":
    main()
