"""The gain P_{T,t} of a linear net with uniform attention: recurrence, coefficients, closed forms, growth, the disc."""

from fractions import Fraction

from attest import Claim, equal, grid, relative, rounding, scales_like, within
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

F = Fraction
HALF, THREE_EIGHTHS = F(1, 2), F(3, 8)
WHERE = "Theorem 1, linear net with uniform attention"


def gains_by_autograd(T, eigenvalue, state="sum"):
    """ds_T/dh_t of the net of width 1 for every t."""
    return measured.measure_linear_jacobians([[float(eigenvalue)]], T, state=state)[:, 0, 0]


def positive(operations):
    # Sums of positive terms, or terms of order one for the negative eigenvalues used: roundings simply add up.
    return within(rounding(operations=operations, scale=1))


RECURRENCE = Claim(
    id="kerg2020.P1",
    paper=PAPER,
    where=WHERE,
    says="the gain for all t follows from one O(T) backward recurrence, equal to the forward one",
    predicts=lambda T, eigenvalue: derived.uniform_attention_gains(T, eigenvalue),
    measures=lambda T, eigenvalue: gains_by_autograd(T, eigenvalue),
    agrees=positive(400),
    cases=grid(T=(1, 2, 7, 40), eigenvalue=(THREE_EIGHTHS, F(-1, 2), F(1), F(0))),
    rivals={
        "the gain of t + 1": lambda T, eigenvalue: [
            *derived.uniform_attention_gains(T, eigenvalue)[1:],
            derived.uniform_attention_gain(T + 1, T, eigenvalue),
        ],
        "mean over i < t (the current state is not attended)": lambda T, eigenvalue: [
            g - F(1, T) for g in derived.uniform_attention_gains(T, eigenvalue)
        ],
        "half the eigenvalue": lambda T, eigenvalue: derived.uniform_attention_gains(T, eigenvalue / 2),
    },
    derivation=lambda: derived.recurrence_derivation(),
    budget=0.4,
)


def shift_row(T, t):
    """First row of ds_T/dh_t for V = the shift of width T: entry r is the coefficient of V^r."""
    shift = [[float(c == r + 1) for c in range(T)] for r in range(T)]
    return measured.measure_linear_jacobians(shift, T)[t - 1, 0, : T - t + 1]


COEFFICIENTS = Claim(
    id="kerg2020.P2",
    paper=PAPER,
    where=WHERE,
    says="the gain is a polynomial in V with positive coefficients, its ends 1/T and (T+1)/t",
    predicts=lambda T, t: derived.gain_coefficients(T, t),
    measures=shift_row,
    agrees=positive(100),
    cases=({"T": 2, "t": 1}, {"T": 5, "t": 1}, {"T": 9, "t": 4}, {"T": 12, "t": 2}),
    rivals={
        "T - 1 in place of T": lambda T, t: [*derived.gain_coefficients(T + 1, t + 1)],
        "leading coefficient T/t": lambda T, t: [*derived.gain_coefficients(T, t)[:-1], F(T, t)],
    },
    derivation=lambda: derived.recurrence_derivation(),
    rests_on=("kerg2020.P1",),
    budget=0.4,
)

CLOSED_COEFFICIENTS = Claim(
    id="kerg2020.P2-closed",
    paper=PAPER,
    where=WHERE,
    says="constant, linear and leading coefficient of the gain are 1/T, a harmonic difference, and (T+1)/t",
    predicts=lambda T, t: [
        derived.constant_coefficient(T, t),
        derived.linear_coefficient(T, t),
        derived.leading_coefficient(T, t),
    ],
    measures=lambda T, t: (lambda row: [row[0], row[1], row[-1]])(shift_row(T, t)),
    agrees=positive(100),
    cases=({"T": 3, "t": 2}, {"T": 6, "t": 1}, {"T": 12, "t": 5}),
    rivals={
        "constant 1/t": lambda T, t: [F(1, t), derived.linear_coefficient(T, t), derived.leading_coefficient(T, t)],
        "linear coefficient without 1/(T-1)": lambda T, t: [
            derived.constant_coefficient(T, t),
            derived.linear_coefficient(T, t) - F(1, T - 1),
            derived.leading_coefficient(T, t),
        ],
    },
    derivation=lambda: derived.recurrence_derivation(),
    rests_on=("kerg2020.P2",),
    budget=0.4,
)

