"""Checks of arguments shared by the formulas of the training dynamics."""

from fractions import Fraction
from typing import Any, TypeAlias

import sympy as sp

Exact: TypeAlias = Any  # int, Fraction or a SymPy expression; SymPy publishes no types


def exact(name: str, value: Exact) -> Any:
    """*value* as a SymPy expression; int, Fraction and SymPy expressions pass, floats are refused."""
    if isinstance(value, bool | float | complex):
        raise TypeError(
            f"{name} must be an int, a Fraction or a SymPy expression, got {value!r}; attest.bounds takes floats."
        )
    if isinstance(value, int):
        return sp.Integer(value)
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    if not isinstance(value, sp.Expr):
        raise TypeError(f"{name} must be an int, a Fraction or a SymPy expression, got {value!r}.")
    if value.has(sp.Float):
        raise TypeError(f"{name} must be exact, got {value} with a float in it; attest.bounds takes floats.")
    if value.has(sp.nan, sp.oo, -sp.oo, sp.zoo):
        raise ValueError(f"{name} must be finite, got {value}.")
    if value.is_extended_real is False:
        raise ValueError(f"{name} must be real, got {value}.")
    return value


def positive(name: str, value: Exact) -> Any:
    """*value* as an expression that is not known to be <= 0."""
    found = exact(name, value)
    if found.is_extended_positive is False:
        raise ValueError(f"{name} must be positive, got {name}={found}.")
    return found


def nonnegative(name: str, value: Exact) -> Any:
    """*value* as an expression that is not known to be negative."""
    found = exact(name, value)
    if found.is_extended_negative:
        raise ValueError(f"{name} must be at least 0, got {name}={found}.")
    return found


def count(name: str, value: Exact, least: int) -> Any:
    """*value* as an expression: an integer of at least *least*, or a symbol standing for one."""
    found = exact(name, value)
    if found.is_integer is False:
        raise ValueError(f"{name} must be a whole number, got {name}={found}.")
    if (found - least).is_extended_negative:
        raise ValueError(f"{name} must be at least {least}, got {name}={found}.")
    return found


def fraction_of(name: str, value: Exact) -> Any:
    """*value* as an expression in (0, 1]."""
    found = positive(name, value)
    if (1 - found).is_extended_negative:
        raise ValueError(f"{name} must lie in (0, 1], got {name}={found}.")
    return found
