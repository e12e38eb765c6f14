"""What a scale of the scores does to a rectified, normalised row: Jacobian, rescaling, Euler's identity, dead zone."""

from fractions import Fraction
from typing import Any

from attest import Claim, Observed, Rival, grid, rounding, within
from attest.claims.zhang2021.drawing import active_rows, quarters
from attest.claims.zhang2021.paper import PAPER
from numerics import sparsity as measured
from theory import sparsity as derived

WHERE = "Derived for this project from the definition of ReLA"

JACOBIAN = Claim(
    id="zhang2021.D8-jacobian",
    paper=PAPER,
    where=WHERE,
    says="the Jacobian of RMSNorm is (I - z zᵀ/(d R²))/R: it removes the direction of its argument",
    predicts=lambda z, eps: derived.rms_jacobian(z, eps),
    measures=lambda z, eps: measured.measure_rms_jacobian(z, eps=float(eps)),
    setting=lambda rng, dim: {"z": quarters(rng, dim, low=1)},
    agrees=within(rounding(operations=64, scale=1)),
    cases=grid(dim=(2, 5), eps=(0, Fraction(1, 4))),
    rivals={
        "no projector": lambda z, eps: [
            [1 / derived.root_mean_square(z, eps) if i == j else 0 for j in range(len(z))] for i in range(len(z))
        ],
        "without eps": lambda z: derived.rms_jacobian(z),
        "half": lambda z, eps: derived.rms_jacobian(z, eps) / 2,
    },
    derivation=lambda: derived.homogeneity_derivation(),
    budget=0.4,
)


GATED_JACOBIAN = Claim(
    id="zhang2021.D8-gated",
    paper=PAPER,
    where=WHERE,
    says="the Jacobian of ReLA-g's norm is diag(σ(1 + wz(1-σ)))/R - (σz)zᵀ/(d R³), by the module's own backward pass",
    predicts=lambda z, gate, eps: derived.gated_jacobian(z, gate, eps),
    measures=lambda z, gate, eps: measured.measure_gated_jacobian(z, gate, eps=float(eps)),
    setting=lambda rng, dim: {"z": quarters(rng, dim, low=1), "gate": quarters(rng, dim, low=-4)},
    agrees=within(rounding(operations=64, scale=2)),
    cases=grid(dim=(2, 5), eps=(0, Fraction(1, 4))),
    rivals={
        "the gate as a constant": lambda z, gate, eps: derived.gated_jacobian(z, [0 for _ in gate], eps),
        "without eps": lambda z, gate: derived.gated_jacobian(z, gate),
        "the gate sees the normalised output": lambda z, gate, eps: derived.gated_jacobian(
            z, [w / derived.root_mean_square(z, eps) for w in gate], eps
        ),
    },
    derivation=lambda: derived.gated_derivation(),
    budget=0.4,
)


def row_mean_square(scores: Any, values: Any) -> Any:
    z = [sum(max(s, 0) * row[i] for s, row in zip(scores, values, strict=True)) for i in range(len(values[0]))]
    return sum(x * x for x in z) / len(z)


SCALE = Claim(
    id="zhang2021.D9-scale",
    paper=PAPER,
    where=WHERE,
    says="scaling all scores by c > 0 leaves RMSNorm(ReLU(s)V) alone, but for a factor sqrt((m+eps)/(m+eps/c²))",
    predicts=lambda scores, values, factor, eps: (
        [derived.rescaling_gain(factor, row_mean_square(scores, values), eps)] * len(values[0])
    ),
    measures=lambda scores, values, factor, eps: measured.measure_rescaling_gain(
        scores, values, float(factor), eps=float(eps)
    ),
    setting=lambda rng: {k: v[0] for k, v in active_rows(rng, 1, 4, 3).items() if k != "upstream"},
    agrees=within(rounding(operations=64)),
    cases=grid(factor=(Fraction(1, 64), Fraction(1, 2), 8), eps=(0, 100)),
    rivals={
        "homogeneous of degree one": lambda values, factor: [factor] * len(values[0]),
        "no dependence on eps": lambda values: [1] * len(values[0]),
        "eps scaled the other way": lambda scores, values, factor, eps: (
            [derived.rescaling_gain(1 / Fraction(factor), row_mean_square(scores, values), eps)] * len(values[0])
        ),
        "negative factors too": Rival(
            lambda values: [1] * len(values[0]), cases=[{"factor": -1, "eps": 0}, {"factor": -2, "eps": 0}]
        ),
    },
    derivation=lambda: derived.homogeneity_derivation(),
    budget=0.4,
)


