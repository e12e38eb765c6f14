"""Theorem 2: how long attention takes to reach one half."""

from fractions import Fraction

from attest import Claim, grid, relative, scales_like, within
from attest.claims.lu2021.fixed_heads import WHERE, simplex
from attest.claims.lu2021.paper import PAPER
from attest.claims.lu2021.quadrature import evaluated
from numerics import dynamics as measured
from theory import dynamics as derived


def half_time(mass, classes):
    return measured.measure_half_time(simplex(classes), 0, mass=mass, upper=1e3 * mass, frequency=0.125)


def _half_time(mass, classes):
    return evaluated(derived.half_attention_time(mass, classes, derived.simplex_separation(1, classes), Fraction(1, 8)))


HALF_TIME = Claim(
    id="lu2021.L5",
    paper=PAPER,
    where=f"{WHERE}: duration of the first phase",
    says="attention reaches one half at the time of the quadrature up to score log m",
    predicts=lambda mass, classes: _half_time(mass, classes),
    measures=lambda mass, classes: half_time(mass, classes),
    agrees=within(relative(1e-8, because="root finding to 1e-10 in log time over flows at relative tolerance 1e-11")),
    cases=grid(mass=(10, 300), classes=(2, 4)),
    rivals={
        "one word less": lambda mass, classes: _half_time(mass - 1, classes),
        "the leading term alone": lambda mass, classes: derived.takeoff_time(
            mass, classes, derived.simplex_separation(1, classes), Fraction(1, 8)
        ),
    },
    derivation=lambda: derived.rates_derivation(),
    rests_on=("lu2021.L1",),
    budget=3.3,
)

TAKE_OFF = Claim(
    id="lu2021.L5-order",
    paper=PAPER,
    where=f"{WHERE}: duration of the first phase",
    says="the time to half attention grows in proportion to the number of irrelevant words",
    predicts=lambda: 1,
    measures=lambda classes: [(m, half_time(m, classes)) for m in (80, 160, 320, 640, 1280)],
    agrees=scales_like(),
    cases=grid(classes=(4,)),
    rivals={"it does not depend on it": lambda: 0, "as its square": lambda: 2},
    derivation=lambda: derived.rates_derivation(),
    rests_on=("lu2021.L5",),
    budget=7.3,
)
