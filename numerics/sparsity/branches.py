"""The attention branch as a module: slope of its norm, its size at initialisation, gradients to scores and weights."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from numerics.sparsity._validate import finite_number, whole_number
from numerics.sparsity.attention import MappedAttention
from numerics.sparsity.normalisation import OutputNorm
from numerics.sparsity.row_samples import summarise


def measure_gated_jacobian(z: Sequence[float], gate: Sequence[float], *, eps: float = 0.0) -> list[list[float]]:
    """Jacobian of ReLA-g's norm at *z* by the module's own backward pass, as nested lists; gain 1."""
    norm = OutputNorm(len(z), len(z), "gated", eps=eps, dtype=torch.float64)
    assert norm.gate is not None
    with torch.no_grad():
        norm.gate.copy_(torch.tensor([float(w) for w in gate]))
    at = torch.tensor([float(x) for x in z], dtype=torch.float64)
    return [[float(x) for x in row] for row in torch.autograd.functional.jacobian(norm, at)]


def sample_branch_squares(
    norm: str, width: int, *, samples: int, rng: np.random.Generator | int, size: float = 1e-3
) -> dict[str, Any]:
    """Squares of one normalised coordinate over *samples* groups of *width*, each with parameters of its own.

    What is normalised is Gaussian of standard deviation *size*; it matters to a gate alone, which a small one leaves
    half open.
    """
    groups, d = whole_number("samples", samples, 2), whole_number("width", width)
    generator = np.random.default_rng(rng)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(generator.integers(2**31)))
        module = OutputNorm(groups * d, d, norm, dtype=torch.float64, eps=0.0)
    z = torch.from_numpy(finite_number("size", size, 0.0) * generator.standard_normal(groups * d))
    with torch.no_grad():
        return summarise(module(z).view(groups, d)[:, 0].square().numpy())


def sample_plain_score_gradients(
    n_keys: int, dim: int, *, samples: int, rng: np.random.Generator | int
) -> dict[str, Any]:
    """|dL/ds|² of rectified rows without a norm, by autograd; the upstream gradient is uniform on the unit sphere.

    Scores and values are standard Gaussian, all drawn afresh for each of *samples* rows.
    """
    n, d, count = whole_number("n_keys", n_keys), whole_number("dim", dim), whole_number("samples", samples, 2)
    generator = np.random.default_rng(rng)
    scores = torch.from_numpy(generator.standard_normal((count, n))).requires_grad_()
    values, upstream = (torch.from_numpy(generator.standard_normal((count, *shape))) for shape in ((n, d), (d,)))
    out = torch.einsum("rn,rnd->rd", torch.relu(scores), values)
    (gradient,) = torch.autograd.grad((upstream / upstream.norm(dim=1, keepdim=True) * out).sum(), scores)
    return summarise(gradient.square().sum(dim=1).numpy())


def measure_norms_after_step(
    weight_map: str, rate: float, *, rng: np.random.Generator | int, per_head: bool = False
) -> dict[str, list[float]]:
    """|W|² of the query, key and value projections ``before`` and ``after`` one step, and their ``gradients``' |G|².

    Width 6, 2 heads, 5 words, no biases, RMS norm with gain 1 and eps = 0; the loss is linear in the output.
    """
    generator = np.random.default_rng(rng)
    module = MappedAttention(
        6, 2, weight_map=weight_map, norm="plain", per_head=per_head, eps=0.0, bias=False, dtype=torch.float64
    )
    with torch.no_grad():
        for matrix in (module.in_proj_weight, module.out_proj.weight):
            matrix.copy_(torch.from_numpy(generator.standard_normal(matrix.shape) / 2))
    x, slope = (torch.from_numpy(generator.standard_normal((5, 1, 6))) for _ in range(2))
    (gradient,) = torch.autograd.grad((module(x, x, x)[0] * slope).sum(), module.in_proj_weight)
    before = module.in_proj_weight.detach()
    named = {"before": before, "gradients": gradient, "after": before - finite_number("rate", rate) * gradient}
    return {name: [float(part.square().sum()) for part in matrix.chunk(3)] for name, matrix in named.items()}


def count_added_parameters(width: int, heads: int, modules: int, *, norm: str = "gated") -> int:
    """How many parameters *modules* rectified attentions have more than as many softmax ones.

    >>> count_added_parameters(8, 2, 3)
    48
    """
    ours, theirs = (
        sum(p.numel() for p in MappedAttention(width, heads, weight_map=kind, norm=by, device="meta").parameters())
        for kind, by in (("relu", norm), ("softmax", "none"))
    )
    return whole_number("modules", modules) * (ours - theirs)
