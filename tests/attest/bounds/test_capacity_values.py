"""Calculators of counts and capacities agree with rigorous enclosures over their domains, extremes included."""

import math
import re

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
pairs = {"n": few, "units": st.integers(2, 1000)}  # of units that are multiplied two by two

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
    "exponent_bound": {"n": st.one_of(st.integers(20, 64), st.just(10**4)), "degree": st.integers(1, 20)},
    "log2_extension_lower_bound": {"n": st.one_of(st.integers(0, 64), st.just(10**4))},
    "log2_slice_lower_bound": {"n": st.integers(8, 200), "degree": st.integers(1, 8)},
    "weak_count": {"n": st.integers(6, 9), "count": st.integers(2, 10**9)},
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
    **{f"log2_disjoint_{gate}_upper_bound": {"n": few, "m": few} for gate in ("product", "and")},
    **{f"log2_multiplexing_{side}_bound": {"n": few} for side in ("lower", "upper")},
    **{f"log2_synaptic_gating_{side}_bound": {"n": few} for side in ("lower", "upper")},
    "log2_gated_synapses_upper_bound": {"n": st.integers(8, 64), "gates": st.integers(1, 8)},
    "log2_degree_gating_lower_bound": {"n": few, "degree": st.just(1), "other_degree": st.integers(1, 2)},
    "log2_degree_gating_upper_bound": {"n": few, "degree": st.just(1), "other_degree": st.integers(1, 2)},
    "log2_unbiased_gating_lower_bound": {"n": few},
    "log2_zero_one_synapse_lower_bound": {"n": few},
    "one_synapse_lower_bound": {"three_valued": st.integers(500, 10**9), "count": st.integers(1, 500)},
    "gated_synapses_exponent": {"n": size},
    **{f"log2_own_gates_{side}_bound": layer for side in ("lower", "upper")},
    **{f"log2_shared_gate_{side}_bound": layer for side in ("lower", "upper")},
    **{
        f"log2_cross_attention_{side}_bound": {"n": few, "rows": units, "columns": units} for side in ("lower", "upper")
    },
    **{f"log2_self_attention_{side}_bound": pairs for side in ("lower", "upper")},
    "output_gating_exponent": {"n": size, "degree": st.integers(1, 20)},
    **{
        f"{name}_exponent": {"n": size, "units": units, "degree": st.integers(1, 20)}
        for name in ("own_gates", "shared_gate")
    },
    "self_attention_exponent": {"n": size, "units": st.integers(2, 1000), "degree": st.integers(1, 20)},
    "gated_synapses_exponent_bound": {
        "n": st.integers(20, 10**6),
        "gates": st.integers(1, 20),
        "degree": st.integers(1, 20),
    },
    "cross_attention_exponent": {"n": size, "rows": units, "columns": units, "degree": st.integers(1, 20)},
    **{f"log2_layer_maps_{side}_bound": layer for side in ("lower", "upper")},
    "log2_hidden_layer_lower_bound": {"n": st.integers(10, 64), "units": units},
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


def test_products_of_separate_variables_have_a_bound_for_either_pair_of_values():
    for gate, name in (("xnor", "product"), ("and", "and")):
        found = getattr(bounds, f"log2_disjoint_{name}_upper_bound")(2, 2)  # where the region bound is attained
        assert found == pytest.approx(math.log2(capacity.disjoint_product_count(2, 2, gate)), rel=16 * EPS)
    assert bounds.log2_disjoint_and_upper_bound(10**4, 10**4) > bounds.log2_disjoint_product_upper_bound(10**4, 10**4)


