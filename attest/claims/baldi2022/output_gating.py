"""One gate multiplies another: how many functions, exactly and within the sandwich."""

from fractions import Fraction

from attest import Claim, Verdict, at_least, at_most, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured
from theory import capacity as derived

VALUES = {"xnor": "pm1", "and": "01", "mixed": "mixed"}
GATES = ("xnor", "and", "mixed")

CAPACITY = Claim(
    id="baldi2022.OG1",
    paper=PAPER,
    where="abstract: output gating of one linear threshold gate by another has capacity 2 n^2 (1 + o(1))",
    says="log2 of the number of gated functions is 2 n^2 to leading order, twice that of one gate",
    kind="asymptotic",
    finite_form=("baldi2022.OG1-lower", "baldi2022.OG1-upper", "baldi2022.OG1-pairs", "baldi2022.OG2"),
    derivation=lambda: derived.sandwich_derivation(),
)

LOWER = Claim(
    id="baldi2022.OG1-lower",
    paper=PAPER,
    where="lower half of the capacity of output gating, by multiplexing",
    says="At least T(n-1)^2 functions f·g, whether the values are -1/+1, 0/1 or mixed",
    predicts=lambda n, gate: derived.output_gating_bounds(n, gate=gate).lower,
    measures=lambda n, gate: sum(measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated")),
    agrees=at_least(),
    cases=grid(n=(1, 2, 3, 4), gate=GATES),
    deep_cases=grid(n=(5,), gate=("xnor", "and")),
    deep_budget=200.0,
    rivals={
        "one more": lambda n, gate: derived.output_gating_bounds(n, gate=gate).lower + 1,
        "T(n)^2": lambda n: derived.threshold_count(n) ** 2,
        "T(n-1) T(n)": lambda n: derived.threshold_count(n - 1) * derived.threshold_count(n),
    },
    derivation=lambda: derived.multiplexing_derivation(),
    rests_on=("baldi2022.MX2",),
    budget=0.4,
)

UPPER = Claim(
    id="baldi2022.OG1-upper",
    paper=PAPER,
    where="upper half of the capacity of output gating, counting pairs of gates once",
    says="At most T^2/4 - T/2 + 2 products of -1/+1 values, T(T+1)/2 of 0/1, T^2 mixed; vacuous to n = 4, 5, and 3",
    predicts=lambda n, gate: derived.output_gating_bounds(n, gate=gate).upper,
    measures=lambda n, gate: sum(measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated")),
    agrees=at_most(),
    cases=grid(n=(1, 2, 3, 4), gate=GATES),
    deep_cases=grid(n=(5,), gate=("xnor", "and")),
    deep_budget=200.0,
    rivals={
        "the constants f·f forgotten": lambda n, gate: derived.output_gating_bounds(n, gate=gate).upper - 2,
        "half of all, where that is the bound": lambda n, gate: Fraction(
            derived.output_gating_bounds(n, gate=gate).upper, 2
        ),
        "no more than single gates": lambda n: derived.threshold_count(n),
    },
    derivation=lambda: derived.gate_pair_derivation(),
    rests_on=("baldi2022.OG1-pairs",),
    budget=0.4,
)

PAIRS = Claim(
    id="baldi2022.OG1-pairs",
    paper=PAPER,
    where="upper half of the capacity of output gating: the pairs themselves, which bind where the bound is vacuous",
    says="Pairs of gates, up to the coincidences of their products, are T^2/4 - T/2 + 2, T(T+1)/2, and T^2",
    kind="count",
    predicts=lambda n, gate: derived.gate_pair_count(n, gate=gate),
    measures=lambda n, gate: measured.count_gate_pairs(n, VALUES[gate]),
    agrees=equal,
    cases=grid(n=(1, 2, 3), gate=GATES),
    rivals={
        "the constants f·f forgotten": lambda n, gate: derived.gate_pair_count(n, gate=gate) - 2,
        "no gate beside itself": lambda n: derived.threshold_count(n) * (derived.threshold_count(n) - 1) // 2,
        "signs counted apart": lambda n, gate: 2 * derived.gate_pair_count(n, gate=gate),
    },
    derivation=lambda: derived.gate_pair_derivation(),
    budget=0.4,
)

SLICES_OF_DEGREES = Claim(
    id="baldi2022.OG1-degrees",
    paper=PAPER,
    where="lower half for polynomial threshold functions of two degrees, by multiplexing",
    says="At least T(n-1; d1) T(n-1; d2) products of gates of degrees d1 and d2 >= 1",
    predicts=lambda n, degrees, gate: derived.output_gating_bounds(n, tuple(degrees), gate).lower,
    measures=lambda n, degrees, gate: measured.count_mixed_degrees(n, tuple(degrees), VALUES[gate]),
    agrees=at_least(),
    cases=grid(n=(2, 3), degrees=((1, 2), (2, 2)), gate=("xnor", "and")),
    rivals={
        "one more": lambda n, degrees, gate: derived.output_gating_bounds(n, tuple(degrees), gate).lower + 1,
        "T(n; d1) T(n-1; d2)": lambda n, degrees: (
            derived.threshold_count(n, degrees[0]) * derived.threshold_count(n - 1, min(degrees[1], max(n - 1, 1)))
        ),
    },
    derivation=lambda: derived.multiplexing_derivation(),
    rests_on=("baldi2022.MX2",),
    budget=0.4,
)

SLICES = Claim(
    id="baldi2022.OG2",
    paper=PAPER,
    where="sharp form of the multiplexing bound",
    says="Exactly T(n-1)^2 gated functions have a threshold function on either slice of the last input",
    predicts=lambda n: derived.threshold_count(n - 1) ** 2,
    measures=lambda n, gate: measured.count_gate_slices(n, VALUES[gate]),
    agrees=equal,
    cases=grid(n=(2, 3, 4), gate=("xnor", "and")),
    deep_cases=grid(n=(5,), gate=("xnor", "and")),
    deep_budget=120.0,
    rivals={
        "unordered pairs": lambda n: derived.threshold_count(n - 1) * (derived.threshold_count(n - 1) + 1) // 2,
        "no constant slices": lambda n: (derived.threshold_count(n - 1) - 2) ** 2,
        "every pair of functions": lambda n: 2**2**n,
    },
    derivation=lambda: derived.multiplexing_derivation(),
    budget=2,
)

SIZES = Claim(
    id="baldi2022.OG3",
    paper=PAPER,
    where="exact sizes of the classes AND and XNOR, by number of ones",
    says="Composing all pairs and asking for a factor find the same gated functions, with the same numbers of ones",
    kind="count",
    predicts=lambda n, gate: measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated"),
    measures=lambda n, gate: measured.asked_by_ones(n, "output", VALUES[gate], "pm1", "ungated"),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4), gate=("xnor", "and")),
    deep_cases=grid(n=(5,), gate=("xnor", "and")),
    deep_budget=400.0,
    rivals={
        "the other convention": lambda n, gate: measured.composed_by_ones(
            n, "output", {"xnor": "01", "and": "pm1"}[gate], "pm1", "ungated"
        ),
        "f·g and g·f counted apart": lambda n, gate: [
            2 * v for v in measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated")
        ],
    },
    budget=3.5,
)

