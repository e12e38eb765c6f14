"""Speed of a rectified training step; ``python benchmarks/sparsity.py --rows FILE`` measures the rows."""

from fractions import Fraction

from attest import Claim, absolute, at_least, grid, within
from attest.claims.zhang2021.paper import PAPER

ENTMAX = Claim(
    id="zhang2021.C3-speed",
    paper=PAPER,
    where="Abstract; released table (0.93 of softmax's training speed against 0.26 and 0.27)",
    says="a training step takes at most half the time of the same step with 1.5-entmax (small translator, n >= 64)",
    predicts=lambda: 2,
    agrees=at_least(),
    kind="benchmark",
    deep_cases=grid(n=(64, 128, 256)),
    deep_budget=600.0,
    rivals={"twice that": lambda: 4, "ten times that": lambda: 20},
    budget=0.4,
)

SOFTMAX = Claim(
    id="zhang2021.C3-softmax",
    paper=PAPER,
    where="Abstract; released table (0.93 of softmax's training speed)",
    says="a training step runs at 0.6 to 1.6 of the speed of the same step with softmax (small translator, n >= 64)",
    predicts=lambda: Fraction(11, 10),
    agrees=within(absolute(Fraction(1, 2), because="what counts as comparable speed: 0.6 to 1.6 of softmax's")),
    kind="benchmark",
    deep_cases=grid(n=(64, 128, 256)),
    deep_budget=600.0,
    rivals={
        "twice as fast": lambda: Fraction(11, 5),
        "as slow as the sparse maps in the released table": lambda: Fraction(27, 100),
    },
    budget=0.4,
)
