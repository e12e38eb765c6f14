"""Calculators of rectified attention and its peers agree with rigorous enclosures over their domains."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attest import bounds
from theory import sparsity
from theory.sparsity.statements import BUILDERS

EPS = 2.0**-52
positive = st.one_of(st.floats(1e-6, 1e6), st.sampled_from([1e-6, 1.0, 1e6]))
moderate = st.floats(-30, 30)
variance = st.floats(0.01, 300)
keys = st.integers(1, 10**6)
ratio = st.one_of(st.just(0.0), st.floats(1e-3, 20))
dimension = st.one_of(st.just(math.inf), st.integers(1, 512))

# Arguments by name, in the order of the declaration.
DOMAINS = {
    "null_probability": {
        "n_keys": st.one_of(st.integers(1, 200), st.just(10**4)), "shared_mean_ratio": ratio, "dim": dimension,
    },
    "support_probability": {
        "n_keys": st.integers(60, 200), "active": st.integers(0, 60), "shared_mean_ratio": st.floats(0, 3),
        "dim": dimension,
    },
    "causal_null_rate": {"length": st.integers(1, 10**4)},
    "score_correlation": {"shared_mean_ratio": st.floats(0, 1e3)},
    "support_pattern_count": {"n_keys": st.integers(1, 500), "dim": st.integers(1, 100)},
    "thresholded_pattern_count": {"n_keys": st.integers(1, 500), "dim": st.integers(1, 100)},
    "null_query_probability": {"n_keys": st.integers(1, 500), "dim": st.integers(1, 100)},
    "rectified_moment": {"order": st.integers(1, 30), "score_variance": variance},
    "output_mean_square": {
        "n_keys": st.integers(1, 10**5), "score_variance": positive, "value_variance": positive, "value_mean": moderate,
    },
    "softmax_output_mean_square": {"n_keys": keys, "score_variance": variance, "value_variance": positive},
    "output_rms_ratio": {"n_keys": keys, "score_variance": variance},
    "participation_ratio": {"n_keys": keys},
    "softmax_participation_share": {"score_variance": variance},
    "init_branch_rms": {"width": keys},
    "gate_saturation": {
        "n_keys": keys, "gate": st.floats(0.1, 2), "score_variance": st.floats(0.1, 10),
        "value_variance": st.floats(0.1, 10),
    },
    "score_gradient_mean_square": {
        "active": st.integers(3, 10**4), "dim": st.integers(3, 10**4), "score_variance": positive,
    },
    "score_gradient_limit": {"dim": st.integers(3, 10**4), "score_variance": positive},
    "unnormalised_score_gradient_mean_square": {"n_keys": keys, "value_variance": positive},
    "rectified_edge_gain": {"active": st.integers(1, 10**4), "cosine": st.floats(0, 1)},
    "simplex_edge_gain": {"active": keys},
    "rectified_tree_gain": {"active": st.integers(1, 1000), "depth": st.integers(0, 60)},
    "simplex_tree_gain": {"active": st.integers(1, 1000), "depth": st.integers(0, 60)},
    "softmax_edge_gain": {"n_keys": keys, "score_variance": variance},
    "edge_ceiling": {"largest_value": positive, "eps": positive, "gain": positive},
    "rescaling_gain": {"factor": positive, "mean_square": positive, "eps": st.floats(0, 1)},
    "euler_defect": {"mean_square": positive, "upstream_along_output": moderate, "eps": st.floats(0, 1)},
    "radial_slope": {"mean_square": positive, "eps": st.floats(0, 1)},
    "null_row_slope": {"eps": positive},
    "gated_null_row_slope": {"eps": positive},
    "squared_norm_after_step": {"squared_norm": positive, "rate": positive, "squared_gradient": positive},
    "sorted_row_comparisons": {
        "n_keys": st.one_of(st.integers(2, 10**6), st.integers(1, 19).map(lambda k: 2**k)),
    },
    "two_point_norm": {"alpha": st.floats(1, 2)},
    "two_block_eigenvalue": {"n_keys": st.integers(2, 10**4), "peak": st.floats(0.01, 0.99), "alpha": st.floats(1, 2)},
    "error_rate_from_f1": {
        "hits": st.integers(0, 50), "predicted": st.integers(50, 10**6), "gold": st.integers(50, 10**6),
    },
    "null_head_diversity": {"heads": st.integers(16, 64), "null": st.integers(0, 16)},
}  # fmt: skip


@pytest.mark.parametrize("name", BUILDERS)
def test_back_ends_agree_with_a_rigorous_enclosure(name, agrees):
    @settings(max_examples=8)
    @given(values=st.fixed_dictionaries(DOMAINS[name]))
    def check(values):
        agrees(name, values)

    check()


@pytest.mark.parametrize("name", sorted(set(BUILDERS) - {"null_probability", "support_probability"}))
def test_tensors_are_differentiated(name, differentiates):
    @settings(max_examples=2)
    @given(values=st.fixed_dictionaries(DOMAINS[name]))
    def check(values):
        differentiates(name, values)

    check()


def test_every_calculator_has_a_domain_to_be_tested_on():
    assert set(DOMAINS) == set(BUILDERS)


@pytest.mark.parametrize(("mean_ratio", "dim"), [(0, math.inf), (1, math.inf), (0.7, 8), (2, 1), (0.7, 2)])
def test_an_array_of_active_keys_gives_the_whole_support_law(mean_ratio, dim):
    law = bounds.support_probability(6, np.arange(7), mean_ratio, dim)
    assert law.sum() == pytest.approx(1, rel=64 * EPS)
    assert law[0] == pytest.approx(bounds.null_probability(6, mean_ratio, dim), rel=64 * EPS)
    if mean_ratio in (0, 1) and dim == math.inf:
        exact = [float(x) for x in sparsity.support_distribution(6, mean_ratio)]
        assert law.tolist() == pytest.approx(exact, rel=64 * EPS)
