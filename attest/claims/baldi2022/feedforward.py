"""Networks of threshold gates without gating: the substrate that attention is compared with."""

from fractions import Fraction
from math import comb

from attest import Claim, at_least, at_most, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured
from theory import capacity as derived

LAYER = Claim(
    id="baldi2022.FF1",
    paper=PAPER,
    where="one layer",
    says="A layer of m gates computes T(n)^m maps",
    predicts=lambda n, m: derived.layer_map_count(n, m),
    measures=lambda n, m: measured.layer_maps(n, m),
    agrees=equal,
    cases=grid(n=(1, 2, 3), m=(1, 2)),
    rivals={
        "unordered units": lambda n, m: (
            derived.threshold_count(n) * (derived.threshold_count(n) + 1) // 2 if m == 2 else 1
        ),
        "half": lambda n, m: Fraction(derived.layer_map_count(n, m), 2),
    },
    budget=0.4,
)

HIDDEN_LOWER = Claim(
    id="baldi2022.FF2-lower",
    paper=PAPER,
    where="one hidden layer, lower bound by multiplexing",
    says="A(n, m, 1) has at least T(n - k)^min(m, 2^k) functions, log2 m rounded down or up to k <= n selector inputs",
    predicts=lambda n, m: derived.hidden_layer_lower_bound(n, m),
    measures=lambda n, m: sum(measured.asked_network_by_ones(n, "threshold", m)),
    agrees=at_least(),
    cases=grid(n=(1, 2, 3, 4), m=(1, 2, 3)),
    rivals={
        "twice": lambda n, m: 2 * derived.hidden_layer_lower_bound(n, m),
        "one more": lambda n, m: derived.hidden_layer_lower_bound(n, m) + 1,
        "log2 m rounded down, all m units used": lambda n, m: derived.layer_map_count(n - m.bit_length() + 1, m),
    },
    derivation=lambda: derived.selected_units_derivation(),
    rests_on=("baldi2022.MX2-many", "baldi2022.FF2-selected"),
    budget=4.8,
)

HIDDEN_SELECTED = Claim(
    id="baldi2022.FF2-selected",
    paper=PAPER,
    where="one hidden layer, lower bound by multiplexing: the functions that it counts, any number of units",
    says="An OR of m gates, each off (-1) but on a slice of its own of k = ceil(log2 m) inputs, is one of T(n - k)^m "
    "functions",
    predicts=lambda n, m: derived.layer_map_count(n - (m - 1).bit_length(), m),
    measures=lambda n, m: measured.count_selected_units(n, m),
    agrees=equal,
    cases=grid(n=(3,), m=(1, 2, 3, 4, 5, 6, 7, 8)) + grid(n=(4,), m=(2, 3, 5, 6, 7)),
    rivals={
        "log2 m rounded down": lambda n, m: derived.layer_map_count(n - m.bit_length() + 1, m),
        "2^k units": lambda n, m: derived.layer_map_count(n - (m - 1).bit_length(), 2 ** (m - 1).bit_length()),
        "constant gates do not count": lambda n, m: (derived.threshold_count(n - (m - 1).bit_length()) - 2) ** m,
        "one unit fewer": lambda n, m: derived.layer_map_count(n - (m - 1).bit_length(), m - 1),
    },
    derivation=lambda: derived.selected_units_derivation(),
    budget=0.4,
)

HIDDEN_UPPER = Claim(
    id="baldi2022.FF2-upper",
    paper=PAPER,
    where="one hidden layer, upper bound by layers",
    says="A(n, m, 1) has at most T(n)^m 2 sum_{k<=m} C(2^n - 1, k) functions; vacuous here but at n = 4, m = 1",
    predicts=lambda n, m: derived.hidden_layer_upper_bound(n, m),
    measures=lambda n, m: sum(measured.asked_network_by_ones(n, "threshold", m)),
    agrees=at_most(),
    cases=grid(n=(1, 2, 3, 4), m=(1, 2, 3)),
    rivals={
        "no more than single gates": lambda n, m: derived.threshold_count(n),
        "half of all functions, where the bound is vacuous": lambda n, m: Fraction(
            min(derived.hidden_layer_upper_bound(n, m), 2**2**n), 2
        ),
    },
    derivation=lambda: derived.hidden_layer_derivation(),
    rests_on=("baldi2022.FF2-pairs", "baldi2022.FF2-pairs-upper"),
    budget=2.5,
)

SMALL_LAYERS = (*grid(n=(1, 2), m=(1, 2, 3)), {"n": 3, "m": 1}, {"n": 3, "m": 2})

HIDDEN_PAIRS = Claim(
    id="baldi2022.FF2-pairs",
    paper=PAPER,
    where="one hidden layer, upper bound by layers: the pairs of a hidden map and what a gate makes of its points",
    says="Regions that the shown points cut, maps up to order and signs, and gates that differ on the points, give one "
    "number of pairs",
    kind="count",
    predicts=lambda n, m: measured.count_labelled_maps(n, m),
    measures=lambda n, m: measured.count_layer_pairs(n, m),
    agrees=equal,
    cases=SMALL_LAYERS,
    rivals={
        "every map shows 2^n points in general position": lambda n, m: derived.hidden_layer_upper_bound(n, m),
        "gates that agree on the points told apart": lambda n, m: (
            derived.layer_map_count(n, m) * derived.threshold_count(m)
        ),
        "labellings up to sign": lambda n, m: Fraction(measured.count_labelled_maps(n, m), 2),
    },
    budget=0.4,
)

