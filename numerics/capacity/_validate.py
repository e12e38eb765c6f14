"""Argument checks shared by the counting functions; each message says what was required and what was received."""

from collections.abc import Sequence


def require_int(name: str, value: object, low: int, high: int | None = None, *, why: str = "") -> int:
    """*value* as an int in [low, high]; bools and integer-valued floats are refused."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be an int, got {value!r}")
    number = int(value.__index__())
    if number < low or (high is not None and number > high):
        allowed = f"at least {low}" if high is None else f"between {low} and {high}"
        raise ValueError(f"{name} must be {allowed}, got {number}" + (f"; {why}" if why else ""))
    return number


def require_positive(name: str, value: object) -> float:
    """*value* as a float above 0, infinity included; strings and bools are refused."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} must be a number above 0, got {value!r}")
    if not value > 0:
        raise ValueError(f"{name} must be above 0, got {value!r}")
    return float(value)


def require_choice(name: str, value: object, allowed: Sequence[str]) -> str:
    """*value* if it is one of *allowed*."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, allowed))}, got {value!r}")
    return str(value)


def require_table(table: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """A truth table as a tuple of 0 and 1 together with its number of variables; -1 and 1 are accepted."""
    values = tuple(int(v) if hasattr(v, "__index__") or v in (-1.0, 0.0, 1.0) else v for v in table)
    size = len(values)
    if size == 0 or size & (size - 1):
        raise ValueError(f"table must have 2**n entries, got {size}")
    found = set(values)
    if not found <= {0, 1} and not found <= {-1, 1}:
        raise ValueError(f"table must hold zeros and ones (or -1 and 1), got values {sorted(found, key=repr)}")
    return tuple(int(v > 0) for v in values), size.bit_length() - 1


def require_memory(estimate: int, max_memory: int, what: str) -> None:
    """Refuse before anything is allocated when *what* needs more than *max_memory* bytes, a whole number of them."""
    require_int("max_memory", max_memory, 1)
    if estimate > max_memory:
        raise ValueError(f"{what} needs about {estimate} bytes, more than max_memory={max_memory}; raise max_memory")
