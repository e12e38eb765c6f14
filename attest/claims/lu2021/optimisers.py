"""Where SEN is not exact: plain SGD tends to it, other optimisers do not."""

from math import exp, sqrt

from attest import Claim, Verdict, grid, relative, scales_like, within
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived

WHERE = "Theorem 1: what its assumptions neglect"


def optimiser_ladder(classes):
    rates = (2.0, 1.0, 0.5, 0.25)
    sen = sqrt(2 * (3 + (exp(3) - 1) / 10))
    return [
        (rate, measured.measure_norm_at_score(3.0, rate=rate, steps=round(120 / rate), classes=classes) / sen - 1)
        for rate in rates
    ]


PLAIN_SGD = Claim(
    id="lu2021.E5",
    paper=PAPER,
    where=f"{WHERE}: gradient descent follows the flow",
    says="under plain SGD the norm at equal score tends to SEN in first order of the rate",
    predicts=lambda: 1,
    measures=lambda classes: optimiser_ladder(classes),
    agrees=scales_like(),
    cases=grid(classes=(4,)),
    rivals={"it does not tend to SEN": lambda: 0, "second order": lambda: 2},
    rests_on=("lu2021.SEN1-fixed",),
    budget=12,
)


def observe_optimiser(optimiser, rate, steps, weight_decay, train_query):
    return measured.measure_norm_at_score(
        3.0, rate=rate, steps=steps, optimiser=optimiser, weight_decay=weight_decay, train_query=train_query
    )


PLAIN = {"optimiser": "sgd", "rate": 0.25, "steps": 600, "weight_decay": 0.0, "train_query": False}

OTHER_OPTIMISERS = Claim(
    id="lu2021.E5-optimisers",
    paper=PAPER,
    where=f"{WHERE}: gradient descent follows the flow",
    says="SEN holds under small steps of whatever optimiser",
    predicts=lambda: derived.sen_norm(3, 10),
    measures=lambda optimiser, rate, steps, weight_decay, train_query: observe_optimiser(
        optimiser, rate, steps, weight_decay, train_query
    ),
    agrees=within(relative(0.005, because="five times the residual of plain SGD at the same rate")),
    cases=[
        PLAIN | {"optimiser": "adam", "rate": 0.05, "steps": 400},
        PLAIN | {"weight_decay": 1e-3},
        PLAIN | {"train_query": True},
    ],
    control=[PLAIN, PLAIN | {"rate": 0.5}],
    expects=Verdict.REFUTED,
    corrected="lu2021.E5",
    budget=14,
)
