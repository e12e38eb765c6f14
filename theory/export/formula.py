"""Statements from functions of ``theory``: the function is called with symbols, its docstring says what it is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from inspect import Parameter, cleandoc, signature
from typing import Any

import sympy as sp

from theory.export.statement import Argument, Condition, Expr, Statement, Takeover

Builder = Callable[[], Statement]


def formula(
    function: Callable[..., Any],
    arguments: Mapping[str, Argument],
    paper: str,
    where: str,
    *,
    name: str | None = None,
    says: str | None = None,
    result: Expr = None,
    kind: str = "exact",
    conditions: tuple[Condition, ...] = (),
    assumes: tuple[str, ...] = (),
    count: bool = False,
    beyond: Takeover | None = None,
) -> Statement:
    """The statement of *function*, whose parameters are looked up in *arguments* by name.

    Parameters without an entry keep their defaults. ``result`` is the formula where the function takes no symbols; the
    tests then hold it against the function. ``name`` and ``says`` default to the function's.
    """
    chosen = []
    for parameter in signature(function).parameters.values():
        if parameter.name in arguments:
            default = None if parameter.default is Parameter.empty else sp.sympify(parameter.default)
            chosen.append(replace(arguments[parameter.name], default=default))
        elif parameter.default is Parameter.empty:
            raise ValueError(f"{function.__name__} has the parameter {parameter.name}, which is no known argument")
    value = function(**{a.name: a.symbol for a in chosen}) if result is None else result
    name, says = name or function.__name__, says or first_sentence(function)
    return Statement(name, says, tuple(chosen), value, kind, paper, where, conditions, assumes, count, beyond)


def first_sentence(function: Callable[..., Any]) -> str:
    """The first sentence of a docstring, without its emphasis marks."""
    paragraph = cleandoc(function.__doc__ or function.__name__).split("\n\n")[0].replace("\n", " ")
    sentence, stop, _ = paragraph.partition(". ")
    return re.sub(r":\w+:`~?([\w.]+)`|``(.+?)``|\*(\w+)\*", r"\1\2\3", sentence + stop.strip())


def pick(name: str, builders: Mapping[str, Builder]) -> Statement:
    """The statement called *name*; an unknown name is answered with its close matches."""
    if name not in builders:
        near = get_close_matches(name, builders, n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise ValueError(f"no statement is called {name!r}{hint}")
    return builders[name]()
