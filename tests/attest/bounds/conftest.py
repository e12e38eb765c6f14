"""What the calculators' tests share: a value and its gradient held against rigorous enclosures of the statement."""

import math
from fractions import Fraction

import flint
import numpy as np
import pytest
import torch
from hypothesis import assume

from attest import bounds
from theory.export import enclosure

EPS = 2.0**-52


def exactly(calculate, values):
    """The middle of a ball of relative width below 1e-22 that holds the value."""
    return float(enclosure(calculate.statement, values, digits=22))


def normal(values):
    """Whether no argument is so small that what is computed from it may underflow, digit by digit."""
    return all(value == 0 or abs(value) > 1e-290 for value in values.values())


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
        assume(normal(values))
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


def exact_slope(calculate, values, name):
    """The derivative in an argument: a symmetric quotient of enclosures whose step of 2^-40 is no error.

    None where the value jumps, as a bound made of cases may where they meet.
    """
    at = Fraction(values[name])
    step = abs(at) / 2**40
    above, below = (enclosure(calculate.statement, {**values, name: end}, digits=45) for end in (at + step, at - step))
    if abs(above - below) > 2**-20 * (abs(above) + abs(below)):
        return None
    return float((above - below) / flint.arb(flint.fmpq(2 * step.numerator, step.denominator)))


def size_of_slope_error(calculate, values, name, slope, scale):
    """What float64 may lose of a slope: terms of the size of the formula's over the argument's, which nearly cancel,
    and the slope moved by a few roundings of every argument.
    """
    size = abs(exactly(calculate, values)) + scale
    allowed = 64 * EPS * ((2 + abs(math.log(abs(slope) + 1e-300))) * abs(slope) + size * (1 + 1 / abs(values[name])))
    for argument in calculate.statement.arguments:
        value = values.get(argument.name, 0)
        if argument.kind == "real" and value:
            moved = exact_slope(calculate, {**values, argument.name: Fraction(value) * (1 - Fraction(EPS))}, name)
            allowed += 32 * abs((slope if moved is None else moved) - slope)
    return allowed + 5e-324


@pytest.fixture(scope="session")
def differentiates():
    """Assert that a tensor's gradient is the slope in the first real argument that the formula contains, if any.

    Where the value is 0 it may be a length that begins, whose root has no slope.
    """

    def check(name, values, scale=0.0):
        assume(normal(values))
        calculate = getattr(bounds, name)
        inside = calculate.statement.result.free_symbols
        real = [a.name for a in calculate.statement.arguments if a.kind == "real" and a.symbol in inside]
        if not real:
            return
        assume(any(values.get(argument) for argument in real) and exactly(calculate, values) != 0)
        chosen = next(argument for argument in real if values.get(argument))
        slope = exact_slope(calculate, values, chosen)
        assume(slope is not None)
        tensor = torch.tensor(values[chosen], dtype=torch.float64, requires_grad=True)
        (found,) = torch.autograd.grad(calculate(**{**values, chosen: tensor}), tensor)
        allowed = size_of_slope_error(calculate, values, chosen, slope, scale)
        assert abs(found.item() - slope) <= allowed, (found.item(), slope, values)

    return check
