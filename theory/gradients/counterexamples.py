"""Nets on which naive readings of the theorems fail, in closed form (this project's, not the paper's)."""

from collections.abc import Sequence
from fractions import Fraction

import flint
import sympy as sp

from theory.assumptions import Contraction, PositiveEigenvalue, require
from theory.derivation import Identity, Limit, Nonnegative, Step
from theory.gradients._validate import Exact, as_sympy, check_count, check_times, exact_number
from theory.gradients.gain import uniform_attention_gain
from theory.gradients.polynomial import constant_coefficient, gain_coefficients, linear_coefficient


def negative_identity_upper_bound(T: int, v: Exact) -> Exact:
    """u(T) >= |P_{T,1}(-v)| for rational 0 < v < 1, with T u(T) -> 0: Theorem 1 fails for V = -v I.

    With a = v/(1 + v), v P_{T,1}(-v) is up to sign the z**T coefficient of (1 + vz)**(-1-a) (1 - z)**a, and
    u = (T+1)(v**T + v**floor(T/8))/v + (1-v)**(-1-a) a (8/(7T))**(1+a)/v (early terms, a middle part, the tail; the
    coefficients of 1 - (1-z)**a are positive and sum to 1).
    SymPy number. AssumptionError unless 0 < v < 1.

    >>> negative_identity_upper_bound(8, Fraction(1, 2)).evalf(3) > 0
    True
    """
    check_count("T", T, 1)
    number = as_sympy(exact_number("v", v))
    require(
        "negative_identity_upper_bound",
        PositiveEigenvalue(number),
        Contraction(number),
        instead="Use uniform_attention_gain.",
    )
    return _upper(sp.Integer(T), number, sp.Integer(T // 8))


def _upper(T: Exact, v: Exact, cut: Exact) -> Exact:
    a = v / (1 + v)
    slow = (1 - v) ** (-1 - a) * a * (sp.Rational(8, 7) / T) ** (1 + a)
    return ((T + 1) * (v**T + v**cut) + slow) / v


def negative_identity_derivation(v: Exact = Fraction(1, 2)) -> tuple[Step, ...]:
    """Coefficients of the two factors bounded, and T u(T) -> 0 (for the given rational v)."""
    number = as_sympy(exact_number("v", v))
    a, j = sp.symbols("a j", positive=True)
    w = sp.Symbol("w", nonnegative=True)
    x, b = sp.symbols("x b", positive=True)
    T, vs = sp.symbols("T v", positive=True)
    z = sp.Symbol("z")
    lam = -vs
    gamma = lam / (1 - lam)
    exact = (1 - number) ** (-1 - number / (1 + number))
    return (
        Identity("gamma = -v/(1+v) at lambda = -v", gamma, -vs / (1 + vs), vs / (1 + vs)),
        Identity(
            "(1/z - 1) times the generating function of the sums is (1-lambda z)^(gamma-1) (1-z)^(-gamma)",
            (1 / z - 1) * z / (1 - z) * sp.Symbol("F"),
            sp.Symbol("F"),
            z * sp.Symbol("F"),
        ),
        Identity(
            "ratio of neighbours among the coefficients of (1-z)^a",
            (j - a) / (j + 1),
            1 - (1 + a) / (j + 1),
            1 - a / (j + 1),
        ),
        Identity(
            "derivative of (1-x)^(1+b) - 1 + (1+b)x (Bernoulli's inequality)",
            sp.diff((1 - x) ** (1 + b) - 1 + (1 + b) * x, x),
            (1 + b) * (1 - (1 - x) ** b),
            (1 + b) * (1 + (1 - x) ** b),
        ),
        Nonnegative(
            "(1+a)_m/m! grows by (1 + m + a)/(m + 1) <= (m+2)/(m+1) for a <= 1: so it is at most m + 1",
            (j + 2) / (j + 1) - (1 + j + a) / (j + 1),
            (j + 1) / (j + 1) - (1 + j + a) / (j + 1),
            substitution={a: 1 / (1 + w), j: sp.Symbol("j_0", nonnegative=True)},
        ),
        Limit(f"T u(T) tends to 0 at v = {number}", T * _upper(T, number, T / 8 - 1), T, sp.oo, sp.Integer(0), exact),
    )


def real_zero(T: int, t: int) -> Exact:
    """A negative real eigenvalue with P_{T,t} = 0 exactly; it exists when T - t is odd (ValueError otherwise).

    >>> real_zero(2, 1)
    -1/6
    """
    check_times(T, t)
    if (T - t) % 2 == 0:
        raise ValueError(f"a real zero needs T - t odd, got T={T} and t={t}; complex_zeros has the others.")
    coefficients = [sp.Rational(c.numerator, c.denominator) for c in gain_coefficients(T, t)]
    return sp.Poly(coefficients[::-1], sp.Symbol("lambda")).real_roots()[-1]


def complex_zeros(T: int, t: int) -> tuple[Exact, ...]:
    """All zeros of P_{T,t} in rigorous enclosures (SymPy numbers to 30 digits), by decreasing imaginary part.

    (T, t) = (25, 19) is the first with zeros strictly inside the disc |lambda - 1/2| < 1/2.
    """
    check_times(T, t)
    coefficients = gain_coefficients(T, t)
    common = 1
    for c in coefficients:
        common = common * c.denominator // sp.gcd(common, c.denominator)
    polynomial = flint.fmpz_poly([int(c * common) for c in coefficients])
    saved, flint.ctx.prec = flint.ctx.prec, 200
    try:
        roots = [
            sp.Float(root.real.mid().str(40, radius=False), 30)
            + sp.I * sp.Float(root.imag.mid().str(40, radius=False), 30)
            for root, _ in polynomial.complex_roots()
        ]
    finally:
        flint.ctx.prec = saved
    return tuple(sorted(roots, key=lambda root: (-sp.im(root), sp.re(root))))


def nilpotent_smallest_gain(T: int) -> Exact:
    """Smallest singular value of P_{T,1}(N) for the nilpotent 2x2 block N: (sqrt(b^2 + 4a^2) - b)/2 ~ 1/(T ln T).

    a = 1/T and b are the constant and linear coefficients: no bound c/T holds uniformly in the direction. T >= 2.

    >>> nilpotent_smallest_gain(2)
    -3/2 + sqrt(10)/2
    """
    check_count("T", T, 2)
    a, b = as_sympy(constant_coefficient(T, 1)), as_sympy(linear_coefficient(T, 1))
    return (sp.sqrt(b**2 + 4 * a**2) - b) / 2


def cancelling_score() -> Exact:
    """The score weight v_a at which the full derivative ds_2/dh_1 vanishes although alpha_{1,2} > 0; about -1.344.

    Width 1, V = 0, W_a = 0, U_a = 1, h = (1, -1): v = -(s + W_0(s e^-s))/(2 tanh 1), s = sinh(2)/2, from
    1 + v (h_1 - c_2)(1 - tanh(1)^2) = 0.
    """
    s = sp.sinh(2) / 2
    return -(s + sp.LambertW(s * sp.exp(-s))) / (2 * sp.tanh(1))


def summed_loss_gain(losses: Sequence[Exact], T: int, t: int, eigenvalue: Exact) -> Exact:
    """Derivative at h_t of the loss sum_k losses[k-1] s_k (width 1, uniform attention): a sum that can cancel.

    >>> summed_loss_gain([Fraction(-1, 4), 1], 2, 1, 0)
    Fraction(0, 1)
    """
    check_times(T, t)
    if len(losses) != T:
        raise ValueError(f"losses must hold T={T} numbers, got {len(losses)}.")
    return sum((losses[k - 1] * uniform_attention_gain(k, t, eigenvalue) for k in range(t, T + 1)), Fraction(0))


def hidden_loss_gain(T: int, t: int, eigenvalue: Exact) -> Exact:
    """dh_T/dh_t = lambda P_{T-1,t}: a loss that reads h_T instead of s_T, 0 at lambda = 0; t < T.

    >>> hidden_loss_gain(5, 1, 0)
    Fraction(0, 1)
    """
    check_times(T - 1, t)
    return exact_number("eigenvalue", eigenvalue) * uniform_attention_gain(T - 1, t, eigenvalue)


def cancelling_derivation() -> tuple[Step, ...]:
    """Lambert's form of the cancelling score, the nilpotent singular value, and the zero of P_{2,1}."""
    y, a, b = sp.symbols("y a b", positive=True)
    s = sp.Symbol("s", positive=True)
    block = sp.Matrix([[a, b], [0, a]])
    gram = block.T * block
    small = ((sp.sqrt(b**2 + 4 * a**2) - b) / 2) ** 2
    lam = sp.Symbol("lambda")
    # with y e^y = s e^-s and 2 v tanh 1 = -(s + y): e^(2 v tanh 1) = e^-s e^-y = y/s
    return (
        Identity("e^-s e^-y = y/s when y e^y = s e^-s", sp.exp(-y) * (y * sp.exp(y)) / s, y / s, s / y),
        Identity(
            "1 + 2 v (1 - tanh^2)/(1 + e^(2 v tanh)) at that v, as 1 - (s + y)/(s (1 + y/s))",
            1 - (s + y) / (s * (1 + y / s)),
            sp.Integer(0),
            sp.Integer(1),
        ),
        Identity("s = tanh 1 cosh^2 1", sp.sinh(2) / 2, (sp.tanh(1) * sp.cosh(1) ** 2).rewrite(sp.exp), sp.sinh(2)),
        Identity(
            "smallest singular value of [[a, b], [0, a]], squared, is a root of det(G - x)",
            (gram - small * sp.eye(2)).det(),
            sp.Integer(0),
            a * b,
        ),
        Identity(
            "P_{2,1}(-1/6) = 0",
            uniform_attention_gain(2, 1, lam).subs(lam, -sp.Rational(1, 6)),
            sp.Integer(0),
            sp.Rational(1, 6),
        ),
    )
