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
import torch

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
# Slope of $\log\|\nabla_{h_1}\|$ between $T = 128$ and $512$ for nets of width 16, mean and range over four seeds.
# Only $V = -\frac12 I$ has a derived slope, $-4/3$; random spectra are reported, not predicted.

# %%
WIDTH, SEEDS = 16, range(4)


def drawn(kind, seed):
    rng = np.random.default_rng(seed)
    gaussian = rng.normal(size=(WIDTH, WIDTH)) / np.sqrt(WIDTH)
    match kind:
        case "Gauss .5":
            return gaussian / 2
        case "Gauss .9":
            return 0.9 * gaussian
        case "orthogonal":
            return np.linalg.qr(gaussian)[0]
        case "nonnegative, row sums .5":
            return np.abs(gaussian) / (2 * np.abs(gaussian).sum(1, keepdims=True))
        case _:
            return -np.eye(WIDTH) / 2


slopes = {}
for kind in ("Gauss .5", "Gauss .9", "orthogonal", "-I/2", "nonnegative, row sums .5"):
    slopes[kind] = []
    for seed in SEEDS:
        net = measured.AttentiveNet(WIDTH, WIDTH, attention="uniform", seed=seed).load({"V": drawn(kind, seed)})
        inputs = 0.3 * np.random.default_rng(seed).normal(size=(512, WIDTH))
        ends = [measured.measure_gradient_norms(net, inputs[:T], times=[1], seed=seed)[0] for T in (128, 512)]
        slopes[kind].append(np.log(ends[1] / ends[0]) / np.log(4))
    print(f"{kind:26s} {np.mean(slopes[kind]):+.2f}  [{min(slopes[kind]):+.2f}, {max(slopes[kind]):+.2f}]")

# %% [markdown]
# ## The trade-off
# Saved activations against the share of past states that keep a gain of at least $1/\kappa$.

# %%
for short_term, relevant in ((2, 2), (5, 5), (10, 10), (20, 20)):
    screened = measured.AttentiveNet(2, 8, attention="screened", short_term=short_term, relevant=relevant)
    inputs = torch.zeros(length, 1, 2, dtype=torch.float64)
    saved = measured.measure_saved_bytes(lambda screened=screened, inputs=inputs: screened(inputs).states[-1])
    print(f"nu = rho = {short_term:2d}: {saved / 2**10:7.0f} KiB saved, {short_term + relevant} states within 1/kappa")

# %%
assert max(gaps) < 1e-12
assert np.all(gains >= np.array(bounds) * (1 - 1e-12))
assert not derived.omega_one_over_T(Fraction(-1, 2)) and derived.omega_one_over_T(Fraction(1, 2))
assert abs(np.mean(slopes["-I/2"]) + 4 / 3) < 0.15 < abs(np.mean(slopes["-I/2"]) + 1)
