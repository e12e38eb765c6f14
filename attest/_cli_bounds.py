"""The commands ``attest bound`` and ``attest export``: the calculators at a terminal."""

import ast
from collections.abc import Iterable, Mapping
from fractions import Fraction
from inspect import Parameter
from itertools import groupby
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from attest._command import AsJson, console, emit
from attest._graph import close_matches


def _calculator(name: str) -> Any:
    from attest import bounds

    if name not in bounds.CATALOGUE:
        elsewhere = "; it takes matrices: call it from Python" if name in bounds.__all__ else ""
        near = "" if elsewhere else close_matches(name, set(bounds.CATALOGUE))
        raise ValueError(f"there is no calculator {name!r}{near}{elsewhere}; `attest bound --list` shows all")
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


def _arguments(name: str, parameters: Mapping[str, Parameter], texts: Iterable[str]) -> dict[str, Any]:
    """The values by name; ValueError for what is no argument, and for one that is missing."""
    allowed = [key for key in parameters if key != "explain"]
    shown = ", ".join(key if parameters[key].default is Parameter.empty else f"[{key}]" for key in allowed)
    given = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise ValueError(f"{text!r} is not an argument: write KEY=VALUE, for instance {allowed[0]}=4")
        if key not in allowed:
            raise ValueError(f"{name} has no argument {key!r}{close_matches(key, set(allowed))}; it takes {shown}")
        if key in given:
            raise ValueError(f"{name} was given {key!r} twice; give every argument once")
        given[key] = _value(value)
    missing = [key for key in allowed if key not in given and parameters[key].default is Parameter.empty]
    if missing:
        raise ValueError(f"{name} is missing {', '.join(missing)}; it takes {shown}")
    return given


def _print_catalogue(calculators: Iterable[Any], as_json: bool) -> None:
    """Each calculator with what it calculates, by subject."""
    found = sorted(calculators, key=lambda calculator: (calculator.subject, calculator.name))
    if as_json:
        emit({calculator.name: calculator.summary for calculator in found})
        return
    for subject, group in groupby(found, key=lambda calculator: calculator.subject):
        console().print(Text(f"\n{subject}", style="bold"))
        table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, show_header=False)
        table.add_column(width=36, overflow="fold")
        table.add_column(width=42)
        for calculator in group:
            table.add_row(calculator.name, calculator.summary)
        console().print(table)


def bound(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A calculator; alone, what it needs is told.", autocompletion=_names)
    ] = "",
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Its arguments.", autocompletion=_keys)
    ] = None,
    catalogue: Annotated[
        bool, typer.Option("--list", help="Show all calculators, or those whose name has NAME in it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Evaluate a bound, law or formula of the papers, and say what it rests on."""
    from attest import bounds

    if catalogue or not name:
        chosen = [calculator for known, calculator in bounds.CATALOGUE.items() if name in known]
        if not chosen:
            raise ValueError(f"no calculator has {name!r} in its name; `attest bound --list` shows all")
        _print_catalogue(chosen, as_json)
        return
    calculator = _calculator(name)
    parameters = calculator.signature.parameters
    if not arguments and any(p.default is Parameter.empty for p in parameters.values()):
        console().print(f"{name}: {calculator.documentation()}")
        return
    try:
        found = calculator(**_arguments(name, parameters, arguments or ()), explain=True)
    except TypeError as problem:
        raise ValueError(f"{name}: {problem}") from None
    except OverflowError as problem:  # foreseen: floats end near 1.8e308
        raise ValueError(str(problem)) from None
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
