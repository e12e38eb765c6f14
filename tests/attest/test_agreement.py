"""Agreements have three answers, exact arithmetic, and no tolerance without a reason."""

import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attest import Answer, absolute, at_least, at_most, drawn_from, equal, relative, rounding, scales_like, within

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=1e-100, max_value=1e100)


def test_equal_is_exact_and_refuses_floats() -> None:
    assert equal.compare([2**70, Fraction(1, 3)], [2**70, Fraction(1, 3)]) is Answer.AGREES
    assert equal.compare(2**70, 2**70 + 1) is Answer.CONTRADICTS
    with pytest.raises(TypeError, match="use within"):
        equal.compare(1, 1.0)


def test_shapes_that_differ_are_an_error_and_not_an_answer() -> None:
    with pytest.raises(ValueError, match="2 entries, measured 1"):
        equal.compare([1, 2], [1])
    with pytest.raises(ValueError, match="keys"):
        equal.compare({"a": 1}, {"b": 1})
    with pytest.raises(TypeError, match="predicted is a list"):
        equal.compare([1], 1)
    with pytest.raises(ValueError, match="nothing to compare"):
        equal.compare([], [])


@given(FINITE)
def test_rounding_admits_neighbours_and_rejects_what_lies_beyond(value: float) -> None:
    one_ulp = math.nextafter(value, math.inf)
    assert within(rounding(operations=2)).compare(value, one_ulp) is Answer.AGREES
    beyond = Fraction(value) + 3 * Fraction(2, 2**53) * max(abs(Fraction(value)), 1)
    assert within(rounding(operations=2)).compare(value, beyond) is Answer.CONTRADICTS


def test_the_scale_of_cancelling_terms_widens_rounding() -> None:
    assert within(rounding(operations=4)).compare(0, 1e-14) is Answer.CONTRADICTS
    assert within(rounding(operations=4, scale=100)).compare(0, 1e-14) is Answer.AGREES


def test_an_error_model_without_a_reason_is_refused() -> None:
    for model in (absolute, relative):
        with pytest.raises(ValueError, match="because must say"):
            model(1e-3, because=" ")
    with pytest.raises(ValueError, match="operations must be"):
        rounding(operations=0)


@pytest.mark.parametrize(
    ("measured", "error", "answer"),
    [
        (0.5, 0.1, Answer.AGREES),
        (0.95, 0.1, Answer.CANNOT_TELL),
        (1.05, 0.1, Answer.CANNOT_TELL),
        (1.2, 0.1, Answer.CONTRADICTS),
        (1.2, None, Answer.CONTRADICTS),
        (1, None, Answer.AGREES),
    ],
)
def test_an_upper_bound_has_three_answers(measured: float, error: float | None, answer: Answer) -> None:
    assert at_most().compare(1, measured, error) is answer
    mirrored = at_least().compare(-1, -measured, error)
    assert mirrored is answer


def test_the_share_of_a_bound_that_is_used() -> None:
    assert at_most().ratio([2.0, 4.0], [1.0, 3.0]) == 0.75
    assert at_least().ratio(1.0, 4.0) == 0.25
    assert at_most().ratio(0, 0) is None


@pytest.mark.parametrize("exponent", [-2.0, -1.0, 0.0, 0.5, 3.0])
def test_a_power_law_with_a_correction_has_its_exponent(exponent: float) -> None:
    ladder = [[2.0**k, 2.0 ** (k * exponent) * (1 + 2.0**-k)] for k in range(4, 12)]
    rivals = [exponent + 1, exponent - 1]
    assert scales_like().compare(exponent, ladder, None, rivals) is Answer.AGREES
    for rival in rivals:
        assert scales_like().compare(rival, ladder, None, [exponent]) is Answer.CONTRADICTS


def test_a_falling_ladder_extrapolates_towards_zero() -> None:
    ladder = [[2.0**-k, 2.0**-k * (1 + 3 * 2.0**-k)] for k in range(0, 8)]
    assert scales_like().compare(1, ladder, None, [0, 2]) is Answer.AGREES


def test_a_noisy_ladder_cannot_tell() -> None:
    ladder = [[2.0**k, 2.0**-k, 0.5 * 2.0**-k] for k in range(4, 12)]
    assert scales_like().compare(-1, ladder, None, [-2]) is Answer.CANNOT_TELL


def test_a_ladder_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 4 sizes"):
        scales_like().compare(1, [[1, 1], [2, 2], [4, 4]])
    with pytest.raises(ValueError, match="geometric"):
        scales_like().compare(1, [[1, 1], [2, 2], [3, 3], [4, 4]])
    with pytest.raises(ValueError, match="positive"):
        scales_like().compare(1, [[1, 1], [2, -2], [4, 4], [8, 8]])


def test_counts_are_tested_exactly_at_the_stated_level() -> None:
    draws = random.Random(0)
    counts = [0, 0, 0]
    for _ in range(30_000):
        counts[draws.choices((0, 1, 2), (1, 2, 1))[0]] += 1
    assert drawn_from().compare([0.25, 0.5, 0.25], counts) is Answer.AGREES
    assert drawn_from().compare([0.28, 0.44, 0.28], counts) is Answer.CONTRADICTS
    assert drawn_from().compare([0.5, 0.5, 0.0], counts) is Answer.CONTRADICTS


def test_a_mean_is_tested_by_student_t() -> None:
    seen = {"mean": 1.0, "standard_error": 0.01, "samples": 1000}
    assert drawn_from().compare(1.04, seen) is Answer.AGREES
    assert drawn_from().compare(1.06, seen) is Answer.CONTRADICTS
    with pytest.raises(ValueError, match="standard_error"):
        drawn_from().compare(1.0, {"mean": 1.0})


def test_a_negative_stated_error_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        within().compare(1, 1, -0.5)
