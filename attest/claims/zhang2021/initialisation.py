"""Rectified rows at random initialisation: how many keys stay, how large the output is, what the gate sees."""

from fractions import Fraction
from typing import Any

from attest import Claim, Observed, drawn_from, equal, grid, within
from attest.claims.zhang2021.paper import PAPER
from numerics import sparsity as measured
from theory import sparsity as derived

WHERE = "Derived for this project from the definition of ReLA"

HALF = Claim(
    id="zhang2021.D1-half",
    paper=PAPER,
    where=WHERE,
    says="a symmetric key gets weight 0 with probability 1/2, for every law of its entries and every dimension",
    predicts=lambda: [derived.null_probability(1), 1 - derived.null_probability(1)],
    measures=lambda keys, dim, rng: measured.count_supports(1, samples=20_000, dim=dim, keys=keys, rng=rng).tolist(),
    agrees=drawn_from(),
    cases=grid(keys=("gaussian", "uniform", "laplace", "cauchy"), dim=(1, 16)),
    rivals={
        "half as likely": lambda: [Fraction(1, 4), Fraction(3, 4)],
        "no zeros without training": lambda: [0, 1],
    },
    budget=1.0,
)

NULL = Claim(
    id="zhang2021.D2-null",
    paper=PAPER,
    where=WHERE,
    says="a row over n symmetric keys is null with probability exactly 2^-n; the common query does not correlate signs",
    predicts=lambda n: [derived.null_probability(n), 1 - derived.null_probability(n)],
    measures=lambda n, dim, rng: measured.count_null_rows(n, samples=40_000, dim=dim, rng=rng).tolist(),
    agrees=drawn_from(),
    cases=grid(n=(1, 3, 6), dim=(1, 4, 16)),
    rivals={
        "one key fewer": lambda n: [Fraction(2, 2**n), 1 - Fraction(2, 2**n)],
        "one key more": lambda n: [Fraction(1, 2 ** (n + 1)), 1 - Fraction(1, 2 ** (n + 1))],
        "the keys lie in a half-space": lambda n, dim: [
            derived.null_query_probability(n, dim),
            1 - derived.null_query_probability(n, dim),
        ],
    },
    derivation="cited: independent symmetric signs given the query",
    budget=1.0,
)

SUPPORT = Claim(
    id="zhang2021.D2-support",
    paper=PAPER,
    where=WHERE,
    says="the number of keys a row keeps is Binomial(n, 1/2), in every dimension",
    predicts=lambda n: list(derived.support_distribution(n)),
    measures=lambda n, dim, rng: measured.count_supports(n, samples=20_000, dim=dim, rng=rng).tolist(),
    agrees=drawn_from(),
    cases=grid(n=(4,), dim=(1, 3, 64)),
    rivals={
        "uniform on {0..n}": lambda n: list(derived.support_distribution(n, shared_mean_ratio=1)),
        "a small shared mean": lambda n: list(derived.support_distribution(n, shared_mean_ratio=Fraction(1, 2))),
    },
    budget=4.0,
)

SHARED_MEAN = Claim(
    id="zhang2021.D4-shared-mean",
    paper=PAPER,
    where=WHERE,
    says="keys with a shared mean of size r sqrt(d): the support law mixes binomials over the query's angle",
    predicts=lambda n, ratio, dim: list(derived.support_distribution(n, ratio, dim)),
    measures=lambda n, ratio, dim, rng: measured.count_supports(
        n, samples=100_000, dim=dim, shared_mean_ratio=float(ratio), rng=rng
    ).tolist(),
    agrees=drawn_from(),
    cases=[
        {"n": 6, "ratio": 1, "dim": 8},
        {"n": 4, "ratio": 1, "dim": 2},
        {"n": 4, "ratio": Fraction(1, 2), "dim": 3},
    ],
    rivals={
        "uniform, the limit of high dimension": lambda n, ratio: list(derived.support_distribution(n, ratio)),
        "no shared mean": lambda n: list(derived.support_distribution(n)),
        "twice the ratio": lambda n, ratio, dim: list(derived.support_distribution(n, 2 * ratio, dim)),
    },
    derivation=lambda: derived.support_derivation(),
    budget=7.0,
)

UNIFORM = Claim(
    id="zhang2021.D4-uniform",
    paper=PAPER,
    where=WHERE,
    says="at r = 1 every support size is equally likely as the dimension grows: null probability 1/(n + 1)",
    kind="asymptotic",
    finite_form=("zhang2021.D4-shared-mean",),
    derivation=lambda: derived.support_derivation(),
)

PATTERNS = Claim(
    id="zhang2021.D3-patterns",
    paper=PAPER,
    where=WHERE,
    says="queries can select 2 sum_{i<d} C(n-1, i) supports from n keys in general position in R^d",
    predicts=lambda n, dim: derived.support_pattern_count(n, dim),
    measures=lambda n, dim, rng: len(measured.support_patterns(measured.draw_integer_keys(n, dim, rng))),
    agrees=equal,
    cases=grid(n=(4, 5, 6, 7), dim=(2, 3, 4)),
    rivals={
        "a dimension more": lambda n, dim: derived.support_pattern_count(n, dim + 1),
        "every support": lambda n: 2**n,
        "with thresholds": lambda n, dim: derived.thresholded_pattern_count(n, dim),
    },
    kind="count",
    derivation=lambda: derived.pattern_derivation(),
    budget=3.5,
)

THRESHOLDED = Claim(
    id="zhang2021.D3-thresholds",
    paper=PAPER,
    where=WHERE,
    says="with a threshold for every key the number of supports is sum_{i<=d} C(n, i)",
    predicts=lambda n, dim: derived.thresholded_pattern_count(n, dim),
    measures=lambda n, dim, keys: len(
        measured.thresholded_support_patterns([row[:-1] for row in keys], [row[-1] for row in keys])
    ),
    setting=lambda rng, n, dim: {"keys": rng.integers(-1000, 1001, (n, dim + 1)).tolist()},
    agrees=equal,
    cases=grid(n=(4, 5, 6), dim=(2, 3)),
    rivals={
        "without thresholds": lambda n, dim: derived.support_pattern_count(n, dim),
        "a dimension more": lambda n, dim: derived.thresholded_pattern_count(n, dim + 1),
    },
    kind="count",
    budget=1.0,
)

NULLABLE = Claim(
    id="zhang2021.D3-nullable",
    paper=PAPER,
    where=WHERE,
    says="some query nulls a random key set with Wendel's probability, 1/2 at n = 2d",
    predicts=lambda n, dim: [derived.null_query_probability(n, dim), 1 - derived.null_query_probability(n, dim)],
    measures=lambda n, dim, rng: measured.count_nullable_key_sets(n, dim, samples=4000, rng=rng),
    agrees=drawn_from(),
    cases=[{"n": 4, "dim": 2}, {"n": 6, "dim": 3}, {"n": 5, "dim": 3}, {"n": 3, "dim": 4}],
    rivals={
        "a dimension more": lambda n, dim: [
            derived.null_query_probability(n, dim + 1),
            1 - derived.null_query_probability(n, dim + 1),
        ],
        "as likely as a null row": lambda n: [derived.null_probability(n), 1 - derived.null_probability(n)],
    },
    budget=1.0,
)

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
    budget=3.0,
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
    budget=5.0,
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
    budget=2.5,
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
    budget=1.0,
)
