"""The linear net with uniform attention, differentiated."""

import numpy as np
import pytest

from numerics.gradients import measure_linear_jacobians, measure_uniform_attention_gain


def test_two_steps_by_hand():
    # s_2 = h_2 + (h_1 + h_2)/2 with h_2 = V (h_1 + h_1): ds_2/dh_1 = 3 V + 1/2, ds_2/dh_2 = 3/2.
    V = np.array([[0.3, -0.7], [0.2, 0.1]])
    jacobians = measure_linear_jacobians(V, 2)
    # a dozen roundings of order-one numbers
    np.testing.assert_allclose(jacobians[0], 3 * V + np.eye(2) / 2, rtol=0, atol=1e-15)
    np.testing.assert_allclose(jacobians[1], 1.5 * np.eye(2), rtol=0, atol=1e-15)


def test_a_rotation_gives_the_complex_gain():
    # P_{2,1} = 1/2 + 3 z by hand
    z = 0.3 + 0.4j
    assert measure_uniform_attention_gain(2, 1, z) == pytest.approx(0.5 + 3 * z, rel=1e-15)


def test_the_mean_convention_halves_the_state():
    # s_2 = (h_2 + (h_1 + h_2)/2)/2 with h_2 = V h_1 (as s_1 = h_1): 1/4 + 3 V/4
    assert measure_uniform_attention_gain(2, 1, 0.5, state="mean") == pytest.approx(0.25 + 0.375, rel=1e-15)


@pytest.mark.parametrize("V", [[[1.0, 2.0]], [1.0], [[float("nan")]]])
def test_a_bad_matrix_is_refused(V):
    with pytest.raises(ValueError, match="V must be"):
        measure_linear_jacobians(V, 3)


def test_times_out_of_range_are_refused():
    with pytest.raises(ValueError, match="got t=4 and T=3"):
        measure_uniform_attention_gain(3, 4, 0.5)
    with pytest.raises(ValueError, match="state must be one of sum, mean"):
        measure_uniform_attention_gain(3, 1, 0.5, state="half")
