"""The training loop, the fast simulator, and what they refuse."""

import numpy as np
import pytest
import torch

from numerics import dynamics


def ragged(seed=0):
    return dynamics.draw_ragged_sentences(60, rng=seed)


@pytest.mark.parametrize("head", ["fixed", "linear", "mlp"])
def test_simulator_equals_the_autograd_loop(head):
    options = dict(head=head, rate=1.5, key_rate=0.7, steps=40, seed=3, key_width=4, frozen_words=[2, 5], key_scale=0.2)
    slow, fast = dynamics.train_attention(ragged(), **options), dynamics.simulate_attention(ragged(), **options)
    for name in ("time", "scores", "norms", "attention", "loss", "accuracy", "embeddings"):
        # the same sums in another order, 40 steps
        assert np.abs(getattr(slow, name) - getattr(fast, name)).max() < 1e-12, name
    assert all(np.abs(a - b).max() < 1e-12 for a, b in zip(slow.heads[-1], fast.heads[-1], strict=True))
    assert np.abs(slow.scores[-1] - slow.scores[0]).max() > 0.005


@pytest.mark.parametrize("freeze", ["", "keys", "embeddings"])
def test_simulator_trains_the_query_as_the_loop_does(freeze):
    options = dict(
        rate=1.5, key_rate=0.7, steps=25, seed=3, key_width=4, key_scale=0.2, frozen_words=[1], freeze=freeze
    )
    slow, fast = (
        train(ragged(), train_query=True, **options)
        for train in (dynamics.train_attention, dynamics.simulate_attention)
    )  # fmt: skip
    # the same sums in another order, 25 steps
    assert np.abs(slow.scores - fast.scores).max() < 1e-12
    assert np.abs(slow.embeddings - fast.embeddings).max() < 1e-12


@pytest.mark.parametrize("head", ["fixed", "linear", "mlp"])
def test_gradient_of_the_simulator_equals_autograd_on_the_papers_task(head):
    data = dynamics.draw_topic_sentences(300, irrelevant=500, rng=0)
    options = dict(seed=1, head=head, embedding_scale=0.5, key_scale=0.5)
    start = dynamics.draw_start(data.words, data.classes, **options)
    found = dynamics.Simulator(data, 10, head, "relu").gradients(
        start.keys @ start.query, start.embeddings, [p.numpy() for p in start.head.parameters]
    )
    seen = {}

    def observe(moment):
        slopes = moment.keys.grad @ moment.query / (moment.query @ moment.query)
        seen.update(scores=slopes.numpy(), embeddings=moment.embeddings.grad.numpy(), context=moment.context.grad)

    dynamics.train_attention(data, steps=1, record=[0], observe=observe, **options)
    assert np.abs(found.scores + seen["scores"]).max() < 1e-12
    assert np.abs(found.embeddings + seen["embeddings"]).max() < 1e-12
    assert np.abs(found.force + seen["context"].numpy()).max() < 1e-12


def test_words_that_do_not_occur_may_be_dropped():
    data = dynamics.draw_topic_sentences(40, irrelevant=500, length=5, rng=0)
    small = dynamics.drop_unused_words(data)
    used = np.unique(data.tokens)
    assert small.words == len(used) < data.words and small.topics == data.topics
    matrix, tables = np.eye(4), np.random.default_rng(0).normal(size=(data.words, 4))
    options = dict(rate=1.0, steps=20, seed=0, width=4, matrix=matrix, query=[1.0])
    whole = dynamics.simulate_attention(data, embeddings=tables, **options)
    part = dynamics.simulate_attention(small, embeddings=tables[used], **options)
    assert np.array_equal(whole.scores[:, used], part.scores)


def test_gradient_of_the_simulator_equals_central_differences():
    data = ragged()
    start = dynamics.draw_start(data.words, data.classes, seed=0, width=3, embedding_scale=0.5)
    simulator = dynamics.Simulator(data, 3, "fixed", "relu")
    head, scores = [start.head.parameters[0].numpy()], np.random.default_rng(0).normal(size=data.words)
    slopes = simulator.gradients(scores, start.embeddings, head)
    for word in range(5):
        shift = np.zeros(data.words)
        shift[word] = 1e-5
        up, down = (simulator.gradients(scores + sign * shift, start.embeddings, head).loss for sign in (1, -1))
        assert abs(slopes.scores[word] + (up - down) / 2e-5) < 1e-9  # third derivative times step squared


