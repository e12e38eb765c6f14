from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from theory import sparsity
from theory.errors import AssumptionError


@given(n=st.integers(1, 12), d=st.integers(2, 12))
def test_pattern_counts_obey_the_recursion(n, d):
    count = sparsity.support_pattern_count
    assert count(n + 1, d) == count(n, d) + count(n, d - 1)


@given(n=st.integers(1, 12), d=st.integers(1, 12))
def test_every_support_is_reachable_exactly_if_the_keys_can_be_independent(n, d):
    assert (sparsity.support_pattern_count(n, d) == 2**n) == (n <= d)
    assert sparsity.support_pattern_count(n, d) <= sparsity.thresholded_pattern_count(n, d) <= 2**n


@pytest.mark.parametrize(("n", "d", "central", "affine"), [(4, 2, 8, 11), (6, 3, 32, 42)])
def test_reference_pattern_counts(n, d, central, affine):
    assert sparsity.support_pattern_count(n, d) == central
    assert sparsity.thresholded_pattern_count(n, d) == affine


def test_half_of_all_key_sets_can_be_nulled_at_twice_the_dimension():
    assert all(sparsity.null_query_probability(2 * d, d) == Fraction(1, 2) for d in range(1, 8))


def test_the_conditional_score_gradient_has_its_special_cases():
    law = sparsity.score_gradient_mean_square
    assert law(1, 8) == 0 and law(2, 8) == sp.oo and law(10, 2) == sp.oo and law(5, 1) == 0
    assert law(10, 8) == sp.Rational(21, 16)  # 1.3125; Monte Carlo gave 1.3112 ± .0025
    assert sparsity.score_gradient_limit(16) == sp.sqrt(sp.Rational(15, 14))


def test_a_common_value_mean_adds_a_quadratic_term():
    plain, shifted = sparsity.output_mean_square(10), sparsity.output_mean_square(10, value_mean=1)
    assert plain == 5 and shifted == 10 + 90 / (2 * sp.pi)


def test_the_ratio_of_rectified_to_softmax_output_matches_the_reference():
    ratio = sp.sqrt(sparsity.output_mean_square(64) / sparsity.softmax_output_mean_square(64))
    assert round(float(ratio), 1) == 27.4


def test_gate_saturation_grows_with_the_row():
    shares = [float(sparsity.gate_saturation(n)) for n in (8, 64, 512)]
    # Reference: 14 %, 60 %, 85 % for a gate of 1.
    assert [round(100 * share) for share in shares] == [14, 60, 85]


@settings(max_examples=30)
@given(scores=st.lists(st.fractions(-3, 3, max_denominator=8), min_size=1, max_size=5))
def test_sparsemax_weights_are_a_distribution_with_the_order_of_the_scores(scores):
    weights = sparsity.sparsemax_weights(scores)
    assert sum(weights) == 1 and all(w >= 0 for w in weights)
    assert sorted(range(len(scores)), key=lambda i: scores[i]) == sorted(
        range(len(scores)), key=lambda i: (weights[i], scores[i])
    )


@settings(max_examples=30)
@given(scores=st.lists(st.fractions(-3, 3, max_denominator=8), min_size=1, max_size=4))
def test_the_entmax_threshold_makes_the_squares_sum_to_one(scores):
    threshold = sparsity.entmax15_threshold(scores)
    total = sum(sp.Max(0, sp.Rational(s) / 2 - threshold) ** 2 for s in scores)
    assert sp.nsimplify(sp.simplify(total)) == 1


def test_jacobians_at_two_equal_weights_have_the_two_point_norm():
    half = sp.Rational(1, 2)
    for alpha in (1, sp.Rational(3, 2), 2):
        jacobian = sparsity.entmax_jacobian([half, half], alpha)
        assert max(jacobian.eigenvals()) == sparsity.two_point_norm(alpha)


def test_the_two_point_norm_is_no_bound_for_entmax_from_48_keys_on():
    peaks = [sp.Rational(k, 40) for k in range(1, 40)]
    three_halves = sp.Rational(3, 2)
    assert not any(sparsity.exceeds_two_point_norm(47, p, three_halves) for p in peaks)
    assert any(sparsity.exceeds_two_point_norm(49, p, three_halves) for p in peaks)
    # Reference values of the largest two-block eigenvalue.
    for n, expected in ((64, 0.7258), (128, 0.7677), (256, 0.806), (1024, 0.8685)):
        best = max(float(sparsity.two_block_eigenvalue(n, p, three_halves)) for p in peaks)
        assert abs(best - expected) < 2e-3  # the peak is on a grid of 1/40


def test_softmax_never_exceeds_one_half():
    for n in (2, 10, 100):
        assert all(sparsity.two_block_eigenvalue(n, sp.Rational(k, 20), 1) <= sp.Rational(1, 2) for k in range(1, 20))


def test_edges_of_cancelling_values_are_unbounded_and_cancelled_ones_refused():
    assert round(float(sparsity.rectified_edge_gain(2, Fraction(-999, 1000))), 1) == 22.4
    with pytest.raises(AssumptionError, match="the 2 values cancel"):
        sparsity.rectified_edge_gain(2, -1)
    with pytest.raises(ValueError, match="cosine of 3 vectors"):
        sparsity.rectified_edge_gain(3, -1)


def test_rectified_trees_decay_at_half_the_exponent():
    for k, depth in ((2, 6), (3, 4)):
        assert sparsity.tree_gain(k, depth) ** 2 == sparsity.tree_gain(k, depth, rectified=False)


def test_the_cubic_form_skips_keys_behind_the_query():
    assert sparsity.cubic_output((1, 0), [[2, 0], [-3, 1]], [[5], [7]]) == sp.Matrix([10])


@given(hits=st.integers(0, 5), more=st.integers(0, 5), gold=st.integers(5, 9))
def test_the_error_rate_is_one_minus_f1(hits, more, gold):
    predicted = hits + more
    if predicted == 0:
        assert sparsity.error_rate_from_f1(0, 0, gold) == 1
        return
    precision, recall = Fraction(hits, predicted), Fraction(hits, gold)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0
    assert sparsity.error_rate_from_f1(hits, predicted, gold) == 1 - f1


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: sparsity.null_query_probability(0, 2), "n_keys must be at least 1, got 0"),
        (lambda: sparsity.output_mean_square(3, score_variance=0), "score_variance must be positive, got 0"),
        (lambda: sparsity.initial_branch_rms("none", 3), "norm must be one of 'plain', 'init', 'gated'; got 'none'"),
        (lambda: sparsity.entmax_jacobian([0, 0], 2), "weights must have a positive entry"),
        (lambda: sparsity.error_rate_from_f1(3, 2, 2), "hits must be at most predicted and gold, got 3, 2, 2"),
        (lambda: sparsity.null_head_diversity(2, 3), "null must be at most heads, got 3 of 2"),
        (lambda: sparsity.sparsemax_threshold([]), "scores must have at least one entry"),
        (lambda: sparsity.entmax15_threshold([]), "scores must have at least one entry"),
        (lambda: sparsity.cubic_output((1,), [[1, 2]], [[1]]), "keys must be"),
    ],
)
def test_bad_arguments_are_refused_in_words(call, text):
    with pytest.raises(ValueError, match=text):
        call()
