import math

import numpy as np
import pytest

from numerics import sparsity


def test_counts_cover_every_sample_once():
    counts = sparsity.count_supports(5, samples=1234, dim=3, rng=0)
    assert counts.shape == (6,) and counts.sum() == 1234


@pytest.mark.parametrize("keys", ["gaussian", "uniform", "laplace", "cauchy"])
def test_symmetric_keys_give_half_the_weights_zero_whatever_their_law(keys):
    counts = sparsity.count_supports(4, samples=20_000, dim=3, keys=keys, rng=1)
    expected = np.array([math.comb(4, k) / 16 for k in range(5)]) * 20_000
    # chi-square with 4 degrees of freedom exceeds 33.4 with probability 1e-6
    assert ((counts - expected) ** 2 / expected).sum() < 33.4


def test_blocks_do_not_change_what_is_drawn_in_total(monkeypatch):
    monkeypatch.setattr("numerics.sparsity.initialisation._BLOCK", 40)
    assert sparsity.count_supports(4, samples=101, dim=2, rng=0).sum() == 101


def test_rows_that_share_their_keys_scatter_more_than_a_binomial():
    rates = sparsity.count_null_rows_per_key_set(6, dim=3, queries=64, key_sets=2000, rng=0) / 64
    p = 2.0**-6
    # Five times the binomial variance in the reference computation; 2 is far outside the sampling error of both.
    assert rates.var() > 2 * p * (1 - p) / 64
    assert abs(rates.mean() - p) < 6 * rates.std() / math.sqrt(2000)  # six standard errors


def test_the_same_seed_draws_the_same_rows():
    first, second = (sparsity.sample_scores(3, 5, rng=7) for _ in range(2))
    assert (first == second).all()


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ({"n_keys": 0}, ValueError, "n_keys must be at least 1, got 0"),
        ({"n_keys": 3, "samples": 0}, ValueError, "samples must be at least 1, got 0"),
        ({"n_keys": 3, "shared_mean_ratio": -0.5}, ValueError, "shared_mean_ratio must be at least 0"),
        ({"n_keys": 3, "keys": "poisson"}, ValueError, "keys must be one of 'gaussian'"),
        ({"n_keys": 3, "dim": 1.5}, TypeError, "dim must be an int"),
    ],
)
def test_bad_arguments_are_refused_by_name(arguments, error, text):
    with pytest.raises(error, match=text):
        sparsity.count_supports(**({"samples": 10, "rng": 0} | arguments))


def test_heads_normalised_together_are_null_only_together():
    alone = sparsity.count_null_groups(1, 3, per_head=True, samples=4000, rng=0)
    together = sparsity.count_null_groups(1, 3, per_head=False, samples=4000, rng=0)
    assert sum(alone) == sum(together) == 4000
    # 2000 and 500 expected; six standard deviations are below 190.
    assert abs(alone[0] - 2000) < 190 and abs(together[0] - 500) < 190


def test_a_mean_has_a_sign_only_where_chance_cannot_give_it():
    draws = np.random.default_rng(0).normal(size=200)
    assert sparsity.sign_of_mean(draws) == 0
    assert sparsity.sign_of_mean(draws + 1) == 1 and sparsity.sign_of_mean(draws - 1) == -1
    assert sparsity.sign_of_mean(draws + 0.25) == 0 == sparsity.sign_of_mean(draws + 0.25, alarm=1e-7)
    with pytest.raises(ValueError, match=r"draws must be at least two numbers, got shape \(1,\)"):
        sparsity.sign_of_mean([1.0])
