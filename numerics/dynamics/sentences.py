"""Sentences as bags of words: one flat array of word numbers, cut into sentences by offsets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from numerics.dynamics._validate import check_count, check_counts

Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class Sentences:
    """Labelled bags of words.

    ``tokens`` (total length,): word numbers below ``words``; ``offsets`` (N + 1,): sentence i is
    tokens[offsets[i]:offsets[i+1]]; ``labels`` (N,) below ``classes``; ``weights`` (N,) in the loss, positive;
    ``vocabulary``: the words, where they have names; ``topics``: numbers of the topic words, where there are any.
    """

    tokens: Ints
    offsets: Ints
    labels: Ints
    words: int
    classes: int
    weights: Floats
    vocabulary: tuple[str, ...] = ()
    topics: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def lengths(self) -> Ints:
        """Number of tokens of each sentence."""
        return np.diff(self.offsets)

    @property
    def rows(self) -> Ints:
        """Sentence number of each token."""
        return np.repeat(np.arange(len(self)), self.lengths)

    @property
    def occurrences(self) -> Ints:
        """Number of tokens of each word, shape (words,)."""
        return np.bincount(self.tokens, minlength=self.words)

    def padded(self) -> tuple[Ints, np.ndarray[Any, np.dtype[np.bool_]]]:
        """Word numbers (N, longest) filled up with 0, and a mask of the true tokens."""
        mask = np.arange(self.lengths.max())[None, :] < self.lengths[:, None]
        index = np.zeros(mask.shape, dtype=np.int64)
        index[mask] = self.tokens
        return index, mask


def make_sentences(
    sentences: Sequence[Sequence[int] | Ints],
    labels: Sequence[int],
    *,
    words: int | None = None,
    classes: int | None = None,
    weights: Sequence[float] | None = None,
    vocabulary: Sequence[str] = (),
    topics: Sequence[int] = (),
) -> Sentences:
    """Check and pack sentences given as sequences of word numbers.

    ``words``, ``classes`` default to one more than the largest number seen; ``weights`` to 1/N. ValueError for an empty
    sentence, a word or topic word outside the vocabulary, a label outside the classes, fewer than two classes,
    mismatched lengths, weights that are not positive, a vocabulary that names a word twice; TypeError for word numbers
    and labels that are no ints.

    >>> make_sentences([[0, 2], [1, 2, 2]], [0, 1]).lengths.tolist()
    [2, 3]
    """
    if len(sentences) == 0 or len(sentences) != len(labels):
        raise ValueError(f"one label per sentence is needed, got {len(sentences)} sentences and {len(labels)} labels.")
    for i, sentence in enumerate(sentences):
        if len(sentence) == 0:
            raise ValueError(f"sentence {i} is empty; every sentence needs at least one word.")
    tokens = np.concatenate([check_counts(f"words of sentence {i}", sentence) for i, sentence in enumerate(sentences)])
    marks = check_counts("labels", labels)
    size = int(tokens.max()) + 1 if words is None else check_count("words", words, 1)
    kinds = check_count("classes", int(marks.max()) + 1 if classes is None else classes, 2)
    for name, values, bound in (("word", tokens, size), ("label", marks, kinds), ("topic word", topics, size)):
        found = check_counts(f"{name}s", values)
        if (found >= bound).any():
            raise ValueError(
                f"{name} {found[found >= bound][0]} is not among the {bound} of the vocabulary or classes."
            )
    if vocabulary and not len(vocabulary) == len(set(vocabulary)) == size:
        got = f"{len(vocabulary)} names, {len(set(vocabulary))} of them different"
        raise ValueError(f"vocabulary must name all {size} words once, got {got}.")
    share = np.full(len(marks), 1 / len(marks)) if weights is None else np.asarray(weights, dtype=np.float64)
    if share.shape != marks.shape or not np.isfinite(share).all() or (share <= 0).any():
        raise ValueError(f"weights must be {len(marks)} positive numbers, got {weights!r}.")
    offsets = np.concatenate([[0], np.cumsum([len(sentence) for sentence in sentences])]).astype(np.int64)
    return Sentences(
        tokens, offsets, marks, size, kinds, share, tuple(vocabulary), tuple(int(t) for t in topics)
    )  # fmt: skip


def check_sentences(data: Any) -> None:
    """TypeError unless *data* is packed."""
    if not isinstance(data, Sentences):
        raise TypeError(
            f"data must be Sentences, got {type(data).__name__}; make_sentences packs bags of word numbers."
        )


def reweigh_sentences(data: Sentences, weights: Sequence[float]) -> Sentences:
    """*data* with other weights in the loss; ValueError unless there is one positive weight per sentence."""
    share = np.asarray(weights, dtype=np.float64)
    if share.shape != data.weights.shape or not np.isfinite(share).all() or (share <= 0).any():
        raise ValueError(f"weights must be {len(data)} positive numbers, got {weights!r}.")
    return replace(data, weights=share)


def drop_unused_words(data: Sentences) -> Sentences:
    """*data* over the words that occur and the topic words: the others never move, so that training is the same.

    >>> drop_unused_words(make_sentences([[0, 7]], [0], classes=2, topics=[0])).words
    2
    """
    used = np.union1d(data.tokens, np.array(data.topics, dtype=np.int64))
    names = tuple(data.vocabulary[w] for w in used) if data.vocabulary else ()
    topics = tuple(int(t) for t in np.searchsorted(used, data.topics))
    return replace(
        data, tokens=np.searchsorted(used, data.tokens), words=len(used), vocabulary=names, topics=topics
    )  # fmt: skip


def draw_topic_sentences(
    sentences: int,
    *,
    classes: int = 4,
    words_per_class: int = 2,
    irrelevant: int = 5000,
    length: int | Sequence[int] = 20,
    noise: float = 0.0,
    rng: np.random.Generator | int,
) -> Sentences:
    """The paper's task: each sentence is one topic word and *length* irrelevant words, drawn with replacement.

    Words 0 ... classes * words_per_class - 1 are topic words, word t of class t // words_per_class, used equally often
    (up to rounding); the others are irrelevant. A sequence of lengths is drawn from uniformly. A share ``noise`` of the
    labels is drawn at random.

    >>> draw_topic_sentences(8, irrelevant=5, length=3, rng=0).lengths.tolist()
    [4, 4, 4, 4, 4, 4, 4, 4]
    """
    generator = np.random.default_rng(rng)
    check_count("sentences", sentences, 1)
    check_count("classes", classes, 2)
    check_count("words_per_class", words_per_class, 1)
    check_count("irrelevant", irrelevant, 1)
    if not 0 <= noise <= 1:
        raise ValueError(f"noise must lie in [0, 1], got noise={noise!r}.")
    lengths = [length] if isinstance(length, int | float | np.number) else list(length)
    choices = np.array([check_count("length", n, 1) for n in lengths])
    if not choices.size:
        raise ValueError("length must name at least one length, got none.")
    topics = classes * words_per_class
    topic = np.arange(sentences) % topics
    sizes = generator.choice(choices, size=sentences) if len(choices) > 1 else np.full(sentences, choices[0])
    bags = [
        np.concatenate([[t], topics + generator.integers(irrelevant, size=size)])
        for t, size in zip(topic, sizes, strict=True)
    ]
    labels = topic // words_per_class
    if noise:
        flipped = generator.random(sentences) < noise
        labels = np.where(flipped, generator.integers(classes, size=sentences), labels)
    return make_sentences(
        bags, labels.tolist(), words=topics + irrelevant, classes=classes, topics=range(topics)
    )  # fmt: skip
