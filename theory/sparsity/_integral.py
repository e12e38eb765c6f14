"""Definite integrals that stay exact as expressions and evaluate quickly when a number is asked for."""

from typing import Any

import mpmath
import sympy as sp


class ExactIntegral(sp.Integral):
    """A one-dimensional :class:`sympy.Integral` of a smooth bounded integrand without other symbols.

    SymPy's own ``evalf`` walks the expression tree at every node, which takes seconds for a power of ``erfc``. Here
    the integrand is compiled for mpmath once and integrated at 10 guard digits; on an infinite range the integrand
    must carry a standard normal density, whose tail beyond the cut is below the working precision. The range is cut
    in its middle, where a steep integrand has its layer: the tanh-sinh rule resolves one at an end whatever its width.
    """

    def evalf(self, n: int = 15, *args: Any, **options: Any) -> Any:
        """The value to *n* digits, as a SymPy Float."""
        (variable, low, high) = self.limits[0]
        with mpmath.workdps(n + 10):
            cut = mpmath.sqrt(2 * (n + 12) * mpmath.log(10))
            low = -cut if low == -sp.oo else mpmath.mpf(low.evalf(n + 10))
            high = cut if high == sp.oo else mpmath.mpf(high.evalf(n + 10))
            function = sp.lambdify(variable, self.function, "mpmath")

            def in_units_of(unit: Any) -> Any:
                ends = [low, (low + high) / 2, high]
                return mpmath.quad(lambda x: function(x) / unit, ends, maxdegree=10, error=True)

            unit, (value, error) = 1, in_units_of(1)
            if 0 < value < 0.01:  # mpmath's error is absolute: a small value is computed again in units of itself
                unit, (value, error) = value, in_units_of(value)
            if error > mpmath.mpf(10) ** -(n + 2):
                raise ArithmeticError(f"the integrand varies too fast for {n} digits, got a relative error of {error}")
            return sp.Float(unit * value, n)

    def _eval_evalf(self, prec: int) -> Any:
        return self.evalf(max(15, int(prec * 0.30103)))
