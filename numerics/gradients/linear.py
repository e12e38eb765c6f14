"""The smallest net of the paper, executed: linear recurrence, uniform attention, O(T) by a running sum.

Nothing here knows the gain polynomial: the recurrence is run and torch differentiates it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from numerics.gradients._validate import as_square, check_choice, check_times


def run_linear_uniform(V: Tensor, inputs: Tensor, *, state: str = "sum") -> tuple[tuple[Tensor, ...], Tensor]:
    """Hidden states h_1 ... h_T (nodes of the graph) and s_T for inputs (T, n) entering each h directly, s_0 = 0."""
    s = torch.zeros_like(inputs[0])
    total = torch.zeros_like(inputs[0])
    hidden = []
    for k, x in enumerate(inputs, start=1):
        h = V @ s + x
        hidden.append(h)
        total = total + h
        s = h + total / k
        if state == "mean":
            s = s / 2
    return tuple(hidden), s


def measure_linear_jacobians(
    V: Sequence[Sequence[float]] | Any, T: int, *, state: str = "sum", seed: int = 0
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """ds_T/dh_t for every t: float64 array (T, n, n), entry t - 1 for time t, rows = components of s_T.

    One backward pass per component of s_T through random inputs (the derivative does not depend on them).
    ValueError if V is not square or not finite.

    >>> measure_linear_jacobians([[1.0]], 2).ravel().tolist()
    [3.5, 1.5]
    """
    matrix = as_square("V", V)
    check_times(T, 1)
    check_choice("state", state, ("sum", "mean"))
    n = matrix.shape[0]
    generator = torch.Generator().manual_seed(seed)
    inputs = torch.randn(T, n, dtype=torch.float64, generator=generator, requires_grad=False)
    inputs.requires_grad_()
    hidden, final = run_linear_uniform(matrix, inputs, state=state)
    rows = [torch.autograd.grad(final[i], hidden, retain_graph=True) for i in range(n)]
    return np.stack([torch.stack(row).numpy() for row in rows], axis=1)


def measure_uniform_attention_gain(
    T: int, t: int, eigenvalue: float | complex, *, state: str = "sum"
) -> float | complex:
    """The factor by which ds_T/dh_t acts on an eigenvector of V with this eigenvalue, by autograd.

    A real eigenvalue is a net of width 1; a complex one a rotation with scaling of width 2, whose ds_T/dh_t is again of
    that form, so that its first column is (real part, imaginary part).

    >>> measure_uniform_attention_gain(2, 1, 0.5)
    2.0
    """
    check_times(T, t)
    if isinstance(eigenvalue, complex):
        a, b = eigenvalue.real, eigenvalue.imag
        block = measure_linear_jacobians([[a, -b], [b, a]], T, state=state)[t - 1]
        return complex(block[0, 0], block[1, 0])
    return float(measure_linear_jacobians([[float(eigenvalue)]], T, state=state)[t - 1, 0, 0])
