"""Two gates by halves of the cube: the gates and their spare points, the classes, the counts up to six inputs."""

import numpy as np
import pytest

from numerics.capacity import (
    composed_by_ones,
    composed_network_by_ones,
    composed_overlap_sizes,
    count_gated,
    count_networks,
    halved_by_ones,
    halved_overlap_sizes,
    halved_overlaps_by_ones,
    merged_three_valued_by_ones,
    merged_three_valued_count,
    threshold_tables,
)
from numerics.capacity.closure import fold
from numerics.capacity.halves_gates import gates
from numerics.capacity.halves_orbits import two_gate_orbits
from numerics.capacity.restrictions import three_valued_by_ones
from numerics.capacity.restrictions_merged import without
from numerics.capacity.symmetries import images, steps


@pytest.mark.parametrize("n", range(1, 6))
def test_gates_walked_through_the_symmetries_are_all_gates_and_their_spare_points_are_spare(n: int) -> None:
    tables, spare = gates(n)
    assert tables.tolist() == threshold_tables(n).tolist()
    known = set(tables.tolist())
    drawn = np.random.default_rng(n).choice(len(tables), min(len(tables), 100), replace=False)
    for table, points in zip(tables[drawn].tolist(), spare[drawn].tolist(), strict=True):
        expected = [x for x in range(2**n) if table >> x & 1 and table ^ 1 << x in known]
        assert points == sum(1 << x for x in expected)


@pytest.mark.parametrize(("n", "symmetries"), [(1, 2), (2, 8), (3, 48), (4, 384), (5, 3840), (6, 46080)])
def test_the_walk_meets_every_symmetry_of_the_cube_once(n: int, symmetries: int) -> None:
    lonely = np.uint64(0x0BADCAFE12345678 % 2**2**n)
    found = images(lonely, *steps(n))
    assert len(found) == symmetries
    assert n < 5 or len(set(found.tolist())) == symmetries  # no symmetry keeps this function of many inputs


@pytest.mark.parametrize("n", range(1, 5))
def test_classes_of_two_gates_hold_all_that_two_gates_compute(n: int) -> None:
    every = 2**2**n - 1
    tables, sizes = two_gate_orbits(n)
    members: set[int] = set()
    for table, size in zip(tables, sizes.tolist(), strict=True):
        orbit = set(images(table, *steps(n)).tolist())
        orbit |= {every ^ t for t in orbit}
        assert len(orbit) == 2 * size and not orbit & members
        members |= orbit
    listed = threshold_tables(n)
    both, products = (fold(n, [listed] * 2, operation) for operation in ("and", "xnor"))
    assert members == set(np.flatnonzero(both | both[::-1] | products).tolist())


@pytest.mark.parametrize("n", range(2, 5))
def test_halves_joined_are_the_functions_that_composing_all_pairs_finds(n: int) -> None:
    assert halved_overlap_sizes(n) == composed_overlap_sizes(n)
    for operation in ("and", "or", "xnor", "any", "threshold"):
        assert halved_by_ones(n, operation) == composed_network_by_ones(n, operation, 2)


def test_halves_joined_at_five_inputs_are_as_many_as_the_specification_says() -> None:
    # the sizes of the two routes at five inputs, cited
    assert halved_overlap_sizes(5) == {
        "and": 44642388,
        "xnor": 387698944,
        "and & or": 14298224,
        "and | or": 74986552,
        "and & xnor": 44236788,
        "(and | or) & xnor": 74194552,
        "and | or | xnor": 388490944,
    }


def test_progress_runs_from_none_to_nearly_all_of_the_work_each_time_somebody_watches() -> None:
    for _ in range(2):
        told: list[float] = []
        assert halved_by_ones(5, "and", progress=told.append) == halved_by_ones(5, "and")
        assert told == sorted(told) and told[0] == 0 and 0.99 < told[-1] <= 1


@pytest.mark.slow
@pytest.mark.parametrize("operation", ["and", "xnor"])
def test_halves_joined_at_five_inputs_have_the_numbers_of_ones_of_the_bit_set(operation: str) -> None:
    value = {"and": "01", "xnor": "pm1"}[operation]
    assert halved_by_ones(5, operation) == composed_by_ones(5, "output", value, "pm1", "ungated")


@pytest.mark.slow
def test_two_gates_of_six_inputs_by_both_routes() -> None:
    """Minutes: ``pytest -m slow tests/numerics/capacity/test_halves.py -k six``."""
    found = halved_overlaps_by_ones(6)
    for gate, operation in (("and", "and"), ("xnor", "xnor")):
        assert list(count_gated(6, "output", gate=gate, method="orbits").by_ones) == found[operation]
    assert count_networks(6, "threshold", method="slices").by_ones == tuple(found["and | or"])
    assert sum(found["and & or"]) == 52109087972


@pytest.mark.parametrize("n", range(1, 5))
def test_restrictions_merged_point_by_point_are_those_of_all_gates(n: int) -> None:
    assert list(merged_three_valued_by_ones(n)) == three_valued_by_ones(n).tolist()


def test_a_support_without_a_point_has_the_restrictions_masked_anew() -> None:
    tables, support = gates(4).tables, np.uint64(0b0111110111101110)
    first = support & ~support + np.uint64(1)
    rows = np.unique(tables & support)
    rows = rows[rows & first == 0]
    for point in (first, np.uint64(1 << 6), np.uint64(1 << 14)):
        rest = support ^ point
        expected = np.unique(tables & rest)
        expected = expected[expected & (rest & ~rest + np.uint64(1)) == 0]
        assert without(rows, support, point).tolist() == expected.tolist()


@pytest.mark.slow
def test_products_with_three_values_of_five_and_six_inputs() -> None:
    assert list(merged_three_valued_by_ones(5)) == three_valued_by_ones(5).tolist()
    six = count_gated(6, "output", gate="mixed")
    assert six.method == "slices" and six.count == sum(six.by_ones) == merged_three_valued_count(6) == 12333187256719


def test_refusals_name_what_is_allowed() -> None:
    with pytest.raises(ValueError, match="n must be between 2 and 6"):
        halved_overlap_sizes(7)
    with pytest.raises(ValueError, match="operation must be one of"):
        halved_by_ones(3, "nand")
    with pytest.raises(ValueError, match="n must be between 1 and 6"):
        merged_three_valued_count(7)
    with pytest.raises(ValueError, match=r"method='slices' at n=6 needs about \d+ bytes, more than max_memory=1000000"):
        count_gated(6, "output", gate="and", method="slices", max_memory=10**6)
