"""Argument checks of the capacity formulas."""

from collections.abc import Sequence
from operator import index
from typing import Any

LARGEST_BITS = 2**25  # of numbers that are written out


def require_int(name: str, value: Any, low: int, high: int | None = None, *, why: str = "") -> int:
    """*value* as an int in [low, high], from whatever is a whole number to Python; bools and floats are refused."""
    try:
        number = None if isinstance(value, bool) else index(value)
    except TypeError:
        number = None
    if number is None:
        raise TypeError(f"{name} must be an int, got {value!r}")
    if number < low or (high is not None and number > high):
        allowed = f"at least {low}" if high is None else f"between {low} and {high}"
        raise ValueError(f"{name} must be {allowed}, got {shown(number)}" + (f"; {why}" if why else ""))
    return int(number)


def require_sequence(name: str, value: object, least: int, of: str) -> Sequence[Any]:
    """*value* as a sequence of at least so many entries, *of* says of what; strings are refused."""
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        raise TypeError(f"{name} must be a sequence of {of}, got {value!r}")
    if len(value) < least:
        raise ValueError(f"{name} must have at least {least} {of}, got {len(value)}")
    return value


def require_bits(what: str, bits: int) -> None:
    """Refuse *what* before it is computed where its numbers have more than ``LARGEST_BITS`` bits."""
    if bits > LARGEST_BITS:
        raise ValueError(f"{what} takes numbers of about {shown(bits)} bits; at most {LARGEST_BITS} are written out")


def power(what: str, base: int, exponent: int) -> int:
    """base**exponent, refused where it is too long to be written out."""
    require_bits(what, base.bit_length() * exponent)
    return base**exponent


def function_count(n: int) -> int:
    """2**(2**n), the Boolean functions of n inputs, for n small enough for the number to be written out."""
    return 2**2 ** require_int("n", n, 0, 24, why="2**(2**n) is not written out beyond")


def shown(number: int) -> str:
    """*number* in an error's text: long ones by their size."""
    return str(number) if abs(number) < 10**60 else f"{'-' * (number < 0)}2**{abs(number).bit_length() - 1} or more"
