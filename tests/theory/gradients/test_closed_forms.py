"""Closed forms of the gain against its recurrence, exactly."""

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from theory import gradients as g
from theory.errors import AssumptionError

UNIT = st.fractions(min_value=Fraction(-9, 10), max_value=Fraction(9, 10), max_denominator=20)
TIMES = st.integers(1, 12).flatmap(lambda T: st.tuples(st.just(T), st.integers(1, T)))


@given(TIMES, UNIT.filter(bool))
def test_three_routes_to_the_gain_agree(times, number):
    T, t = times
    gain = g.uniform_attention_gain(T, t, number)
    assert g.generating_function_gain(T, t, number) == gain
    assert g.gain_polynomial(T, t).eval(sp.Rational(number.numerator, number.denominator)) == gain
    assert g.hypergeometric_gain(T, number) == g.uniform_attention_gain(T, 1, number)


@given(TIMES)
def test_coefficients_are_positive_and_three_have_closed_forms(times):
    T, t = times
    c = g.gain_coefficients(T, t)
    assert all(x > 0 for x in c) and len(c) == T - t + 1
    assert c[0] == g.constant_coefficient(T, t) and c[-1] == g.leading_coefficient(T, t)
    assert (*c, 0)[1] == g.linear_coefficient(T, t)


@pytest.mark.parametrize("T", range(1, 12))
def test_special_eigenvalues(T):
    assert g.uniform_attention_gain(T, 1, 1) == g.laguerre_gain(T)
    for m in (1, 2, 3):
        value = g.gain_in_time(m).subs(sp.Symbol("T", positive=True), T)
        assert value == g.uniform_attention_gain(T, 1, sp.Rational(m, m + 1))


def test_closed_forms_refuse_their_exceptions():
    with pytest.raises(AssumptionError, match="lambda != 0"):
        g.hypergeometric_gain(3, 0)
    with pytest.raises(AssumptionError, match="other than 0 and 1"):
        g.generating_function_gain(3, 1, 1)
    with pytest.raises(AssumptionError, match="contraction"):
        g.growth_exponent(-1)


@pytest.mark.parametrize("number", [Fraction(1, 3), Fraction(-1, 2), sp.Rational(3, 10) + sp.I * sp.Rational(2, 5)])
@pytest.mark.parametrize("t", [1, 4])
def test_the_asymptotic_gain_is_right_to_order_one_over_T(number, t):
    errors = [
        abs(complex(sp.N(g.asymptotic_gain(T, t, number))) / complex(g.uniform_attention_gain(T, t, number)) - 1)
        for T in (100, 200)
    ]
    # the error of the leading term is O(1/T): it halves at least, up to terms of order T**-2
    assert errors[1] < 0.6 * errors[0]


@given(TIMES, st.fractions(min_value=0, max_value=Fraction(97, 100), max_denominator=100))
def test_the_sandwich_holds_and_is_not_trivial(times, number):
    T, t = times
    gain, found = g.uniform_attention_gain(T, t, number), g.sandwich(T, t, number)
    assert found.lower <= gain <= found.upper
    assert Fraction(1, T) <= g.memorable_lower_bound(T, t, number) <= gain
    if 2 * number <= 1:
        assert gain <= 3 * found.lower and found.upper <= Fraction(46, 10) * gain


@pytest.mark.slow
@given(
    st.integers(1, 1000),
    st.integers(1, 1000),
    st.fractions(min_value=0, max_value=Fraction(97, 100), max_denominator=50),
)
def test_the_sandwich_holds_for_long_sequences(T, t, number):
    t = min(t, T)
    found = g.sandwich(T, t, number)
    assert found.lower <= g.uniform_attention_gain(T, t, number) <= found.upper


def test_the_first_zero_strictly_inside_the_disc_is_at_25_19():
    inside = [z for z in map(complex, g.complex_zeros(25, 19)) if abs(z - 0.5) < 0.499]
    assert len(inside) == 2
    assert min(abs(z - (0.422530588161071 + 0.492441634108321j)) for z in inside) < 1e-14
    assert not any(abs(complex(z) - 0.5) < 0.5 for t in (17, 18, 19) for z in g.complex_zeros(24, t))


def test_window_rates_as_cited():
    rates = [float(g.window_rate(kappa, Fraction(3, 10))) for kappa in (1, 2, 5, 20)]
    assert [round(rate, 3) for rate in rates] == [0.6, 0.673, 0.797, 0.932]


def test_crossover_lags_as_cited():
    table = [[float(g.crossover_lag(Fraction(x), t)) for t in (1, 10, 100)] for x in ("1/5", "1/2", "4/5")]
    assert [[round(k, 2) for k in row] for row in table] == [[0, 1.52, 2.88], [1, 3.79, 6.74], [11.22, 14.30, 21.51]]
    assert [g.domination_lag(Fraction(x), 1, Fraction(1, 100)) for x in ("1/5", "1/2", "4/5")] == [4, 6, 9]
