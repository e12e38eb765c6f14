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
# before training, how steep the maps can be, then the attention of three small translators of dates on one sentence,
# side by side: their null heads, and what their links are worth against gold.

# %%
import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from attest import all_claims, examine
from numerics import sparsity as measured
from theory import sparsity as derived

torch.set_num_threads(1)

# %% [markdown]
# ## Before training
#
# With zero-mean keys a row over n keys is null with probability 2^-n, and half of all weights are 0. If the keys share
# a mean of relative size r = 1, every support size becomes (nearly) equally likely: the mean sparsity stays at one
# half, but null rows are no longer rare.

# %%
n, dim, samples = 6, 8, 20_000
figure, axes = plt.subplots(1, 3, figsize=(13, 3.4))
for axis, ratio in zip(axes, (0, 1), strict=False):
    counts = measured.count_supports(n, samples=samples, dim=dim, shared_mean_ratio=ratio, rng=0)
    law = [float(p) for p in derived.support_distribution(n, ratio, dim)]
    axis.bar(range(n + 1), counts / samples, color="lightsteelblue", label=f"measured, {samples} rows")
    axis.plot(range(n + 1), law, "ko", label="derived")
    axis.set(
        title="keys without a common mean" if ratio == 0 else "keys sharing a mean (r = 1)",
        xlabel=f"keys kept, of {n} (0: the row is null)",
        ylabel="probability",
        ylim=(0, 0.42),
    )
    axis.legend(loc="upper right", fontsize=8)
lengths = range(1, 9)
for ratio, colour in ((0, "tab:blue"), (1, "tab:red")):
    seen = [
        measured.count_null_rows(k, samples=samples, dim=dim, shared_mean_ratio=ratio, rng=1)[0] / samples
        for k in lengths
    ]
    law = [float(derived.null_probability(k, ratio, dim)) for k in lengths]
    axes[2].semilogy(lengths, law, color=colour, label=f"derived, r = {ratio}")
    axes[2].semilogy(lengths, seen, "o", color=colour, label=f"measured, r = {ratio}")
axes[2].set(title="how often a row is null", xlabel="number of keys", ylabel="probability of a null row")
axes[2].legend(fontsize=8)
plt.tight_layout()
plt.show()

# %% [markdown]
# The other laws at initialisation, each as a z-score: how many standard errors the measured mean lies from the derived
# one. Rows that were wrongly derived by one key or one dimension would stand out by tens of them.


# %%
def share(counts, law):
    """Measured share of the first of two counts, and its standard error by the law."""
    total = sum(counts)
    return counts[0] / total, (law * (1 - law) / total) ** 0.5


def mean(summary):
    return summary["mean"], summary["standard_error"]


null, causal, shared = (float(p) for p in (
    derived.null_probability(6), derived.causal_null_rate(12), derived.null_probability(6, 1, 8)
))  # fmt: skip
saturated = float(derived.gate_saturation(512))
gradients = measured.summarise(measured.sample_score_gradients(10, 8, samples=samples, rng=5))
laws = [
    ("null row, 6 keys", null, share(measured.count_null_rows(6, samples=samples, rng=2), null)),
    ("null row, 6 keys sharing a mean, width 8", shared, share(
        measured.count_null_rows(6, samples=samples, dim=8, shared_mean_ratio=1, rng=3), shared)),
    ("null row under a causal mask of 12", causal, share(
        measured.count_causal_null_rows(12, samples=samples, rng=4), causal)),
    ("square of the plain output, 64 keys", derived.output_mean_square(64), mean(
        measured.sample_output_squares(64, samples=samples, rng=5))),
    ("the same, values of mean 1", derived.output_mean_square(64, value_mean=1), mean(
        measured.sample_output_squares(64, samples=samples, value_mean=1, rng=6))),
    ("square of ReLA-i's output, width 64", derived.initial_branch_rms("init", 64) ** 2, mean(
        measured.sample_branch_squares("init", 64, samples=samples, rng=7))),
    ("square of ReLA-g's output", derived.initial_branch_rms("gated", 64) ** 2, mean(
        measured.sample_branch_squares("gated", 64, samples=samples, rng=8))),
    ("squared score gradient, 10 active keys, width 8", derived.score_gradient_mean_square(10, 8), mean(gradients)),
    ("the same without a norm, 64 keys", derived.unnormalised_score_gradient_mean_square(64), mean(
        measured.sample_plain_score_gradients(64, 8, samples=4000, rng=9))),
    ("saturated gates of weight 1, 512 keys", saturated, share(
        measured.count_saturated_gates(512, samples=4000, gate=1, rng=10), saturated)),
]  # fmt: skip
scores = {}
print(f"{'law':50}{'derived':>10}{'measured':>10}{'z':>7}")
for name, law, (value, error) in laws:
    scores[name] = (value - float(law)) / error
    print(f"{name:50}{float(law):10.4f}{value:10.4f}{scores[name]:7.2f}")

