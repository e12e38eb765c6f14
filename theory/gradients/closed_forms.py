"""P_{T,1} as a terminating hypergeometric sum, a Laguerre polynomial, and P_{T,t} from its generating function."""

from fractions import Fraction

import sympy as sp

from theory.derivation import Identity, Step
from theory.errors import AssumptionError
from theory.gradients._validate import Exact, check_count, check_times, exact_number


def hypergeometric_gain(T: int, eigenvalue: Exact) -> Exact:
    """P_{T,1} = 2F1(-T, 1 - gamma; 1; 1 - lambda)/lambda with gamma = lambda/(1 - lambda), summed exactly.

    (1 - gamma)_j (1 - lambda)**j = prod_{i<j} ((i + 1) - (i + 2) lambda), so lambda = 1 is no exception; lambda = 0 is:
    AssumptionError (uniform_attention_gain has no such exception).

    >>> hypergeometric_gain(3, Fraction(3, 4))
    Fraction(43, 12)
    """
    check_times(T, 1)
    number = exact_number("eigenvalue", eigenvalue)
    if number == 0:
        raise AssumptionError(
            "hypergeometric_gain assumes lambda != 0, got 0. Use uniform_attention_gain, which gives 1/T."
        )
    term = number * 0 + 1
    total = term
    for j in range(1, T + 1):
        term = -term * (T - j + 1) * (j - (j + 1) * number) / (j * j)
        term = sp.expand(term) if isinstance(term, sp.Basic) else term
        total = total + term
    value = total / number
    return sp.simplify(value) if isinstance(value, sp.Basic) else value


def laguerre_gain(T: int) -> Fraction:
    """P_{T,1}(1) = L_T(-1) = sum_j C(T, j)/j!, a stretched exponential in T.

    >>> laguerre_gain(2)
    Fraction(7, 2)
    """
    check_times(T, 1)
    value = sp.laguerre(T, -1)
    return Fraction(int(value.p), int(value.q))


def gain_in_time(m: int) -> Exact:
    """P_{T,1}(m/(m+1)) as a polynomial in T of degree m - 1 (SymPy, in the positive symbol T).

    Here 1 - gamma = 1 - m, so the hypergeometric sum ends after m terms: 2 for m = 1, (T + 3)/2 for m = 2.

    >>> gain_in_time(2)
    T/2 + 3/2
    """
    check_count("m", m, 1)
    T = sp.Symbol("T", positive=True)
    lam = sp.Rational(m, m + 1)
    total = sp.Integer(0)
    term = sp.Integer(1)
    for j in range(m):
        total += term
        term = -term * (T - j) * (j + 1 - (j + 2) * lam) / sp.Integer((j + 1) ** 2)
    return sp.expand(total / lam)


def generating_function_gain(T: int, t: int, eigenvalue: Exact) -> Fraction:
    """P_{T,t} read off the generating function of the partial sums, as exact power series; rational lambda, not 0 or 1.

    sum_k S_k z**k = z (1 - lambda z)**(gamma-1) (1 - z)**(-gamma-1) A(z), with A = 1 for t = 1 and otherwise
    A = (t - 1) int_0^z u**(t-2) ((1 - u)/(1 - lambda u))**gamma du; P_{T,t} = (S_{T+1} - S_T)/lambda.

    >>> generating_function_gain(3, 2, Fraction(1, 2))
    Fraction(4, 3)
    """
    check_times(T, t)
    number = exact_number("eigenvalue", eigenvalue)
    if not isinstance(number, Fraction) or number in (0, 1):
        raise AssumptionError(
            f"generating_function_gain assumes a rational lambda other than 0 and 1, got {eigenvalue}. "
            "Use uniform_attention_gain."
        )
    gamma = number / (1 - number)
    size = T + 2
    outer = _product(_power_series(number, gamma - 1, size), _power_series(Fraction(1), -gamma - 1, size))
    if t > 1:
        inner = _product(_power_series(Fraction(1), gamma, size), _power_series(number, -gamma, size))
        integral = [Fraction(0)] * size
        for r, c in enumerate(inner):
            if r + t - 1 < size:
                integral[r + t - 1] = (t - 1) * c / (r + t - 1)
        outer = _product(outer, integral)
    sums = [Fraction(0), *outer]
    return (sums[T + 1] - sums[T]) / number