def test_training_learns_and_attention_grows():
    data = dynamics.draw_topic_sentences(200, irrelevant=100, length=8, rng=0)
    run = dynamics.simulate_attention(data, rate=4.0, steps=150, seed=1, query=[1.0])
    topics = list(data.topics)
    assert run.accuracy[-1] == pytest.approx(1.0)
    assert (run.attention[-1, topics] > 3 * run.attention[0, topics]).all()
    assert run.scores[-1, topics].min() > 2


def test_minibatches_and_controls_run_and_differ():
    data = ragged()
    options = dict(rate=0.5, steps=20, seed=1, record=[20], key_width=10, embedding_scale=0.5, key_scale=0.3)
    plain = dynamics.train_attention(data, **options)
    for control in (
        {"optimiser": "adam"}, {"momentum": 0.9}, {"weight_decay": 0.01}, {"train_query": True}, {"tie_keys": True},
        {"batch_size": 7}, {"freeze": "keys"}, {"freeze": "embeddings"}, {"score_scale": 0.5},
    ):  # fmt: skip
        other = dynamics.train_attention(data, **options, **control)
        assert not np.allclose(other.embeddings, plain.embeddings), control


def test_a_loss_that_is_no_number_stops_with_step_and_trajectory():
    data = ragged()
    for train in (dynamics.train_attention, dynamics.simulate_attention):
        with pytest.raises(dynamics.Diverged, match="not a finite number at step") as caught:
            train(data, head="linear", rate=1e200, steps=50, seed=0, record=range(51))
        assert caught.value.trajectory is not None
        assert len(caught.value.trajectory.time) == caught.value.step


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"rate": 0}, "rate must be positive"),
        ({"steps": -1}, "steps must be at least 0"),
        ({"head": "cubic"}, "head must be one of fixed, linear, mlp, got 'cubic'"),
        ({"freeze": "all"}, "freeze must be one of"),
        ({"record": [99]}, "record names step 99"),
        ({"matrix": [[1.0, 2.0]]}, "matrix must have shape 10 x 3"),
        ({"width": 0}, "width must be at least 1"),
        ({"query": [np.nan]}, "query must be a finite vector"),
        ({"query": []}, "query must be a finite vector of at least one entry"),
        ({"embedding_scale": -1}, "embedding_scale must be at least 0"),
        ({"frozen_words": [99]}, "frozen_words must be below 30, got 99"),
        ({"frozen_words": [-1]}, "frozen_words must be at least 0, got -1"),
        ({"score_scale": 0.0}, "score_scale must be positive"),
        ({"matrix": [[np.inf] * 3] * 10}, "matrix must be finite, got inf in row 0, column 0"),
    ],
)
def test_bad_options_are_refused(options, text):
    for train in (dynamics.train_attention, dynamics.simulate_attention):
        with pytest.raises(ValueError, match=text):
            train(ragged(), **{"steps": 3, "seed": 0, **options})


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"momentum": 1.0}, ValueError, "momentum must be below 1"),
        ({"momentum": 0.5, "optimiser": "adam"}, ValueError, "momentum belongs to sgd"),
        ({"tie_keys": True, "freeze": "keys"}, ValueError, "tied keys are the embeddings"),
        ({"device": "nowhere"}, ValueError, "device 'nowhere' is not there"),
        ({"dtype": torch.int64}, TypeError, "dtype must be a floating-point torch.dtype, got torch.int64"),
        ({"batch_size": 0}, ValueError, "batch_size must be at least 1"),
        ({"rate": None}, TypeError, "rate must be a number, got None"),
    ],
)
def test_bad_options_of_the_loop_are_refused(options, kind, text):
    with pytest.raises(kind, match=text):
        dynamics.train_attention(ragged(), **{"steps": 3, "seed": 0, **options})


def test_data_that_are_not_packed_are_refused():
    for train in (dynamics.train_attention, dynamics.simulate_attention):
        with pytest.raises(TypeError, match="data must be Sentences, got list; make_sentences packs"):
            train([[0, 1]], steps=3, seed=0)


def test_equal_logits_are_read_as_the_first_class_by_loop_and_simulator():
    options = dict(steps=0, seed=0, embedding_scale=0.0)
    accuracies = [
        train(ragged(), **options).accuracy[0] for train in (dynamics.train_attention, dynamics.simulate_attention)
    ]
    assert accuracies[0] == pytest.approx(accuracies[1], rel=1e-12) and accuracies[0] < 1


def test_missing_topics_are_refused():
    with pytest.raises(ValueError, match="until_score needs data with topic words"):
        dynamics.simulate_attention(ragged(), steps=3, until_score=1.0)
    with pytest.raises(ValueError, match="tied keys need key_width == width"):
        dynamics.train_attention(ragged(), steps=3, seed=0, tie_keys=True, key_width=3)
