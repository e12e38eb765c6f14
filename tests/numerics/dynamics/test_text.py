"""Real text: the docstring corpus, purity, leading words."""

import numpy as np
import pytest

from numerics import dynamics
from numerics.dynamics import text_study

SMALL = {"numpy": ("numpy.linalg", "numpy.fft"), "torch": ("torch.fft", "torch.linalg")}


def test_corpus_is_sorted_hashed_and_free_of_its_labels():
    corpus = dynamics.build_docstring_corpus(SMALL)
    assert corpus.classes == ("numpy", "torch")
    assert all(list(texts) == sorted(set(texts)) for texts in corpus.texts)
    assert not set(corpus.texts[0]) & set(corpus.texts[1])
    assert len(corpus.digest) == 64 and corpus.digest == dynamics.build_docstring_corpus(SMALL).digest
    for texts in corpus.texts:
        for text in texts:
            assert 5 <= len(text.split()) <= 40
            assert not {"numpy", "torch"} & set(text.split())


@pytest.mark.slow
def test_the_whole_corpus_has_four_classes_and_needs_no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("the corpus asked for the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    corpus = dynamics.build_docstring_corpus()
    assert corpus.classes == ("numpy", "scipy", "sympy", "torch")
    assert min(map(len, corpus.texts)) >= 2000
    assert dynamics.build_docstring_corpus().digest == corpus.digest


def test_corpus_is_looked_up_in_the_given_cache():
    cache = {}
    first = dynamics.build_docstring_corpus(SMALL, cache=cache)
    assert dynamics.build_docstring_corpus(SMALL, cache=cache) is first


def test_sentences_of_a_corpus_are_balanced_and_named():
    data = dynamics.build_docstring_corpus(SMALL).sentences(60, rng=0)
    assert np.bincount(data.labels).tolist() == [60, 60]
    assert len(data.vocabulary) == data.words and list(data.vocabulary) == sorted(data.vocabulary)


def test_the_run_that_claims_on_text_share_is_made_before_any_of_them_is_timed():
    text_study.warm_up()
    made = dynamics.train_on_docstrings.cache_info().misses
    dynamics.measure_drift_tracking(per_class=800)
    dynamics.measure_losing_word(per_class=800)
    assert dynamics.train_on_docstrings.cache_info().misses == made


def test_corpora_that_cannot_be_made_are_refused():
    with pytest.raises(ValueError, match="at least 2 classes"):
        dynamics.build_docstring_corpus({"numpy": ("numpy.fft",)})
    with pytest.raises(ValueError, match="at least 2 classes"):
        dynamics.build_docstring_corpus({})
    with pytest.raises(TypeError, match=r"sequence of module names, got the string 'numpy\.fft'"):
        dynamics.build_docstring_corpus({"numpy": "numpy.fft", "torch": ("torch.fft",)})
    with pytest.raises(ValueError, match=r"lengths must be \(least, most\), got \(40, 5\)"):
        dynamics.build_docstring_corpus(SMALL, lengths=(40, 5))
    for lengths in (5, (5, 6, 7)):
        with pytest.raises(TypeError, match=r"lengths must be \(least, most\), got"):
            dynamics.build_docstring_corpus(SMALL, lengths=lengths)
    with pytest.raises(ValueError, match="has no sentences"):
        dynamics.build_docstring_corpus({"numpy": ("numpy.fft",), "torch": ("numpy.fft",)})
    with pytest.raises(ValueError, match="10000 were asked for"):
        dynamics.build_docstring_corpus(SMALL).sentences(10000, rng=0)


def test_purity_counts_sentences_not_tokens():
    data = dynamics.make_sentences([[0, 0, 1], [0, 1], [1, 2], [1]], [0, 1, 1, 1], words=4)
    assert dynamics.topic_purity(data).tolist() == [0.0, 0.5, 1.0, 0.0]
    assert dynamics.leading_words(data, np.array([0.0, 1.0, 2.0, 3.0])).tolist() == [1, 1, 2, 1]
    assert dynamics.sentence_pairs(data, 0, 1) == 2


def test_attention_moves_to_purer_and_rarer_words():
    data = dynamics.build_docstring_corpus(SMALL).sentences(100, rng=0)
    run = dynamics.simulate_attention(data, rate=8.0, steps=200, seed=0, query=[0.9], record=[2, 200])
    purity = dynamics.topic_purity(data)
    early, late = (dynamics.leading_words(data, scores) for scores in run.scores)
    assert purity[late].mean() > purity[early].mean()
    assert data.occurrences[late].mean() < data.occurrences[early].mean()
