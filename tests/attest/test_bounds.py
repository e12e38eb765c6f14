"""Calculators agree with rigorous enclosures on every back end, refuse what they must, return what they were given."""

import inspect
import math
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from attest import bounds
from attest.bounds._calculator import CATALOGUE
from theory import capacity, dynamics, gradients
from theory.capacity import statements as capacity_statements
from theory.dynamics import statements as dynamics_statements
from theory.errors import AssumptionError
from theory.export import enclosure
from theory.gradients import statements as gradients_statements
from theory.sparsity import statements as sparsity_statements

EPS = 2.0**-52

score = st.floats(-20, 300)
moderate = st.floats(-30, 30)
positive = st.one_of(st.floats(1e-6, 1e6), st.sampled_from([1e-6, 1.0, 1e6]))
unit = st.floats(1e-3, 1)
inside = st.one_of(st.floats(1e-3, 0.9), st.sampled_from([0.5, 0.99, 1e-6]))
counts = st.integers(1, 5)
long_time = st.floats(1e4, 1e12)
flow = {"time": st.one_of(st.just(0.0), st.floats(1, 1e8)), "mass": st.floats(0.5, 1e3), "classes": st.integers(2, 9),
        "separation": st.floats(0.1, 10), "frequency": unit}  # fmt: skip
late = {
    "time": long_time,
    "classes": st.integers(2, 9),
    "separation": st.floats(0.5, 2),
    "frequency": st.floats(0.01, 1),
}
times = {"T": st.one_of(st.integers(40, 300), st.just(2000)), "t": st.integers(1, 40)}
sen = {"mass": positive, "coupling": positive, "score0": st.floats(-20, -4), "norm0": st.floats(0, 1e3)}

