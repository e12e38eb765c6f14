"""Counts and bounds of single gates, gated units and networks."""

import itertools
import re
from math import comb, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics import capacity as measured
from theory import capacity
from theory.errors import AssumptionError

# OEIS A000609, cited
THRESHOLD_COUNTS = (2, 4, 14, 104, 1882, 94572)


def test_threshold_counts_are_those_of_the_encyclopedia() -> None:
    assert tuple(capacity.threshold_count(n) for n in range(6)) == THRESHOLD_COUNTS


@pytest.mark.slow
def test_six_inputs_too() -> None:
    assert capacity.threshold_count(6) == 15028134


@pytest.mark.parametrize("n", range(2, 6))
def test_characteristic_polynomial_is_monic_vanishes_at_one_and_starts_as_stated(n: int) -> None:
    coefficients = capacity.threshold_characteristic_coefficients(n)
    assert coefficients[0] == 1
    assert sum(coefficients) == 0
    assert tuple(abs(c) for c in coefficients[1:4]) == capacity.first_coefficients(n)[: len(coefficients) - 1]


@pytest.mark.parametrize("n", range(1, 5))
def test_duality_counts_every_degree_from_the_complementary_one(n: int) -> None:
    for degree in range(n):
        assert capacity.dual_threshold_count(n, degree) == capacity.threshold_count(n, degree)
        assert capacity.threshold_count(n, degree) + capacity.weak_count(n, n - degree - 1) == 2**2**n


def test_weak_counts_of_the_complementary_degree_vanish_below_zero() -> None:
    assert capacity.weak_count(3, -1) == 0


@pytest.mark.parametrize(("n", "degree"), [(n, d) for n in range(1, 5) for d in range(n + 1)])
def test_region_bound_is_met_exactly_from_degree_n_minus_1_on_and_never_exceeded(n: int, degree: int) -> None:
    count, bound = capacity.threshold_count(n, degree), capacity.region_bound(n, degree)
    assert count <= bound
    assert (count == bound) == (degree >= n - 1 or degree == 0)


def test_quotient_by_the_region_bound_falls_although_its_limit_is_one() -> None:
    quotients = [capacity.capacity_ratio(n) for n in range(2, 6)]
    assert all(a > b for a, b in itertools.pairwise(quotients))


@pytest.mark.parametrize("n", range(1, 6))
def test_recursion_stays_below_the_count(n: int) -> None:
    assert capacity.extension_lower_bound(n) <= capacity.threshold_count(n)
    assert capacity.extension_lower_bound(n, start=0) <= capacity.extension_lower_bound(n)


def test_exponent_bound_n_squared_fails_at_one_input_and_holds_from_two() -> None:
    assert log2(capacity.threshold_count(1)) > 1
    assert all(log2(capacity.threshold_count(n)) <= n * n for n in range(2, 6))


@given(n=st.integers(1, 5), data=st.data())
def test_bounds_enclose_and_grow_with_degree(n: int, data: st.DataObject) -> None:
    degree = data.draw(st.integers(1, n))
    bounds = capacity.threshold_count_bounds(n, degree)
    assert 0 < bounds.lower <= bounds.upper <= 2**2**n
    assert bounds.upper <= capacity.threshold_count_bounds(n, min(degree + 1, n)).upper


@pytest.mark.parametrize("degrees", [(1, 1), (1, 2), (2, 2), (2, 3)])
@pytest.mark.parametrize("gate", ["xnor", "and", "mixed"])
def test_sandwich_of_degrees_is_in_order(degrees: tuple[int, int], gate: str) -> None:
    for n in range(max(degrees), 5):
        bounds = capacity.output_gating_bounds(n, degrees, gate)
        assert (
            bounds.lower
            <= bounds.upper
            == min(capacity.gate_pair_count(n, degrees, gate), (3 if gate == "mixed" else 2) ** 2**n)
        )


def _tables(n: int, degree: int) -> list[int]:
    """Threshold functions of *n* <= 3 inputs: from degree n - 1 on all functions, but for parity if it is n - 1."""
    if degree == 1 and n == 3:
        return [int(table) for table in measured.threshold_tables(3)]
    parity = sum(1 << x for x in range(2**n) if x.bit_count() % 2)
    return [f for f in range(2**2**n) if degree >= n or f not in (parity, parity ^ 2**2**n - 1)]


