"""Bounds for a theorist's own network, against gradients by autograd."""

import numpy as np
import pytest

from attest.bounds.network import gradient_lower_bound, gradient_upper_bound, screened_lower_bound
from numerics.gradients import AttentiveNet, measure_gradient_norms, record_screening
from theory.errors import AssumptionError

ROUNDING = 1 + 1e-12  # of the measured norm itself, some hundred operations


def gradient(V, g, T, t, pattern=None, *, activation="identity", seed=0):
    attention = "uniform" if pattern is None else pattern
    net = AttentiveNet(1, len(V), activation=activation, attention=attention, score="uniform")
    inputs = np.random.default_rng(seed).normal(size=(T, 1)).tolist()
    return float(measure_gradient_norms(net.load({"V": V}), inputs, direction=g, times=[t])[0])


def slopes(V, T, seed=0):
    """The smallest tanh' met by the net that ``gradient`` runs with these arguments."""
    import torch

    net = AttentiveNet(1, len(V), attention="uniform").load({"V": V})
    run = net(torch.tensor(np.random.default_rng(seed).normal(size=(T, 1))))
    return float(1 - torch.stack(run.hidden).detach().square().max())


def draw(rng, n=3, *, low=-1.0):
    V = rng.uniform(low, 1, size=(n, n)) * rng.uniform(0.3, 1.2) / np.sqrt(n)
    return V.tolist(), rng.uniform(low, 1, size=n).tolist()


def patterns(rng, T):
    return [None, [rng.choice(k, size=min(k, 3), replace=False) + 1 for k in range(1, T + 1)]]


def as_sets(pattern):
    return pattern if pattern is None else [sorted(int(i) for i in attended) for attended in pattern]


def test_both_sides_hold_on_random_linear_nets_and_are_not_loose():
    rng, tightness = np.random.default_rng(0), []
    for _ in range(12):
        V, g = draw(rng, n=int(rng.integers(1, 4)))
        T = int(rng.integers(2, 16))
        t = int(rng.integers(1, T + 1))
        for pattern in map(as_sets, patterns(rng, T)):
            seen = gradient(V, g, T, t, pattern)
            assert seen <= gradient_upper_bound(V, g, T, t, pattern).value
            try:
                bound = gradient_lower_bound(V, g, T, t, pattern)
            except AssumptionError as refusal:  # two random entries of an exact zero: t out of reach of the sets
                assert "Q_(T,t)(lambda) != 0" in str(refusal) and seen < 1e-12
                continue
            assert 0 < bound.value <= seen * ROUNDING and not bound.cone
            tightness.append(bound.value / seen)
    assert max(tightness) > 0.999 and len(tightness) > 12  # twice or 1.01 times the bound would have been contradicted


def test_the_lower_bound_is_the_gradient_in_width_one():
    assert gradient_lower_bound([[-0.5]], [2.0], 9, 2).value == pytest.approx(gradient([[-0.5]], [2.0], 9, 2), rel=1e-9)


def test_a_defective_matrix_still_gives_a_bound():
    V, g = [[0.5, 1.0], [0.0, 0.5]], [1.0, 0.5]
    assert 0 < gradient_lower_bound(V, g, 12, 1).value <= gradient(V, g, 12, 1) * ROUNDING


def test_the_cone_bound_holds_on_random_nonlinear_nets_and_needs_the_smallest_slope():
    rng, with_slope_one = np.random.default_rng(1), []
    for seed in range(10):
        V, g = draw(rng, low=0.0)
        T = int(rng.integers(3, 16))
        slope, seen = slopes(V, T, seed), gradient(V, g, T, 1, activation="tanh", seed=seed)
        bound = gradient_lower_bound(V, g, T, 1, slope=slope)
        assert bound.cone and 0 < bound.value <= seen * ROUNDING
        with_slope_one.append(gradient_lower_bound(V, g, T, 1, slope=1.0).value > seen)
    assert any(with_slope_one)


def test_the_screened_bound_holds_for_retained_and_dropped_states_and_two_hops_fewer_does_not():
    nu, rho, T = 2, 2, 24
    V, g = [[0.5, 0.2], [0.1, 0.4]], [0.7, 0.9]
    run = record_screening(nu, rho, steps=T, score_scale=1.0, seed=3)
    sizes = {"short_term": nu, "relevant": rho, "retained": run.retained}
    seen = [gradient(V, g, T, t, run.attended) for t in range(1, T + 1)]
    bounds = [screened_lower_bound(V, g, T, t, **sizes).value for t in range(1, T + 1)]
    assert all(0 < low <= high for low, high in zip(bounds, seen, strict=True))
    assert screened_lower_bound(V, g, T, run.retained[0], slope=1.0, **sizes).cone
    assert any(16 * low / 0.6 > high for low, high in zip(bounds, seen, strict=True))  # one power of 1/kappa less


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gradient_lower_bound([[-0.5]], [1.0], 4, 1, slope=0.5), "V >= 0 entrywise.*gradient_upper_bound"),
        (lambda: gradient_lower_bound([[0.5]], [-1.0], 4, 1, slope=0.5), "direction >= 0 entrywise"),
        (lambda: gradient_lower_bound([[0.0]], [1.0], 2, 1, [[1], [2]]), "Q_.T,t..lambda. != 0"),
        (lambda: gradient_lower_bound([[0.0]], [1.0], 2, 1, [[1], [2]], slope=0.5), "t in N_T, or slope > 0"),
        (lambda: gradient_lower_bound([[-1 / 6]], [1.0], 2, 1), "g.u != 0"),
        (lambda: gradient_lower_bound([[0.5]], [1.0], 2, 1, frozen=False), "frozen weights.*full_derivative_upper"),
        (lambda: gradient_upper_bound([[0.5]], [1.0], 2, 1, frozen=False), "frozen weights"),
        (
            lambda: screened_lower_bound([[-0.5]], [1.0], 9, 1, short_term=2, relevant=1, retained=[4]),
            "lambda > 0.*gradient_lower_bound",
        ),
    ],
)
def test_a_failing_hypothesis_is_named_with_the_bound_that_applies(call, message):
    with pytest.raises(AssumptionError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gradient_lower_bound([[1.0, 2.0]], [1.0], 2, 1), "V must be a square matrix"),
        (lambda: gradient_lower_bound([[float("nan")]], [1.0], 2, 1), "V must be finite"),
        (lambda: gradient_lower_bound([[1.0]], [1.0, 2.0], 2, 1), "direction must have 1 entries"),
        (lambda: gradient_lower_bound([[1.0]], [0.0], 2, 1), "direction must not be zero"),
        (lambda: gradient_lower_bound([[1.0]], [1.0], 2, 3), "t must be at most T"),
        (lambda: gradient_upper_bound([[1.0]], [1.0], 2, 0), "t must be at least 1"),
        (lambda: gradient_upper_bound([[1.0]], [1.0], 2, 1, slope=-1.0), "slope must be finite and >= 0"),
        (lambda: gradient_lower_bound([[1.0]], [1.0], 3, 1, [[1]]), "pattern must have at least T=3"),
        (lambda: screened_lower_bound([[1.0]], [1.0], 3, 1, short_term=0, relevant=1, retained=[]), "short_term"),
    ],
)
def test_bad_input_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
