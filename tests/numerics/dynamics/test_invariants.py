"""P2: what training conserves, on ragged batches with repeated words and random weights; and what breaks it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics import dynamics

START = dict(width=4, key_width=3, query_scale=1.0, embedding_scale=0.5, key_scale=0.3)


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    head=st.sampled_from(["fixed", "linear", "mlp"]),
    rates=st.tuples(st.floats(0.1, 2), st.floats(0.1, 2)),
    batch=st.sampled_from([None, 7]),
)
def test_every_step_obeys_the_exact_law(seed, head, rates, batch):
    data = dynamics.draw_ragged_sentences(30, rng=seed)
    steps = dynamics.measure_sgd_steps(
        data, steps=15, words=(0, 1), head=head, rate=rates[0], key_rate=rates[1], seed=seed, batch_size=batch, **START
    )
    for seen in steps:
        spent = seen["rate"] ** 2 * seen["gradient_square"] / 2 + seen["rate"] * seen["context_pull"]
        error = seen["score_change"] - seen["coupling"] * (seen["half_square_change"] - spent)
        assert abs(error) < 1e-12 * (1 + seen["size"]), seen  # rounding of what the law takes differences of


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6), momentum=st.sampled_from([0.0, 0.9]), batch=st.sampled_from([None, 7]))
def test_scores_keep_their_sum_and_keys_stay_on_the_query(seed, momentum, batch):
    data = dynamics.draw_ragged_sentences(30, rng=seed)
    seen = dynamics.measure_conservation(
        data, steps=20, rate=0.5, seed=seed, momentum=momentum, batch_size=batch, **START
    )
    size = 1 + seen["score_moved"]  # the scores themselves begin below 1
    assert seen["score_sum"] < 1e-12 * size
    assert seen["off_query"] < 1e-12 * size
    assert seen["score_moved"] > 1e-3


def test_adam_breaks_the_sum_of_scores():
    data = dynamics.draw_ragged_sentences(30, rng=0)
    assert dynamics.measure_conservation(data, steps=20, rate=0.5, seed=0, optimiser="adam", **START)["score_sum"] > 0.1


def test_balance_of_a_trained_head_drifts_in_proportion_to_the_rate():
    data = dynamics.draw_ragged_sentences(30, rng=0)
    drifts = [
        dynamics.measure_conservation(data, steps=round(8 / rate), rate=rate, head="linear", seed=0, **START)["balance"]
        for rate in (0.2, 0.1, 0.05)
    ]
    assert drifts[1] / drifts[2] == pytest.approx(2, abs=0.15)  # first order in the rate
    assert drifts[0] / drifts[1] == pytest.approx(2, abs=0.3)
