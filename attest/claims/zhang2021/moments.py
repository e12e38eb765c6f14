"""Rectified rows at random initialisation: how large outputs and gradients are, how few keys count, what gates see."""

from fractions import Fraction
from typing import Any

from attest import Claim, Observed, Rival, drawn_from, equal, grid, within
from attest.claims.zhang2021.paper import PAPER
from numerics import sparsity as measured
from theory import sparsity as derived

WHERE = "Derived for this project from the definition of ReLA"

OUTPUT = Claim(
    id="zhang2021.D5-output",
    paper=PAPER,
    where=WHERE,
    says="the un-normalised output has mean square n τ²/2, plus a term of order n² where values share a mean",
    predicts=lambda n, mean: derived.output_mean_square(n, value_mean=mean),
    measures=lambda n, mean, rng: measured.sample_output_squares(n, samples=20_000, value_mean=float(mean), rng=rng),
    agrees=drawn_from(),
    cases=grid(n=(8, 64), mean=(0, 1)),
    rivals={
        "twice": lambda n, mean: 2 * derived.output_mean_square(n, value_mean=mean),
        "the shared mean adds up like noise": lambda n, mean: (1 + mean**2) * derived.output_mean_square(n),
        "the softmax law": lambda n: derived.softmax_output_mean_square(n),
    },
    derivation=lambda: derived.moments_derivation(),
    budget=0.4,
)

BRANCH = Claim(
    id="zhang2021.D5-branch",
    paper=PAPER,
    where=WHERE,
    says="the normalised branch starts at RMS 1 with a plain gain, 1/2 under a gate, and 1/sqrt d in ReLA-i",
    predicts=lambda norm, width: derived.initial_branch_rms(norm, width) ** 2,
    measures=lambda norm, width, rng: measured.sample_branch_squares(norm, width, samples=20_000, rng=rng),
    agrees=drawn_from(),
    cases=grid(norm=("plain", "init", "gated"), width=(4, 64)),
    rivals={
        "1 for all": lambda: 1,
        "a gain twice as wide": lambda norm, width: (
            derived.initial_branch_rms(norm, width) ** 2 * (4 if norm == "init" else 1)
        ),
        "a width less": lambda norm, width: derived.initial_branch_rms(norm, width - 1) ** 2,
    },
    budget=0.6,
)

RAW_GRADIENT = Claim(
    id="zhang2021.D6-raw",
    paper=PAPER,
    where=WHERE,
    says="without a norm E|dL/ds|² = n/2: the score gradient grows with the row",
    predicts=lambda n: derived.unnormalised_score_gradient_mean_square(n),
    measures=lambda n, rng: measured.sample_plain_score_gradients(n, 8, samples=10_000, rng=rng),
    agrees=drawn_from(),
    cases=grid(n=(2, 8, 64)),
    rivals={
        "every key counts": lambda n: n,
        "one key fewer": lambda n: derived.unnormalised_score_gradient_mean_square(max(n - 1, 1)),
        "free of the length, as with a norm": lambda: derived.score_gradient_limit(8) ** 2,
    },
    budget=0.9,
)

SCORE_GRADIENT = Claim(
    id="zhang2021.D6-score-gradient",
    paper=PAPER,
    where=WHERE,
    says="given κ active keys, E|dL/ds|² = (κ-1)(d-1)/((κ-2)(d-2)τ²), free of the values' size",
    predicts=lambda active, dim, deviation: derived.score_gradient_mean_square(active, dim, deviation**2),
    measures=lambda active, dim, deviation, rng: measured.summarise(
        measured.sample_score_gradients(active, dim, samples=40_000, score_deviation=float(deviation), rng=rng)
    ),
    agrees=drawn_from(),
    cases=[
        {"active": 10, "dim": 8, "deviation": 1},
        {"active": 8, "dim": 16, "deviation": 2},
        {"active": 20, "dim": 16, "deviation": 1},
    ],
    rivals={
        "one dimension short: (κ(1 - 1/d) - 1)/((κ-2)τ²)": lambda active, dim, deviation: (
            (Fraction(active * (dim - 1), dim) - 1) / ((active - 2) * deviation**2)
        ),
        "an inactive key counted": lambda active, dim, deviation: (
            derived.score_gradient_mean_square(active, dim, deviation**2) * Fraction(active, active - 1)
        ),
        "many keys": lambda dim, deviation: derived.score_gradient_limit(dim, deviation**2) ** 2,
    },
    derivation=lambda: derived.score_gradient_derivation(),
    budget=2.8,
)


