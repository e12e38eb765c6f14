"""The constant of the leading term of P_{T,t}, C_t (1-lambda)**(gamma-2)/Gamma(1+gamma), from the generating function.

The only analytic input is the transfer theorem of Flajolet and Odlyzko (1990): the coefficients of a function analytic
in a slit disc are those of its leading singularity at z = 1, up to O(1/T).
"""

import sympy as sp

from theory.derivation import Identity, Limit, Step


def leading_term_derivation() -> tuple[Step, ...]:
    """Regular factors at z = 1, growth of (1-z)**(-gamma-1), the difference S_{T+1} - S_T, Euler's integral.

    gamma = lambda/(1-lambda). Kerg et al. (2020) has no such statement; derived for this project.
    """
    z, lam, t, gamma = sp.symbols("z lambda t gamma", positive=True)
    T, x = sp.symbols("T x", positive=True)
    j = sp.Symbol("j", nonnegative=True)
    steps: list[Step] = [
        Identity(
            "the factors of sum_k S_k z^k that are regular at z = 1",
            (z * (1 - lam * z) ** (gamma - 1)).subs(z, 1),
            (1 - lam) ** (gamma - 1),
            (1 - lam) ** gamma,
        ),
        Identity(
            "gamma/lambda = 1/(1-lambda) turns S_{T+1} - S_T over lambda into (1-lambda)^(gamma-2)",
            lam / (1 - lam) / lam * (1 - lam) ** (gamma - 1),
            (1 - lam) ** (gamma - 2),
            (1 - lam) ** (gamma - 1),
        ),
        Identity(
            "Euler's integral, term j of (1-lambda u)^(-gamma): B(x+1, y)/B(x, y) = x/(x+y) at x = t-1+j, y = gamma+1",
            sp.gammasimp(_beta(x + 1, gamma + 1) / _beta(x, gamma + 1)).subs(x, t - 1 + j),
            (t - 1 + j) / (t + gamma + j),
            (t + j) / (t + gamma + j),
        ),
        Identity(
            "at lambda = 0 the constant C_t is (t-1) B(t-1, 1) = 1",
            sp.gammasimp((x - 1) * _beta(x - 1, sp.Integer(1))),
            sp.Integer(1),
            sp.Integer(2),
        ),
    ]
    for m in (1, 2, 3):
        coefficient = sp.expand_func(sp.ff(T + m, m)) / sp.factorial(m)  # of z^T in (1-z)^(-m-1)
        steps.append(
            Limit(
                f"coefficients of (1-z)^(-gamma-1) over T^gamma tend to 1/Gamma(1+gamma), gamma = {m}",
                sp.expand(coefficient) / T**m,
                T,
                sp.oo,
                1 / sp.factorial(m),
                1 / sp.factorial(m + 1),
            )
        )
    return tuple(steps)


def _beta(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    return sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b)
