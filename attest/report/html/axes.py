"""Axes that both sides of a comparison share: linear, logarithmic, or logarithmic on both sides of zero."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

Number = int | float | Fraction


def log10(value: Number) -> float:
    """The decimal logarithm of a positive number, of whole numbers and fractions beyond float64 too."""
    if isinstance(value, float):
        return math.log10(value)
    exact = Fraction(value)
    return math.log10(exact.numerator) - math.log10(exact.denominator)


@dataclass(frozen=True)
class Axis:
    """Where values lie between 0 and 1. ``kind``: "linear", "log", or "both" (log beyond ±``unit``, linear within)."""

    kind: str
    low: float
    high: float
    unit: Number = 1

    def place(self, value: Number) -> float:
        """0 at the low end, 1 at the high one."""
        return (self._turned(value) - self.low) / (self.high - self.low)

    def _turned(self, value: Number) -> float:
        if self.kind == "log":
            return log10(value)
        units = Fraction(value) / Fraction(self.unit)
        if self.kind == "both" and abs(units) > 1:
            return (1 + log10(abs(units))) * (1 if units > 0 else -1)
        return float(units)

    def ticks(self) -> list[tuple[float, str]]:
        """(place, label) of at most some six marks."""
        if self.kind == "linear":
            return [((v - self.low) / (self.high - self.low), label) for v, label in _round_values(self.low, self.high)]
        if self.kind == "log":
            powers = _spread(range(math.ceil(self.low - 1e-9), math.floor(self.high + 1e-9) + 1), 6)
            return [((p - self.low) / (self.high - self.low), _power(p)) for p in powers]
        first = math.ceil(log10(self.unit) - 1e-9)
        reach = int(max(abs(self.low), abs(self.high)) - 1 + log10(self.unit) + 1e-9)
        sizes = _spread(range(first, reach + 1), 3)
        marks: list[tuple[Number, str]] = [(0, "0")]
        marks += [(sign * Fraction(10) ** p, ("−" if sign < 0 else "") + _power(p)) for p in sizes for sign in (1, -1)]
        return sorted((place, label) for v, label in marks if -0.001 <= (place := self.place(v)) <= 1.001)


def axis_for(values: Iterable[Number]) -> Axis:
    """The axis on which *values* can be told apart, with a margin; there must be at least one."""
    found = list(values)
    sizes = [abs(Fraction(v)) for v in found if v]
    if not sizes:
        return Axis("linear", -1.0, 1.0)
    wide = max(sizes) > 100 * min(sizes)
    if min(found) > 0 and wide:
        return log_axis(found)
    if wide or log10(max(sizes)) > 300:
        unit = max(min(sizes), max(sizes) / 10**6)
        axis = Axis("both", 0.0, 1.0, unit)
        return _with_margin("both", [axis._turned(v) for v in found], unit)
    return _with_margin("linear", [float(v) for v in found])


def log_axis(values: Iterable[Number]) -> Axis:
    """A logarithmic axis for positive *values*."""
    return _with_margin("log", [log10(v) for v in values])


def _with_margin(kind: str, places: Sequence[float], unit: Number = 1) -> Axis:
    low, high = min(places), max(places)
    room = 0.06 * (high - low) or abs(high) / 2 or 1.0
    return Axis(kind, low - room, high + room, unit)


def _round_values(low: float, high: float) -> list[tuple[float, str]]:
    """Multiples of 1, 2 or 5 times a power of ten, at most six of them."""
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [(k * step, f"{k * step:.6g}".replace("-", "−")) for k in range(first, last + 1)]


def _spread(whole: Sequence[int], most: int) -> Sequence[int]:
    return whole[:: -(-len(whole) // most)] if len(whole) > most else whole


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _power(exponent: int) -> str:
    plain = {-2: "0.01", -1: "0.1", 0: "1", 1: "10", 2: "100", 3: "1000"}
    return plain.get(exponent) or f"10{str(exponent).translate(_RAISED)}"
