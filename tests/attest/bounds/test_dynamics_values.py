"""Calculators of training dynamics agree with rigorous enclosures over their domains, scores up to 300 included."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from attest import bounds
from theory import dynamics
from theory.dynamics.statements import BUILDERS
from theory.errors import AssumptionError

EPS = 2.0**-52
score = st.floats(-20, 300)
moderate = st.floats(-30, 30)
positive = st.one_of(st.floats(1e-6, 1e6), st.sampled_from([1e-6, 1.0, 1e6]))
unit = st.floats(1e-3, 1)
counts = st.integers(1, 5)
classes = st.integers(2, 9)
long_time = st.floats(1e4, 1e12)
separation = st.floats(0.1, 10)
horizon = st.one_of(st.just(0.0), st.floats(1, 1e8), st.just(1e290))
flow = {"time": horizon, "mass": st.floats(0.5, 1e3), "classes": classes, "separation": separation, "frequency": unit}
late = {"time": long_time, "classes": classes, "separation": st.floats(0.5, 2), "frequency": st.floats(0.01, 1)}
net = {"mass": st.floats(1.5, 200), "classes": classes, "separation": st.floats(0.3, 2), "frequency": unit}
sen = {"mass": positive, "coupling": positive, "score0": st.floats(-20, -4), "norm0": st.floats(0, 1e3)}
masses = {"least_mass": st.floats(0.1, 10), "greatest_mass": st.floats(10, 1e3)}
start = {"coupling": st.floats(0.01, 100), "score0": st.floats(-20, -4), "norm0": st.floats(0, 1)}
state = {"norm": st.floats(0.01, 20), "score": st.floats(-10, 300), "mass": positive, "classes": classes,
         "separation": separation, "frequency": unit, "coupling": positive}  # fmt: skip
grown = st.floats(0.01, 4)

# Arguments by name, in the order of the declaration.
DOMAINS = {
    "sen_norm": {"score": st.floats(-3, 300), **sen, "multiplicity": counts},
    "sen_score": {
        "norm": st.one_of(st.floats(0, 1e3), st.floats(1e3, 1e60), st.just(1e149)),  # a level of 1e300
        "mass": positive, "coupling": st.floats(0.01, 100),
        "score0": st.floats(-20, 20), "norm0": st.floats(0, 1e-3), "multiplicity": counts,
    },
    **{f"sen_norm_{side}_bound": {"score": st.floats(-3, 300), **masses, **start} for side in ("lower", "upper")},
    **{f"sen_score_{side}_bound": {"norm": st.floats(1, 1e3), **masses, **start} for side in ("lower", "upper")},
    "sen_potential": {"score": score, "mass": positive, "multiplicity": counts},
    "attention_weight": {"score": st.floats(-600, 600), "mass": positive, "multiplicity": counts},
    "effective_mass": {"mean_attention": st.floats(0.1, 1), "mean_square_attention": st.floats(1e-3, 0.1)},
    "vocabulary_exponent": {"topics": st.integers(1, 50), "irrelevant": st.integers(1, 10**6)},
    "finite_vocabulary_norm": {
        "score": st.floats(0, 100), "mass": positive, "topics": counts, "irrelevant": st.integers(5, 10**6),
        "coupling": positive,
    },
    "irrelevant_score": {"scores": moderate, "irrelevant": st.integers(1, 10**6)},
    "sgd_score_change": {
        "half_square_change": moderate, "gradient_square": positive, "context_pull": moderate, "coupling": positive,
        "rate": positive,
    },
    "trained_query_growth": {"key": st.floats(-5, 5), "mass": positive, "query0": st.floats(0.1, 10), "topics": counts},
    "trained_query_square": {
        "key": st.floats(0.01, 3), "mass": positive, "query0": st.floats(0.1, 10), "topics": counts,
    },
    "simplex_separation": {"column_norm": positive, "classes": st.integers(2, 50)},
    "sen_residual": {"score": st.floats(-300, 300), "norm": st.floats(0, 1e3), "mass": positive, "coupling": positive},
    "step_residual_change": {
        "score": score, "mass": positive, "score_step": moderate, "embedding_step_square": positive,
        "coupling": positive,
    },
    "sample_residual": {
        "score": grown, "mass": st.floats(1, 100), "topics": counts, "sentences": st.integers(1, 10**6),
        "coupling": st.floats(0.1, 10),
    },
    "vocabulary_residual": {
        "score": st.one_of(st.floats(1e-9, 5), st.just(300.0)), "mass": positive, "topics": counts,
        "irrelevant": st.integers(1, 10**6), "sentences": st.integers(1, 10**6),
    },
    "step_residual": {
        "score": grown, "mass": st.floats(1, 100), "rate": unit, "classes": classes, "separation": st.floats(0.3, 2),
        "frequency": unit, "coupling": st.floats(0.1, 10),
    },
    "drift_bound": {
        "score_drift": st.floats(0, 5), "embedding_drift": st.floats(0, 5), "norm": st.floats(0, 10),
        "force": st.floats(0, 10), "steps": st.floats(0, 10), "coupling": positive,
    },
    "drift_excess": {"drift_ratio": st.floats(-2, 0.99)},
    "margin_level": {"margin": score, "classes": st.integers(2, 50)},
    "margin_of_level": {"level": st.one_of(st.floats(-20, 1e12), st.just(1e300)), "classes": st.integers(2, 50)},
    "margin_loss": {"margin": st.floats(-300, 600), "classes": st.integers(2, 50)},
    "norm_speed": state,
    "score_speed": state,
    "margin_speed": state,
    "growth_constant": {"mass": st.one_of(st.floats(0.01, 1e3), st.just(1e6))},
    "margin_lower_bound": flow,
    "margin_upper_bound": flow,
    "loss_lower_bound": flow,
    "loss_upper_bound": flow,
    "loss_ceiling": flow,
    "restarted_margin": {
        "elapsed": st.floats(0, 1e8), "margin": st.floats(0, 30), "attention": unit, "classes": classes,
        "separation": separation, "frequency": unit,
    },
    "frozen_key_margin": flow,
    "frozen_key_norm": flow,
    "frozen_key_loss": flow,
    "frozen_embedding_floor": {"norm": st.floats(0, 60), "classes": st.integers(2, 50), "separation": separation},
    "frozen_embedding_gap": {
        "time": long_time, "norm": st.floats(0.01, 20), "classes": classes, "separation": separation,
        "frequency": unit, "coupling": st.floats(0.01, 100),
    },
    "time_to_score": {"score": grown, **net, "coupling": st.floats(0.1, 10)},
    "half_attention_time": {**net, "coupling": st.floats(0.1, 10)},
    "takeoff_time": {
        "mass": positive, "classes": st.integers(2, 50), "separation": positive, "frequency": unit,
        "coupling": positive,
    },
    "asymptotic_loss": {"time": long_time, "separation": positive, "frequency": unit},
    "asymptotic_logarithm": late,
    "asymptotic_norm": late,
    "asymptotic_score": {"time": long_time, "mass": positive, **late, "coupling": positive},
    "asymptotic_attention_gap": {**late, "coupling": positive},
    "loss_correction": {"score": st.floats(-30, 300), "mass": positive},
}  # fmt: skip


def potential(values, mass):
    """What the inverse of the identity adds up before it takes logarithms."""
    return 1 + abs(values["score0"]) + abs(math.log(values[mass]))


def step_scale(values):
    """The two integrals of the step residual, which nearly cancel for some scores."""
    norm = bounds.sen_norm(values["score"], values["mass"], values["coupling"])
    largest = values["frequency"] * values["separation"] * norm
    return values["rate"] * values["coupling"] / 2 * largest * (1 + values["coupling"] * norm**2)


# Formulas that add terms of this size before they nearly cancel: absolute rounding, beside the relative one.
SCALES = {
    "sen_score": lambda v: potential(v, "mass"),
    "sen_score_lower_bound": lambda v: potential(v, "least_mass"),
    "sen_score_upper_bound": lambda v: potential(v, "greatest_mass"),
    "margin_of_level": lambda v: math.log(v["classes"]),
    **{name: lambda v: 2 for name in ("margin_lower_bound", "margin_upper_bound", "frozen_key_margin")},
    "loss_lower_bound": lambda v: 2 * bounds.loss_lower_bound(**v),
    "frozen_key_norm": lambda v: 2 * (1 + v["mass"]) / v["separation"],
    "restarted_margin": lambda v: 2,
    "asymptotic_score": lambda v: 30,
    "asymptotic_norm": lambda v: 30,
    "asymptotic_logarithm": lambda v: 30,
    "sen_residual": lambda v: v["coupling"] * v["norm"] ** 2 + abs(v["score"]) * (1 + math.exp(v["score"]) / v["mass"]),
    "step_residual": step_scale,
}  # fmt: skip
SLOW = {
    "time_to_score",
    "half_attention_time",
    "sample_residual",
    "step_residual",
}  # rigorous quadrature takes a second


@pytest.mark.parametrize("name", BUILDERS)
def test_back_ends_agree_with_a_rigorous_enclosure(name, agrees):
    @settings(max_examples=1 if name in SLOW else 8)
    @given(values=st.fixed_dictionaries(DOMAINS[name]))
    def check(values):
        agrees(name, values, SCALES.get(name, lambda v: 0.0)(values))

    check()


@pytest.mark.parametrize("name", sorted(set(BUILDERS) - SLOW))
def test_tensors_are_differentiated(name, differentiates):
    @settings(max_examples=2)
    @given(values=st.fixed_dictionaries(DOMAINS[name]))
    def check(values):
        differentiates(name, values, SCALES.get(name, lambda v: 0.0)(values))

    check()


def test_every_calculator_has_a_domain_to_be_tested_on():
    assert set(DOMAINS) == set(BUILDERS)


def test_scores_of_300_come_back():
    scores = torch.tensor([1e-3, 1.0, 300.0], dtype=torch.float64)
    found = bounds.sen_score(bounds.sen_norm(scores, 20.0), 20.0)
    assert found.tolist() == pytest.approx(scores.tolist(), abs=64 * EPS, rel=64 * EPS)  # rounding of log(M w)


def test_the_growth_constant_lies_below_what_interval_arithmetic_proves():
    for mass in (1, 20, 100):
        proved = float(dynamics.growth_constant(mass))
        assert proved - 2.0**-13 <= bounds.growth_constant(mass) <= proved


def test_margins_and_losses_hold_each_other_in_order():
    times = torch.tensor([1.0, 1e3, 1e6], dtype=torch.float64)
    setting = (times, 20.0, 4, 1.0, 0.125)
    assert (bounds.margin_lower_bound(*setting) < bounds.margin_upper_bound(*setting)).all()
    assert (bounds.loss_lower_bound(*setting) < bounds.loss_upper_bound(*setting)).all()
    assert (bounds.loss_upper_bound(*setting) < bounds.loss_ceiling(*setting)).all()


def test_laws_of_the_late_phase_refuse_an_early_time():
    with pytest.raises(AssumptionError, match=r"late phase.* margin_lower_bound and loss_upper_bound"):
        bounds.asymptotic_norm(1.0, 2, 1.0, 0.5)
