"""Comparisons of a prediction with a measurement: agrees, contradicts, or cannot tell. Never a bare tolerance.

Differences are formed in exact rational arithmetic (a float *is* a rational), so that judging adds no error of its own;
all width comes from an error model, which says why it is as wide as it is.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any

Number = int | float | Fraction


class Answer(StrEnum):
    """What one comparison says."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class ErrorModel:
    """Half-width of the error of one comparison, as a function of (predicted, measured), and the reason for it."""

    because: str
    width: Callable[[Fraction, Fraction], Fraction]


def rounding(*, operations: int, scale: Number = 0) -> ErrorModel:
    """Rounding of float64: *operations* half-ulps of the largest of both values and *scale*.

    Give *scale* where large terms cancel: the size of those terms.
    """
    if not isinstance(operations, int) or operations < 1:
        raise ValueError(f"operations must be an int of at least 1, got {operations!r}")
    return ErrorModel(
        f"{operations} roundings of float64" + (f" of terms up to {scale}" if scale else ""),
        lambda p, m: Fraction(operations, 2**53) * max(abs(p), abs(m), Fraction(scale)),
    )


def absolute(width: Number, *, because: str) -> ErrorModel:
    """A fixed half-width, for the reason given."""
    return ErrorModel(_reason(because), lambda p, m: Fraction(width))


def relative(width: Number, *, because: str) -> ErrorModel:
    """A half-width relative to the prediction, for the reason given."""
    return ErrorModel(_reason(because), lambda p, m: Fraction(width) * abs(p))


def _reason(because: str) -> str:
    if not because.strip():
        raise ValueError("because must say where the width comes from, got an empty text")
    return because


def alarm_level() -> float:
    """False-alarm rate of one statistical comparison; at most 1000 of them make up the 1e-3 of a whole run."""
    return 1e-6


class Agreement(ABC):
    """How a measurement is compared with a prediction."""

    name: str
    #: +1 if the prediction bounds the measurement from above, -1 from below, 0 otherwise.
    bound: int = 0
    #: whether the answer can be a false alarm of chance
    statistical: bool = False
    #: whether the answer depends on how far away the rivals' values are
    weighs_alternatives: bool = False

    @abstractmethod
    def compare(self, predicted: Any, measured: Any, error: Any = None, alternatives: Sequence[Any] = ()) -> Answer:
        """Answer for one row, given the half-width *error* that the measurement claims and the rivals' values."""

    def ratio(self, predicted: Any, measured: Any) -> float | None:
        """For a bound: how much of it the measurement uses (1 is tight, above 1 violates it); None if undefined."""
        return None

    def distance(self, one: Any, other: Any) -> float | None:
        """How far a rival's prediction lies from the claim's: a half for a factor of 2 or for the next integer.

        Several numbers count as one vector, by its Euclidean length. None if they are equal, if they are no numbers, or
        if the claim predicts nothing but zero, from which every number is equally far.
        """
        pairs = _numbers(one, other)
        if all(p == q for p, q in pairs) or not any(p for p, _ in pairs):
            return None
        if all(p.denominator == q.denominator == 1 and abs(p - q) <= 1 for p, q in pairs):
            return 0.5
        gap, *lengths = (
            math.hypot(*map(_float, part)) for part in ([p - q for p, q in pairs], *zip(*pairs, strict=True))
        )
        return gap / max(lengths)

    def scaled(self, predicted: Any, factor: Number) -> Any:
        """The prediction changed by a relative amount, for the resolution; None where that means nothing."""
        return _scaled(predicted, Fraction(factor))

    def __repr__(self) -> str:
        return self.name


def _scaled(value: Any, factor: Fraction) -> Any:
    if isinstance(value, bool | str) or value is None:
        return None
    if isinstance(value, int | float | Fraction):
        return Fraction(value) * factor
    if isinstance(value, Mapping):
        return {key: _scaled(entry, factor) for key, entry in value.items()}
    return [_scaled(entry, factor) for entry in value]


def _pairs(predicted: Any, measured: Any, error: Any, path: str = "value") -> Iterator[tuple[Any, Any, Any]]:
    """Leaf triples of three parallel structures; one number serves as the error of a whole structure."""
    if isinstance(predicted, Mapping) and isinstance(measured, Mapping):
        if set(predicted) != set(measured):
            raise ValueError(f"{path}: predicted has keys {sorted(predicted)}, measured {sorted(measured)}")
        for key in predicted:
            part = error[key] if isinstance(error, Mapping) else error
            yield from _pairs(predicted[key], measured[key], part, f"{path}.{key}")
    elif isinstance(predicted, list) and isinstance(measured, list):
        if len(predicted) != len(measured):
            raise ValueError(f"{path}: predicted has {len(predicted)} entries, measured {len(measured)}")
        for i, (p, m) in enumerate(zip(predicted, measured, strict=True)):
            yield from _pairs(p, m, error[i] if isinstance(error, list) else error, f"{path}[{i}]")
    elif isinstance(predicted, list | Mapping) or isinstance(measured, list | Mapping):
        raise TypeError(f"{path}: predicted is a {type(predicted).__name__}, measured a {type(measured).__name__}")
    else:
        yield predicted, measured, error


