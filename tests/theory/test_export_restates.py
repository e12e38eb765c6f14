"""Statements written in symbols have the values of the functions that they restate."""

import math
from fractions import Fraction

import pytest
import sympy as sp

from theory import capacity, dynamics, gradients, sparsity
from theory.capacity.statements import statement as capacity_statement
from theory.dynamics.statements import statement as dynamics_statement
from theory.export import enclosure
from theory.gradients.statements import statement as gradients_statement
from theory.sparsity.statements import statement as sparsity_statement

third = Fraction(1, 3)


def value(statement, name, *values):
    """The rigorous value of a statement at arguments in order, as a float."""
    made = statement(name)
    return float(enclosure(made, dict(zip((a.name for a in made.arguments), values, strict=False))))


def number(exact):
    return float(sp.N(sp.sympify(exact), 30))


@pytest.mark.parametrize("n", [2, 3, 5])
def test_counts_and_layers(n):
    assert value(capacity_statement, "log2_last_region_term", n, 1) == math.log2(capacity.last_region_term(n))
    assert value(capacity_statement, "stirling_residual", n) == number(capacity.stirling_residual(n))
    assert value(capacity_statement, "parallelogram_count", n) == capacity.parallelogram_count(n)
    orders = [value(capacity_statement, f"{word}_coefficient", n) for word in ("second", "third")]
    assert orders == list(capacity.first_coefficients(n)[1:])
    assert value(capacity_statement, "product_parameter_count", n) == capacity.quadratic_parameters(n)["product"]
    gatings = capacity.attention_gating_counts(n, 3, 4)
    assert value(capacity_statement, "score_gatings", n, 3) == gatings["output"]
    assert value(capacity_statement, "value_gatings", n, 4) == gatings["synaptic"]
    # the functions know T(n) here, the statements only its bounds: so these are the looser ones
    for name, bounds in (
        ("shared_gate", capacity.shared_gate_bounds(n, 2)),
        ("self_attention", capacity.self_attention_bounds(n, 2)),
    ):
        assert value(capacity_statement, f"log2_{name}_lower_bound", n, 2) <= math.log2(bounds.lower) + 1e-9
        assert math.log2(bounds.upper) <= value(capacity_statement, f"log2_{name}_upper_bound", n, 2) + 1e-9
    assert math.log2(capacity.hidden_layer_upper_bound(n, 2)) <= (
        value(capacity_statement, "log2_hidden_layer_upper_bound", n, 2) + 1e-9
    )
    for units in (1, 2, 3, 4):
        assert value(capacity_statement, "log2_hidden_layer_lower_bound", n, units) <= (
            math.log2(capacity.hidden_layer_lower_bound(n, units)) + 1e-9
        )


@pytest.mark.parametrize("units", [1, 2, 3, 7, 31, 32, 33])
def test_selectors_are_rounded_down_and_up(units):
    def written(size, used):
        return used * math.log2(capacity.extension_lower_bound(size, start=0))

    down, up = units.bit_length() - 1, (units - 1).bit_length()
    expected = max(written(40 - down, 2**down), written(40 - up, units))
    assert value(capacity_statement, "log2_hidden_layer_lower_bound", 40, units) == pytest.approx(expected, rel=1e-14)


def test_capacity_of_a_net_is_the_sum_over_its_layers():
    layers = [value(capacity_statement, "layer_capacity", *three) for three in ((4, 4, 3), (3, 3, 2))]
    assert sum(layers) == capacity.feedforward_capacity((4, 3, 2))


@pytest.mark.parametrize(("T", "t"), [(2, 1), (5, 5), (6, 5), (9, 2)])
def test_coefficients_and_gains_of_other_losses(T, t):
    for order in ("constant", "linear", "leading"):
        exact = getattr(gradients, f"{order}_coefficient")(T, t)
        assert value(gradients_statement, f"{order}_coefficient", T, t) == float(exact)
    mean = gradients.uniform_attention_gain(T, t, third, state="mean")
    assert value(gradients_statement, "mean_state_gain", T, t, third) == float(mean)
    if t < T:
        hidden = gradients.hidden_loss_gain(T, t, third)
        assert value(gradients_statement, "hidden_loss_gain", T, t, third) == float(hidden)
    assert value(gradients_statement, "asymptotic_gain", T, t, third) == number(gradients.asymptotic_gain(T, t, third))


