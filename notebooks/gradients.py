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
# # How much gradient does attention carry back?
#
# A linear recurrent net with uniform attention passes $P_{T,t}(\lambda)$ of the gradient from $s_T$ to $h_t$ along an
# eigenvector of $V$. Kerg et al. (2020) keep its constant term: $\Omega(1/T)$. Here is the whole polynomial, measured
# by automatic differentiation on the derived curves, and the disc of eigenvalues for which $1/T$ is a true lower bound.

# %%
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
from scipy import stats

from attest._store import committed, deep_rows
from numerics import gradients as measured
from theory import gradients as derived

# %% [markdown]
# ## Gain against lag
# Lines are derived (exact fractions), dots are autograd, dashes the net without attention.

# %%
spectra = {"0.8": Fraction(4, 5), "1/2": Fraction(1, 2), "1/4": Fraction(1, 4), "-1/2": Fraction(-1, 2)}
T = 128
lags = np.arange(T)
figure, axis = plt.subplots(figsize=(7, 4.5))
gaps = []
for label, eigenvalue in spectra.items():
    gains = [float(g) for g in derived.uniform_attention_gains(T, eigenvalue)]
    seen = measured.measure_linear_jacobians([[float(eigenvalue)]], T)[:, 0, 0]
    gaps.append(np.abs(seen - gains).max() / np.abs(gains).max())
    (line,) = axis.semilogy(lags, np.abs(gains[::-1]), label=rf"$\lambda = {label}$")
    axis.semilogy(lags[::8], np.abs(seen[::-1][::8]), "o", color=line.get_color(), markersize=3)
    axis.semilogy(lags[:40], np.abs(float(eigenvalue)) ** lags[:40], "--", color=line.get_color(), linewidth=0.7)
axis.axhline(1 / T, color="black", linewidth=0.5)
axis.set(xlabel="lag T - t", ylabel=r"$|P_{T,t}(\lambda)|$", ylim=(1e-6, 10), title=f"T = {T}")
axis.legend()
# %% [markdown]
# ## The disc
# Growth exponent of $T\,|P_{T,1}|$ in the complex plane. Inside the disc $|\lambda - 1/2| \le 1/2$ it is $\ge 0$:
# Theorem 1 holds. Left of it, for instance at $\lambda = -1/2$, it is negative: the gradient is $o(1/T)$.

# %%
x, y = np.meshgrid(np.linspace(-1, 1, 201), np.linspace(-1, 1, 201))
z = x + 1j * y
exponent = np.where(np.abs(z) < 1, (z / (1 - z + 1e-12)).real, np.nan)
figure, axis = plt.subplots(figsize=(5, 5))
axis.contourf(x, y, np.clip(exponent, -0.5, 1), levels=21, cmap="RdBu")
angle = np.linspace(0, 2 * np.pi, 200)
axis.plot(0.5 + 0.5 * np.cos(angle), 0.5 * np.sin(angle), color="black")
axis.plot(np.cos(angle), np.sin(angle), color="grey", linewidth=0.5)
axis.set(aspect="equal", xlabel=r"Re $\lambda$", ylabel=r"Im $\lambda$")
# %% [markdown]
# ## What screening keeps
# Uniform attention over a screened set of $\kappa = \nu + \rho$ states: retained states keep $1/\kappa$ whatever the
# lag, dropped ones pay a factor $\lambda/\kappa$ for every $\nu$ steps to the next retained state.

# %%
nu, rho, length, lam = 5, 5, 100, Fraction(3, 10)
run = measured.record_screening(nu, rho, steps=length, score_scale=2.0, seed=0)
net = measured.AttentiveNet(1, 1, activation="identity", attention=run.attended, score="uniform")
gains = measured.measure_jacobians(net.load({"V": [[float(lam)]]}), [[0.0]] * length)[:, 0, 0]
times = np.arange(1, length + 1)
bounds = [float(derived.screened_lower_bound(int(t), length, nu, rho, run.retained, lam)) for t in times]
figure, axis = plt.subplots(figsize=(7, 4))
axis.semilogy(times, gains, label="measured")
axis.semilogy(times, bounds, label="derived lower bound")
axis.semilogy(run.retained, gains[np.array(run.retained) - 1], "o", label="retained")
axis.set(xlabel="t", ylabel=f"gain to T = {length}", ylim=(1e-8, 10))
axis.legend()
# %% [markdown]
# ## Beyond the linear net
# Slope of $\log\|\nabla_{h_1}\|$ between $T = 128$ and $512$ for nets of width 24 on Gaussian inputs, mean over four
# seeds with its 95 % interval (Student), and the gradient without attention at $T = 128$. Only $V = -\frac12 I$ has a
# derived slope, $-4/3$; random spectra are reported, not predicted: complex eigenvalues make the slope oscillate.

# %%
WIDTH, SEEDS, ENDS = 24, range(4), (128, 512)
KINDS = (
    ("Gauss .3", "identity"),
    ("Gauss .5", "tanh"),
    ("Gauss .9", "tanh"),
    ("Gauss .9", "identity"),
    ("orthogonal", "tanh"),
    ("orthogonal", "identity"),
    ("-I/2", "tanh"),
    ("nonnegative, row sums .5", "tanh"),
)


def drawn(kind, rng):
    gaussian = rng.normal(size=(WIDTH, WIDTH)) / np.sqrt(WIDTH)
    if kind.startswith("Gauss"):
        return float(kind.split()[1]) * gaussian
    if kind == "orthogonal":
        return np.linalg.qr(gaussian)[0]
    if kind.startswith("nonneg"):
        return np.abs(gaussian) / (2 * np.abs(gaussian).sum(1, keepdims=True))
    return -np.eye(WIDTH) / 2


