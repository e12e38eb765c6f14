"""Exact properties of a rectified, normalised row: scale, Euler's identity, dead zone, shift, null rows, pieces."""

from fractions import Fraction
from typing import Any

from attest import Claim, Observed, Rival, absolute, at_most, equal, grid, rounding, within
from attest.claims.zhang2021.paper import PAPER
from numerics import sparsity as measured
from theory import sparsity as derived

WHERE = "Derived for this project from the definition of ReLA"
SIMPLEX = ("softmax", "sparsemax", "entmax15")


def quarters(rng: Any, *shape: int, low: int = -8) -> Any:
    """Nested lists of multiples of 1/4, exact on both sides."""
    flat: list[Any] = [Fraction(int(x), 4) for x in rng.integers(low, 9, size=shape).ravel()]
    for size in reversed(shape[1:]):
        flat = [flat[i : i + size] for i in range(0, len(flat), size)]
    return flat


def active_rows(rng: Any, heads: int, n: int, d: int) -> dict[str, Any]:
    """Scores with an active key in every head, values, upstream gradients."""
    scores = quarters(rng, heads, n)
    for row in scores:
        row[0] = 2 + abs(row[0])
    values = quarters(rng, heads, n, d)
    for head in values:
        head[0] = [x + 16 for x in head[0]]  # keeps every row far from null
    return {"scores": scores, "values": values, "upstream": quarters(rng, heads, d)}


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
    budget=4.0,
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
    budget=3.0,
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
    budget=3.0,
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
    budget=1.0,
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
    budget=1.0,
)

SHIFT = Claim(
    id="zhang2021.D12-shift",
    paper=PAPER,
    where=WHERE,
    says="no gradient reaches a common shift of scores (a key bias) on the simplex; for ReLU it is a learned threshold",
    predicts=lambda weight_map, scores, values, upstream: derived.shift_derivative(
        weight_map, scores, values, upstream
    ),
    measures=lambda weight_map, scores, values, upstream: measured.measure_shift_derivative(
        weight_map, scores, values, upstream
    ),
    setting=lambda rng: {
        "scores": [Fraction(k, 4) for k in (5, 3, -2, -7)],
        "values": quarters(rng, 4, 3, low=1),
        "upstream": quarters(rng, 3, low=1),
    },
    agrees=within(rounding(operations=128, scale=50)),
    cases=grid(weight_map=(*SIMPLEX, "relu")),
    rivals={
        "invariant as well": lambda: 0,
        "half of it": lambda weight_map, scores, values, upstream: (
            derived.shift_derivative(weight_map, scores, values, upstream) / 2
        ),
        "not invariant either": lambda scores, values, upstream: derived.shift_derivative(
            "relu", scores, values, upstream
        ),
        "all keys, active or not": lambda weight_map, scores, values, upstream: derived.shift_derivative(
            weight_map, [1 for _ in scores], values, upstream
        ),
    },
    budget=1.0,
)

SPARSEMAX = Claim(
    id="zhang2021.D13-sparsemax",
    paper=PAPER,
    where=WHERE,
    says="sparsemax(s) = ReLU(s - t) with t from sum = 1: ReLA is sparsemax with its threshold frozen at 0",
    predicts=lambda scores: list(derived.sparsemax_weights(scores)),
    measures=lambda scores: measured.weigh_row(scores, "sparsemax"),
    setting=lambda rng, n: {"scores": [x / 4 for x in quarters(rng, n)]},
    agrees=within(rounding(operations=64, scale=2)),
    cases=grid(n=(2, 5, 9)),
    rivals={
        "threshold frozen at 0": lambda scores: [max(s, 0) for s in scores],
        "threshold a tenth higher": lambda scores: [
            max(s - Fraction(int(derived.sparsemax_threshold(scores).p), int(derived.sparsemax_threshold(scores).q)), 0)
            * Fraction(11, 10)
            for s in scores
        ],
    },
    derivation=lambda: derived.bridge_derivation(),
    budget=1.0,
)

ENTMAX = Claim(
    id="zhang2021.D13-entmax15",
    paper=PAPER,
    where=WHERE,
    says="1.5-entmax(s) = ReLU(s/2 - t)²: squared rectified attention is 1.5-entmax with its threshold frozen at 0",
    predicts=lambda scores: [max(s / 2 - derived.entmax15_threshold(scores), 0) ** 2 for s in scores],
    measures=lambda scores: measured.weigh_row(scores, "entmax15"),
    setting=lambda rng, n: {"scores": [x / 4 for x in quarters(rng, n)]},
    # The package's threshold is mean - sqrt((1 - variance)/k): a cancellation that costs half the digits at a tie.
    agrees=within(absolute(1e-7, because="the square root in the threshold halves the digits near a tie")),
    cases=grid(n=(2, 5, 9)),
    rivals={
        "not halved": lambda scores: [max(s - derived.entmax15_threshold(scores), 0) ** 2 for s in scores],
        "sparsemax": lambda scores: list(derived.sparsemax_weights(scores)),
    },
    derivation=lambda: derived.bridge_derivation(),
    budget=1.0,
)

