"""Derivations close and their twins do not; the taxonomy; the multiplexing construction, checked on both slices."""

from itertools import product
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics import capacity as measured
from theory import capacity
from theory.derivation import Step

DERIVATIONS = (
    "activation_derivation",
    "attended_pair_derivation",
    "cross_attention_derivation",
    "degree_derivation",
    "expansion_derivation",
    "exponent_derivation",
    "gate_pair_derivation",
    "hidden_layer_derivation",
    "monomial_derivation",
    "multiplexed_unit_derivation",
    "multiplexing_derivation",
    "parallelogram_derivation",
    "product_derivation",
    "product_parameter_derivation",
    "sandwich_derivation",
    "selected_units_derivation",
    "self_attention_derivation",
    "shared_gate_derivation",
    "synaptic_slice_derivation",
    "taxonomy_derivation",
    "zero_one_synapse_derivation",
)
STEPS = [(name, step) for name in DERIVATIONS for step in getattr(capacity, name)()]


@pytest.mark.parametrize(("name", "step"), STEPS, ids=[f"{name}: {step.name}" for name, step in STEPS])
def test_every_step_closes_and_no_twin_does(name: str, step: Step) -> None:
    assert step.closes()
    assert not step.twin_closes()


def test_six_kinds_if_outputs_attend_and_eighteen_if_all_may() -> None:
    assert len(capacity.attention_kinds()) == 6
    assert len(set(capacity.attention_kinds(("activation", "output", "synapse")))) == 18


def test_only_additions_to_activations_and_outputs_stay_inside_the_standard_model() -> None:
    inside = {kind.name for kind in capacity.attention_kinds() if kind.inside_standard_model}
    assert inside == {"multiplexing", "additive output attention"}


def test_synaptic_gating_and_output_gating_are_one_expression() -> None:
    assert capacity.attended_activation("synapse", "multiplicative") == capacity.attended_activation(
        "output", "multiplicative"
    )


def _fires(weights: tuple[int, ...], x: tuple[int, ...]) -> int:
    total = weights[0] + sum(w * v for w, v in zip(weights[1:], x, strict=True))
    assert total != 0
    return 1 if total > 0 else -1


# odd sums are never zero on the cube, so every such weight vector is a gate
odd_gates = st.lists(st.integers(-9, 9), min_size=4, max_size=4).map(
    lambda w: tuple(w) if sum(w) % 2 else (w[0] + 1, *w[1:])
)


@given(first=odd_gates, second=odd_gates)
def test_a_multiplexed_pair_shows_the_first_gate_on_one_slice_and_the_second_on_the_other(
    first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    f, g = capacity.multiplexed_pair(first, second)
    for x in product((-1, 1), repeat=3):
        assert _fires(f, (*x, 1)) * _fires(g, (*x, 1)) == _fires(first, x)
        assert _fires(f, (*x, -1)) * _fires(g, (*x, -1)) == _fires(second, x)
        assert min(_fires(f, (*x, 1)), _fires(g, (*x, 1))) == _fires(first, x)  # and as a conjunction


@given(units=st.lists(odd_gates, min_size=1, max_size=8))
def test_an_or_of_selected_units_shows_the_unit_that_the_selectors_spell(units: list[tuple[int, ...]]) -> None:
    selected = capacity.selected_units(units)
    selectors = len(selected[0]) - 4
    assert 2**selectors >= len(units) > 2**selectors // 2
    slices = capacity.selected_slices(units)
    for j in range(2**selectors):
        spelled = tuple(1 if j >> i & 1 else -1 for i in range(selectors))
        for position, x in enumerate(product((-1, 1), repeat=3)):
            shown = max(_fires(unit, (*x[::-1], *spelled)) for unit in selected)
            assert shown == (_fires(units[j], x[::-1]) if j < len(units) else -1)
            assert slices[j] >> position & 1 == (shown == 1)


def test_what_counts_of_units_that_are_no_power_of_two_reach_is_m_n_squared_over_two_by_the_recursion() -> None:
    t3, t5 = (capacity.threshold_count(n) for n in (3, 5))
    assert capacity.hidden_layer_lower_bound(6, 7) == t3**7 > capacity.hidden_layer_lower_bound(6, 4)
    assert capacity.hidden_layer_lower_bound(7, 3) == t5**3 > capacity.threshold_count(6) ** 2
    assert capacity.hidden_layer_lower_bound(4, 3) == capacity.threshold_count(3) ** 2  # fewer selectors serve better
    cited = capacity.cited_counts()
    assert log2(capacity.hidden_layer_lower_bound(8, 3, counts=cited)) > 71
    assert log2(capacity.hidden_layer_lower_bound(100, 3, counts=cited)) / (3 * 100**2 / 2) > 0.95
    assert log2(capacity.hidden_layer_lower_bound(100, 4, counts=cited)) / (4 * 100**2 / 2) > 0.95


@pytest.mark.parametrize("n", [1, 2, 3])
def test_no_hidden_layer_has_fewer_functions_than_its_lower_bound(n: int) -> None:
    for units in (1, 2, 3, 4):
        bound = capacity.hidden_layer_lower_bound(n, units)
        assert bound <= measured.count_networks(n, "threshold", units).count
        assert bound <= measured.count_networks(n, "or", units).count  # an OR is all that it needs on top
    assert capacity.hidden_layer_lower_bound(n, 10**9) == 2**2**n
