"""Sentence pairs with gold links, their vocabularies, and batches of padded indices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from numerics.sparsity._validate import whole_number

PAD, BEGIN, END = 0, 1, 2
SPECIAL = ("<pad>", "<s>", "</s>")
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class SentencePair:
    """A source sentence, its translation, and all gold links (source, target), each sure and possible."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    links: frozenset[tuple[int, int]]

    def __post_init__(self) -> None:
        for s, t in self.links:
            if not (0 <= s < len(self.source) and 0 <= t < len(self.target)):
                raise ValueError(
                    f"links must lie in the sentences ({len(self.source)}, {len(self.target)}), got {(s, t)}"
                )

    @property
    def aligned_targets(self) -> tuple[bool, ...]:
        """For each target word whether it has a counterpart."""
        linked = {t for _, t in self.links}
        return tuple(t in linked for t in range(len(self.target)))


@dataclass(frozen=True)
class Corpus:
    """Training and test pairs; no test pair occurs in training."""

    name: str
    train: tuple[SentencePair, ...]
    test: tuple[SentencePair, ...]

    @property
    def source_vocabulary(self) -> tuple[str, ...]:
        """Special symbols and all source words, sorted."""
        return (*SPECIAL, *sorted({w for pair in (*self.train, *self.test) for w in pair.source}))

    @property
    def target_vocabulary(self) -> tuple[str, ...]:
        """Special symbols and all target words, sorted."""
        return (*SPECIAL, *sorted({w for pair in (*self.train, *self.test) for w in pair.target}))


def split_pairs(name: str, pairs: Sequence[SentencePair], test: int) -> Corpus:
    """The first *test* distinct pairs for testing, all pairs with another source for training.

    Raises ValueError if nothing is left to train on.
    """
    unique = list(dict.fromkeys(pairs))
    held = unique[: whole_number("test", test)]
    seen = {pair.source for pair in held}
    train = tuple(pair for pair in unique if pair.source not in seen)
    if not train:
        raise ValueError(f"test must leave pairs to train on, got {test} of {len(unique)}")
    return Corpus(name, train, tuple(held))


def pad(sentences: Sequence[Sequence[int]]) -> Indices:
    """Indices of shape (sentences, longest), filled up with PAD."""
    out = np.full((len(sentences), max(map(len, sentences))), PAD, dtype=np.int64)
    for row, sentence in zip(out, sentences, strict=True):
        row[: len(sentence)] = sentence
    return out


def encode(corpus: Corpus, pairs: Sequence[SentencePair]) -> list[tuple[list[int], list[int]]]:
    """(source words and END, target words) of *pairs* as indices into the corpus's vocabularies."""
    source = {w: i for i, w in enumerate(corpus.source_vocabulary)}
    target = {w: i for i, w in enumerate(corpus.target_vocabulary)}
    return [([source[w] for w in p.source] + [END], [target[w] for w in p.target]) for p in pairs]


def draw_batches(
    encoded: Sequence[tuple[list[int], list[int]]], size: int, steps: int, rng: np.random.Generator
) -> Iterator[tuple[Indices, Indices, Indices]]:
    """*steps* batches (source, decoder input, decoder output) of *size* pairs drawn with replacement."""
    for _ in range(steps):
        chosen = [encoded[i] for i in rng.integers(0, len(encoded), size)]
        yield pad([s for s, _ in chosen]), pad([[BEGIN, *t] for _, t in chosen]), pad([[*t, END] for _, t in chosen])
