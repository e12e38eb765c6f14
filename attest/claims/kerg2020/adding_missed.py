"""The nets without attention that were thought to learn nothing of the adding task in 500 updates.

Seeds 1-3 showed the plain RNN to learn a part of it; seeds 4-6 judged narrower forms, of which one asked that an
orthogonal net err by no more than the whole variance either. What stands for it is judged on seeds 7-9.
"""

from fractions import Fraction

from attest import Claim, Observed, Verdict, absolute, grid, within
from attest.claims.kerg2020 import PAPER
from attest.claims.kerg2020.runs import SEEDS, reach

F = Fraction
WHERE = "Tasks on memory: adding (ours beside those of Section 6)"


def unexplained(net, seed, updates):
    """The error as a share of the sum's variance 1/6."""
    found = reach("adding", net, seed, updates=updates)
    return Observed(6 * found.value, evidence=found.evidence)


MISSED = Claim(
    id="kerg2020.X4-missed",
    paper=PAPER,
    where=WHERE,
    says="a plain RNN and an orthogonal net err by the whole variance on adding at length 40 after 500 updates",
    predicts=lambda: 1,
    measures=unexplained,
    agrees=within(absolute(F(1, 4), because="a quarter of the variance: what little a net may have begun to learn")),
    deep_cases=grid(net=("rnn", "orthogonal"), seed=SEEDS, updates=(500,)),
    deep_budget=1200.0,
    control=[{"net": "orthogonal", "seed": 0, "updates": 40}],
    expects=Verdict.REFUTED,
    corrected="kerg2020.X4-left",
    budget=6.6,
)
