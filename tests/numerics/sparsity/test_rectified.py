import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics import sparsity

SCORES, VALUES = [1.0, -2.0, 0.5], [[1.0, 2.0], [3.0, 4.0], [-1.0, 1.0]]


@given(factor=st.floats(1e-3, 1e3))
def test_a_positive_factor_changes_nothing_without_eps(factor):
    # 64 roundings of relative size 2^-53 cover the few operations of one row
    assert sparsity.measure_rescaling_gain(SCORES, VALUES, factor) == pytest.approx([1.0, 1.0], rel=64 * 2**-53, abs=0)


def test_with_eps_a_small_factor_does_change_the_output():
    gains = sparsity.measure_rescaling_gain(SCORES, VALUES, 1e-6, eps=1e-8)
    assert all(gain < 0.1 for gain in gains)


def test_a_negative_factor_selects_the_complementary_keys():
    flipped = sparsity.rectified_output(-np.array(SCORES), VALUES)
    assert np.allclose(flipped, sparsity.rms_normalise(VALUES[1]), rtol=1e-15)  # rounding of one division


def test_a_null_row_is_exactly_zero_with_and_without_eps():
    for eps in (0.0, 1e-8):
        assert (sparsity.rectified_output([-1.0, 0.0, -3.0], VALUES, eps=eps) == 0).all()


def test_the_output_is_a_direction_of_norm_root_d_or_nothing():
    norms = np.linalg.norm(sparsity.rectified_output(np.random.default_rng(0).normal(size=(50, 3)), VALUES), axis=1)
    assert all(norm == 0 or abs(norm - np.sqrt(2)) < 1e-14 for norm in norms)  # a few roundings


def test_no_ratio_is_formed_for_a_null_row():
    with pytest.raises(ValueError, match="scores must have a positive entry"):
        sparsity.measure_rescaling_gain([-1.0, -1.0, -1.0], VALUES, 2.0)
