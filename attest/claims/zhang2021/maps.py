"""The maps side by side: Jacobians, Lipschitz constants, cost, gains of edges and paths, what the metrics say."""

from fractions import Fraction

from attest import Claim, Rival, Verdict, absolute, at_most, drawn_from, equal, grid, relative, rounding, within
from attest.claims.zhang2021.paper import PAPER
from numerics import sparsity as measured
from theory import sparsity as derived

WHERE = "Derived for this project from the definition of ReLA"
TRUNCATION = absolute(
    1e-8, because="central differences with step 1e-5: truncation and rounding of order 1e-10, off kinks"
)
ALPHA = {"softmax": 1, "entmax15": Fraction(3, 2), "sparsemax": 2}

ENTMAX_JACOBIAN = Claim(
    id="zhang2021.D15-jacobian",
    paper=PAPER,
    where="Derived for this project; Peters, Niculae, Martins (2019)",
    says="the Jacobian of α-entmax is diag(g) - g gᵀ/sum g with g = p^(2-α) on the support",
    predicts=lambda weights: derived.entmax_jacobian(weights, Fraction(3, 2)),
    measures=lambda weights: measured.measure_row_jacobian([2 * p**0.5 for p in map(float, weights)], "entmax15"),
    agrees=within(TRUNCATION),
    cases=[
        {"weights": [Fraction(1, 2), Fraction(1, 2)]},
        {"weights": [Fraction(4, 9), Fraction(4, 9), Fraction(1, 9)]},
        {"weights": [Fraction(1, 4)] * 4},
    ],
    rivals={
        "softmax": lambda weights: derived.entmax_jacobian(weights, 1),
        "sparsemax": lambda weights: derived.entmax_jacobian(weights, 2),
        "half": lambda weights: derived.entmax_jacobian(weights, Fraction(3, 2)) / 2,
    },
    derivation=lambda: derived.simplex_derivation(),
    budget=3.5,
)

TWO_BLOCKS = Claim(
    id="zhang2021.D15-two-blocks",
    paper=PAPER,
    where=WHERE,
    says="one weight p and n-1 equal ones: the Jacobian of 1.5-entmax has the eigenvalue n/(n-1) gH/(g+H)",
    predicts=lambda n, peak: derived.two_block_eigenvalue(n, peak, Fraction(3, 2)),
    measures=lambda n, peak: measured.measure_jacobian_norm(measured.two_block_scores(n, float(peak), 1.5), "entmax15"),
    agrees=within(absolute(1e-6, because="central differences with step 1e-5 over up to 256 scores, off kinks")),
    cases=grid(n=(8, 64, 256), peak=(Fraction(4, 5), Fraction(9, 10))),
    rivals={
        "a key more": lambda n, peak: derived.two_block_eigenvalue(n + 1, peak, Fraction(3, 2)),
        "the two-point constant": lambda: derived.two_point_norm(Fraction(3, 2)),
        "without n/(n-1)": lambda n, peak: derived.two_block_eigenvalue(n, peak, Fraction(3, 2)) * Fraction(n - 1, n),
    },
    derivation=lambda: derived.simplex_derivation(),
    budget=6.0,
)

UNIVERSAL = Claim(
    id="zhang2021.D15-universal",
    paper=PAPER,
    where=WHERE,
    says="2^(α-2) is a Lipschitz constant of 1.5-entmax at every length",
    predicts=lambda: derived.two_point_norm(Fraction(3, 2)),
    measures=lambda n, peak: measured.measure_jacobian_norm(measured.two_block_scores(n, float(peak), 1.5), "entmax15"),
    agrees=at_most(TRUNCATION),
    cases=grid(n=(64, 128), peak=(Fraction(4, 5),)),
    control=grid(n=(2, 8, 32), peak=(Fraction(1, 2), Fraction(4, 5))),
    expects=Verdict.REFUTED,
    corrected="zhang2021.D15-two-blocks",
    budget=0.4,
)

