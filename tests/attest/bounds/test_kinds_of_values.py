"""Calculators return what they were given: numbers, arrays or tensors, in their precision and shape."""

from fractions import Fraction

import numpy as np
import pytest
import torch

from attest import bounds
from theory import dynamics
from theory.gradients.polynomial import gain_coefficients

EPS = 2.0**-52


def test_numbers_give_a_float_arrays_an_array_tensors_a_tensor():
    assert type(bounds.sen_norm(1, 2)) is float
    assert type(bounds.sen_norm(np.float64(1), 2)) is float
    assert isinstance(bounds.sen_norm([1.0, 2.0], 2), np.ndarray)
    assert isinstance(bounds.sen_norm(np.ones((2, 1)), np.ones(3)), np.ndarray)
    assert bounds.sen_norm(np.ones((2, 1)), np.ones(3)).shape == (2, 3)
    assert isinstance(bounds.sen_norm(torch.ones(2), 2), torch.Tensor)


def test_single_precision_comes_back_and_is_computed_in_double():
    single = bounds.sen_norm(np.float32([1, 2]), 20)
    assert single.dtype == np.float32
    assert np.array_equal(single, bounds.sen_norm(np.array([1.0, 2.0]), 20).astype(np.float32))
    assert bounds.sen_norm(torch.ones(2), 20).dtype == torch.float32
    with pytest.raises(OverflowError, match="exceeds float32"):
        bounds.sen_norm(np.float32([300]), 20)
    with pytest.raises(OverflowError, match=r"exceeds torch\.float32"):
        bounds.sen_norm(torch.tensor([300.0]), 20)


def test_integers_that_shape_the_program_broadcast_too():
    T, lam = np.array([[2], [5]]), np.array([0.25, 0.5, 1.0])
    found = bounds.uniform_attention_gain(T, 1, lam)
    assert found.shape == (2, 3)
    for i, j in np.ndindex(2, 3):
        assert found[i, j] == bounds.uniform_attention_gain(int(T[i, 0]), 1, float(lam[j]))
    tensor = torch.tensor(lam, requires_grad=True)
    gains = bounds.uniform_attention_gain(torch.tensor(T), 1, tensor)
    gains.sum().backward()
    assert np.array_equal(gains.detach().numpy(), found)
    exact = [
        sum(float(c) * k * x ** (k - 1) for n in (2, 5) for k, c in enumerate(gain_coefficients(n, 1))) for x in lam
    ]
    assert tensor.grad.tolist() == pytest.approx(exact, rel=64 * EPS)


def test_python_floats_keep_their_digits_beside_tensors():
    # 0.1 must not become the single-precision 0.1 on its way into a broadcast
    gains = bounds.uniform_attention_gain(torch.tensor([2, 3]), 1, 0.1)
    assert gains.tolist() == [bounds.uniform_attention_gain(T, 1, 0.1) for T in (2, 3)]


def test_complex_eigenvalues_are_welcome_where_the_statement_says_so():
    assert bounds.uniform_attention_gain(2, 1, 1j) == complex(0.5, 3)
    assert bounds.uniform_attention_gain(2, 1, torch.tensor(1j, dtype=torch.complex128)).item() == complex(0.5, 3)
    with pytest.raises(TypeError, match="score must be a number, got complex"):
        bounds.sen_norm(1j, 20)


def test_exact_numbers_are_accepted():
    assert bounds.sen_norm(Fraction(1, 2), 20) == bounds.sen_norm(0.5, 20)
    assert bounds.sen_norm(dynamics.sen_potential(0, 20), 20) == bounds.sen_norm(0.05, 20)


def test_arguments_that_do_not_enter_the_value_broadcast_like_the_others():
    # the smaller mass has no part in the lower bound
    assert bounds.sen_norm_lower_bound(1.0, np.array([1.0, 2.0]), 20.0).shape == (2,)
    assert bounds.sen_norm_lower_bound(1.0, torch.tensor([1.0, 2.0]), 20.0).shape == (2,)
