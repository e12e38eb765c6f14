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

    if name not in bounds.CATALOGUE:
        elsewhere = "; it takes matrices: call it from Python" if name in bounds.__all__ else ""
        near = "" if elsewhere else close_matches(name, set(bounds.CATALOGUE))
        raise ValueError(f"there is no calculator {name!r}{near}{elsewhere}; `attest bound --list`")
    return bounds.CATALOGUE[name]


def _names(incomplete: str) -> list[str]:
    """Calculators that complete what was typed."""
    from attest import bounds

    return [name for name in sorted(bounds.CATALOGUE) if name.startswith(incomplete)]


def _keys(context: typer.Context, incomplete: str) -> list[str]:
    """The arguments of the calculator named before that were not given yet, ready for a value."""
    from attest import bounds

    calculator = bounds.CATALOGUE.get(context.params.get("name") or "")
    if calculator is None or "=" in incomplete:
        return []
    given = {text.partition("=")[0] for text in context.params.get("arguments") or ()}
    return [f"{key}=" for key in calculator.signature.parameters if key not in {*given, "explain"}
            and key.startswith(incomplete)]  # fmt: skip


def _value(text: str) -> Any:
    """A number, fraction or list as typed; ``oo`` and ``inf`` are infinity."""
    if text in ("oo", "inf"):
        return float("inf")
    try:
        return float(Fraction(text)) if "/" in text else ast.literal_eval(text)
    except (ValueError, SyntaxError, ZeroDivisionError):
        raise ValueError(f"{text!r} is not a value: write a number such as 3, 0.5, 1/3, 2+1j, or oo") from None


def bound(
    name: Annotated[str, typer.Argument(help="Name of a calculator.", autocompletion=_names)] = "",
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY=VALUE]...", help="Its arguments.", autocompletion=_keys)
    ] = None,
    catalogue: Annotated[bool, typer.Option("--list", help="Show all calculators.")] = False,
    as_json: AsJson = False,
) -> None:
    """Evaluate a bound, law or formula of the papers, and say what it rests on."""
    from attest import bounds

    if catalogue or not name:
        docs = {n: calculator.summary for n, calculator in sorted(bounds.CATALOGUE.items())}
        if as_json:
            emit(docs)
            return
        table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, show_header=False)
        table.add_column(width=36, overflow="fold")
        table.add_column(width=42)
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
    name: Annotated[
        str, typer.Argument(metavar="ID", help="Name of a calculator, or id of a claim.", autocompletion=_names)
    ],
    to: Annotated[str, typer.Option(help="latex, mathml, json, numpy or torch.")] = "latex",
) -> None:
    """Print a statement or a derivation as LaTeX, MathML or JSON, or a statement as NumPy or torch source.

    A claim gives the steps of its derivation; its prediction, where it has no such steps or a program is asked for.
    """
    from attest import bounds

    if "." not in name:
        typer.echo(_calculator(name).export(to))
        return
    from attest._exports import exported
    from attest._registry import by_id

    typer.echo(exported(by_id(name), to, bounds.CATALOGUE))