HIDDEN_PAIRS_UPPER = Claim(
    id="baldi2022.FF2-pairs-upper",
    paper=PAPER,
    where="one hidden layer, upper bound by layers: the pairs that it bounds, where it binds",
    says="Pairs of a hidden map and a labelling of its points are at most T(n)^m 2 sum_{k<=m} C(2^n - 1, k)",
    predicts=lambda n, m: derived.hidden_layer_upper_bound(n, m),
    measures=lambda n, m: measured.count_layer_pairs(n, m),
    agrees=at_most(),
    cases=SMALL_LAYERS,
    rivals={
        "labellings up to sign": lambda n, m: Fraction(derived.hidden_layer_upper_bound(n, m), 2),
        "no bias on top": lambda n, m: derived.layer_map_count(n, m) * 2 * sum(comb(2**n - 1, k) for k in range(m)),
        "one unit fewer": lambda n, m: derived.hidden_layer_upper_bound(n, m - 1) if m > 1 else 1,
    },
    derivation=lambda: derived.hidden_layer_derivation(),
    budget=0.4,
)

HIDDEN = Claim(
    id="baldi2022.FF2",
    paper=PAPER,
    where="one hidden layer, capacity",
    says="C(n, m, 1) = m n^2 (1 + o(1)) where log2 m = o(n)",
    kind="asymptotic",
    finite_form=(
        "baldi2022.FF2-lower",
        "baldi2022.FF2-selected",
        "baldi2022.FF2-upper",
        "baldi2022.FF2-pairs-upper",
    ),
)

LAYERS = Claim(
    id="baldi2022.FF3",
    paper=PAPER,
    where="Baldi & Vershynin (2019), abstract: capacity of layered networks",
    says="C(n_1, ..., n_L) = sum_k min(n_1, ..., n_k) n_k n_{k+1}, in essence",
    kind="asymptotic",
    finite_form=("baldi2022.FF1", "baldi2022.FF2-lower", "baldi2022.FF2-upper"),
)

SIZES = Claim(
    id="baldi2022.FF4",
    paper=PAPER,
    where="exact sizes of one-hidden-layer classes, by number of ones",
    says="Composing and asking find the same functions of m hidden units",
    kind="count",
    predicts=lambda n, m: measured.composed_network_by_ones(n, "threshold", m),
    measures=lambda n, m: measured.asked_network_by_ones(n, "threshold", m),
    agrees=equal,
    cases=grid(n=(2, 3), m=(1, 2, 3)) + grid(n=(4,), m=(1, 2, 3, 4)),
    deep_cases=({"n": 5, "m": 2}, {"n": 5, "m": 3}),
    deep_budget=1500.0,
    rivals={
        "one unit more": lambda n, m: measured.composed_network_by_ones(n, "threshold", min(m + 1, 4 if n < 5 else 3)),
        "conjunctions alone": lambda n, m: measured.composed_network_by_ones(n, "and", m if n < 5 else 2),
        "twice": lambda n, m: [2 * v for v in measured.composed_network_by_ones(n, "threshold", m)],
    },
    budget=5.6,
)


def missed_functions(n: int) -> dict[str, int]:
    """How many functions n - 1 and n hidden units do not compute, and how many of them parity and its negation are."""
    fewer, enough = (measured.computable_tables(n, "threshold", m) for m in (n - 1, n))
    odd = sum(1 << x for x in range(2**n) if x.bit_count() % 2)
    parities = sum(not fewer[table] for table in (odd, 2**2**n - 1 - odd))
    return {"n - 1 units": int((~fewer).sum()), "parities among these": parities, "n units": int((~enough).sum())}


ALL = Claim(
    id="baldi2022.FF4-all",
    paper=PAPER,
    where="hidden units that compute all functions, 2 <= n <= 4",
    says="A(n, n - 1, 1) misses two functions, parity and its negation, and A(n, n, 1) none",
    predicts=lambda n: {"n - 1 units": 2, "parities among these": 2, "n units": 0},
    measures=lambda n: missed_functions(n),
    agrees=equal,
    cases=grid(n=(2, 3)),
    deep_cases=({"n": 4},),
    deep_budget=60.0,
    rivals={
        "parity missing, its negation not": lambda n: {"n - 1 units": 1, "parities among these": 1, "n units": 0},
        "n units miss them, too": lambda n: {"n - 1 units": 2, "parities among these": 2, "n units": 2},
        "n - 1 units are enough": lambda n: {"n - 1 units": 0, "parities among these": 0, "n units": 0},
    },
    budget=0.4,
)

TWO_UNITS = Claim(
    id="baldi2022.FF5",
    paper=PAPER,
    where="two hidden units",
    says="A(n, 2, 1) = AND and OR together, 2 |AND| - |AND and OR|: a gate of two bits is anything but XOR",
    kind="count",
    predicts=lambda n: 2 * measured.composed_overlap_sizes(n)["and"] - measured.composed_overlap_sizes(n)["and & or"],
    measures=lambda n: measured.count_hidden_pairs(n),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4)),
    rivals={
        "AND and OR apart": lambda n: 2 * measured.composed_overlap_sizes(n)["and"],
        "with XOR": lambda n: measured.composed_overlap_sizes(n)["and | or | xnor"],
        "half": lambda n: measured.composed_overlap_sizes(n)["and"],
    },
    budget=1.1,
)
