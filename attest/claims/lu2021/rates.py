"""Theorem 2: how fast the loss goes and how slowly attention comes."""

from fractions import Fraction

from attest import Claim, Observed, grid, relative, within
from attest.claims.lu2021.fixed_heads import WHERE, simplex
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived


def observe_end(classes, mass, coupling, log_time, what):
    run = measured.flow_topic_word(
        simplex(classes), 0, mass=mass, frequency=0.125, coupling=coupling, times=[10**log_time]
    )
    value = {"loss": run.loss, "gap": run.attention_gap, "score": run.score}[what]
    return Observed(float(value[0]), given={"score": float(run.score[0]), "norm": float(run.norm[0])})


def _asymptotic_loss(log_time, classes, mass, score):
    d = derived.simplex_separation(1, classes)
    return derived.asymptotic_loss(Fraction(10**log_time), d, Fraction(1, 8)) * (
        1 + derived.loss_correction(Fraction(score), mass)
    )


LOSS_RATE = Claim(
    id="lu2021.L4-loss",
    paper=PAPER,
    where=f"{WHERE}: rate of convergence",
    says="in the long run the loss is 1/(p D^2 t) (1 - (1-a)^2 (2 s - 5) + ...), whatever the mass and the coupling",
    predicts=lambda log_time, classes, mass, score: _asymptotic_loss(log_time, classes, mass, score),
    measures=lambda classes, mass, coupling, log_time: observe_end(classes, mass, coupling, log_time, "loss"),
    agrees=within(relative(2e-4, because="terms beyond (1-a)^2 s: (1-a)^3 s^2 is below 2e-4 from t = 1e16 on")),
    cases=grid(classes=(2, 4), mass=(5, 50), coupling=(0.5,), log_time=(16.0, 60.0)),
    rivals={
        "1/(p D t)": lambda log_time, classes: (
            1 / (Fraction(10**log_time) / 8 * derived.simplex_separation(1, classes))
        ),
        "half of it": lambda log_time, classes, mass, score: _asymptotic_loss(log_time, classes, mass, score) / 2,
        "slowed down by the mass, as with frozen keys": lambda log_time, classes, mass, score: (
            (1 + mass) ** 2 * _asymptotic_loss(log_time, classes, mass, score)
        ),
    },
    derivation=lambda: derived.rates_derivation(),
    rests_on=("lu2021.L1",),
    budget=0.7,
)


def _gap(log_time, classes, coupling, factor=1):
    d = derived.simplex_separation(1, classes)
    return factor * derived.asymptotic_attention_gap(
        Fraction(10**log_time), classes, d, Fraction(1, 8), Fraction(coupling)
    )


GAP_RATE = Claim(
    id="lu2021.L4-gap",
    paper=PAPER,
    where=f"{WHERE}: attention tends to the topic word",
    says="in the long run 1 - a is 2 D^2/(coupling log^2((C-1) p D^2 t)): an inverse square of a logarithm",
    predicts=lambda log_time, classes, coupling: _gap(log_time, classes, coupling),
    measures=lambda classes, mass, coupling, log_time: observe_end(classes, mass, coupling, log_time, "gap"),
    agrees=within(relative(0.02, because="corrections O(log log t/log^2 t), some 0.01 at t = 1e30")),
    cases=grid(classes=(2, 4), mass=(5, 50), coupling=(0.5, 2.0), log_time=(60.0, 250.0)),
    rivals={
        "half of it": lambda log_time, classes, coupling: _gap(log_time, classes, coupling, Fraction(1, 2)),
        "an inverse logarithm": lambda log_time, classes, coupling: (
            _gap(log_time, classes, coupling)
            * derived.asymptotic_logarithm(Fraction(10**log_time), classes, derived.simplex_separation(1, classes), 1)
        ),
        "without the coupling": lambda log_time, classes: _gap(log_time, classes, 1),
    },
    derivation=lambda: derived.rates_derivation(),
    rests_on=("lu2021.L1",),
    budget=1.5,
)


RATES = Claim(
    id="lu2021.L4",
    paper=PAPER,
    where=f"{WHERE}: asymptotics",
    says="loss p D^2 t -> 1 and (1 - a) coupling log^2 t/(2 D^2) -> 1: the loss goes fast, attention very slowly",
    kind="asymptotic",
    finite_form=("lu2021.L4-loss", "lu2021.L4-gap"),
    derivation=lambda: derived.rates_derivation(),
)


def draw_head(rng, classes, width):
    """A head of rounded normal entries."""
    return {"columns": [[round(1000 * float(x)) for x in column] for column in rng.normal(size=(classes, width))]}


def observe_general(columns, label, log_time):
    matrix = [[x / 1000 for x in row] for row in zip(*columns, strict=True)]
    run = measured.flow_topic_word(matrix, label, mass=20, frequency=0.2, times=[10**log_time])
    return float(run.loss[0])


def _general(columns, label, log_time, separation=None):
    exact = [[Fraction(x, 1000) for x in column] for column in columns]
    d = derived.head_separation(exact, label) if separation is None else separation(exact, label)
    return derived.asymptotic_loss(Fraction(10**log_time), d, Fraction(1, 5))


def _nearest(columns, label):
    own = columns[label]
    others = [c for k, c in enumerate(columns) if k != label]
    return min(derived.head_separation([own, other], 0) for other in others)


def _mean(columns, label):
    others = [c for k, c in enumerate(columns) if k != label]
    mean = [sum(entries) / len(others) for entries in zip(*others, strict=True)]
    return derived.head_separation([columns[label], mean], 0)


GENERAL_HEAD = Claim(
    id="lu2021.L8",
    paper=PAPER,
    where=f"{WHERE}: general position of the classifier's columns",
    says="for a separable fixed head loss p D^2 t -> 1 with D the distance of its column from the others' convex hull",
    predicts=lambda columns, label, log_time: _general(columns, label, log_time),
    measures=lambda columns, label, log_time: observe_general(columns, label, log_time),
    agrees=within(relative(0.06, because="corrections O(1/log^2 t) with the other classes' margins, 4 % at D = 1e-3")),
    setting=lambda rng, classes, width: draw_head(rng, classes, width),
    cases=grid(classes=(3, 4), width=(6,), label=(0, 1, 2), log_time=(14.0,)),
    rivals={
        "D is the distance from the nearest column": lambda columns, label, log_time: _general(
            columns, label, log_time, _nearest
        ),
        "D is the distance from the mean of the others": lambda columns, label, log_time: _general(
            columns, label, log_time, _mean
        ),
    },
    rests_on=("lu2021.L4-loss",),
    budget=0.4,
)