# The domain of each calculator, extremes included: arguments by name, in the order of its declaration.
DOMAINS = {
    "dichotomy_count": {"m": st.integers(1, 1000), "d": st.integers(1, 60)},
    "log2_dichotomy_count": {"m": st.one_of(st.integers(1, 50), st.just(10**6)), "d": st.integers(1, 400)},
    "parameter_count": {"n": st.integers(0, 200), "degree": st.integers(0, 20)},
    "region_bound": {"n": st.integers(0, 30), "degree": st.just(1)},
    "log2_region_bound": {"n": st.one_of(st.integers(0, 64), st.just(10**4)), "degree": st.integers(0, 1)},
    "log2_extension_lower_bound": {"n": st.one_of(st.integers(0, 64), st.just(10**4))},
    "log2_output_gating_lower_bound": {"n": st.one_of(st.integers(1, 64), st.just(10**4))},
    "log2_output_gating_upper_bound": {"n": st.one_of(st.integers(1, 64), st.just(10**4))},
    "region_bound_exponent": {"n": st.integers(1, 10**6)},
    "leading_exponent": {"n": st.integers(1, 10**6), "degree": st.integers(1, 20)},
    "zuev_exponent": {"n_value": st.integers(2, 10**6)},
    "uniform_attention_gain": {"T": st.integers(40, 120), "t": st.integers(1, 40), "eigenvalue": st.floats(-1.5, 2)},
    "gain_lower_bound": {**times, "eigenvalue": inside},
    "gain_upper_bound": {**times, "eigenvalue": inside},
    "memorable_lower_bound": {**times, "eigenvalue": inside},
    "laguerre_gain": {"T": st.integers(1, 2000)},
    "baseline_gain": {"T": st.integers(40, 120), "t": st.integers(1, 40), "eigenvalue": st.floats(-2, 2)},
    "crossover_lag": {"eigenvalue": inside, "t": st.one_of(st.integers(2, 100), st.just(10**6))},
    "sparse_attention_lower_bound": {"kappa": st.integers(1, 50), "depth": st.integers(1, 20), "eigenvalue": positive},
    "frozen_growth_bound": {"gain": st.floats(0, 2), "T": st.integers(40, 200), "t": st.integers(1, 40)},
    "softmax_weight_lower_bound": {"score_bound": st.floats(0, 300), "attended": st.integers(1, 1000)},
    "softmax_weight_upper_bound": {"score_bound": st.floats(0, 300), "attended": st.integers(1, 1000)},
    "negative_identity_upper_bound": {"T": st.integers(1, 10**5), "v": inside},
    "initial_relevance": {"short_term": st.integers(1, 3000)},
    "sen_norm": {"score": st.floats(-3, 300), **sen, "multiplicity": counts},
    "sen_score": {
        "norm": st.one_of(st.floats(0, 1e3), st.floats(1e3, 1e60)), "mass": positive, "coupling": st.floats(0.01, 100),
        "score0": st.floats(-20, 20), "norm0": st.floats(0, 1e-3), "multiplicity": counts,
    },
    "sen_potential": {"score": score, "mass": positive, "multiplicity": counts},
    "attention_weight": {"score": st.floats(-600, 600), "mass": positive, "multiplicity": counts},
    "sen_residual": {"score": st.floats(-300, 300), "norm": st.floats(0, 1e3), "mass": positive, "coupling": positive},
    "step_residual_change": {
        "score": score, "mass": positive, "score_step": moderate, "embedding_step_square": positive,
        "coupling": positive,
    },
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
    "simplex_separation": {"column_norm": positive, "classes": st.integers(2, 50)},
    "margin_level": {"margin": score, "classes": st.integers(2, 50)},
    "margin_of_level": {"level": st.floats(-20, 1e12), "classes": st.integers(2, 50)},
    "margin_loss": {"margin": st.floats(-300, 600), "classes": st.integers(2, 50)},
    "margin_lower_bound": flow,
    "loss_upper_bound": flow,
    "loss_ceiling": flow,
    "restarted_margin": {
        "elapsed": st.floats(0, 1e8), "margin": st.floats(0, 30), "attention": unit, "classes": st.integers(2, 9),
        "separation": st.floats(0.1, 10), "frequency": unit,
    },
    "frozen_key_margin": flow,
    "frozen_key_norm": flow,
    "frozen_key_loss": flow,
    "frozen_embedding_floor": {
        "norm": st.floats(0, 60), "classes": st.integers(2, 50), "separation": st.floats(0.1, 10),
    },
    "frozen_embedding_gap": {
        "time": long_time, "norm": st.floats(0.01, 20), "classes": st.integers(2, 9), "separation": st.floats(0.1, 10),
        "frequency": unit, "coupling": st.floats(0.01, 100),
    },
    "takeoff_time": {
        "mass": positive, "classes": st.integers(2, 50), "separation": positive, "frequency": unit,
        "coupling": positive,
    },
    "asymptotic_loss": {"time": long_time, "separation": positive, "frequency": unit},
    "asymptotic_norm": late,
    "asymptotic_score": {"time": long_time, "mass": positive, **late, "coupling": positive},
    "asymptotic_attention_gap": {**late, "coupling": positive},
    "loss_correction": {"score": st.floats(-30, 300), "mass": positive},
    "null_probability": {
        "n_keys": st.one_of(st.integers(1, 200), st.just(10**4)),
        "shared_mean_ratio": st.one_of(st.just(0.0), st.floats(1e-3, 20)),
        "dim": st.one_of(st.just(math.inf), st.integers(1, 512)),
    },
    "causal_null_rate": {"length": st.integers(1, 10**4)},
    "score_correlation": {"shared_mean_ratio": st.floats(0, 1e3)},
    "support_pattern_count": {"n_keys": st.integers(1, 500), "dim": st.integers(1, 100)},
    "null_query_probability": {"n_keys": st.integers(1, 500), "dim": st.integers(1, 100)},
    "rescaling_gain": {"factor": positive, "mean_square": positive, "eps": st.floats(0, 1)},
    "euler_defect": {"mean_square": positive, "upstream_along_output": moderate, "eps": st.floats(0, 1)},
    "null_row_slope": {"eps": positive},
    "output_mean_square": {
        "n_keys": st.integers(1, 10**5), "score_variance": positive, "value_variance": positive, "value_mean": moderate,
    },
    "softmax_output_mean_square": {
        "n_keys": st.integers(1, 10**6), "score_variance": st.floats(0.01, 300), "value_variance": positive,
    },
    "softmax_participation_share": {"score_variance": st.floats(0.01, 300)},
    "score_gradient_mean_square": {
        "active": st.integers(3, 10**4), "dim": st.integers(3, 10**4), "score_variance": positive,
    },
    "score_gradient_limit": {"dim": st.integers(3, 10**4), "score_variance": positive},
    "rectified_edge_gain": {"active": st.integers(1, 10**4), "cosine": st.floats(0, 1)},
    "edge_ceiling": {"largest_value": positive, "eps": positive, "gain": positive},
    "two_point_norm": {"alpha": st.floats(1, 2)},
    "two_block_eigenvalue": {"n_keys": st.integers(2, 10**4), "peak": st.floats(0.01, 0.99), "alpha": st.floats(1, 2)},
}  # fmt: skip