@pytest.mark.parametrize(
    ("n", "degrees"), [(2, (1, 1)), (2, (1, 2)), (2, (2, 1)), (3, (1, 1)), (3, (1, 2)), (3, (3, 2))]
)
def test_pairs_are_those_left_by_exchange_a_common_sign_and_squares(n: int, degrees: tuple[int, int]) -> None:
    every = 2**2**n - 1
    low, high = sorted((set(_tables(n, d)) for d in degrees), key=len)

    def signed(f: int, g: int) -> object:
        """What is alike with (f, g), as values -1 and 1."""
        if f in (g, g ^ every):
            return f == g
        return frozenset({frozenset({f, g}), frozenset({f ^ every, g ^ every})})

    pairs = list(itertools.product(low, high))
    assert low <= high
    assert capacity.gate_pair_count(n, degrees) == len({signed(f, g) for f, g in pairs})
    assert capacity.gate_pair_count(n, degrees, "and") == len({frozenset({f, g}) for f, g in pairs})
    assert capacity.gate_pair_count(n, degrees, "mixed") == len(pairs)


def test_pairs_of_larger_classes_are_no_fewer() -> None:
    for gate in ("xnor", "and", "mixed"):
        for n, degrees in ((4, (1, 2)), (5, (1, 2)), (5, (1, 1)), (6, (2, 3))):
            more = tuple(d + 1 for d in degrees)
            upper = capacity.output_gating_bounds(n, (degrees[0], degrees[1]), gate).upper
            assert upper <= capacity.output_gating_bounds(n, (more[0], degrees[1]), gate).upper
            assert upper <= capacity.output_gating_bounds(n, (more[0], more[1]), gate).upper


def test_many_inputs_are_answered_without_writing_out_all_functions() -> None:
    bounds = capacity.output_gating_bounds(40)
    assert bounds.lower < bounds.upper < 2**3300  # 2 n^2 bits and some
    assert capacity.threshold_count_bounds(60).lower < capacity.threshold_count_bounds(60).upper < 2**3700


@pytest.mark.parametrize("gate", ["xnor", "and", "mixed"])
@pytest.mark.parametrize("n", range(1, 6))
def test_sandwich_is_in_order_and_within_all_functions(n: int, gate: str) -> None:
    bounds = capacity.output_gating_bounds(n, gate=gate)
    assert bounds.lower == capacity.threshold_count(n - 1) ** 2
    assert bounds.lower <= bounds.upper <= (3 if gate == "mixed" else 2) ** 2**n


@given(m=st.integers(1, 60), d=st.integers(1, 70))
def test_dichotomies_are_the_plain_sum_of_binomials(m: int, d: int) -> None:
    assert capacity.dichotomy_count(m, d) == 2 * sum(comb(m - 1, k) for k in range(d))


def test_the_slice_recursion_carries_counts_of_two_degrees_up() -> None:
    t4, t5 = capacity.threshold_count(4), capacity.threshold_count(5)
    at_five = capacity.threshold_count(4, 2) * t4
    assert capacity.threshold_count_bounds(6, 2).lower == at_five * t5
    assert capacity.threshold_count_bounds(6, 2, counts={(5, 2): 2 * at_five}).lower == 2 * at_five * t5