SUPPORT_SIZE = Claim(
    id="zhang2021.D14-support",
    paper=PAPER,
    where="Section on ReLA; " + WHERE.lower(),
    says="a rectified row keeps exactly the keys with a score above 0: it is null iff no score is",
    predicts=lambda scores: derived.rectified_support(scores),
    measures=lambda scores: measured.count_positive_weights(scores, "relu"),
    setting=lambda rng, top: {"scores": [min(x, Fraction(top)) for x in quarters(rng, 6)]},
    agrees=equal,
    cases=grid(top=(-1, 0, 2), draw=(0, 1, 2)),
    rivals={
        "keeps one at least": lambda scores: max(1, derived.rectified_support(scores)),
        "keeps a score of 0": lambda scores: derived.rectified_support(scores, threshold=Fraction(-1, 8)),
        "keeps all": lambda scores: len(scores),
    },
    budget=1.0,
)

SLOPE = Claim(
    id="zhang2021.D16-ceiling",
    paper=PAPER,
    where=WHERE,
    says="|d out/d s| of a rectified, normalised row is at most |V_A|/sqrt(eps), and near null rows attain it",
    predicts=lambda norm, eps: derived.edge_ceiling(norm, eps),
    measures=lambda size, eps, values: Observed(
        measured.measure_output_slope([size, 2 * size, -1.0], values, eps=eps),
        given={"norm": measured.spectral_norm(values[:2])},
    ),
    setting=lambda rng: {"values": quarters(rng, 3, 4, low=1)},
    agrees=at_most(rounding(operations=256)),
    cases=[{"size": s, "eps": e} for s in (1e-9, 1e-3, 1.0) for e in (1e-8, 1e-2)],
    rivals={
        "half the ceiling": lambda norm, eps: derived.edge_ceiling(norm, eps) / 2,
        "linear in eps": lambda norm, eps: derived.edge_ceiling(norm, eps) * eps**0.5,
        "the ceiling of an eps ten times as large": Rival(
            lambda norm: derived.edge_ceiling(norm, 1e-7), cases=[{"size": 1e-9, "eps": 1e-8}]
        ),
    },
    free={"size": (1e-9, 1.0)},
    budget=1.0,
)

NULL_SLOPE = Claim(
    id="zhang2021.D16-null-slope",
    paper=PAPER,
    where=WHERE,
    says="at an exactly null row the normalisation has slope 1/sqrt(eps)",
    predicts=lambda dim, eps: [[derived.null_row_slope(eps) if i == j else 0 for j in range(dim)] for i in range(dim)],
    measures=lambda dim, eps: measured.measure_rms_jacobian([0.0] * dim, eps=float(eps)),
    agrees=within(rounding(operations=16)),
    cases=grid(dim=(1, 3), eps=(Fraction(1, 10**8), Fraction(1, 100))),
    rivals={
        "gated": lambda dim, eps: [
            [derived.null_row_slope(eps, gated=True) if i == j else 0 for j in range(dim)] for i in range(dim)
        ],
        "1/eps": lambda dim, eps: [[1 / eps if i == j else 0 for j in range(dim)] for i in range(dim)],
    },
    budget=1.0,
)

CUBIC = Claim(
    id="zhang2021.D19-cubic",
    paper=PAPER,
    where="Derived for this project; gating after Baldi and Vershynin (2022)",
    says="a rectified row is the cubic form sum H(q·k)(q·k)v: n linear threshold gates, each gating its own score",
    predicts=lambda query, keys, values: [x for x in derived.cubic_output(tuple(query), keys, values)],
    measures=lambda query, keys, values: measured.mix_rectified(query, keys, values),
    setting=lambda rng, n: {
        "query": quarters(rng, 3),
        "keys": quarters(rng, n, 3),
        "values": quarters(rng, n, 2, low=1),
    },
    agrees=within(rounding(operations=64, scale=200)),
    cases=grid(n=(1, 4, 8), draw=(0, 1)),
    rivals={
        "without gates": lambda query, keys, values: [
            sum(sum(q * x for q, x in zip(query, key, strict=True)) * v[i] for key, v in zip(keys, values, strict=True))
            for i in range(2)
        ],
        "degree four": lambda query, keys, values: [2 * x for x in derived.cubic_output(tuple(query), keys, values)],
    },
    derivation=lambda: derived.metric_derivation(),
    budget=1.0,
)
