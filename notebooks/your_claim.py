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
# # Adding a paper's claim from scratch
#
# Vaswani et al. (2017) divide attention scores by $\sqrt{d}$ and say why in a footnote: if the components of $q$ and
# $k$ are independent with mean 0 and variance 1, then $q \cdot k$ has mean 0 and variance $d$. Here this footnote
# becomes a claim: its conclusion on one side, its definition on the other, rivals, a verdict; then a careless reading
# is refuted.

# %%
from fractions import Fraction
from itertools import product

import matplotlib.pyplot as plt

from attest import Claim, Paper, Verdict, equal, examine, grid

PAPER = Paper(
    key="vaswani2017",
    title="Attention Is All You Need",
    authors=("Vaswani, Ashish", "Shazeer, Noam", "Parmar, Niki", "Uszkoreit, Jakob", "Jones, Llion", "Gomez, Aidan N.",
             "Kaiser, Lukasz", "Polosukhin, Illia"),
    year=2017,
    venue="Advances in Neural Information Processing Systems 30",
    arxiv="1706.03762",
)  # fmt: skip

# %% [markdown]
# ## Two sides
# The **conclusion** is what the paper writes down. The **definition** is executed and knows no formula for it: it goes
# through all pairs of vectors whose components take equally likely values, and takes the variance of their products.
# In fractions both are exact, so that they are compared with `equal` and no tolerance is needed.
#
# In a checkout the first goes to `theory/<subject>/`, the second to `numerics/<subject>/`; they share no module.


# %%
def score_variance(d):
    """Conclusion: the variance of q·k, components of mean 0 and variance 1."""
    return d


def enumerate_score_variance(values, d):
    """Definition: the variance of q·k over all q and k whose d components take the *values*, equally likely."""
    scores = [sum((a * b for a, b in zip(q, k, strict=True)), Fraction(0)) for q in product(values, repeat=d)
              for k in product(values, repeat=d)]  # fmt: skip
    mean = Fraction(sum(scores), len(scores))
    return sum((score - mean) ** 2 for score in scores) / len(scores)


SIGNS = (-1, 1)
SKEWED = (2, *[Fraction(-1, 2)] * 4)  # mean 0 and variance 1 as well, but nothing symmetric about it

# %% [markdown]
# ## The claim, with rivals
# What else might be true? A rival is near where it is easy to get wrong: an index off by one, a factor 2. The skewed
# components show that the law of the components does not matter.

# %%
FOOTNOTE = Claim(
    id="vaswani2017.scaling",
    paper=PAPER,
    where="Section 3.2.1, footnote 4",
    says="q.k has variance d if components are independent with mean 0 and variance 1",
    predicts=lambda d: score_variance(d),
    measures=lambda values, d: enumerate_score_variance(values, d),
    agrees=equal,
    cases=[*grid(values=[SIGNS], d=range(1, 6)), *grid(values=[SKEWED], d=range(1, 3))],
    rivals={
        "d - 1: one component is spent on the mean": lambda d: d - 1,
        "2d: both vectors contribute": lambda d: 2 * d,
        "d squared: the components move together": lambda d: d**2,
    },
    budget=3.0,
)
finding = examine(FOOTNOTE)
finding

# %% [markdown]
# Were the experiment only run at $d = 1$, the last rival would agree with it. The verdict says so:

# %%
ALONE = Claim(
    id="vaswani2017.scaling-alone", paper=PAPER, where=FOOTNOTE.where, says=FOOTNOTE.says,
    predicts=FOOTNOTE.predicts, measures=FOOTNOTE.measures, agrees=equal, cases=grid(values=[SIGNS, SKEWED], d=[1]),
    rivals=FOOTNOTE.rivals,
)  # fmt: skip
alone = examine(ALONE)
print(alone.verdict, "-", alone.reason)

# %% [markdown]
# ## A refutation
# A careless reading forgets the mean: "divided by $\sqrt d$, scores have variance 1, whatever the components' mean".
# A statement expected to be false is declared so. It needs `control` cases, on which it does hold, so that a broken
# measurement is not mistaken for a refutation, and the claim that is true instead. With mean $\mu$ the product of two
# components has variance $(1+\mu^2)^2 - \mu^4 = 1 + 2\mu^2$.

# %%
CORRECTED = Claim(
    id="vaswani2017.scaling-mean",
    paper=PAPER,
    where="Section 3.2.1, footnote 4, without its hypothesis on the mean",
    says="with components of mean mu and variance 1, q.k has variance d (1 + 2 mu^2)",
    predicts=lambda mean, d: d * (1 + 2 * mean**2),
    measures=lambda mean, d: enumerate_score_variance([mean + value for value in SIGNS], d),
    agrees=equal,
    cases=grid(mean=(Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2)), d=range(1, 5)),
    rivals={
        "d (1 + mu^2): the mean enters once": lambda mean, d: d * (1 + mean**2),
        "d (1 + mu^2)^2: a second moment in place of a variance": lambda mean, d: d * (1 + mean**2) ** 2,
    },
    budget=3.0,
)
CARELESS = Claim(
    id="vaswani2017.scaling-careless",
    paper=PAPER,
    where=CORRECTED.where,
    says="q.k has variance d whatever the mean of the components",
    predicts=lambda d: d,
    measures=CORRECTED.measures,
    agrees=equal,
    cases=grid(mean=(Fraction(1, 2), Fraction(1), Fraction(2)), d=range(1, 5)),
    expects=Verdict.REFUTED,
    control=grid(mean=(Fraction(0),), d=range(1, 5)),
    corrected=CORRECTED.id,
    budget=3.0,
)
corrected, careless = examine(CORRECTED), examine(CARELESS)
worst = careless.counterexample
print(f"{corrected.claim.id}: {corrected.verdict}")
case = ", ".join(f"{name} = {value}" for name, value in worst.row.case.items())
print(f"{careless.claim.id}: {careless.verdict}; at {case} it says {worst.predicted}, not {worst.row.value}")

# %%
figure, axis = plt.subplots(figsize=(7, 4.5))
for mean, colour in zip((0, 1, 2), ("C0", "C1", "C2"), strict=True):
    cases = [case for case in corrected.cases if case.row.case["mean"] == mean]
    widths = [case.row.case["d"] for case in cases]
    axis.plot(widths, [case.predicted for case in cases], "-", color=colour)
    axis.plot(widths, [case.row.value for case in cases], "o", color=colour, label=f"components of mean {mean}")
axis.plot(widths, widths, "k--", label="careless reading: d, whatever the mean")
axis.set(xlabel="dimension d of query and key", ylabel="variance of q · k", xticks=range(1, 5), yscale="log")
axis.set_title("Scores have variance d only if components have mean 0\nlines derived, dots enumerated")
axis.legend()
plt.show()

# %% [markdown]
# ## From here to a file
# `attest new vaswani2017` writes `attest/claims/vaswani2017.py` with an example that runs; it is found without being
# registered. Then `attest run vaswani2017`, `attest show vaswani2017.scaling`, and, once every verdict is the declared
# one, `attest ledger verdicts --write`. Outside this project, announce the module under the entry point group
# `attest.claims`.

# %%
assert finding.verdict is corrected.verdict is Verdict.SUPPORTED
assert alone.verdict is Verdict.POWERLESS
assert careless.verdict is Verdict.REFUTED and careless.as_declared
