"""What attention costs: activations saved for the backward pass, CPU time, and their exponents in T."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from scipy import stats
from torch import Tensor


def measure_saved_bytes(run: Callable[[], Any]) -> int:
    """Bytes of distinct storages that autograd saves for the backward pass while *run()* builds its graph.

    Parameters (leaves) do not count: they exist without the graph. The result of *run* is kept until counting ends.
    """
    storages: dict[int, int] = {}

    def pack(tensor: Tensor) -> Tensor:
        if not (tensor.is_leaf and tensor.requires_grad):
            storage = tensor.untyped_storage()
            storages[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        kept = run()
        total = sum(storages.values())
    del kept
    return total


def measure_cpu_seconds(run: Callable[[], Any], *, repeats: int = 3) -> float:
    """Smallest CPU time of *repeats* calls, in seconds (the smallest has the least foreign load in it)."""
    if repeats < 1:
        raise ValueError(f"repeats must be at least 1, got {repeats}.")
    times = []
    for _ in range(repeats):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return min(times)


@dataclass(frozen=True)
class Exponent:
    """Slope of log(value) against log(size) with its two-sided confidence interval."""

    slope: float
    low: float
    high: float
    level: float


def fit_exponent(sizes: Sequence[float], values: Sequence[float], *, level: float = 0.95) -> Exponent:
    """Least-squares slope in log-log axes with a Student interval; at least 3 points, all positive."""
    if len(sizes) != len(values) or len(sizes) < 3:
        raise ValueError(f"at least 3 sizes with as many values are needed, got {len(sizes)} and {len(values)}.")
    if min(*sizes, *values) <= 0:
        raise ValueError("sizes and values must be positive for a log-log fit.")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, got {level}.")
    fit = stats.linregress(np.log(sizes), np.log(values))
    half = float(stats.t.ppf((1 + level) / 2, len(sizes) - 2)) * float(fit.stderr)
    return Exponent(float(fit.slope), float(fit.slope) - half, float(fit.slope) + half, level)
