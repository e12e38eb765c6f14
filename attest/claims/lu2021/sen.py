"""Theorem 1: score and embedding norm determine each other, whatever the classifier."""

from fractions import Fraction

from attest import Claim, Observed, Rival, Verdict, absolute, at_least, at_most, grid, relative, within
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived


def observe_flow(head, rest, noise, draw):
    seen = measured.measure_flow_norms(measured.draw_flow_problem(draw, head=head, rest=rest, noise=noise))
    return Observed([s.pop("score") for s in seen], given={"words": seen})


def _scores(words, *, mass=1, exponential=True, query=True):
    found = []
    for w in words:
        coupling = Fraction(w["coupling"]) / (1 if query else Fraction(w["query_square"]))
        size = Fraction(w["mass"]) * mass * (1 if exponential else 10**12)
        start = (Fraction(w["score0"]), Fraction(w["norm0"]), w["multiplicity"])
        found.append(derived.sen_score(Fraction(w["norm"]), size, coupling, *start))
    return found


def _identity(head, cases, budget):
    return Claim(
        id=f"lu2021.SEN1-{head}",
        paper=PAPER,
        where="Theorem 1 (SEN), general form",
        says=f"under gradient flow with a head of kind {head}, any rates, |q|, masses, multiplicities, rest means and "
        "labels, score and embedding norm of a topic word fix each other",
        predicts=lambda words: _scores(words),
        measures=lambda head, rest, noise, draw: observe_flow(head, rest, noise, draw),
        agrees=within(absolute(1e-8, because="DOP853 at relative tolerance 1e-11 over some hundred steps")),
        cases=cases,
        rivals={
            "mass 2 m": lambda words: _scores(words, mass=2),
            "no exponential term": lambda words: _scores(words, exponential=False),
            "coupling without |q|^2": lambda words: _scores(words, query=False),
        },
        derivation=lambda: derived.sen_derivation(),
        rests_on=("lu2021.I1",),
        budget=budget,
    )


