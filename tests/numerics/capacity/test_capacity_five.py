"""Five inputs: the walks through the symmetries and the lemma that make the two routes affordable."""

import numpy as np
import pytest

from numerics.capacity import count_gated, count_networks, listed_tables, threshold_tables
from numerics.capacity.bitset_folds import join
from numerics.capacity.bitset_mirrored import count_mirrored_regions, sorted_sides
from numerics.capacity.bitset_orbits import classes
from numerics.capacity.bitset_units import gate_classes, one_per_symmetry
from numerics.capacity.slices_folds import cover_numbers
from numerics.capacity.slices_mirrored import mirrored_readings
from numerics.capacity.slices_units import facets, joined
from numerics.capacity.symmetries import images, steps
from numerics.capacity.weights import mirrored_tables


def test_the_walk_meets_every_symmetry_of_the_cube_once() -> None:
    # a function that no symmetry of the cube keeps has 3840 images
    sizes = [len(np.unique(images(np.uint64(t), *steps(5)))) for t in (0x12345678, 0x0BADCAFE, 0xDEADBEEF)]
    assert max(sizes) == 3840


def test_threshold_functions_fall_into_63_classes() -> None:
    groups = gate_classes()
    assert len(groups) == 63
    assert sorted(np.concatenate(groups).tolist()) == threshold_tables(5).tolist()


def test_one_gate_is_left_for_each_symmetry_that_keeps_another() -> None:
    constant, *_, generic = gate_classes()
    assert len(one_per_symmetry(np.uint64(0), generic)) == 2  # every cube symmetry keeps a constant; negation does not
    assert len(one_per_symmetry(generic[0], constant)) == 2
    assert len(one_per_symmetry(generic[0], generic)) == len(generic)  # no symmetry keeps the generic gate


def test_errors_without_a_facet_are_exactly_the_smallest_ones() -> None:
    tables = threshold_tables(5)
    essential = facets(tables)
    for function in np.random.default_rng(3).integers(2**32, size=3).tolist():
        errors = tables ^ function
        smallest = errors[np.argsort(np.bitwise_count(errors), kind="stable")]
        kept: list[int] = []
        while len(smallest):
            kept.append(int(smallest[0]))
            smallest = smallest[smallest & kept[-1] != kept[-1]]
        assert sorted(kept) == sorted(errors[essential & errors == 0].tolist())


@pytest.mark.parametrize(("conjunction", "operation"), [(True, np.bitwise_and), (False, np.bitwise_xor)])
def test_a_gate_is_joined_to_a_set_word_by_word(conjunction: bool, operation: np.ufunc) -> None:
    generator = np.random.default_rng(5)
    members = generator.choice(2**12, size=60, replace=False).astype(np.uint64)
    words = np.zeros((2, 2**6), dtype=np.uint64)
    np.bitwise_or.at(words[0], members >> np.uint64(6), np.uint64(1) << (members & np.uint64(63)))
    for gate in generator.integers(2**12, size=5, dtype=np.uint64):
        words[1] = 0
        join(words[1], words[0], gate, conjunction)
        found = np.flatnonzero(np.unpackbits(words[1].view(np.uint8), bitorder="little"))
        assert found.tolist() == np.unique(operation(members, gate)).tolist()


def test_conjunctions_of_four_inputs_are_unions_of_so_many_sets_of_zeros() -> None:
    gates = listed_tables(4)
    needed = cover_numbers(np.arange(2**16), gates, facets(gates))
    sizes = [1882, 32506, 55682, 65094, 65462, 65518, 65534, 65536]  # of the specification (OG7), cited
    assert [int((needed <= k).sum()) for k in range(1, 9)] == sizes


@pytest.mark.parametrize("n", range(1, 5))
def test_mirrored_units_come_alike_from_growing_weights_and_from_cones(n: int) -> None:
    pairs = set(zip(*(tables.tolist() for tables in mirrored_readings(n)), strict=True))
    assert len(pairs) == 2 * count_mirrored_regions(n)
    every = 2**2**n - 1
    assert {(every ^ int(a), every ^ int(b)) for a, b in zip(*sorted_sides(n), strict=True)} <= pairs
    if n < 4:  # all weights up to a proven bound; at n = 4 that takes seconds
        assert set(zip(*(tables.tolist() for tables in mirrored_tables(n)), strict=True)) == pairs


@pytest.mark.slow
def test_both_routes_find_the_same_classes_of_five_inputs() -> None:
    assert len(classes().tables) == joined().max() + 1 == 616126  # OEIS A000370, cited


@pytest.mark.slow
def test_three_hidden_units_of_five_inputs_by_both_routes() -> None:
    composed, asked = (count_networks(5, "threshold", 3, method=method) for method in ("bitset", "slices"))
    assert composed.by_ones == asked.by_ones
    assert composed.by_ones == composed.by_ones[::-1]  # closed under negation


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "most"), [("xnor", 5), ("and", 16), ("or", 16)])
def test_products_of_more_gates_of_five_inputs_by_both_routes(operation: str, most: int) -> None:
    for units in range(3, most + 1):
        composed, asked = (count_networks(5, operation, units, method=method) for method in ("bitset", "slices"))
        assert composed.by_ones == asked.by_ones
        assert (asked.count == 2**32) == (units == most)  # parity needs n gates under XNOR, 2**(n - 1) under AND
    if operation != "or":
        assert count_gated(5, "output", gate=operation, gates=most - 1, method="slices").by_ones == asked.by_ones
