"""One row of rectified attention on arrays: weights, weighted sum, RMS normalisation. The definition, executed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from numerics.sparsity._validate import finite_number

Floats = npt.NDArray[np.float64]


def rms_normalise(z: Any, *, eps: float = 0.0) -> Floats:
    """z / sqrt(mean z² + eps) over the last axis; a zero vector stays zero, with eps = 0 too (never 0/0).

    >>> rms_normalise([3.0, 4.0]).round(4).tolist()
    [0.8485, 1.1314]
    """
    array = np.asarray(z, dtype=np.float64)
    mean_square = (array**2).mean(axis=-1, keepdims=True) + finite_number("eps", eps, 0.0)
    return array / np.sqrt(np.where(mean_square > 0, mean_square, 1.0))


def rectified_output(scores: Any, values: Any, *, eps: float = 0.0) -> Floats:
    """RMSNorm(ReLU(scores) @ values), shape (..., d), for scores (..., n) and values (n, d).

    Zhang, Titov, Sennrich (2021), section 3.1. A row without a positive score gives exactly 0.
    """
    weights = np.maximum(np.asarray(scores, dtype=np.float64), 0.0)
    return rms_normalise(weights @ np.asarray(values, dtype=np.float64), eps=eps)


def measure_rescaling_gain(scores: Sequence[float], values: Any, factor: float, *, eps: float = 0.0) -> list[float]:
    """Output at *factor* · scores divided by the output at scores, entry by entry, the normalisation being RMS.

    Raises ValueError where the row is null, so that no ratio exists.
    """
    c = finite_number("factor", factor)
    before = rectified_output(scores, values, eps=eps)
    if not before.any():
        raise ValueError(f"scores must have a positive entry, otherwise the row is null; got {list(scores)!r}")
    after = rectified_output(c * np.asarray(scores, dtype=np.float64), values, eps=eps)
    return [float(x) for x in after / before]


def mix_rectified(query: Any, keys: Any, values: Any) -> list[float]:
    """Un-normalised, unscaled rectified output sum_j max(0, q·k_j) v_j of one query."""
    scores = np.asarray(keys, dtype=np.float64) @ np.asarray(query, dtype=np.float64)
    return [float(x) for x in np.maximum(scores, 0.0) @ np.asarray(values, dtype=np.float64)]
