"""How the gain grows with T for fixed t: the exponent, its constant, and the disc where 1/T is a lower bound."""

import sympy as sp

from theory.gradients._validate import Exact, as_sympy, exact_number


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

    >>> omega_one_over_T(Fraction(1, 2)), omega_one_over_T(Fraction(-1, 2))
    (True, False)
    """
    x, y = _parts(eigenvalue)
    square = x**2 + y**2
    return bool(sp.simplify(square - x) <= 0) or bool(sp.simplify(square - 1) >= 0)