def norm(attention, activation, V, inputs, seed):
    net = measured.AttentiveNet(WIDTH, WIDTH, activation=activation, attention=attention, seed=seed).load({"V": V})
    return measured.measure_gradient_norms(net, inputs, times=[1], seed=seed)[0]


slopes = {}
for kind, activation in KINDS:
    found, bare = [], []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        V, inputs = drawn(kind, rng), 0.3 * rng.normal(size=(ENDS[1], WIDTH))
        ends = [norm("uniform", activation, V, inputs[:T], seed) for T in ENDS]
        found.append(np.log(ends[1] / ends[0]) / np.log(ENDS[1] / ENDS[0]))
        bare.append(norm("none", activation, V, inputs[: ENDS[0]], seed))
    slopes[kind, activation] = found
    half = stats.t.ppf(0.975, len(found) - 1) * np.std(found, ddof=1) / np.sqrt(len(found))
    without = np.exp(np.mean(np.log(bare)))
    print(f"{kind:24s} {activation:8s}  slope {np.mean(found):+6.2f} ± {half:4.2f}   without attention {without:.0e}")

# %% [markdown]
# ## What the nets learn
# Committed rows of the claims `kerg2020.X1` to `X7`: width 64, at most 500 updates of 32 sequences, three seeds.
# Nothing trains here; `attest run 'kerg2020.X*' --deep` renews the rows. Quality is accuracy, for adding the mean
# squared error, for characters bits; mean with range. Saved activations are those of one training step. The seconds
# were taken beside other work: rough.

# %%
runs = {}
for row in deep_rows(committed()):
    if row.claim.startswith("kerg2020.X") and row.status == "measured":
        for run in row.evidence if isinstance(row.evidence, list) else [row.evidence]:
            setting = (run.get("short_term"), run.get("relevant"), run.get("corrected"))
            runs[run["task"], run["net"], setting, run["seed"]] = run


def seeds_of(task, net, setting):
    return [run for key, run in sorted(runs.items(), key=str) if key[:3] == (task, net, setting)]


def spread(values):
    return f"{np.mean(values):.3f} [{min(values):.3f}, {max(values):.3f}]"


print(f"{'task':11s} {'net':12s} seeds  {'quality':22s} {'updates':>7s} {'CPU s':>6s} {'wall s':>6s} {'saved MiB':>9s}")
for task, net, setting in sorted({key[:3] for key in runs}, key=str):
    if setting in ((None,) * 3, (10, 10, False)):
        same = seeds_of(task, net, setting)
        mean = {name: np.mean([run[name] for run in same]) for name in ("updates", "cpu_seconds", "wall_seconds")}
        print(
            f"{task:11s} {net:12s} {len(same):5d}  {spread([run['quality'] for run in same]):22s}"
            f" {mean['updates']:7.0f} {mean['cpu_seconds']:6.1f} {mean['wall_seconds']:6.1f}"
            f" {same[0]['saved_bytes'] / 2**20:9.1f}"
        )

# %% [markdown]
# Copy learned at delay 40, answered at longer delays without further training.

# %%
for net in sorted({key[1] for key in runs if key[0] == "copy"}):
    same = [run["transfer"] for key, run in runs.items() if key[:2] == ("copy", net)]
    for delay in sorted(same[0], key=lambda name: int(name.split()[-1])):
        print(f"{net:12s} {delay:15s} {spread([found[delay] for found in same])}")

# %% [markdown]
# ## The trade-off
# Quality on denoise against the activations that one training step saves and the CPU seconds of an update, over
# $(\nu, \rho)$; full attention beside it. The line joins the Pareto front: from there, better quality costs more.

# %%
points = {}
for setting in sorted({key[2] for key in runs if key[:2] == ("denoise", "relrnn") and not key[2][2]}):
    points[f"({setting[0]}, {setting[1]})"] = seeds_of("denoise", "relrnn", setting)
points["full"] = seeds_of("denoise", "full", (None,) * 3)
figure, axes = plt.subplots(1, 2, figsize=(10, 4), sharey=True)
fronts = []
for axis, cost, label in (
    (axes[0], lambda run: run["saved_bytes"] / 2**20, "saved activations, MiB"),
    (axes[1], lambda run: run["cpu_seconds"] / run["updates"], "CPU seconds of an update"),
):
    seen = {
        name: (np.mean([cost(r) for r in same]), [r["quality"] for r in same]) for name, same in points.items() if same
    }
    front, best = [], 0.0
    for name, (x, qualities) in sorted(seen.items(), key=lambda item: item[1][0]):
        y = np.mean(qualities)
        axis.errorbar(x, y, [[y - min(qualities)], [max(qualities) - y]], fmt="o", color="tab:blue", capsize=2)
        axis.annotate(name, (x, y), textcoords="offset points", xytext=(4, -10), fontsize=8)
        if y > best:
            front.append((x, y, name))
            best = y
    axis.plot([x for x, _, _ in front], [y for _, y, _ in front], color="tab:red", linewidth=1)
    axis.set(xlabel=label, ylabel="accuracy" if axis is axes[0] else "")
    fronts.append([name for _, _, name in front])
    print(f"Pareto front in {label}: {', '.join(fronts[-1])}")

# %%
assert max(gaps) < 1e-12
assert np.all(gains >= np.array(bounds) * (1 - 1e-12))
assert not derived.omega_one_over_T(Fraction(-1, 2)) and derived.omega_one_over_T(Fraction(1, 2))
assert abs(np.mean(slopes["-I/2", "tanh"]) + 4 / 3) < 0.15 < abs(np.mean(slopes["-I/2", "tanh"]) + 1)
assert all(len(seeds_of(*which)) >= 3 for which in {key[:3] for key in runs if key[3]})
