"""Calculators of gradients agree with rigorous enclosures over their domains, and long recurrences give way."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from attest import bounds
from theory import gradients
from theory.errors import AssumptionError
from theory.gradients.statements import BUILDERS

EPS = 2.0**-52
inside = st.one_of(st.floats(1e-3, 0.9), st.sampled_from([0.5, 0.99, 1e-6]))
positive = st.one_of(st.floats(1e-6, 1e6), st.sampled_from([1e-6, 1.0, 1e6]))
times = {"T": st.one_of(st.integers(40, 300), st.just(2000)), "t": st.integers(1, 40)}
ends = {"T": st.integers(40, 10**6), "t": st.integers(1, 40)}
loop = {"T": st.integers(41, 120), "t": st.integers(1, 40)}
depths = {"kappa": st.integers(1, 50), "depth": st.integers(1, 20)}
disc = st.floats(-0.7, 0.7)

# Arguments by name, in the order of the declaration.
DOMAINS = {
    "uniform_attention_gain": {**loop, "eigenvalue": st.floats(-1.5, 1)},
    "mean_state_gain": {**loop, "eigenvalue": st.floats(-3, 2)},
    "hidden_loss_gain": {**loop, "eigenvalue": st.floats(-1.5, 1)},
    "constant_coefficient": ends,
    "linear_coefficient": {"T": st.integers(40, 2000), "t": st.integers(1, 40)},
    "leading_coefficient": ends,
    "gain_in_time": {"T": st.one_of(st.integers(1, 100), st.just(10**6)), "m": st.integers(1, 40)},
    "laguerre_gain": {"T": st.integers(1, 2000)},
    "log_laguerre_gain": {"T": st.integers(1, 1000)},
    "chain_count": {"T": st.integers(40, 1000), "t": st.integers(1, 40)},
    "baseline_gain": {"T": st.integers(40, 120), "t": st.integers(1, 40), "eigenvalue": st.floats(-2, 2)},
    "gain_lower_bound": {**times, "eigenvalue": inside},
    "gain_upper_bound": {**times, "eigenvalue": inside},
    "memorable_lower_bound": {**times, "eigenvalue": inside},
    "asymptotic_gain": {"T": st.integers(4 * 10**5, 10**7), "t": st.one_of(st.integers(1, 100), st.just(10**4)),
                        "eigenvalue": st.one_of(st.floats(0, 0.9), st.just(0.97))},
    "growth_exponent": {"eigenvalue": disc, "imaginary": disc},
    "oscillation_frequency": {"eigenvalue": disc, "imaginary": disc},
    "crossover_lag": {"eigenvalue": inside, "t": st.one_of(st.integers(2, 100), st.just(10**6))},
    "window_rate": {"kappa": st.integers(1, 9), "eigenvalue": st.floats(0.05, 2)},
    "negative_identity_upper_bound": {"T": st.integers(1, 10**5), "v": inside},
    "nilpotent_smallest_gain": {"T": st.integers(2, 3000)},
    "sparse_attention_lower_bound": {**depths, "eigenvalue": positive},
    "score_sparse_lower_bound": {**depths, "eigenvalue": positive, "score_bound": st.floats(0, 10)},
    "mean_state_lower_bound": {**depths, "eigenvalue": positive},
    "frozen_growth_bound": {"gain": st.floats(0, 2), "T": st.integers(40, 200), "t": st.integers(1, 40)},
    "mean_state_growth_bound": {"gain": st.floats(0, 2), "T": st.integers(40, 200), "t": st.integers(1, 40)},
    "softmax_weight_lower_bound": {"score_bound": st.floats(0, 300), "attended": st.integers(1, 1000)},
    "softmax_weight_upper_bound": {"score_bound": st.floats(0, 300), "attended": st.integers(1, 1000)},
    "attended_count": {"t": st.integers(1, 10**6), "short_term": st.integers(1, 100), "relevant": st.integers(0, 100)},
    "initial_relevance": {"short_term": st.integers(1, 3000)},
    "uniform_relevance": {"i": st.integers(1, 300), "short_term": st.integers(1, 100), "relevant": st.integers(0, 100)},
    "full_pairs": {"T": st.integers(1, 10**6)},
    "screened_pairs": {"T": st.integers(1, 10**6), "short_term": st.integers(1, 99), "relevant": st.integers(0, 99)},
}  # fmt: skip


def loop_error(values, scale=1.0, factor=1.0):
    """Signed terms cancel: T - t roundings of what the same loop gives for the eigenvalue's modulus."""
    number = factor * abs(values["eigenvalue"])
    return values["T"] / 16 * scale * gradients.gain_recurrence(values["T"], values["t"], number)


# Formulas that add terms of this size before they nearly cancel.
SCALES = {
    "crossover_lag": lambda v: v["t"],
    "uniform_attention_gain": loop_error,
    "mean_state_gain": lambda v: loop_error(v, 0.5, 0.5),
    "hidden_loss_gain": lambda v: loop_error(v, abs(v["eigenvalue"])),
    "growth_exponent": lambda v: 10.0,
}


