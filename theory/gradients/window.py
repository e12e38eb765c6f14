"""Sliding-window attention: the geometric rate of the gain is a root of one polynomial."""

import sympy as sp

from theory.derivation import Identity, Step
from theory.gradients._validate import Exact, as_sympy, check_count, exact_number


def window_polynomial(kappa: int, eigenvalue: Exact) -> Exact:
    """z**kappa - lambda z**(kappa-1) - (lambda/kappa) sum_{i<kappa} z**(kappa-1-i) as a SymPy Poly in z."""
    check_count("kappa", kappa, 1)
    lam, z = as_sympy(exact_number("eigenvalue", eigenvalue)), sp.Symbol("z")
    tail = sum((z ** (kappa - 1 - i) for i in range(kappa)), sp.Integer(0))
    return sp.Poly(sp.expand(z**kappa - lam * z ** (kappa - 1) - lam * tail / kappa), z)


def window_rate(kappa: int, eigenvalue: Exact) -> Exact:
    """Rate z of the gain of N_k = {k-kappa+1, ..., k}: P ~ z**(T-t), the largest root of z = lambda(1 + mean z**-i).

    Rational lambda > 0; an algebraic SymPy number. lambda = 1/2 gives 1 for every kappa.

    >>> window_rate(7, sp.Rational(1, 2))
    1
    """
    number = as_sympy(exact_number("eigenvalue", eigenvalue))
    if not (number.is_Rational and number > 0):
        raise ValueError(f"eigenvalue must be rational and > 0, got {eigenvalue}.")
    return max(window_polynomial(kappa, number).real_roots(), key=lambda root: sp.N(root, 30))


def window_derivation() -> tuple[Step, ...]:
    """z**k solves the windowed recurrence exactly when z is a root; lambda = 1/2 has the root 1 for kappa = 1..4."""
    z, lam, k = sp.symbols("z lambda k", positive=True)
    steps: list[Step] = []
    for kappa in (1, 2, 3, 4):
        recurrence = z ** (k + 1) - lam * (z**k + sum(z ** (k - i) for i in range(kappa)) / kappa)
        polynomial = window_polynomial(kappa, lam).as_expr().subs(sp.Symbol("z"), z)
        steps.append(
            Identity(
                f"characteristic polynomial, kappa = {kappa}",
                sp.expand(recurrence / z ** (k - kappa + 1)),
                polynomial,
                polynomial + lam,
            )
        )
        steps.append(
            Identity(
                f"z = 1 is a root at lambda = 1/2, kappa = {kappa}",
                polynomial.subs({lam: sp.Rational(1, 2), z: 1}),
                sp.Integer(0),
                sp.Rational(1, kappa),
            )
        )
    return tuple(steps)
