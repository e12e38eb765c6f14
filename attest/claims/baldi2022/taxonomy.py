"""The kinds of attention, and which of them coincide for threshold gates."""

from typing import TYPE_CHECKING, Any

from attest import Claim, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured
from theory import capacity as derived

if TYPE_CHECKING:
    from numpy.random import Generator

ALL = ("activation", "output", "synapse")

KINDS = Claim(
    id="baldi2022.T3",
    paper=PAPER,
    where="abstracts of the preprint (6 kinds) and of the later versions (18 classes)",
    says="Signals from outputs attend in 6 ways, from any variable in 18; 2 of the 6 need no new kind of neuron",
    predicts=lambda origins: derived.attention_summary(tuple(origins)),
    measures=lambda origins: measured.classify_attention(origins),
    agrees=equal,
    cases=({"origins": ("output",)}, {"origins": ALL}),
    rivals={
        "additive synaptic attention needs no product of signals": lambda origins: {
            **derived.attention_summary(tuple(origins)),
            "inside": 3,
        },
        "all effects on the attended sum differ": lambda origins: {
            **derived.attention_summary(tuple(origins)),
            "effects": 6,
        },
        "additive and multiplicative counted as one": lambda origins: {
            "kinds": 3 * len(origins),
            "inside": 1,
            "effects": 3,
        },
    },
    budget=0.4,
)

SIGN_GATES = Claim(
    id="baldi2022.T1",
    paper=PAPER,
    where="taxonomy: gating the activation of a sign neuron",
    says="For sign gates, gating all synapses and the bias is the same as gating the output: f(aS) = a f(S)",
    kind="count",
    predicts=lambda n: sum(measured.composed_by_ones(n, "output", "pm1", "pm1", "ungated")),
    measures=lambda n: sum(measured.asked_by_ones(n, "all_synapses", "pm1", "pm1", "gated")),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4)),
    rivals={
        "the bias need not be gated": lambda n: sum(
            measured.composed_by_ones(n, "all_synapses", "pm1", "pm1", "ungated")
        ),
        "0/1 gates do the same": lambda n: sum(measured.composed_by_ones(n, "output", "01", "pm1", "ungated")),
    },
    derivation=lambda: derived.taxonomy_derivation(),
    budget=5.5,
)


def draw_receivers(rng: "Generator", receivers: int, inputs: int) -> dict[str, Any]:
    """Integer weights and outputs, a synapse and an attending signal."""
    return {
        "weights": rng.integers(1, 9, size=(receivers, inputs)).tolist(),
        "outputs": rng.integers(1, 9, size=inputs).tolist(),
        "target": int(rng.integers(receivers)),
        "source": int(rng.integers(inputs)),
        "signal": int(rng.choice((-3, -2, -1, 2, 3))),
    }


ONE_TARGET = Claim(
    id="baldi2022.T2",
    paper=PAPER,
    where="taxonomy: synaptic against output gating",
    says="Gating the synapse from j to i is gating output j for receiver i alone; output gating acts on all receivers",
    setting=draw_receivers,
    predicts=lambda weights, outputs, target, source, signal: derived.receiver_sums(
        weights, outputs, target, source, signal
    ),
    measures=lambda weights, outputs, target, source, signal: measured.gate_one_synapse(
        weights, outputs, target, source, signal
    ),
    agrees=equal,
    cases=grid(receivers=(2, 3), inputs=(2, 5, 9)),
    rivals={
        "all receivers see the gated output": lambda weights, outputs, source, signal: derived.receiver_sums(
            weights, outputs, None, source, signal
        ),
        "the next synapse is gated": lambda weights, outputs, target, source, signal: derived.receiver_sums(
            weights, outputs, target, (source + 1) % len(outputs), signal
        ),
        "the signal is squared": lambda weights, outputs, target, source, signal: derived.receiver_sums(
            weights, outputs, target, source, signal**2
        ),
    },
    derivation=lambda: derived.taxonomy_derivation(),
    budget=0.4,
)
