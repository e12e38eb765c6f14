"""Numbers out of the exact integrals of ``theory.dynamics``, for the predicting side alone."""

from typing import Any


def evaluated(expression: Any) -> Any:
    """*expression* with each of its integrals evaluated to 20 digits by mpmath.

    SymPy's own evaluation walks the integrand's tree at every node, some hundred times slower.
    """
    import mpmath
    import sympy as sp

    values = {}
    for integral in expression.atoms(sp.Integral):
        ((variable, low, high),) = integral.limits
        integrand = sp.lambdify(variable, integral.function, "mpmath")
        with mpmath.workdps(25):
            # The nodes crowd at an end where terms may cancel, so the integrand gets four times the digits.
            precise = mpmath.workdps(100)(integrand)
            ends = [mpmath.mpf(str(sp.N(end, 25))) for end in (low, high)]
            values[integral] = sp.Float(str(mpmath.quad(precise, ends)), 20)
    return expression.xreplace(values)
