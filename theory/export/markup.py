"""Statements and derivations for readers and programs: LaTeX, MathML, JSON."""

import json
import re
from collections.abc import Iterable, Sequence
from html.entities import html5
from typing import Any
from xml.sax.saxutils import escape

import sympy as sp
from sympy.printing.mathml import MathMLPresentationPrinter

from theory.derivation import Identity, Induction, Limit, Monotone, Nonnegative, Step
from theory.export.source import numpy_source, torch_source
from theory.export.statement import Expr, Recurrence, Statement

FORMATS = ("latex", "mathml", "json", "numpy", "torch")
Exportable = Statement | Sequence[Step]


def export(what: Exportable, to: str) -> str:
    """*what*, a statement or the steps of a derivation, as text in one of FORMATS.

    Derivations have no numpy or torch form: they hold for all values, which no program shows. ValueError for those.
    """
    if to not in FORMATS:
        raise ValueError(f"to must be one of {', '.join(FORMATS)}, got {to!r}")
    if to in ("numpy", "torch"):
        if not isinstance(what, Statement):
            raise ValueError(f"a derivation has no {to} form; use latex, mathml or json")
        return numpy_source(what) if to == "numpy" else torch_source(what)
    return {"latex": latex, "mathml": mathml, "json": json_text}[to](what)


def latex(what: Exportable) -> str:
    """LaTeX for use inside a display; several lines come in an ``aligned`` environment."""
    return _lines([sp.latex(e) for e in _equations(what)])


def mathml(what: Exportable) -> str:
    """One presentation MathML element; several lines come as a table."""
    rows = [_Presentation().doprint(e) for e in _equations(what)]
    body = rows[0] if len(rows) == 1 else "".join(f"<mtr><mtd>{row}</mtd></mtr>" for row in rows)
    body = body if len(rows) == 1 else f"<mtable>{body}</mtable>"
    body = re.sub(r"&(\w+;)", _character, body)
    body = re.sub(r"<mi>\{(.+?)\}</mi>", r"<mi>\1</mi>", body)  # braces group an index in LaTeX only
    title = escape(what.source if isinstance(what, Statement) else "derivation", {'"': "&quot;"})
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block" title="{title}">{body}</math>'


class _Presentation(MathMLPresentationPrinter):
    """SymPy's printer, with cases set one below the other after a brace."""

    def _print_Piecewise(self, e: Any) -> Any:
        table = self.dom.createElement("mtable")
        for value, condition in e.args:
            row = self.dom.createElement("mtr")
            words = self._text("otherwise" if condition == sp.true else "if")
            for cell in (self._print(value), words, None if condition == sp.true else self._print(condition)):
                column = self.dom.createElement("mtd")
                if cell is not None:
                    column.appendChild(cell)
                row.appendChild(column)
            table.appendChild(row)
        brace = self.dom.createElement("mo")
        brace.appendChild(self.dom.createTextNode("{"))
        whole = self.dom.createElement("mrow")
        whole.appendChild(brace)
        whole.appendChild(table)
        return whole

    def _text(self, words: str) -> Any:
        text = self.dom.createElement("mtext")
        text.appendChild(self.dom.createTextNode(words))
        return text


def _character(entity: re.Match[str]) -> str:
    """A named entity of HTML as the character it is: XML knows five names only."""
    name = entity.group(1)
    return entity.group() if name in ("amp;", "lt;", "gt;", "quot;", "apos;") else html5[name]


def json_text(what: Exportable) -> str:
    """JSON with every expression as plain text, as LaTeX and as a SymPy constructor; numbers are text, hence exact."""
    data = _statement_data(what) if isinstance(what, Statement) else {"derivation": [_step_data(s) for s in what]}
    return json.dumps(data, indent=2, ensure_ascii=False)


class _Head(sp.Function):
    """name(arguments), with the name printed as it is: SymPy would turn underscores into subscripts."""

    def _latex(self, printer: Any, exp: Any = None) -> str:
        name, *arguments = self.args
        text = str(name).replace("_", r"\_")
        return rf"\operatorname{{{text}}}\left({', '.join(map(printer._print, arguments))}\right)"

    def _mathml_presentation(self, printer: Any) -> Any:
        name, *arguments = self.args
        plain = printer._print(sp.Function("f")(*arguments))
        plain.firstChild.firstChild.data = str(name)
        return plain


