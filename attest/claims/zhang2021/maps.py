"""The maps side by side: exact zeros and null rows, cost, gains of edges and paths, what the metrics say."""

from fractions import Fraction

from attest import Claim, Verdict, absolute, at_most, drawn_from, equal, grid, relative, rounding, within
from attest.claims.zhang2021.paper import PAPER
from numerics import sparsity as measured
from theory import sparsity as derived

WHERE = "Derived for this project from the definition of ReLA"

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
    budget=0.4,
)

PARAMETERS = Claim(
    id="zhang2021.C3-parameters",
    paper=PAPER,
    where="Released table: 72.31 million parameters with softmax, 72.34 million with ReLA",
    says="these are the parameters that gated norms of width 512 add to all attentions of the model",
    predicts=lambda: 30_000,
    measures=lambda modules: measured.count_added_parameters(512, 8, modules),
    agrees=within(absolute(10_000, because="a difference of two figures rounded to 0.01 million")),
    cases=[{"modules": 18}],
    control=[{"modules": 24}, {"modules": 36}],
    expects=Verdict.REFUTED,
    scope="not of the released model: 18 attentions in 6 + 6 layers, each with a gain and a gate of 512, make 18 432; "
    "24 to 36 attentions would fit the table",
    budget=0.4,
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
    budget=0.4,
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
    budget=0.4,
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
    budget=0.4,
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
    budget=0.4,
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
    budget=0.4,
)
