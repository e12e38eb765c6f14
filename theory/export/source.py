"""Source text of a statement for NumPy and torch: one function that runs by itself and says where it comes from."""

from typing import Any

import sympy as sp

from theory.export.helpers import helper_source
from theory.export.printer import ExportError, Printer
from theory.export.rewriting import stable
from theory.export.statement import Argument, Expr, Recurrence, Statement


def numpy_source(statement: Statement) -> str:
    """Python source of *statement* for NumPy and SciPy: floats and arrays, in float64.

    Raises ExportError for a formula beyond what is rewritten here; the generated function raises OverflowError in place
    of returning an infinity or a NaN.
    """
    return _Program(statement, "numpy").text()


def torch_source(statement: Statement) -> str:
    """Python source of *statement* for torch: tensors, differentiable in all but the structural integers, in float64.

    Errors as in :func:`numpy_source`.
    """
    return _Program(statement, "torch").text()


class _Program(Printer):
    def text(self) -> str:
        body = self._body()
        heads = [line for a in self.statement.arguments for line in self._conversion(a)]
        if self.like:
            real = [a.name for a in self.statement.arguments if a.symbol not in self.structural]
            heads.append(f"like = 0.0 * ({' + '.join(real)})" if real else "like = _array(0.0)")
        if self.library == "numpy":
            lines = [*heads, 'with np.errstate(all="ignore"):', *("    " + line for line in body)]
        else:
            lines = [*heads, *body]
        lines.append(f'return _finite("{self.statement.name}", value)')
        helpers = helper_source(self.needs, self.library)
        program = "\n".join([helpers, "", "", self._head(), *("    " + line for line in lines), ""])
        return "\n".join([*self._imports(program), "", "", program])

    def _imports(self, program: str) -> list[str]:
        lines = [f"# {self.statement.name}: {self.statement.source}", f"# {self.statement.says}", ""]
        own = [f"import {name}" for name in ("contextlib", "math", "operator") if f"{name}." in program]
        libraries = ["import numpy as np"] if self.library == "numpy" else ["import torch"]
        if "scipy.special" in program:
            libraries.append("import scipy.special")
        return [*lines, *own, *([""] if own else []), *libraries]

    def _head(self) -> str:
        s = self.statement
        arguments = ", ".join(a.name if a.default is None else f"{a.name}={_default(a.default)}" for a in s.arguments)
        doc = [f'    """{s.says}', "", *(f"    {a.name}: {a.says}; {a.allowed}." for a in s.arguments)]
        doc += [f"    Assumes: {text}." for text in (*(c.name for c in s.conditions), *s.assumes)]
        doc += [f"    Kind: {s.kind}. Source: {s.source}.", '    """']
        return "\n".join([f"def {s.name}({arguments}):", *doc])

    def _conversion(self, argument: Argument) -> list[str]:
        name = argument.name
        if argument.symbol in self.structural:
            whole = f"{name} = operator.index({name})"
            return [f"if {name} != math.inf:", f"    {whole}"] if argument.infinite else [whole]
        if argument.kind == "complex":
            make, test, to = {
                "numpy": (f"np.asarray({name})", f"np.iscomplexobj({name})", ".astype(complex)"),
                "torch": (
                    f"torch.as_tensor({name}, dtype=torch.complex128 if isinstance({name}, complex) else None)",
                    f"{name}.is_complex()",
                    ".to(torch.complex128)",
                ),
            }[self.library]
            return [
                f"{name} = {make}",
                f"{name} = {name}{to} if {test} else _array({name})",
            ]
        return [f"{name} = _array({name})"]

    # --- the body ----------------------------------------------------------------------------------------------------

    def _body(self) -> list[str]:
        result = self.statement.result
        if isinstance(result, Recurrence):
            return self._loop(result)
        if (
            isinstance(result, sp.Piecewise)
            and set().union(*(c.free_symbols for _, c in result.args)) <= self.structural
        ):
            return self._choice(result)
        return [f"value = {self._rounded(stable(result))}"]

    def _rounded(self, e: Expr) -> str:
        text = self.code(e)
        if e.free_symbols <= self.structural:
            text = f"_array({text})"  # Python numbers all the way would return one
        if not (self.statement.count and isinstance(e, sp.Expr) and e.has(sp.exp)):
            return text
        self._need("_round_count")
        return f"_round_count(_array({text}))"

    def _choice(self, result: Expr) -> list[str]:
        lines = []
        for i, (value, condition) in enumerate(result.args):
            word = "else" if condition == True else f"{'if' if i == 0 else 'elif'} {self._condition(condition)}"  # noqa: E712
            lines += [f"{word}:", f"    value = {self._rounded(stable(value))}"]
        if not lines[-2].startswith("else"):
            lines += ["else:", f'    raise ValueError("{self.statement.name}: no case of the statement applies")']
        return lines

    def _condition(self, condition: Expr) -> str:
        relation = {sp.Eq: "==", sp.Ne: "!=", sp.Lt: "<", sp.Le: "<=", sp.Gt: ">", sp.Ge: ">="}.get(condition.func)
        if relation is None:
            raise ExportError(f"{self.statement.name}: a case must be one comparison, got {condition}")
        return f"{self.integer(condition.lhs)} {relation} {self.integer(condition.rhs)}"

    def _loop(self, r: Recurrence) -> list[str]:
        self.like = True
        for symbol, _ in r.state:
            self._bind(symbol)
        lines = [f"{self.names[symbol]} = like + {self.code(stable(start))}" for symbol, start in r.state]
        self._bind(r.index)
        self.structural = self.structural | {r.index}
        lines.append(f"for {self.names[r.index]} in range({self.integer(r.start)}, {self.integer(r.stop)}):")
        lines += [f"    {self.names[symbol]} = {self.code(stable(update))}" for symbol, update in r.updates]
        return [*lines, f"value = {self.code(stable(r.output))}"]


def _default(value: Any) -> str:
    return "math.inf" if value == sp.oo else repr(value)
