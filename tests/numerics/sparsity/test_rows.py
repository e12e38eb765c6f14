import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics import sparsity

ROUNDING = 1e-12  # float64 rounding of a few hundred operations on numbers of order one
seeds = st.integers(0, 10_000)


def draw(seed, heads=2, n=4, d=3):
    """Scores with at least one active key per head, values and upstream gradients."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(heads, n))
    scores[:, 0] = np.abs(scores[:, 0]) + 0.1
    return scores, rng.normal(size=(heads, n, d)), rng.normal(size=(heads, d))


@given(seed=seeds)
def test_eulers_sum_vanishes_for_each_head_normalised_by_itself(seed):
    # 1e-9: rows may be near-null, and a gradient grows like the inverse of the row's size
    assert np.abs(sparsity.measure_euler_sums(*draw(seed), per_head=True)["by_head"]).max() < 1e-9


def test_eulers_sum_vanishes_only_over_all_heads_when_they_are_normalised_together():
    together = sparsity.measure_euler_sums(*draw(0), per_head=False)
    assert abs(together["total"]) < ROUNDING and np.abs(together["by_head"]).max() > 0.01


def test_eps_and_the_gate_break_eulers_sum_but_a_zero_gate_does_not():
    rows = draw(1)
    assert abs(sparsity.measure_euler_sums(*rows, per_head=False, eps=0.1)["total"]) > 1e-3
    assert abs(sparsity.measure_euler_sums(*rows, per_head=False, gate=np.ones((2, 3)))["total"]) > 1e-3
    assert abs(sparsity.measure_euler_sums(*rows, per_head=False, gate=np.zeros((2, 3)))["total"]) < ROUNDING


def test_a_null_row_without_eps_gives_zeros_and_no_nan():
    _, values, upstream = draw(2)
    sums = sparsity.measure_euler_sums(-np.ones((2, 4)), values, upstream, per_head=False)
    assert sums["by_head"] == [0.0, 0.0]


def test_one_active_key_is_a_dead_zone_that_gate_or_company_revive():
    lone = sparsity.measure_lone_key_gradient
    assert abs(lone(0.7, [1.0, 2.0], [3.0, -1.0])) < ROUNDING
    assert abs(lone(0.7, [1.0, 2.0], [3.0, -1.0], gate=[1.0, 1.0])) > 0.01
    assert abs(lone(0.7, [1.0, 2.0], [3.0, -1.0], other_head=[1.0, 0.0])) > 0.01


def test_with_eps_the_dead_zone_is_not_dead_near_null():
    # eps = 1e-8 at a score of 1e-3 leaves a gradient of order ten: the identity is one of eps = 0.
    s = torch.tensor(1e-3, dtype=torch.float64, requires_grad=True)
    z = s * torch.tensor([0.3, -0.1], dtype=torch.float64)
    (z * sparsity.normalise_heads(z[None], per_head=True, eps=1e-8)[0] / z.detach().norm()).sum().backward()
    assert abs(s.grad) > 1


@pytest.mark.parametrize("weight_map", ["softmax", "sparsemax", "entmax15"])
def test_no_gradient_reaches_a_common_shift_of_simplex_scores(weight_map):
    scores, values, upstream = draw(3, heads=1, n=6)
    assert abs(sparsity.measure_shift_derivative(weight_map, scores[0], values[0], upstream[0])) < ROUNDING
    assert abs(sparsity.measure_shift_derivative("relu", scores[0], values[0], upstream[0])) > 0.1


@settings(max_examples=25)
@given(scores=st.lists(st.floats(-3, 3), min_size=2, max_size=6))
def test_jacobian_norms_never_exceed_one_and_softmax_one_half(scores):
    # central differences straddling a kink lie between the one-sided ones, both below the bound; 1e-4: truncation
    for weight_map, bound in (("softmax", 0.5), ("sparsemax", 1.0), ("entmax15", 1.0), ("relu", 1.0)):
        assert sparsity.measure_jacobian_norm(scores, weight_map) <= bound + 1e-4


def test_the_small_n_constant_of_entmax_fails_from_48_keys_on():
    norms = {
        n: sparsity.measure_jacobian_norm(sparsity.two_block_scores(n, 0.8, 1.5), "entmax15") for n in (8, 64, 256)
    }
    assert norms[8] < 2**-0.5 < norms[64] < norms[256]


def test_two_block_scores_have_the_row_they_promise():
    weights = sparsity.weigh_row(sparsity.two_block_scores(5, 0.6, 1.5), "entmax15")
    assert weights == pytest.approx([0.6, 0.1, 0.1, 0.1, 0.1], abs=ROUNDING)


def test_near_null_rows_are_as_steep_as_eps_allows():
    values = np.random.default_rng(0).normal(size=(2, 4))
    steep = sparsity.measure_output_slope([1e-9, 2e-9], values, eps=1e-4)
    assert 0.99 * 100 * np.linalg.norm(values, 2) < steep <= 100 * np.linalg.norm(values, 2)


def test_edges_lie_between_one_over_kappa_and_its_root_and_explode_when_values_cancel():
    assert sparsity.measure_edge_gain(4, 0.0) == pytest.approx(0.5, abs=ROUNDING)
    assert sparsity.measure_edge_gain(4, 0.0, simplex=True) == pytest.approx(0.25, abs=ROUNDING)
    assert sparsity.measure_edge_gain(2, -0.999) > 22


def test_a_path_through_a_rectified_tree_keeps_half_the_exponent():
    assert sparsity.measure_path_gain(2, 6) == pytest.approx(1 / 8, abs=ROUNDING)
    assert sparsity.measure_path_gain(2, 6, simplex=True) == pytest.approx(1 / 64, abs=ROUNDING)


def test_a_gradient_step_on_scale_free_projections_adds_the_squares_of_the_norms():
    torch.manual_seed(0)
    module = sparsity.MappedAttention(6, 2, weight_map="relu", norm="plain", eps=0.0, bias=False, dtype=torch.float64)
    x = torch.randn(5, 1, 6, dtype=torch.float64)
    target = torch.randn(5, 1, 6, dtype=torch.float64)
    (module(x, x, x)[0] * target).sum().backward()
    for part, gradient in zip(module.in_proj_weight.chunk(3), module.in_proj_weight.grad.chunk(3), strict=True):
        assert gradient.norm() > 1e-3 and abs((part * gradient).sum()) < 1e-10  # rounding
        stepped = (part - 0.1 * gradient).square().sum()
        assert abs(stepped - part.square().sum() - 0.01 * gradient.square().sum()) < 1e-10


def test_comparisons_are_counted():
    assert sparsity.count_comparisons([3.0, -1.0, 2.0], "relu") == 3
    assert sparsity.count_comparisons([1.0, 2.0, 3.0], "sort") == 2
    with pytest.raises(ValueError, match="method must be one of 'relu', 'sort'; got 'bisect'"):
        sparsity.count_comparisons([1.0], "bisect")


def test_softmax_can_output_zero_but_never_without_weight():
    weights = np.array(sparsity.weigh_row([0.0, 0.0], "softmax"))
    assert (weights > 0).all() and (weights @ np.array([[1.0, -2.0], [-1.0, 2.0]]) == 0).all()


def test_normalised_sparsemax_is_normalised_rectification_at_the_shifted_scores():
    rng = np.random.default_rng(0)
    scores, values = rng.normal(size=5), rng.normal(size=(5, 3))
    weights = np.array(sparsity.weigh_row(scores, "sparsemax"))
    threshold = (scores[weights > 0].sum() - 1) / (weights > 0).sum()
    expected = sparsity.rectified_output(scores - threshold, values)
    assert np.allclose(sparsity.rms_normalise(weights @ values), expected, rtol=1e-12)  # rounding


def test_without_a_guard_a_null_row_would_be_nan():
    zero = torch.zeros(2, 3, dtype=torch.float64, requires_grad=True)
    assert torch.isnan(zero / zero.square().mean(dim=-1, keepdim=True).sqrt()).all()
    out = sparsity.normalise_heads(zero, per_head=True, eps=0.0)
    out.sum().backward()
    assert (out == 0).all() and torch.isfinite(zero.grad).all()
