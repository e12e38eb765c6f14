"""What a task is: sequences with targets at their last steps, a loss, and a figure of merit."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

MEASURES = ("accuracy", "squared error", "bits")


@dataclass(frozen=True)
class Task:
    """A source of sequences and how an answer to them is judged.

    ``draw(generator, size, held_out)`` gives inputs (T, size, inputs), float32, and targets (k, size) for the last k
    steps: classes, or numbers where ``measure`` is "squared error". "accuracy" is a share, "bits" is bits per target.
    """

    name: str
    inputs: int
    outputs: int
    measure: str
    draw: Callable[[torch.Generator, int, bool], tuple[Tensor, Tensor]]

    def loss(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """Mean loss of outputs (k, size, outputs): cross-entropy in nats, or the mean square."""
        if self.measure == "squared error":
            return (outputs.squeeze(2) - targets).square().mean()
        return nn.functional.cross_entropy(outputs.flatten(0, 1), targets.flatten())

    def quality(self, outputs: Tensor, targets: Tensor) -> float:
        """The figure of merit: a share for "accuracy" (higher is better), else an error (lower is better)."""
        if self.measure == "accuracy":
            return float((outputs.argmax(2) == targets).double().mean())
        loss = float(self.loss(outputs, targets))
        return loss / math.log(2) if self.measure == "bits" else loss

    def reached(self, quality: float, goal: float | None) -> bool:
        """Whether *quality* is at least as good as *goal*."""
        return goal is not None and (quality >= goal if self.measure == "accuracy" else quality <= goal)
