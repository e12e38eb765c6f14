import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from numerics import sparsity

SIMPLEX, ELEMENTWISE = ("softmax", "sparsemax", "entmax15"), ("relu", "relu2", "gelu", "leaky", "identity")
rows = st.lists(st.floats(-6, 6), min_size=2, max_size=7).map(lambda x: torch.tensor(x, dtype=torch.float64))
ROUNDING = 1e-12  # float64 rounding of a few dozen operations on numbers of order one


@given(scores=rows)
def test_simplex_maps_sum_to_one_are_never_null_and_ignore_a_shift(scores):
    for name in SIMPLEX:
        weights = sparsity.attention_weights(scores, name)
        assert abs(weights.sum() - 1) < ROUNDING and weights.max() > 0
        # sparsemax and entmax compute a threshold by a sqrt, which halves the digits near a tie
        assert torch.allclose(sparsity.attention_weights(scores + 1.5, name), weights, atol=1e-7)


def test_rectified_weights_have_none_of_these_properties():
    scores = torch.tensor([-1.0, -2.0])
    weights = sparsity.attention_weights(scores)
    assert (weights == 0).all()
    assert (sparsity.attention_weights(scores + 1.5) != weights).any()


@given(scores=rows, raised=st.integers(0, 6))
def test_raising_one_active_score_moves_that_rectified_weight_alone(scores, raised):
    raised %= len(scores)
    scores[raised] = abs(scores[raised])
    higher = scores.clone()
    higher[raised] += 0.7
    change = sparsity.attention_weights(higher) - sparsity.attention_weights(scores)
    assert change[raised] > 0 and (torch.cat([change[:raised], change[raised + 1 :]]) == 0).all()


def test_raising_one_score_moves_the_other_softmax_weights():
    change = sparsity.attention_weights(torch.tensor([1.5, 0.0]), "softmax") - torch.tensor([0.5, 0.5])
    assert change[1] < 0


@given(scores=rows)
def test_sparsemax_is_a_rectified_row_with_its_own_threshold(scores):
    weights = sparsity.attention_weights(scores, "sparsemax")
    support = weights > 0
    threshold = (scores[support].sum() - 1) / support.sum()
    assert torch.allclose(sparsity.attention_weights(scores - threshold), weights, atol=ROUNDING)


@pytest.mark.parametrize("name", sparsity.WEIGHT_MAPS)
def test_masked_keys_change_no_weight_and_get_none(name):
    torch.manual_seed(0)
    scores = torch.randn(2, 3, 5, dtype=torch.float64)
    extended = torch.cat([scores, torch.full((2, 3, 2), 9.0, dtype=torch.float64)], dim=-1)
    keep = torch.tensor([True] * 5 + [False] * 2)
    weights = sparsity.attention_weights(extended, name, keep=keep)
    assert (weights[..., 5:] == 0).all()
    assert torch.allclose(weights[..., :5], sparsity.attention_weights(scores, name), atol=ROUNDING)


@pytest.mark.parametrize("name", sparsity.WEIGHT_MAPS)
def test_masked_scores_of_minus_infinity_make_neither_nan_weights_nor_nan_gradients(name):
    scores = torch.tensor([[0.3, -0.2, -torch.inf]], dtype=torch.float64, requires_grad=True)
    weights = sparsity.attention_weights(scores, name, keep=torch.tensor([True, True, False]))
    (weights * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
    assert torch.isfinite(weights).all() and torch.isfinite(scores.grad).all()


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_an_elementwise_row_with_every_key_masked_is_zero(name):
    weights = sparsity.attention_weights(torch.ones(1, 2), name, keep=torch.zeros(1, 2, dtype=torch.bool))
    assert (weights == 0).all()


@pytest.mark.parametrize("name", SIMPLEX)
def test_a_simplex_row_with_every_key_masked_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} needs at least one valid key in every row"):
        sparsity.attention_weights(torch.ones(1, 2), name, keep=torch.zeros(1, 2, dtype=torch.bool))


@pytest.mark.parametrize("name", sparsity.WEIGHT_MAPS)
def test_permuting_the_keys_permutes_the_weights(name):
    scores = torch.tensor([0.4, -1.0, 2.0, 0.1], dtype=torch.float64)
    order = torch.tensor([2, 0, 3, 1])
    permuted = sparsity.attention_weights(scores[order], name)
    assert torch.allclose(permuted, sparsity.attention_weights(scores, name)[order], atol=ROUNDING)


def test_nan_scores_unknown_maps_and_empty_rows_are_refused_by_name():
    with pytest.raises(ValueError, match="scores must not contain NaN"):
        sparsity.attention_weights(torch.tensor([0.0, float("nan")]))
    with pytest.raises(ValueError, match=r"weight_map must be one of 'softmax', .*; got 'softplus'"):
        sparsity.attention_weights(torch.ones(2), "softplus")
    with pytest.raises(ValueError, match="scores must have at least one key"):
        sparsity.attention_weights(torch.ones(2, 0))
    with pytest.raises(TypeError, match="keep must be a bool tensor"):
        sparsity.attention_weights(torch.ones(2), keep=torch.ones(2))


def test_nan_behind_the_mask_is_ignored():
    scores = torch.tensor([0.5, float("nan")])
    assert sparsity.attention_weights(scores, keep=torch.tensor([True, False])).tolist() == [0.5, 0.0]