HYPERGEOMETRIC = Claim(
    id="kerg2020.P3",
    paper=PAPER,
    where=WHERE,
    says="at t = 1 the gain is 2F1(-T, 1-gamma; 1; 1-lambda)/lambda with gamma = lambda/(1-lambda)",
    predicts=lambda T, eigenvalue: derived.hypergeometric_gain(T, eigenvalue),
    measures=lambda T, eigenvalue: measured.measure_uniform_attention_gain(T, 1, float(eigenvalue)),
    agrees=positive(1000),
    cases=grid(T=(1, 4, 30, 100), eigenvalue=(THREE_EIGHTHS, F(-3, 4), F(7, 8))),
    rivals={
        "2F1(-T-1, ...)": lambda T, eigenvalue: derived.hypergeometric_gain(T + 1, eigenvalue),
        "no factor 1/lambda": lambda T, eigenvalue: eigenvalue * derived.hypergeometric_gain(T, eigenvalue),
    },
    derivation=lambda: derived.closed_form_derivation(),
    rests_on=("kerg2020.P1",),
    budget=0.4,
)


def polynomial_in_time(m, T):
    polynomial = derived.gain_in_time(m)
    return polynomial.subs({symbol: T for symbol in polynomial.free_symbols})


RATIONAL_SPECIAL = Claim(
    id="kerg2020.P4",
    paper=PAPER,
    where=WHERE,
    says="at lambda = m/(m+1), t = 1 the gain is a polynomial of degree m - 1 in T: 2, (T+3)/2, ...",
    predicts=polynomial_in_time,
    measures=lambda m, T: measured.measure_uniform_attention_gain(T, 1, m / (m + 1)),
    # T = 200: three roundings a step, and that of m/(m+1), whose power enters
    agrees=positive(2000),
    cases=grid(m=(1, 2, 3, 4), T=(1, 5, 50, 200)),
    rivals={
        "T - 1 in place of T": lambda m, T: polynomial_in_time(m, T - 1),
        "degree m": lambda m, T: polynomial_in_time(m + 1, T),
    },
    derivation=lambda: derived.disc_derivation(),
    rests_on=("kerg2020.P3",),
    budget=0.4,
)

LAGUERRE = Claim(
    id="kerg2020.P4-laguerre",
    paper=PAPER,
    where=WHERE,
    says="at lambda = 1, t = 1 the gain is the Laguerre polynomial L_T(-1), a stretched exponential in T",
    predicts=lambda T: derived.laguerre_gain(T),
    measures=lambda T: measured.measure_uniform_attention_gain(T, 1, 1.0),
    agrees=positive(1000),
    cases=grid(T=(1, 2, 10, 100)),
    rivals={
        "L_{T-1}(-1)": lambda T: derived.laguerre_gain(max(1, T - 1)),
        "constant, as at lambda = 1/2": lambda T: 2,
    },
    derivation=lambda: derived.closed_form_derivation(),
    rests_on=("kerg2020.P3",),
    budget=0.4,
)

GENERATING_FUNCTION = Claim(
    id="kerg2020.P5",
    paper=PAPER,
    where=WHERE,
    says="for t >= 2 the partial sums have the generating function z(1-lz)^(g-1)(1-z)^(-g-1) times an integral",
    predicts=lambda T, t, eigenvalue: derived.generating_function_gain(T, t, eigenvalue),
    measures=lambda T, t, eigenvalue: measured.measure_uniform_attention_gain(T, t, float(eigenvalue)),
    agrees=positive(400),
    cases=tuple(
        {"T": T, "t": t, "eigenvalue": x} for T, t in ((4, 2), (12, 5), (25, 3)) for x in (THREE_EIGHTHS, F(-3, 4))
    ),
    rivals={
        "the integral of t = 1": lambda T, t, eigenvalue: derived.generating_function_gain(T, 1, eigenvalue),
        "t - 1 in place of t": lambda T, t, eigenvalue: derived.generating_function_gain(T, t - 1, eigenvalue),
    },
    derivation=lambda: derived.generating_function_derivation(),
    rests_on=("kerg2020.P1",),
    budget=0.4,
)