def euler(scores: Any, values: Any, upstream: Any, per_head: bool, eps: Any) -> Observed:
    seen = measured.measure_euler_sums(scores, values, upstream, per_head=per_head, eps=float(eps))
    return Observed(seen["total"], given={"mean_square": seen["mean_square"], "along": seen["along"]})


EULER = Claim(
    id="zhang2021.D10-euler",
    paper=PAPER,
    where=WHERE,
    says="sum of s_j dL/ds_j over a normalised group is eps/(m+eps) <δ, out>: zero without eps",
    predicts=lambda mean_square, along, eps: sum(
        derived.euler_defect(m, a, eps) for m, a in zip(mean_square, along, strict=True)
    ),
    measures=lambda scores, values, upstream, per_head, eps: euler(scores, values, upstream, per_head, eps),
    setting=lambda rng: active_rows(rng, 2, 4, 3),
    agrees=within(rounding(operations=256, scale=100)),
    cases=grid(per_head=(False, True), eps=(0, 100)),
    rivals={
        "zero whatever eps": lambda: 0,
        "homogeneous of degree one": lambda along: sum(along),
        "twice": lambda mean_square, along, eps: (
            2 * sum(derived.euler_defect(m, a, eps) for m, a in zip(mean_square, along, strict=True))
        ),
    },
    derivation=lambda: derived.homogeneity_derivation(),
    budget=0.4,
)

EULER_BY_HEAD = Claim(
    id="zhang2021.D10-by-head",
    paper=PAPER,
    where=WHERE,
    says="the sum vanishes head by head if each head is normalised alone, and not if they are normalised together",
    predicts=lambda: [0, 0],
    measures=lambda scores, values, upstream, per_head: measured.measure_euler_sums(
        scores, values, upstream, per_head=per_head
    )["by_head"],
    setting=lambda rng: active_rows(rng, 2, 4, 3),
    agrees=within(rounding(operations=256, scale=100)),
    cases=[{"per_head": True, "draw": i} for i in range(3)],
    rivals={
        "normalised together as well": Rival(lambda: [0, 0], cases=[{"per_head": False}]),
        "one tenth of the upstream": lambda upstream: [sum(row) / 10 + Fraction(1, 10) for row in upstream],
    },
    budget=0.4,
)


def stepped(weight_map: str, rate: Any, rng: Any) -> Observed:
    seen = measured.measure_norms_after_step(weight_map, float(rate), rng=rng)
    return Observed(seen["after"], given={"before": seen["before"], "gradients": seen["gradients"]})


def grown(before: Any, gradients: Any, rate: Any) -> list[Any]:
    return [derived.squared_norm_after_step(b, rate, g) for b, g in zip(before, gradients, strict=True)]


STEP = Claim(
    id="zhang2021.D10-step",
    paper=PAPER,
    where=WHERE,
    says="a gradient step adds η²|G|² to |W|² of query, key and value projections: their norms only grow",
    predicts=lambda before, gradients, rate: grown(before, gradients, rate),
    measures=lambda weight_map, rate, rng: stepped(weight_map, rate, rng),
    agrees=within(rounding(operations=1024, scale=100)),
    cases=grid(weight_map=("relu", "relu2"), rate=(Fraction(1, 16), 1)),
    rivals={
        "conserved, as by gradient flow": lambda before: before,
        "half the growth": lambda before, gradients, rate: [
            (b + a) / 2 for b, a in zip(before, grown(before, gradients, rate), strict=True)
        ],
        "softmax's query and key projections too": Rival(
            lambda before, gradients, rate: grown(before, gradients, rate),
            cases=[{"weight_map": "softmax", "rate": 1}],
        ),
    },
    rests_on=("zhang2021.D10-euler",),
    budget=0.4,
)

DEAD_ZONE = Claim(
    id="zhang2021.D11-dead-zone",
    paper=PAPER,
    where=WHERE,
    says="a single active key normalised alone gets no score gradient; a gate revives it",
    predicts=lambda value, upstream, gate: derived.lone_key_gradient(1, value, upstream, gate),
    measures=lambda value, upstream, gate: measured.measure_lone_key_gradient(1.0, value, upstream, gate=gate),
    setting=lambda rng, gated: {
        "value": quarters(rng, 3, low=1),
        "upstream": quarters(rng, 3, low=1),
        "gate": [Fraction(k, 4) if gated else Fraction(0) for k in (1, 2, 3)],
    },
    agrees=within(rounding(operations=128, scale=10)),
    cases=grid(gated=(False, True)),
    rivals={
        "the gate does not help": lambda: 0,
        "the gate's slope without its value": lambda value, upstream, gate: (
            2 * derived.lone_key_gradient(1, value, upstream, gate)
        ),
        "without normalisation": lambda value, upstream: sum(v * u for v, u in zip(value, upstream, strict=True)),
    },
    budget=0.4,
)
