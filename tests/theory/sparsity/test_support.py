from fractions import Fraction

import pytest
import sympy as sp

from theory import sparsity


def test_without_a_shared_mean_the_support_is_binomial_in_every_dimension():
    for dim in (1, 2, 7, sp.oo):
        assert sparsity.support_distribution(3, dim=dim) == tuple(Fraction(c, 8) for c in (1, 3, 3, 1))


def test_at_ratio_one_in_high_dimension_every_support_size_is_equally_likely():
    assert sparsity.support_distribution(4, shared_mean_ratio=1) == (Fraction(1, 5),) * 5


def test_the_integral_route_meets_the_closed_form_as_the_ratio_tends_to_one():
    nearly_one = 1 + Fraction(1, 10**12)
    for p in sparsity.support_distribution(4, shared_mean_ratio=nearly_one):
        assert abs(p.evalf(25) - sp.Rational(1, 5)) < 1e-11  # the law is smooth in the ratio


@pytest.mark.parametrize("ratio", [Fraction(1, 2), 2])
def test_two_keys_obey_sheppards_orthant_formula(ratio):
    correlation = sparsity.score_correlation(ratio)
    expected = sp.Rational(1, 4) + sp.asin(correlation) / (2 * sp.pi)
    # 25 digits asked for, 20 compared: the quadrature's own error is below both.
    assert abs(sparsity.null_probability(2, ratio).evalf(25) - expected.evalf(25)) < 1e-20


def test_three_keys_obey_the_trivariate_orthant_formula():
    correlation = sparsity.score_correlation(Fraction(3, 4))
    expected = sp.Rational(1, 8) + 3 * sp.asin(correlation) / (4 * sp.pi)
    assert abs(sparsity.null_probability(3, Fraction(3, 4)).evalf(25) - expected.evalf(25)) < 1e-20


@pytest.mark.parametrize("dim", [1, 2, 3, 8])
def test_finite_dimension_gives_probabilities_that_sum_to_one_and_are_symmetric(dim):
    law = [sp.sympify(p).evalf(25) for p in sparsity.support_distribution(4, 1, dim)]
    assert abs(sum(law) - 1) < 1e-20  # digits asked for
    assert all(abs(p - q) < 1e-20 for p, q in zip(law, reversed(law), strict=True))
    assert all(p > 0 for p in law)


def test_finite_dimension_tends_to_the_uniform_law_from_above():
    nulls = [sparsity.null_probability(6, 1, dim).evalf(20) for dim in (8, 16, 64)]
    # Reference values to three digits: .1505, .1467, .1438 against 1/7.
    assert [round(float(p), 4) for p in nulls] == [0.1505, 0.1467, 0.1438]
    assert nulls[0] > nulls[1] > nulls[2] > sp.Rational(1, 7)


@pytest.mark.parametrize("ratio", [100, 10**12])
def test_a_large_shared_mean_leaves_the_rare_supports_their_digits(ratio):
    one_of_two = sparsity.support_distribution(2, ratio)[1]
    expected = sp.atan(sp.sqrt(1 + 2 * ratio**2) / ratio**2) / sp.pi  # Sheppard's arccosine, without its cancellation
    assert abs(one_of_two.evalf() / expected.evalf(20) - 1) < 1e-14  # 15 digits asked for


@pytest.mark.parametrize("dim", [2, 10**6])
def test_in_finite_dimension_a_large_shared_mean_splits_a_row_as_rarely_as_its_angle_is_near_a_right_one(dim):
    ratio = 10**6
    one_of_two = sparsity.support_distribution(2, ratio, dim)[1]
    # The density of the cosine at 0 times the integral of 2 Phi(x) Phi(-x), over |b|; what is left out is dim/|b|².
    expected = 2 / sp.sqrt(sp.pi) / sp.beta(sp.Rational(1, 2), sp.Rational(dim - 1, 2)) / (ratio * sp.sqrt(dim))
    assert abs(one_of_two.evalf() / expected.evalf(20) - 1) < 1e-11


def test_a_tiny_probability_has_all_its_digits():
    nearly_none = sparsity.null_probability(200, Fraction(1, 10**9)).evalf()
    assert abs(nearly_none * 2**200 - 1) < 1e-13  # the ratio adds n² r²/pi, 1e-14


def test_a_layer_too_thin_to_be_seen_is_no_number():
    with pytest.raises(ArithmeticError, match="varies too fast for 15 digits"):
        sparsity.support_distribution(2, 10**30)[1].evalf()


def test_causal_null_rate_is_the_mean_of_its_rows():
    for length in (1, 2, 5):
        rows = [sparsity.null_probability(t + 1) for t in range(length)]
        assert sparsity.causal_null_rate(length) == sum(rows) / length


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ({"n_keys": 0}, ValueError, "n_keys must be at least 1, got 0"),
        ({"n_keys": 2.0}, TypeError, "n_keys must be an int"),
        ({"n_keys": True}, TypeError, "n_keys must be an int"),
        ({"n_keys": 2, "shared_mean_ratio": -1}, ValueError, "shared_mean_ratio must be at least 0, got -1"),
        ({"n_keys": 2, "shared_mean_ratio": float("nan")}, ValueError, "shared_mean_ratio"),
        ({"n_keys": 2, "shared_mean_ratio": "much"}, TypeError, "shared_mean_ratio must be a real number"),
        ({"n_keys": 2, "dim": 0}, ValueError, "dim must be at least 1, got 0"),
    ],
)
def test_bad_arguments_are_refused_by_name(arguments, error, text):
    with pytest.raises(error, match=text):
        sparsity.null_probability(**arguments)
