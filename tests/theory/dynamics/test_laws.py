"""Formulas beside SEN: values known otherwise, limits, refusals."""

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from theory import dynamics

positives = st.fractions(min_value=Fraction(1, 10), max_value=5, max_denominator=20)


def test_conserved_growth_constants_lie_just_above_the_known_suprema():
    # Cited suprema, rounded to four digits.
    for mass, known in ((1, "1.0003"), (5, "1.0143"), (20, "1.0666"), (100, "1.1777"), (1000, "1.3938")):
        found = dynamics.growth_constant(mass)
        assert Fraction(known) - Fraction(1, 20000) <= found <= Fraction(known) + Fraction(1, 5000)


def test_growth_constant_is_above_the_function_on_a_grid():
    m = 20
    top = dynamics.growth_constant(m)
    for k in range(0, 80):
        s = sp.Rational(k, 8)
        a = dynamics.attention_weight(s, m)
        value = a**2 * (1 + (1 - a) ** 2 * dynamics.sen_norm(s, m) ** 2)
        assert sp.N(value, 30) <= sp.Rational(top.numerator, top.denominator)


@settings(max_examples=15, deadline=None)
@given(mass=st.sampled_from([1, 7, 60]), classes=st.integers(2, 6), d=positives, time=st.integers(1, 10**6))
def test_margin_bounds_are_ordered_and_loss_bounds_with_them(mass, classes, d, time):
    margins = dynamics.margin_bounds(time, mass, classes, d, Fraction(1, 8))
    losses = dynamics.loss_bounds(time, mass, classes, d, Fraction(1, 8))
    ceiling = dynamics.loss_ceiling(time, mass, classes, d, Fraction(1, 8))
    assert 0 < sp.N(margins.lower) < sp.N(margins.upper)
    assert 0 < sp.N(losses.lower) < sp.N(losses.upper) < sp.N(ceiling)
    assert sp.N(margins.lower - dynamics.frozen_key_margin(time, mass, classes, d, Fraction(1, 8))) == 0


@settings(max_examples=15, deadline=None)
@given(level=st.fractions(min_value=1, max_value=500, max_denominator=9), classes=st.integers(2, 9))
def test_margin_of_level_inverts_the_level(level, classes):
    margin = dynamics.margin_of_level(level, classes)
    assert abs(sp.N(dynamics.margin_level(margin, classes), 40) - level) < sp.Rational(1, 10**30)


def test_finite_vocabulary_law_tends_to_sen():
    exact = sp.N(dynamics.sen_norm(4, 20))
    gaps = [sp.N(dynamics.finite_vocabulary_norm(4, 20, 8, size)) - exact for size in (10**3, 10**4, 10**5)]
    assert gaps[0] > gaps[1] > gaps[2] > 0
    assert 9.5 < gaps[1] / gaps[2] < 10.1


def test_published_residuals_are_predicted_from_the_set_up_alone():
    # Digitised end points of the authors' figures: (score, measured minus SEN norm); the split has 799 sentences.
    for score, published in (("3.976", 0.0162), ("3.412", 0.0132), ("1.016", 0.0070)):
        parts = dynamics.predicted_residual(
            Fraction(score), 20, topics=8, rate=Fraction(1, 10), separation=2, classes=4, sentences=799, irrelevant=5000
        )
        assert abs(float(parts.excess_norm) - published) < 0.0015


def test_half_attention_time_approaches_the_take_off_estimate():
    setting = (4, sp.sqrt(sp.Rational(4, 3)), Fraction(1, 8))
    ratios = [
        sp.N(dynamics.time_to_score(sp.log(m), m, *setting) / dynamics.takeoff_time(m, *setting), 5) for m in (10, 1000)
    ]
    assert [round(float(r), 3) for r in ratios] == [1.378, 1.008]  # cited values


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.integers(-4, 4), min_size=2, max_size=2), min_size=2, max_size=5))
def test_head_separation_is_never_above_the_distance_to_a_column(columns):
    found = dynamics.head_separation(columns, 0)
    own = sp.Matrix(columns[0])
    assert all(found <= (own - sp.Matrix(c)).norm() for c in columns[1:])


def test_head_separation_of_known_heads():
    assert dynamics.head_separation([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 1) == sp.sqrt(sp.Rational(3, 2))
    assert dynamics.head_separation([[0], [-1], [1]], 0) == 0
    assert dynamics.simplex_separation(1, 3) == sp.sqrt(sp.Rational(3, 2))


def test_effective_mass_of_one_length_is_that_length():
    assert dynamics.effective_mass({7: 3}) == 7
    assert dynamics.effective_mass({4: 1, 40: 1}) < dynamics.mean_mass({4: 1, 40: 1})


def test_trained_query_square_without_topics_moving_is_sen():
    # One word, and a query so long that it hardly moves: score = query * key.
    query, key = 1000, Fraction(2, 1000)
    square = sp.N(dynamics.trained_query_square(key, 20, query, 1) * query**2)
    assert abs(square - sp.N(dynamics.sen_norm(2, 20) ** 2)) < 1e-6


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: dynamics.margin_bounds(1, 20, 1, 1, 1), "classes must be at least 2, got classes=1"),
        (lambda: dynamics.margin_bounds(-1, 20, 2, 1, 1), "time must be at least 0, got time=-1"),
        (lambda: dynamics.asymptotic_loss(1, 1, 2), r"frequency must lie in \(0, 1\], got frequency=2"),
        (lambda: dynamics.effective_mass({}), "at least one length"),
        (lambda: dynamics.sen_norm_bounds(1, 5, 2), "least_mass must not exceed greatest_mass"),
        (lambda: dynamics.head_separation([[1], [2]], 2), "label must be an int below 2"),
        (lambda: dynamics.finite_vocabulary_norm(-1, 2, 2, 2), "score must be at least 0"),
        (lambda: dynamics.vocabulary_exponent(Fraction(1, 2), 3), "topics must be a whole number"),
    ],
)
def test_bad_arguments_are_refused(call, text):
    with pytest.raises(ValueError, match=text):
        call()


def test_predicted_residual_does_not_depend_on_the_unit_of_the_coupling():
    # y = sqrt(coupling) x and D' = D/sqrt(coupling) leave it alone; steps count in units of coupling * time.
    first, second = (
        dynamics.predicted_residual(
            3, 20, topics=8, rate=rate, separation=d, classes=4, sentences=800, irrelevant=5000, coupling=rho
        )
        for rho, d, rate in ((1, 1, 1), (Fraction(1, 4), Fraction(1, 2), 4))
    )
    for name in ("sample", "vocabulary", "step"):
        assert abs(getattr(first, name) - getattr(second, name)) < 1e-12, name
