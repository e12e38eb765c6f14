"""A gate multiplies one synapse, several, or all: what each convention counts."""

from fractions import Fraction
from math import comb

from attest import Claim, Verdict, at_least, at_most, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured
from theory import capacity as derived

CONVENTIONS = ("pm1", "01")

CAPACITY = Claim(
    id="baldi2022.SG1",
    paper=PAPER,
    where="capacity of single-synapse gating",
    says="Gating one synapse gives capacity 2 n^2 (1 + o(1))",
    kind="asymptotic",
    finite_form=("baldi2022.SG1-slice", "baldi2022.SG4-lower", "baldi2022.SG6-upper", "baldi2022.MX3-lower"),
)

SLICE = Claim(
    id="baldi2022.SG1-slice",
    paper=PAPER,
    where="lower half of the capacity of synaptic gating, through additive activation attention",
    says="The slice x_n = 1 of a unit with its n-th synapse gated is exactly a multiplexed unit of n - 1 inputs",
    kind="count",
    predicts=lambda n: sum(measured.composed_by_ones(n - 1, "multiplexing", "pm1", "pm1", "ungated")),
    measures=lambda n: measured.count_upper_slices(n),
    agrees=equal,
    cases=grid(n=(2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=60.0,
    rivals={
        "an output-gated unit": lambda n: sum(measured.composed_by_ones(n - 1, "output", "pm1", "pm1", "ungated")),
        "a gate": lambda n: len(measured.threshold_tables(n - 1)),
    },
    budget=0.8,
)

NAIVE = Claim(
    id="baldi2022.SG2",
    paper=PAPER,
    where="the sandwich of output gating, read for synaptic gating",
    says="Gating one synapse gives at least T(n-1)^2 functions in every convention",
    predicts=lambda n: derived.threshold_count(n - 1) ** 2,
    measures=lambda n, gate_values, inputs: sum(measured.asked_by_ones(n, "synaptic", gate_values, inputs, "ungated")),
    agrees=at_least(),
    expects=Verdict.REFUTED,
    cases=grid(n=(3, 4), gate_values=("01",), inputs=CONVENTIONS),
    control=grid(n=(2, 3, 4), gate_values=("pm1",), inputs=CONVENTIONS),
    corrected="baldi2022.SG2-corrected",
    budget=3.2,
)

CORRECTED = Claim(
    id="baldi2022.SG2-corrected",
    paper=PAPER,
    where="lower bound on synaptic gating with 0/1 inputs and gates",
    says="At least 2 I(n-1) - T(n-1) functions, I the three-valued count: slice 0 is f, slice 1 f or g, or f and not g",
    predicts=lambda n: derived.synaptic_lower_bound(n, measured.count_three_valued(n - 1)),
    measures=lambda n: sum(measured.composed_by_ones(n, "synaptic", "01", "01", "ungated")),
    agrees=at_least(),
    cases=grid(n=(1, 2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=200.0,
    rivals={
        "the common slices counted twice": lambda n: 2 * measured.count_three_valued(n - 1),
        "T(n-1)^2": lambda n: derived.threshold_count(n - 1) ** 2,
    },
    budget=0.4,
)

ZERO_ONE_INPUTS = Claim(
    id="baldi2022.SG2-inputs",
    paper=PAPER,
    where="lower bound on synaptic gating with 0/1 inputs and a gate of values -1/+1",
    says="At least T(n-1)^2 functions: slice 0 is any gate, slice 1 any other",
    predicts=lambda n: derived.zero_one_synapse_lower_bound(n),
    measures=lambda n: sum(measured.composed_by_ones(n, "synaptic", "pm1", "01", "ungated")),
    agrees=at_least(),
    cases=grid(n=(1, 2, 3, 4)),
    rivals={
        "one more": lambda n: derived.zero_one_synapse_lower_bound(n) + 1,
        "T(n-1) T(n)": lambda n: derived.threshold_count(n - 1) * derived.threshold_count(n),
    },
    derivation=lambda: derived.zero_one_synapse_derivation(),
    budget=0.4,
)

SIZES = Claim(
    id="baldi2022.SG3",
    paper=PAPER,
    where="exact sizes with one synapse gated, in four conventions, by number of ones",
    says="Composing and asking find the same functions for -1/+1 and 0/1 inputs and gates",
    kind="count",
    predicts=lambda n, gate_values, inputs: measured.composed_by_ones(n, "synaptic", gate_values, inputs, "ungated"),
    measures=lambda n, gate_values, inputs: measured.asked_by_ones(n, "synaptic", gate_values, inputs, "ungated"),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4), gate_values=CONVENTIONS, inputs=CONVENTIONS),
    deep_cases=grid(n=(5,), gate_values=CONVENTIONS, inputs=CONVENTIONS),
    deep_budget=400.0,
    rivals={
        "the gate's other values": lambda n, gate_values, inputs: measured.composed_by_ones(
            n, "synaptic", "01" if gate_values == "pm1" else "pm1", inputs, "ungated"
        ),
        "the inputs' other values": lambda n, gate_values, inputs: measured.composed_by_ones(
            n, "synaptic", gate_values, "01" if inputs == "pm1" else "pm1", "ungated"
        ),
        "twice": lambda n, gate_values, inputs: [
            2 * v for v in measured.composed_by_ones(n, "synaptic", gate_values, inputs, "ungated")
        ],
    },
    budget=3.5,
)

LEVELS = Claim(
    id="baldi2022.SG3-levels",
    paper=PAPER,
    where="gates with one input of three values",
    says="A gate of n - 1 inputs -1/+1 and one of -1/0/+1 is a gate of n + 1 inputs that treats two alike",
    kind="count",
    predicts=lambda n: measured.three_level_count(n),
    measures=lambda n: measured.asked_three_level_count(n),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=200.0,
    rivals={
        "two values": lambda n: len(measured.threshold_tables(n)),
        "half": lambda n: Fraction(measured.three_level_count(n), 2),
    },
    budget=0.5,
)

WHOLE = (
    *(
        {"n": n, "gate_values": "pm1", "inputs": "pm1", "bias": b}
        for n in (1, 2, 3, 4)
        for b in ("ungated", "gate_only", "none")
    ),
    *({"n": n, "gate_values": "01", "inputs": "01", "bias": "ungated"} for n in (1, 2, 3, 4)),
    *({"n": n, "gate_values": "01", "inputs": "pm1", "bias": "ungated"} for n in (1, 2, 3, 4)),
    *({"n": n, "gate_values": "pm1", "inputs": "01", "bias": "ungated"} for n in (1, 2)),
)

ALL_SYNAPSES = Claim(
    id="baldi2022.SG4",
    paper=PAPER,
    where="all synapses gated by one gate, with each treatment of the bias, by number of ones",
    says="Composing and asking find the same functions in every convention",
    kind="count",
    predicts=lambda n, gate_values, inputs, bias: measured.composed_by_ones(
        n, "all_synapses", gate_values, inputs, bias
    ),
    measures=lambda n, gate_values, inputs, bias: measured.asked_by_ones(n, "all_synapses", gate_values, inputs, bias),
    agrees=equal,
    cases=(*WHOLE, {"n": 3, "gate_values": "pm1", "inputs": "01", "bias": "ungated"}),
    deep_cases=(
        {"n": 5, "gate_values": "pm1", "inputs": "pm1", "bias": "ungated"},
        {"n": 5, "gate_values": "pm1", "inputs": "pm1", "bias": "gate_only"},
        {"n": 5, "gate_values": "01", "inputs": "01", "bias": "ungated"},
        {"n": 5, "gate_values": "01", "inputs": "pm1", "bias": "ungated"},
        {"n": 5, "gate_values": "pm1", "inputs": "01", "bias": "ungated"},
        {"n": 4, "gate_values": "pm1", "inputs": "01", "bias": "ungated"},
    ),
    deep_budget=400.0,
    rivals={
        "the bias gated as well": lambda n: measured.composed_by_ones(n, "output", "pm1", "pm1", "ungated"),
        "twice": lambda n, gate_values, inputs, bias: [
            2 * v for v in measured.composed_by_ones(n, "all_synapses", gate_values, inputs, bias)
        ],
    },
    budget=8,
)

NO_BIAS = Claim(
    id="baldi2022.SG4-none",
    paper=PAPER,
    where="all synapses gated, no bias anywhere",
    says="Without any bias the class has as many members as the products of gates of n - 1 inputs",
    kind="count",
    predicts=lambda n: sum(measured.composed_by_ones(n - 1, "output", "pm1", "pm1", "ungated")),
    measures=lambda n: sum(measured.asked_by_ones(n, "all_synapses", "pm1", "pm1", "none")),
    agrees=equal,
    cases=grid(n=(2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=60.0,
    rivals={
        "as with a bias": lambda n: sum(measured.composed_by_ones(n, "output", "pm1", "pm1", "ungated")),
        "0/1 products": lambda n: sum(measured.composed_by_ones(n - 1, "output", "01", "pm1", "ungated")),
        "half": lambda n: Fraction(sum(measured.composed_by_ones(n - 1, "output", "pm1", "pm1", "ungated")), 2),
    },
    budget=2.2,
)

SLICE_LOWER = Claim(
    id="baldi2022.SG4-lower",
    paper=PAPER,
    where="lower half of the capacity of gating all synapses, and of gating one, through a slice",
    says="At least T(n-2)^2 functions of values -1/+1: all synapses gated by one gate, without a bias or with; or one",
    predicts=lambda n: derived.synaptic_slice_lower_bound(n),
    measures=lambda n, mechanism, bias: sum(measured.composed_by_ones(n, mechanism, "pm1", "pm1", bias)),
    agrees=at_least(),
    cases=tuple(
        {"n": n, "mechanism": mechanism, "bias": bias}
        for n in (2, 3, 4)
        for mechanism, bias in (("all_synapses", "none"), ("all_synapses", "ungated"), ("synaptic", "ungated"))
    ),
    rivals={
        "one more": lambda n: derived.synaptic_slice_lower_bound(n) + 1,
        "T(n-2) T(n-1)": lambda n: derived.threshold_count(n - 2) * derived.threshold_count(n - 1),
        "T(n-1)^2": lambda n: derived.threshold_count(n - 1) ** 2,
    },
    derivation=lambda: derived.synaptic_slice_derivation(),
    rests_on=("baldi2022.MX2",),
    budget=0.4,
)

WHOLE_LEADING = Claim(
    id="baldi2022.SG4-leading",
    paper=PAPER,
    where="all synapses gated by one gate, capacity",
    says="One gate on all synapses gives capacity 2 n^2 (1 + o(1)), without any bias as well",
    kind="asymptotic",
    finite_form=("baldi2022.SG4", "baldi2022.SG4-none", "baldi2022.SG4-lower", "baldi2022.SG6-upper"),
)

SAME_GATE = Claim(
    id="baldi2022.SG5",
    paper=PAPER,
    where="one gate on k synapses, by number of ones",
    says="One gate on k synapses: composing and asking for a gate count as many functions",
    kind="count",
    predicts=lambda n, k: measured.composed_by_ones(n, "synaptic", "pm1", "pm1", "ungated", 1, k),
    measures=lambda n, k: measured.asked_by_ones(n, "synaptic", "pm1", "pm1", "ungated", 1, k),
    agrees=equal,
    cases=({"n": 3, "k": 1}, {"n": 3, "k": 2}, {"n": 3, "k": 3}, {"n": 4, "k": 2}, {"n": 4, "k": 3}, {"n": 4, "k": 4}),
    deep_cases=grid(n=(5,), k=(2, 3, 4)),
    deep_budget=100.0,
    rivals={
        "one synapse more or less": lambda n, k: measured.composed_by_ones(
            n, "synaptic", "pm1", "pm1", "ungated", 1, k - 1 if k > 1 else 2
        ),
        "twice": lambda n, k: [2 * v for v in measured.composed_by_ones(n, "synaptic", "pm1", "pm1", "ungated", 1, k)],
    },
    budget=5,
)

OWN_GATES = Claim(
    id="baldi2022.SG6",
    paper=PAPER,
    where="k gates on k synapses, by number of ones",
    says="A gate of its own on each of k synapses: composing and asking for gates count as many functions",
    kind="count",
    predicts=lambda n, k: measured.composed_by_ones(n, "synaptic", "pm1", "pm1", "ungated", k, k),
    measures=lambda n, k: measured.asked_by_ones(n, "synaptic", "pm1", "pm1", "ungated", k, k),
    agrees=equal,
    cases=({"n": 2, "k": 2}, {"n": 3, "k": 2}, {"n": 3, "k": 3}),
    deep_cases=grid(n=(4,), k=(2, 3, 4)),
    deep_budget=300.0,
    rivals={
        "one gate for all": lambda n, k: measured.composed_by_ones(n, "synaptic", "pm1", "pm1", "ungated", 1, k),
        "one gated synapse fewer": lambda n, k: measured.composed_by_ones(
            n, "synaptic", "pm1", "pm1", "ungated", k - 1, k - 1
        ),
        "all functions": lambda n: [comb(2**n, ones) for ones in range(2**n + 1)],
    },
    budget=0.4,
)

OWN_GATES_UPPER = Claim(
    id="baldi2022.SG6-upper",
    paper=PAPER,
    where="upper half of the capacity of synaptic gating, counting tuples of gates",
    says="At most T(n)^(k+1) functions of k gates on k synapses, T(n)^2 of one on all; vacuous here, to n = 5 if k = 1",
    predicts=lambda n, k: derived.gated_synapses_upper_bound(n, k),
    measures=lambda n, mechanism, k: sum(measured.composed_by_ones(n, mechanism, "pm1", "pm1", "ungated", k, k)),
    agrees=at_most(),
    cases=(
        *({"n": n, "mechanism": mechanism, "k": 1} for n in (1, 2, 3, 4) for mechanism in ("synaptic", "all_synapses")),
        *({"n": n, "mechanism": "synaptic", "k": k} for n, k in ((2, 2), (3, 2), (3, 3))),
    ),
    rivals={
        "one gate fewer, T(n)^k": lambda n, k: derived.threshold_count(n) ** k,
        "half of all, which the bound is": lambda n, k: Fraction(derived.gated_synapses_upper_bound(n, k), 2),
    },
    budget=0.4,
)

OWN_GATES_LEADING = Claim(
    id="baldi2022.SG6-leading",
    paper=PAPER,
    where="a gate of its own on every synapse, capacity",
    says="n gates on n synapses give capacity at most n^3 (1 + o(1)) and at least (4/27) n^3 (1 + o(1))",
    kind="asymptotic",
    finite_form=("baldi2022.SG6", "baldi2022.SG6-upper", "baldi2022.FF2-lower"),
)