# %% [markdown]
# ## How steep the maps are
#
# The largest slope of the weights in the scores, over rows of one large and otherwise equal weights. For 1.5-entmax it
# stays below 1/sqrt 2 from 3 to 47 keys and passes it at 48: a search over short rows alone would "confirm" a constant
# that is false.

# %%
PEAKS = np.linspace(0.5, 0.98, 13)  # the large weight


def steepest(weight_map, scores_of, size):
    """Largest norm of the Jacobian, by differences of the forward map."""
    return max(measured.measure_jacobian_norm(scores_of(size, peak), weight_map) for peak in PEAKS)


def softmax_scores(size, peak):
    return [np.log(peak), *[np.log((1 - peak) / (size - 1))] * (size - 1)]


maps = {
    "softmax": ("softmax", softmax_scores),
    "1.5-entmax": ("entmax15", lambda size, peak: measured.two_block_scores(size, peak, 1.5)),
    "sparsemax": ("sparsemax", lambda size, peak: measured.two_block_scores(size, peak, 2)),
    "ReLU": ("relu", lambda size, peak: [peak] * size),
}
sizes = (2, 8, 47, 48, 64, 128, 256)
found = {name: [steepest(*how, size) for size in sizes] for name, how in maps.items()}
law = [max(float(derived.two_block_eigenvalue(size, peak, 1.5)) for peak in PEAKS) for size in sizes]
print(f"{'keys':>5}" + "".join(f"{name:>12}" for name in maps) + "  1.5-entmax, derived")
for row, size in enumerate(sizes):
    print(f"{size:5}" + "".join(f"{found[name][row]:12.4f}" for name in maps) + f"{law[row]:21.4f}")

# %%
figure, axis = plt.subplots(figsize=(8, 3.6))
axis.semilogx(sizes, found["sparsemax"], "s", color="tab:green", label="sparsemax, found")
axis.axhline(1, color="tab:green", label="sparsemax, ReLU: 1 at every length")
axis.semilogx(sizes, found["1.5-entmax"], "o", color="tab:orange", label="1.5-entmax, found")
axis.semilogx(sizes, law, color="tab:orange", label="1.5-entmax, derived for such rows")
axis.axhline(2**-0.5, color="tab:orange", linestyle=":", label="1/sqrt 2, the constant of two keys")
axis.semilogx(sizes, found["softmax"], "^", color="tab:blue", label="softmax, found")
axis.axhline(0.5, color="tab:blue", label="softmax: 1/2 at every length")
axis.axvline(47.5, color="grey", linestyle="--", linewidth=0.8, label="between 47 and 48 keys")
axis.set_xticks((2, 8, 24, 48, 128, 256), ["2", "8", "24", "48", "128", "256"], minor=False)
axis.minorticks_off()
axis.set(xlabel="number of keys", ylabel="largest slope", ylim=(0.2, 1.05), title="How steep each map can be")
axis.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
plt.tight_layout()
plt.show()

# %% [markdown]
# ## Three translators of dates
#
# English dates into six languages, patterns from the CLDR: real words, and gold links by field (weekday, day, month,
# year). All are trained alike; only the attention differs.

# %%
corpus = measured.draw_date_corpus(rng=0)
kinds = {
    "softmax": {"weight_map": "softmax", "norm": "none"},
    "1.5-entmax": {"weight_map": "entmax15", "norm": "none"},
    "ReLA-g": {"weight_map": "relu", "norm": "gated"},
}
models, reports = {}, {}
for name, options in kinds.items():
    models[name], training = measured.train_translator(corpus, steps=200, clip=1.0, seed=0, **options)
    reports[name] = measured.report_translation(models[name], corpus, training)
    last = reports[name].cross[-1]
    print(
        f"{name:10} token accuracy {reports[name].token_accuracy:.3f}, sparsity {last.sparsity:.2f}, "
        f"null rows {last.null:.2f}, diversity {last.diversity.augmented:.2f}, "
        f"alignment error {last.normal.head_averaged:.2f}"
    )

# %%
pair = next(p for p in corpus.test if p.source[0] == "<hu>" and len(p.target) >= 5)
source_words = {w: i for i, w in enumerate(corpus.source_vocabulary)}
target_words = {w: i for i, w in enumerate(corpus.target_vocabulary)}
source = torch.tensor([[source_words[w] for w in pair.source] + [source_words["</s>"]]])
given = torch.tensor([[target_words["<s>"]] + [target_words[w] for w in pair.target]])
figure, grid = plt.subplots(len(models), 4, figsize=(12, 3 * len(models)), sharex=True, sharey=True)
for row, (name, model) in zip(grid, models.items(), strict=True):
    with torch.no_grad():
        weights = model(source, given)[1].cross[-1][0, :, : len(pair.target)].numpy()
    nulls = measured.null_rows(weights)
    for head, axis in enumerate(row):
        shares = weights[head] / np.where(nulls[head], 1.0, weights[head].max(axis=1))[:, None]
        axis.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        for t in np.flatnonzero(nulls[head]):
            axis.axhspan(t - 0.5, t + 0.5, color="lightgrey")
            axis.text(len(pair.source) + 0.4, t, "null", ha="right", va="center", fontsize=8, color="dimgrey")
        axis.plot([s for s, _ in pair.links], [t for _, t in pair.links], "rx", markersize=6)
        axis.set_title(f"{name}, head {head + 1}", fontsize=10)
        axis.set_xticks(range(len(pair.source) + 1), [*pair.source, "(end)"], rotation=60, fontsize=8, ha="right")
        axis.set_yticks(range(len(pair.target)), pair.target, fontsize=8)