def participation(draw: Any) -> Observed:
    near, far = (measured.sample_participation_share(n, samples=4000, rng=draw) for n in (512, 1024))
    noise = 6 * (near["standard_error"] + far["standard_error"])  # six standard errors of both
    return Observed(far["mean"], error=abs(near["mean"] - far["mean"]) + noise)


PARTICIPATION = Claim(
    id="zhang2021.D7-participation",
    paper=PAPER,
    where=WHERE,
    says="the participation ratio of a rectified row tends to n/π, whatever the size of the scores",
    predicts=lambda: derived.participation_share(),
    measures=lambda rng: participation(rng),
    agrees=within(),
    cases=[{}],
    rivals={
        "the support's share": lambda: Fraction(1, 2),
        "the softmax law": lambda: derived.softmax_participation_share(),
        "without the half": lambda: derived.participation_share() / 2,
    },
    derivation=lambda: derived.moments_derivation(),
    budget=0.5,
)


def ordered(n: int, deviation: Any, rng: Any) -> Observed:
    """Whether ReLU keeps more keys on average than 1.5-entmax, and that more than sparsemax."""
    seen = measured.mean_supports(
        ("relu", "entmax15", "sparsemax"), n, score_deviation=float(deviation), samples=400, rng=rng
    )
    kept = list(seen.values())
    return Observed([int(kept[0] > kept[1]), int(kept[1] > kept[2])], evidence=seen)


LEAST_SPARSE = Claim(
    id="zhang2021.D7-least-sparse",
    paper=PAPER,
    where=WHERE,
    says="at initialisation, scores of variance 1, ReLU keeps more keys than 1.5-entmax, and that more than sparsemax",
    predicts=lambda: [1, 1],
    measures=lambda n, deviation, rng: ordered(n, deviation, rng),
    agrees=equal,
    cases=grid(n=(16, 64, 256), deviation=(1,)),
    rivals={
        "fewest of all": lambda: [0, 1],
        "sparsemax keeps most": lambda: [0, 0],
        "whatever the size of the scores": Rival(lambda: [1, 1], cases=[{"n": 16, "deviation": Fraction(1, 100)}]),
    },
    budget=0.4,
)

SATURATION = Claim(
    id="zhang2021.D18-saturation",
    paper=PAPER,
    where="Derived for this project; gate of ReLA-g",
    says="with a gate of weight w the share of saturated gates grows with the row: 2Q(ln 19/(w sqrt(n/2)))",
    predicts=lambda n, gate: [derived.gate_saturation(n, gate), 1 - derived.gate_saturation(n, gate)],
    # 4000 rows resolve 4 %; the limit law is off by order 1/n of itself at n = 512.
    measures=lambda n, gate, rng: measured.count_saturated_gates(n, samples=4000, gate=float(gate), rng=rng),
    agrees=drawn_from(),
    cases=[{"n": 512, "gate": 1}, {"n": 512, "gate": Fraction(1, 5)}],
    rivals={
        "every key counts, not half of them": lambda n, gate: [
            derived.gate_saturation(2 * n, gate),
            1 - derived.gate_saturation(2 * n, gate),
        ],
        "free of the length": lambda gate: [derived.gate_saturation(1, gate), 1 - derived.gate_saturation(1, gate)],
    },
    budget=0.4,
)