def _draws(head, first):
    rests, noises = ("zero", "random"), (0.0, 0.1, 1.0)
    return [{"head": head, "rest": rests[k % 2], "noise": noises[k // 2 % 3], "draw": first + k} for k in range(8)]


FIXED = _identity("fixed", _draws("fixed", 0), 12.0)
TRAINED = _identity("linear", _draws("linear", 100), 9.0)
TWO_LAYERS = _identity("mlp", _draws("mlp", 207)[:5], 18.0)


def _unit(classes):
    return [[float(i == j) for j in range(classes)] for i in range(classes)]


def observe_word(mass, coupling, classes, time):
    run = measured.flow_topic_word(_unit(classes), 0, mass=mass, frequency=0.25, coupling=coupling, times=[time])
    return Observed([float(run.score[0]), float(run.attention[0])], given={"norm": float(run.norm[0])})


def _inverse(norm, mass, coupling, seen=1, multiplicity=1):
    score = derived.sen_score(Fraction(norm), Fraction(mass) * seen, Fraction(coupling))
    return [score, derived.attention_weight(score, Fraction(mass) * seen, multiplicity)]


INVERSE = Claim(
    id="lu2021.SEN2",
    paper=PAPER,
    where="Theorem 1, solved for the score",
    says="score = log(M w), attention = w/(1 + w) with w + log w = level of the norm - log M (Lambert)",
    predicts=lambda norm, mass, coupling: _inverse(norm, mass, coupling),
    measures=lambda mass, coupling, classes, time: observe_word(mass, coupling, classes, time),
    agrees=within(relative(1e-7, because="LSODA at relative tolerance 1e-11 over some thousand steps")),
    cases=grid(mass=(1.0, 20.0, 300.0), coupling=(0.3, 2.0), classes=(2, 5), time=(1e4, 1e10)),
    rivals={
        "mass 2 m": lambda norm, mass, coupling: _inverse(norm, mass, coupling, seen=2),
        "one word more in the sentence": lambda norm, mass, coupling: _inverse(
            norm, mass, coupling, seen=1 + 1 / Fraction(mass)
        ),
        "attention on two tokens": lambda norm, mass, coupling: _inverse(norm, mass, coupling, multiplicity=2),
    },
    derivation=lambda: derived.sen_inverse_derivation(),
    rests_on=("lu2021.SEN1-fixed",),
    budget=1.7,
)

LENGTHS = "4:1 6:1 10:1 20:1 40:1"


def frequencies_of(lengths):
    return {int(k): int(v) for k, v in (part.split(":") for part in lengths.split())}


def _table(lengths):
    return {int(k): int(v) for k, v in (part.split(":") for part in lengths.split())}


def observe_lengths(lengths, wrong, times):
    seen = measured.measure_mixed_lengths(frequencies_of(lengths), times, wrong=wrong)
    return Observed([s["norm"] for s in seen], given={"scores": [s["score"] for s in seen]})


def observe_scores(lengths, wrong, times):
    seen = measured.measure_mixed_lengths(frequencies_of(lengths), times, wrong=wrong)
    return Observed([s["score"] for s in seen], given={"norms": [s["norm"] for s in seen]})


def _side(side, norms, least, greatest):
    return [getattr(derived.sen_score_bounds(Fraction(x), least, greatest), side) for x in norms]


TIMES = (10.0, 50.0, 100.0, 200.0, 500.0)
MIXTURES = [{"lengths": text, "wrong": (), "times": TIMES} for text in (LENGTHS, "3:1 30:5", "8:1 9:2")]

LEAST_MASS = Claim(
    id="lu2021.SEN3-least",
    paper=PAPER,
    where="Theorem 1 for sentences of different lengths",
    says="the norm is at most (the score at least) that of the shortest sentences, if every sentence pulls outwards",
    predicts=lambda norms, lengths: _side("lower", norms, min(_table(lengths)), max(_table(lengths))),
    measures=lambda lengths, wrong, times: observe_scores(lengths, wrong, times),
    agrees=at_least(absolute(1e-8, because="DOP853 at relative tolerance 1e-11")),
    cases=MIXTURES,
    rivals={
        "the mean length is the mass": lambda norms, lengths: _side(
            "lower", norms, derived.mean_mass(_table(lengths)), max(_table(lengths))
        ),
        "sentences that pull back do not matter": Rival(
            lambda norms, lengths: _side("lower", norms, min(_table(lengths)), max(_table(lengths))),
            cases=[{"lengths": "4:5 40:4", "wrong": (40,), "times": TIMES}],
        ),
    },
    derivation=lambda: derived.sandwich_derivation(),
    rests_on=("lu2021.SEN1-fixed",),
    budget=5.4,
)

GREATEST_MASS = Claim(
    id="lu2021.SEN3-greatest",
    paper=PAPER,
    where="Theorem 1 for sentences of different lengths",
    says="the norm is at least (the score at most) that of the longest sentences, if every sentence pulls outwards",
    predicts=lambda norms, lengths: _side("upper", norms, min(_table(lengths)), max(_table(lengths))),
    measures=lambda lengths, wrong, times: observe_scores(lengths, wrong, times),
    agrees=at_most(absolute(1e-8, because="DOP853 at relative tolerance 1e-11")),
    cases=MIXTURES,
    rivals={
        "the shortest sentences bound it from above": lambda norms, lengths: _side(
            "upper", norms, min(_table(lengths)), min(_table(lengths))
        ),
        "sentences that pull back do not matter": Rival(
            lambda norms, lengths: _side("upper", norms, min(_table(lengths)), max(_table(lengths))),
            cases=[{"lengths": "4:1 40:20", "wrong": (4,), "times": TIMES}],
        ),
    },
    derivation=lambda: derived.sandwich_derivation(),
    rests_on=("lu2021.SEN1-fixed",),
    budget=5.2,
)


def fitting_mass(lengths):
    """1/M of s (1 + 1/M) = |v|^2/2, extrapolated to time 0 from two short times (the score grows as their square)."""
    near, far = measured.measure_mixed_lengths(frequencies_of(lengths), (0.05, 0.1))
    inverse = [s["norm"] ** 2 / 2 / s["score"] - 1 for s in (near, far)]
    limit = inverse[0] + (inverse[0] - inverse[1]) / 3
    return Observed(1 / limit, error=abs(inverse[1] - inverse[0]) / limit**2)


EFFECTIVE_MASS = Claim(
    id="lu2021.SEN3-mass",
    paper=PAPER,
    where="Theorem 1 for sentences of different lengths",
    says="at small scores the one mass that fits is E[a]/E[a^2] - 1 with a = 1/(1 + L)",
    predicts=lambda lengths: derived.effective_mass(_table(lengths)),
    measures=lambda lengths: fitting_mass(lengths),
    agrees=within(relative(1e-5, because="the identity is a difference of nearly equal numbers at small scores")),
    cases=grid(lengths=(LENGTHS, "3:1 30:5", "8:1 9:2")),
    rivals={
        "the mean length": lambda lengths: derived.mean_mass(_table(lengths)),
        "one word more": lambda lengths: derived.effective_mass(_table(lengths)) + 1,
    },
    derivation=lambda: derived.sandwich_derivation(),
    budget=0.4,
)

MEAN_LENGTH = Claim(
    id="lu2021.SEN3-mean-length",
    paper=PAPER,
    where="Section 5.2 (SST): m is the mean length",
    says="the mean number of irrelevant words may serve as m in SEN",
    predicts=lambda scores, lengths: [
        derived.sen_norm(Fraction(s), derived.mean_mass(_table(lengths))) for s in scores
    ],
    measures=lambda lengths, wrong, times: observe_lengths(lengths, wrong, times),
    agrees=within(relative(0.01, because="the size of the residuals in the paper's own figures is below 1 %")),
    cases=[{"lengths": LENGTHS, "wrong": (), "times": TIMES}],
    control=[{"lengths": text, "wrong": (), "times": TIMES} for text in ("12:1", "20:3")],
    expects=Verdict.REFUTED,
    corrected="lu2021.SEN3-least",
    budget=3.5,
)


def observe_trained_rest(seed, orthogonal, sentences, irrelevant):
    seen = measured.measure_training_residual(
        sentences=sentences, irrelevant=irrelevant, rate=1.0, until_score=3.0, orthogonal=orthogonal, seed=seed
    )
    return Observed(seen.norm, given={"score": seen.score})


def observe_large_step(rate):
    seen = measured.measure_step_residual(rate, length=20)
    return Observed(seen.norm, given={"score": seen.score})


SIGN = Claim(
    id="lu2021.SEN4",
    paper=PAPER,
    where="Section 5.1, figures: measured norms lie above the theory's",
    says="with trained irrelevant words and small steps the norm is at least that of SEN",
    predicts=lambda score: derived.sen_norm(Fraction(score), 20),
    measures=lambda seed, orthogonal, sentences, irrelevant, rate: (
        observe_large_step(rate) if rate > 1 else observe_trained_rest(seed, orthogonal, sentences, irrelevant)
    ),
    agrees=at_least(absolute(1e-6, because="means over words of a nonlinear relation, spread below 1e-2")),
    cases=grid(seed=(0, 1), orthogonal=(True, False), sentences=(400,), irrelevant=(500, 5000), rate=(1.0,)),
    rivals={
        "at least the norm of half the mass": lambda score: derived.sen_norm(Fraction(score), 10),
        "the size of the step does not matter": Rival(
            lambda score: derived.sen_norm(Fraction(score), 20),
            cases=[{"seed": 0, "orthogonal": True, "sentences": 8, "irrelevant": 1, "rate": 8.0}],
        ),
    },
    rests_on=("lu2021.SEN1-fixed", "lu2021.E3"),
    budget=1.1,
)
