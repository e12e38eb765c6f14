"""Derivatives of one attention row: its definition, differentiated by autograd or by differences."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.sparsity._validate import finite_number, one_of, whole_number
from numerics.sparsity.normalisation import rms_scale
from numerics.sparsity.weight_maps import attention_weights


def _tensor(x: Any) -> Tensor:
    return torch.tensor(np.asarray(x, dtype=np.float64))


def normalise_heads(z: Tensor, *, per_head: bool, eps: float) -> Tensor:
    """RMS normalisation of z (..., heads, d): each head alone, or the concatenation; the shape stays."""
    if per_head:
        return z * rms_scale(z, eps)
    joined = z.flatten(-2)
    return (joined * rms_scale(joined, eps)).view_as(z)


def measure_rms_jacobian(z: Sequence[float], *, eps: float = 0.0) -> list[list[float]]:
    """Jacobian of z -> z/sqrt(mean z² + eps) by reverse-mode differentiation, as nested lists."""
    jacobian = torch.autograd.functional.jacobian(lambda x: x * rms_scale(x, eps), _tensor(z))
    return [[float(entry) for entry in row] for row in jacobian]


def measure_euler_sums(
    scores: Any, values: Any, upstream: Any, *, per_head: bool, eps: float = 0.0, gate: Any = None
) -> dict[str, Any]:
    """sum_j s_j dL/ds_j of each head for L = <upstream, out>, with what a prediction is conditional on.

    *scores* (heads, n), *values* (heads, n, d), *upstream* and *gate* (heads, d). Returns ``by_head``, ``total``,
    ``mean_square`` and ``along`` (<upstream, out>) of each normalised group.
    """
    s = _tensor(scores).requires_grad_()
    delta = _tensor(upstream)
    z = torch.einsum("hn,hnd->hd", attention_weights(s), _tensor(values))
    out = normalise_heads(z, per_head=per_head, eps=finite_number("eps", eps, 0.0))
    if gate is not None:
        out = out * torch.sigmoid(_tensor(gate) * z)
    (gradient,) = torch.autograd.grad((delta * out).sum(), s)
    sums = (s * gradient).sum(dim=1).detach()
    z, out = z.detach(), out.detach()
    groups = ((z, out, delta),) if not per_head else tuple(zip(z, out, delta, strict=True))
    return {
        "by_head": sums.tolist(),
        "total": float(sums.sum()),
        "mean_square": [float(part.square().mean()) for part, _, _ in groups],
        "along": [float((d * o).sum()) for _, o, d in groups],
    }


def measure_lone_key_gradient(
    score: float, value: Any, upstream: Any, *, gate: Any = None, other_head: Any = None
) -> float:
    """dL/ds of one active key, L = <upstream, out>; *other_head* joins the normalisation as a constant."""
    s = torch.tensor([float(score)], dtype=torch.float64, requires_grad=True)
    z = attention_weights(s)[0] * _tensor(value)
    group = z if other_head is None else torch.cat([z, _tensor(other_head)])
    out = z * rms_scale(group, 0.0)
    if gate is not None:
        out = out * torch.sigmoid(_tensor(gate) * z)
    (gradient,) = torch.autograd.grad((_tensor(upstream) * out).sum(), s)
    return float(gradient)


def measure_shift_derivative(weight_map: str, scores: Any, values: Any, upstream: Any) -> float:
    """d<upstream, weights @ values>/dc when the constant c is added to every score, by autograd through the map."""
    shift = torch.zeros((), dtype=torch.float64, requires_grad=True)
    out = attention_weights(_tensor(scores) + shift, weight_map) @ _tensor(values)
    (derivative,) = torch.autograd.grad((_tensor(upstream) * out).sum(), shift)
    return float(derivative)


def weigh_row(scores: Any, weight_map: str) -> list[float]:
    """Weights of one row of scores, as floats."""
    return [float(a) for a in attention_weights(_tensor(scores), weight_map)]


def count_positive_weights(scores: Any, weight_map: str) -> int:
    """Exact support of one row: the number of weights that are not 0."""
    return int((attention_weights(_tensor(scores), weight_map) > 0).sum())


def measure_row_jacobian(scores: Any, weight_map: str, *, step: float = 1e-5) -> list[list[float]]:
    """Jacobian of the weights of one row by central differences of the *forward* map, off its kinks.

    The maps' own backward passes are hand-written and not used. The truncation error is of order step².
    """
    s = _tensor(scores)
    nudges = step * torch.eye(len(s), dtype=s.dtype)  # row j moves score j
    slopes = (attention_weights(s + nudges, weight_map) - attention_weights(s - nudges, weight_map)) / (2 * step)
    return [[float(entry) for entry in row] for row in slopes.T]


def two_block_scores(n_keys: int, peak: float, alpha: float) -> list[float]:
    """Scores whose α-entmax row (1 < α <= 2) has one weight *peak* and n - 1 equal ones: s = p^{α-1}/(α-1)."""
    n = whole_number("n_keys", n_keys, 2)
    rest = (1 - peak) / (n - 1)
    return [p ** (alpha - 1) / (alpha - 1) for p in (peak, *[rest] * (n - 1))]


def measure_jacobian_norm(scores: Any, weight_map: str, *, step: float = 1e-5) -> float:
    """Spectral norm of :func:`measure_row_jacobian`."""
    return float(np.linalg.norm(np.asarray(measure_row_jacobian(scores, weight_map, step=step)), 2))


def spectral_norm(matrix: Any) -> float:
    """Largest singular value."""
    return float(np.linalg.norm(np.asarray(matrix, dtype=np.float64), 2))


def measure_output_slope(scores: Any, values: Any, *, eps: float) -> float:
    """Spectral norm of d out/d s of RMSNorm(ReLU(s) V) by autograd, at scores off 0."""

    def output(s: Tensor) -> Tensor:
        z = attention_weights(s) @ _tensor(values)
        return z * rms_scale(z, eps)

    return float(torch.linalg.matrix_norm(torch.autograd.functional.jacobian(output, _tensor(scores)), 2))


def measure_edge_gain(active: int, cosine: float, *, simplex: bool = False, dim: int | None = None) -> float:
    """Spectral norm of d out/d v_1 for *active* equal weights on unit-RMS values of common pairwise *cosine*.

    The output is RMSNorm(a V), or a V with the weights 1/κ of the simplex. Values are the rows of a Cholesky factor.
    """
    k = whole_number("active", active)
    width = whole_number("dim", k + 1 if dim is None else dim, k)
    gram = np.full((k, k), float(cosine)) + (1 - float(cosine)) * np.eye(k)
    values = torch.zeros(k, width, dtype=torch.float64)
    values[:, :k] = torch.tensor(np.linalg.cholesky(gram) * np.sqrt(width))

    def output(first: Tensor) -> Tensor:
        z = (first + values[1:].sum(dim=0)) / k
        return z if simplex else z * rms_scale(z, 0.0)

    return float(torch.linalg.matrix_norm(torch.autograd.functional.jacobian(output, values[0]), 2))


def measure_path_gain(active: int, depth: int, *, simplex: bool = False) -> float:
    """Largest singular value of d root/d leaf in a κ-ary tree whose nodes attend equally to orthogonal children.

    Every node is the (normalised) sum of κ children; the leaves are orthogonal and of unit RMS, so all nodes are.
    """
    k, levels = whole_number("active", active), whole_number("depth", depth, 1)
    leaves = k**levels
    # One coordinate more than the leaves: the derivative is then not confined to the span it is projected on.
    nodes = torch.eye(leaves, leaves + 1, dtype=torch.float64) * float(np.sqrt(leaves + 1))

    def root(first: Tensor) -> Tensor:
        level = torch.cat([first[None], nodes[1:]])
        for _ in range(levels):
            z = level.view(-1, k, level.shape[1]).mean(dim=1)
            level = z if simplex else z * rms_scale(z, 0.0)
        return level[0]

    return float(torch.linalg.matrix_norm(torch.autograd.functional.jacobian(root, nodes[0]), 2))


def count_comparisons(scores: Sequence[float], method: str) -> int:
    """Comparisons between scores made by one row: ``"relu"`` against 0, ``"sort"`` by the standard library's sort."""
    one_of("method", method, ("relu", "sort"))
    made = 0

    class Counted(float):
        def __lt__(self, other: float) -> bool:
            nonlocal made
            made += 1
            return float.__lt__(self, other)

    counted = [Counted(s) for s in scores]
    if method == "relu":
        [0.0 if s < 0.0 else s for s in counted]
    else:
        sorted(counted)
    return made