# Formulas that add terms of this size before they nearly cancel: absolute rounding, beside the relative one.
SCALES = {
    "sen_score": lambda v: 1 + abs(v["score0"]) + abs(math.log(v["mass"])),
    "margin_of_level": lambda v: math.log(v["classes"]),
    "margin_lower_bound": lambda v: 2,
    "frozen_key_margin": lambda v: 2,
    "frozen_key_norm": lambda v: 2 * (1 + v["mass"]) / v["separation"],
    "restarted_margin": lambda v: 2,
    "crossover_lag": lambda v: v["t"],
    "asymptotic_score": lambda v: 30,
    "asymptotic_norm": lambda v: 30,
    "region_bound_exponent": lambda v: 10,
    "sen_residual": lambda v: v["coupling"] * v["norm"] ** 2 + abs(v["score"]) * (1 + math.exp(v["score"]) / v["mass"]),
}  # fmt: skip


def size_of_error(calculate, values, exact):
    """What float64 may lose: the value moved by a few roundings of every argument, and of the logarithms on the way."""
    if calculate.name == "uniform_attention_gain":
        # signed terms cancel: T - t roundings of what the same loop gives for |eigenvalue|
        grown = gradients.gain_recurrence(values["T"], values["t"], abs(values["eigenvalue"]))
        return 4 * values["T"] * EPS * grown
    logarithm = abs(math.log(abs(exact))) if exact else 750  # exp of a rounded logarithm
    allowed = 64 * EPS * (2 + logarithm) * abs(exact) + 64 * EPS * SCALES.get(calculate.name, lambda v: 0)(values)
    for argument in calculate.statement.arguments:
        value = values.get(argument.name, 0)
        moved = math.nextafter(value, 0.0) if isinstance(value, float) and math.isfinite(value) else value
        if argument.kind == "real" and moved != value:
            nudged = float(enclosure(calculate.statement, {**values, argument.name: moved}, digits=22))
            allowed += 32 * abs(nudged - exact)
    return allowed


@pytest.mark.parametrize("name", bounds.__all__)
def test_back_ends_agree_with_a_rigorous_enclosure(name):
    calculate = getattr(bounds, name)

    @settings(max_examples=15)
    @given(values=st.fixed_dictionaries(DOMAINS[name]))
    def agrees(values):
        exact = float(enclosure(calculate.statement, values, digits=22))
        allowed = size_of_error(calculate, values, exact) + 5e-324
        first = next(iter(values))
        found = {
            "number": calculate(**values),
            "array": calculate(**{**values, first: np.array([values[first]])})[0],
            "tensor": calculate(**{**values, first: torch.tensor([values[first]], dtype=torch.float64)})[0].item(),
        }
        for kind, value in found.items():
            assert abs(value - exact) <= allowed, (kind, value, exact)

    agrees()


def test_every_calculator_has_a_domain_to_be_tested_on():
    assert set(DOMAINS) == set(bounds.__all__)


@pytest.mark.parametrize("name", bounds.__all__)
def test_a_declaration_has_the_arguments_and_defaults_of_its_statement(name):
    calculate = getattr(bounds, name)
    parameters = [p for p in inspect.signature(calculate).parameters.values() if p.name != "explain"]
    arguments = calculate.statement.arguments
    assert [p.name for p in parameters] == [a.name for a in arguments]
    for parameter, argument in zip(parameters, arguments, strict=True):
        default = None if parameter.default is inspect.Parameter.empty else parameter.default
        assert default == (None if argument.default is None else float(argument.default))
    assert calculate.__doc__ and calculate.statement.source


def test_every_statement_has_a_calculator():
    modules = (capacity_statements, gradients_statements, dynamics_statements, sparsity_statements)
    assert set(bounds.__all__) == {name for module in modules for name in module.BUILDERS}


# --- extremes ---------------------------------------------------------------------------------------------------------


def test_scores_of_300_come_back():
    score = torch.tensor([1e-3, 1.0, 300.0], dtype=torch.float64)
    found = bounds.sen_score(bounds.sen_norm(score, 20.0), 20.0)
    assert found.tolist() == pytest.approx(score.tolist(), abs=64 * EPS, rel=64 * EPS)  # rounding of log(M w)


def test_a_region_bound_beyond_every_float_points_to_nothing_silent():
    with pytest.raises(OverflowError, match="region_bound"):
        bounds.region_bound(40)
    assert bounds.log2_region_bound(40) == pytest.approx(math.log2(capacity.region_bound(40)), rel=16 * EPS)


