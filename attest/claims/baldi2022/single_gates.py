"""How many functions a single threshold gate computes: bounds, expansions, parameters."""

from fractions import Fraction
from math import factorial

from attest import Claim, Rival, at_least, at_most, equal, grid, relative, within
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured
from theory import capacity as derived

SMALL = tuple({"n": n, "degree": d} for n, d in ((1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (3, 3), (4, 1)))

REGION_BOUND = Claim(
    id="baldi2022.C1",
    paper=PAPER,
    where="region bound (Schläfli; Cover 1965), as used for polynomial gates",
    says="Threshold functions of n inputs and degree d number at most 2 sum_{k<D} C(2^n - 1, k), D = C(n, <=d)",
    predicts=lambda n, degree: derived.region_bound(n, degree),
    measures=lambda n, degree: measured.count_threshold_functions_by_lp(n, degree).count,
    agrees=at_most(),
    cases=SMALL,
    deep_cases=({"n": 4, "degree": 2}, {"n": 4, "degree": 3}),
    deep_budget=60.0,
    rivals={
        "half of it": lambda n, degree: Fraction(derived.region_bound(n, degree), 2),
        "one dimension fewer": lambda n, degree: (
            derived.region_bound(n, degree) - 2 * derived.last_region_term(n, degree)
        ),
        "without the bias": lambda n, degree: derived.region_bound(n, degree - 1),
    },
    budget=2.7,
)

EQUALITY = Claim(
    id="baldi2022.C1-equality",
    paper=PAPER,
    where="region bound, case of equality",
    says="The region bound is attained for degrees d >= n - 1",
    predicts=lambda n, degree: derived.region_bound(n, degree),
    measures=lambda n, degree: measured.count_threshold_functions_by_lp(n, degree).count,
    agrees=equal,
    cases=tuple(case for case in SMALL if case["degree"] >= case["n"] - 1),
    deep_cases=({"n": 4, "degree": 3},),
    deep_budget=60.0,
    rivals={
        "also at degree n - 2": Rival(
            lambda n, degree: derived.region_bound(n, degree), cases=({"n": 3, "degree": 1}, {"n": 4, "degree": 1})
        ),
        "one dimension fewer": lambda n, degree: (
            derived.region_bound(n, degree) - 2 * derived.last_region_term(n, degree)
        ),
    },
    budget=2.5,
)

EXPONENT = Claim(
    id="baldi2022.C2",
    paper=PAPER,
    where="exponential form of the region bound",
    says="log2 T(n) <= n^2 for n >= 2",
    predicts=lambda n: 2 ** (n * n),
    measures=lambda n: sum(map(abs, measured.characteristic_polynomial(n))),
    agrees=at_most(),
    cases=grid(n=range(2, 8)),
    rivals={
        "one bit less": lambda n: 2 ** (n * n - 1),
        "from n = 1 on": Rival(lambda n: 2 ** (n * n), cases=({"n": 1},)),
    },
    budget=0.4,
)

DEGREES = tuple({"n": n, "degree": d} for n in (1, 2, 3, 4) for d in (1, 2, 3) if d <= n)

PARAMETER_EXPONENT = Claim(
    id="baldi2022.C2-degrees",
    paper=PAPER,
    where="exponential form of the region bound, for polynomial gates",
    says="log2 T(n; d) <= n C(n, <=d), n bits for each parameter, n >= 1; vacuous to n = 4, 8, 11 where d = 1, 2, 3",
    predicts=lambda n, degree: 2 ** (n * derived.parameter_count(n, degree)),
    measures=lambda n, degree: measured.count_by_ranks(n, degree),
    agrees=at_most(),
    cases=DEGREES,
    rivals={
        "one bit less": lambda n, degree: 2 ** (n * derived.parameter_count(n, degree) - 1),
        "n bits for each parameter but the bias": lambda n, degree: 2 ** (n * (derived.parameter_count(n, degree) - 1)),
        "a bit for each parameter": lambda n, degree: 2 ** derived.parameter_count(n, degree),
    },
    derivation=lambda: derived.exponent_derivation(),
    budget=1.3,
)

LEADING_EXPONENT = Claim(
    id="baldi2022.C2-leading",
    paper=PAPER,
    where="exponential form of the region bound, against the leading term itself",
    says="log2 T(n; d) <= n^(d+1)/d! wherever it is counted here but at n = 1: T(n; d)^(d!) <= 2^(n^(d+1))",
    predicts=lambda n, degree: 2 ** (n ** (degree + 1)),
    measures=lambda n, degree: measured.count_by_ranks(n, degree) ** factorial(degree),
    agrees=at_most(),
    cases=DEGREES[1:],
    rivals={
        "one bit less": lambda n, degree: 2 ** (n ** (degree + 1) - 1),
        "n^(d+1)/(d+1)!, rounded up": lambda n, degree: 2 ** -(-(n ** (degree + 1)) // (degree + 1)),
        "from n = 1 on": Rival(lambda n, degree: 2 ** (n ** (degree + 1)), cases=DEGREES[:1]),
    },
    budget=1.3,
)

ZUEV = Claim(
    id="baldi2022.C3",
    paper=PAPER,
    where="Zuev (1991), quoted: log2 T(n) > n^2 (1 - 10/ln n) for n sufficiently large",
    says="For n sufficiently large, log2 T(n) exceeds n^2 (1 - 10/ln n)",
    kind="asymptotic",
    finite_form=("baldi2022.C3-vacuous", "baldi2022.C6"),
)

ZUEV_VACUOUS = Claim(
    id="baldi2022.C3-vacuous",
    paper=PAPER,
    where="Zuev's bound, sign of its right-hand side",
    says="Zuev's lower bound says nothing up to n = 22026, where its right-hand side is not positive",
    predicts=lambda: derived.zuev_vacuous_up_to(),
    measures=lambda: measured.largest_vacuous_size(),
    agrees=equal,
    cases=({},),
    rivals={
        "one later": lambda: derived.zuev_vacuous_up_to() + 1,
        "logarithm to base 2": lambda: 2**10,
    },
    budget=0.4,
)

STIRLING = Claim(
    id="baldi2022.C4",
    paper=PAPER,
    where="upper half of log2 T(n) = n^2 - n log2 n + O(n), through the region bound",
    says="log2 B(n, n+1) = n^2 - n log2 n + n log2 e - log2(2 pi n)/2 + 1 - log2(e)/(12 n) + O(n^-3)",
    predicts=lambda n: derived.stirling_residual(n),
    measures=lambda n: measured.measure_stirling_residual(n),
    agrees=within(
        relative(Fraction(1, 30 * 39**2), because="the next term of Stirling's series is 1/(30 n^2) of this")
    ),
    cases=grid(n=(40, 80, 160)),
    rivals={
        "half the last term": lambda n: derived.stirling_residual(n) / 2,
        "last term with the other sign": lambda n: -derived.stirling_residual(n),
        "index shifted": lambda n: derived.stirling_residual(n + 1),
    },
    derivation=lambda: derived.expansion_derivation(),
    budget=0.4,
)

IRMATOV = Claim(
    id="baldi2022.C5-limit",
    paper=PAPER,
    where="Irmatov (2020), quoted: the region bound is asymptotically tight",
    says="T(n) / B(n, n+1) tends to 1",
    kind="asymptotic",
    finite_form=("baldi2022.C5",),
)

QUOTIENT = Claim(
    id="baldi2022.C5",
    paper=PAPER,
    where="T(n) over the region bound, exactly",
    says="T(n) / B(n, n+1) = 1, 1, 13/16, 941/1941, ... falls where it can be computed, although its limit is 1",
    predicts=lambda n: derived.capacity_ratio(n),
    measures=lambda n: measured.region_quotient(n, measured.characteristic_polynomial(n)),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4, 5)),
    deep_cases=({"n": 6},),
    deep_budget=60.0,
    rivals={
        "over the leading term 2 C(2^n - 1, n) alone": lambda n: derived.leading_capacity_ratio(n),
        "it has its limit already": lambda n: 1,
    },
    budget=0.4,
)