def count_null_map_rows(
    weight_map: str, n_keys: int, *, samples: int, rng: np.random.Generator | int, dim: int = 8
) -> list[int]:
    """[null, other] rows of *weight_map* over independent (query, key set) draws, all entries standard Gaussian."""
    n, d, count = whole_number("n_keys", n_keys), whole_number("dim", dim), whole_number("samples", samples)
    generator = np.random.default_rng(rng)
    scores = np.einsum("rnd,rd->rn", generator.standard_normal((count, n, d)), generator.standard_normal((count, d)))
    null = int((attention_weights(_tensor(scores), weight_map) == 0).all(dim=1).sum())
    return [null, count - null]


def mean_supports(
    weight_maps: Sequence[str], n_keys: int, *, score_deviation: float, samples: int, rng: np.random.Generator | int
) -> dict[str, float]:
    """Mean number of positive weights under each map, over *samples* rows of independent Gaussian scores, the same."""
    shape = (whole_number("samples", samples), whole_number("n_keys", n_keys))
    drawn = np.random.default_rng(rng).standard_normal(shape)
    scores = _tensor(finite_number("score_deviation", score_deviation, 0.0) * drawn)
    return {name: float((attention_weights(scores, name) > 0).sum(dim=1).double().mean()) for name in weight_maps}
