"""The plain RNN on adding: thought to learn nothing in 500 updates, it explains a part of the sum in each run."""

from fractions import Fraction

from attest import Claim, Observed, Verdict, absolute, at_least, grid, within
from attest.claims.kerg2020 import PAPER
from attest.claims.kerg2020.runs import SEEDS, reach

F = Fraction
WHERE = "Tasks on memory: adding (ours beside those of Section 6)"


def unexplained(seed, updates):
    """The share of the sum's variance 1/6 by which a plain RNN errs."""
    found = reach("adding", "rnn", seed, updates=updates)
    return Observed(6 * found.value, evidence=found.evidence)


NOTHING = Claim(
    id="kerg2020.X4-rnn",
    paper=PAPER,
    where=WHERE,
    says="a plain RNN errs by the whole variance on adding at length 40 after 500 updates",
    predicts=lambda: 1,
    measures=unexplained,
    agrees=within(absolute(F(1, 4), because="a quarter of the variance: what little a net may have begun to learn")),
    deep_cases=grid(seed=SEEDS, updates=(500,)),
    deep_budget=1200.0,
    control=[{"seed": 0, "updates": 40}],
    expects=Verdict.REFUTED,
    corrected="kerg2020.X4-rnn-part",
    budget=4.0,
)

PART = Claim(
    id="kerg2020.X4-rnn-part",
    paper=PAPER,
    where=WHERE,
    says="a plain RNN still errs by at least a sixth of the variance on adding at length 40 after 500 updates",
    predicts=lambda: F(1, 6),
    measures=unexplained,
    agrees=at_least(),
    deep_cases=grid(seed=(4, 5, 6), updates=(500,)),
    deep_budget=1200.0,
    budget=0.1,
    rivals={"a third": lambda: F(1, 3), "the whole": lambda: 1},
)
