"""Labels that carry no information: SEN is no evidence of learning."""

from fractions import Fraction

from attest import Claim, Observed, Verdict, absolute, grid, within
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived


def observe_noise(draw):
    problem = measured.draw_flow_problem(draw, head="fixed", noise=1.0, horizon=600.0)
    seen = measured.measure_flow_norms(problem, moments=2)
    return Observed([s.pop("score") for s in seen], given={"words": seen})


def _scores(words, mass=1, exponential=True):
    found = []
    for w in words:
        size = Fraction(w["mass"]) * mass * (1 if exponential else 10**12)
        start = (Fraction(w["score0"]), Fraction(w["norm0"]), w["multiplicity"])
        found.append(derived.sen_score(Fraction(w["norm"]), size, Fraction(w["coupling"]), *start))
    return found


RANDOM_LABELS = Claim(
    id="lu2021.E6",
    paper=PAPER,
    where="Theorem 1: any labels",
    says="with frozen irrelevant words SEN is exact for random labels too: passing it is no evidence of learning",
    predicts=lambda words: _scores(words),
    measures=lambda draw: observe_noise(draw),
    agrees=within(absolute(1e-8, because="DOP853 at relative tolerance 1e-11")),
    cases=grid(draw=range(4)),
    rivals={
        "mass 2 m": lambda words: _scores(words, mass=2),
        "no exponential term": lambda words: _scores(words, exponential=False),
    },
    rests_on=("lu2021.SEN1-fixed",),
    budget=9.5,
)


def observe_shuffled(noise, steps):
    data = measured.draw_topic_sentences(200, irrelevant=500, length=20, noise=noise, rng=0)
    run = measured.simulate_attention(data, rate=4.0, steps=steps, seed=0, query=[1.0], record=[steps])
    topics = range(8)
    return Observed(
        [float(run.scores[0, t]) for t in topics], given={"norms": [float(run.norms[0, t]) for t in topics]}
    )


SHUFFLED_AND_TRAINED = Claim(
    id="lu2021.E6-shuffled",
    paper=PAPER,
    where="Theorem 1: any labels",
    says="SEN holds for random labels even when the irrelevant words are trained",
    predicts=lambda norms: [derived.sen_score(Fraction(x), 20) for x in norms],
    measures=lambda noise, steps: observe_shuffled(noise, steps),
    agrees=within(absolute(0.2, because="the residual that sample, vocabulary and step leave with true labels")),
    cases=[{"noise": 1.0, "steps": 300}],
    control=[{"noise": 0.0, "steps": 80}],
    expects=Verdict.REFUTED,
    corrected="lu2021.E6",
    budget=0.4,
)
