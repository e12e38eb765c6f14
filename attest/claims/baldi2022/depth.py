"""What gating buys: quadratic activations at the price of linear ones, depth, and the transformer block as gates."""

from fractions import Fraction

from attest import Claim, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured
from theory import capacity as derived

SPARSE_QUADRATIC = Claim(
    id="baldi2022.QD1",
    paper=PAPER,
    where="abstract: sparse quadratic activation functions",
    says="Every product of two -1/+1 gates is a gate of degree 2",
    kind="count",
    predicts=lambda n: sum(measured.composed_by_ones(n, "output", "pm1", "pm1", "ungated")),
    measures=lambda n: measured.count_quadratic_products(n),
    agrees=equal,
    cases=grid(n=(2, 3, 4)),
    rivals={
        "only 0/1 products": lambda n: sum(measured.composed_by_ones(n, "output", "01", "pm1", "ungated")),
        "every gate of degree 2 is one": lambda n: measured.count_products_of_degree(n),
        "half": lambda n: Fraction(sum(measured.composed_by_ones(n, "output", "pm1", "pm1", "ungated")), 2),
    },
    derivation=lambda: derived.product_derivation(),
    budget=2.2,
)


def mattering_parameters(n: int, inputs: str) -> int:
    """Those of the product; on the cube, where squares are constant, never more than a full quadratic gate has."""
    parameters = derived.quadratic_parameters(n)
    return min(parameters.values()) if inputs == "pm1" else parameters["product"]


PARAMETERS = Claim(
    id="baldi2022.QD1-parameters",
    paper=PAPER,
    where="quadratic activations without incurring their full cost",
    says="(w.x + b)(v.x + c) has 2(n + 1) - 1 parameters that matter, on -1/+1 inputs from n = 3 on and 4 at n = 2, "
    "against C(n, <=2) of a full quadratic gate",
    predicts=mattering_parameters,
    measures=lambda n, inputs, rng: measured.measure_parameter_rank("product", n, rng, inputs=inputs),
    agrees=equal,
    cases=grid(n=(2, 3, 4, 6), inputs=("real", "pm1")),
    rivals={
        "the same on two -1/+1 inputs": lambda n: derived.quadratic_parameters(n)["product"],
        "the common scale counted twice": lambda n: derived.quadratic_parameters(n)["product"] + 1,
        "a full quadratic gate": lambda n: derived.quadratic_parameters(n)["full"],
    },
    derivation=lambda: derived.product_parameter_derivation(),
    budget=0.4,
)

