"""The numbers of a finding that can be drawn: predicted beside measured, leaf by leaf."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from attest._agreement import Answer
from attest._judge import CaseResult, Finding
from attest.report.html.axes import Number
from attest.report.words import case_text, value_text

MOST = 240  # marks in one plot; more are no longer seen apart


@dataclass(frozen=True)
class Point:
    """One number of one case; ``half`` is the half-width that the measurement states for itself."""

    predicted: Number
    measured: Number
    half: Number
    answer: Answer | None
    says: str


@dataclass(frozen=True)
class RivalPoint:
    """What a rival predicted where it is contradicted; ``number`` is its place in the table of rivals."""

    number: int
    predicted: Number
    measured: Number
    says: str


def points_of(finding: Finding) -> tuple[list[Point], int]:
    """Points to draw, thinned evenly where there are too many, and how many there are; contradictions all stay."""
    found = [point for result in (*finding.cases, *finding.control) for point in _points(finding, result)]
    if len(found) <= MOST:
        return found, len(found)
    stride = -(-len(found) // MOST)
    return [p for k, p in enumerate(found) if k % stride == 0 or p.answer is Answer.CONTRADICTS], len(found)


def rival_points(finding: Finding) -> list[RivalPoint]:
    """For each contradicted rival the number by which it was furthest off in its simplest contradiction."""
    found = []
    for number, (name, rival) in enumerate(finding.rivals.items(), 1):
        pairs = list(_pairs(finding, rival.contradicted_by)) if rival.contradicted_by else []
        if pairs:
            predicted, measured, _ = max(pairs, key=lambda pair: abs(Fraction(pair[0]) - Fraction(pair[1])))
            says = f"rival {number}, {name}: {value_text(predicted)} against {value_text(measured)}"
            found.append(RivalPoint(number, predicted, measured, says))
    return found


def _points(finding: Finding, result: CaseResult) -> Iterator[Point]:
    for predicted, measured, half in _pairs(finding, result):
        says = f"{case_text(result)}: predicted {value_text(predicted)}, measured {value_text(measured)}"
        yield Point(predicted, measured, half, result.answer, says)


def _pairs(finding: Finding, result: CaseResult) -> Iterator[tuple[Number, Number, Number]]:
    """Numbers that stand side by side; counts drawn from a law become shares, a mean brings its standard error."""
    statistical = finding.claim.agrees is not None and finding.claim.agrees.statistical
    predicted, measured, error = result.predicted, result.row.value, result.row.error
    if isinstance(measured, Mapping) and set(measured) == {"mean", "standard_error", "samples"}:
        measured, error = measured["mean"], measured["standard_error"]
    elif statistical and isinstance(measured, list) and sum(measured) > 0:
        measured = [Fraction(count, sum(measured)) for count in measured]
    yield from _leaves(predicted, measured, error)


def _leaves(predicted: Any, measured: Any, error: Any) -> Iterator[tuple[Number, Number, Number]]:
    if isinstance(predicted, Mapping) and isinstance(measured, Mapping):
        for key in predicted:
            if key in measured:
                yield from _leaves(
                    predicted[key], measured[key], error.get(key) if isinstance(error, Mapping) else error
                )
    elif isinstance(predicted, list) and isinstance(measured, list):
        errors = error if isinstance(error, list) else [error] * len(predicted)
        for triple in zip(predicted, measured, errors, strict=False):
            yield from _leaves(*triple)
    elif _is_number(predicted) and _is_number(measured):
        yield predicted, measured, error if _is_number(error) else 0


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)