LIPSCHITZ = Claim(
    id="zhang2021.D15-small",
    paper=PAPER,
    where=WHERE,
    says="over two scores the Jacobian's norm is at most 2^(α-2): softmax 1/2, 1.5-entmax 1/sqrt 2, sparsemax 1",
    predicts=lambda weight_map: derived.two_point_norm(ALPHA[weight_map]),
    measures=lambda weight_map, gap, keys: (
        measured.measure_jacobian_norm([gap, 0.0], weight_map)
        if keys == 2
        else measured.measure_jacobian_norm(measured.two_block_scores(keys, 0.8, 1.5), weight_map)
    ),
    agrees=at_most(
        absolute(1e-8, because="central differences with step 1e-5; differences across a kink average slopes")
    ),
    cases=[{"weight_map": m, "gap": g, "keys": 2} for m in ALPHA for g in (0.0, 0.3)],
    rivals={
        "a tenth tighter": lambda weight_map: derived.two_point_norm(ALPHA[weight_map]) * Fraction(9, 10),
        "softmax for all": lambda: derived.two_point_norm(1),
        "at 64 keys too": Rival(
            lambda: derived.two_point_norm(Fraction(3, 2)), cases=[{"weight_map": "entmax15", "gap": 1.0, "keys": 64}]
        ),
    },
    free={"gap": (-2.0, 2.0)},
    budget=0.7,
)

COST = Claim(
    id="zhang2021.D17-cost",
    paper=PAPER,
    where=WHERE,
    says="a rectified row takes n comparisons, an exact sparse simplex row at most n ceil(log2 n), for sorting",
    predicts=lambda method, n: derived.comparison_count(method, n),
    measures=lambda method, scores: measured.count_comparisons(scores, method),
    setting=lambda rng, n: {"scores": rng.normal(size=n).tolist()},
    agrees=at_most(),
    cases=grid(method=("relu", "sort"), n=(8, 64, 512)),
    rivals={
        "half": lambda method, n: Fraction(derived.comparison_count(method, n), 2),
        "linear for both": lambda n: derived.comparison_count("relu", n),
    },
    budget=0.3,
)

EDGE = Claim(
    id="zhang2021.D20-edge",
    paper=PAPER,
    where="Derived for this project, after Kerg et al. (2020)",
    says="an edge among κ equal ones has gain 1/sqrt(κ(1+(κ-1)c)): 1/sqrt κ orthogonal, unbounded when values cancel",
    predicts=lambda active, cosine: derived.rectified_edge_gain(active, cosine),
    measures=lambda active, cosine: measured.measure_edge_gain(active, float(cosine)),
    agrees=within(relative(1e-11, because="a Gram matrix of condition number up to 2000 amplifies rounding")),
    cases=[
        *grid(active=(2, 4, 9), cosine=(0, Fraction(1, 2), Fraction(9, 10))),
        {"active": 2, "cosine": Fraction(-999, 1000)},
    ],
    rivals={
        "always 1/sqrt κ": lambda active: derived.rectified_edge_gain(active),
        "the simplex's 1/κ": lambda active: derived.simplex_edge_gain(active),
        "an edge more": lambda active, cosine: derived.rectified_edge_gain(active + 1, max(cosine, 0)),
    },
    derivation=lambda: derived.edge_derivation(),
    budget=0.4,
)

PATH = Claim(
    id="zhang2021.D20-path",
    paper=PAPER,
    where="Derived for this project, after Kerg et al. (2020), Theorem 2",
    says="a path through D levels of κ orthogonal values keeps κ^(-D/2), where simplex attention keeps κ^-D",
    predicts=lambda active, depth, simplex: derived.tree_gain(active, depth, rectified=not simplex),
    measures=lambda active, depth, simplex: measured.measure_path_gain(active, depth, simplex=simplex),
    agrees=within(rounding(operations=512)),
    cases=[{"active": k, "depth": d, "simplex": s} for k, d in ((2, 2), (2, 5), (3, 3)) for s in (False, True)],
    rivals={
        "simplex and rectified alike": lambda active, depth: derived.tree_gain(active, depth, rectified=False),
        "one level more": lambda active, depth, simplex: derived.tree_gain(active, depth + 1, rectified=not simplex),
    },
    budget=0.3,
)

