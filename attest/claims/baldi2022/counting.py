"""The counting engine against routes that know nothing of chambers, rays or reflections."""

from attest import Claim, Rival, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured

ENGINE_AND_FINITE_FIELDS = Claim(
    id="baldi2022.C1-engine",
    paper=PAPER,
    where="definition of T(n, 1); counts by two routes",
    says="Cutting the reflection chamber finds as many threshold functions as the characteristic polynomial says",
    kind="count",
    predicts=lambda n: sum(map(abs, measured.characteristic_polynomial(n))),
    measures=lambda n: measured.count_by_chambers(n).count,
    agrees=equal,
    cases=grid(n=range(1, 8)),
    deep_cases=({"n": 8},),
    deep_budget=200.0,
    rivals={
        "one input fewer": lambda n: sum(map(abs, measured.characteristic_polynomial(n - 1))),
        "up to complement only": lambda n: sum(map(abs, measured.characteristic_polynomial(n))) // 2,
        "the constants left out": lambda n: sum(map(abs, measured.characteristic_polynomial(n))) - 2,
    },
    budget=0.4,
)

ENGINE_AND_PROGRAMMES = Claim(
    id="baldi2022.C1-engine-programmes",
    paper=PAPER,
    where="definition of T(n, 1); counts by two routes",
    says="Cutting the reflection chamber counts the truth tables that one linear programme each finds separable",
    kind="count",
    predicts=lambda n: measured.count_threshold_functions_by_lp(n).count,
    measures=lambda n: measured.count_by_chambers(n).count,
    agrees=equal,
    cases=grid(n=range(1, 4)),
    deep_cases=({"n": 4},),
    deep_budget=120.0,
    rivals={
        "without the bias": lambda n: measured.count_threshold_functions_by_lp(n - 1).count,
        "two functions more": lambda n: measured.count_threshold_functions_by_lp(n).count + 2,
    },
    budget=0.4,
)

FACES_AND_RAYS = Claim(
    id="baldi2022.C10-faces",
    paper=PAPER,
    where="duality T(n; d) + W(n, n - d - 1) = 2^(2^n), d = n - 2",
    says="An Euler sum over faces counts the threshold functions of degree n - 2 as all less the weakly affine ones",
    kind="count",
    predicts=lambda n: 2**2**n - measured.count_weakly_threshold(n),
    measures=lambda n: 2**2**n - measured.count_weakly_affine(n),
    agrees=equal,
    cases=grid(n=(3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=60.0,
    rivals={
        "weakly constant instead": lambda n: 2**2**n - measured.count_weakly_threshold(n, 0),
        "strictly affine instead": Rival(
            lambda n: 2**2**n - measured.count_threshold_functions_by_lp(n).count, cases=({"n": 3},)
        ),
    },
    budget=0.4,
)

QUADRATIC = Claim(
    id="baldi2022.C1-quadratic",
    paper=PAPER,
    where="definition of T(n, 2); counts by two routes",
    says="Orbits of tables, each with integer weights or an integer refutation, count what ranks of sets of points do",
    kind="count",
    predicts=lambda n: measured.count_by_ranks(n, 2),
    measures=lambda n: measured.count_quadratic_by_certificates(n).count,
    agrees=equal,
    cases=grid(n=(3, 4)),
    deep_cases=({"n": 5},),
    deep_budget=900.0,
    rivals={
        "of degree 1": lambda n: measured.count_by_ranks(n, 1),
        "up to complement only": lambda n: measured.count_by_ranks(n, 2) // 2,
        "the constants left out": lambda n: measured.count_by_ranks(n, 2) - 2,
    },
    budget=0.4,
)
