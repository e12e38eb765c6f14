"""The gain polynomial by recurrences, in exact arithmetic."""

from fractions import Fraction

import pytest
import sympy as sp

from theory.gradients import omega_one_over_T, uniform_attention_gain
from theory.gradients.gain import attention_gain, gain_recurrence, uniform_attention_gains

LAM = sp.Symbol("lambda")


def test_the_cited_small_polynomials_are_reproduced():
    assert sp.expand(uniform_attention_gain(2, 1, LAM) - (sp.Rational(1, 2) + 3 * LAM)) == 0
    assert sp.expand(uniform_attention_gain(3, 1, LAM) - (sp.Rational(1, 3) + 4 * LAM / 3 + 4 * LAM**2)) == 0
    assert sp.expand(uniform_attention_gain(3, 2, LAM) - (sp.Rational(1, 3) + 2 * LAM)) == 0


def test_the_cited_values_at_three_quarters_are_reproduced():
    values = [uniform_attention_gain(T, 1, Fraction(3, 4)) for T in range(1, 6)]
    assert values == [2, Fraction(11, 4), Fraction(43, 12), Fraction(9, 2), Fraction(11, 2)]


@pytest.mark.parametrize("number", [Fraction(1, 3), Fraction(-2, 5), sp.Rational(1, 5) + sp.I / 3])
def test_the_backward_recurrence_agrees_with_the_forward_one(number):
    forward = tuple(uniform_attention_gain(9, t, number) for t in range(1, 10))
    assert uniform_attention_gains(9, number) == forward


def test_uniform_rows_give_the_uniform_gain():
    rows = [[Fraction(1, k)] * k for k in range(1, 8)]
    for state in ("sum", "mean"):
        expected = uniform_attention_gain(7, 3, Fraction(2, 7), state=state)
        assert attention_gain(rows, 7, 3, Fraction(2, 7), state=state) == expected


def test_the_mean_convention_halves_eigenvalue_and_value():
    half = uniform_attention_gain(6, 2, Fraction(1, 3), state="mean")
    assert half == uniform_attention_gain(6, 2, Fraction(1, 6)) / 2


def test_the_recurrence_runs_in_plain_floats():
    exact = float(uniform_attention_gain(50, 3, Fraction(3, 8)))
    # 50 steps of positive terms, three roundings each
    assert gain_recurrence(50, 3, 0.375) == pytest.approx(exact, rel=200 * 2**-53)


@pytest.mark.parametrize(
    ("T", "t", "words"),
    [(3, 4, "t must be at most T, got t=4 and T=3"), (3, 0, "t must be at least 1 (times are 1-based), got t=0")],
)
def test_times_out_of_range_are_refused_with_both_named(T, t, words):
    with pytest.raises(ValueError) as caught:
        uniform_attention_gain(T, t, 1)
    assert words in str(caught.value)


def test_floats_and_infinities_are_refused():
    with pytest.raises(TypeError, match=r"got 0\.5; attest\.bounds takes floats"):
        uniform_attention_gain(2, 1, 0.5)
    with pytest.raises(ValueError, match="finite"):
        uniform_attention_gain(2, 1, sp.oo)
    with pytest.raises(TypeError, match="t must be an int"):
        uniform_attention_gain(2, True, 1)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([[1]], "at least T=2 rows"),
        ([[1], [1]], "row 2 of weights must hold 2"),
        ([[1], [1, 1]], "must sum to 1, got 2"),
    ],
)
def test_malformed_attention_rows_are_refused(rows, words):
    with pytest.raises(ValueError, match=words):
        attention_gain(rows, 2, 1, 1)


@pytest.mark.parametrize(
    ("number", "inside"),
    [
        (0, True),
        (Fraction(1, 2), True),
        (Fraction(-1, 10), False),
        (Fraction(-3, 2), True),
        (sp.I * sp.Rational(9, 10), False),
        (sp.Rational(3, 10) + sp.I * sp.Rational(2, 5), True),
        (sp.Rational(1, 10) + sp.I * sp.Rational(3, 5), False),
        (sp.exp(sp.I * sp.pi / 3) / 2, True),
        (sp.exp(sp.I * sp.pi * sp.Rational(61, 180)) / 2, False),
    ],
)
def test_the_disc_and_the_outside_of_the_unit_disc_are_the_region(number, inside):
    assert omega_one_over_T(number) is inside