@pytest.mark.parametrize(("n", "degree"), [(n, d) for n in range(8) for d in range(1, max(n, 1) + 1)])
def test_the_slice_recursion_in_closed_form_is_the_one_that_theory_iterates(n, degree):
    def iterated(size, d):
        if d == 1:
            return bounds.log2_extension_lower_bound(size)
        return 2.0**size if d >= size else iterated(size - 1, d) + iterated(size - 1, d - 1)

    assert bounds.log2_slice_lower_bound(n, degree) == pytest.approx(iterated(n, degree), rel=64 * EPS)
    assert 2 ** bounds.log2_slice_lower_bound(n, degree) <= capacity.threshold_count_bounds(n, degree).lower * (
        1 + 1e-9
    )


@pytest.mark.parametrize("degrees", [(1, 1), (1, 2), (2, 2), (3, 1), (4, 4)])
def test_products_of_two_degrees_lie_between_their_calculators(degrees):
    sides = capacity.output_gating_bounds(4, degrees)
    assert 2 ** bounds.log2_degree_gating_lower_bound(4, *degrees) <= sides.lower * (1 + 1e-9)
    assert 2 ** bounds.log2_degree_gating_upper_bound(4, *degrees) >= sides.upper * (1 - 1e-9)


def test_weak_counts_and_counts_of_the_complementary_degree_are_all_functions():
    assert bounds.weak_count(4, capacity.threshold_count(4, 2)) == capacity.weak_count(4, 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bounds.region_bound(3, 4), "degree <= max(n, 1), got n=3, degree=4"),
        (lambda: bounds.log2_region_bound(3, 9), "degree <= max(n, 1), got n=3, degree=9"),
        (lambda: bounds.exponent_bound(1, 2), "degree <= max(n, 1), got n=1, degree=2"),
        (lambda: bounds.capacity_ratio(4.0, 1, 2), "degree <= max(n, 1), got count=4.0, n=1, degree=2"),
        (lambda: bounds.log2_degree_gating_upper_bound(3, 4, 1), "degree <= max(n, 1), got n=3, degree=4"),
        (lambda: bounds.log2_degree_gating_lower_bound(3, 1, 4), "other_degree <= max(n, 1), got n=3, degree=1, other"),
        (lambda: bounds.log2_gated_synapses_upper_bound(3, 9), "gates <= n, got n=3, gates=9"),
        (lambda: bounds.gated_synapses_exponent_bound(3, 9), "gates <= n, got n=3, gates=9"),
        (lambda: bounds.log2_self_attention_lower_bound(3, 1), "units must be an integer >= 2, got 1"),
        (lambda: bounds.log2_self_attention_upper_bound(3, 1), "units must be an integer >= 2, got 1"),
        (lambda: bounds.self_attention_exponent(3, 1), "units must be an integer >= 2, got 1"),
        (lambda: bounds.weak_count(2, 17), "count <= 2^(2^n), got n=2, count=17"),
    ],
)
def test_what_no_gate_has_is_refused_as_by_theory(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


@pytest.mark.parametrize("n", [2, 3, 5])
def test_units_with_gated_synapses_lie_between_their_calculators(n):
    bits = bounds.log2_synaptic_gating_lower_bound(n)
    assert bits == bounds.log2_unbiased_gating_lower_bound(n)
    assert 2**bits <= capacity.synaptic_slice_lower_bound(n) * (1 + 1e-9)
    assert 2 ** bounds.log2_zero_one_synapse_lower_bound(n) <= capacity.zero_one_synapse_lower_bound(n) * (1 + 1e-9)
    for gates in (1, 2):
        upper = capacity.gated_synapses_upper_bound(n, gates)
        assert 2 ** bounds.log2_gated_synapses_upper_bound(n, gates) >= upper * (1 - 1e-9)
    assert 2 ** bounds.log2_synaptic_gating_upper_bound(n) >= capacity.gated_synapses_upper_bound(n) * (1 - 1e-9)


def test_one_input_has_bounds_as_well():
    assert bounds.exponent_bound(1) == math.log2(capacity.threshold_count(1)) == bounds.log2_slice_lower_bound(1)


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
        (bounds.self_attention_exponent(5, 3, 2), "self attention"),
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
