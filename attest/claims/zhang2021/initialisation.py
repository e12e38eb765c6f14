"""Rectified rows at random initialisation: how many keys stay, how often none does, which supports can occur."""

from fractions import Fraction

from attest import Claim, drawn_from, equal, grid
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
    budget=0.4,
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
    budget=0.9,
)

CAUSAL = Claim(
    id="zhang2021.D2-causal",
    paper=PAPER,
    where=WHERE,
    says="under a causal mask of L words the mean null rate is (1 - 2^-L)/L: the first rows see few keys",
    predicts=lambda length: [derived.causal_null_rate(length), 1 - derived.causal_null_rate(length)],
    measures=lambda length, rng: measured.count_causal_null_rows(length, samples=20_000, rng=rng),
    agrees=drawn_from(),
    cases=grid(length=(1, 4, 12)),
    rivals={
        "one word more": lambda length: [
            derived.causal_null_rate(length + 1),
            1 - derived.causal_null_rate(length + 1),
        ],
        "as rare as in the last row": lambda length: [
            derived.null_probability(length),
            1 - derived.null_probability(length),
        ],
    },
    derivation=lambda: derived.support_derivation(),
    budget=0.4,
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
    budget=0.4,
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
    budget=0.6,
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
    budget=0.4,
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
    budget=0.4,
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
    budget=1.4,
)
