"""Layers of gated units: what is counted are maps, tuples of functions."""

from fractions import Fraction

from attest import Claim, at_most, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured
from theory import capacity as derived

VALUES = {"xnor": "pm1", "and": "01"}

OWN = Claim(
    id="baldi2022.AL1",
    paper=PAPER,
    where="m gates gated by m gates of their own",
    says="The maps of m units with gates of their own number |class|^m exactly",
    kind="count",
    predicts=lambda n, gate: sum(measured.asked_by_ones(n, "output", VALUES[gate], "pm1", "ungated")) ** 2,
    measures=lambda n, gate: measured.own_gate_maps(n, gate),
    agrees=equal,
    cases=grid(n=(1, 2, 3), gate=("xnor", "and")),
    rivals={
        "every pair of functions": lambda n: 2 ** (2 * 2**n),
        "one gate for both": lambda n, gate: measured.shared_gate_maps(n, gate) // 2,
        "unordered pairs of units": lambda n, gate: Fraction(
            sum(measured.asked_by_ones(n, "output", VALUES[gate], "pm1", "ungated")) ** 2, 2
        ),
    },
    budget=1,
)

OWN_LEADING = Claim(
    id="baldi2022.AL1-leading",
    paper=PAPER,
    where="m gates gated by m gates of their own, capacity",
    says="m units with gates of their own have capacity 2 m n^2 (1 + o(1))",
    kind="asymptotic",
    finite_form=("baldi2022.AL1", "baldi2022.OG1-lower", "baldi2022.OG1-upper"),
)

SHARED = Claim(
    id="baldi2022.AL2",
    paper=PAPER,
    where="one gate gating several",
    says="Maps (f_1·g, f_2·g): all triples of gates, and partners of one first output per orbit, give one number",
    kind="count",
    predicts=lambda n, gate: measured.composed_shared_gate_maps(n, gate),
    measures=lambda n, gate: measured.shared_gate_maps(n, gate),
    agrees=equal,
    cases=grid(n=(1, 2, 3), gate=("xnor", "and")),
    deep_cases=grid(n=(4,), gate=("xnor", "and")),
    deep_budget=200.0,
    rivals={
        "the other values": lambda n, gate: measured.composed_shared_gate_maps(n, "and" if gate == "xnor" else "xnor"),
        "unordered pairs of units": lambda n, gate: Fraction(measured.composed_shared_gate_maps(n, gate), 2),
    },
    budget=0.4,
)

SHARED_VALUED = Claim(
    id="baldi2022.AL2-mixed",
    paper=PAPER,
    where="one gate with values 0/1 gating several with values -1/+1",
    says="Maps (f·g_1, ..., f·g_m): restrictions to the support of f, or the regions its points cut, to the power m",
    kind="count",
    predicts=lambda n, m: measured.three_valued_count(n, m),
    measures=lambda n, m: measured.count_three_valued(n, m),
    agrees=equal,
    cases=grid(n=(0, 1, 2, 3, 4), m=(2, 3)),
    deep_cases=grid(n=(5,), m=(2, 3)),
    deep_budget=200.0,
    rivals={
        "one attended gate fewer": lambda n, m: measured.three_valued_count(n, m - 1),
        "half": lambda n, m: Fraction(measured.three_valued_count(n, m), 2),
    },
    budget=0.4,
)

SHARED_LEADING = Claim(
    id="baldi2022.AL2-leading",
    paper=PAPER,
    where="one gate gating several, capacity",
    says="One gate for m units gives capacity (m + 1) n^2 (1 + o(1))",
    kind="asymptotic",
    finite_form=("baldi2022.AL2", "baldi2022.AL2-all", "baldi2022.AL-upper"),
)

SHARED_SANDWICH = Claim(
    id="baldi2022.AL2-all",
    paper=PAPER,
    where="sandwich of one gate gating several, where both ends are counted",
    says="Slices of (f_1·g, f_2·g): every triple of gates of n - 1 inputs appears, T(n-1)^3 of them",
    predicts=lambda n: derived.shared_gate_bounds(n, 2).lower,
    measures=lambda n, gate: measured.count_multiplexed_triples(n, gate),
    agrees=equal,
    cases=grid(n=(2, 3), gate=("xnor", "and")),
    rivals={
        "one gate per unit and none shared": lambda n: derived.threshold_count(n - 1) ** 2,
        "constant gates do not count": lambda n: (
            (derived.threshold_count(n - 1) - 2) * derived.threshold_count(n - 1) ** 2
        ),
        "unordered pairs of units": lambda n: Fraction(derived.shared_gate_bounds(n, 2).lower, 2),
    },
    derivation=lambda: derived.shared_gate_derivation(),
    budget=0.4,
)

CROSS = Claim(
    id="baldi2022.AL3",
    paper=PAPER,
    where="cross attention: every gate of one layer times every gate of another",
    says="Maps (f_i·g_j), two gates on either side: all quadruples, and maps asked one by one, give one number",
    kind="count",
    predicts=lambda n: {
        "xnor": measured.cross_attention_maps(n, "xnor"),
        "and": measured.cross_attention_maps(n, "and"),
    },
    measures=lambda n: {"xnor": measured.crossed_maps(n), "and": measured.crossed_conjunctions(n)},
    agrees=equal,
    cases=grid(n=(1, 2)),
    rivals={
        "half": lambda n: {
            "xnor": Fraction(measured.cross_attention_maps(n, "xnor"), 2),
            "and": Fraction(measured.cross_attention_maps(n, "and"), 2),
        },
        "four free outputs": lambda n: {"xnor": 2 ** (4 * 2**n), "and": 2 ** (4 * 2**n)},
        "four free gates": lambda n: {
            "xnor": len(measured.threshold_tables(n)) ** 4,
            "and": len(measured.threshold_tables(n)) ** 4,
        },
    },
    budget=0.4,
)