THREE_VALUED = Claim(
    id="baldi2022.OG3-mixed",
    paper=PAPER,
    where="exact sizes, f with values 0/1 and g with values -1/+1",
    says="Restrictions of gates to the support of f number as many as the regions that the support's points cut",
    kind="count",
    predicts=lambda n: measured.three_valued_count(n),
    measures=lambda n: measured.count_three_valued(n),
    agrees=equal,
    cases=grid(n=(0, 1, 2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=600.0,
    rivals={
        "pairs up to sign": lambda n: Fraction(measured.three_valued_count(n), 2),
        "all pairs": lambda n: len(measured.threshold_tables(n)) ** 2,
    },
    budget=0.4,
)

THREE_VALUED_ONES = Claim(
    id="baldi2022.OG3-mixed-ones",
    paper=PAPER,
    where="exact sizes, f with values 0/1 and g with values -1/+1, by the number of +1",
    says="Restricting every gate and asking which partial functions a gate extends find the same numbers of +1",
    kind="count",
    predicts=lambda n: measured.composed_by_ones(n, "output", "mixed", "pm1", "ungated"),
    measures=lambda n: measured.asked_by_ones(n, "output", "mixed", "pm1", "ungated"),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4)),
    rivals={
        "both with values -1/+1": lambda n: measured.composed_by_ones(n, "output", "pm1", "pm1", "ungated"),
        "as many +1 as there are 0 or -1": lambda n: measured.composed_by_ones(n, "output", "mixed", "pm1", "ungated")[
            ::-1
        ],
        "half": lambda n: [Fraction(v, 2) for v in measured.composed_by_ones(n, "output", "mixed", "pm1", "ungated")],
    },
    budget=0.4,
)

