"""Theorem 2 and around: a fixed classifier trained to the end; bounds, rates, ablations, false readings."""

from fractions import Fraction
from itertools import pairwise
from math import exp, sqrt

from attest import Claim, Observed, Rival, Verdict, absolute, at_least, at_most, grid, relative, scales_like, within
from attest.claims.lu2021.paper import PAPER
from attest.claims.lu2021.quadrature import evaluated
from numerics import dynamics as measured
from theory import dynamics as derived

WHERE = "Theorem 2 (fixed linear classifier)"
FLOW = "LSODA at relative tolerance 1e-11 in log time, over some thousand steps"


def simplex(classes, length=1.0):
    """Orthogonal columns of one length, moved by a vector common to all (which changes nothing)."""
    return [[length * (i == j) + 0.3 * i for j in range(classes)] for i in range(classes)]


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
    budget=6.5,
)


def rank_four():
    """The 6 x 4 head of rank 4 for which a score falls for a while."""
    top = [[0.03, 0.04, -2.0, -0.01], [0.05, 0.0, 1.62, 0.45]]
    return top + [[1e-3 * (i == j) for j in range(4)] for i in range(4)]


def run_word(head, mass, coupling, start, times):
    """The flow of one topic word of class 0 from an embedding *start* times its class's ray."""
    matrix = rank_four() if head == "rank 4" else simplex(int(head))
    ray = None
    if start:
        classes = int(head)
        ray = [start * ((i == 0) - 1 / classes) * sqrt(classes / (classes - 1)) for i in range(classes)]
    frequency = 0.2 if head == "rank 4" else 0.25
    return measured.flow_topic_word(
        matrix, 0, mass=mass, frequency=frequency, coupling=coupling, times=times, embedding=ray
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
    budget=5.0,
)


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
    budget=5.0,
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
    budget=5.0,
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
    budget=1.0,
)


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
    budget=2.75,
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
    budget=2.0,
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
    budget=3.0,
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
    budget=5.5,
)


def observe_frozen_keys(classes, mass, length, log_time):
    run = measured.flow_topic_word(
        simplex(classes, length), 0, mass=mass, frequency=0.25, times=[10**log_time], freeze="keys"
    )
    return [float(run.margin[0]), float(run.norm[0]), float(run.loss[0])]


def _frozen_keys(classes, mass, length, log_time):
    d = derived.simplex_separation(Fraction(length), classes)
    arguments = (Fraction(10**log_time), mass, classes, d, Fraction(1, 4))
    return [
        derived.frozen_key_margin(*arguments), derived.frozen_key_norm(*arguments), derived.frozen_key_loss(*arguments)
    ]  # fmt: skip


FROZEN_KEYS = Claim(
    id="lu2021.L6",
    paper=PAPER,
    where="Section 5.1, ablation KF (keys frozen)",
    says="with frozen keys margin, norm and loss are known in closed form; (1+m)^2 slower than with trained ones",
    predicts=lambda classes, mass, length, log_time: _frozen_keys(classes, mass, length, log_time),
    measures=lambda classes, mass, length, log_time: observe_frozen_keys(classes, mass, length, log_time),
    agrees=within(relative(1e-7, because=FLOW)),
    cases=grid(classes=(2, 4), mass=(5, 20), length=(0.5, 2.0), log_time=(2.0, 6.0)),
    rivals={
        "one word more": lambda classes, mass, length, log_time: _frozen_keys(classes, mass + 1, length, log_time),
        "half the time": lambda classes, mass, length, log_time: _frozen_keys(
            classes, mass, length, log_time - 0.30102999566
        ),
    },
    derivation=lambda: derived.ablation_derivation(),
    rests_on=("lu2021.L1",),
    budget=1.5,
)


def observe_frozen_embeddings(classes, norm, coupling, log_time):
    ray = [norm * ((i == 0) - 1 / classes) * sqrt(classes / (classes - 1)) for i in range(classes)]
    run = measured.flow_topic_word(
        simplex(classes), 0, mass=20, frequency=0.25, coupling=coupling, times=[10**log_time], embedding=ray,
        freeze="embeddings",
    )  # fmt: skip
    return [float(run.attention_gap[0]), float(run.loss[0])]


def _frozen_embeddings(classes, norm, coupling, log_time, gap=1, times=1):
    d = derived.simplex_separation(1, classes)
    arguments = (Fraction(norm), classes, d, Fraction(1, 4), Fraction(coupling))
    return [
        gap * derived.frozen_embedding_gap(Fraction(10**log_time), *arguments),
        derived.frozen_embedding_floor(times * Fraction(norm), classes, d),
    ]


