"""Classifiers on top of the context vector: fixed linear, trained linear, two-layer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from numerics.dynamics._validate import as_matrix, check_choice, check_count


@dataclass
class Head:
    """Logits of a context vector. ``parameters``: tensors; ``trained``: whether training changes them."""

    kind: str
    parameters: list[Tensor]
    activation: str = "relu"

    @property
    def trained(self) -> bool:
        return self.kind != "fixed"

    def logits(self, context: Tensor, parameters: Sequence[Tensor]) -> Tensor:
        """Logits (N, C) of contexts (N, d) with these parameters in place of its own."""
        if self.kind != "mlp":
            return context @ parameters[0]
        first, bias, second, offset = parameters
        hidden = context @ first + bias
        hidden = torch.relu(hidden) if self.activation == "relu" else torch.tanh(hidden)
        return hidden @ second + offset


def make_head(
    kind: str,
    width: int,
    classes: int,
    *,
    seed: int,
    matrix: Any = None,
    hidden: int = 10,
    activation: str = "relu",
    dtype: torch.dtype = torch.float64,
) -> Head:
    """A head of one of three kinds for contexts of *width* entries.

    "fixed": logits context @ U with U (width, classes) = ``matrix``, or standard normal with ones on the diagonal as in
    the authors' code; "linear": the same, trained, started from ``matrix`` or from torch's uniform draw within
    1/sqrt(width); "mlp": two layers with biases and ``hidden`` units, trained. ``activation``: "relu" or "tanh".
    """
    check_choice("head", kind, ("fixed", "linear", "mlp"))
    check_choice("activation", activation, ("relu", "tanh"))
    check_count("classes", classes, 2)
    check_count("hidden", hidden, 1)
    generator = torch.Generator().manual_seed(seed)

    def uniform(*shape: int, fan: int) -> Tensor:
        return (2 * torch.rand(*shape, generator=generator, dtype=dtype) - 1) / fan**0.5

    if kind == "mlp":
        if matrix is not None:
            raise ValueError("matrix belongs to the heads fixed and linear; an mlp draws its own two layers.")
        drawn = [uniform(width, hidden, fan=width), uniform(hidden, fan=width)]
        return Head(kind, [*drawn, uniform(hidden, classes, fan=hidden), uniform(classes, fan=hidden)], activation)
    if matrix is not None:
        return Head(kind, [torch.tensor(as_matrix("matrix", matrix, (width, classes)), dtype=dtype)])
    if kind == "linear":
        return Head(kind, [uniform(width, classes, fan=width)])
    drawn_matrix = torch.randn(width, classes, generator=generator, dtype=dtype)
    drawn_matrix.fill_diagonal_(1.0)
    return Head(kind, [drawn_matrix])
