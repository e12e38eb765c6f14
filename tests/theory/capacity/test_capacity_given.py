"""Counts that a caller gives: taken everywhere, named, and refused where they contradict what is proven."""

import re
from fractions import Fraction
from math import comb

import pytest

from attest import all_claims
from attest._reach import reached
from theory import capacity
from theory.errors import AssumptionError


def test_counts_of_the_caller_carry_every_exact_formula_further() -> None:
    cited = capacity.cited_counts()
    t7, t8 = (capacity.cited_threshold_count(n) for n in (7, 8))
    assert capacity.disjoint_product_count(7, 2, counts=cited) == t7 * 7
    assert capacity.multiplexed_pair_count(7, counts=cited) == t7 * t8 // 2
    assert capacity.multiplexed_upper_bound(7, counts=cited) == t7 * t8 // 2 < capacity.multiplexed_upper_bound(7)
    assert capacity.unbiased_count(8, counts=cited) == t7
    assert capacity.weak_count(7, 5, counts=cited) == 2**128 - t7
    assert capacity.capacity_ratio(8, counts=cited) < capacity.capacity_ratio(7, counts=cited) < 1


def test_counts_given_by_the_caller_are_used_and_named() -> None:
    seven, eight = 10**9, 10**12
    bounds = capacity.output_gating_bounds(8, counts={(7, 1): seven, (8, 1): eight})
    assert (bounds.lower, bounds.upper) == (seven**2, eight * (eight - 2) // 4 + 2)
    assert "caller" in bounds.source


def test_every_function_that_needs_a_count_takes_it_from_the_caller() -> None:
    cited = capacity.cited_counts()
    t7, t9 = (capacity.cited_threshold_count(n) for n in (7, 9))
    assert capacity.layer_map_count(7, 3, counts=cited) == t7**3
    assert capacity.leading_capacity_ratio(7, counts=cited) == Fraction(t7, 2 * comb(127, 7))
    assert capacity.hidden_layer_lower_bound(8, 2, counts=cited) == t7**2
    assert capacity.hidden_layer_upper_bound(7, 1, counts=cited) == t7 * 2 * 128
    assert capacity.gated_synapses_upper_bound(7, 1, counts=cited) == t7**2
    assert capacity.synaptic_slice_lower_bound(9, counts=cited) == t7**2
    assert capacity.zero_one_synapse_lower_bound(8, counts=cited) == t7**2
    assert capacity.synaptic_lower_bound(8, t7**2, counts=cited) == 2 * t7**2 - t7
    assert capacity.extension_lower_bound(10, counts=cited) == (2**9 + 1) * t9
    assert capacity.extension_lower_bound(10, start=9, counts=cited) == (2**9 + 1) * t9
    assert capacity.extension_lower_bound(10, start=5, counts=cited) < (2**9 + 1) * t9


def test_where_no_count_is_known_bounds_serve_and_say_so() -> None:
    cited = capacity.cited_counts()
    layer = capacity.layer_map_bounds(7, 2)
    assert layer.lower < capacity.layer_map_count(7, 2, counts=cited) < layer.upper
    assert layer.source == "region bound above, extension recursion below"
    assert capacity.layer_map_bounds(7, 2, counts=cited).source == "given by the caller"
    assert capacity.layer_map_bounds(10, 2, counts=cited).source.endswith("smaller counts given by the caller")
    assert "region bound above" in capacity.shared_gate_bounds(8, 2).source
    assert capacity.hidden_layer_lower_bound(8, 2) < capacity.hidden_layer_lower_bound(8, 2, counts=cited)
    assert capacity.hidden_layer_upper_bound(8, 2) > capacity.hidden_layer_upper_bound(8, 2, counts=cited)
    assert capacity.synaptic_lower_bound(8, 10**12) < capacity.synaptic_lower_bound(8, 10**12, counts=cited)
    with pytest.raises(AssumptionError, match="Use threshold_count_bounds, or pass counts="):
        capacity.layer_map_count(7, 2)
    with pytest.raises(AssumptionError, match=r"T\(9; 1\) is not derived"):
        capacity.extension_lower_bound(10, start=9)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({(3, 1): 5}, "counts[3, 1] must be 104, which is derived here, got 5"),
        ({(7, 1): 10}, f"counts[7, 1] must be between {33 * 65 * 94572} (from smaller n) and "),
        ({(7, 1): 10**12}, f"and {capacity.region_bound(7)} (the region bound), got {10**12}"),
        ({(7, 1): 10**10, (8, 1): 10**11}, f"counts[8, 1] must be between {129 * 10**10} (from smaller n)"),
        ({(5, 2): 1}, f"counts[5, 2] must be between {57574 * 1882} (from smaller n)"),
        ({(9, 8): 1}, "counts[9, 8] must be 2**511 or more, which is derived here, got 1"),
        ({(7, 8): 1}, "degree in the keys of counts must be between 0 and 7, got 8"),
        ({(-1, 1): 1}, "n in the keys of counts must be at least 0, got -1"),
    ],
)
def test_a_count_that_cannot_be_is_refused_with_what_it_can_be(
    counts: dict[tuple[int, int], int], message: str
) -> None:
    for call in (capacity.threshold_count, capacity.output_gating_bounds, capacity.capacity_ratio):
        with pytest.raises(ValueError, match=re.escape(message)):
            call(3, counts=counts)


def test_beyond_the_exact_range_the_source_says_so() -> None:
    bounds = capacity.threshold_count_bounds(7)
    assert bounds.lower < bounds.upper
    assert "recursion" in bounds.source
    with pytest.raises(AssumptionError, match="Use threshold_count_bounds"):
        capacity.threshold_count(7)


def test_cited_counts_serve_bounds_that_say_who_vouches() -> None:
    bounds = capacity.output_gating_bounds(8, counts=capacity.cited_counts())
    assert bounds.lower == capacity.cited_threshold_count(7) ** 2
    assert "caller" in bounds.source
    for n in (7, 8, 9):
        derived = capacity.threshold_count_bounds(n)
        assert derived.lower < capacity.cited_threshold_count(n) < derived.upper
    with pytest.raises(ValueError, match="n must be between 7 and 9, got 10; OEIS A000609 ends there"):
        capacity.cited_threshold_count(10)


def test_no_claim_predicts_by_a_cited_count() -> None:
    for claim in all_claims("baldi2022.*"):
        said = [claim.predicts, *(rival.predicts for rival in claim._rivals.values())] if claim.predicts else []
        assert "theory.capacity.cited" not in reached([each for each in said if each], claim.declared_at[0][0])