def modulus_ladder(t, re, im):
    gains = [(T, measured.measure_uniform_attention_gain(T, t, complex(re, im))) for T in (64, 128, 256, 512, 1024)]
    return [(T, abs(gain)) for T, gain in gains]


def eigenvalue_of(re, im):
    from sympy import I, Rational

    return Rational(re.numerator, re.denominator) + I * Rational(im.numerator, im.denominator)


POINTS = tuple({"re": F(a, 8), "im": F(b, 8)} for a, b in ((-4, 0), (2, 0), (3, 3), (1, 5), (-3, 3), (5, 2), (0, 7)))

EXPONENT = Claim(
    id="kerg2020.P6",
    paper=PAPER,
    where=WHERE + ", growth in T",
    says="|P_{T,t}| grows like T to the power Re(lambda/(1-lambda)) - 1 for |lambda| < 1, t fixed",
    predicts=lambda re, im: derived.growth_exponent(eigenvalue_of(re, im)),
    measures=modulus_ladder,
    agrees=scales_like(order=1),
    cases=tuple({"t": 1, **point} for point in POINTS[:4]) + tuple({"t": 3, **point} for point in POINTS[:2]),
    rivals={
        "1/T, as Theorem 1 may be read": lambda: -1,
        "one power of T less": lambda re, im: derived.growth_exponent(eigenvalue_of(re, im)) - 1,
        "gamma with 1 + lambda": lambda re, im: derived.growth_exponent(eigenvalue_of(-re, im)),
    },
    derivation=lambda: derived.disc_derivation(),
    rests_on=("kerg2020.P3", "kerg2020.P5"),
    budget=4.5,
)

LEADING_TERM = Claim(
    id="kerg2020.P6-constant",
    paper=PAPER,
    where=WHERE + ", growth in T",
    says="the leading term of P_{T,t} is C_t (1-lambda)^(gamma-2)/Gamma(1+gamma) T^(gamma-1)",
    predicts=lambda t, re: derived.asymptotic_gain(1024, t, re).evalf(30),
    measures=lambda t, re: measured.measure_uniform_attention_gain(1024, t, float(re)),
    agrees=within(relative(F(1, 64), because="the next term is of relative size 1/T with a factor below 16, T = 1024")),
    cases=grid(t=(1, 2, 5), re=(F(-1, 2), F(1, 4), F(1, 2))),
    rivals={
        "without C_t": lambda t, re: derived.asymptotic_gain(1024, 1, re).evalf(30),
        "C_{t+1}": lambda t, re: derived.asymptotic_gain(1024, t + 1, re).evalf(30),
        "half of it": lambda t, re: derived.asymptotic_gain(1024, t, re).evalf(30) / 2,
    },
    derivation=lambda: derived.leading_term_derivation(),  # but for the transfer theorem, which is cited there
    rests_on=("kerg2020.P6",),
    budget=2.7,
)


def grows_with_time(re, im):
    """Whether T |P_{T,1}| does not decay: its local slope at T = 512, extrapolated, is at least zero."""
    values = [T * abs(measured.measure_uniform_attention_gain(T, 1, complex(re, im))) for T in (128, 256, 512)]
    from math import log2

    first, second = log2(values[1] / values[0]), log2(values[2] / values[1])
    return 2 * second - first >= 0


DISC = Claim(
    id="kerg2020.P7",
    paper=PAPER,
    where=WHERE + ", region of Omega(1/T)",
    says="inside the unit disc T |P_{T,t}| stays away from 0, t fixed, exactly for |lambda - 1/2| <= 1/2",
    predicts=lambda re, im: derived.omega_one_over_T(eigenvalue_of(re, im)),
    measures=grows_with_time,
    agrees=equal,
    cases=POINTS,
    rivals={
        "Re lambda >= 0": lambda re, im: re >= 0,
        "every |lambda| < 1, as Theorem 1 may be read": lambda: True,
        "real lambda >= 0 alone": lambda re, im: re >= 0 and im == 0,
    },
    derivation=lambda: derived.disc_derivation(),
    rests_on=("kerg2020.P6",),
    budget=2,
)