grid[-1, 0].set_xlabel("English word read")
for row in grid:
    row[0].set_ylabel("Hungarian word written")
keys = [
    Patch(color="#08306b", label="largest weight of the row"),
    Patch(color="lightgrey", label="null: the head attends to nothing"),
    Line2D([], [], color="red", marker="x", linestyle="", label="gold link"),
]
figure.legend(handles=keys, loc="upper center", ncols=3, fontsize=10)
figure.suptitle(f"{' '.join(pair.source[1:])}  →  {' '.join(pair.target)}", y=0.935)
plt.tight_layout(rect=(0, 0, 1, 0.94))
plt.show()

# %% [markdown]
# ## Links against gold
#
# A link is the largest weight of a row; a null row gives none. The error rate of the heads' average can lie below that
# of every single head, since null heads drop out of it. On the right: is a row null where the word has no counterpart?

# %%
figure, axes = plt.subplots(1, 2, figsize=(12, 3.6))
places = np.arange(len(reports))
for k, (label, read) in enumerate(
    {
        "best head": lambda layer: layer.normal.best_head,
        "heads averaged": lambda layer: layer.normal.head_averaged,
    }.items()
):
    axes[0].bar(places + 0.36 * k - 0.18, [read(r.cross[-1]) for r in reports.values()], 0.34, label=label)
axes[0].set(title="Alignment error, last layer (lower is better)", ylabel="error rate", ylim=(0, 1))
for k, (label, read) in enumerate(
    {
        "words with a counterpart": lambda layer: layer.selectivity.aligned_rate,
        "words without one": lambda layer: layer.selectivity.unaligned_rate,
    }.items()
):
    axes[1].bar(places + 0.36 * k - 0.18, [read(r.cross[0]) for r in reports.values()], 0.34, label=label)
axes[1].set(title="Null rows at the step that reads the word, first layer", ylabel="share of null rows", ylim=(0, 1))
for axis in axes:
    axis.set_xticks(places, list(reports))
    axis.legend()
plt.tight_layout()
plt.show()

# %% [markdown]
# ## Along training
#
# Runs of the same seed are stages of one training. A path of attention edges through D levels keeps at most the D-th
# power of an edge's gain: 1/κ among κ equal weights that sum to one, 1/√κ in a normalised rectified row of orthogonal
# values (Kerg et al. 2020 bound gradients so). With the participation ratio in the place of κ:

# %%
stages = (10, 50, 100, 200)
figure, axes = plt.subplots(1, 2, figsize=(12, 3.6))
for name, colour in (("softmax", "tab:blue"), ("ReLA-g", "tab:red")):
    layers = []
    for steps in stages[:-1]:
        model, training = measured.train_translator(corpus, steps=steps, clip=1.0, seed=0, **kinds[name])
        layers.append(measured.report_translation(model, corpus, training).cross[-1])
    layers.append(reports[name].cross[-1])
    # Null rows have neither keys nor participants: the means are over the rows that attend at all.
    kept, attending = (
        [getattr(layer, what) / (1 - layer.null) for layer in layers] for what in ("support", "participation")
    )
    axes[0].plot(stages, kept, "o--", color=colour, label=f"{name}: keys kept")
    axes[0].plot(stages, attending, "o-", color=colour, label=f"{name}: participation ratio")
    gain = [1 / keys if name == "softmax" else keys**-0.5 for keys in attending]
    axes[1].plot(
        stages, np.array(gain) ** 3, "o-", color=colour, label=f"{name}: {'κ^-3' if name == 'softmax' else 'κ^-3/2'}"
    )
axes[0].set(title="Last cross attention: keys of a row", xlabel="training steps", ylabel="keys", ylim=(0, 12))
axes[1].set(title="What a path of three such edges keeps", xlabel="training steps", ylabel="gain", yscale="log")
axes[0].legend(fontsize=8, loc="upper right", ncols=2)
axes[1].legend(fontsize=8)
plt.tight_layout()
plt.show()

# %% [markdown]
# ## What is certain
#
# No map onto the simplex has a null row; rectified attention does, with the probability derived, and the claim is
# supported by a measurement that rejects its rivals.

# %%
finding = examine(all_claims("zhang2021.C7-null")[0])
print(finding.claim.says, "-", finding.verdict)

# %%
assert finding.verdict == finding.claim.expects
assert max(map(abs, scores.values())) < 5
assert reports["softmax"].cross[-1].null == reports["1.5-entmax"].cross[-1].null == 0 < reports["ReLA-g"].cross[-1].null
slope = dict(zip(sizes, found["1.5-entmax"], strict=True))
assert slope[47] < 2**-0.5 < slope[48] < slope[64]