BEYOND = Claim(
    id="baldi2022.QD2",
    paper=PAPER,
    where="abstract: collapsing several layers into shallow compact representations",
    says="How many products of two -1/+1 gates no two hidden units compute: composing and asking agree",
    kind="count",
    predicts=lambda n: measured.composed_beyond_two_units(n),
    measures=lambda n: measured.asked_beyond_two_units(n),
    agrees=equal,
    cases=grid(n=(2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=900.0,
    rivals={
        "none at all": lambda n: 0,
        "those that are no conjunction": lambda n: (
            measured.composed_overlap_sizes(n)["xnor"] - measured.composed_overlap_sizes(n)["and & xnor"]
        ),
        "half": lambda n: Fraction(measured.composed_beyond_two_units(n), 2),
    },
    budget=3.2,
)

BEYOND_THREE = Claim(
    id="baldi2022.QD2-three",
    paper=PAPER,
    where="abstract: collapsing several layers into shallow compact representations",
    says="How many products of two gates, and multiplexed units, three hidden units miss: composing and asking agree",
    kind="count",
    predicts=lambda n: measured.composed_three_unit_overlaps(n),
    measures=lambda n: measured.asked_three_unit_overlaps(n),
    agrees=equal,
    cases=grid(n=(2, 3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=1500.0,
    rivals={
        "as many as for two units": lambda n: {
            **measured.composed_three_unit_overlaps(n),
            "xnor - three units": measured.composed_beyond_two_units(min(n, 4)),
        },
        "half of the multiplexed ones": lambda n: {
            name: Fraction(size, 2) for name, size in measured.composed_three_unit_overlaps(n).items()
        },
    },
    budget=8.3,
)

PARITIES = {"xor": (2, (0, 1, 1, 0)), "parity of 3": (3, (0, 1, 1, 0, 1, 0, 0, 1))}
PARITIES["and"] = (2, (0, 0, 0, 1))
PARITIES["dot product"] = (4, tuple(((x & 1) & (x >> 1 & 1)) ^ ((x >> 2 & 1) & (x >> 3 & 1)) for x in range(16)))
PARITIES["product of two majorities"] = (
    4,
    tuple(int(((x & 7).bit_count() > 1) == ((x >> 1).bit_count() > 1)) for x in range(16)),
)

WITNESSED = Claim(
    id="baldi2022.QD2-units",
    paper=PAPER,
    where="depth of basic circuits, gated against not gated",
    says="The fewest hidden units for XOR, parity, a dot product, a product of majorities: enumerated, and programmed",
    kind="count",
    predicts=lambda function: measured.minimum_units_by_enumeration(PARITIES[function][1]),
    measures=lambda function: measured.minimum_units_by_programming(PARITIES[function][1]),
    agrees=equal,
    cases=grid(function=tuple(PARITIES)),
    rivals={
        "one unit fewer": lambda function: measured.minimum_units_by_enumeration(PARITIES[function][1]) - 1,
        "as many as inputs": lambda function: PARITIES[function][0],
    },
    budget=1.5,
)

XOR = Claim(
    id="baldi2022.QD3",
    paper=PAPER,
    where="XOR of two inputs",
    says="One multiplication computes XOR, which takes two hidden units otherwise",
    predicts=lambda: {"gated": 1, "hidden units": 2},
    measures=lambda: {
        "gated": int(measured.find_circuit((0, 1, 1, 0), "xnor").answer),
        "hidden units": measured.minimum_units_by_programming((0, 1, 1, 0)),
    },
    agrees=equal,
    cases=({},),
    rivals={
        "one hidden unit": lambda: {"gated": 1, "hidden units": 1},
        "gating does not": lambda: {"gated": 0, "hidden units": 2},
    },
    budget=0.4,
)

TRANSFORMER = Claim(
    id="baldi2022.QD4",
    paper=PAPER,
    where="the transformer as a combination of output and synaptic gating",
    says="An attention head on n tokens makes n^2 m output gatings (scores) and n^2 dim V synaptic gatings (values)",
    predicts=lambda tokens, key_dim, value_dim: derived.attention_gating_counts(tokens, key_dim, value_dim),
    measures=lambda tokens, key_dim, value_dim, rng: measured.traced_gatings(tokens, key_dim, value_dim, rng),
    agrees=equal,
    cases=grid(tokens=(1, 2, 5), key_dim=(1, 3), value_dim=(2, 4)),
    rivals={
        "each pair of tokens once": lambda tokens, key_dim, value_dim: {
            "output": tokens * (tokens + 1) // 2 * key_dim,
            "synaptic": tokens**2 * value_dim,
        },
        "dimensions exchanged": lambda tokens, key_dim, value_dim: derived.attention_gating_counts(
            tokens, value_dim, key_dim
        ),
        "keys one wider": lambda tokens, key_dim, value_dim: derived.attention_gating_counts(
            tokens, key_dim + 1, value_dim
        ),
    },
    budget=0.4,
)

EQUIVARIANT = Claim(
    id="baldi2022.QD4-equivariant",
    paper=PAPER,
    where="the transformer block without positional encoding",
    says="Permuting the tokens permutes the outputs of an attention head, and changes nothing else",
    predicts=lambda tokens: tokens,
    measures=lambda tokens, rng: measured.count_equivariant_rows(tokens, rng),
    agrees=equal,
    cases=grid(tokens=(2, 4, 6)),
    rivals={"outputs stay in place": lambda: 0, "all but one": lambda tokens: tokens - 1},
    budget=0.4,
)


def head_products(tokens: int, key_dim: int, value_dim: int) -> dict[str, int]:
    """Products of two signals in a head, all of them gatings, and the quotients that normalise a token's weights."""
    gatings = derived.attention_gating_counts(tokens, key_dim, value_dim)
    return {"products": sum(gatings.values()), "quotients": tokens**2}


NOTHING_ELSE = Claim(
    id="baldi2022.QD5",
    paper=PAPER,
    where="abstract: current attention-based architectures use output gating, synaptic gating, or both",
    says="A head's products of two signals are n^2 m + n^2 dim V gatings; its softmax makes none, but n^2 quotients",
    predicts=head_products,
    measures=lambda tokens, key_dim, value_dim, rng: measured.traced_products(tokens, key_dim, value_dim, rng),
    agrees=equal,
    cases=grid(tokens=(1, 3, 4), key_dim=(1, 2), value_dim=(1, 3)),
    rivals={
        "the softmax multiplies signals too": lambda tokens, key_dim, value_dim: {
            **head_products(tokens, key_dim, value_dim),
            "products": head_products(tokens, key_dim, value_dim)["products"] + tokens**2,
        },
        "a token's weights share one quotient": lambda tokens, key_dim, value_dim: {
            **head_products(tokens, key_dim, value_dim),
            "quotients": tokens,
        },
        "projections are gatings": lambda tokens, key_dim, value_dim: {
            **head_products(tokens, key_dim, value_dim),
            "products": head_products(tokens, key_dim, value_dim)["products"]
            + tokens * (key_dim + 1) * (2 * key_dim + value_dim),
        },
        "output gatings alone": lambda tokens, key_dim, value_dim: {
            **head_products(tokens, key_dim, value_dim),
            "products": derived.attention_gating_counts(tokens, key_dim, value_dim)["output"],
        },
    },
    rests_on=("baldi2022.QD4",),
    budget=0.4,
)
