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
from theory.errors import AssumptionError
from theory.export import enclosure

EPS = 2.0**-52

reals = st.floats(-20, 300)
positive = st.one_of(st.floats(1e-6, 1e6), st.sampled_from([1e-6, 1.0, 1e6]))
counts = st.integers(1, 5)

# The domain of each calculator, extremes included: arguments by name, in the order of its declaration.
DOMAINS = {
    "dichotomy_count": {"m": st.integers(1, 1000), "d": st.integers(1, 60)},
    "log2_dichotomy_count": {"m": st.one_of(st.integers(1, 50), st.just(10**6)), "d": st.integers(1, 400)},
    "region_bound": {"n": st.integers(0, 30), "degree": st.just(1)},
    "log2_region_bound": {"n": st.one_of(st.integers(0, 64), st.just(10**4)), "degree": st.integers(0, 1)},
    "uniform_attention_gain": {"T": st.integers(40, 120), "t": st.integers(1, 40), "eigenvalue": st.floats(-1.5, 2)},
    "sen_norm": {
        "score": st.floats(-3, 300), "mass": positive, "coupling": positive, "score0": st.floats(-20, -4),
        "norm0": st.floats(0, 1e3), "multiplicity": counts,
    },
    "sen_score": {
        "norm": st.one_of(st.floats(0, 1e3), st.floats(1e3, 1e60)), "mass": positive, "coupling": st.floats(0.01, 100),
        "score0": st.floats(-20, 20), "norm0": st.floats(0, 1e-3), "multiplicity": counts,
    },
    "sen_potential": {"score": reals, "mass": positive, "multiplicity": counts},
    "attention_weight": {"score": st.floats(-600, 600), "mass": positive, "multiplicity": counts},
    "null_probability": {
        "n_keys": st.one_of(st.integers(1, 200), st.just(10**4)),
        "shared_mean_ratio": st.one_of(st.just(0.0), st.floats(1e-3, 20)),
        "dim": st.one_of(st.just(math.inf), st.integers(1, 512)),
    },
}  # fmt: skip


def size_of_error(name, values, exact):
    """What float64 may lose on each formula, with the reason."""
    if name == "uniform_attention_gain":
        # signed terms cancel: T - t roundings of what the same loop gives for |eigenvalue|
        grown = gradients.gain_recurrence(values["T"], values["t"], abs(values["eigenvalue"]))
        return 4 * values["T"] * EPS * grown
    if name == "sen_score":
        # log(M w) of rounded logarithms: absolute error of the largest term, while s itself may be near 0
        return 16 * EPS * (abs(exact) + 1 + abs(values["score0"]) + abs(math.log(values["mass"])))
    if name in ("sen_potential", "sen_norm"):
        # s and (c/M) e^s have opposite signs for s < 0; exp(s) carries |s| roundings
        return (
            16 * EPS * (1 + abs(values["score"])) * (abs(exact) + (abs(values["score"]) if name != "sen_norm" else 0))
        )
    if name == "attention_weight":
        return 8 * EPS * (1 + abs(values["score"]) + abs(math.log(values["mass"]))) * exact  # exp of rounded logarithms
    # a count or probability through its logarithm: as many roundings as the logarithm is large
    logarithm = abs(math.log(exact)) if exact > 0 else 750
    return 64 * EPS * (2 + logarithm) * exact if not name.startswith("log2") else 64 * EPS * (1 + exact)


@pytest.mark.parametrize("name", bounds.__all__)
def test_back_ends_agree_with_a_rigorous_enclosure(name):
    calculate = getattr(bounds, name)

    @settings(max_examples=30)
    @given(values=st.fixed_dictionaries(DOMAINS[name]))
    def agrees(values):
        ball = enclosure(calculate.statement, values, digits=22)
        exact = float(ball)
        allowed = size_of_error(name, values, exact) + 5e-324
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


def test_importing_the_catalogue_loads_no_library():
    code = "import sys, attest.bounds; print([m for m in ('torch', 'scipy', 'sympy', 'numpy') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_numbers_load_no_torch():
    code = "import sys, attest.bounds as b; b.sen_norm(1.0, 20); print('torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
