"""Functions that a rewritten formula may contain beside SymPy's own; each one is a stable form of a risky one."""

from typing import Any

import sympy as sp
from sympy.codegen.cfunctions import expm1 as Expm1
from sympy.codegen.cfunctions import log1p as Log1p

__all__ = [
    "Expm1",
    "Log1p",
    "LogAddExp",
    "LogBinomial",
    "LogGamma",
    "LogIntegral",
    "LogNormalCdf",
    "LogQuadrature",
    "LogSum",
    "LogWrightOmega",
    "LowerOmega",
    "NormalCdf",
    "PlainSum",
    "Root",
    "Sigmoid",
    "WrightOmega",
]


class WrightOmega(sp.Function):
    """w > 0 with w + log(w) = z: Lambert's W at e^z without forming e^z."""

    nargs = 1


class LogWrightOmega(sp.Function):
    """log(w) of the same w; for z < 0 it is z - w, which keeps the digits that w loses."""

    nargs = 1


class LowerOmega(sp.Function):
    """v >= 1 with v - log(v) = y, y >= 1: minus the lower branch of Lambert's W at -e^-y."""

    nargs = 1


class LogBinomial(sp.Function):
    """log C(n, k) from (log n, k), so that n may lie beyond every float."""

    nargs = 2


class LogGamma(sp.Function):
    """log of the gamma function; SymPy's own rewrites itself at half-integers."""

    nargs = 1


class LogAddExp(sp.Function):
    """log(e^a + e^b)."""

    nargs = 2


class NormalCdf(sp.Function):
    """The standard normal distribution function, which no sign of its argument makes a difference from 1.

    It stands in statements: SymPy writes the complementary error function of -x as 2 minus that of x.
    """

    nargs = 1

    def _latex(self, printer: Any, exp: Any = None) -> str:
        return rf"\Phi\left({printer._print(self.args[0])}\right)" + ("" if exp is None else f"^{{{exp}}}")


class LogNormalCdf(sp.Function):
    """Logarithm of the standard normal distribution function."""

    nargs = 1


class Sigmoid(sp.Function):
    """1/(1 + e^-x)."""

    nargs = 1


class _Bound(sp.Expr):
    """exp of ``args[0]`` summed or integrated over ``args[1]`` from ``args[2]`` to ``args[3]``, then its logarithm."""

    def __new__(cls, body: Any, variable: Any, low: Any, high: Any) -> Any:
        return sp.Expr.__new__(cls, *map(sp.sympify, (body, variable, low, high)))

    @property
    def free_symbols(self) -> Any:
        body, variable, low, high = self.args
        return (body.free_symbols - {variable}) | low.free_symbols | high.free_symbols


class LogSum(_Bound):
    """log of a sum of positive terms that rise and then fall."""


class PlainSum(_Bound):
    """The sum of ``args[0]`` itself, terms of any sign."""


class LogIntegral(_Bound):
    """log of the integral of a positive function that rises and then falls."""


class LogQuadrature(_Bound):
    """log of the integral of a positive function over a finite range whose ends may be arrays."""


class Root(_Bound):
    """Where ``args[0]``, which increases in ``args[1]``, passes 0 between ``args[2]`` and ``args[3]``.

    Unlike the others it stands in statements, for quantities that are given by an equation.
    """

    def _eval_is_real(self) -> bool:
        return True

    def _eval_is_nonnegative(self) -> Any:
        return self.args[2].is_nonnegative

    def _latex(self, printer: Any, exp: Any = None) -> str:
        body, variable, low, high = map(printer._print, self.args)
        text = rf"\operatorname{{root}}_{{{low} \leq {variable} \leq {high}}}\left({body}\right)"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def _mathml_presentation(self, printer: Any) -> Any:
        body, variable, low, high = self.args
        return printer._print(sp.Function("root")(sp.Eq(body, 0, evaluate=False), variable, low, high))
