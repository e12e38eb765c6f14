"""Argument checks of the capacity formulas."""


def require_int(name: str, value: object, low: int, high: int | None = None, *, why: str = "") -> int:
    """*value* as an int in [low, high]; bools and floats are refused."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be an int, got {value!r}")
    if value < low or (high is not None and value > high):
        allowed = f"at least {low}" if high is None else f"between {low} and {high}"
        raise ValueError(f"{name} must be {allowed}, got {value}" + (f"; {why}" if why else ""))
    return value


def function_count(n: int) -> int:
    """2**(2**n), the Boolean functions of n inputs, for n small enough for the number to be written out."""
    return 2**2 ** require_int("n", n, 0, 24, why="2**(2**n) is not written out beyond")
