"""Products of two gates by orbits under signed permutations, against routes that compose or ask table by table."""

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
    budget=0.5,
)

OVERLAPS = Claim(
    id="baldi2022.OG3-products-overlaps",
    paper=PAPER,
    where="AND, OR and XNOR as sets",
    says="Orbits of conjunctions, looked up among complements and products, give the sizes that asking each table does",
    kind="count",
    predicts=lambda n: measured.asked_overlap_sizes(n),
    measures=lambda n: measured.count_product_overlaps(n),
    agrees=equal,
    cases=grid(n=(2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=300.0,
    rivals={
        "every conjunction is a disjunction": lambda n: {
            **measured.asked_overlap_sizes(n),
            "and & or": measured.asked_overlap_sizes(n)["and"],
        },
        "any two-gate function is an AND or an OR": lambda n: {
            **measured.asked_overlap_sizes(n),
            "and | or | xnor": measured.asked_overlap_sizes(n)["and | or"],
        },
    },
    budget=0.5,
)
