"""Gradient flow on the full tables: what it yields, what it refuses."""

import math

import numpy as np
import pytest

from numerics import dynamics


def test_flow_keeps_frozen_words_and_the_fixed_head():
    problem = dynamics.draw_flow_problem(0, head="fixed")
    topics = len(problem.mass)
    run = dynamics.flow_attention(
        problem.data, head=problem.head, keys=problem.keys, embeddings=problem.embeddings, query=problem.query,
        times=[0.0, 5.0], frozen=range(topics, problem.data.words),
    )  # fmt: skip
    assert np.array_equal(run.embeddings[0, topics:], run.embeddings[1, topics:])
    assert np.array_equal(run.scores[0, topics:], run.scores[1, topics:])
    assert np.array_equal(run.heads[0][0], run.heads[1][0])
    assert run.loss[1] < run.loss[0]
    assert run.scores.shape == run.norms.shape == run.attention.shape == (2, problem.data.words)


@pytest.mark.parametrize("head", ["fixed", "linear", "mlp"])
@pytest.mark.parametrize("rest", ["zero", "random"])
def test_growth_of_the_norm_fixes_growth_of_the_score(head, rest):
    problem = dynamics.draw_flow_problem(7, head=head, rest=rest)
    for seen in dynamics.measure_flow_norms(problem, moments=2):
        share = seen["multiplicity"] / seen["mass"]
        gained = seen["score"] - seen["score0"] + share * (math.exp(seen["score"]) - math.exp(seen["score0"]))
        # DOP853 at relative tolerance 1e-11 over some hundred steps
        assert abs(gained - seen["coupling"] / 2 * (seen["norm"] ** 2 - seen["norm0"] ** 2)) < 1e-8


def test_a_trained_head_moves():
    problem = dynamics.draw_flow_problem(1, head="linear")
    run = dynamics.flow_attention(
        problem.data, head=problem.head, keys=problem.keys, embeddings=problem.embeddings, query=problem.query,
        times=[0.0, 1.0],
    )  # fmt: skip
    assert not np.array_equal(run.heads[0][0], run.heads[1][0])


def test_mismatched_tables_and_times_are_refused():
    problem = dynamics.draw_flow_problem(1, head="fixed")
    options = dict(head=problem.head, keys=problem.keys, embeddings=problem.embeddings, query=problem.query)
    with pytest.raises(ValueError, match=r"keys must have shape"):
        dynamics.flow_attention(problem.data, **{**options, "keys": problem.keys[:-1]}, times=[1.0])
    with pytest.raises(ValueError, match=r"embeddings must have shape \d+ x \d+, got"):
        dynamics.flow_attention(problem.data, **{**options, "embeddings": problem.embeddings[:, :-1]}, times=[1.0])
    other = dynamics.make_head("fixed", problem.embeddings.shape[1], problem.data.classes + 1, seed=0)
    with pytest.raises(ValueError, match=rf"head must have {problem.data.classes} classes, got"):
        dynamics.flow_attention(problem.data, **{**options, "head": other}, times=[1.0])
    with pytest.raises(TypeError, match="head must be a Head, got 'fixed'; make_head"):
        dynamics.flow_attention(problem.data, **{**options, "head": "fixed"}, times=[1.0])
    with pytest.raises(ValueError, match=r"times must be at least 0 and increase"):
        dynamics.flow_attention(problem.data, **options, times=[1.0, 1.0])
    with pytest.raises(ValueError, match=r"key_rate must be positive"):
        dynamics.flow_attention(problem.data, **options, times=[1.0], key_rate=0)


def test_horizons_beyond_the_solvers_tolerance_are_refused():
    problem = dynamics.draw_flow_problem(1, head="fixed")
    options = dict(head=problem.head, keys=problem.keys, embeddings=problem.embeddings, query=problem.query)
    with pytest.raises(ValueError, match=r"times must not exceed 1e8 .* got 1e\+308; flow_topic_word goes further"):
        dynamics.flow_attention(problem.data, **options, times=[1.0, 1e308])
    with pytest.raises(ValueError, match=r"times must not exceed 1e8 .* got 1e\+09; flow_topic_word goes further"):
        dynamics.flow_population(np.eye(2), words_per_class=1, irrelevant=5, length=2, times=[1e9])


def test_bad_sentences_are_refused():
    with pytest.raises(ValueError, match="sentence 1 is empty"):
        dynamics.make_sentences([[0], []], [0, 1])
    with pytest.raises(ValueError, match="classes must be at least 2, got classes=1"):
        dynamics.make_sentences([[0]], [0])
    with pytest.raises(ValueError, match="topic word 5 is not among the 2"):
        dynamics.make_sentences([[0], [1]], [0, 1], topics=[5])
    with pytest.raises(ValueError, match="one label per sentence"):
        dynamics.make_sentences([[0], [1]], [0])
    with pytest.raises(ValueError, match="weights must be 2 positive numbers"):
        dynamics.make_sentences([[0], [1]], [0, 1], weights=[1.0, 0.0])
    with pytest.raises(TypeError, match=r"words of sentence 1 must be a sequence of ints, got \[0\.5\]"):
        dynamics.make_sentences([[0], [0.5]], [0, 1])
    with pytest.raises(TypeError, match="labels must be a sequence of ints"):
        dynamics.make_sentences([[0], [1]], [0.0, 1.0])
    with pytest.raises(ValueError, match="vocabulary must name all 2 words once, got 2 names, 1 of them different"):
        dynamics.make_sentences([[0], [1]], [0, 1], vocabulary=["a", "a"])


def test_bad_tasks_are_refused():
    for options, text in (
        ({"length": 0}, "length must be at least 1, got length=0"),
        ({"classes": 1}, "classes must be at least 2, got classes=1"),
        ({"irrelevant": 0}, "irrelevant must be at least 1"),
        ({"length": []}, "length must name at least one length"),
        ({"noise": 2.0}, r"noise must lie in \[0, 1\], got noise=2\.0"),
    ):
        with pytest.raises(ValueError, match=text):
            dynamics.draw_topic_sentences(8, rng=0, **options)
    for options, text in (
        ({"coupling": 0}, "coupling must be positive, got coupling=0"),
        ({"frequency": 2}, r"frequency must lie in \(0, 1\], got frequency=2"),
        ({"embedding": [np.nan, 0.0]}, "embedding must be finite"),
        ({"score": np.inf}, "score must be finite"),
    ):
        with pytest.raises(ValueError, match=text):
            dynamics.flow_topic_word(np.eye(2), 0, **{"mass": 2, "frequency": 1, "times": [1.0], **options})
    with pytest.raises(ValueError, match="coupling must be positive, got coupling=-1"):
        dynamics.flow_population(
            np.eye(2), words_per_class=1, irrelevant=5, length=2, times=[1.0], coupling=-1
        )  # fmt: skip
    with pytest.raises(ValueError, match="columns of head must be at least 2, got columns of head=1"):
        dynamics.flow_population([[1.0]], words_per_class=1, irrelevant=5, length=2, times=[1.0])
