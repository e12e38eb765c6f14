# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # How does attention learn?
#
# Lu, Mao and Nayak (2021): while an attention model trains, a topic word's score $s$ and the norm of its embedding fix
# each other, $\tfrac12|q|^2|v|^2 = s + (e^s-1)/m$ (SEN), whatever the classifier. Lines are derived; dots are gradient
# descent on all parameters of the paper's task: 4 classes, 8 topic words, 5000 irrelevant words, 20 per sentence.

# %%
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import sympy as sp

from numerics import dynamics as measured
from theory import dynamics as derived

# %%
data = measured.draw_topic_sentences(4000, rng=0)
topics = list(data.topics)
run = measured.simulate_attention(data, rate=1.0, steps=600, seed=0, matrix=np.eye(10)[:, :4], query=[1.0])
score, norm = run.scores[:, topics].mean(axis=1), run.norms[:, topics].mean(axis=1)

# %% [markdown]
# ## Score and norm, attention, loss
# The predicted curves are SEN, the softmax weight, and the quadrature for the time of each score.

# %%
separation = derived.simplex_separation(1, 4)
grid = [Fraction(k, 8) for k in range(1, 38)]
norms = [float(derived.sen_norm(s, 20)) for s in grid]
weights = [float(derived.attention_weight(s, 20)) for s in grid]
times = [float(sp.N(derived.time_to_score(s, 20, 4, separation, Fraction(1, 8)), 8)) for s in grid]
margins = [float(separation) * a * x for a, x in zip(weights, norms, strict=True)]
losses = [float(derived.margin_loss(Fraction(mu), 4)) for mu in margins]
figure, axes = plt.subplots(2, 2, figsize=(9, 6.5))
axes[0, 0].plot(grid, norms, "k-")
axes[0, 0].plot(score, norm, "o", markersize=4)
axes[0, 0].set(xlabel="score", ylabel="norm")
series = {
    "score": (grid, score),
    "attention": (weights, run.attention[:, topics].mean(axis=1)),
    "loss": (losses, run.loss),
}
for axis, (name, (line, dots)) in zip(axes.flat[1:], series.items(), strict=True):
    axis.plot(times, line, "k-")
    axis.plot(run.time, dots, "o", markersize=4)
    axis.set(xlabel="time", ylabel=name, xlim=(0, 600))
figure.tight_layout()

# %% [markdown]
# The loss is nearly gone at the end, but attention is not near 1: it approaches 1 as slowly as $1/\log^2 t$.

# %%
print(f"loss {run.loss[-1]:.4f}, attention on the topic word {run.attention[-1, topics].mean():.3f}")
for exponent in (3, 6, 30, 120):
    gap = derived.asymptotic_attention_gap(Fraction(10) ** exponent, 4, separation, Fraction(1, 8))
    print(f"time 1e{exponent}: loss ~ {float(derived.asymptotic_loss(10**exponent, separation, Fraction(1, 8))):.1e}, "
          f"1 - attention ~ {float(gap):.4f}")  # fmt: skip

# %% [markdown]
# ## What SEN neglects, predicted
# A finite sample, a finite vocabulary and a finite step leave a residual that follows from the set-up alone.

# %%
ratios = []
for sentences, irrelevant in ((400, 500), (400, 5000), (1600, 5000)):
    seen = measured.measure_training_residual(sentences=sentences, irrelevant=irrelevant, rate=1.0, until_score=3.5)
    said = derived.predicted_residual(
        Fraction(seen.score), 20, topics=8, rate=1, separation=separation, classes=4, sentences=sentences,
        irrelevant=irrelevant,
    ).total  # fmt: skip
    ratios.append(seen.residual / float(said))
    print(f"N = {sentences:4d}, R = {irrelevant:4d}: measured {seen.residual:+.4f}, predicted {float(said):+.4f}")

# %% [markdown]
# ## Real text, honestly
# Docstring sentences of four packages. SEN holds to about ten per cent for the words that win the attention, and is far
# off for the rest; the share $r$ of a score's growth that the other words' drift undoes accounts for most of it.

# %%
words = measured.train_on_docstrings()
rows = []
for low, high in ((2.0, 99.0), (1.0, 2.0), (0.5, 1.0), (0.2, 0.5)):
    band = words.words(-1, low, high)
    rows.append((low, len(band), np.median(words.excess[-1, band]), np.median(words.drift[-1, band])))
    print(
        f"score from {low}: {rows[-1][1]:3d} words, norm / SEN - 1 = {rows[-1][2]:+.2f}, drift ratio {rows[-1][3]:.2f}"
    )
shown = words.words(-1, 0.2, np.inf)
figure, axis = plt.subplots(figsize=(6, 4))
axis.plot(words.drift[-1, shown], words.excess[-1, shown], "o", markersize=4)
curve = np.linspace(0, 0.85, 50)
axis.plot(curve, [float(derived.drift_excess(Fraction(r))) for r in curve], "k-")
axis.set(xlabel="drift ratio", ylabel="norm / SEN - 1", ylim=(-0.2, 2))
figure.tight_layout()

# %%
late = score > 2
assert late.sum() > 5
assert np.abs(norm[late] / [float(derived.sen_norm(Fraction(s), 20)) for s in score[late]] - 1).max() < 0.01
assert all(0.9 < ratio < 1.1 for ratio in ratios)
assert abs(rows[0][2]) < 0.2 < rows[-1][2]
