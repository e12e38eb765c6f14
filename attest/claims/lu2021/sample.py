"""Where SEN is not exact: finitely many sentences, and all causes together."""

from fractions import Fraction
from math import sqrt

from attest import Claim, grid, relative, scales_like, within
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived

WHERE = "Theorem 1: what its assumptions neglect"
TASK = {"topics": 8, "classes": 4}


def observe_training(sentences, irrelevant, rate, score, seeds):
    runs = [
        measured.measure_training_residual(
            sentences=sentences, irrelevant=irrelevant, rate=rate, until_score=score, seed=seed
        ).residual
        for seed in range(seeds)
    ]
    return sum(runs) / seeds


def _parts(sentences, irrelevant, rate, score):
    return derived.predicted_residual(
        Fraction(score), 20, rate=Fraction(rate), separation=derived.simplex_separation(1, 4), sentences=sentences,
        irrelevant=irrelevant, **TASK,
    )  # fmt: skip


A_PRIORI = Claim(
    id="lu2021.E3",
    paper=PAPER,
    where=f"{WHERE}: all three together",
    says="sample + vocabulary + step terms predict the residual at equal score from the set-up alone, nothing fitted",
    predicts=lambda sentences, irrelevant, rate, score: _parts(sentences, irrelevant, rate, score).total,
    measures=lambda sentences, irrelevant, rate, score, seeds: observe_training(
        sentences, irrelevant, rate, score, seeds
    ),
    agrees=within(relative(0.06, because="cross terms, O(residual^2) and O(rate^2), and the draw of 2 samples")),
    cases=[
        {"sentences": n, "irrelevant": r, "rate": 1.0, "score": s, "seeds": 2}
        for n, r, s in ((400, 500, 3.5), (400, 5000, 3.5), (800, 5000, 3.5), (1600, 500, 3.5), (800, 500, 2.0))
    ],
    rivals={
        "no memory of the sentences": lambda sentences, irrelevant, rate, score: (
            _parts(sentences, irrelevant, rate, score).vocabulary
        ),
        "no drift of the vocabulary": lambda sentences, irrelevant, rate, score: (
            _parts(sentences, irrelevant, rate, score).sample
        ),
        "half the sample": lambda sentences, irrelevant, rate, score: (
            _parts(sentences // 2, irrelevant, rate, score).total
        ),
    },
    derivation=lambda: (*derived.step_derivation(), *derived.drift_derivation()),
    rests_on=("lu2021.E1-prefactor", "lu2021.E2-order"),
    budget=2.9,
)


def sample_ladder(seeds):
    """A vocabulary of a million words at every sample size, so that its own part, T/R, is a hundredth at most."""
    ladder = []
    for n in (50, 100, 200, 400, 800):
        found = [
            -measured.extrapolated_residual(
                sentences=n, irrelevant=10**6, rate=1.0, until_score=3.0, length=10, seed=seed
            )
            for seed in range(seeds)
        ]
        mean = sum(found) / seeds
        spread = sqrt(sum((f - mean) ** 2 for f in found) / (seeds - 1) / seeds)
        ladder.append((n, mean, 3 * spread))
    return ladder


SAMPLE_ORDER = Claim(
    id="lu2021.E3-order",
    paper=PAPER,
    where=f"{WHERE}: many sentences",
    says="with the step's part extrapolated away and a vast vocabulary, the residual falls as 1/N",
    predicts=lambda: -1,
    measures=lambda seeds: sample_ladder(seeds),
    agrees=scales_like(),
    cases=grid(seeds=(2,)),
    rivals={"it stays": lambda: 0, "second order": lambda: -2},
    rests_on=("lu2021.E3",),
    budget=4.7,
)
