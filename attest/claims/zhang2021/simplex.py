"""The peers on the simplex: Jacobians of the entmax family, and how steep they get with the number of keys."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from attest import Claim, Rival, Verdict, absolute, at_most, grid, within
from attest.claims.zhang2021.paper import PAPER
from numerics import sparsity as measured
from theory import sparsity as derived

WHERE = "Derived for this project from the definition of ReLA"
TRUNCATION = absolute(
    1e-8, because="central differences with step 1e-5: truncation and rounding of order 1e-10, off kinks"
)
ALPHA = {"softmax": 1, "entmax15": Fraction(3, 2), "sparsemax": 2}


def scores_of(weights: Sequence[Any], weight_map: str) -> list[float]:
    """Scores of which *weights* is the row; a weight of 0 has one well below the threshold."""
    inverse: dict[str, Callable[[float], float]] = {
        "softmax": math.log,
        "entmax15": lambda p: 2 * math.sqrt(p),
        "sparsemax": lambda p: p,
    }
    return [inverse[weight_map](float(p)) if p else -1.0 for p in weights]


ROWS = (
    [Fraction(1, 2), Fraction(1, 2)],
    [Fraction(4, 9), Fraction(4, 9), Fraction(1, 9)],
    [Fraction(1, 4)] * 4,
)

ENTMAX_JACOBIAN = Claim(
    id="zhang2021.D15-jacobian",
    paper=PAPER,
    where="Derived for this project; Peters, Niculae, Martins (2019)",
    says="the Jacobian of α-entmax is diag(g) - g gᵀ/sum g with g = p^(2-α) on the support (softmax 1, sparsemax 2)",
    predicts=lambda weights, weight_map: derived.entmax_jacobian(weights, ALPHA[weight_map]),
    measures=lambda weights, weight_map: measured.measure_row_jacobian(scores_of(weights, weight_map), weight_map),
    agrees=within(TRUNCATION),
    cases=[
        *grid(weights=ROWS, weight_map=tuple(ALPHA)),
        *grid(weights=([Fraction(4, 9), Fraction(0), Fraction(5, 9)],), weight_map=("entmax15", "sparsemax")),
    ],
    rivals={
        "softmax": lambda weights: derived.entmax_jacobian(weights, 1),
        "sparsemax": lambda weights: derived.entmax_jacobian(weights, 2),
        "half": lambda weights, weight_map: derived.entmax_jacobian(weights, ALPHA[weight_map]) / 2,
    },
    derivation=lambda: derived.simplex_derivation(),
    budget=0.4,
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
    budget=0.6,
)

UNIVERSAL = Claim(
    id="zhang2021.D15-universal",
    paper=PAPER,
    where=WHERE,
    says="2^(α-2) is a Lipschitz constant of 1.5-entmax at every length",
    predicts=lambda: derived.two_point_norm(Fraction(3, 2)),
    measures=lambda n, peak: measured.measure_jacobian_norm(measured.two_block_scores(n, float(peak), 1.5), "entmax15"),
    agrees=at_most(TRUNCATION),
    # Two blocks at p = 0.78 stay below the constant at 47 keys and are above it at 48.
    cases=[{"n": 48, "peak": Fraction(39, 50)}, *grid(n=(64, 128), peak=(Fraction(4, 5),))],
    control=[{"n": 47, "peak": Fraction(39, 50)}, *grid(n=(2, 8, 32), peak=(Fraction(1, 2), Fraction(4, 5)))],
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
    budget=0.4,
)
