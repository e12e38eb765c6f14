"""Where SEN is not exact: a dictionary of finite size."""

from fractions import Fraction
from math import exp

from attest import Claim, Observed, grid, relative, scales_like, within
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived

WHERE = "Theorem 1: what its assumptions neglect"


def unit(classes):
    return [[float(i == j) for j in range(classes)] for i in range(classes)]


def observe_population(irrelevant, length, classes, words_per_class, score):
    run = measured.flow_population(
        unit(classes), words_per_class=words_per_class, irrelevant=irrelevant, length=length, times=[1e4],
        until_score=score,
    )  # fmt: skip
    return Observed(float(run.norms[-1, 0]), given={"reached": float(run.scores[-1, 0])})


VOCABULARY = Claim(
    id="lu2021.E2",
    paper=PAPER,
    where=f"{WHERE}: a large dictionary",
    says="with R irrelevant words s + (e^(kappa s) - 1)/(kappa m) = coupling |v|^2/2, kappa = 1 + T/R, symmetric head",
    predicts=lambda reached, irrelevant, length, classes, words_per_class: derived.finite_vocabulary_norm(
        Fraction(reached), length, classes * words_per_class, irrelevant
    ),
    measures=lambda irrelevant, length, classes, words_per_class, score: observe_population(
        irrelevant, length, classes, words_per_class, score
    ),
    agrees=within(relative(1e-9, because="DOP853 at relative tolerance 1e-12")),
    cases=grid(irrelevant=(50, 5000), length=(5, 20), classes=(2, 4), words_per_class=(1, 2), score=(4.0,)),
    rivals={
        "no drift of the irrelevant words": lambda reached, length: derived.sen_norm(Fraction(reached), length),
        "kappa = 1 + T/(R + T)": lambda reached, irrelevant, length, classes, words_per_class: (
            derived.finite_vocabulary_norm(
                Fraction(reached), length, classes * words_per_class, irrelevant + classes * words_per_class
            )
        ),
        "twice the drift": lambda reached, irrelevant, length, classes, words_per_class: derived.finite_vocabulary_norm(
            Fraction(reached), length, 2 * classes * words_per_class, irrelevant
        ),
    },
    derivation=lambda: derived.vocabulary_derivation(),
    rests_on=("lu2021.I5",),
    budget=2.3,
)


def vocabulary_ladder(length):
    ladder = []
    for size in (1000, 2000, 4000, 8000, 16000):
        run = measured.flow_population(
            unit(4), words_per_class=2, irrelevant=size, length=length, times=[1e4], until_score=4.0
        )
        s, x = float(run.scores[-1, 0]), float(run.norms[-1, 0])
        ladder.append((size, x**2 / 2 - s - (exp(s) - 1) / length))
    return ladder


VOCABULARY_ORDER = Claim(
    id="lu2021.E2-order",
    paper=PAPER,
    where=f"{WHERE}: a large dictionary",
    says="the residual that a finite vocabulary of R irrelevant words leaves falls as 1/R",
    predicts=lambda: -1,
    measures=lambda length: vocabulary_ladder(length),
    agrees=scales_like(),
    cases=grid(length=(5, 20)),
    rivals={"it stays": lambda: 0, "second order": lambda: -2},
    derivation=lambda: derived.vocabulary_derivation(),
    rests_on=("lu2021.E2",),
    budget=1.9,
)
