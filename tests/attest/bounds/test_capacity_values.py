"""Calculators of counts and capacities agree with rigorous enclosures over their domains, extremes included."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attest import bounds
from theory import capacity
from theory.capacity.statements import BUILDERS

EPS = 2.0**-52
variables = st.one_of(st.integers(2, 64), st.just(10**4))
few = st.integers(2, 64)
units = st.integers(1, 1000)
size = st.integers(1, 10**6)
layer = {"n": few, "units": units}

# Arguments by name, in the order of the declaration.
DOMAINS = {
    "dichotomy_count": {"m": st.integers(1, 1000), "d": st.integers(1, 60)},
    "log2_dichotomy_count": {"m": st.one_of(st.integers(1, 50), st.just(10**6)), "d": st.integers(1, 400)},
    "parameter_count": {"n": st.integers(0, 200), "degree": st.integers(0, 20)},
    "product_parameter_count": {"n": variables},
    "region_bound": {"n": st.integers(0, 30), "degree": st.just(1)},
    "log2_region_bound": {"n": st.one_of(st.integers(0, 64), st.just(10**4)), "degree": st.integers(0, 1)},
    "log2_last_region_term": {"n": variables, "degree": st.integers(0, 1)},
    "capacity_ratio": {"count": st.floats(1, 1e9), "n": st.integers(2, 30), "degree": st.just(1)},
    "exponent_bound": {"n": variables, "degree": st.integers(1, 20)},
    "log2_extension_lower_bound": {"n": st.one_of(st.integers(0, 64), st.just(10**4))},
    "region_bound_exponent": {"n": size},
    "stirling_residual": {"n_value": size},
    "leading_exponent": {"n": size, "degree": st.integers(1, 20)},
    "zuev_exponent": {"n_value": st.integers(2, 10**6)},
    "second_coefficient": {"n": st.integers(2, 500)},
    "third_coefficient": {"n": st.integers(2, 300)},
    "parallelogram_count": {"n": st.integers(2, 390)},
    **{f"log2_output_gating_{side}_bound": {"n": variables} for side in ("lower", "upper")},
    "log2_and_gating_upper_bound": {"n": few},
    "log2_mixed_gating_upper_bound": {"n": variables},
    "log2_disjoint_product_upper_bound": {"n": few, "m": few},
    **{f"log2_multiplexing_{side}_bound": {"n": few} for side in ("lower", "upper")},
    **{f"log2_synaptic_gating_{side}_bound": {"n": few} for side in ("lower", "upper")},
    "log2_gated_synapses_upper_bound": {"n": few, "gates": units},
    "log2_degree_gating_upper_bound": {"n": few, "degree": st.just(1), "other_degree": st.integers(1, 2)},
    "log2_unbiased_gating_lower_bound": {"n": few},
    "one_synapse_lower_bound": {"three_valued": st.integers(500, 10**9), "count": st.integers(1, 500)},
    "gated_synapses_exponent": {"n": size},
    **{f"log2_own_gates_{side}_bound": layer for side in ("lower", "upper")},
    **{f"log2_shared_gate_{side}_bound": layer for side in ("lower", "upper")},
    **{
        f"log2_cross_attention_{side}_bound": {"n": few, "rows": units, "columns": units} for side in ("lower", "upper")
    },
    **{f"log2_self_attention_{side}_bound": layer for side in ("lower", "upper")},
    "output_gating_exponent": {"n": size, "degree": st.integers(1, 20)},
    **{
        f"{name}_exponent": {"n": size, "units": units, "degree": st.integers(1, 20)}
        for name in ("own_gates", "shared_gate", "self_attention")
    },
    "gated_synapses_exponent_bound": {"n": size, "gates": units, "degree": st.integers(1, 20)},
    "cross_attention_exponent": {"n": size, "rows": units, "columns": units, "degree": st.integers(1, 20)},
    **{f"log2_layer_maps_{side}_bound": layer for side in ("lower", "upper")},
    "log2_hidden_layer_lower_bound": {"n": few, "selectors": st.integers(0, 2)},
    "log2_hidden_layer_upper_bound": layer,
    "layer_capacity": {"narrowest": units, "width": st.integers(1000, 2000), "following": units},
    "layer_parameter_count": {"width": units, "following": units},
    "score_gatings": {"tokens": size, "key_dim": units},
    "value_gatings": {"tokens": size, "value_dim": units},
}

# Formulas that add terms of this size before they nearly cancel.
SCALES = {"region_bound_exponent": 10.0}


@pytest.mark.parametrize("name", BUILDERS)
def test_back_ends_agree_with_a_rigorous_enclosure(name, agrees):
    @settings(max_examples=8)
    @given(values=st.fixed_dictionaries(DOMAINS[name]))
    def check(values):
        agrees(name, values, SCALES.get(name, 0.0))

    check()


def test_every_calculator_has_a_domain_to_be_tested_on():
    assert set(DOMAINS) == set(BUILDERS)


def test_a_region_bound_beyond_every_float_points_to_nothing_silent():
    with pytest.raises(OverflowError, match="region_bound"):
        bounds.region_bound(40)
    assert bounds.log2_region_bound(40) == pytest.approx(math.log2(capacity.region_bound(40)), rel=16 * EPS)


def test_counts_are_whole_numbers():
    assert bounds.region_bound(5) == capacity.region_bound(5)
    assert bounds.dichotomy_count(30, 10) == capacity.dichotomy_count(30, 10)
    assert bounds.third_coefficient(4) == capacity.first_coefficients(4)[2]


def test_what_is_given_by_counts_is_what_theory_has_from_them():
    assert bounds.one_synapse_lower_bound(2373, 104) == capacity.synaptic_lower_bound(4, 2373)
    assert bounds.capacity_ratio(94572, 5) == float(capacity.capacity_ratio(5))
    assert bounds.log2_degree_gating_upper_bound(4, 1, 2) >= math.log2(capacity.output_gating_bounds(4, (1, 2)).upper)


def test_ten_thousand_variables_are_no_matter_in_bits():
    n = 10**4
    below, above = bounds.log2_output_gating_lower_bound(n), bounds.log2_output_gating_upper_bound(n)
    assert 0.49 < below / bounds.output_gating_exponent(n) < above / bounds.output_gating_exponent(n) < 1


def test_leading_exponents_are_those_of_theory():
    exponents = capacity.gating_exponents(2, 3, columns=4)
    for value, name in (
        (bounds.cross_attention_exponent(5, 3, 4, 2), "cross attention"),
        (bounds.shared_gate_exponent(5, 3, 2), "one gate for all"),
        (bounds.gated_synapses_exponent_bound(5, 3, 2), "gates on as many synapses, at most"),
    ):
        (n,) = exponents[name].free_symbols
        assert value == float(exponents[name].subs(n, 5))
    below = capacity.every_synapse_exponents()["at least"]
    (n,) = below.free_symbols
    assert bounds.gated_synapses_exponent(9) == float(below.subs(n, 9)) < 9**3


def test_layers_hold_between_their_sides():
    n, units = 6, 3
    for name in ("own_gates", "shared_gate", "self_attention", "layer_maps"):
        lower, upper = (getattr(bounds, f"log2_{name}_{side}_bound")(n, units) for side in ("lower", "upper"))
        assert lower < upper
