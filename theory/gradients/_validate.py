"""Checks of arguments shared by the gradient formulas."""

from fractions import Fraction
from typing import Any, TypeAlias

import sympy as sp

Exact: TypeAlias = Any  # int, Fraction or a SymPy expression; SymPy publishes no types


def check_times(T: int, t: int) -> None:
    """Refuse times that are not integers with 1 <= t <= T."""
    for name, value in (("T", T), ("t", t)):
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} must be an int, got {value!r}.")
    if t < 1:
        raise ValueError(f"t must be at least 1 (times are 1-based), got t={t}.")
    if t > T:
        raise ValueError(f"t must be at most T, got t={t} and T={T}.")


def check_count(name: str, value: int, least: int) -> None:
    """Refuse anything but an integer of at least *least*."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be an int, got {value!r}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {name}={value}.")


def exact_number(name: str, value: Exact) -> Exact:
    """*value* as Fraction (int, Fraction, SymPy rational) or as the SymPy expression it is; floats are refused."""
    if isinstance(value, bool | float | complex):
        raise TypeError(
            f"{name} must be an int, a Fraction or a SymPy expression, got {value!r}; attest.bounds takes floats."
        )
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if not isinstance(value, sp.Expr):
        raise TypeError(f"{name} must be an int, a Fraction or a SymPy expression, got {value!r}.")
    if value.has(sp.nan, sp.oo, -sp.oo, sp.zoo):
        raise ValueError(f"{name} must be finite, got {value}.")
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else value


def as_sympy(value: Exact) -> Exact:
    """A Fraction or int as a SymPy rational; SymPy expressions pass."""
    return sp.Rational(value.numerator, value.denominator) if isinstance(value, int | Fraction) else value


def check_state(state: str) -> None:
    """Refuse a convention of s_t other than "sum" (h + c) and "mean" (half of it)."""
    if state not in ("sum", "mean"):
        raise ValueError(f'state must be "sum" (h + c) or "mean" ((h + c)/2), got {state!r}.')