@pytest.mark.parametrize("name", BUILDERS)
def test_back_ends_agree_with_a_rigorous_enclosure(name, agrees):
    @settings(max_examples=8)
    @given(values=st.fixed_dictionaries(DOMAINS[name]))
    def check(values):
        agrees(name, values, SCALES.get(name, lambda v: 0.0)(values))

    check()


@pytest.mark.parametrize("name", BUILDERS)
def test_tensors_are_differentiated(name, differentiates):
    @settings(max_examples=2)
    @given(values=st.fixed_dictionaries(DOMAINS[name]))
    def check(values):
        differentiates(name, values, SCALES.get(name, lambda v: 0.0)(values))

    check()


def test_every_calculator_has_a_domain_to_be_tested_on():
    assert set(DOMAINS) == set(BUILDERS)


def test_the_longest_recurrence_is_exact_to_rounding():
    assert bounds.uniform_attention_gain(10**4, 1, 0.0) == 1e-4
    # lambda = 1/2 makes the gain 2 for t = 1 (gamma = 1), whatever T is
    assert bounds.uniform_attention_gain(10**4, 1, 0.5) == pytest.approx(2, rel=1e4 * EPS)


@pytest.mark.slow
@pytest.mark.parametrize("eigenvalue", [-0.97, 0.3, 0.97])
def test_the_longest_recurrence_agrees_with_a_rigorous_enclosure(eigenvalue, agrees):
    values = {"T": 10**4, "t": 1, "eigenvalue": eigenvalue}
    agrees("uniform_attention_gain", values, loop_error(values))


def test_a_longer_recurrence_gives_way_to_its_asymptotic_form_and_says_so():
    exact, far = bounds.uniform_attention_gain(10_001, 1, 0.3), bounds.uniform_attention_gain(20_001, 1, 0.3)
    assert exact == pytest.approx(bounds.asymptotic_gain(10_001, 1, 0.3), rel=2e-5)  # the relative error is O(1/T)
    assert bounds.gain_lower_bound(20_001, 1, 0.3) <= far <= bounds.gain_upper_bound(20_001, 1, 0.3)
    found = bounds.uniform_attention_gain(20_001, 1, 0.3, explain=True)
    assert (found.value, found.kind) == (far, "asymptotic")
    assert found.hypotheses[0].name == "T - t > 10000: asymptotic form in place of the recurrence"
    assert bounds.uniform_attention_gain(10_001, 1, 0.3, explain=True).kind == "exact"
    # it is the number of steps that counts, not the time
    assert bounds.uniform_attention_gain(10**6, 10**6 - 9, 0.3, explain=True).kind == "exact"


def test_long_and_short_recurrences_mix_in_one_array():
    T = [100, 10**6]
    apart = [bounds.uniform_attention_gain(size, 3, 0.3) for size in T]
    assert bounds.uniform_attention_gain(np.array(T), 3, 0.3).tolist() == pytest.approx(apart, rel=64 * EPS)
    number = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)
    gains = bounds.uniform_attention_gain(torch.tensor(T), 3, number)
    gains.sum().backward()
    assert gains.tolist() == pytest.approx(apart, rel=64 * EPS) and bool(torch.isfinite(number.grad))


def test_the_asymptotic_form_refuses_where_it_does_not_hold():
    with pytest.raises(AssumptionError, match=r"contraction \(eigenvalue >= 0\).*negative_identity_upper_bound"):
        bounds.uniform_attention_gain(10**6, 1, -0.5)
    with pytest.raises(ValueError, match="assumes T - t <= 10000"):
        bounds.mean_state_gain(10**6, 1, 0.5)
    with pytest.raises(TypeError, match=r"T - t > 10000: .* asymptotic_gain, where eigenvalue must be a number"):
        bounds.uniform_attention_gain(10**6, 1, 0.2 + 0.3j)
    # at 0.99 and T = 20000 the leading term is 10^15 times too small, and T is named with what holds instead
    with pytest.raises(AssumptionError, match=r"next term is at most a tenth.*T=20000.*gain_lower_bound and"):
        bounds.uniform_attention_gain(20_000, 1, 0.99)


@pytest.mark.parametrize(("eigenvalue", "next_term"), [(0.3, 0.0175), (0.75, 15), (0.8, 42), (0.9, 612)])
def test_the_term_after_the_leading_one_is_as_large_as_the_asymptotic_form_says(eigenvalue, next_term):
    T, t = 10**4, 7
    error = bounds.uniform_attention_gain(T, t, eigenvalue) / bounds.asymptotic_gain(T, t, eigenvalue) - 1
    assert error * T == pytest.approx(next_term, rel=0.05)


def test_bounds_hold_each_other_in_order():
    T, lam = np.array([[10], [100], [1000]]), np.array([0.1, 0.5, 0.9])
    gain = bounds.uniform_attention_gain(T, 3, lam)
    assert (bounds.gain_lower_bound(T, 3, lam) <= gain).all() and (gain <= bounds.gain_upper_bound(T, 3, lam)).all()
    assert (bounds.memorable_lower_bound(T, 3, lam) <= gain * (1 + 1e4 * EPS)).all()
