"""Where SEN is not exact: steps of finite size."""

from fractions import Fraction

from attest import Claim, Observed, absolute, grid, scales_like, within
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived

WHERE = "Theorem 1: what its assumptions neglect"
TASK = {"topics": 8, "classes": 4}


def step_ladder(length):
    rates = (2.0, 1.0, 0.5, 0.25, 0.125)
    return [(rate, measured.measure_step_residual(rate, length=length).residual) for rate in rates]


STEP_ORDER = Claim(
    id="lu2021.E1-order",
    paper=PAPER,
    where=f"{WHERE}: infinitesimal steps",
    says="the residual that a finite learning rate leaves is of first order in the rate",
    predicts=lambda: 1,
    measures=lambda length: step_ladder(length),
    agrees=scales_like(),
    cases=grid(length=(10,)),
    rivals={"no dependence": lambda: 0, "second order": lambda: 2},
    derivation=lambda: derived.step_derivation(),
    budget=0.5,
)


def step_prefactor(length):
    """residual/rate and score at rate -> 0, each extrapolated twice; the error is the last change."""
    runs = [measured.measure_step_residual(rate, length=length) for rate in (0.5, 0.25, 0.125)]
    ratios = [r.residual / rate for r, rate in zip(runs, (0.5, 0.25, 0.125), strict=True)]
    first = [2 * b - a for a, b in ((ratios[0], ratios[1]), (ratios[1], ratios[2]))]
    score = 2 * runs[2].score - runs[1].score
    return Observed(first[1], error=abs(first[1] - first[0]), given={"score": score})


def _step(score, length, separation=Fraction(4, 3), coefficient=1):
    parts = derived.predicted_residual(
        Fraction(score), length, rate=1, separation=derived.simplex_separation(1, 4), **TASK
    )
    return parts.step * coefficient


STEP_PREFACTOR = Claim(
    id="lu2021.E1-prefactor",
    paper=PAPER,
    where=f"{WHERE}: infinitesimal steps",
    says="residual/rate tends to (coupling/2) int x'(coupling a (1 - a) x^2 - 1) dx",
    predicts=lambda score, length: _step(score, length),
    measures=lambda length: step_prefactor(length),
    agrees=within(absolute(2e-5, because="the score in the limit is extrapolated once, its remainder is O(rate^2)")),
    cases=grid(length=(10, 20)),
    rivals={
        "without the factor 1/2": lambda score, length: _step(score, length, coefficient=2),
        "a sentence one word longer": lambda score, length: _step(score, length + 1),
    },
    derivation=lambda: derived.step_derivation(),
    rests_on=("lu2021.E1-order",),
    budget=0.9,
)
