"""Real text: docstring sentences. SEN holds roughly for the words that win, and is far off for the rest."""

from fractions import Fraction

from attest import Claim, Observed, Verdict, at_least, grid, relative, within
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived

WHERE = "Section 5.2 (real text; here docstrings in place of SST)"


def observe_band(low, high, per_class):
    seen = measured.measure_band_word(low, high, per_class=per_class)
    return Observed(seen.pop("norm"), given=seen)


def _norm(score, mass, coupling):
    return derived.sen_norm(Fraction(score), Fraction(mass), Fraction(coupling))


BAND = "what SEN is worth on text: the median word of the band, masses and embeddings drifting"

TOP_WORDS = Claim(
    id="lu2021.R1",
    paper=PAPER,
    where=WHERE,
    says="for words of score 2 and more the median norm is within 15 % of SEN's",
    predicts=lambda score, mass, coupling: _norm(score, mass, coupling),
    measures=lambda low, high, per_class: observe_band(low, high, per_class),
    agrees=within(relative(0.15, because=BAND)),
    cases=grid(low=(2.0,), high=(100.0,), per_class=(800,)),
    rivals={
        "no exponential term": lambda score, coupling: _norm(score, 10**9, coupling),
        "half the coupling": lambda score, mass, coupling: _norm(score, mass, Fraction(coupling) / 2),
    },
    rests_on=("lu2021.SEN1-fixed",),
    budget=0.4,
)

ALL_WORDS = Claim(
    id="lu2021.R1-all-words",
    paper=PAPER,
    where=WHERE,
    says="SEN holds within 15 % for the words of every score",
    predicts=lambda score, mass, coupling: _norm(score, mass, coupling),
    measures=lambda low, high, per_class: observe_band(low, high, per_class),
    agrees=within(relative(0.15, because=BAND)),
    cases=[{"low": low, "high": high, "per_class": 800} for low, high in ((0.2, 0.5), (0.5, 1.0))],
    control=[{"low": 2.0, "high": 100.0, "per_class": 800}],
    expects=Verdict.REFUTED,
    corrected="lu2021.R1",
    budget=0.4,
)


def observe_tracking(per_class):
    seen = measured.measure_drift_tracking(per_class=per_class)
    return Observed(seen["excess"], given={"drift": seen["drift"]})


DRIFT_EXPLAINS = Claim(
    id="lu2021.R2",
    paper=PAPER,
    where=WHERE,
    says="the excess of the norm over SEN is what the drift ratio r accounts for, 1/sqrt(1 - r) - 1",
    predicts=lambda drift: derived.drift_excess(Fraction(drift)),
    measures=lambda per_class: observe_tracking(per_class),
    agrees=within(relative(0.5, because="constant drift ratio and mass assumed; neither is constant")),
    cases=grid(per_class=(800,)),
    rivals={
        "there is no excess": lambda: 0,
        "twice the drift ratio": lambda drift: derived.drift_excess(min(2 * Fraction(drift), Fraction(99, 100))),
        "half of it": lambda drift: derived.drift_excess(Fraction(drift)) / 2,
    },
    budget=0.4,
)

DRIFT_ORDERS = Claim(
    id="lu2021.R2-order",
    paper=PAPER,
    where=WHERE,
    says="words are ordered alike by drift ratio and by excess: rank correlation at least 0.9",
    predicts=lambda: Fraction(9, 10),
    measures=lambda per_class: measured.measure_drift_tracking(per_class=per_class)["correlation"],
    agrees=at_least(),
    cases=grid(per_class=(800,)),
    rivals={"they agree exactly": lambda: 1},
    budget=0.4,
)


def purity_ratios(per_class):
    course = measured.measure_purity_course(per_class=per_class)
    first, last = course[0], course[-1]
    return [last["purity"] / first["purity"], first["occurrences"] / last["occurrences"]]


PURITY = Claim(
    id="lu2021.R3",
    paper=PAPER,
    where=f"{WHERE}: topic purity",
    says="over training the words that lead their sentences become purer and rarer",
    predicts=lambda: [1, 1],
    measures=lambda per_class: purity_ratios(per_class),
    agrees=at_least(),
    cases=grid(per_class=(800,)),
    rivals={"twice as pure": lambda: [2, 1], "ten times rarer": lambda: [1, 10]},
    budget=0.4,
)


def observe_competitor(role, per_class):
    study = measured.measure_losing_word if role == "losing" else measured.measure_winning_word
    seen = study(per_class=per_class)
    return Observed(seen["score"], given={"norm": seen["norm"], "mass": seen["mass"], "coupling": seen["coupling"]})


COMPETITION = Claim(
    id="lu2021.R4",
    paper=PAPER,
    where=f"{WHERE}: two words compete in one sentence",
    says="SEN gives the score of every word whose norm still grows",
    predicts=lambda norm, mass, coupling: derived.sen_score(Fraction(norm), Fraction(mass), Fraction(coupling)),
    measures=lambda role, per_class: observe_competitor(role, per_class),
    agrees=within(relative(0.25, because="15 % of the norm is up to 25 % of the score")),
    cases=grid(role=("losing",), per_class=(800,)),
    control=grid(role=("winning",), per_class=(800,)),
    expects=Verdict.REFUTED,
    corrected="lu2021.R1",
    budget=0.4,
)
