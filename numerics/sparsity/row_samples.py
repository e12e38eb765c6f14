"""Random rows at initialisation: output size, participation, gate arguments, and gradients to the scores."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from scipy.stats import t

from numerics.sparsity._validate import finite_number, one_of, whole_number

Floats = npt.NDArray[np.float64]


def summarise(draws: Any) -> dict[str, Any]:
    """{mean, standard_error, samples} of independent draws."""
    x = np.asarray(draws, dtype=np.float64)
    return {"mean": float(x.mean()), "standard_error": float(x.std(ddof=1) / np.sqrt(x.size)), "samples": int(x.size)}


def sign_of_mean(draws: Any, *, alarm: float = 1e-6) -> int:
    """1 or -1 where the mean of independent draws lies above or below 0 by a two-sided t test, 0 where it cannot tell.

    *alarm* is the chance of a sign where the mean is 0. Raises ValueError on fewer than two draws.

    >>> sign_of_mean([0.9, 1.1] * 20), sign_of_mean([-1.0, 1.0])
    (1, 0)
    """
    x = np.asarray(draws, dtype=np.float64)
    if x.ndim != 1 or x.size < 2:
        raise ValueError(f"draws must be at least two numbers, got shape {x.shape}")
    reach = float(t.isf(alarm / 2, x.size - 1)) * float(x.std(ddof=1)) / np.sqrt(x.size)
    return int(np.sign(x.mean())) if abs(x.mean()) > reach else 0


def sample_output_squares(
    n_keys: int,
    *,
    samples: int,
    rng: np.random.Generator | int,
    score_deviation: float = 1.0,
    value_mean: float = 0.0,
    weight_map: str = "relu",
) -> dict[str, Any]:
    """Squares of one coordinate of the un-normalised output; each of *samples* has fresh scores and values."""
    n, count = whole_number("n_keys", n_keys), whole_number("samples", samples, 2)
    tau = finite_number("score_deviation", score_deviation, 0.0)
    one_of("weight_map", weight_map, ("relu", "softmax"))
    generator = np.random.default_rng(rng)
    scores = tau * generator.standard_normal((count, n))
    values = value_mean + generator.standard_normal((count, n))
    if weight_map == "relu":
        weights = np.maximum(scores, 0.0)
    else:
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        weights = powers / powers.sum(axis=1, keepdims=True)
    return summarise((weights * values).sum(axis=1) ** 2)


def sample_participation_share(n_keys: int, *, samples: int, rng: np.random.Generator | int) -> dict[str, Any]:
    """(sum a)²/(n sum a²) of rectified rows of independent standard Gaussian scores; rows without a key count 0."""
    generator = np.random.default_rng(rng)
    weights = np.maximum(
        generator.standard_normal((whole_number("samples", samples, 2), whole_number("n_keys", n_keys))), 0
    )
    squares = (weights**2).sum(axis=1)
    return summarise(weights.sum(axis=1) ** 2 / np.where(squares > 0, squares, 1.0) / n_keys)


def count_saturated_gates(n_keys: int, *, samples: int, gate: float, rng: np.random.Generator | int) -> list[int]:
    """[saturated, other] gates sigmoid(w z) outside [1/20, 19/20], z one coordinate of an un-normalised output."""
    n, count = whole_number("n_keys", n_keys), whole_number("samples", samples)
    generator = np.random.default_rng(rng)
    weights = np.maximum(generator.standard_normal((count, n)), 0.0)
    z = (weights * generator.standard_normal((count, n))).sum(axis=1)
    opened = 1 / (1 + np.exp(-gate * z))
    saturated = int(((opened < 0.05) | (opened > 0.95)).sum())
    return [saturated, count - saturated]


def sample_score_gradients(
    active: int,
    dim: int,
    *,
    samples: int,
    rng: np.random.Generator | int,
    score_deviation: float = 1.0,
    normalised: bool = True,
) -> Floats:
    """|dL/ds|² of *samples* rows of *active* positive scores, by autograd through ReLU, the sum and RMSNorm (eps = 0).

    Scores are |Gaussian|, values Gaussian, the upstream gradient uniform on the unit sphere; all drawn afresh per row.
    """
    k, d, count = whole_number("active", active), whole_number("dim", dim), whole_number("samples", samples)
    generator = np.random.default_rng(rng)
    draw = lambda *shape: torch.from_numpy(generator.standard_normal(shape))  # noqa: E731
    scores = (score_deviation * draw(count, k).abs()).requires_grad_()
    values, upstream = draw(count, k, d), draw(count, d)
    upstream = upstream / upstream.norm(dim=1, keepdim=True)
    z = torch.einsum("rk,rkd->rd", torch.relu(scores), values)
    out = z / z.square().mean(dim=1, keepdim=True).sqrt() if normalised else z
    (gradient,) = torch.autograd.grad((upstream * out).sum(), scores)
    return np.asarray(gradient.square().sum(dim=1).numpy())
