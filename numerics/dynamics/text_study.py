"""SEN on docstring text: one training run, read by score band, by drift, by purity, by competition."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.stats import spearmanr

from numerics.dynamics.corpus import build_docstring_corpus
from numerics.dynamics.purity import leading_words, topic_purity
from numerics.dynamics.sentences import Floats, Sentences
from numerics.dynamics.simulator import Simulator
from numerics.dynamics.start import draw_start
from numerics.errors import SolverUndecided


@dataclass(frozen=True, eq=False)
class TextRun:
    """Scores, norms and shares of the scores' growth undone by drift (n, V), accuracy (n,) at the recorded steps."""

    data: Sentences
    mass: float
    coupling: float
    steps: tuple[int, ...]
    scores: Floats
    norms: Floats
    drift: Floats
    accuracy: Floats

    @property
    def excess(self) -> Floats:
        """|query| |v| relative to the SEN norm of the score at the mean mass, minus 1; nan for scores below 0."""
        with np.errstate(invalid="ignore", divide="ignore"):
            expected = 2 * (self.scores + np.expm1(self.scores) / self.mass)
            return np.where(self.scores > 0, np.sqrt(self.coupling) * self.norms / np.sqrt(expected) - 1, np.nan)

    def words(self, moment: int, low: float, high: float, least_occurrences: int = 20) -> Any:
        """Numbers of the words in a band of scores at that moment. SolverUndecided if there is none."""
        frequent = self.data.occurrences >= least_occurrences
        found = np.flatnonzero(frequent & (self.scores[moment] >= low) & (self.scores[moment] < high))
        if not len(found):
            raise SolverUndecided(f"no word has a score in [{low}, {high}) at step {self.steps[moment]}.")
        return found


@lru_cache(maxsize=4)
def train_on_docstrings(
    per_class: int = 800,
    steps: tuple[int, ...] = (25, 100, 200, 400),
    rate: float = 8.0,
    seed: int = 0,
    width: int = 10,
) -> TextRun:
    """Full-batch SGD on docstring sentences of four packages: random fixed head, |query|^2 = 0.9, embeddings of 1e-6.

    The mass is the mean sentence length minus 1, as in the paper's figures.
    """
    data = build_docstring_corpus().sentences(per_class, rng=seed)
    start = draw_start(data.words, data.classes, seed=seed, width=width, query=[np.sqrt(0.9)])
    scores, tables = start.keys @ start.query, start.embeddings
    head = [p.numpy() for p in start.head.parameters]
    simulator = Simulator(data, width, "fixed", "relu")
    pairs, copies = np.unique(data.rows * data.words + data.tokens, return_counts=True)
    rows, words = pairs // data.words, pairs % data.words
    cuts = np.searchsorted(rows, np.arange(len(data) + 1))
    undisturbed = np.zeros(data.words)
    kept: list[tuple[Floats, Floats, Floats, float]] = []
    for step in range(max(steps) + 1):
        found = simulator.gradients(scores, tables, head)
        if step in steps:
            with np.errstate(invalid="ignore", divide="ignore"):
                drift = np.where(undisturbed != 0, 1 - scores / undisturbed, 0.0)
            kept.append((scores, np.linalg.norm(tables, axis=1), drift, found.accuracy))
        weight = copies * np.exp(scores[words])
        share = weight / np.bincount(rows, weights=weight)[rows]
        squares = csr_matrix((share**2, words, cuts), shape=(len(data), data.words))
        pull = found.embeddings - squares.T @ found.force
        undisturbed += rate * 0.9 * np.einsum("vd,vd->v", tables, pull)
        scores, tables = scores + rate * 0.9 * found.scores, tables + rate * found.embeddings
    columns = [np.array(values) for values in zip(*kept, strict=True)]
    mass = float(data.lengths.mean()) - 1
    return TextRun(data, mass, 0.9, tuple(sorted(steps)), *columns)


def measure_band_word(low: float, high: float, *, moment: int = -1, **options: Any) -> dict[str, float]:
    """The word of median excess in a band of scores: its ``norm``, ``score``, ``mass``, ``coupling``, and ``words``."""
    run = train_on_docstrings(**options)
    found = run.words(moment, low, high)
    order = found[np.argsort(run.excess[moment, found], kind="stable")]
    word = order[(len(order) - 1) // 2]
    return _reading(run, moment, word) | {"words": float(len(found))}


def measure_drift_tracking(*, moment: int = -1, low: float = 0.2, **options: Any) -> dict[str, float]:
    """Spearman's rank correlation of the norm's excess and the drift ratio over words with score >= low; medians."""
    run = train_on_docstrings(**options)
    found = run.words(moment, low, np.inf)
    excess, drift = run.excess[moment, found], run.drift[moment, found]
    return {
        "correlation": float(spearmanr(excess, drift).statistic), "excess": float(np.median(excess)),
        "drift": float(np.median(drift)), "positive": float((excess > 0).mean()), "words": float(len(found)),
    }  # fmt: skip


def measure_purity_course(**options: Any) -> list[dict[str, float]]:
    """At each recorded step: means over sentences of purity and occurrences of the word with the greatest score."""
    run = train_on_docstrings(**options)
    purity = topic_purity(run.data)
    course = []
    for moment, step in enumerate(run.steps):
        leaders = leading_words(run.data, run.scores[moment])
        course.append(
            {
                "step": float(step), "purity": float(purity[leaders].mean()),
                "occurrences": float(run.data.occurrences[leaders].mean()), "accuracy": float(run.accuracy[moment]),
            }
        )  # fmt: skip
    return course


def measure_losing_word(*, least_norm: float = 0.5, **options: Any) -> dict[str, float]:
    """The word whose score fell most below its earlier value while its norm kept rising."""
    run = train_on_docstrings(**options)
    fall = run.scores[:-1].max(axis=0) - run.scores[-1]
    usable = (run.data.occurrences >= 20) & (run.norms[-1] >= run.norms[:-1].max(axis=0)) & (run.norms[-1] > least_norm)
    if not usable.any():
        raise SolverUndecided("no frequent word's norm was still rising at the end.")
    word = int(np.flatnonzero(usable)[fall[usable].argmax()])
    return _reading(run, -1, word) | {"fall": float(fall[word])}


def measure_winning_word(**options: Any) -> dict[str, float]:
    """The frequent word of the greatest score at the end."""
    run = train_on_docstrings(**options)
    frequent = run.data.occurrences >= 20
    return _reading(run, -1, int(np.flatnonzero(frequent)[run.scores[-1, frequent].argmax()]))


def _reading(run: TextRun, moment: int, word: int) -> dict[str, float]:
    return {
        "norm": float(run.norms[moment, word]), "score": float(run.scores[moment, word]), "mass": run.mass,
        "coupling": run.coupling, "drift": float(run.drift[moment, word]), "accuracy": float(run.accuracy[moment]),
    }  # fmt: skip


def warm_up() -> None:
    """Make the one run that all claims on text read: charged to one of them, the verdicts would hang on their order."""
    train_on_docstrings(per_class=800)
