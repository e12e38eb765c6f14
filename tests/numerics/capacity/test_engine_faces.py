"""Degrees n - 2 and above, by the Euler sum over faces, against brute force and cited values."""

from itertools import product

import numpy as np
import pytest

from numerics.capacity.engine_faces import face_histogram
from numerics.capacity.engine_weak import count_weakly_affine
from numerics.capacity.threshold import count_threshold_functions


def test_weakly_affine_functions_are_those_that_small_weights_reach() -> None:
    for n in range(1, 4):
        points = np.array(list(product((-1, 1), repeat=n)))
        weights = np.array([w for w in product(range(-2, 3), repeat=n + 1) if any(w)])
        signs = np.unique(np.sign(weights @ np.hstack([np.ones((2**n, 1), int), points]).T), axis=0)
        tables = np.array(list(product((-1, 1), repeat=2**n)))
        suits = ((tables[:, None, :] * signs[None, :, :]) >= 0).all(axis=2).any(axis=1)
        assert int(suits.sum()) == count_weakly_affine(n)


def test_weakly_affine_counts_are_the_cited_ones() -> None:
    assert [count_weakly_affine(n) for n in (2, 3, 4)] == [14, 152, 7962]


def test_degree_one_at_three_inputs_agrees_with_the_engine_by_duality() -> None:
    assert 2**8 - count_weakly_affine(3) == count_threshold_functions(3).count


@pytest.mark.parametrize(
    ("n", "degree", "count"), [(2, 2, 16), (3, 2, 254), (4, 2, 57574), (4, 3, 65534), (4, 4, 65536)]
)
def test_high_degrees_are_the_cited_ones(n: int, degree: int, count: int) -> None:
    assert count_threshold_functions(n, degree).count == count


@pytest.mark.parametrize("n", [5, 6, 7])
def test_degree_two_below_the_top_lies_inside_its_bounds(n: int) -> None:
    count = count_threshold_functions(n, n - 2).count
    assert count % 2 == 0 and count < 2**2**n - 2
    assert 2**2**n - count <= count_threshold_functions(n).count * 2 ** (2 ** (n - 1))  # a facet has 2^(n-1) zeros


def test_a_plane_cut_by_two_lines_has_the_obvious_faces() -> None:
    faces = face_histogram(np.eye(2, dtype=np.int64), np.array([[1, -1], [1, -2]]))
    assert faces[2, 0] == 3 and faces[1, 1] == 2 and faces.sum() == 5


def test_degrees_out_of_reach_are_refused() -> None:
    with pytest.raises(ValueError, match="degree=2 at n=6 is out of reach"):
        count_threshold_functions(6, 2)
