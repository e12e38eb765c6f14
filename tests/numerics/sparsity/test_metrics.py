import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from numerics import sparsity

ROUNDING = 1e-12  # float64 rounding of a few dozen operations on numbers of order one
weights = arrays(np.float64, (2, 3, 4), elements=st.sampled_from([0.0, 0.0, 0.5, 1.0, 3.0]))


def test_causal_zeros_are_not_sparsity():
    causal = np.tril(np.ones((6, 6), dtype=bool))
    dense = np.where(causal, 1.0, 0.0)[None]
    assert sparsity.sparsity_rate(dense, causal) == 0.0
    assert sparsity.sparsity_rate(dense) > 0.4  # what counting masked zeros would report


def test_padded_queries_and_keys_count_nowhere():
    a = np.zeros((2, 1, 3, 4))
    a[0, 0, :2, :2] = 1.0
    a[1] = 1.0
    valid = np.zeros((2, 3, 4), dtype=bool)
    valid[0, :2, :2] = True
    valid[1] = True
    assert sparsity.sparsity_rate(a, valid) == 0.0 and sparsity.null_rate(a, valid) == 0.0


def test_tiny_weights_are_not_zero():
    a = torch.softmax(torch.tensor([[[0.0, -200.0]]], dtype=torch.float64), dim=-1)
    assert sparsity.sparsity_rate(a) == 0.0


def test_gelu_is_neither_sparse_nor_null_where_it_does_not_underflow():
    weights = sparsity.attention_weights(torch.full((1, 2, 3), -3.0, dtype=torch.float64), "gelu")
    assert sparsity.sparsity_rate(weights) == sparsity.null_rate(weights) == 0.0
    # A threshold on the size would call all of it sparse.
    assert (weights.abs() < 5e-3).all()


def test_appending_masked_keys_changes_no_metric():
    a = np.array([[[0.0, 0.5, 2.0], [0.0, 0.0, 0.0]], [[1.0, 0.0, 0.0], [0.3, 0.3, 0.0]]])
    longer = np.concatenate([a, np.full((2, 2, 2), 7.0)], axis=-1)
    valid = np.broadcast_to(np.array([True] * 3 + [False] * 2), (2, 5))
    for measure in (sparsity.sparsity_rate, sparsity.null_rate, sparsity.head_diversity):
        assert measure(longer, valid) == measure(a)
    assert (sparsity.support_size(longer, valid) == sparsity.support_size(a)).all()
    assert (sparsity.participation_ratio(longer, valid) == sparsity.participation_ratio(a)).all()


def test_rates_by_head_average_to_the_whole():
    a = np.array([[[0.0, 0.0], [1.0, 0.0]], [[1.0, 1.0], [1.0, 1.0]]])
    assert sparsity.sparsity_rate(a, by_head=True).tolist() == [0.75, 0.0]
    assert sparsity.null_rate(a, by_head=True).tolist() == [0.5, 0.0]
    assert sparsity.sparsity_rate(a) == 0.375 and sparsity.null_rate(a) == 0.25


@given(a=weights)
def test_the_participation_ratio_lies_between_one_and_the_support(a):
    ratio, support = sparsity.participation_ratio(a), sparsity.support_size(a)
    null = support == 0
    assert (ratio[null] == 0).all()
    assert (ratio[~null] >= 1 - ROUNDING).all() and (ratio <= support + ROUNDING).all()


def test_the_participation_ratio_equals_the_support_for_equal_weights_however_small():
    assert sparsity.participation_ratio([[[1e-200, 1e-200, 0.0]]]).item() == 2.0


@given(a=weights)
def test_the_participation_ratio_equals_the_support_for_equal_weights_alone(a):
    ratio, support = sparsity.participation_ratio(a), sparsity.support_size(a)
    equal = np.where(a > 0, a, a.max(axis=-1, keepdims=True)).min(axis=-1) == a.max(axis=-1)
    assert ((np.abs(ratio - support) < ROUNDING) == equal).all()


@given(a=weights)
def test_diversity_lies_in_the_unit_interval_in_both_readings(a):
    result = sparsity.head_diversity(a)
    assert 0 <= result.augmented <= 1
    assert (result.complete is None) == (result.lost_fraction == 1)
    assert result.complete is None or 0 <= result.complete <= 1


@given(row=arrays(np.float64, 4, elements=st.floats(0, 3)))
def test_equal_heads_have_no_diversity_null_ones_included(row):
    result = sparsity.head_diversity(np.stack([[row], [2 * row], [5 * row]]))
    assert result.augmented < ROUNDING


@given(a=arrays(np.float64, (2, 1, 3), elements=st.sampled_from([0.0, 0.5, 1.0, 3.0])))
def test_heads_without_diversity_are_equal_up_to_scale_or_all_null(a):
    shares = a / np.where(a.sum(axis=-1, keepdims=True) > 0, a.sum(axis=-1, keepdims=True), 1.0)
    alike = np.allclose(shares[0], shares[1], rtol=0, atol=ROUNDING)
    assert (sparsity.head_diversity(a).augmented < ROUNDING) == alike


def test_disjoint_one_hot_heads_have_full_diversity():
    result = sparsity.head_diversity(np.eye(3)[:, None, :])
    assert abs(result.augmented - 1) < ROUNDING and abs(result.complete - 1) < ROUNDING and result.lost_fraction == 0


def test_null_rows_are_an_outcome_of_their_own_and_the_loss_of_the_other_reading_is_reported():
    a = np.zeros((2, 2, 3))
    a[:, 0] = 1.0  # both heads uniform: no diversity
    a[0, 1, 0] = 1.0  # the other head is null
    result = sparsity.head_diversity(a)
    assert abs(result.augmented - 0.5) < ROUNDING and result.complete < ROUNDING and result.lost_fraction == 0.5


def test_all_null_rows_give_no_complete_reading():
    result = sparsity.head_diversity(np.zeros((2, 3, 4)))
    assert result == sparsity.HeadDiversity(augmented=0.0, complete=None, lost_fraction=1.0)


def test_one_head_has_no_diversity():
    assert sparsity.head_diversity(np.ones((1, 2, 3))).augmented == 0.0


@pytest.mark.parametrize("measure", [sparsity.sparsity_rate, sparsity.null_rate, sparsity.head_diversity])
def test_bad_weights_are_refused(measure):
    with pytest.raises(ValueError, match="weights must not contain NaN"):
        measure(np.full((1, 2, 3), np.nan))
    with pytest.raises(ValueError, match=r"weights must have shape \(..., heads, queries, keys\)"):
        measure(np.ones((2, 3)))
    with pytest.raises(ValueError, match="valid must broadcast to"):
        measure(np.ones((1, 2, 3)), np.ones((3, 2), dtype=bool))
    with pytest.raises(TypeError, match="valid must be bool"):
        measure(np.ones((1, 2, 3)), np.ones((2, 3)))
    with pytest.raises(ValueError, match="valid must leave at least one"):
        measure(np.ones((1, 2, 3)), np.zeros((2, 3), dtype=bool))


def test_negative_weights_have_no_diversity():
    with pytest.raises(ValueError, match="head_diversity needs weights >= 0"):
        sparsity.head_diversity(-np.ones((2, 2, 3)))
