import pytest
import sympy as sp

from theory import sparsity


def test_without_eps_every_positive_factor_leaves_the_output_alone():
    assert sparsity.rescaling_gain(sp.Rational(1, 1000), 5) == 1


def test_a_negative_factor_is_refused():
    with pytest.raises(ValueError, match="factor must be positive, got -1"):
        sparsity.rescaling_gain(-1, 1)


def test_the_gate_breaks_eulers_identity_unless_it_is_zero():
    assert sparsity.gated_euler_defect([1, 2], [0, 0]) == sp.zeros(2, 1)
    assert sparsity.gated_euler_defect([1, 2], [1, 0]) != sp.zeros(2, 1)


def test_the_slope_at_a_null_row_is_halved_by_the_gate():
    assert sparsity.null_row_slope(sp.Rational(1, 10**8)) == 10**4
    assert sparsity.null_row_slope(sp.Rational(1, 10**8), gated=True) == 5000


def test_the_jacobian_at_zero_needs_eps():
    assert sparsity.rms_jacobian([0, 0], sp.Rational(1, 4)) == 2 * sp.eye(2)
    with pytest.raises(ValueError, match="z must not be 0"):
        sparsity.rms_jacobian([0, 0])
