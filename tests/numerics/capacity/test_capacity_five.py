"""Five inputs: the walks through the symmetries and the lemma that make the two routes affordable."""

import numpy as np
import pytest

from numerics.capacity import count_networks, threshold_tables
from numerics.capacity.bitset_orbits import classes, steps
from numerics.capacity.bitset_units import gate_classes, one_per_symmetry, orbit
from numerics.capacity.slices_units import facets, joined


def test_the_walk_meets_every_symmetry_of_the_cube_once() -> None:
    # a function that no symmetry of the cube keeps has 3840 images
    images = [len(np.unique(orbit(np.uint64(t), *steps()))) for t in (0x12345678, 0x0BADCAFE, 0xDEADBEEF)]
    assert max(images) == 3840


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


@pytest.mark.slow
def test_both_routes_find_the_same_classes_of_five_inputs() -> None:
    assert len(classes().tables) == joined().max() + 1 == 616126  # OEIS A000370, cited


@pytest.mark.slow
def test_three_hidden_units_of_five_inputs_by_both_routes() -> None:
    composed, asked = (count_networks(5, "threshold", 3, method=method) for method in ("bitset", "slices"))
    assert composed.by_ones == asked.by_ones
    assert composed.by_ones == composed.by_ones[::-1]  # closed under negation
