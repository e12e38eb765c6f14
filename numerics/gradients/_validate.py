"""Checks of arguments shared by the gradient measurements."""

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor


def check_times(T: int, t: int) -> None:
    """Refuse times that are not integers with 1 <= t <= T."""
    for name, value in (("T", T), ("t", t)):
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} must be an int, got {value!r}.")
    if t < 1:
        raise ValueError(f"t must be at least 1 (times are 1-based), got t={t}.")
    if t > T:
        raise ValueError(f"t must be at most T, got t={t} and T={T}.")


def as_square(name: str, matrix: Sequence[Sequence[float]] | Tensor | Any) -> Tensor:
    """*matrix* as a finite square float64 tensor."""
    tensor = torch.as_tensor(matrix, dtype=torch.float64)
    if tensor.ndim != 2 or tensor.shape[0] != tensor.shape[1]:
        raise ValueError(f"{name} must be a square matrix, got shape {tuple(tensor.shape)}.")
    if not bool(torch.isfinite(tensor).all()):
        raise ValueError(f"{name} must be finite, got {tensor}.")
    return tensor


def check_finite(name: str, value: float) -> float:
    """*value* as a finite float."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{name} must be finite, got {value!r}.")
    return number


def check_choice(name: str, value: str, allowed: Sequence[str]) -> None:
    """Refuse a *value* outside *allowed*, naming both."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; got {value!r}.")
