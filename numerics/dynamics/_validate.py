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


def check_counts(name: str, values: Any, below: int | None = None) -> np.ndarray[Any, np.dtype[np.int64]]:
    """*values* as a vector of int64 >= 0; TypeError for anything but integers, ValueError from *below* on."""
    found = np.asarray(values if isinstance(values, np.ndarray) else list(values))
    if found.ndim != 1 or (found.size and found.dtype.kind not in "iu"):
        raise TypeError(f"{name} must be a sequence of ints, got {values!r}.")
    wrong = found[(found < 0) | (found >= (np.inf if below is None else below))]
    if wrong.size:
        limit = "at least 0" if below is None or wrong[0] < 0 else f"below {below}"
        raise ValueError(f"{name} must be {limit}, got {int(wrong[0])}.")
    return found.astype(np.int64)


def check_choice(name: str, value: str, allowed: tuple[str, ...]) -> str:
    """*value*; ValueError unless it is one of *allowed*."""
    if value not in allowed:
        names = ", ".join(choice or '""' for choice in allowed)
        raise ValueError(f"{name} must be one of {names}, got {value!r}.")
    return value


def as_matrix(name: str, value: Any, shape: tuple[int | None, int | None]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """*value* as a finite float64 matrix of that shape (None: any size)."""
    matrix = np.asarray(value, dtype=np.float64)
    wanted = " x ".join("any" if n is None else str(n) for n in shape)
    if matrix.ndim != 2 or any(n is not None and n != k for n, k in zip(shape, matrix.shape, strict=True)):
        raise ValueError(f"{name} must have shape {wanted}, got {matrix.shape}.")
    if not np.isfinite(matrix).all():
        row, column = np.argwhere(~np.isfinite(matrix))[0]
        raise ValueError(f"{name} must be finite, got {matrix[row, column]} in row {row}, column {column}.")
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
    if value is None or isinstance(value, bool | str | complex):
        raise TypeError(f"{name} must be a number, got {value!r}.")
    number = float(value)
    if not np.isfinite(number):
        raise ValueError(f"{name} must be finite, got {name}={value!r}.")
    return number