def _power_series(scale: Fraction, exponent: Fraction, size: int) -> list[Fraction]:
    """(1 - scale z)**exponent up to z**(size - 1)."""
    terms = [Fraction(1)]
    for j in range(1, size):
        terms.append(-terms[-1] * scale * (exponent - j + 1) / j)
    return terms


def _product(a: list[Fraction], b: list[Fraction]) -> list[Fraction]:
    return [sum((a[i] * b[r - i] for i in range(r + 1)), Fraction(0)) for r in range(len(a))]


def generating_function_derivation() -> tuple[Step, ...]:
    """The recurrence as a differential equation for W = Q S, Q(z) = (1 - z)(1 - lambda z)/z, and its solution."""
    lam, z, t = sp.Symbol("lambda"), sp.Symbol("z"), sp.Symbol("t", positive=True)
    gamma = lam / (1 - lam)
    rate = lam / ((1 - z) * (1 - lam * z))
    homogeneous = gamma * (sp.log(1 - lam * z) - sp.log(1 - z))
    A = sp.Function("A")(z)
    weight = sp.exp(homogeneous)
    source = (t - 1) * z ** (t - 2)
    S = sp.Function("S")(z)
    W = (1 - z) * (1 - lam * z) / z * S
    # sum over k of k times the recurrence: z S'/z-shifts written with the Euler operator
    euler = z * sp.diff(S, z)
    shifted_up = z * sp.diff(S / z, z)  # sum of k S_{k+1} z^k
    shifted_down = z * sp.diff(z * S, z)  # sum of k S_{k-1} z^k
    recurrence = shifted_up - (1 + lam) * euler - lam * S + lam * shifted_down
    return (
        Identity(
            "the recurrence, summed against k z^k, is z W' = lambda z W/((1-z)(1-lambda z)) off its start",
            recurrence,
            z * sp.diff(W, z) - lam * z * W / ((1 - z) * (1 - lam * z)),
            z * sp.diff(W, z) - z * W / ((1 - z) * (1 - lam * z)),
        ),
        Identity("logarithmic derivative of ((1 - lambda z)/(1 - z))^gamma", sp.diff(homogeneous, z), rate, rate * lam),
        Identity(
            "variation of constants for t >= 2: W = A weight with A' = (t-1) z^(t-2)/weight",
            sp.diff(A * weight, z).subs(sp.Derivative(A, z), source / weight),
            rate * A * weight + source,
            rate * A * weight + source * z,
        ),
    )


def closed_form_derivation() -> tuple[Step, ...]:
    """The hypergeometric sum against the recurrence for T <= 4, the Laguerre case, and the step of its three terms."""
    from theory.gradients.polynomial import gain_polynomial

    lam = sp.Symbol("lambda")
    steps: list[Step] = [
        Identity(
            f"hypergeometric sum at T = {T}",
            sp.expand(lam * hypergeometric_gain(T, lam)),
            sp.expand(lam * gain_polynomial(T, 1, variable=lam).as_expr()),
            sp.expand(lam * gain_polynomial(T + 1, 1, variable=lam).as_expr()),
        )
        for T in range(1, 5)
    ]
    T, j = sp.symbols("T j", positive=True, integer=True)
    steps.append(
        Identity(
            "L_T(-1) has the terms C(T, j)/j!: ratio of neighbours",
            (T - j) / (j + 1) ** 2,
            sp.combsimp(sp.binomial(T, j + 1) / sp.factorial(j + 1) / (sp.binomial(T, j) / sp.factorial(j))),
            sp.combsimp(sp.binomial(T, j + 1) / sp.binomial(T, j)),
        )
    )
    return tuple(steps)