CROSS_LEADING = Claim(
    id="baldi2022.AL3-leading",
    paper=PAPER,
    where="cross attention, capacity",
    says="All m_1 m_2 products of two layers give capacity (m_1 + m_2) n^2 (1 + o(1)), not m_1 m_2 n^2",
    kind="asymptotic",
    finite_form=("baldi2022.AL3", "baldi2022.AL3-all", "baldi2022.AL-upper"),
)

CROSS_SANDWICH = Claim(
    id="baldi2022.AL3-all",
    paper=PAPER,
    where="lower half of the capacity of cross attention, by multiplexing",
    says="Slices of (f_i·g_j): every choice of m_1 + m_2 gates of n - 1 inputs appears, T(n-1)^(m_1 + m_2) of them",
    predicts=lambda n, rows, columns: derived.cross_attention_bounds(n, rows, columns).lower,
    measures=lambda n, rows, columns: measured.count_multiplexed_crossings(n, rows, columns),
    agrees=equal,
    cases=(*grid(n=(2,), rows=(1, 2), columns=(1, 2, 3)), {"n": 3, "rows": 1, "columns": 2}),
    rivals={
        "every product free": lambda n, rows, columns: derived.threshold_count(n - 1) ** (rows * columns),
        "constant gates do not count": lambda n, rows, columns: (
            (derived.threshold_count(n - 1) - 2) * derived.cross_attention_bounds(n, rows, columns).lower
        ),
        "up to a common sign": lambda n, rows, columns: Fraction(
            derived.cross_attention_bounds(n, rows, columns).lower, 2
        ),
    },
    derivation=lambda: derived.cross_attention_derivation(),
    budget=0.4,
)

SELF = Claim(
    id="baldi2022.AL4",
    paper=PAPER,
    where="self attention: all products of pairs in one layer",
    says="Maps (f_1 f_2, f_1 f_3, f_2 f_3) of -1/+1 gates: two of them give the third; composing and asking agree",
    kind="count",
    predicts=lambda n: measured.self_attention_maps(n),
    measures=lambda n: measured.self_attended_maps(n),
    agrees=equal,
    cases=grid(n=(1, 2, 3)),
    rivals={
        "half": lambda n: Fraction(measured.self_attention_maps(n), 2),
        "three free gates": lambda n: len(measured.threshold_tables(n)) ** 3,
    },
    budget=0.4,
)

SELF_LEADING = Claim(
    id="baldi2022.AL4-leading",
    paper=PAPER,
    where="self attention, capacity",
    says="All products of pairs among m gates give capacity m n^2 (1 + o(1))",
    kind="asymptotic",
    finite_form=("baldi2022.AL4", "baldi2022.AL4-all", "baldi2022.AL-upper"),
)

SELF_SANDWICH = Claim(
    id="baldi2022.AL4-all",
    paper=PAPER,
    where="lower half of the capacity of self attention, by multiplexing",
    says="Slices of (f_i·f_j), i < j <= m: every choice of m gates of n - 1 inputs appears, T(n-1)^m of them",
    predicts=lambda n, units: derived.self_attention_bounds(n, units).lower,
    measures=lambda n, units: measured.count_multiplexed_products(n, units),
    agrees=equal,
    cases=grid(n=(2,), units=(2, 3, 4)) + grid(n=(3,), units=(2, 3)),
    rivals={
        "every product free": lambda n, units: derived.threshold_count(n - 1) ** (units * (units - 1) // 2),
        "up to a common sign": lambda n, units: Fraction(derived.self_attention_bounds(n, units).lower, 2),
        "one gate fewer": lambda n, units: derived.threshold_count(n - 1) ** (units - 1),
    },
    derivation=lambda: derived.self_attention_derivation(),
    budget=0.4,
)


def gate_tuples(n: int, layer: str, gates: int) -> int:
    """The upper bound on the maps of a layer to which so many gates belong."""
    if layer == "one gate for all":
        return derived.shared_gate_bounds(n, gates - 1).upper
    if layer == "cross":
        return derived.cross_attention_bounds(n, 2, gates - 2).upper
    return derived.self_attention_bounds(n, gates).upper


def count_maps(n: int, layer: str, operation: str) -> int:
    """Maps of two attended units, of two rows and two columns, of three units."""
    if layer == "one gate for all":
        return measured.shared_gate_maps(n, operation)
    if layer == "cross":
        return measured.crossed_maps(n)
    return measured.self_attended_maps(n)


LAYERS_UPPER = Claim(
    id="baldi2022.AL-upper",
    paper=PAPER,
    where="upper halves of the capacities of one gate for all, of cross attention and of self attention",
    says="A layer of gated units has at most T(n)^e maps, e its gates: m + 1, m_1 + m_2, m; vacuous here but for "
    "cross attention at n = 2",
    predicts=gate_tuples,
    measures=count_maps,
    agrees=at_most(),
    cases=tuple(
        {"n": n, "layer": layer, "gates": gates, "operation": operation}
        for n in (1, 2)
        for layer, gates, operation in (
            ("one gate for all", 3, "xnor"),
            ("one gate for all", 3, "and"),
            ("cross", 4, "xnor"),
            ("self", 3, "xnor"),
        )
    ),
    rivals={
        "one gate fewer": lambda n, gates: derived.threshold_count(n) ** (gates - 1),
        "half of all maps, or of the bound": lambda n, layer, gates: Fraction(
            min(gate_tuples(n, layer, gates), 2 ** (2**n * (4 if layer == "cross" else 2))), 2
        ),
    },
    budget=0.4,
)
