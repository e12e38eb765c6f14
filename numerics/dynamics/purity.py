"""Topic purity: how far the sentences that hold a word agree on one class."""

import numpy as np

from numerics.dynamics.sentences import Floats, Sentences


def topic_purity(data: Sentences) -> Floats:
    """(C max_c p(c|w) - 1)/(C - 1) of every word over its sentences: 0 for an even spread, 1 for one class.

    For two classes |p(+|w) - p(-|w)|. Words of a single sentence are pure by construction, so read it together with
    ``data.occurrences``; 0 for words that do not occur. The authors' code has the two-class form only.
    """
    counts = class_counts(data)
    totals = np.maximum(counts.sum(axis=1), 1)
    share = counts.max(axis=1) / totals
    return np.where(counts.sum(axis=1) > 0, (data.classes * share - 1) / (data.classes - 1), 0.0)


def class_counts(data: Sentences) -> Floats:
    """Number of sentences of each class that hold each word, shape (words, classes)."""
    pairs = np.unique(data.rows * data.words + data.tokens)
    rows, words = pairs // data.words, pairs % data.words
    counts = np.zeros((data.words, data.classes))
    np.add.at(counts, (words, data.labels[rows]), 1.0)
    return counts


def leading_words(data: Sentences, scores: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Number of the word with the greatest score in each sentence, the first of equals."""
    if scores.shape != (data.words,):
        raise ValueError(f"scores must have shape ({data.words},), got {scores.shape}.")
    held = scores[data.tokens]
    best = np.maximum.reduceat(held, data.offsets[:-1])
    at = np.where(held == best[data.rows], np.arange(len(held)), len(held))
    return data.tokens[np.minimum.reduceat(at, data.offsets[:-1])]


def sentence_pairs(data: Sentences, losing: int, winning: int) -> int:
    """How many sentences hold both of these words."""
    holds = [set(data.rows[data.tokens == word].tolist()) for word in (losing, winning)]
    return len(holds[0] & holds[1])
