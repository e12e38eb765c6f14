"""Saved activations and exponents."""

import pytest
import torch

from numerics.gradients import AttentiveNet, fit_exponent, measure_cpu_seconds, measure_saved_bytes


def test_saved_bytes_of_one_tanh_are_its_output():
    x = torch.zeros(10, requires_grad=True)
    assert measure_saved_bytes(lambda: torch.tanh(x)) == 40


def saved(attention, T):
    net = AttentiveNet(2, 8, attention=attention, short_term=4, relevant=4, dtype=torch.float32)
    inputs = torch.zeros(T, 2, 2)
    return measure_saved_bytes(lambda: net(inputs).states[-1])


def test_full_attention_saves_quadratically_and_screened_attention_linearly():
    sizes = (32, 64, 128)
    assert fit_exponent(sizes, [saved("full", T) for T in sizes]).slope > 1.5
    assert fit_exponent(sizes, [saved("screened", T) for T in sizes]).slope < 1.1


def test_an_exact_power_law_has_its_exponent_and_no_width():
    fit = fit_exponent([1, 2, 4, 8], [3, 12, 48, 192])
    assert fit.slope == pytest.approx(2) and fit.high - fit.low < 1e-6


def test_cpu_seconds_are_positive():
    assert measure_cpu_seconds(lambda: sum(range(10000)), repeats=2) > 0


@pytest.mark.parametrize("sizes", [[1, 2], [1, 2, -3]])
def test_a_fit_needs_three_positive_points(sizes):
    with pytest.raises(ValueError, match=r"needed|positive"):
        fit_exponent(sizes, [1.0] * len(sizes))
