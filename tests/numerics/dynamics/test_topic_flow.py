"""P8, P9 and long horizons: the flow of one topic word; the population flow of a finite vocabulary."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics import dynamics

TIMES = [1.0, 10.0, 100.0, 1000.0, 1e5]


def counter_example():
    return np.vstack([[0.03, 0.04, -2, -0.01], [0.05, 0, 1.62, 0.45], 1e-3 * np.eye(4)])


@settings(max_examples=15, deadline=None)
@given(
    mass=st.floats(1, 60), p=st.floats(0.05, 1), rho=st.floats(0.1, 5), length=st.floats(0.4, 3), c=st.integers(2, 5)
)
def test_only_mass_classes_and_the_scaled_separation_matter(mass, p, rho, length, c):
    first = dynamics.flow_topic_word(
        length * np.eye(c), 0, mass=mass, frequency=p, coupling=rho, times=[t / (rho * p) for t in TIMES]
    )
    second = dynamics.flow_topic_word(length / math.sqrt(rho) * np.eye(c), 0, mass=mass, frequency=1, times=TIMES)
    # both solutions carry LSODA's error at relative tolerance 1e-11, accumulated
    assert np.abs(first.score - second.score).max() < 1e-7
    assert np.allclose(first.loss, second.loss, rtol=1e-7, atol=0)


@settings(max_examples=15, deadline=None)
@given(mass=st.floats(1, 60), rho=st.floats(0.1, 5), seed=st.integers(0, 1000), c=st.integers(2, 5))
def test_rotations_shifts_and_relabellings_change_nothing(mass, rho, seed, c):
    rng = np.random.default_rng(seed)
    head = rng.normal(size=(4, c))
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    order = np.concatenate([[0], 1 + rng.permutation(c - 1)])
    options = dict(mass=mass, frequency=0.3, coupling=rho, times=TIMES[:4])
    plain = dynamics.flow_topic_word(head, 0, **options)
    changed = dynamics.flow_topic_word(turn @ (head + rng.normal(size=(4, 1)))[:, order], 0, **options)
    assert np.allclose(plain.score, changed.score, rtol=1e-7, atol=1e-9)
    assert np.allclose(plain.norm, changed.norm, rtol=1e-7, atol=1e-9)


@settings(max_examples=15, deadline=None)
@given(mass=st.floats(1, 60), rho=st.floats(0.1, 5), x0=st.floats(0, 2), c=st.integers(2, 5))
def test_symmetric_heads_grow_monotonically_from_the_right_side(mass, rho, x0, c):
    ray = (np.eye(c)[0] - 1 / c) * math.sqrt(c / (c - 1))
    run = dynamics.flow_topic_word(
        np.eye(c), 0, mass=mass, frequency=0.3, coupling=rho, times=np.geomspace(1, 1e5, 60), embedding=x0 * ray
    )
    for quantity in (run.score, run.norm, run.attention, run.margin, -run.loss):
        assert (np.diff(quantity) > 0).all()


def test_scores_dip_when_the_embedding_starts_on_the_wrong_side():
    run = dynamics.flow_topic_word(
        [[0.5, -0.5]], 0, mass=20, frequency=1 / 2, times=np.linspace(1, 2000, 2000), embedding=[-1.0]
    )
    assert -0.5 < run.score.min() < -0.4
    assert run.score[-1] > 0
    moved = run.score + (np.exp(run.score) - 1) / 20 - (run.norm**2 - 1) / 2
    assert np.abs(moved).max() < 1e-8  # SEN holds through the dip, up to the solver's tolerance


def test_scores_fall_for_a_while_under_the_rank_four_head():
    run = dynamics.flow_topic_word(counter_example(), 0, mass=20, frequency=0.2, times=np.geomspace(10, 1e6, 2000))
    early = (run.time > 1000) & (run.time < 3000)
    peak = run.score[early].max()
    after = run.score[(run.time > run.time[early][run.score[early].argmax()]) & (run.time < 5000)].min()
    assert peak == pytest.approx(5.11181, abs=1e-4)  # cited
    assert peak - after == pytest.approx(0.00764, abs=1e-4)  # cited
    assert run.score[-1] > peak


def test_asymptotic_table_at_cited_times():
    run = dynamics.flow_topic_word(
        np.eye(4), 0, mass=20, frequency=1 / 8, times=[1e3, 1e4, 1e6, 1e8, 1e14, 1e30, 1e120]
    )
    cited = [1.364, 1.0143, 0.9969, 0.9990, 0.99989, 0.99999, 1.0]
    assert np.abs(run.loss * run.time / 6 - cited).max() < 0.01 * 1.364  # one per cent
    assert run.score[-1] == pytest.approx(13.2525, rel=1e-3)
    assert run.attention_gap[0] * run.norm[0] ** 2 / 2 == pytest.approx(1.376, rel=0.01)


@settings(max_examples=10, deadline=None)
@given(mass=st.floats(1, 60), rho=st.floats(0.1, 5), length=st.floats(0.4, 3), c=st.integers(2, 5))
def test_the_loss_comes_closer_to_its_rate_with_time(mass, rho, length, c):
    run = dynamics.flow_topic_word(
        length * np.eye(c), 0, mass=mass, frequency=0.25, coupling=rho, times=[1e4, 1e12, 1e40]
    )
    off = np.abs(run.loss * run.time * 0.25 * length**2 * c / (c - 1) - 1)
    assert off[2] < off[1] < max(off[0], 0.02)  # an early moment may be close by chance: the approach overshoots


def test_frozen_keys_and_frozen_embeddings_do_what_they_say():
    options = dict(mass=5, frequency=0.5, times=TIMES)
    keys = dynamics.flow_topic_word(np.eye(3), 0, freeze="keys", **options)
    assert (keys.score == 0).all() and keys.loss[-1] < 0.01
    tables = dynamics.flow_topic_word(np.eye(3), 0, freeze="embeddings", embedding=[0.7, 0, 0], **options)
    assert np.ptp(tables.norm) == 0 and tables.attention[-1] > 0.99 and tables.loss[-1] > 0.5


def test_population_flow_is_the_flow_over_all_sentences():
    # m = 1: one sentence per pair of a topic and an irrelevant word is the whole population.
    irrelevant, classes = 3, 2
    bags = [[t, classes + r] for t in range(classes) for r in range(irrelevant)]
    data = dynamics.make_sentences(bags, [b[0] for b in bags], topics=range(classes))
    matrix = np.array([[1.0, -0.3], [0.2, 0.9]])
    full = dynamics.flow_attention(
        data, head=dynamics.make_head("fixed", 2, 2, seed=0, matrix=matrix), keys=np.zeros((5, 1)),
        embeddings=np.zeros((5, 2)), query=[1.0], times=[5.0, 20.0],
    )  # fmt: skip
    short = dynamics.flow_population(matrix, words_per_class=1, irrelevant=irrelevant, length=1, times=[5.0, 20.0])
    assert np.abs(full.scores[:, :2] - short.scores).max() < 1e-8  # both solvers at 1e-11
    assert np.abs(full.norms[:, 2] - short.rest_norm).max() < 1e-8
    assert np.abs(full.scores[:, 4] - short.rest_score).max() < 1e-8


def test_horizons_that_overflow_are_refused():
    with pytest.raises(ValueError, match="times must not exceed 1e300"):
        dynamics.flow_topic_word(np.eye(2), 0, mass=2, frequency=1, times=[1e301])
    with pytest.raises(ValueError, match="label must be below 2"):
        dynamics.flow_topic_word(np.eye(2), 2, mass=2, frequency=1, times=[1.0])
    with pytest.raises(ValueError, match="mass must be positive"):
        dynamics.flow_topic_word(np.eye(2), 0, mass=0, frequency=1, times=[1.0])
    with pytest.raises(ValueError, match="columns of head must be at least 2, got columns of head=1"):
        dynamics.flow_topic_word([[1.0]], 0, mass=2, frequency=1, times=[1.0])
