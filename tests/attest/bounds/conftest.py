"""What the calculators' tests share: a value and its gradient held against rigorous enclosures of the statement."""

import math

import numpy as np
import pytest
import torch

from attest import bounds
from theory.export import enclosure

EPS = 2.0**-52


def exactly(calculate, values):
    """The middle of a ball of relative width below 1e-22 that holds the value."""
    return float(enclosure(calculate.statement, values, digits=22))


def size_of_error(calculate, values, exact, scale):
    """What float64 may lose: the value moved by a few roundings of every argument, and of the logarithms on the way."""
    logarithm = abs(math.log(abs(exact))) if exact else 750  # exp of a rounded logarithm
    allowed = 64 * EPS * (2 + logarithm) * abs(exact) + 64 * EPS * scale
    for argument in calculate.statement.arguments:
        value = values.get(argument.name, 0)
        moved = math.nextafter(value, 0.0) if isinstance(value, float) and math.isfinite(value) else value
        if argument.kind == "real" and moved != value:
            nudged = exactly(calculate, {**values, argument.name: moved})
            allowed += 32 * abs(nudged - exact)
    return allowed + 5e-324


@pytest.fixture(scope="session")
def agrees():
    """Assert that every back end's value of a calculator lies in the enclosure, widened by what rounding may lose.

    *scale*: the size of terms that nearly cancel in the formula.
    """

    def check(name, values, scale=0.0):
        calculate = getattr(bounds, name)
        exact = exactly(calculate, values)
        allowed = size_of_error(calculate, values, exact, scale)
        first = next(iter(values))
        found = {
            "number": calculate(**values),
            "array": calculate(**{**values, first: np.array([values[first]])})[0],
            "tensor": calculate(**{**values, first: torch.tensor([values[first]], dtype=torch.float64)})[0].item(),
        }
        for kind, value in found.items():
            assert abs(value - exact) <= allowed, (kind, value, exact, values)

    return check


@pytest.fixture(scope="session")
def differentiates():
    """Assert that a tensor's gradient agrees with enclosed difference quotients in the first real argument, if any.

    The error of the quotient is estimated by halving its step.
    """

    def check(name, values):
        calculate = getattr(bounds, name)
        real = [a.name for a in calculate.statement.arguments if a.kind == "real" and values.get(a.name)]
        if not real:
            return
        at = values[real[0]]
        tensor = torch.tensor(at, dtype=torch.float64, requires_grad=True)
        (slope,) = torch.autograd.grad(calculate(**{**values, real[0]: tensor}), tensor)

        def quotient(step):
            ends = [exactly(calculate, {**values, real[0]: at + sign * step}) for sign in (1, -1)]
            return (ends[0] - ends[1]) / (2 * step)

        step = 1e-4 * abs(at)
        coarse, fine = quotient(step), quotient(step / 2)
        size = abs(exactly(calculate, values))
        allowed = 4 * abs(fine - coarse) + 1e-9 * abs(fine) + 64 * EPS * size / step
        assert abs(slope.item() - fine) <= allowed, (slope.item(), fine, values)

    return check
