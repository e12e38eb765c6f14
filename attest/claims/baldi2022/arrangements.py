"""Threshold functions as regions of an arrangement: gates without a bias, characteristic polynomials, duality."""

from fractions import Fraction

from attest import Claim, Rival, equal, grid
from attest.claims.baldi2022.paper import PAPER
from numerics import capacity as measured
from theory import capacity as derived

NO_BIAS = Claim(
    id="baldi2022.C8",
    paper=PAPER,
    where="gates without a bias on -1/+1 inputs",
    says="Without a bias there are H(n) = T(n-1) functions on {-1, 1}^n: the bias is one more -1/+1 input",
    predicts=lambda n: derived.unbiased_count(n),
    measures=lambda n: len(measured.unbiased_tables(n)),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4, 5)),
    rivals={
        "as many as with a bias": lambda n: derived.threshold_count(n),
        "half of those with a bias": lambda n: Fraction(derived.threshold_count(n), 2),
        "one input fewer": lambda n: derived.threshold_count(max(n - 2, 0)),
        "on 0/1 inputs as well": lambda n: derived.zero_one_unbiased_count(n),
    },
    budget=0.4,
)

NO_BIAS_ZERO_ONE = Claim(
    id="baldi2022.C8-resonance",
    paper=PAPER,
    where="gates without a bias on 0/1 inputs, the zero vector left out",
    says="Without a bias on {0, 1}^n less 0 there are as many functions as regions of the resonance arrangement",
    predicts=lambda n: derived.zero_one_unbiased_count(n),
    measures=lambda n: measured.count_dichotomies(measured.zero_one_points(n)),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4)),
    rivals={
        "as on -1/+1 inputs": lambda n: derived.unbiased_count(n),
        "half": lambda n: Fraction(derived.zero_one_unbiased_count(n), 2),
    },
    budget=2.9,
)

CHARACTERISTIC = Claim(
    id="baldi2022.C9",
    paper=PAPER,
    where="characteristic polynomial of the threshold arrangement",
    says="Deletion-restriction and counting over finite fields give one characteristic polynomial",
    predicts=lambda n: list(derived.threshold_characteristic_coefficients(n)),
    measures=lambda n: measured.characteristic_polynomial(n),
    agrees=equal,
    cases=grid(n=(1, 2, 3, 4, 5)),
    deep_cases=({"n": 6},),
    deep_budget=60.0,
    rivals={
        "hyperplanes in general position": lambda n: derived.generic_coefficients(n),
        "signs dropped": lambda n: [abs(c) for c in derived.threshold_characteristic_coefficients(n)],
    },
    budget=0.4,
)

CLOSED_FORMS = Claim(
    id="baldi2022.C9-closed",
    paper=PAPER,
    where="first coefficients of the characteristic polynomial",
    says="|w1| = 2^n, |w2| = C(2^n, 2), |w3| = C(2^n, 3) - (6^n - 2 4^n + 2^n)/8, one less for each parallelogram",
    predicts=lambda n: list(derived.first_coefficients(n)),
    measures=lambda n: [abs(c) for c in measured.characteristic_polynomial(n)[1:4]],
    agrees=equal,
    cases=grid(n=(3, 4, 5, 6, 7)),
    rivals={
        "parallelograms forgotten": lambda n: [abs(c) for c in derived.generic_coefficients(n)[1:4]],
        "parallelograms counted twice": lambda n: [
            *derived.first_coefficients(n)[:2],
            derived.first_coefficients(n)[2] - derived.parallelogram_count(n),
        ],
    },
    derivation=lambda: derived.parallelogram_derivation(),
    budget=0.4,
)

DUALITY = Claim(
    id="baldi2022.C10",
    paper=PAPER,
    where="duality of degrees d and n - d - 1 (Gordan)",
    says="T(n; d) is counted by the matroid of degree n - d - 1: T(n; d) = T_M(0, 2)",
    predicts=lambda n, degree: derived.dual_threshold_count(n, degree),
    measures=lambda n, degree: measured.count_threshold_functions_by_lp(n, degree).count,
    agrees=equal,
    cases=tuple({"n": n, "degree": d} for n, d in ((1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2), (4, 1))),
    deep_cases=({"n": 4, "degree": 2}, {"n": 4, "degree": 3}),
    deep_budget=60.0,
    rivals={
        "dual of degree n - d": lambda n, degree: derived.dual_threshold_count(n, max(degree - 1, 0)),
        "all but those": lambda n, degree: 2**2**n - derived.dual_threshold_count(n, degree),
        "twice": lambda n, degree: 2 * derived.dual_threshold_count(n, degree),
    },
    budget=1.9,
)

DUAL_AND_FACES = Claim(
    id="baldi2022.C10-affine",
    paper=PAPER,
    where="duality of degrees d and n - d - 1 (Gordan), d = n - 2",
    says="T(n; n - 2), counted by the matroid of the affine monomials, is what an Euler sum over faces counts",
    predicts=lambda n: derived.dual_threshold_count(n, n - 2),
    measures=lambda n: 2**2**n - measured.count_weakly_affine(n),
    agrees=equal,
    cases=grid(n=(3, 4, 5)),
    deep_cases=({"n": 6},),
    deep_budget=400.0,
    rivals={
        "degree n - 1": lambda n: derived.dual_threshold_count(n, n - 1),
        "up to complement only": lambda n: derived.dual_threshold_count(n, n - 2) // 2,
    },
    budget=2.4,
)

WEAK = Claim(
    id="baldi2022.C10-weak",
    paper=PAPER,
    where="duality, in terms of weak agreement",
    says="T(n; d) + W(n, n-d-1) = 2^(2^n), W(n, e) the functions f with f p >= 0 for some nonzero p of degree e",
    predicts=lambda n, degree: derived.weak_count(n, degree),
    measures=lambda n, degree: measured.count_weakly_threshold(n, degree),
    agrees=equal,
    cases=tuple({"n": n, "degree": d} for n, d in ((2, 0), (2, 1), (3, 0), (3, 1), (4, 0), (4, 1))),
    rivals={
        "strict agreement": lambda n, degree: derived.threshold_count(n, degree),
        "twice": lambda n, degree: 2 * derived.weak_count(n, degree),
    },
    budget=0.4,
)

PARITY = Claim(
    id="baldi2022.C11",
    paper=PAPER,
    where="parity needs degree n",
    says="T(n; n-1) = 2^(2^n) - 2: all functions but parity and its negation; T(n; n) = 2^(2^n)",
    predicts=lambda n, degree: derived.threshold_count(n, degree),
    measures=lambda n, degree: measured.count_threshold_functions_by_lp(n, degree).count,
    agrees=equal,
    cases=tuple({"n": n, "degree": d} for n, d in ((1, 1), (2, 1), (2, 2), (3, 2), (3, 3))),
    deep_cases=({"n": 4, "degree": 3},),
    deep_budget=60.0,
    rivals={
        "every function already at degree n - 1": Rival(
            lambda n, degree: 2**2**n, cases=({"n": 2, "degree": 1}, {"n": 3, "degree": 2})
        ),
        "parity missing, its negation not": lambda n, degree: derived.threshold_count(n, degree) - (degree == n - 1),
    },
    budget=0.6,
)
