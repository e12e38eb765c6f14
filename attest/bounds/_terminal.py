"""The catalogue by name, for a terminal: what there is, a value from ``key=value`` texts, an export."""

import math
from collections.abc import Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from attest.bounds._calculator import CATALOGUE, Calculator, Explained


def catalogue() -> dict[str, str]:
    """Name and one line on every calculator, sorted; loads no library."""
    return {name: (CATALOGUE[name].__doc__ or "").strip() for name in sorted(CATALOGUE)}


def find(name: str) -> Calculator[Any]:
    """The calculator called *name*; ValueError with close matches for an unknown one."""
    if name not in CATALOGUE:
        near = get_close_matches(name, CATALOGUE, n=3)
        raise ValueError(f"no calculator is called {name!r}" + (f"; did you mean {', '.join(near)}?" if near else ""))
    return CATALOGUE[name]


def evaluate(name: str, texts: Mapping[str, str]) -> Explained:
    """The explained value of calculator *name* at arguments given as texts: ``{"score": "3", "mass": "20"}``.

    A text is an int, a decimal, a fraction "1/3", a complex number, or "inf". ValueError names what is missing,
    unknown or unreadable.

    >>> evaluate("region_bound", {"n": "4"}).value
    3882.0
    """
    calculate = find(name)
    try:
        return calculate(**{key: _number(key, text) for key, text in texts.items()}, explain=True)
    except TypeError as error:
        raise ValueError(f"{name}{calculate.signature}: {error}") from None


def export(name: str, to: str) -> str:
    """The statement behind calculator *name* as "latex", "mathml", "json", or "numpy" or "torch" source."""
    return find(name).export(to)


def _number(key: str, text: str) -> Any:
    for read in (int, Fraction, float, complex):
        try:
            value = read(text)
        except (ValueError, ZeroDivisionError):
            continue
        if isinstance(value, float) and math.isnan(value):
            break
        return float(value) if isinstance(value, Fraction) else value
    raise ValueError(f"{key} must be a number such as 3, 0.5, 1/3 or inf, got {text!r}")
