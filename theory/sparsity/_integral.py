"""Definite integrals that stay exact as expressions and evaluate quickly when a number is asked for."""

from typing import Any

import mpmath
import sympy as sp


class ExactIntegral(sp.Integral):
    """A one-dimensional :class:`sympy.Integral` of a smooth bounded integrand without other symbols.

    SymPy's own ``evalf`` walks the expression tree at every node, which takes seconds for a power of ``erfc``. Here
    the integrand is compiled for mpmath once and integrated at 10 guard digits; on an infinite range the integrand
    must carry a standard normal density, whose tail beyond the cut is below the working precision.
    """

    def evalf(self, n: int = 15, *args: Any, **options: Any) -> Any:
        """The value to *n* digits, as a SymPy Float."""
        (variable, low, high) = self.limits[0]
        with mpmath.workdps(n + 10):
            cut = mpmath.sqrt(2 * (n + 12) * mpmath.log(10))
            ends = [
                -cut if low == -sp.oo else mpmath.mpf(low.evalf(n + 10)),
                cut if high == sp.oo else mpmath.mpf(high.evalf(n + 10)),
            ]
            function = sp.lambdify(variable, self.function, "mpmath")
            pieces, error = 8, mpmath.inf
            while error > mpmath.mpf(10) ** -(n + 2):
                if pieces > 1024:
                    raise ArithmeticError(f"the integrand of {self} varies too fast for {n} digits")
                value, error = mpmath.quad(
                    function, mpmath.linspace(*ends, pieces + 1), method="gauss-legendre", maxdegree=4, error=True
                )
                pieces *= 2
            return sp.Float(value, n)

    def _eval_evalf(self, prec: int) -> Any:
        return self.evalf(max(15, int(prec * 0.30103)))
