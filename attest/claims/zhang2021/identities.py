"""Exact properties of a rectified row: shift, its peers with a frozen threshold, null rows, slopes, cubic pieces."""

from fractions import Fraction

from attest import Claim, Observed, Rival, absolute, at_most, equal, grid, rounding, within
from attest.claims.zhang2021.drawing import quarters
from attest.claims.zhang2021.paper import PAPER
from numerics import sparsity as measured
from theory import sparsity as derived

WHERE = "Derived for this project from the definition of ReLA"
SIMPLEX = ("softmax", "sparsemax", "entmax15")

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
    budget=0.4,
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
    budget=0.4,
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
    budget=0.4,
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
    budget=0.4,
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
    budget=0.6,
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
    budget=0.4,
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
    budget=0.4,
)