FROZEN_EMBEDDINGS = Claim(
    id="lu2021.L7",
    paper=PAPER,
    where="Section 5.1, ablation EF (embeddings frozen)",
    says="with frozen embeddings attention tends to 1 as 1/t, but the loss to the floor log(1 + (C-1) e^(-D |v|)) > 0",
    predicts=lambda classes, norm, coupling, log_time: _frozen_embeddings(classes, norm, coupling, log_time),
    measures=lambda classes, norm, coupling, log_time: observe_frozen_embeddings(classes, norm, coupling, log_time),
    agrees=within(relative(1e-4, because="corrections O(log t/t), below 1e-4 from t = 1e8 on")),
    cases=grid(classes=(2, 4), norm=(0.3, 1.0), coupling=(0.5, 2.0), log_time=(8.0, 12.0)),
    rivals={
        "half the gap": lambda classes, norm, coupling, log_time: _frozen_embeddings(
            classes, norm, coupling, log_time, gap=Fraction(1, 2)
        ),
        "the floor at twice the norm": lambda classes, norm, coupling, log_time: _frozen_embeddings(
            classes, norm, coupling, log_time, times=2
        ),
        "the gap without the coupling": lambda classes, norm, log_time: _frozen_embeddings(classes, norm, 1, log_time),
    },
    derivation=lambda: derived.ablation_derivation(),
    rests_on=("lu2021.L1",),
    budget=1.5,
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
    budget=0.5,
)


def least_score_growth(head, method):
    """Smallest factor by which e^score grows between moments, for t from 1000 on, by three ways of training."""
    times = [1000.0 * 1.02**k for k in range(120)]
    if method == "log time":
        scores = run_word(head, 20.0, 1.0, 0.0, times).score
    else:
        matrix = rank_four() if head == "rank 4" else simplex(int(head))
        data = measured.one_sentence_per_topic(topics=len(matrix[0]), classes=len(matrix[0]), length=20)
        words, width = data.words, len(matrix)
        share = [0.2, *[0.8 / (len(data) - 1)] * (len(data) - 1)]
        data = measured.reweigh_sentences(data, share)
        if method == "descent":
            run = measured.simulate_attention(
                data, rate=1.0, steps=round(times[-1]), matrix=matrix, width=width, query=[1.0], embedding_scale=0.0,
                frozen_words=[words - 1], record=[round(t) for t in times],
            )  # fmt: skip
        else:
            run = measured.flow_attention(
                data, head=measured.make_head("fixed", width, len(matrix[0]), seed=0, matrix=matrix), query=[1.0],
                keys=[[0.0]] * words, embeddings=[[0.0] * width] * words, times=times, frozen=[words - 1],
            )  # fmt: skip
        scores = run.scores[:, 0]
    return min(exp(float(b - a)) for a, b in pairwise(scores))


ALWAYS_GROWING = Claim(
    id="lu2021.L9",
    paper=PAPER,
    where=WHERE,
    says="the score of a topic word grows at all times for every fixed linear classifier with independent columns",
    predicts=lambda: 1,
    measures=lambda head, method: least_score_growth(head, method),
    agrees=at_least(absolute(1e-7, because=FLOW)),
    cases=grid(head=("rank 4",), method=("log time", "tables", "descent")),
    control=grid(head=("4",), method=("log time", "tables", "descent")),
    expects=Verdict.REFUTED,
    corrected="lu2021.L2",
    budget=6.0,
)


def attention_at_loss(loss):
    """Attention of the paper's task (m = 20, 4 classes, 8 topic words) when the loss first gets that small."""
    times = [10 ** (k / 50) for k in range(50, 1500)]
    run = measured.flow_topic_word(simplex(4), 0, mass=20, frequency=0.125, times=times)
    return float(next(a for a, x in zip(run.attention, run.loss, strict=True) if x <= loss))


ATTENTION_NEAR_ONE = Claim(
    id="lu2021.L10",
    paper=PAPER,
    where="Abstract and Section 5: attention comes to rest on the topic word",
    says="where the loss is small (1e-2 and less), attention on the topic word is near 1 (0.98 and more)",
    predicts=lambda: Fraction(98, 100),
    measures=lambda loss: attention_at_loss(loss),
    agrees=at_least(relative(1e-6, because=FLOW)),
    cases=grid(loss=(1e-2, 1e-3)),
    control=grid(loss=(1e-12, 1e-20)),
    expects=Verdict.REFUTED,
    corrected="lu2021.L4-gap",
    budget=0.5,
)
