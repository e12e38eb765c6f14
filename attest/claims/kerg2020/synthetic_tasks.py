"""Tasks on memory: copy, transfer copy, denoise; one case for each net and seed."""

from fractions import Fraction

from attest import Claim, Observed, absolute, at_least, at_most, grid, within
from attest.claims.kerg2020 import PAPER
from attest.claims.kerg2020.runs import DELAYS, SEEDS, reach, transferred

F = Fraction
CHANCE = F(1, 8)
SOLVED = within(absolute(F(1, 20), because="what 'solved' is taken to mean: one answer in twenty may be wrong"))


def corrected_and_plain(seed):
    """Quality on denoise with the corrected relevance, given that with the paper's."""
    found, plain = (reach("denoise", "relrnn", seed, corrected=corrected) for corrected in (True, False))
    return Observed(found.value, given={"plain": plain.value}, evidence=[found.evidence, plain.evidence])


COPY = Claim(
    id="kerg2020.X1",
    paper=PAPER,
    where="Section 6, copy task",
    says="screened and full attention, an orthogonal net and a Transformer solve copy at delay 40 in 500 updates",
    predicts=lambda: 1,
    measures=lambda net, seed: reach("copy", net, seed),
    agrees=SOLVED,
    deep_cases=grid(net=("relrnn", "full", "transformer", "orthogonal"), seed=SEEDS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"nine answers in ten": lambda: F(9, 10), "guessing": lambda: CHANCE},
)

COPY_MISSED = Claim(
    id="kerg2020.X1-missed",
    paper=PAPER,
    where="Section 6, copy task",
    says="a plain RNN, an LSTM and a screened LSTM stay below 3/4 on copy at delay 40 after 500 updates",
    predicts=lambda: F(3, 4),
    measures=lambda net, seed: reach("copy", net, seed),
    agrees=at_most(),
    deep_cases=grid(net=("rnn", "lstm", "rellstm"), seed=SEEDS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"half of that": lambda: F(3, 8), "guessing": lambda: CHANCE},
)

TRANSFER = Claim(
    id="kerg2020.X2",
    paper=PAPER,
    where="Section 6, transfer copy task",
    says="trained on copy at delay 40, screened attention answers as well at delays 80, 160 and 400",
    predicts=lambda trained: trained,
    measures=transferred,
    agrees=SOLVED,
    deep_cases=grid(net=("relrnn",), seed=SEEDS, delay=DELAYS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={
        "nine tenths of it": lambda trained: F(9, 10) * F(trained),
        "as much worse as the delay is longer": lambda trained, delay: F(trained) * 40 / delay,
    },
    rests_on=("kerg2020.X1",),
)

TRANSFER_FULL = Claim(
    id="kerg2020.X2-full",
    paper=PAPER,
    where="Section 6, transfer copy task",
    says="trained on copy at delay 40, full attention still answers over half at 80, 160, 400, though not 19 in 20",
    predicts=lambda: F(1, 2),
    measures=transferred,
    agrees=at_least(),
    deep_cases=grid(net=("full",), seed=SEEDS, delay=DELAYS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"as well as screened attention: 19 in 20": lambda: F(19, 20)},
    rests_on=("kerg2020.X1",),
)

TRANSFER_MISSED = Claim(
    id="kerg2020.X2-missed",
    paper=PAPER,
    where="Section 6, transfer copy task",
    says="an orthogonal net and a Transformer, which solve copy at delay 40, stay below 3/4 at 80, 160 and 400",
    predicts=lambda: F(3, 4),
    measures=transferred,
    agrees=at_most(),
    deep_cases=grid(net=("orthogonal", "transformer"), seed=SEEDS, delay=DELAYS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"half of that": lambda: F(3, 8), "guessing": lambda: CHANCE},
    rests_on=("kerg2020.X1",),
)

DENOISE = Claim(
    id="kerg2020.X3",
    paper=PAPER,
    where="Section 6, denoise task (symbols at random positions)",
    says="screened attention, full attention and a Transformer solve denoise at length 40 in 500 updates",
    predicts=lambda: 1,
    measures=lambda net, seed: reach("denoise", net, seed),
    agrees=SOLVED,
    deep_cases=grid(net=("relrnn", "full", "transformer"), seed=SEEDS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"nine answers in ten": lambda: F(9, 10), "guessing": lambda: CHANCE},
)

DENOISE_MISSED = Claim(
    id="kerg2020.X3-missed",
    paper=PAPER,
    where="Section 6, denoise task (symbols at random positions)",
    says="a plain RNN, an LSTM and an orthogonal net stay below 3/4 on denoise at length 40 after 500 updates",
    predicts=lambda: F(3, 4),
    measures=lambda net, seed: reach("denoise", net, seed),
    agrees=at_most(),
    deep_cases=grid(net=("rnn", "lstm", "orthogonal"), seed=(4, 5, 6)),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"half of that": lambda: F(3, 8), "guessing": lambda: CHANCE},
)

CORRECTED = Claim(
    id="kerg2020.X3-corrected",
    paper=PAPER,
    where="Section 6, denoise task, with relevance per competitor (our variant)",
    says="relevance corrected for the number of competitors serves denoise as well as the paper's, and no better",
    predicts=lambda plain: plain,
    measures=corrected_and_plain,
    agrees=SOLVED,
    deep_cases=grid(seed=SEEDS),
    deep_budget=1200.0,
    budget=0.4,
    rivals={
        "a tenth worse": lambda plain: F(9, 10) * F(plain),
        "a tenth better": lambda plain: F(11, 10) * F(plain),
    },
    rests_on=("kerg2020.X3", "kerg2020.RS2-corrected"),
)
