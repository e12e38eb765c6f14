"""The screened LSTM on denoise: thought to miss the task like nets without attention; one run in three did not."""

from fractions import Fraction

from attest import Claim, Verdict, at_most, grid
from attest.claims.kerg2020 import PAPER
from attest.claims.kerg2020.runs import SEEDS, reach

DENOISE_GATED = Claim(
    id="kerg2020.X3-rellstm",
    paper=PAPER,
    where="Section 6, denoise task (symbols at random positions)",
    says="a screened LSTM, as the nets without attention, stays below 3/4 on denoise at length 40 after 500 updates",
    predicts=lambda: Fraction(3, 4),
    measures=lambda net, seed, updates: reach("denoise", net, seed, updates=updates),
    agrees=at_most(),
    deep_cases=grid(net=("rellstm",), seed=SEEDS, updates=(500,)),
    deep_budget=1200.0,
    control=[{"net": "rnn", "seed": 0, "updates": 60}],
    expects=Verdict.REFUTED,
    scope="500 updates, seeds 1-3: one run of three passes 3/4 and goes on learning, none of them solves the task",
    budget=7.1,
)
