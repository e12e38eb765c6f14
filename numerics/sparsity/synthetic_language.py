"""A small language whose translation has gold links by construction.

Source clause: (D)? (A)? N V (D)? (A)? N; one to three clauses joined by a conjunction. Target clause:
[N A ga] [N A o] V. So nouns and adjectives swap (local reordering), the verb goes last (long reordering), determiners
have no counterpart, the particles ga and o come from nowhere, a quarter of the nouns become two words, and half of the
verbs translate according to whether their object is animate.
"""

import numpy as np

from numerics.sparsity._validate import whole_number
from numerics.sparsity.sentences import Corpus, SentencePair, split_pairs

NOUNS, ADJECTIVES, VERBS, DETERMINERS = 24, 8, 12, 2


def draw_synthetic_corpus(*, pairs: int = 4000, test: int = 300, rng: np.random.Generator | int = 0) -> Corpus:
    """A corpus of about *pairs* distinct sentence pairs, *test* of them held out.

    >>> len(draw_synthetic_corpus(pairs=50, test=5).test)
    5
    """
    generator = np.random.default_rng(rng)
    return split_pairs("synthetic", [_draw_pair(generator) for _ in range(whole_number("pairs", pairs, 2))], test)


def _draw_pair(rng: np.random.Generator) -> SentencePair:
    source: list[str] = []
    target: list[str] = []
    links: set[tuple[int, int]] = set()
    for clause in range(int(rng.integers(1, 4))):
        if clause:
            links.add((len(source), len(target)))
            source.append("C")
            target.append("c")
        _add_clause(rng, source, target, links)
    return SentencePair(tuple(source), tuple(target), frozenset(links))


def _add_clause(rng: np.random.Generator, source: list[str], target: list[str], links: set[tuple[int, int]]) -> None:
    phrases = []
    for role in ("ga", "o"):
        if role == "o":
            verb, verb_place = int(rng.integers(VERBS)), len(source)
            source.append(f"V{verb}")
        if rng.random() < 0.5:
            source.append(f"D{rng.integers(DETERMINERS)}")
        adjective = None
        if rng.random() < 0.5:
            adjective = (int(rng.integers(ADJECTIVES)), len(source))
            source.append(f"A{adjective[0]}")
        noun = int(rng.integers(NOUNS))
        phrases.append((role, adjective, noun, len(source)))
        source.append(f"N{noun}")
    for role, adjective, noun, place in phrases:
        for part in range(2 if noun % 4 == 0 else 1):  # a quarter of the nouns become two words
            links.add((place, len(target)))
            target.append(f"n{noun}{'ab'[part]}")
        if adjective is not None:
            links.add((adjective[1], len(target)))
            target.append(f"a{adjective[0]}")
        target.append(role)
    animate = phrases[1][2] % 2 == 0
    links.add((verb_place, len(target)))
    target.append(f"v{verb}{'+' if verb % 2 and animate else ''}")
