"""Measure and draw the README's picture: ``python docs/picture.py`` writes docs/picture.svg.

One panel a paper. Dots are measured, black lines derived; dashed lines are rivals or readings that the dots contradict.
"""

from fractions import Fraction
from pathlib import Path

import matplotlib

matplotlib.use("svg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from numerics import capacity as counted
from numerics import dynamics as trained
from numerics import gradients as differentiated
from numerics import sparsity as attended
from theory import capacity, dynamics, gradients, sparsity

MEASURED = {"color": "#1f6fb4", "marker": "o", "linestyle": "none", "markersize": 5, "zorder": 3}
DERIVED = {"color": "black", "linewidth": 1.4}
WRONG = {"color": "#c2410c", "linestyle": "--", "linewidth": 1.1}


def count_labellings(axis: Axes) -> None:
    points = range(1, 10)
    seen = [counted.count_dichotomies(counted.gaussian_points(m, 3, 0)) for m in points]
    axis.semilogy(points, [capacity.dichotomy_count(m, 3) for m in points], **DERIVED)
    axis.semilogy(points, seen, **MEASURED)
    axis.semilogy(points, [capacity.dichotomy_count(m, 4) for m in points], **WRONG)
    axis.annotate("one dimension more", (7.9, capacity.dichotomy_count(8, 4)), ha="right", va="bottom", fontsize=8)
    axis.set(title="Labellings by one gate (Cover 1965)", xlabel="points in three dimensions", ylabel="labellings")


def follow_gradient(axis: Axes) -> None:
    lengths, v = [16, 64, 256, 1024], Fraction(1, 2)
    seen = [T * abs(differentiated.measure_uniform_attention_gain(T, 1, -float(v))) for T in lengths]
    exact = [T * abs(float(gradients.uniform_attention_gain(T, 1, -v))) for T in lengths]
    axis.loglog(lengths, exact, **DERIVED)
    axis.loglog(lengths, seen, **MEASURED)
    axis.loglog(lengths, [exact[0]] * len(lengths), **WRONG)
    axis.annotate("a bound of order 1/T for every V", (1024, 1.05 * exact[0]), ha="right", va="bottom", fontsize=8)
    axis.set(title="Gradient at V = −½ I (Kerg et al. 2020)", xlabel="length T", ylabel="T × gradient")
    axis.set_ylim(0.01, 0.2)


def train_attention(axis: Axes) -> None:
    data = trained.draw_topic_sentences(2000, rng=0)
    run = trained.simulate_attention(data, rate=1.0, steps=600, seed=0, matrix=np.eye(10)[:, :4], query=[1.0])
    topics = list(data.topics)
    scores = [Fraction(k, 16) for k in range(1, 77)]
    axis.plot(scores, [float(dynamics.sen_norm(s, 20)) for s in scores], **DERIVED)
    axis.plot(run.scores[:, topics].mean(axis=1), run.norms[:, topics].mean(axis=1), **MEASURED)
    axis.plot(scores, [float(dynamics.sen_norm(s, 40)) for s in scores], **WRONG)
    axis.annotate("twice the words", (4.9, 2.9), ha="right", va="top", fontsize=8)
    axis.set(title="Score and norm in training (Lu et al. 2021)", xlabel="score of a topic word", ylabel="norm")


def draw_rows(axis: Axes) -> None:
    keys, samples = range(1, 9), 40_000
    nulls = [attended.count_null_rows(n, samples=samples, dim=8, rng=n) for n in keys]
    axis.semilogy(keys, [float(sparsity.null_probability(n)) for n in keys], **DERIVED)
    axis.semilogy(keys, [null[0] / samples for null in nulls], **MEASURED)
    axis.semilogy(keys, [float(sparsity.null_probability(n + 1)) for n in keys], **WRONG)
    axis.annotate("one key more", (4, float(sparsity.null_probability(5))), ha="right", va="top", fontsize=8)
    axis.set(title="Rows that keep no key (Zhang et al. 2021)", xlabel="keys", ylabel="probability")


def main() -> None:
    plt.rcParams.update({"svg.hashsalt": "attest", "svg.fonttype": "none", "font.size": 9, "axes.titlesize": 10})
    figure, axes = plt.subplots(2, 2, figsize=(8.4, 6.2), layout="constrained")
    for draw, axis in zip((count_labellings, follow_gradient, train_attention, draw_rows), axes.flat, strict=True):
        draw(axis)
        axis.spines[["top", "right"]].set_visible(False)
    figure.suptitle("Dots are measured, lines derived; dashed is what the measurement contradicts", fontsize=11)
    figure.savefig(Path(__file__).with_name("picture.svg"), metadata={"Date": None})


if __name__ == "__main__":
    main()
