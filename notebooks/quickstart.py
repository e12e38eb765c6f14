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
# # Quickstart
#
# A paper says something; here it is derived on one side, measured on the other, and compared together with *rivals*:
# plausible wrong statements that the same measurement has to contradict. This page examines two claims, one that holds
# and one that does not, and evaluates a formula. It takes seconds.

# %%
import matplotlib.pyplot as plt

from attest import AssumptionError, Verdict, all_claims, bounds, examine
from theory import capacity as derived

# %% [markdown]
# ## A claim
# Cover (1965) counts the labellings of $m$ points in general position in $\mathbb R^d$ that one linear gate can
# produce. Nothing is measured yet: this is the declaration.

# %%
(claim,) = all_claims("cover1965.theorem-1")
claim

# %% [markdown]
# Examining it draws points, decides every labelling with an integer certificate, and judges.

# %%
finding = examine(claim)
finding

# %% [markdown]
# The dots are counted; the line is the paper's formula; the dashed lines are the rivals. Up to $m = 3$ points all three
# agree: a study that stopped there could not have told them apart, and its verdict would be POWERLESS.

# %%
solid = [case for case in finding.cases if case.row.case["d"] == 3]
points = [case.row.case["m"] for case in solid]
figure, axis = plt.subplots(figsize=(7, 4.5))
axis.plot(points, [case.predicted for case in solid], "k-", label="theorem: $C(m, 3)$")
axis.plot(points, [case.row.value for case in solid], "o", color="C0", markersize=8, label="counted")
axis.plot(points, [derived.dichotomy_count(m, 4) for m in points], "--", color="C1", label="rival: one dimension more")
axis.plot(points, [2**m for m in points], "--", color="C3", label="rival: every labelling")
axis.set(xlabel="points in general position in three dimensions", ylabel="separable labellings", yscale="log")
axis.set_title("Counting agrees with the theorem and contradicts both rivals")
axis.legend()
plt.show()

# %% [markdown]
# ## A refutation
# "Uniform attention keeps the gradient of order $1/T$, whatever the recurrent matrix $V$": a natural reading of Theorem
# 1 of Kerg et al. (2020). For $V = -v I$ it fails: $T$ times the gradient tends to 0. An asymptotic statement has no
# finite measurement, so it falls with a law: an upper bound $u(T)$ with $T\,u(T) \to 0$, supported by measurement
# and derived step by step.

# %%
law = examine(all_claims("kerg2020.N1-decay")[0])
reading = examine(all_claims("kerg2020.N1")[0], others={law.claim.id: law})
half = [case for case in law.cases if case.row.case["v"] == 1 / 2]
half.sort(key=lambda case: case.row.case["T"])
lengths = [case.row.case["T"] for case in half]
figure, axis = plt.subplots(figsize=(7, 4.5))
axis.loglog(
    lengths, [T * case.row.value for T, case in zip(lengths, half, strict=True)], "o", label="measured, $v = 1/2$"
)
axis.loglog(
    lengths,
    [T * float(case.predicted) for T, case in zip(lengths, half, strict=True)],
    "k-",
    label="derived upper bound $T\\,u(T)$",
)
axis.axhline(1, color="C3", linestyle="--", label="what the reading promises: bounded below")
axis.set(
    xlabel="sequence length T", ylabel="T × gradient", title="The gradient falls faster than 1/T", ylim=(1e-2, 1e5)
)
axis.legend(loc="upper right")
plt.show()
print(f"{law.claim.id}: {law.verdict}\n{reading.claim.id}: {reading.verdict}; {reading.claim.corrected} holds instead")

# %% [markdown]
# ## A formula of your own numbers
# `attest.bounds` has every bound and law as a function of floats, arrays and torch tensors. It says what it rests on,
# and refuses what its hypotheses exclude.

# %%
print(bounds.gain_lower_bound(T=100, t=1, eigenvalue=0.5, explain=True))
try:
    bounds.gain_lower_bound(T=100, t=1, eigenvalue=-0.5)
except AssumptionError as refusal:
    print(f"\nAssumptionError: {refusal}")
    refused = True

# %% [markdown]
# The same at a terminal: `attest run cover1965`, `attest show kerg2020.N1`, `attest bound gain_lower_bound T=100 t=1
# eigenvalue=1/2`. The notebook `your_claim` adds a claim of another paper.

# %%
assert finding.verdict is Verdict.SUPPORTED and all(rival.contradicted for rival in finding.rivals.values())
assert (law.verdict, reading.verdict) == (Verdict.SUPPORTED, Verdict.REFUTED)
assert refused
