import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics import sparsity


@settings(max_examples=25)
@given(seed=st.integers(0, 1000))
def test_every_sampled_support_is_among_the_enumerated_ones(seed):
    keys = sparsity.draw_integer_keys(5, 3, seed)
    patterns = sparsity.support_patterns(keys)
    queries = np.random.default_rng(seed).normal(size=(200, 3))
    assert {tuple(bool(x) for x in row) for row in queries @ np.array(keys).T > 0} <= patterns


def test_four_keys_in_the_plane_show_eight_supports_and_eleven_with_thresholds():
    keys = [[3, 1], [1, 4], [-2, 5], [7, -3]]
    assert len(sparsity.support_patterns(keys)) == 8
    assert len(sparsity.thresholded_support_patterns(keys, [1, -2, 5, 11])) == 11


def test_independent_keys_show_every_support():
    assert len(sparsity.support_patterns([[1, 0, 0], [0, 1, 0], [0, 0, 1]])) == 8


def test_dependent_keys_and_too_few_keys_are_refused():
    with pytest.raises(ValueError, match="keys must be in general position"):
        sparsity.support_patterns([[1, 0], [2, 0], [0, 1]])
    with pytest.raises(ValueError, match="keys must be at least as many as their dimension"):
        sparsity.support_patterns([[1, 0, 0]])


def test_key_sets_no_larger_than_the_dimension_can_always_be_nulled():
    assert sparsity.count_nullable_key_sets(3, 3, samples=50, rng=0) == [50, 0]


def test_score_gradients_vanish_for_one_key_and_are_heavy_tailed_for_two():
    assert sparsity.sample_score_gradients(1, 4, samples=100, rng=0).max() < 1e-20  # squares of rounding errors
    tail = (sparsity.sample_score_gradients(2, 32, samples=20_000, rng=0) > 10).mean()
    assert 0.04 < tail < 0.06  # about 1/(2x) at x = 10, d large; 20000 samples give a standard error of .0016


def test_without_normalisation_the_score_gradient_grows_with_the_row():
    sizes = [sparsity.sample_score_gradients(k, 16, samples=500, rng=0, normalised=False).mean() for k in (4, 64)]
    assert sizes[1] > 8 * sizes[0]
