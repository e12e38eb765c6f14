"""What training only embeddings, or only keys, does (ablations KF and EF)."""

from fractions import Fraction
from math import sqrt

from attest import Claim, grid, relative, within
from attest.claims.lu2021.fixed_heads import FLOW, simplex
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived


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
    budget=0.5,
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
    budget=1.1,
)