def test_the_longest_recurrence_is_exact_to_rounding():
    assert bounds.uniform_attention_gain(10**4, 1, 0.0) == 1e-4
    # lambda = 1/2 makes the gain 2 for t = 1 (gamma = 1), whatever T is
    assert bounds.uniform_attention_gain(10**4, 1, 0.5) == pytest.approx(2, rel=1e4 * EPS)


def test_a_longer_recurrence_is_refused_with_what_holds_there():
    with pytest.raises(
        ValueError, match=r"T must be .* <= 10000, got 20000\. .* gain_lower_bound and gain_upper_bound"
    ):
        bounds.uniform_attention_gain(20_000, 1, 0.5)
    assert bounds.gain_lower_bound(20_000, 1, 0.5) <= 2 <= bounds.gain_upper_bound(20_000, 1, 0.5)


def test_counts_are_whole_numbers():
    assert bounds.region_bound(5) == capacity.region_bound(5)
    assert bounds.dichotomy_count(30, 10) == capacity.dichotomy_count(30, 10)


# --- kinds of values --------------------------------------------------------------------------------------------------


def test_numbers_give_a_float_arrays_an_array_tensors_a_tensor():
    assert type(bounds.sen_norm(1, 2)) is float
    assert type(bounds.sen_norm(np.float64(1), 2)) is float
    assert isinstance(bounds.sen_norm([1.0, 2.0], 2), np.ndarray)
    assert isinstance(bounds.sen_norm(np.ones((2, 1)), np.ones(3)), np.ndarray)
    assert bounds.sen_norm(np.ones((2, 1)), np.ones(3)).shape == (2, 3)
    assert isinstance(bounds.sen_norm(torch.ones(2), 2), torch.Tensor)


def test_single_precision_comes_back_and_is_computed_in_double():
    single = bounds.sen_norm(np.float32([1, 2]), 20)
    assert single.dtype == np.float32
    assert np.array_equal(single, bounds.sen_norm(np.array([1.0, 2.0]), 20).astype(np.float32))
    assert bounds.sen_norm(torch.ones(2), 20).dtype == torch.float32
    with pytest.raises(OverflowError, match="exceeds float32"):
        bounds.sen_norm(np.float32([300]), 20)
    with pytest.raises(OverflowError, match=r"exceeds torch\.float32"):
        bounds.sen_norm(torch.tensor([300.0]), 20)


def test_integers_that_shape_the_program_broadcast_too():
    T, lam = np.array([[2], [5]]), np.array([0.25, 0.5, 1.0])
    found = bounds.uniform_attention_gain(T, 1, lam)
    assert found.shape == (2, 3)
    for i, j in np.ndindex(2, 3):
        assert found[i, j] == bounds.uniform_attention_gain(int(T[i, 0]), 1, float(lam[j]))
    tensor = torch.tensor(lam, requires_grad=True)
    gains = bounds.uniform_attention_gain(torch.tensor(T), 1, tensor)
    gains.sum().backward()
    assert np.array_equal(gains.detach().numpy(), found)
    exact = [sum(float(c) * k * x ** (k - 1) for n in (2, 5) for k, c in enumerate(_coefficients(n))) for x in lam]
    assert tensor.grad.tolist() == pytest.approx(exact, rel=64 * EPS)


def _coefficients(T):
    from theory.gradients.polynomial import gain_coefficients

    return gain_coefficients(T, 1)


def test_python_floats_keep_their_digits_beside_tensors():
    # 0.1 must not become the single-precision 0.1 on its way into a broadcast
    gains = bounds.uniform_attention_gain(torch.tensor([2, 3]), 1, 0.1)
    assert gains.tolist() == [bounds.uniform_attention_gain(T, 1, 0.1) for T in (2, 3)]


def test_complex_eigenvalues_are_welcome_where_the_statement_says_so():
    assert bounds.uniform_attention_gain(2, 1, 1j) == complex(0.5, 3)
    assert bounds.uniform_attention_gain(2, 1, torch.tensor(1j, dtype=torch.complex128)).item() == complex(0.5, 3)
    with pytest.raises(TypeError, match="score must be a number, got complex"):
        bounds.sen_norm(1j, 20)


