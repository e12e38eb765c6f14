"""Dichotomies by cones against deletion and restriction, and products with three values against composing them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.capacity.engine_dichotomies import count_dichotomies_by_cones, count_three_valued_by_cones
from numerics.capacity.gated import count_gated
from numerics.capacity.products_pairs import points
from numerics.capacity.regions import count_regions
from numerics.capacity.restrictions import three_valued_count
from numerics.errors import SolverUndecided


@given(at=st.sets(st.integers(0, 15)))
def test_subsets_of_the_cube_have_the_regions_of_their_hyperplanes(at: set[int]) -> None:
    rows = points(5)[sorted(at)]
    assert count_dichotomies_by_cones(rows) == (count_regions(rows.tolist()) if at else 1)


@given(seed=st.integers(0, 10**6), count=st.integers(1, 7), dim=st.integers(1, 4))
def test_any_integer_points_have_the_regions_of_their_hyperplanes(seed: int, count: int, dim: int) -> None:
    drawn = np.random.default_rng(seed).integers(-3, 4, (count, dim))
    lines = {
        tuple(v // np.gcd.reduce(row) * np.sign(row[np.flatnonzero(row)[0]]) for v in row)
        for row in drawn[drawn.any(axis=1)]
    }
    rows = np.array(sorted(lines), np.int64).reshape(len(lines), dim)
    assert count_dichotomies_by_cones(rows) == (count_regions(rows.tolist()) if lines else 1)


@pytest.mark.parametrize("n", range(1, 5))
def test_products_with_three_values_are_those_that_composing_finds(n: int) -> None:
    assert count_three_valued_by_cones(n) == three_valued_count(n)


@pytest.mark.slow
def test_products_with_three_values_of_five_inputs_are_those_of_the_bit_set() -> None:
    assert count_three_valued_by_cones(5) == count_gated(5, "output", gate="mixed", method="bitset").count


def test_the_whole_cube_has_the_threshold_functions() -> None:
    assert [count_dichotomies_by_cones(points(n + 1)) for n in range(1, 6)] == [4, 14, 104, 1882, 94572]  # A000609


@pytest.mark.parametrize(
    ("rows", "error", "text"),
    [
        ([1, 2], ValueError, "shape"),
        ([[1.0, 2.0]], TypeError, "must hold integers"),
        ([[1, 0], [0, 0]], ValueError, "zero vector"),
        ([[1, 0], [-2, 0]], ValueError, "pairwise not parallel"),
        ([[1, 0], [0, 1], [2**31, -1], [1, -1]], SolverUndecided, "range of the search"),
    ],
)
def test_points_that_cannot_be_counted_exactly_are_refused(
    rows: list[object], error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        count_dichotomies_by_cones(rows)


def test_points_of_unequal_size_are_counted_by_their_directions() -> None:
    assert count_dichotomies_by_cones([[10**30, 0], [0, 7], [3, -1], [1, -1]]) == 8  # Cover: 2 (1 + 3)


def test_progress_ends_at_all_of_the_classes() -> None:
    told: list[float] = []
    count_three_valued_by_cones(4, progress=told.append)
    assert told == sorted(told) and 0 < told[0] < 0.1 and told[-1] == 1
