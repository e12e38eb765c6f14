"""One seeded training loop for all nets and tasks, with a budget and what was spent of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import nn

from numerics.gradients.costs import measure_saved_bytes
from numerics.gradients.tasks.contestants import Contestant
from numerics.gradients.tasks.problems import Task

CPU_LIMIT = 1200.0  # seconds a run may take


@dataclass(frozen=True)
class Outcome:
    """What a run reached on held-out sequences and what it cost.

    ``transfer``: quality on each of the other tasks asked for, without retraining. ``saved_bytes``: activations that
    one training step keeps for its backward pass.
    """

    quality: float
    updates: int
    cpu_seconds: float
    wall_seconds: float
    saved_bytes: int
    transfer: dict[str, float] = field(default_factory=dict)


def measure_quality(net: Contestant, task: Task, *, seed: int, size: int = 256) -> float:
    """The task's figure of merit of *net* on *size* held-out sequences drawn from *seed*."""
    inputs, targets = task.draw(torch.Generator().manual_seed(seed), size, True)
    with torch.no_grad():
        return task.quality(net(inputs, len(targets)), targets)


def train_contestant(
    task: Task,
    net: str,
    *,
    seed: int,
    updates: int,
    goal: float | None = None,
    transfer: Sequence[Task] = (),
    width: int = 64,
    batch: int = 32,
    rate: float = 2e-3,
    short_term: int = 10,
    relevant: int = 10,
    corrected: bool = False,
    cpu_limit: float = CPU_LIMIT,
) -> Outcome:
    """Train *net* by Adam, gradients clipped at 1, and judge it on held-out sequences.

    It stops after *updates*, after *cpu_limit* seconds, or once 128 held-out sequences, looked at every 50 updates,
    reach *goal*; the quality reported is on other sequences. The same seed gives the same net, batches and outcome.
    """
    if updates < 1:
        raise ValueError(f"updates must be at least 1, got {updates}.")
    sizes = {"width": width, "short_term": short_term, "relevant": relevant}
    model = Contestant(net, task.inputs, task.outputs, **sizes, corrected=corrected, seed=seed)
    generator = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.Adam(model.parameters(), lr=rate)
    first, labels = task.draw(torch.Generator().manual_seed(seed), batch, False)
    saved = measure_saved_bytes(lambda: task.loss(model(first, len(labels)), labels))
    cpu, wall, done = time.process_time(), time.perf_counter(), 0
    while done < updates and time.process_time() - cpu < cpu_limit:
        inputs, targets = task.draw(generator, batch, False)
        optimiser.zero_grad()
        task.loss(model(inputs, len(targets)), targets).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        done += 1
        if done % 50 == 0 and task.reached(measure_quality(model, task, seed=seed + 10_000, size=128), goal):
            break
    return Outcome(
        quality=measure_quality(model, task, seed=seed + 20_000),
        updates=done,
        cpu_seconds=time.process_time() - cpu,
        wall_seconds=time.perf_counter() - wall,
        saved_bytes=saved,
        transfer={other.name: measure_quality(model, other, seed=seed + 30_000) for other in transfer},
    )
