"""Quality against resources: denoise learned with several sizes of the short-term buffer and the relevant set.

The evidence of each row holds the activations that one training step saves and the CPU seconds of the run.
"""

from fractions import Fraction

from attest import Claim, Observed, absolute, at_least, at_most, grid, within
from attest.claims.kerg2020 import PAPER
from attest.claims.kerg2020.runs import SEEDS, reach

F = Fraction
WHERE = "Section 6, quality against resources over (nu, rho)"


def sizes(*pairs):
    return tuple({"seed": seed, "short_term": nu, "relevant": rho} for nu, rho in pairs for seed in SEEDS)


def denoise(seed, short_term, relevant):
    return reach("denoise", "relrnn", seed, short_term=short_term, relevant=relevant)


def screened_and_window(seed, states):
    """Quality with half of *states* screened by relevance, given that of a window over the last *states*."""
    screened, window = denoise(seed, states // 2, states // 2), denoise(seed, states, 0)
    return Observed(screened.value, given={"window": window.value}, evidence=[screened.evidence, window.evidence])


TRADE_OFF = Claim(
    id="kerg2020.X8",
    paper=PAPER,
    where=WHERE,
    says="screened attention with (nu, rho) = (5, 5), (10, 2) or (10, 10) solves denoise at length 40 in 500 updates",
    predicts=lambda: 1,
    measures=denoise,
    agrees=within(absolute(F(1, 20), because="what 'solved' is taken to mean: one answer in twenty may be wrong")),
    deep_cases=sizes((5, 5), (10, 2), (10, 10)),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"nine answers in ten": lambda: F(9, 10), "guessing": lambda: F(1, 8)},
)

TOO_SMALL = Claim(
    id="kerg2020.X8-small",
    paper=PAPER,
    where=WHERE,
    says="windows of nu = 2, 5 or 10 without a relevant set, or nu = rho = 2, stay below 19/20 on denoise",
    predicts=lambda: F(19, 20),
    measures=denoise,
    agrees=at_most(),
    deep_cases=sizes((2, 0), (5, 0), (10, 0), (2, 2)),
    deep_budget=1200.0,
    budget=0.4,
    rivals={"below 3/5": lambda: F(3, 5), "guessing": lambda: F(1, 8)},
)

# On seeds 1-3 the weaker "no worse than a window" could not tell itself from a gain of a tenth, which they all showed.
EQUAL_MEMORY = Claim(
    id="kerg2020.X8-window",
    paper=PAPER,
    where=WHERE,
    says="of 10 stored states half are better screened: denoise gains a twentieth at least over a window of all 10",
    predicts=lambda window: F(window) + F(1, 20),
    measures=screened_and_window,
    agrees=at_least(),
    deep_cases=grid(seed=(4, 5, 6), states=(10,)),
    deep_budget=1200.0,
    budget=0.4,
    rivals={
        "two fifths of the answers": lambda window: F(window) + F(2, 5),
        "a gain by half as much again": lambda window: F(3, 2) * F(window),
    },
)
