"""How the gain grows with T for fixed t: the exponent, its constant, and the disc where 1/T is a lower bound."""

import sympy as sp

from theory.assumptions import Contraction, require
from theory.derivation import Identity, Limit, Nonnegative, Step
from theory.gradients._validate import Exact, as_sympy, check_count, exact_number


def _parts(eigenvalue: Exact) -> tuple[Exact, Exact]:
    number = as_sympy(exact_number("eigenvalue", eigenvalue))
    if number.free_symbols:
        raise TypeError(f"eigenvalue must be a number, got the expression {number}.")
    real, imaginary = number.as_real_imag()
    return sp.expand(real), sp.expand(imaginary)


def omega_one_over_T(eigenvalue: Exact) -> bool:
    """Whether |P_{T,t}(eigenvalue)| = Omega(1/T) as T grows, t fixed: |eigenvalue - 1/2| <= 1/2 or |eigenvalue| >= 1.

    It says nothing at finite T: strictly inside the disc there are exact zeros, the first at (T, t) = (25, 19).
    int, Fraction or a SymPy number, real or complex. Correction of Kerg et al. (2020), Theorem 1.

    >>> omega_one_over_T(0), omega_one_over_T(-1), omega_one_over_T(sp.Rational(-1, 2))
    (True, True, False)
    """
    x, y = _parts(eigenvalue)
    square = x**2 + y**2
    return bool(sp.simplify(square - x) <= 0) or bool(sp.simplify(square - 1) >= 0)


def growth_exponent(eigenvalue: Exact) -> Exact:
    """Re gamma - 1 with gamma = lambda/(1 - lambda): |P_{T,t}| grows like T to this power, t fixed, |lambda| < 1.

    SymPy number. AssumptionError outside the open unit disc. Derived for this project, by singularity analysis.

    >>> growth_exponent(sp.Rational(-1, 2))
    -4/3
    """
    x, y = _parts(eigenvalue)
    require(
        "growth_exponent",
        Contraction(sp.sqrt(x**2 + y**2)),
        instead="For |lambda| > 1 the gain grows exponentially, at lambda = 1 like exp(2 sqrt(T)).",
    )
    return sp.nsimplify(sp.simplify((x - x**2 - y**2) / ((1 - x) ** 2 + y**2) - 1))


def oscillation_frequency(eigenvalue: Exact) -> Exact:
    """Im gamma: T**(i Im gamma) makes log-periodic waves in T on top of the power law when lambda is not real.

    >>> oscillation_frequency(sp.Rational(1, 2))
    0
    """
    x, y = _parts(eigenvalue)
    return sp.simplify(y / ((1 - x) ** 2 + y**2))


def asymptotic_gain(T: int, t: int, eigenvalue: Exact) -> Exact:
    """The leading term C_t (1-lambda)**(gamma-2)/Gamma(1+gamma) T**(gamma-1) of P_{T,t}; ratio 1 + O(1/T).

    C_1 = 1, C_t = (t-1) B(t-1, gamma+1) 2F1(gamma, t-1; t+gamma; lambda). SymPy expression; |lambda| < 1.
    """
    check_count("t", t, 1)
    check_count("T", T, t)
    x, y = _parts(eigenvalue)
    require(
        "asymptotic_gain", Contraction(sp.sqrt(x**2 + y**2)), instead="Use uniform_attention_gain, exact for all T."
    )
    lam = x + sp.I * y
    gamma = lam / (1 - lam)
    constant = sp.Integer(1)
    if t > 1:
        beta = sp.gamma(t - 1) * sp.gamma(gamma + 1) / sp.gamma(t + gamma)
        constant = (t - 1) * beta * sp.hyper([gamma, t - 1], [t + gamma], lam)
    return constant * (1 - lam) ** (gamma - 2) / sp.gamma(1 + gamma) * sp.Integer(T) ** (gamma - 1)


def disc_derivation() -> tuple[Step, ...]:
    """Re gamma >= 0 is the disc |lambda - 1/2| <= 1/2; the leading term at lambda = m/(m+1)."""
    from theory.gradients.closed_forms import gain_in_time

    x, y = sp.symbols("x y", real=True)
    T = sp.Symbol("T", positive=True)
    lam = x + sp.I * y
    modulus = (1 - x) ** 2 + y**2
    steps: list[Step] = [
        Identity(
            "Re(lambda conj(1 - lambda)) = x - x^2 - y^2",
            sp.re(sp.expand(lam * (1 - x + sp.I * y))),
            x - x**2 - y**2,
            x + x**2 - y**2,
        ),
        Identity(
            "that is 1/4 - |lambda - 1/2|^2",
            x - x**2 - y**2,
            sp.Rational(1, 4) - ((x - sp.Rational(1, 2)) ** 2 + y**2),
            sp.Rational(1, 2) - ((x - sp.Rational(1, 2)) ** 2 + y**2),
        ),
        Nonnegative(
            "|1 - lambda|^2 is a sum of squares",
            modulus,
            -modulus,
            squares=((sp.Integer(1), 1 - x), (sp.Integer(1), y)),
        ),
    ]
    for m in (1, 2, 3):
        rational = sp.Rational(m, m + 1)
        leading = (1 - rational) ** (m - 2) / sp.factorial(m)
        steps.append(
            Limit(
                f"P_(T,1)({rational}) / T^{m - 1} tends to (1-lambda)^(gamma-2)/Gamma(1+gamma)",
                gain_in_time(m) / T ** (m - 1),
                T,
                sp.oo,
                leading,
                2 * leading,
            )
        )
    return tuple(steps)
