"""Checks of arguments shared by the training code."""

from typing import Any

import numpy as np


def check_positive(name: str, value: float) -> float:
    """*value* as a float; ValueError unless finite and > 0."""
    number = _finite(name, value)
    if number <= 0:
        raise ValueError(f"{name} must be positive, got {name}={value!r}.")
    return number


def check_nonnegative(name: str, value: float) -> float:
    """*value* as a float; ValueError unless finite and >= 0."""
    number = _finite(name, value)
    if number < 0:
        raise ValueError(f"{name} must be at least 0, got {name}={value!r}.")
    return number


def check_count(name: str, value: int, least: int) -> int:
    """*value* as an int; TypeError for anything but an integer, ValueError below *least*."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} must be an int, got {value!r}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {name}={value}.")
    return int(value)


def check_choice(name: str, value: str, allowed: tuple[str, ...]) -> str:
    """*value*; ValueError unless it is one of *allowed*."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {value!r}.")
    return value


def as_matrix(name: str, value: Any, shape: tuple[int | None, int | None]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """*value* as a finite float64 matrix of that shape (None: any size)."""
    matrix = np.asarray(value, dtype=np.float64)
    wanted = " x ".join("any" if n is None else str(n) for n in shape)
    if matrix.ndim != 2 or any(n is not None and n != k for n, k in zip(shape, matrix.shape, strict=True)):
        raise ValueError(f"{name} must have shape {wanted}, got {matrix.shape}.")
    if not np.isfinite(matrix).all():
        raise ValueError(f"{name} must be finite, got {value!r}.")
    return matrix


def as_times(name: str, value: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """*value* as finite times >= 0 that increase."""
    times = np.asarray(value, dtype=np.float64)
    if times.ndim != 1 or times.size == 0 or not np.isfinite(times).all():
        raise ValueError(f"{name} must be a non-empty sequence of finite times, got {value!r}.")
    if times[0] < 0 or (np.diff(times) <= 0).any():
        raise ValueError(f"{name} must be at least 0 and increase, got {value!r}.")
    return times


def _finite(name: str, value: float) -> float:
    if isinstance(value, bool | str | complex):
        raise TypeError(f"{name} must be a number, got {value!r}.")
    number = float(value)
    if not np.isfinite(number):
        raise ValueError(f"{name} must be finite, got {name}={value!r}.")
    return number
