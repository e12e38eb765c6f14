"""Theorem 2: two variables are enough for a symmetric head, and both only grow."""

from fractions import Fraction
from math import exp

from attest import Claim, Observed, Rival, absolute, at_least, grid, relative, within
from attest.claims.lu2021.fixed_heads import FLOW, WHERE, run_word, simplex
from attest.claims.lu2021.paper import PAPER
from attest.claims.lu2021.quadrature import evaluated
from numerics import dynamics as measured
from theory import dynamics as derived


def observe_tables(classes, mass, length, time):
    """Scores of the first topic word under the flow of all keys and embeddings; time is what the law predicts."""
    data = measured.one_sentence_per_topic(topics=classes, classes=classes, length=mass)
    run = measured.flow_attention(
        data, head=measured.make_head("fixed", classes, classes, seed=0, matrix=simplex(classes, length)), query=[1.0],
        keys=[[0.0]] * (classes + 1), embeddings=[[0.0] * classes] * (classes + 1), times=[time], frozen=[classes],
    )  # fmt: skip
    return Observed(time, given={"score": float(run.scores[0, 0])})


def _time(score, mass, classes, length, frequency, separation=None):
    reach = derived.simplex_separation(Fraction(length), classes) if separation is None else separation
    return evaluated(derived.time_to_score(Fraction(score), mass, classes, reach, frequency))


REDUCTION = Claim(
    id="lu2021.L1",
    paper=PAPER,
    where=WHERE,
    says="for a symmetric head the flow of keys and embeddings reduces to norm and score: the time to a score is a "
    "quadrature",
    predicts=lambda score, mass, classes, length: _time(score, mass, classes, length, Fraction(1, classes)),
    measures=lambda classes, mass, length, time: observe_tables(classes, mass, length, time),
    agrees=within(relative(1e-7, because="DOP853 at relative tolerance 1e-11; time is steep in the score early on")),
    cases=grid(classes=(2, 4), mass=(5, 20), length=(1.5,), time=(300.0,)),
    rivals={
        "D is the length of a column": lambda score, mass, classes, length: _time(
            score, mass, classes, length, Fraction(1, classes), separation=Fraction(length)
        ),
        "one word more in the sentence": lambda score, mass, classes, length: _time(
            score, mass + 1, classes, length, Fraction(1, classes)
        ),
        "a word of half the frequency": lambda score, mass, classes, length: _time(
            score, mass, classes, length, Fraction(1, 2 * classes)
        ),
    },
    derivation=lambda: (*derived.reduction_derivation(), *derived.scaling_derivation()),
    rests_on=("lu2021.SEN1-fixed",),
    budget=4.2,
)


def least_growth(head, mass, coupling, start):
    """Smallest factors by which e^score, |norm| and 1/loss grow from one moment to the next."""
    run = run_word(head, mass, coupling, start, [10 ** (k / 40) for k in range(201)])
    pairs = list(zip(range(200), range(1, 201), strict=True))
    return [
        min(exp(float(run.score[b] - run.score[a])) for a, b in pairs),
        min(float(run.norm[b] / run.norm[a]) for a, b in pairs),
        min(float(run.loss[a] / run.loss[b]) for a, b in pairs),
    ]


MONOTONE = Claim(
    id="lu2021.L2",
    paper=PAPER,
    where=WHERE,
    says="for a binary or symmetric head, from the right side, score, norm and attention only grow, the loss falls",
    predicts=lambda: [1, 1, 1],
    measures=lambda head, mass, coupling, start: least_growth(head, mass, coupling, start),
    agrees=at_least(absolute(1e-8, because=FLOW)),
    cases=grid(head=("2", "4"), mass=(1.0, 20.0), coupling=(0.3, 2.0), start=(0.0, 1.0)),
    rivals={
        "they double forty times": lambda: [2, 2, 2],
        "the head need not be symmetric": Rival(
            lambda: [1, 1, 1], cases=[{"head": "rank 4", "mass": 20.0, "coupling": 1.0, "start": 0.0}]
        ),
        "the start does not matter": Rival(
            lambda: [1, 1, 1], cases=[{"head": "2", "mass": 20.0, "coupling": 1.0, "start": -1.0}]
        ),
    },
    derivation=lambda: derived.reduction_derivation(),
    rests_on=("lu2021.L1",),
    budget=3.5,
)