def test_growth_rates_and_theorems():
    for m in (1, 2, 5):
        exact = gradients.uniform_attention_gain(7, 1, Fraction(m, m + 1))
        assert value(gradients_statement, "gain_in_time", 7, m) == float(exact)
        rate = gradients.window_rate(m, sp.Rational(1, 3))
        assert value(gradients_statement, "window_rate", m, third) == number(rate)
        sparse = gradients.score_sparse_lower_bound(m, 3, third, third)
        assert value(gradients_statement, "score_sparse_lower_bound", m, 3, third, third) == number(sparse)
    z = sp.Rational(1, 3) + sp.I / 4
    parts = (third, Fraction(1, 4))
    assert value(gradients_statement, "growth_exponent", *parts) == number(gradients.growth_exponent(z))
    assert value(gradients_statement, "oscillation_frequency", *parts) == number(gradients.oscillation_frequency(z))
    for T in (2, 3, 9):
        assert value(gradients_statement, "nilpotent_smallest_gain", T) == number(gradients.nilpotent_smallest_gain(T))
        pairs = gradients.attended_pairs(T, 2, 1)
        assert value(gradients_statement, "screened_pairs", T, 2, 1) == pairs
        assert value(gradients_statement, "attended_count", T, 2, 1) == gradients.attended_count(T, 2, 1)
        assert value(gradients_statement, "uniform_relevance", T, 2, 1) == float(gradients.uniform_relevance(T, 2, 1))


def test_times_and_variable_lengths():
    time = dynamics.time_to_score(2, 5, 3, 1, third)
    assert value(dynamics_statement, "time_to_score", 2, 5, 3, 1, third, 1) == pytest.approx(number(time), rel=1e-14)
    half = dynamics.half_attention_time(5, 3, 1, third)
    assert value(dynamics_statement, "half_attention_time", 5, 3, 1, third, 1) == pytest.approx(number(half), rel=1e-14)
    bounds = dynamics.sen_norm_bounds(2, 5, 9)
    for side in ("lower", "upper"):
        found = value(dynamics_statement, f"sen_norm_{side}_bound", 2, 5, 9, 1, 0, 0)
        assert found == number(getattr(bounds, side))
    assert value(dynamics_statement, "effective_mass", Fraction(1, 8), Fraction(82, 3200)) == pytest.approx(
        float(Fraction(1, 8) / Fraction(82, 3200) - 1), rel=1e-15
    )
    assert value(dynamics_statement, "drift_excess", third) == number(dynamics.drift_excess(third))


@pytest.mark.parametrize("dim", [1, 2, 5, sp.oo])
def test_the_support_law(dim):
    exact = [float(sp.N(p, 25)) for p in sparsity.support_distribution(3, Fraction(1, 2), dim)]
    found = [value(sparsity_statement, "support_probability", 3, k, Fraction(1, 2), dim) for k in range(4)]
    assert found == pytest.approx(exact, rel=1e-14)


def test_sizes_edges_and_metrics():
    assert value(sparsity_statement, "thresholded_pattern_count", 6, 3) == sparsity.thresholded_pattern_count(6, 3)
    assert value(sparsity_statement, "gate_saturation", 9, third, 2, 1) == number(
        sparsity.gate_saturation(9, third, 2, 1)
    )
    for rectified, kind in ((True, "rectified"), (False, "simplex")):
        gain = sparsity.tree_gain(3, 5, rectified)
        assert value(sparsity_statement, f"{kind}_tree_gain", 3, 5) == number(gain)
    for order in (1, 2, 5):
        assert value(sparsity_statement, "rectified_moment", order, 3) == number(sparsity.rectified_moment(order, 3))
    for n in (2, 3, 8, 9, 1000, 2**20, 2**20 + 1):
        assert value(sparsity_statement, "sorted_row_comparisons", n) == sparsity.comparison_count("sort", n)
    assert value(sparsity_statement, "error_rate_from_f1", 2, 3, 5) == number(sparsity.error_rate_from_f1(2, 3, 5))
    for null in (0, 1, 2, 4):
        exact = number(sparsity.null_head_diversity(4, null))
        assert value(sparsity_statement, "null_head_diversity", 4, null) == exact
