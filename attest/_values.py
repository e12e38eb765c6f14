"""Plain values: what the two sides exchange, what a row stores, and how it stays exact on disk.

A plain value is None, a bool, int, Fraction, finite float, str, or a list or string-keyed mapping of those. On disk
ints and fractions are text, so that nothing passes through a float on the way.
"""

import json
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

type_names = "None, bool, int, Fraction, finite float, str, complex, or a list or mapping of those"


def plain(value: Any) -> Any:
    """*value* as a plain value: SymPy numbers, NumPy and torch arrays are unwrapped without importing their packages.

    Raises ValueError on NaN and infinities, TypeError on anything that has no plain form.
    """
    if value is None or isinstance(value, bool | int | str | Fraction):
        return value
    if isinstance(value, float):
        return _finite(float(value))  # float(): numpy.float64 is a float by inheritance
    if isinstance(value, complex):
        return {"real": _finite(value.real), "imag": _finite(value.imag)}
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | range):
        return [plain(entry) for entry in value]
    if hasattr(value, "free_symbols"):
        return _plain_symbolic(value)
    if hasattr(value, "tolist"):  # numpy and torch, arrays and scalars
        return plain(value.tolist())
    raise TypeError(f"a value must be {type_names}; got {type(value).__name__}: {value!r}")


def _plain_symbolic(value: Any) -> Any:
    if getattr(value, "is_Matrix", False):
        return [plain(entry) for entry in value.tolist()]
    if value.free_symbols:
        raise TypeError(
            f"a value must be a number, got an expression in {sorted(map(str, value.free_symbols))}: {value}"
        )
    if value in (True, False) and getattr(value, "is_Boolean", False):
        return bool(value)
    if value.is_Integer:
        return int(value)
    if value.is_Rational:
        return Fraction(int(value.p), int(value.q))
    number = complex(value.evalf(25))
    return plain(number if number.imag else number.real)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"a value must be finite, got {value!r}")
    return value


def dumps(value: Any) -> str:
    """Canonical JSON of a plain value: sorted keys, ints as ``{"int": "12"}``, fractions as ``{"fraction": "1/3"}``."""
    return json.dumps(_tagged(value), sort_keys=True, separators=(",", ":"), allow_nan=False)


def loads(text: str) -> Any:
    """The plain value that :func:`dumps` wrote."""
    return _untagged(json.loads(text))


def _tagged(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str | float):
        return value
    if isinstance(value, int):
        return {"int": _digits(value)}
    if isinstance(value, Fraction):
        return {"fraction": f"{_digits(value.numerator)}/{_digits(value.denominator)}"}
    if isinstance(value, Mapping):
        if set(value) in ({"int"}, {"fraction"}):
            raise ValueError(f"a mapping whose only key is {next(iter(value))!r} cannot be stored: {value!r}")
        return {key: _tagged(entry) for key, entry in value.items()}
    return [_tagged(entry) for entry in value]


def _digits(value: int) -> str:
    """Decimal digits, hexadecimal ones where Python refuses to print more than some 4300 decimal ones."""
    return str(value) if value.bit_length() < 10_000 else hex(value)


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"int"}:
            return int(value["int"], 0)
        if set(value) == {"fraction"}:
            numerator, _, denominator = value["fraction"].partition("/")
            return Fraction(int(numerator, 0), int(denominator, 0))
        return {key: _untagged(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_untagged(entry) for entry in value]
    return value
