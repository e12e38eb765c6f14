"""The adding task; one case for each net and seed. Quality is the share of the sum's variance that is explained."""

from fractions import Fraction

from attest import Claim, Observed, absolute, at_least, grid, within
from attest.claims.kerg2020 import PAPER
from attest.claims.kerg2020.runs import SEEDS, explained

F = Fraction
WHERE = "Tasks on memory: adding (ours beside those of Section 6)"


def unexplained(net, seed):
    found = explained(net, seed)
    return Observed(1 - found.value, evidence=found.evidence)


ADDING = Claim(
    id="kerg2020.X4",
    paper=PAPER,
    where=WHERE,
    says="on adding at length 40 nets with full or screened attention explain the variance of the sum in 500 updates",
    predicts=lambda: 1,
    measures=explained,
    agrees=within(absolute(F(1, 20), because="what 'explain' is taken to mean: a twentieth may be left")),
    deep_cases=grid(net=("relrnn", "full", "transformer", "rellstm"), seed=SEEDS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"nine tenths of it": lambda: F(9, 10), "none, as by always answering 1": lambda: 0},
)

ADDING_GATED = Claim(
    id="kerg2020.X4-lstm",
    paper=PAPER,
    where=WHERE,
    says="on adding at length 40 an LSTM without attention explains at least half of the variance in 500 updates",
    predicts=lambda: F(1, 2),
    measures=explained,
    agrees=at_least(),
    deep_cases=grid(net=("lstm",), seed=SEEDS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"all of it": lambda: 1},
)

ADDING_LEFT = Claim(
    id="kerg2020.X4-left",
    paper=PAPER,
    where=WHERE,
    says="an orthogonal net errs by at least three quarters of the variance on adding at length 40 after 500 updates",
    predicts=lambda: F(3, 4),
    measures=unexplained,
    agrees=at_least(),
    deep_cases=grid(net=("orthogonal",), seed=(7, 8, 9)),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"three halves": lambda: F(3, 2), "twice the variance": lambda: 2},
)
