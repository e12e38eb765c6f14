"""Checks of arguments shared by the derived statements of this subject."""

from fractions import Fraction
from math import isfinite
from typing import Any

import sympy as sp


def whole_number(name: str, value: Any, least: int = 1) -> int:
    """*value* as an int of at least *least*; TypeError or ValueError naming argument and value otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | sp.Integer):
        raise TypeError(f"{name} must be an int of at least {least}, got {value!r}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    return int(value)


def real_number(name: str, value: Any) -> Any:
    """*value* as an exact SymPy real: floats and Fractions become the rational number they are."""
    if isinstance(value, bool):
        raise TypeError(f"{name} must be a real number, got {value!r}")
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{name} must be a finite real number, got {value!r}")
    if isinstance(value, float | Fraction):
        value = sp.Rational(Fraction(value).numerator, Fraction(value).denominator)
    try:
        number = sp.sympify(value, strict=True)
    except (sp.SympifyError, TypeError):
        raise TypeError(f"{name} must be a real number, got {value!r}") from None
    if not number.is_finite or not number.is_real:
        raise ValueError(f"{name} must be a finite real number, got {value!r}")
    return number


def nonnegative_number(name: str, value: Any) -> Any:
    """A real number >= 0 as an exact SymPy number."""
    number = real_number(name, value)
    if number.is_negative:
        raise ValueError(f"{name} must be at least 0, got {value}")
    return number


def positive_number(name: str, value: Any) -> Any:
    """A real number > 0 as an exact SymPy number."""
    number = real_number(name, value)
    if not number.is_positive:
        raise ValueError(f"{name} must be positive, got {value}")
    return number