EXACT_ZEROS = Claim(
    id="zhang2021.C1-zeros",
    paper=PAPER,
    where="Abstract",
    says="ReLU in place of softmax makes weights exactly zero by itself; softmax gives every key a weight",
    predicts=lambda weight_map, scores: derived.rectified_support(scores) if weight_map == "relu" else len(scores),
    measures=lambda weight_map, scores: measured.count_positive_weights(scores, weight_map),
    setting=lambda rng, n: {"scores": [Fraction(int(x), 8) for x in rng.integers(-16, 17, n)]},
    agrees=equal,
    cases=grid(weight_map=("relu", "softmax"), n=(4, 16, 64)),
    rivals={
        "dense": lambda scores: len(scores),
        "sparse as well": lambda scores: derived.rectified_support(scores),
        "one key more": lambda weight_map, scores: derived.rectified_support(scores) + 1,
    },
    budget=0.3,
)

NULL_ROWS = Claim(
    id="zhang2021.C7-null",
    paper=PAPER,
    where="Abstract",
    says="rectified heads can attend to nothing (zero total weight), which no map onto the simplex can",
    predicts=lambda weight_map, n: (
        [derived.null_probability(n), 1 - derived.null_probability(n)] if weight_map == "relu" else [0, 1]
    ),
    measures=lambda weight_map, n, rng: measured.count_null_map_rows(weight_map, n, samples=10_000, rng=rng),
    agrees=drawn_from(),
    cases=grid(weight_map=("relu", "softmax", "sparsemax", "entmax15"), n=(3,)),
    rivals={
        "never null": lambda: [0, 1],
        "null rows for all maps": lambda n: [derived.null_probability(n), 1 - derived.null_probability(n)],
        "one key more": lambda n: [derived.null_probability(n + 1), 1 - derived.null_probability(n + 1)],
    },
    rests_on=("zhang2021.D2-null",),
    budget=0.3,
)

DIVERSITY_OF_NULLS = Claim(
    id="zhang2021.C5-null-diversity",
    paper=PAPER,
    where="Abstract (head diversity), Correia, Niculae, Martins (2019)",
    says="null rows alone make heads look diverse: with k of H equal heads null it is the entropy of k/H over log H",
    predicts=lambda heads, null: derived.null_head_diversity(heads, null),
    measures=lambda heads, null: (
        measured.head_diversity([[[0.0, 0.0, 0.0]] if h < null else [[0.5, 0.0, 2.0]] for h in range(heads)]).augmented
    ),
    agrees=within(rounding(operations=64, scale=1)),
    cases=grid(heads=(2, 4, 8), null=(0, 1, 2)),
    rivals={
        "null rows add nothing": lambda: 0,
        "a null head more": lambda heads, null: derived.null_head_diversity(heads, min(null + 1, heads)),
        "the share itself": lambda heads, null: Fraction(null, heads),
    },
    derivation=lambda: derived.metric_derivation(),
    budget=1.0,
)

ERROR_RATE = Claim(
    id="zhang2021.C6-error-rate",
    paper=PAPER,
    where="Abstract (alignment error rate), Och & Ney (2003)",
    says="with every gold link sure, the alignment error rate is 1 - F1, from sums over the corpus",
    predicts=lambda hits, predicted, gold: derived.error_rate_from_f1(hits, predicted, gold),
    measures=lambda hits, predicted, gold: measured.alignment_error_rate(
        {(i, i) for i in range(predicted)},
        {(i, i) for i in range(predicted - hits, predicted - hits + gold)},
        {(i, i) for i in range(predicted - hits, predicted - hits + gold)},
    ),
    agrees=within(rounding(operations=8, scale=1)),
    cases=[
        {"hits": 1, "predicted": 2, "gold": 2},
        {"hits": 3, "predicted": 4, "gold": 9},
        {"hits": 0, "predicted": 1, "gold": 3},
    ],
    rivals={
        "1 - precision": lambda hits, predicted: 1 - Fraction(hits, predicted),
        "1 - recall": lambda hits, gold: 1 - Fraction(hits, gold),
        "one hit more": lambda hits, predicted, gold: derived.error_rate_from_f1(hits, predicted + 1, gold),
    },
    derivation=lambda: derived.metric_derivation(),
    budget=0.7,
)
