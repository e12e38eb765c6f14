"""Measurements made for single statements: zeros of the gain, cancelling scores, weight of attention-only chains."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import torch

from numerics.gradients._validate import check_times
from numerics.gradients.linear import measure_linear_jacobians


def _complex_gain(T: int, t: int, z: complex) -> complex:
    block = measure_linear_jacobians([[z.real, -z.imag], [z.imag, z.real]], T)[t - 1]
    return complex(block[0, 0], block[1, 0])


def find_gain_zero(T: int, t: int, start: complex, *, steps: int = 40) -> complex:
    """A complex eigenvalue at which the measured ds_T/dh_t vanishes, by the secant method on autograd's values.

    RuntimeError if *steps* secant steps do not settle.
    """
    check_times(T, t)
    a, b = start, start * (1 + 1e-4)
    fa, fb = _complex_gain(T, t, a), _complex_gain(T, t, b)
    for _ in range(steps):
        if fb == fa:
            return b
        a, b, fa = b, b - fb * (b - a) / (fb - fa), fb
        if abs(b - a) < 4 * 2**-53:
            return b
        fb = _complex_gain(T, t, b)
    raise RuntimeError(f"the secant method did not settle from {start} in {steps} steps.")


def measure_two_step_gradient(score_weight: float) -> tuple[float, float]:
    """(ds_2/dh_1, alpha_{1,2}) of the net of width 1 with V = 0, W_a = 0, U_a = 1 and h = (1, -1), full derivative."""
    h = torch.tensor([1.0, -1.0], dtype=torch.float64, requires_grad=True)
    alpha = torch.softmax(score_weight * torch.tanh(h), 0)
    s = h[1] + (alpha * h).sum()
    (found,) = torch.autograd.grad(s, h)
    return float(found[0]), float(alpha[0].detach())


def find_cancelling_score(low: float, high: float) -> float:
    """The score weight between *low* and *high* at which that full derivative changes sign, by bisection."""
    if not (measure_two_step_gradient(low)[0] < 0 < measure_two_step_gradient(high)[0]):
        raise ValueError(f"the derivative must be negative at low and positive at high, got low={low}, high={high}.")
    while math.nextafter(low, high) < high and high - low > 2**-52 * abs(high):
        middle = (low + high) / 2
        low, high = (middle, high) if measure_two_step_gradient(middle)[0] < 0 else (low, middle)
    return (low + high) / 2


def measure_attention_only_masses(sets: Sequence[Sequence[int]]) -> list[float]:
    """Summed weight over all t of attention-only chains into s_T, entry d - 1 for depth d = 1..T.

    The net is h_k = N s_{k-1} + x_k, s_k = c_k (no direct path from h_k), uniform over the given sets; N shifts by one
    coordinate, so that d - 1 Jacobians show in the coordinate d - 1.
    """
    T = len(sets)
    shift = torch.diag(torch.ones(T - 1, dtype=torch.float64), 1)
    inputs = torch.zeros(T, T, dtype=torch.float64, requires_grad=True)
    s = torch.zeros(T, dtype=torch.float64)
    hidden = []
    for k in range(T):
        hidden.append(shift @ s + inputs[k])
        s = torch.stack([hidden[i - 1] for i in sets[k]]).mean(0)
    found = torch.autograd.grad(s[0], hidden, allow_unused=True)
    rows = [torch.zeros(T, dtype=torch.float64) if g is None else g for g in found]
    return [float(x) for x in torch.stack(rows).sum(0)]


def record_spread(model: Callable[[torch.Tensor], Any], inputs: Sequence[Any]) -> tuple[list[list[float]], list[float]]:
    """(weights, radii) of one run with full attention: alpha_{1,k} ... alpha_{k,k}, and r_k = max_j |h_j - c_k|."""
    with torch.no_grad():
        run = model(torch.tensor(inputs, dtype=torch.float64))
    hidden = torch.stack(run.hidden)[:, 0]
    weights = [alpha[0] for alpha in run.weights]
    radii = [float((hidden[: len(a)] - a @ hidden[: len(a)]).norm(dim=1).max()) for a in weights]
    return [a.tolist() for a in weights], radii