def test_exact_numbers_are_accepted():
    assert bounds.sen_norm(Fraction(1, 2), 20) == bounds.sen_norm(0.5, 20)
    assert bounds.sen_norm(dynamics.sen_potential(0, 20), 20) == bounds.sen_norm(0.05, 20)


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda: bounds.sen_norm(1.0, 0.0), ValueError, "mass must be a number > 0, got 0"),
        (lambda: bounds.sen_norm(float("nan"), 1.0), ValueError, "score must be a number, got nan"),
        (lambda: bounds.sen_norm(np.array([1, np.inf]), 1.0), ValueError, "score must be a number, got inf"),
        (lambda: bounds.sen_norm("1", 1.0), TypeError, "score must be a number, a NumPy array or a torch tensor"),
        (lambda: bounds.sen_norm(True, 1.0), TypeError, "score must be a number"),
        (lambda: bounds.sen_norm(1.0, 2.0, multiplicity=1.5), ValueError, "must be an integer >= 1, got 1.5"),
        (lambda: bounds.null_probability(0), ValueError, "n_keys must be an integer >= 1, got 0"),
        (lambda: bounds.null_probability(3, dim=0), ValueError, "dim must be an integer >= 1, or infinity, got 0"),
        (lambda: bounds.uniform_attention_gain(2, 3, 1), ValueError, "assumes t <= T, got T=2, t=3, eigenvalue=1"),
        (lambda: bounds.uniform_attention_gain(2, 1, 10**400), ValueError, "eigenvalue must fit a float"),
        (lambda: bounds.region_bound(torch.tensor([2.5])), ValueError, "n must be an integer"),
        (lambda: bounds.sen_norm(), TypeError, "missing a required argument: 'score'"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_name(call, error, text):
    with pytest.raises(error) as caught:
        call()
    assert text in str(caught.value)
    assert not isinstance(caught.value, AssumptionError)


def test_unmet_hypotheses_name_themselves_and_the_remedy():
    with pytest.raises(
        AssumptionError, match=r"assumes the score is reached .* got score=-5, mass=20.* at least sen_score"
    ):
        bounds.sen_norm(-5, 20)
    with pytest.raises(AssumptionError, match=r"assumes norm >= 0, got norm of shape \(2,\)"):
        bounds.sen_score(np.array([1.0, -1.0]), 20)


# --- what surrounds a value -------------------------------------------------------------------------------------------


def test_an_explanation_holds_value_kind_hypotheses_source_and_latex():
    found = bounds.sen_norm(1.0, 20, explain=True)
    assert found.value == bounds.sen_norm(1.0, 20)
    assert found.kind == "exact"
    assert "arXiv:2011.10036, Theorem 1" in found.source
    assert found.latex.startswith(r"\operatorname{sen\_norm}")
    checked = {h.name: h.checked for h in found.hypotheses}
    assert checked["the score is reached from the start (norm^2 >= 0)"] and checked["mass is a number > 0"]
    assert not checked["gradient flow on keys and embeddings with a fixed query"]
    assert "assumed: gradient flow" in str(found)
    assert bounds.region_bound(3, explain=True).kind == "upper"


def test_a_calculator_exports_its_statement():
    assert bounds.sen_norm.export("numpy").startswith("# sen_norm: Lu, Mao, Nayak")
    assert "import torch" in bounds.sen_norm.export("torch")


def test_the_catalogue_is_the_public_list():
    assert bounds.__all__ == sorted(CATALOGUE)
    assert {"sen_norm", "sen_score", "uniform_attention_gain", "region_bound", "null_probability"} <= set(
        bounds.__all__
    )


def test_laws_of_the_late_phase_refuse_an_early_time():
    with pytest.raises(AssumptionError, match=r"late phase.* margin_lower_bound and loss_upper_bound"):
        bounds.asymptotic_norm(1.0, 2, 1.0, 0.5)


def test_bounds_hold_each_other_in_order():
    T, lam = np.array([[10], [100], [1000]]), np.array([0.1, 0.5, 0.9])
    gain = bounds.uniform_attention_gain(T, 3, lam)
    assert (bounds.gain_lower_bound(T, 3, lam) <= gain).all() and (gain <= bounds.gain_upper_bound(T, 3, lam)).all()
    assert (bounds.memorable_lower_bound(T, 3, lam) <= gain * (1 + 1e4 * EPS)).all()


def test_importing_the_catalogue_loads_no_library():
    code = "import sys, attest.bounds; print([m for m in ('torch', 'scipy', 'sympy', 'numpy') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_numbers_load_no_torch():
    code = "import sys, attest.bounds as b; b.sen_norm(1.0, 20); print('torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