def _lines(lines: list[str]) -> str:
    if len(lines) == 1:
        return lines[0]
    return "\\begin{aligned}\n" + " \\\\\n".join("&" + line for line in lines) + "\n\\end{aligned}"


def _equations(what: Exportable) -> list[Expr]:
    if not isinstance(what, Statement):
        return [equation for step in what for equation in _step_equations(step)]
    relation = {"exact": sp.Eq, "lower": sp.Ge, "upper": sp.Le, "asymptotic": sp.Eq}[what.kind]
    head = _Head(sp.Symbol(what.name), *(a.symbol for a in what.arguments))
    if not isinstance(what.result, Recurrence):
        return [relation(head, what.result, evaluate=False)]
    r = what.result
    step = {symbol: sp.Symbol(f"{symbol}_{{{r.index}}}") for symbol, _ in r.state}
    after = {symbol: sp.Symbol(f"{symbol}_{{{r.index}+1}}") for symbol, _ in r.state}
    first = {symbol: sp.Symbol(f"{symbol}_{{{r.start}}}") for symbol, _ in r.state}
    last = {symbol: sp.Symbol(f"{symbol}_{{{r.stop}}}") for symbol, _ in r.state}
    lines = [sp.Eq(first[symbol], start, evaluate=False) for symbol, start in r.state]
    seen = dict(step)
    for symbol, update in r.updates:
        lines.append(sp.Eq(after[symbol], update.subs(seen, simultaneous=True), evaluate=False))
        seen[symbol] = after[symbol]
    return [*lines, relation(head, r.output.subs(last, simultaneous=True), evaluate=False)]


def _step_equations(step: Step) -> list[Expr]:
    if isinstance(step, Identity):
        return [sp.Eq(step.left, step.right, evaluate=False)]
    if isinstance(step, Nonnegative):
        return [sp.Ge(step.expression, 0, evaluate=False)]
    if isinstance(step, Monotone):
        return [sp.Eq(sp.Derivative(step.function, step.variable), step.factor * step.core.expression, evaluate=False)]
    if isinstance(step, Induction):
        return [*_step_equations(step.base), *_step_equations(step.step)]
    if isinstance(step, Limit):
        limit = sp.Limit(step.expression, step.variable, step.point, step.direction)
        return [sp.Eq(limit, step.value, evaluate=False)]
    raise TypeError(f"no formula is known for a step of type {type(step).__name__}")


def _expression_data(e: Any) -> dict[str, str]:
    e = sp.sympify(e)
    return {"text": str(e), "latex": sp.latex(e), "sympy": sp.srepr(e)}


def _pairs(pairs: Iterable[tuple[Any, Any]]) -> list[dict[str, Any]]:
    return [{"symbol": str(symbol), **_expression_data(e)} for symbol, e in pairs]


def _statement_data(s: Statement) -> dict[str, Any]:
    if isinstance(s.result, Recurrence):
        r = s.result
        result: dict[str, Any] = {
            "recurrence": {
                "index": str(r.index),
                "start": str(r.start),
                "stop": str(r.stop),
                "state": _pairs(r.state),
                "updates": _pairs(r.updates),
                "output": _expression_data(r.output),
            }
        }
    else:
        result = {"expression": _expression_data(s.result)}
    return {
        "name": s.name,
        "says": s.says,
        "kind": s.kind,
        "paper": s.paper,
        "where": s.where,
        "arguments": [
            {
                "name": a.name,
                "symbol": str(a.symbol),
                "says": a.says,
                "kind": a.kind,
                "allowed": a.allowed,
                **({} if a.default is None else {"default": str(a.default)}),
            }
            for a in s.arguments
        ],
        "conditions": [
            {"name": c.name, "relation": f"{c.expression} {'>' if c.strict else '>='} 0", "instead": c.instead}
            for c in s.conditions
        ],
        "assumes": list(s.assumes),
        **result,
    }


def _step_data(step: Step) -> dict[str, Any]:
    return {"name": step.name, "kind": step.kind, "equations": [_expression_data(e) for e in _step_equations(step)]}
