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
# # Attention that can attend to nothing
#
# Rectified linear attention (Zhang, Titov, Sennrich 2021) replaces softmax by ReLU and normalises the output instead of
# the weights. Its rows are exactly sparse, and a row can be *null*: no key at all. This page shows the laws that hold
# before training, then the attention maps of two small translators side by side, their null heads, and what their
# links are worth against gold.

# %%
import matplotlib.pyplot as plt
import numpy as np
import torch

from attest import all_claims, examine
from numerics import sparsity as measured
from theory import sparsity as derived

torch.set_num_threads(1)

# %% [markdown]
# ## Before training
#
# With zero-mean keys a row over n keys is null with probability 2^-n. If the keys share a mean of relative size r = 1,
# every support size becomes (nearly) equally likely, while the mean sparsity stays at one half.

# %%
n, dim, samples = 6, 8, 20_000
figure, axes = plt.subplots(1, 2, figsize=(9, 3), sharey=True)
for axis, ratio in zip(axes, (0, 1), strict=True):
    counts = measured.count_supports(n, samples=samples, dim=dim, shared_mean_ratio=ratio, rng=0)
    law = [float(p) for p in derived.support_distribution(n, ratio, dim)]
    axis.bar(range(n + 1), counts / samples, color="lightgrey", label="measured")
    axis.plot(range(n + 1), law, "ko", label="derived")
    axis.set(title=f"shared mean ratio r = {ratio}", xlabel="keys kept")
axes[0].set_ylabel("probability")
axes[0].legend()
plt.show()

# %% [markdown]
# ## Two translators
#
# A synthetic language with gold links: nouns and adjectives swap, verbs go last, determiners (`D`) have no counterpart,
# the particles `ga` and `o` come from nowhere. Both models are trained alike; only the attention differs.

# %%
corpus = measured.draw_synthetic_corpus(rng=0)
kinds = {
    "softmax": {"weight_map": "softmax", "norm": "none"},
    "ReLA-g": {"weight_map": "relu", "norm": "gated", "clip": 1.0},
}
models, reports = {}, {}
for name, options in kinds.items():
    models[name], training = measured.train_translator(corpus, steps=500, seed=0, **options)
    reports[name] = measured.report_translation(models[name], corpus, training)
    last = reports[name].cross[-1]
    print(
        f"{name:8} token accuracy {reports[name].token_accuracy:.3f}, sparsity {last.sparsity:.2f}, "
        f"null rows {last.null:.2f}, diversity {last.diversity.augmented:.2f}, "
        f"alignment error {last.normal.head_averaged:.2f}"
    )

# %% [markdown]
# The last cross attention on one test sentence, a head per column. Crosses are gold links; a grey row is null: the head
# attends to nothing for that word.

# %%
pair = min(corpus.test, key=lambda p: abs(len(p.source) - 8))
source_words = {w: i for i, w in enumerate(corpus.source_vocabulary)}
target_words = {w: i for i, w in enumerate(corpus.target_vocabulary)}
source = torch.tensor([[source_words[w] for w in pair.source] + [source_words["</s>"]]])
given = torch.tensor([[target_words["<s>"]] + [target_words[w] for w in pair.target]])
figure, grid = plt.subplots(2, 4, figsize=(12, 7), sharex=True, sharey=True)
for row, (name, model) in zip(grid, models.items(), strict=True):
    with torch.no_grad():
        weights = model(source, given)[1].cross[-1][0, :, : len(pair.target)].numpy()
    nulls = measured.null_rows(weights)
    for head, axis in enumerate(row):
        top = weights[head].max() or 1.0
        axis.imshow(weights[head] / top, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        for t in np.flatnonzero(nulls[head]):
            axis.axhspan(t - 0.5, t + 0.5, color="lightgrey")
        axis.plot([s for s, _ in pair.links], [t for _, t in pair.links], "rx", markersize=4)
        axis.set_title(f"{name}, head {head}", fontsize=9)
        axis.set_xticks(range(len(pair.source)), pair.source, rotation=90, fontsize=7)
        axis.set_yticks(range(len(pair.target)), pair.target, fontsize=7)
plt.tight_layout()
plt.show()

# %% [markdown]
# ## What is certain
#
# Softmax never has a null row; rectified attention does, with the probability derived, and the claim is supported by a
# measurement that rejects its rivals.

# %%
finding = examine(all_claims("zhang2021.C7-null")[0])
print(finding.claim.says, "-", finding.verdict)

# %%
assert finding.verdict == finding.claim.expects
assert reports["softmax"].cross[-1].null == 0 < reports["ReLA-g"].cross[-1].null
