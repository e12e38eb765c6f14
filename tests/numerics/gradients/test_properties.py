"""Properties on random nets: measured gradients against derived bounds, with the failures that must be seen."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from numerics.gradients import AttentiveNet, measure_gradients, measure_jacobians, measure_linear_jacobians
from theory import gradients as derived


def drawn(seed):
    return np.random.default_rng(seed)


@settings(max_examples=40)
@given(st.integers(0, 2**16), st.integers(1, 4), st.integers(1, 8), st.sampled_from(["tanh", "identity", "relu"]))
def test_autograd_agrees_with_the_decomposition_on_random_nets(seed, n, T, activation):
    rng = drawn(seed)
    attention = ["full", "screened", "sets"][seed % 3]
    sets = [sorted({int(i) for i in rng.integers(1, k + 1, size=2)}) for k in range(1, T + 1)]
    kind = {"attention": sets if attention == "sets" else attention, "short_term": 2, "relevant": 1}
    options = {**kind, "state": ["sum", "mean"][seed % 2], "frozen": bool(seed & 4), "activation": activation}
    net = AttentiveNet(2, n, **options)
    parameters = {name: (0.8 * rng.normal(size=tuple(p.shape))).tolist() for name, p in net.named_parameters()}
    inputs = rng.normal(size=(T, 2)).tolist()
    measured = measure_jacobians(net.load(parameters), inputs)
    expected = np.array(derived.network_jacobians(parameters, inputs, **options), dtype=float)
    assert np.abs(measured - expected).max() <= 1e-10 * max(1, np.abs(expected).max())  # asked for; seen near 1e-15


@pytest.mark.slow
@pytest.mark.parametrize("attention", ["none", "full", "uniform", "windowed", "screened", "sets"])
@pytest.mark.parametrize("activation", ["identity", "tanh", "relu", "modrelu", "lstm"])
def test_autograd_agrees_with_the_decomposition_over_the_whole_grid_of_nets(activation, attention):
    T, rng = 5, drawn(3)
    sets = [sorted({int(i) for i in rng.integers(1, k + 1, size=2)}) for k in range(1, T + 1)]
    kind = {"attention": sets if attention == "sets" else attention, "short_term": 2, "relevant": 1}
    cell = {"cell": "lstm"} if activation == "lstm" else {"activation": activation}
    for score, state, frozen in product(("additive", "dot"), ("sum", "mean"), (False, True)):
        options = {**kind, "score": score, "state": state, "frozen": frozen}
        net = AttentiveNet(2, 2, **cell, **options)
        parameters = {name: (0.8 * rng.normal(size=tuple(p.shape))).tolist() for name, p in net.named_parameters()}
        if activation == "modrelu":
            parameters["modulus"] = 0.125
        inputs = rng.normal(size=(T, 2)).tolist()
        measured = measure_jacobians(net.load(parameters), inputs)
        for by_chains in (False, True):
            found = derived.network_jacobians(parameters, inputs, activation=activation, by_chains=by_chains, **options)
            expected = np.array(found, dtype=float)
            assert np.abs(measured - expected).max() <= 1e-10 * max(1, np.abs(expected).max())  # asked for


@settings(max_examples=25)
@given(st.integers(0, 2**16), st.integers(1, 5), st.integers(2, 80))
def test_every_eigenvalue_bounds_the_linear_gradient_from_below(seed, n, T):
    rng = drawn(seed)
    V = rng.normal(size=(n, n))
    V *= 1.3 * rng.uniform() / max(abs(np.linalg.eigvals(V)))
    g = rng.normal(size=n)
    values, vectors = np.linalg.eig(V)
    G = measure_linear_jacobians(V, T)
    for t in {1, T // 2 + 1, T}:
        norm = np.linalg.norm(G[t - 1].T @ g)
        for value, u in zip(values, vectors.T, strict=True):
            bound = abs(derived.gain_recurrence(T, t, complex(value))) * abs(g @ u) / np.linalg.norm(u)
            # the bound itself is taken at rounded eigenpairs: their condition number multiplies the rounding
            slack = 1e-9 * np.linalg.cond(vectors) * np.linalg.norm(G[t - 1], 2) * np.linalg.norm(g)
            assert norm >= bound - slack


@settings(max_examples=25)
@given(st.integers(0, 2**16), st.integers(1, 5), st.integers(2, 30), st.sampled_from(["tanh", "relu"]))
def test_a_cone_keeps_the_gradient_above_the_attention_weight(seed, n, T, activation):
    rng = drawn(seed)
    net = AttentiveNet(2, n, activation=activation, attention="uniform").load(
        {"V": rng.uniform(0, 1 / n, (n, n)).tolist()}
    )
    g = rng.uniform(size=n)
    found = measure_gradients(net, rng.normal(size=(T, 2)).tolist(), direction=g)[:, 0]
    assert (found >= g / T * (1 - 1e-12)).all()  # a hundred roundings


def test_without_the_cone_the_same_assertion_fails_somewhere():
    failures = 0
    for seed in range(5):
        rng = drawn(seed)
        net = AttentiveNet(2, 3, attention="uniform").load({"V": (-rng.uniform(0, 1 / 3, (3, 3))).tolist()})
        g = rng.uniform(size=3)
        failures += bool((measure_gradients(net, rng.normal(size=(12, 2)).tolist(), direction=g)[:, 0] < g / 12).any())
    assert failures > 0


@settings(max_examples=25)
@given(st.integers(0, 2**16), st.integers(1, 5), st.integers(1, 25))
def test_no_gradient_exceeds_the_gain_of_the_norm(seed, n, T):
    rng = drawn(seed)
    V = rng.normal(size=(n, n))
    net = AttentiveNet(2, n, attention="uniform").load({"V": V.tolist()})
    G = measure_jacobians(net, rng.normal(size=(T, 2)).tolist())
    for t in range(1, T + 1):
        assert np.linalg.norm(G[t - 1], 2) <= derived.gain_recurrence(T, t, float(np.linalg.norm(V, 2))) * (1 + 1e-12)


@settings(max_examples=30)
@given(st.floats(-0.9, 0.9), st.floats(0, 0.9))
def test_the_disc_separates_growth_from_decay_of_T_times_the_gain(x, y):
    z = complex(x, y)
    assume(abs(z) < 0.9 and abs(abs(z - 0.5) - 0.5) > 0.05)
    gains = [abs(derived.gain_recurrence(T, 1, z)) for T in (2**9, 2**13)]
    slope = np.log2(gains[1] / gains[0]) / 4
    gamma = z / (1 - z)
    assert slope == pytest.approx(gamma.real - 1, abs=0.06)  # 0.047 is the largest deviation seen in 400 draws
    exact = [Fraction(v).limit_denominator(10**6) for v in (x, y)]
    assert derived.omega_one_over_T(_complex(*exact)) == (gamma.real >= 0)


def _complex(re, im):
    import sympy as sp

    return sp.Rational(re.numerator, re.denominator) + sp.I * sp.Rational(im.numerator, im.denominator)