def zero_in_the_disc(T, t):
    inside = [z for z in derived.complex_zeros(T, t) if abs(complex(z) - 0.5) < 0.5 and complex(z).imag > 0]
    return [[complex(z).real, complex(z).imag] for z in inside]


EXACT_ZERO = Claim(
    id="kerg2020.P8",
    paper=PAPER,
    where=WHERE + ", uniformity in t",
    says="the region is not uniform in t: at (T, t) = (25, 19) the gain has an exact zero strictly inside the disc",
    predicts=zero_in_the_disc,
    measures=lambda T, t: (lambda z: [[z.real, z.imag]])(measured.find_gain_zero(T, t, 0.4 + 0.5j)),
    # the gain's slope at the zero is above 0.01 and its terms below 10: a thousand roundings of the root at most
    agrees=within(rounding(operations=1000, scale=1)),
    cases=({"T": 25, "t": 19},),
    rivals={
        "the zero of t = 20": lambda T, t: [
            [complex(z).real, complex(z).imag] for z in derived.complex_zeros(T, t + 1)[:1]
        ],
        "on the circle": lambda T, t: [[F(1, 2), F(1, 2)]],
    },
    derivation=lambda: derived.recurrence_derivation(),
    rests_on=("kerg2020.P2",),
    budget=0.4,
)

MEAN_CONVENTION = Claim(
    id="kerg2020.P9",
    paper=PAPER,
    where="Released code: s = (h + c)/2",
    says="with s = (h + c)/2 the gain is half of P_{T,t} at half the eigenvalue",
    predicts=lambda T, t, eigenvalue: derived.uniform_attention_gain(T, t, eigenvalue, state="mean"),
    measures=lambda T, t, eigenvalue: gains_by_autograd(T, eigenvalue, "mean")[t - 1],
    agrees=positive(400),
    cases=tuple({"T": T, "t": t, "eigenvalue": x} for T, t in ((1, 1), (6, 2), (40, 1)) for x in (F(1), F(-3, 4))),
    rivals={
        "no overall half": lambda T, t, eigenvalue: 2 * derived.uniform_attention_gain(T, t, eigenvalue, state="mean"),
        "s = h + c": lambda T, t, eigenvalue: derived.uniform_attention_gain(T, t, eigenvalue),
        "half of P at the same eigenvalue": lambda T, t, eigenvalue: (
            derived.uniform_attention_gain(T, t, eigenvalue) / 2
        ),
    },
    derivation=lambda: derived.recurrence_derivation(),
    rests_on=("kerg2020.P1",),
    budget=0.4,
)


def draw_matrix(n, rng):
    """A square matrix of sixteenths: exact on both sides, neither symmetric nor sign-definite."""
    return {"V": [[F(int(x), 16) for x in row] for row in rng.integers(-12, 13, size=(n, n))]}


def jacobian_by_autograd(V, T, t):
    return measured.measure_linear_jacobians([[float(x) for x in row] for row in V], T)[t - 1]


EXACT_MATRIX = Claim(
    id="kerg2020.T1-exact",
    paper=PAPER,
    where="Theorem 1, linear net with uniform attention",
    says="ds_T/dh_t is the polynomial P_{T,t} of V, for every square V",
    predicts=lambda V, T, t: derived.matrix_gain(V, T, t),
    measures=jacobian_by_autograd,
    # twelve steps of width 3, entries of order 10^3 at most by cancellation among powers of V
    agrees=within(rounding(operations=400, scale=1000)),
    cases=({"n": 1, "T": 4, "t": 2}, {"n": 2, "T": 6, "t": 1}, {"n": 3, "T": 12, "t": 3}, {"n": 3, "T": 5, "t": 5}),
    setting=draw_matrix,
    rivals={
        "V transposed": lambda V, T, t: derived.matrix_gain(V, T, t).T,
        "drops the term 1/T": lambda V, T, t: (
            derived.matrix_gain(V, T, t) - derived.matrix_gain([[0] * len(V)] * len(V), T, t)
        ),
        "P_{T+1,t}": lambda V, T, t: derived.matrix_gain(V, T + 1, t),
        "s = (h + c)/2": lambda V, T, t: derived.matrix_gain(V, T, t, state="mean"),
    },
    derivation=lambda: derived.recurrence_derivation(),
    rests_on=("kerg2020.P1",),
    budget=0.4,
)
