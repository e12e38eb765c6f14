"""Expressions as Python source for one library; integers that shape the program stay exact."""

import keyword
from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.export import functions as fn
from theory.export.statement import Expr, Statement


class ExportError(ValueError):
    """A formula holds something that generated code cannot express."""


_UNARY = {
    sp.exp: "exp", sp.log: "log", fn.Expm1: "expm1", fn.Log1p: "log1p", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan",
    sp.tanh: "tanh", sp.sinh: "sinh", sp.cosh: "cosh", sp.asinh: "arcsinh", sp.Abs: "abs", sp.floor: "floor",
    sp.ceiling: "ceil", sp.sign: "sign", sp.atan: "arctan",
}  # fmt: skip
_HELPERS = {
    fn.WrightOmega: "_wright_omega", fn.LogWrightOmega: "_log_wright_omega", fn.LowerOmega: "_lower_omega",
    fn.LogBinomial: "_log_binomial", fn.LogNormalCdf: "_log_normal_cdf", fn.LogGamma: "_lgamma", fn.Sigmoid: "_sigmoid",
}  # fmt: skip


class Printer:
    """Code of the expressions of one statement; collects the helpers that this code calls."""

    def __init__(self, statement: Statement, library: str) -> None:
        self.statement, self.library = statement, library
        self.xp = "np" if library == "numpy" else "torch"
        self.names = {a.symbol: a.name for a in statement.arguments}
        self.structural = statement.structural
        self.needs: list[str] = ["_array", "_finite"]
        self.like = False

    def _bind(self, symbol: Expr) -> None:
        name = str(symbol)
        if not name.isidentifier() or keyword.iskeyword(name) or name in ("np", "torch", "like", "value", "math"):
            name = f"x{len(self.names)}"
        while name in {n for s, n in self.names.items() if s != symbol}:
            name += "_"
        self.names[symbol] = name

    def _need(self, helper: str) -> None:
        if helper not in self.needs:
            self.needs.append(helper)

    # --- integers of the program, exact ------------------------------------------------------------------------------

    def integer(self, e: Expr) -> str:
        """Code of a structural expression in Python integers."""
        e = sp.sympify(e)
        if e.is_Integer:
            return str(e)
        if e == sp.oo:
            return "math.inf"
        if e == -sp.oo:
            return "-math.inf"
        if e.is_Symbol and e in self.names and e in self.structural:
            return self.names[e]
        if e.is_Add:
            return "(" + " + ".join(map(self.integer, e.args)) + ")"
        if e.is_Mul:
            return "*".join(map(self.integer, e.args))
        if e.is_Pow and e.exp.is_nonnegative:
            return f"({self.integer(e.base)})**({self.integer(e.exp)})"
        if isinstance(e, sp.Max | sp.Min):
            return f"{'max' if isinstance(e, sp.Max) else 'min'}({', '.join(map(self.integer, e.args))})"
        if isinstance(e, sp.floor):
            return f"math.floor({self.code(e.args[0])})"
        if isinstance(e, sp.binomial):
            return f"math.comb({self.integer(e.args[0])}, {self.integer(e.args[1])})"
        if isinstance(e, sp.Sum) and len(e.limits) == 1:
            variable, low, high = e.limits[0]
            self._bind(variable)
            self.structural = self.structural | {variable}
            body = self.integer(e.function)
            return f"sum({body} for {self.names[variable]} in range({self.integer(low)}, {self.integer(high)} + 1))"
        if e == sp.pi:
            return "math.pi"
        raise ExportError(f"{self.statement.name}: {e} is no integer expression of the arguments")

    # --- floats ------------------------------------------------------------------------------------------------------

    def code(self, e: Expr) -> str:
        """Code of a stable expression in floats; constants are frozen to decimal literals."""
        e = sp.sympify(e)
        if not e.free_symbols:
            return _literal(e, self.statement.name)
        if e.is_Symbol:
            if e not in self.names:
                raise ExportError(f"{self.statement.name}: {e} is no argument")
            return self.names[e]
        for kind, emit in self._emitters().items():
            if isinstance(e, kind):
                return emit(e)
        raise ExportError(f"{self.statement.name}: generated code has no {e.func.__name__}, met in {e}")

    def _emitters(self) -> dict[Any, Callable[[Expr], str]]:
        return {
            sp.Add: self._add, sp.Mul: self._mul, sp.exp: self._call, sp.Pow: self._pow,
            (sp.Max, sp.Min): self._extreme, fn.LogAddExp: self._logaddexp,
            fn.LogSum: self._log_sum,
            fn.PlainSum: self._plain_sum, fn.LogIntegral: self._log_integral, sp.Piecewise: self._where,
            fn.LogQuadrature: self._between("_log_quadrature"), fn.Root: self._between("_root"),
            sp.Function: self._call,
        }  # fmt: skip

    def _add(self, e: Expr) -> str:
        terms = sorted(e.args, key=lambda term: (bool(term.could_extract_minus_sign()), sp.default_sort_key(term)))
        text = self.code(terms[0])
        for term in terms[1:]:
            text += f" - {self.code(-term)}" if term.could_extract_minus_sign() else f" + {self.code(term)}"
        return f"({text})"

    def _mul(self, e: Expr) -> str:
        number, factors = _split_number(e)
        above: list[Expr] = []
        below: list[Expr] = []
        for factor in factors:
            power = factor.is_Pow and not isinstance(factor, sp.exp) and factor.exp.could_extract_minus_sign()
            (below if power else above).append(1 / factor if power else factor)
        texts = [self._factor(f) for f in above]
        if number != 1 or not texts:
            literal = _literal(number, self.statement.name)
            if number == -1 and texts:
                texts[0] = f"-{texts[0]}"
            else:
                texts.insert(0, literal)
        text = "*".join(texts)
        for factor in below:
            text += f"/{self._factor(factor)}"
        return text if not text.startswith("-") else f"({text})"

    def _factor(self, e: Expr) -> str:
        text = self.code(e)
        return f"({text})" if e.is_Mul and not text.startswith("(") else text

    def _pow(self, e: Expr) -> str:
        base = self.code(e.base)
        if e.exp == sp.Rational(1, 2):
            return f"{self._tensor('sqrt', e.base)}"
        if e.exp.could_extract_minus_sign():
            return f"(1/{self._factor(1 / e)})"
        exponent = self.code(e.exp)
        if e.base.free_symbols and (e.base.is_Mul or e.base.is_Pow):
            base = f"({base})"
        return f"{base}**{exponent if e.exp.is_Symbol or e.exp.is_Integer else f'({exponent})'}"

    def _tensor(self, function: str, argument: Expr) -> str:
        """A call on something that is an array even where only structural integers enter."""
        text = self.code(argument)
        if argument.free_symbols <= self.structural:
            text = f"_array({text})"
        return f"{self.xp}.{function}({text.strip() if not text.startswith('(') else _peel(text)})"

    def _call(self, e: Expr) -> str:
        if e.func in _UNARY:
            return self._tensor(_UNARY[e.func], e.args[0])
        if e.func in _HELPERS:
            self._need(_HELPERS[e.func])
            texts = [self.code(a) for a in e.args]
            if e.free_symbols <= self.structural:
                texts = [f"_array({text})" for text in texts]
            return f"{_HELPERS[e.func]}({', '.join(map(_peel, texts))})"
        if isinstance(e, sp.erfc | sp.erf):
            name = type(e).__name__
            return (
                f"scipy.special.{name}({self.code(e.args[0])})"
                if self.library == "numpy"
                else f"torch.special.{name}({self.code(e.args[0])})"
            )
        raise ExportError(f"{self.statement.name}: generated code has no {e.func.__name__}, met in {e}")

    def _extreme(self, e: Expr) -> str:
        name = "maximum" if isinstance(e, sp.Max) else "minimum"
        texts = [f"_array({self.code(a)})" if a.free_symbols <= self.structural else self.code(a) for a in e.args]
        text = texts[0]
        for other in texts[1:]:
            text = f"{self.xp}.{name}({text}, {other})"
        return text

    def _logaddexp(self, e: Expr) -> str:
        a, b = (f"_array({self.code(x)})" if x.free_symbols <= self.structural else self.code(x) for x in e.args)
        return f"{self.xp}.logaddexp({a}, {b})"

    def _log_sum(self, e: Expr) -> str:
        body, variable, low, high = e.args
        self._need("_log_sum")
        self._bind(variable)
        return f"_log_sum(lambda {self.names[variable]}: {self.code(body)}, {self.integer(low)}, {self.integer(high)})"

    def _plain_sum(self, e: Expr) -> str:
        body, variable, low, high = e.args
        self._need("_sum")
        self.like = True
        self._bind(variable)
        ends = f"{self.integer(low)}, {self.integer(high)}"
        return f"_sum(lambda {self.names[variable]}: {self.code(body)}, {ends}, like)"

    def _log_integral(self, e: Expr) -> str:
        body, variable, low, high = e.args
        self._need("_log_integral")
        self.like = True
        self._bind(variable)
        ends = f"{self.integer(low)}, {self.integer(high)}"
        return f"_log_integral(lambda {self.names[variable]}: {self.code(body)}, {ends}, like)"

    def _between(self, helper: str) -> Callable[[Expr], str]:
        """A helper that takes a function and two ends, which may be arrays."""

        def emit(e: Expr) -> str:
            body, variable, low, high = e.args
            self._need(helper)
            self.like = True
            ends = f"{self.code(low)}, {self.code(high)}"
            self._bind(variable)
            return f"{helper}(lambda {self.names[variable]}: {self.code(body)}, {ends}, like)"

        return emit

    def _where(self, e: Expr) -> str:
        text = "math.nan"
        for value, condition in reversed(e.args):
            if condition == True:  # noqa: E712
                text = self.code(value)
                continue
            relation = {sp.Eq: "==", sp.Lt: "<", sp.Le: "<=", sp.Gt: ">", sp.Ge: ">="}[condition.func]
            test = f"{self.code(condition.lhs)} {relation} {self.code(condition.rhs)}"
            text = f"{self.xp}.where({test}, {self.code(value)}, {text})"
        return text


def _split_number(e: Expr) -> tuple[Expr, list[Expr]]:
    numbers = [factor for factor in e.args if not factor.free_symbols]
    return sp.Mul(*numbers), [factor for factor in e.args if factor.free_symbols]


def _peel(text: str) -> str:
    """*text* without parentheses that enclose all of it."""
    depth = 0
    for i, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0 and i < len(text) - 1:
            return text
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def _literal(e: Expr, name: str) -> str:
    """A number as Python source: small integers as they are, everything else as the nearest float."""
    if e.is_Integer and abs(e) < 2**53:
        return str(e) if e >= 0 else f"({e})"
    value = complex(sp.N(e, 30))
    if value.imag or value.real in (float("inf"), float("-inf")) or value.real != value.real:
        raise ExportError(f"{name}: the constant {e} is no finite real float")
    return repr(value.real) if value.real >= 0 else f"({value.real!r})"