def test_large_sizes_take_seconds_and_larger_ones_are_refused_with_the_reason() -> None:
    for n, degree, least in ((16, 8, 50_000), (1200, 1, 1200 * 1199 // 2)):
        bounds = capacity.threshold_count_bounds(n, degree)
        assert least <= bounds.lower.bit_length() < bounds.upper.bit_length() <= min(2**n, 2 * least)
    for call in (
        lambda: capacity.region_bound(22, 11),
        lambda: capacity.region_bound(100, 50),
        lambda: capacity.region_bound(10**9),
        lambda: capacity.threshold_count_bounds(10**6, 10**5),
        lambda: capacity.last_region_term(10**4),
        lambda: capacity.dichotomy_count(10**12, 10**9),
        lambda: capacity.extension_lower_bound(10**5),
        lambda: capacity.layer_map_count(3, 10**9),
        lambda: capacity.shared_gate_bounds(3, 10**9),
        lambda: capacity.hidden_layer_upper_bound(5, 10**9),
    ):
        with pytest.raises(ValueError, match="at most 33554432 are written out"):
            call()


def test_gated_synapses_are_bounded_by_tuples_of_gates_and_by_all_functions() -> None:
    assert capacity.gated_synapses_upper_bound(5, 5) == capacity.gated_synapses_upper_bound(5) == 2**32
    assert 2**1200 < capacity.gated_synapses_upper_bound(30, 1) < 2**1801
    with pytest.raises(ValueError, match="at most 33554432 are written out"):
        capacity.gated_synapses_upper_bound(1000, 1000)


def test_numbers_of_thousands_of_digits_are_shown_by_their_size() -> None:
    huge = 10**5000
    for call, named in (
        (lambda: capacity.region_bound(huge), "the region bound at n=2**16609 or more, degree=1 takes"),
        (lambda: capacity.output_gating_bounds(huge), "the region bound at n=2**16609 or more"),
        (lambda: capacity.extension_lower_bound(huge), "the lower bound at n=2**16609 or more takes"),
        (lambda: capacity.region_bound(3, huge), "degree must be between 0 and 3, got 2**16609 or more"),
        (lambda: capacity.gated_synapses_upper_bound(huge), "the region bound at n=2**16609 or more"),
        (lambda: capacity.shared_gate_bounds(2, huge), "T(2)**2**16609 or more takes"),
        (lambda: capacity.threshold_count(3, counts={(huge, 1): 1}), "the region bound at n=2**16609 or more"),
    ):
        with pytest.raises(ValueError, match=re.escape(named)):
            call()
    with pytest.raises(AssumptionError, match=re.escape("T(2**16609 or more; 1) is not derived")):
        capacity.threshold_count(huge)


def test_layer_bounds_have_the_exponents_of_their_free_gates() -> None:
    t2, t3 = capacity.threshold_count(2), capacity.threshold_count(3)
    assert capacity.shared_gate_bounds(3, 2).lower == t2**3
    assert capacity.cross_attention_bounds(3, 2, 2).upper == t3**4
    assert capacity.self_attention_bounds(3, 3).lower == t2**3


def test_feedforward_capacity_is_limited_by_the_narrowest_layer_so_far() -> None:
    assert capacity.feedforward_capacity((5, 2, 5, 1)) == 5 * 5 * 2 + 2 * 2 * 5 + 2 * 5 * 1


@given(widths=st.lists(st.integers(1, 9), min_size=2, max_size=5), at=st.integers(0, 4))
def test_feedforward_capacity_grows_with_every_width(widths: list[int], at: int) -> None:
    wider = [w + (i == at % len(widths)) for i, w in enumerate(widths)]
    assert capacity.feedforward_capacity(wider) > capacity.feedforward_capacity(widths)


def test_every_unit_holds_n_bits_per_parameter_to_leading_order() -> None:
    rows = capacity.capacity_table(degree=3, units=5)
    assert {str(row.per_parameter) for row in rows} == {"n"}


def test_one_gate_has_no_products_of_two_and_no_exponent_of_them() -> None:
    assert "self attention" not in capacity.gating_exponents()
    assert capacity.gating_exponents(1, 2)["self attention"] == capacity.gating_exponents()["output gating"]


def test_where_the_exponent_bound_is_vacuous() -> None:
    assert [capacity.vacuous_up_to(d) for d in (1, 2, 3, 4)] == [4, 8, 11, 14]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: capacity.region_bound(-1), "n must be at least 0, got -1"),
        (lambda: capacity.output_gating_bounds(0), "n must be at least 1, got 0"),
        (
            lambda: capacity.output_gating_bounds(3, gate="nand"),
            "gate must be one of 'xnor', 'and', 'mixed', got 'nand'",
        ),
        (lambda: capacity.output_gating_bounds(3, (1, 4)), "degrees must be between 1 and 3, got 4"),
        (lambda: capacity.self_attention_bounds(3, 1), "units must be at least 2, got 1"),
        (
            lambda: capacity.gated_synapses_upper_bound(3, 4),
            "gates must be between 1 and 3, got 4; every input has one",
        ),
        (lambda: capacity.synaptic_slice_lower_bound(1), "n must be at least 2, got 1"),
        (lambda: capacity.zero_one_synapse_lower_bound(0), "n must be at least 1, got 0"),
        (lambda: capacity.feedforward_capacity((3,)), "widths must have at least 2 layers, got 1"),
        (lambda: capacity.layered_parameter_count(()), "widths must have at least 2 layers, got 0"),
        (lambda: capacity.dichotomy_count(0, 1), "m must be at least 1, got 0"),
        (lambda: capacity.characteristic_coefficients(frozenset({(0, 0)}), 2), "nonzero vectors of length 2"),
        (lambda: capacity.attention_kinds(("input",)), "origins must be among"),
        (lambda: capacity.attention_kinds(("output", "output")), "origins must name each variable once"),
        (lambda: capacity.attention_kinds(()), "origins must have at least 1 names of variables, got 0"),
        (
            lambda: capacity.attended_activation("foo", "additive"),
            "target must be among 'activation', 'output', 'synapse'",
        ),
        (lambda: capacity.attended_activation("output", "foo"), "mechanism must be among 'additive', 'multiplicative'"),
        (lambda: capacity.receiver_sums([[1, 2]], [1, 1], 0, 7, -1), "source must be between 0 and 1, got 7"),
        (lambda: capacity.receiver_sums([[1, 2]], [1, 1], 2, 1, -1), "target must be between 0 and 0, got 2"),
        (lambda: capacity.receiver_sums([[1]], [1, 1], 0, 1, -1), "weights must have 2 in each row"),
        (lambda: capacity.multiplexed_pair((1,), (1, 2)), "one length"),
        (lambda: capacity.selected_units([]), "units must have at least 1 weight vectors, got 0"),
        (lambda: capacity.selected_slices([(1, 2), (0,)]), "one length"),
        (lambda: capacity.selected_slices([(1, 2), (1, 1)]), "units[1] must be a gate that is nowhere zero"),
        (lambda: capacity.selected_slices([(1,) + (0,) * 16] * 2), "at most 16 inputs, selectors included, got 17"),
        (lambda: capacity.multiplexed_table((0,) * 40, (0,) * 40), "first must leave at most 16 inputs"),
        (lambda: capacity.multiplexed_table((0, 1), (1, 1)), "second must be a gate that is nowhere zero"),
        (lambda: capacity.output_gating_bounds(3, (0, 0)), "degrees must be between 1 and 3, got 0"),
        (lambda: capacity.region_bound(3, 9), "degree must be between 0 and 3, got 9"),
        (lambda: capacity.threshold_count(3, 7), "degree must be between 0 and 3, got 7"),
        (lambda: capacity.threshold_count(40, 40), "n must be between 0 and 24, got 40"),
    ],
)
def test_bad_values_are_refused_with_what_is_allowed(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_whole_numbers_of_other_libraries_are_whole_numbers() -> None:
    assert capacity.region_bound(np.int64(4)) == 3882
    assert type(capacity.feedforward_capacity([np.int32(4), np.int8(3)])) is int
    assert capacity.threshold_count(np.uint8(7), counts={(np.int64(7), 1): np.int64(10**9)}) == 10**9


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: capacity.multiplexed_pair(3, 4), "first must be a sequence of weights, got 3"),
        (lambda: capacity.multiplexed_table((0, 1), 4), "second must be a sequence of weights, got 4"),
        (lambda: capacity.selected_units(3), "units must be a sequence of weight vectors, got 3"),
        (lambda: capacity.selected_slices([(0, 1), 3]), "units[1] must be a sequence of weights, got 3"),
        (lambda: capacity.feedforward_capacity(5), "widths must be a sequence of layers, got 5"),
        (lambda: capacity.layered_parameter_count("43"), "widths must be a sequence of layers, got '43'"),
        (lambda: capacity.attention_kinds("output"), "origins must be a sequence of names of variables, got 'output'"),
        (lambda: capacity.output_gating_bounds(8, counts=[1]), "counts must map pairs (n, degree) to counts, got [1]"),
        (
            lambda: capacity.threshold_count(7, counts={7: 8378070864}),
            "counts must map pairs (n, degree) to counts, got the key 7",
        ),
        (lambda: capacity.threshold_count(7, counts={(7, 1): 2.0}), "counts[7, 1] must be an int, got 2.0"),
    ],
)
def test_arguments_of_a_wrong_kind_are_refused_by_name(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError, match=re.escape(message)):
        call()


@pytest.mark.parametrize("value", [2.0, True, "3"])
def test_non_integers_are_refused(value: object) -> None:
    with pytest.raises(TypeError, match="n must be an int, got"):
        capacity.region_bound(value)  # type: ignore[arg-type]