OVERLAPS = Claim(
    id="baldi2022.OG4",
    paper=PAPER,
    where="AND, OR and XNOR as sets",
    says="Sizes of AND, XNOR and their intersections and unions with OR",
    kind="count",
    predicts=lambda n: measured.composed_overlap_sizes(n),
    measures=lambda n: measured.asked_overlap_sizes(n),
    agrees=equal,
    cases=grid(n=(2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=300.0,
    rivals={
        "any two-gate function is an AND or an OR": lambda n: {
            **measured.composed_overlap_sizes(n),
            "and | or | xnor": measured.composed_overlap_sizes(n)["and | or"],
        },
        "AND and OR are disjoint but for nothing": lambda n: {
            **measured.composed_overlap_sizes(n),
            "and | or": 2 * measured.composed_overlap_sizes(n)["and"],
        },
    },
    budget=3,
)

INCLUDED = Claim(
    id="baldi2022.OG4-included",
    paper=PAPER,
    where="a coincidence of small n, read as a rule",
    says="Every AND of two gates is also an XNOR of two gates",
    predicts=lambda n: sum(measured.composed_by_ones(n, "output", "01", "pm1", "ungated")),
    measures=lambda n: measured.count_included_conjunctions(n),
    agrees=equal,
    expects=Verdict.REFUTED,
    cases=({"n": 5},),
    control=grid(n=(2, 3, 4)),
    corrected="baldi2022.OG4",
    budget=14,
)

DISJOINT = Claim(
    id="baldi2022.OG5",
    paper=PAPER,
    where="gates of separate inputs",
    says="f(x)·g(y) of n and m separate inputs: T(n) T(m)/2 functions (XNOR), (T(n) - 1)(T(m) - 1) + 1 (AND)",
    predicts=lambda n, m, gate: derived.disjoint_product_count(n, m, gate),
    measures=lambda n, m, gate: measured.disjoint_products(n, m, gate),
    agrees=equal,
    cases=grid(n=(1, 2), m=(1, 2, 3), gate=("xnor", "and")),
    rivals={
        "signs counted apart": lambda n, m: derived.threshold_count(n) * derived.threshold_count(m),
        "the constant 0 not counted": lambda n, m: (derived.threshold_count(n) - 1) * (derived.threshold_count(m) - 1),
    },
    budget=0.4,
)

DEGREES = Claim(
    id="baldi2022.OG6",
    paper=PAPER,
    where="products of gates of different degrees",
    says="Products of gates of degrees (1, 2), (2, 2), (1, 3), n <= 4: duality and composing count as many functions",
    kind="count",
    predicts=lambda n, degrees, gate: measured.count_products_by_duality(n, tuple(degrees), VALUES[gate]),
    measures=lambda n, degrees, gate: measured.count_mixed_degrees(n, tuple(degrees), VALUES[gate]),
    agrees=equal,
    cases=tuple(
        {"n": n, "degrees": d, "gate": g}
        for n, d in ((2, (1, 2)), (3, (1, 2)), (4, (1, 2)), (4, (2, 2)), (4, (1, 3)))
        for g in ("xnor", "and")
    ),
    rivals={
        "always all functions": lambda n: 2**2**n,
        "degree 1 twice": lambda n, gate: sum(measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated")),
        "half": lambda n: 2 ** (2**n - 1),
    },
    budget=6.7,
)

FOLD = Claim(
    id="baldi2022.OG7",
    paper=PAPER,
    where="products of more gates",
    says="Products and conjunctions of k gates, by number of ones",
    kind="count",
    predicts=lambda n, k, gate: measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated", k - 1),
    measures=lambda n, k, gate: measured.asked_by_ones(n, "output", VALUES[gate], "pm1", "ungated", k - 1),
    agrees=equal,
    cases=grid(n=(3,), k=(2, 3, 4), gate=("xnor", "and")) + grid(n=(4,), k=(3, 4, 5), gate=("xnor", "and")),
    deep_cases=grid(n=(5,), k=(3, 4, 5), gate=("xnor",)) + grid(n=(5,), k=tuple(range(3, 17)), gate=("and",)),
    deep_budget=1500.0,
    rivals={
        "one gate more": lambda n, k, gate: measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated", k),
        "twice": lambda n, k, gate: [
            2 * v for v in measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated", k - 1)
        ],
    },
    budget=5.1,
)

PARITY_PRODUCT = Claim(
    id="baldi2022.OG7-parity",
    paper=PAPER,
    where="products of more gates, degree argument",
    says="Parity of n inputs is a product of k gates exactly if k >= n",
    predicts=lambda n, k: int(k >= n),
    measures=lambda n, k: measured.is_product_parity(n, k),
    agrees=equal,
    cases=grid(n=(2, 3, 4), k=(1, 2, 3, 4)),
    deep_cases=grid(n=(5,), k=(1, 2, 3, 4, 5)),
    deep_budget=120.0,
    rivals={
        "from n - 1 gates on": lambda n, k: int(k >= n - 1),
        "k - n even as well": lambda n, k: int(k >= n and (k - n) % 2 == 0),
        "count near": lambda n, k: Fraction(int(k >= n), 2),
    },
    budget=2.1,
)

SAMPLING = Claim(
    id="baldi2022.OG3-sampling",
    paper=PAPER,
    where="exact sizes against random weights",
    says="Random weights find only part of the functions: at most as many as there are",
    predicts=lambda n: sum(measured.asked_by_ones(n, "output", "pm1", "pm1", "ungated")),
    measures=lambda n, samples, rng: len(measured.sample_gated_tables(n, samples, rng)),
    agrees=at_most(),
    cases=grid(n=(2, 3), samples=(100, 20000)) + grid(n=(4,), samples=(20000, 100000)),
    rivals={
        "half as many": lambda n: Fraction(sum(measured.asked_by_ones(n, "output", "pm1", "pm1", "ungated")), 2),
        "single gates are all that is found": lambda n: len(measured.listed_tables(n)),
    },
    budget=0.4,
)

SAMPLING_FINDS_ALL = Claim(
    id="baldi2022.OG3-all",
    paper=PAPER,
    where="exact sizes, if they were taken from random weights",
    says="A hundred thousand random pairs of gates find every gated function",
    predicts=lambda n: sum(measured.asked_by_ones(n, "output", "pm1", "pm1", "ungated")),
    measures=lambda n, samples, rng: len(measured.sample_gated_tables(n, samples, rng)),
    agrees=equal,
    expects=Verdict.REFUTED,
    cases=grid(n=(4,), samples=(100000,)),
    control=grid(n=(1, 2), samples=(100000,)),
    corrected="baldi2022.OG3-sampling",
    budget=0.4,
)
