"""Products of two gates by orbits under signed permutations, against routes that compose pairs or list halves."""

from fractions import Fraction

from attest import Claim, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured

VALUES = {"xnor": "pm1", "and": "01"}

PRODUCTS = Claim(
    id="baldi2022.OG3-products",
    paper=PAPER,
    where="exact sizes of the classes AND and XNOR, by number of ones",
    says="Canonical forms of products, each standing for its orbit, number what composing all pairs of gates finds",
    kind="count",
    predicts=lambda n, gate: measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated"),
    measures=lambda n, gate: list(measured.count_products(n, gate).by_ones),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4), gate=("xnor", "and")),
    deep_cases=grid(n=(5,), gate=("xnor", "and")),
    deep_budget=200.0,
    rivals={
        "the other convention": lambda n, gate: measured.composed_by_ones(
            n, "output", {"xnor": "01", "and": "pm1"}[gate], "pm1", "ungated"
        ),
        "a function and its complement counted once": lambda n, gate: [
            v // 2 for v in measured.composed_by_ones(n, "output", VALUES[gate], "pm1", "ungated")
        ],
    },
    budget=0.4,
)

OVERLAPS = Claim(
    id="baldi2022.OG3-products-overlaps",
    paper=PAPER,
    where="AND, OR and XNOR as sets",
    says="Orbits of conjunctions, looked up among complements and products, give the sets that halves joined anew do",
    kind="count",
    predicts=lambda n: measured.halved_overlaps_by_ones(n),
    measures=lambda n: measured.product_overlaps_by_ones(n),
    agrees=equal,
    cases=grid(n=(2, 3, 4)),
    deep_cases=grid(n=(5, 6)),
    deep_budget=3600.0,
    rivals={
        "every conjunction is a disjunction": lambda n: {
            **measured.halved_overlaps_by_ones(n),
            "and & or": measured.halved_overlaps_by_ones(n)["and"],
        },
        "any two-gate function is an AND or an OR": lambda n: {
            **measured.halved_overlaps_by_ones(n),
            "and | or | xnor": measured.halved_overlaps_by_ones(n)["and | or"],
        },
    },
    budget=0.4,
)

THREE_VALUED = Claim(
    id="baldi2022.OG3-products-mixed",
    paper=PAPER,
    where="exact sizes, f with values 0/1 gating m gates with values -1/+1",
    says="Restrictions of gates, merged while the support of f shrinks, are as many as the cells that its points cut",
    kind="count",
    predicts=lambda n, m: measured.merged_three_valued_count(n, m),
    measures=lambda n, m: measured.count_three_valued_by_cones(n, m),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4), m=(1, 2)),
    deep_cases=grid(n=(5, 6), m=(1, 2, 3)),
    deep_budget=900.0,
    rivals={
        "pairs up to sign": lambda n, m: Fraction(measured.merged_three_valued_count(n, m), 2),
        "one attended gate more": lambda n, m: measured.merged_three_valued_count(n, m + 1),
        "every attended gate has an f of its own": lambda n, m: measured.merged_three_valued_count(n) ** (m + 1),
    },
    budget=1.9,
)