def _number(value: Any, what: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        raise TypeError(f"{what} must be a number for this agreement, got {value!r}")
    return Fraction(value)


def _numbers(one: Any, other: Any) -> list[tuple[Fraction, Fraction]]:
    """The pairs of numbers of two predictions of one shape; booleans are answers, not numbers."""
    try:
        leaves = [(p, q) for p, q, _ in _pairs(one, other, None)]
    except (TypeError, ValueError):
        return []
    plain = [(p, q) for p, q in leaves if not any(isinstance(x, bool) for x in (p, q))]
    return [(Fraction(p), Fraction(q)) for p, q in plain if all(isinstance(x, int | float | Fraction) for x in (p, q))]


def _worst(answers: Iterator[Answer]) -> Answer:
    seen = set(answers)
    if not seen:
        raise ValueError("there is nothing to compare: predicted and measured are empty")
    return next(a for a in (Answer.CONTRADICTS, Answer.CANNOT_TELL, Answer.AGREES) if a in seen)


class _Equal(Agreement):
    name = "equal"

    def compare(self, predicted: Any, measured: Any, error: Any = None, alternatives: Sequence[Any] = ()) -> Answer:
        return _worst(self._leaf(p, m) for p, m, _ in _pairs(predicted, measured, None))

    @staticmethod
    def _leaf(predicted: Any, measured: Any) -> Answer:
        for what, value in (("predicted", predicted), ("measured", measured)):
            if isinstance(value, float):
                raise TypeError(f"equal compares exact values, got the float {value!r} as {what}; use within(...)")
        return Answer.AGREES if predicted == measured else Answer.CONTRADICTS


equal = _Equal()


@dataclass(frozen=True, repr=False)
class _Within(Agreement):
    model: ErrorModel | None

    @property
    def name(self) -> str:  # type: ignore[override]
        return f"within ({self.model.because if self.model else 'the error the measurement states'})"

    def compare(self, predicted: Any, measured: Any, error: Any = None, alternatives: Sequence[Any] = ()) -> Answer:
        return _worst(self._leaf(*leaf) for leaf in _pairs(predicted, measured, error))

    def _leaf(self, predicted: Any, measured: Any, error: Any) -> Answer:
        p, m = _number(predicted, "predicted"), _number(measured, "measured")
        return Answer.AGREES if abs(p - m) <= _width(self.model, p, m, error) else Answer.CONTRADICTS


def _width(model: ErrorModel | None, p: Fraction, m: Fraction, error: Any) -> Fraction:
    stated = Fraction(0) if error is None else _number(error, "error")
    if stated < 0:
        raise ValueError(f"error must be at least 0, got {error!r}")
    return stated + (model.width(p, m) if model else 0)


@dataclass(frozen=True, repr=False)
class _Bound(Agreement):
    model: ErrorModel | None
    bound: int

    @property
    def name(self) -> str:  # type: ignore[override]
        side = "at most" if self.bound > 0 else "at least"
        return f"{side} (exactly)" if self.model is None else f"{side} ({self.model.because})"

    def compare(self, predicted: Any, measured: Any, error: Any = None, alternatives: Sequence[Any] = ()) -> Answer:
        return _worst(self._leaf(*leaf) for leaf in _pairs(predicted, measured, error))

    def _leaf(self, predicted: Any, measured: Any, error: Any) -> Answer:
        p, m = _number(predicted, "predicted"), _number(measured, "measured")
        width, excess = _width(self.model, p, m, error), self.bound * (m - p)
        if excess > width:
            return Answer.CONTRADICTS
        # A stated error wider than the slack leaves the question open; rounding alone does not: there the bound is met.
        stated = Fraction(0) if error is None else Fraction(error)
        return Answer.CANNOT_TELL if stated and excess > -stated else Answer.AGREES

    def ratio(self, predicted: Any, measured: Any) -> float | None:
        used = [
            m / p if self.bound > 0 else p / m
            for a, b, _ in _pairs(predicted, measured, None)
            for p, m in [(_number(a, "predicted"), _number(b, "measured"))]
            if p > 0 and m > 0
        ]
        return _float(max(used)) if used else None


def _float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def within(model: ErrorModel | None = None) -> Agreement:
    """|predicted - measured| is at most the model's width plus the error that the measurement states."""
    return _Within(model)


def at_most(model: ErrorModel | None = None) -> Agreement:
    """The measurement does not exceed the prediction, an upper bound. Without a model, exactly."""
    return _Bound(model, 1)


def at_least(model: ErrorModel | None = None) -> Agreement:
    """The measurement does not fall below the prediction, a lower bound. Without a model, exactly."""
    return _Bound(model, -1)


@dataclass(frozen=True, repr=False)
class _ScalesLike(Agreement):
    order: int
    name = "scales like"
    weighs_alternatives = True

    def compare(self, predicted: Any, measured: Any, error: Any = None, alternatives: Sequence[Any] = ()) -> Answer:
        exponent = _number(predicted, "predicted")
        centre, half = self.interval(measured)
        distances = [abs(_number(a, "a rival's value") - exponent) for a in alternatives]
        if any(half >= d / 2 for d in distances if d):
            return Answer.CANNOT_TELL
        return Answer.AGREES if abs(exponent - Fraction(centre)) <= Fraction(half) else Answer.CONTRADICTS

    def distance(self, one: Any, other: Any) -> float | None:
        """Exponents that differ by 1 are as near as values that differ by a factor of 2."""
        return next((_float(abs(p - q) / 2) for p, q in _numbers(one, other) if p != q), None)

    def interval(self, ladder: Sequence[Sequence[Number]]) -> tuple[float, float]:
        """Centre and half-width of the exponent: the last Richardson extrapolation of local slopes, its last change.

        Noise of the values and rounding are propagated through the same two linear steps and added.
        """
        if len(ladder) < 4:
            raise ValueError(f"a ladder needs at least 4 sizes for two extrapolations, got {len(ladder)}")
        sizes = [float(rung[0]) for rung in ladder]
        values = [float(rung[1]) for rung in ladder]
        noises = [float(rung[2]) if len(rung) > 2 else 0.0 for rung in ladder]
        if min(sizes) <= 0 or min(values) <= 0:
            raise ValueError(f"a ladder needs positive sizes and values, got {ladder!r}")
        step = sizes[1] / sizes[0]
        if step == 1 or any(abs(b / a - step) > 2**-40 * step for a, b in pairwise(sizes)):
            raise ValueError(f"a ladder must be geometric, got sizes {sizes}")
        slopes = [math.log(b / a) / math.log(step) for a, b in pairwise(values)]
        decay = min(step, 1 / step) ** self.order
        extrapolated = [(b - decay * a) / (1 - decay) for a, b in pairwise(slopes)]
        amplified = (1 + decay) / (1 - decay) / abs(math.log(step))
        noise = 2 * max(n / v for n, v in zip(noises[-3:], values[-3:], strict=True)) * amplified
        ulps = 8 * 2**-53 * (1 + max(abs(math.log(v)) for v in values)) * amplified
        return extrapolated[-1], abs(extrapolated[-1] - extrapolated[-2]) + noise + ulps


def scales_like(*, order: int = 1) -> Agreement:
    """The prediction is an exponent; the measurement a geometric ladder of (size, value) or (size, value, noise).

    *order* is that of the leading correction: values = C size**a (1 + O(size**-order)), towards large sizes on a rising
    ladder, towards small ones (the inverse) on a falling one. Noise is an absolute half-width of the value.
    """
    return _ScalesLike(order)


class _DrawnFrom(Agreement):
    name = f"drawn from (false alarms {alarm_level():.0e})"
    statistical = True

    def compare(self, predicted: Any, measured: Any, error: Any = None, alternatives: Sequence[Any] = ()) -> Answer:
        contradicted = (
            self._mean_is_off(predicted, measured)
            if isinstance(measured, Mapping)
            else self._counts_are_off(predicted, measured)
        )
        return Answer.CONTRADICTS if contradicted else Answer.AGREES

    @staticmethod
    def _counts_are_off(predicted: Sequence[Number], counts: Sequence[int]) -> bool:
        """Exact two-sided binomial test of every category at the level divided by their number (Bonferroni)."""
        from scipy.stats import binom

        if len(predicted) != len(counts):
            raise ValueError(f"predicted has {len(predicted)} categories, measured {len(counts)}")
        trials = sum(counts)
        level = alarm_level() / len(counts)
        chances = [min(1.0, max(0.0, float(p))) for p in predicted]
        tails = (min(binom.cdf(k, trials, p), binom.sf(k - 1, trials, p)) for k, p in zip(counts, chances, strict=True))
        return any(2 * tail < level for tail in tails)

    @staticmethod
    def _mean_is_off(predicted: Any, measured: Mapping[str, Any]) -> bool:
        """Two-sided Student t test of a sample mean at the level."""
        from scipy.stats import t

        if set(measured) != {"mean", "standard_error", "samples"}:
            raise ValueError(f"a mean is {{mean, standard_error, samples}}, got the keys {sorted(measured)}")
        reach = float(t.isf(alarm_level() / 2, measured["samples"] - 1)) * float(measured["standard_error"])
        ulps = 2**-50 * max(abs(float(predicted)), abs(float(measured["mean"])))
        return abs(float(predicted) - float(measured["mean"])) > reach + ulps


def drawn_from() -> Agreement:
    """The measurement is a sample of the predicted law, tested at the fixed level of :func:`alarm_level`.

    Either a list of counts against a list of probabilities, or {mean, standard_error, samples} against a number.
    """
    return _DrawnFrom()
