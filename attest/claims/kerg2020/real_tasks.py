"""Tasks on real data: permuted digits and characters; one case for each net and seed."""

from fractions import Fraction

from attest import Claim, Verdict, absolute, at_least, at_most, grid, within
from attest.claims.kerg2020 import PAPER
from attest.claims.kerg2020.runs import SEEDS, compare, reach

F = Fraction
NETS = ("relrnn", "rnn", "full", "transformer", "lstm", "orthogonal", "rellstm")

DIGITS = Claim(
    id="kerg2020.X5",
    paper=PAPER,
    where="Section 6, permuted sequential MNIST (here the 8x8 digits)",
    says="on permuted digits screened attention is at least as accurate as a plain RNN after as many updates",
    predicts=lambda rival_quality: rival_quality,
    measures=compare,
    agrees=at_least(),
    deep_cases=grid(task=("digits",), net=("relrnn",), other=("rnn",), seed=SEEDS),
    deep_budget=1200.0,
    control=[{"task": "copy", "net": "transformer", "other": "rnn", "seed": 0, "updates": 40}],
    expects=Verdict.REFUTED,
    scope="not at this scale: 64 steps, width 64, 300 updates, seeds 1-3; on copy the comparison sees attention ahead",
    budget=12,
)

DIGITS_LEARNED = Claim(
    id="kerg2020.X5-learned",
    paper=PAPER,
    where="Section 6, permuted sequential MNIST (here the 8x8 digits)",
    says="every net reads at least half of the permuted digits after 300 updates",
    predicts=lambda: F(1, 2),
    measures=lambda net, seed: reach("digits", net, seed),
    agrees=at_least(),
    deep_cases=grid(net=NETS, seed=SEEDS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"nine tenths": lambda: F(9, 10), "four fifths": lambda: F(4, 5)},
)

CHARACTERS = Claim(
    id="kerg2020.X6",
    paper=PAPER,
    where="Section 6, character-level Penn Treebank (here the texts of Python's help)",
    says="screened attention needs as many bits per character as full attention, to a tenth of a bit, in 250 updates",
    predicts=lambda rival_quality: rival_quality,
    measures=compare,
    agrees=within(absolute(F(1, 10), because="what 'as many' is taken to mean: a tenth of a bit")),
    deep_cases=grid(task=("characters",), net=("relrnn",), other=("full",), seed=SEEDS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={
        "a tenth fewer": lambda rival_quality: F(9, 10) * F(rival_quality),
        "no knowledge of 32 characters": lambda: 5,
    },
)

CHARACTERS_LEARNED = Claim(
    id="kerg2020.X6-learned",
    paper=PAPER,
    where="Section 6, character-level Penn Treebank (here the texts of Python's help)",
    says="every net needs less than 4 bits per character after 250 updates",
    predicts=lambda: 4,
    measures=lambda net, seed: reach("characters", net, seed),
    agrees=at_most(),
    deep_cases=grid(net=NETS, seed=SEEDS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"below 3 bits": lambda: 3, "below 2 bits": lambda: 2},
)
