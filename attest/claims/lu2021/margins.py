"""Theorem 2: two-sided bounds of margin and loss with every constant."""

from fractions import Fraction

from attest import Claim, Observed, Rival, at_least, at_most, grid, relative
from attest.claims.lu2021.fixed_heads import FLOW, WHERE, simplex
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived


def observe_margin(classes, mass, length, coupling, log_time, start):
    ray = [start * ((i == 0) - 1 / classes) for i in range(classes)]
    run = measured.flow_topic_word(
        simplex(classes, length), 0, mass=mass, frequency=0.25, coupling=coupling, times=[10**log_time], embedding=ray
    )
    return float(run.margin[0])


def _margins(side, classes, mass, length, log_time, frequency=Fraction(1, 4)):
    d = derived.simplex_separation(Fraction(length), classes)
    return getattr(derived.margin_bounds(Fraction(10**log_time), mass, classes, d, frequency), side)


SHAPES = grid(classes=(2, 4), mass=(5, 20), length=(1.0,), coupling=(0.3, 2.0), log_time=(1.5, 4.0, 9.0), start=(0.0,))
OPEN = {"length": (0.4, 3.0), "coupling": (0.1, 5.0), "log_time": (0.0, 14.0)}

UPPER_MARGIN = Claim(
    id="lu2021.L3-upper",
    paper=PAPER,
    where=WHERE,
    says="the margin is at most G^-1(1/(C-1) + p D^2 K2 t): the loss falls no faster",
    predicts=lambda classes, mass, length, log_time: _margins("upper", classes, mass, length, log_time),
    measures=lambda classes, mass, length, coupling, log_time, start: observe_margin(
        classes, mass, length, coupling, log_time, start
    ),
    agrees=at_most(relative(1e-8, because=FLOW)),
    cases=SHAPES,
    free=OPEN,
    rivals={
        "half of it": lambda classes, mass, length, log_time: _margins("upper", classes, mass, length, log_time) / 2,
        "zero start is not needed": Rival(
            lambda classes, mass, length, log_time: _margins("upper", classes, mass, length, log_time),
            cases=[{"classes": 4, "mass": 5, "length": 1.0, "coupling": 1.0, "log_time": 1.5, "start": 6.0}],
        ),
    },
    derivation=lambda: derived.margin_derivation(),
    rests_on=("lu2021.L1",),
    budget=6.9,
)

LOWER_MARGIN = Claim(
    id="lu2021.L3-lower",
    paper=PAPER,
    where=WHERE,
    says="the margin is at least the one with frozen keys, G^-1(1/(C-1) + p D^2 t/(1+m)^2)",
    predicts=lambda classes, mass, length, log_time: _margins("lower", classes, mass, length, log_time),
    measures=lambda classes, mass, length, coupling, log_time, start: observe_margin(
        classes, mass, length, coupling, log_time, start
    ),
    agrees=at_least(relative(1e-8, because=FLOW)),
    cases=SHAPES,
    free=OPEN,
    rivals={
        "attention is 1 from the beginning": lambda classes, mass, length, log_time: _margins(
            "upper", classes, mass, length, log_time
        ),
        "twice as much": lambda classes, mass, length, log_time: 2 * _margins("lower", classes, mass, length, log_time),
        "the start does not matter": Rival(
            lambda classes, mass, length, log_time: _margins("lower", classes, mass, length, log_time),
            cases=[{"classes": 4, "mass": 5, "length": 1.0, "coupling": 1.0, "log_time": 1.5, "start": -3.0}],
        ),
    },
    derivation=lambda: (*derived.margin_derivation(), *derived.ablation_derivation()),
    rests_on=("lu2021.L1",),
    budget=6.5,
)


def observe_loss(classes, mass, coupling, log_time):
    run = measured.flow_topic_word(
        simplex(classes), 0, mass=mass, frequency=0.125, coupling=coupling, times=[10**log_time]
    )
    return float(run.loss[0])


def _losses(classes, mass, log_time):
    d = derived.simplex_separation(1, classes)
    return Fraction(10**log_time), mass, classes, d, Fraction(1, 8)


LOSS = Claim(
    id="lu2021.L3-loss",
    paper=PAPER,
    where=WHERE,
    says="training converges: the loss is at most ((C-1)/e + 1)/(1/(C-1) + p D^2 t/(1+m)^2)",
    predicts=lambda classes, mass, log_time: derived.loss_ceiling(*_losses(classes, mass, log_time)),
    measures=lambda classes, mass, coupling, log_time: observe_loss(classes, mass, coupling, log_time),
    agrees=at_most(relative(1e-7, because=FLOW)),
    cases=grid(classes=(2, 4), mass=(1, 20), coupling=(1.0,), log_time=(0.0, 2.0, 5.0, 9.0)),
    rivals={
        "attention is 1 from the beginning": lambda classes, mass, log_time: derived.loss_ceiling(
            *_losses(classes, Fraction(1, 10**9), log_time)
        ),
        "half of it": lambda classes, mass, log_time: derived.loss_ceiling(*_losses(classes, mass, log_time)) / 2,
    },
    derivation=lambda: derived.margin_derivation(),
    rests_on=("lu2021.L3-lower",),
    budget=0.7,
)


def observe_restart(classes, mass, coupling, log_start, log_time):
    run = measured.flow_topic_word(
        simplex(classes), 0, mass=mass, frequency=0.25, coupling=coupling, times=[10**log_start, 10**log_time]
    )
    return Observed(float(run.margin[1]), given={"margin": float(run.margin[0]), "held": float(run.attention[0])})


def _restarted(margin, held, classes, log_start, log_time):
    elapsed = Fraction(10**log_time) - Fraction(10**log_start)
    d = derived.simplex_separation(1, classes)
    return derived.restarted_margin(elapsed, Fraction(margin), Fraction(held), classes, d, Fraction(1, 4))


RESTARTED_MARGIN = Claim(
    id="lu2021.L3-restart",
    paper=PAPER,
    where=WHERE,
    says="from any moment on the margin is at least that with the attention of that moment for ever",
    predicts=lambda margin, held, classes, log_start, log_time: _restarted(margin, held, classes, log_start, log_time),
    measures=lambda classes, mass, coupling, log_start, log_time: observe_restart(
        classes, mass, coupling, log_start, log_time
    ),
    agrees=at_least(relative(1e-8, because=FLOW)),
    cases=[
        {"classes": c, "mass": m, "coupling": rho, "log_start": a, "log_time": b}
        for c, m, rho in ((2, 5, 0.3), (4, 20, 2.0))
        for a, b in ((1.5, 2.5), (2.0, 6.0), (4.0, 9.0))
    ],
    rivals={
        "attention is 1 from then on": lambda margin, classes, log_start, log_time: _restarted(
            margin, 1, classes, log_start, log_time
        ),
        "a quarter more": lambda margin, held, classes, log_start, log_time: (
            Fraction(5, 4) * _restarted(margin, held, classes, log_start, log_time)
        ),
    },
    derivation=lambda: derived.margin_derivation(),
    rests_on=("lu2021.L3-lower",),
    budget=0.4,
)
