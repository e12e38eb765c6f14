"""The commands ``attest bound`` and ``attest export``: the calculators at a terminal."""

import ast
from fractions import Fraction
from typing import Annotated, Any

import typer
from rich.table import Table

from attest._command import AsJson, console, emit
from attest._graph import close_matches


def _calculator(name: str) -> Any:
    from attest import bounds

    if name not in bounds.__all__:
        raise ValueError(
            f"there is no calculator {name!r}{close_matches(name, set(bounds.__all__))}; `attest bound --list`"
        )
    return getattr(bounds, name)


def _value(text: str) -> Any:
    """A number, fraction or list as typed; ``oo`` and ``inf`` are infinity."""
    if text in ("oo", "inf"):
        return float("inf")
    try:
        return float(Fraction(text)) if "/" in text else ast.literal_eval(text)
    except (ValueError, SyntaxError, ZeroDivisionError):
        raise ValueError(f"{text!r} is not a value: write a number such as 3, 0.5, 1/3, 2+1j, or oo") from None


def bound(
    name: Annotated[str, typer.Argument(help="Name of a calculator.")] = "",
    arguments: Annotated[list[str] | None, typer.Argument(metavar="[KEY=VALUE]...", help="Its arguments.")] = None,
    catalogue: Annotated[bool, typer.Option("--list", help="Show all calculators.")] = False,
    as_json: AsJson = False,
) -> None:
    """Evaluate a bound, law or formula of the papers, and say what it rests on."""
    from attest import bounds

    if catalogue or not name:
        docs = {n: (getattr(bounds, n).__doc__ or "").strip().splitlines()[0] for n in bounds.__all__}
        if as_json:
            emit(docs)
            return
        table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, show_header=False)
        table.add_column(width=27, overflow="fold")
        table.add_column(width=51)
        for entry, doc in docs.items():
            table.add_row(entry, doc)
        console().print(table)
        return
    calculator = _calculator(name)
    given = {}
    for argument in arguments or ():
        key, equals, text = argument.partition("=")
        if not equals:
            raise ValueError(f"{argument!r} is not an argument: write KEY=VALUE, for instance n=4")
        given[key] = _value(text)
    try:
        found = calculator(**given, explain=True)
    except TypeError as problem:
        raise ValueError(f"{name}: {problem}") from None
    if as_json:
        emit(
            {
                "name": name,
                "value": found.value if isinstance(found.value, float) else str(found.value),
                "kind": found.kind,
                "source": found.source,
                "latex": found.latex,
                "hypotheses": [{"name": h.name, "checked": h.checked, "how": h.how} for h in found.hypotheses],
            }
        )
    else:
        console().print(str(found))


def export(
    name: Annotated[str, typer.Argument(help="Name of a calculator.")],
    to: Annotated[str, typer.Option(help="latex, mathml, json, numpy or torch.")] = "latex",
) -> None:
    """Print a statement as LaTeX, MathML or JSON, or as NumPy or torch source that runs by itself."""
    typer.echo(_calculator(name).export(to))
