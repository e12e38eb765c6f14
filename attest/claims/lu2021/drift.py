"""Where SEN is not exact: a rigorous bound by what can be observed of the irrelevant words."""

from fractions import Fraction
from math import exp, log, sqrt

from attest import Claim, Observed, Rival, at_most
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived

WHERE = "Theorem 1: what its assumptions neglect"


def observe_drift(sentences, irrelevant, orthogonal, count, against):
    """Training on the paper's task; or, with *against*, sentences of two lengths of which the short ones pull back."""
    if against:
        return observe_pulling_back(against)
    seen = measured.measure_drift(
        sentences=sentences, irrelevant=irrelevant, rate=4.0, steps=count, orthogonal=orthogonal
    )
    fields = ("score_drift", "embedding_drift", "norm", "force", "steps")
    return Observed(float(seen.residual), given={name: float(getattr(seen, name)) for name in fields})


def observe_pulling_back(against):
    seen = measured.measure_mixed_lengths({10: 5, 20: against}, [200.0], wrong=[10])[0]
    mass = sqrt(10 * 20)
    s, x = seen["score"], seen["norm"]
    given = {"score_drift": log(20 / mass), "embedding_drift": 0.0, "norm": x, "force": 0.0, "steps": 0.0}
    return Observed(abs(s + (exp(s) - 1) / mass - x**2 / 2), given=given)


def _drift(score_drift, embedding_drift, norm, force, steps):
    spent = Fraction(11, 10) * Fraction(steps)  # a tenth more for what is of third order in the rate
    drifts = (Fraction(score_drift), Fraction(embedding_drift))
    return derived.drift_bound(*drifts, Fraction(norm), Fraction(force), spent)


DRIFT = Claim(
    id="lu2021.E4",
    paper=PAPER,
    where=f"{WHERE}: irrelevant words stay put",
    says="|residual| is bounded by observable drifts of scores and embeddings, if every sentence pulls outwards",
    predicts=lambda score_drift, embedding_drift, norm, force, steps: _drift(
        score_drift, embedding_drift, norm, force, steps
    ),
    measures=lambda sentences, irrelevant, orthogonal, count, against: observe_drift(
        sentences, irrelevant, orthogonal, count, against
    ),
    agrees=at_most(),
    cases=[
        {"sentences": n, "irrelevant": r, "orthogonal": o, "count": 70 if o else 30, "against": 0}
        for n, r in ((400, 500), (800, 5000), (2000, 5000))
        for o in (True, False)
    ],
    rivals={
        "a third of the bound": lambda score_drift, embedding_drift, norm, force, steps: (
            _drift(score_drift, embedding_drift, norm, force, steps) / 3
        ),
        "sentences that pull back do not matter": Rival(
            lambda score_drift, embedding_drift, norm, force, steps: _drift(
                score_drift, embedding_drift, norm, force, steps
            ),
            cases=[{"sentences": 1, "irrelevant": 1, "orthogonal": True, "count": 0, "against": 9}],
        ),
    },
    derivation=lambda: derived.drift_derivation(),
    budget=1.3,
)