RECURSION = Claim(
    id="baldi2022.C6",
    paper=PAPER,
    where="elementary lower bound by one more weight",
    says="T(n) >= (2^(n-1) + 1) T(n-1)",
    predicts=lambda n: derived.extension_lower_bound(n),
    measures=lambda n: sum(map(abs, measured.characteristic_polynomial(n))),
    agrees=at_least(),
    cases=grid(n=(1, 2, 3, 4, 5, 6)),
    rivals={
        "one value more": lambda n: derived.extension_lower_bound(n) + derived.threshold_count(n - 1),
        "twice as much": lambda n: 2 * derived.extension_lower_bound(n),
    },
    budget=0.4,
)

POLYNOMIAL_GATES = Claim(
    id="baldi2022.C7",
    paper=PAPER,
    where="Baldi & Vershynin (2019), quoted: log2 T(n; d) ~ n^(d+1)/d! for fixed d",
    says="Polynomial threshold gates of fixed degree d have capacity n^(d+1)/d! to leading order",
    kind="asymptotic",
    finite_form=("baldi2022.C1", "baldi2022.C10", "baldi2022.C2-degrees", "baldi2022.C2-leading"),
)

PER_PARAMETER = Claim(
    id="baldi2022.C12",
    paper=PAPER,
    where="a doubling of the parameters gives a doubling of the capacity, in the abstract",
    says="Every leading capacity is n times the number of free parameters",
    kind="asymptotic",
    finite_form=("baldi2022.C12-parameters", "baldi2022.OG1-lower", "baldi2022.OG1-upper", "baldi2022.FF2-lower"),
    derivation=lambda: derived.degree_derivation(),
)

PARAMETERS = Claim(
    id="baldi2022.C12-parameters",
    paper=PAPER,
    where="numbers of parameters behind the leading capacities",
    says="A gate of degree d has C(n, <=d) parameters that matter",
    predicts=lambda n, degree: derived.parameter_count(n, degree),
    measures=lambda n, degree, rng: measured.measure_parameter_rank("polynomial", n, rng, degree=degree),
    agrees=equal,
    cases=tuple({"n": n, "degree": d} for n in (2, 3, 4) for d in (1, 2) if d <= n),
    rivals={
        "without the bias": lambda n, degree: derived.parameter_count(n, degree) - 1,
        "with squares of inputs": lambda n, degree: derived.parameter_count(n, degree) + (n if degree > 1 else 0) + 1,
    },
    derivation=lambda: derived.monomial_derivation(),
    budget=0.4,
)
