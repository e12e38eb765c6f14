"""Predicted against measured, as inline SVG: a diagonal that a true statement lies on, and the rivals beside it."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from attest._agreement import Answer
from attest._judge import Finding
from attest.report.html.axes import Axis, axis_for, log10, log_axis
from attest.report.html.points import Point, RivalPoint, points_of, rival_points
from attest.report.html.svg import element, number, picture, text, title

WIDTH, HEIGHT = 360, 290
LEFT, RIGHT, TOP, BOTTOM = 58, 10, 10, 44
Place = Callable[[Any], float]


def plot_of(finding: Finding) -> tuple[str, str]:
    """(SVG, caption) of a finding; two empty texts where nothing numerical was compared."""
    agreement = finding.claim.agrees
    if agreement is None:
        return "", ""
    if agreement.weighs_alternatives:
        return _ladders(finding)
    points, count = points_of(finding)
    rivals = rival_points(finding)
    return _scatter(finding, points, count, rivals) if points else ("", "")


def _scatter(finding: Finding, points: list[Point], count: int, rivals: list[RivalPoint]) -> tuple[str, str]:
    assert finding.claim.agrees is not None
    # Both axes are one, so that the diagonal is "predicted = measured"; a rival far away stands at the edge.
    axis = axis_for([v for p in points for v in (p.predicted, p.measured)])
    across, up = _across(axis), _up(axis)
    ends = (across(0.0), up(0.0), across(1.0), up(1.0))
    parts = [_region(finding.claim.agrees.bound), _frame(axis, axis, "predicted", "measured")]
    parts.append(element("path", d=f"M{_xy(*ends[:2])}L{_xy(*ends[2:])}", class_="diagonal"))
    met: dict[tuple[int, int], list[RivalPoint]] = {}
    for rival in rivals:
        place = (across(_within(axis, rival.predicted)), up(_within(axis, rival.measured)))
        met.setdefault((round(place[0] / 6), round(place[1] / 6)), []).append(rival)
        parts.append(_diamond(rival, *place))
    parts += [_numbers(group, 6.0 * column, 6.0 * row) for (column, row), group in met.items()]
    few = len(points) <= 40
    for p in points:
        x, y = across(axis.place(p.predicted)), up(axis.place(p.measured))
        if p.half:
            low, high = (up(_within(axis, Fraction(p.measured) + sign * Fraction(p.half))) for sign in (-1, 1))
            parts.append(element("path", d=f"M{_xy(x, low)}V{number(high)}", class_="half"))
        parts.append(_mark(p, x, y, few))
    answers = {word: sum(p.answer is word for p in points) for word in Answer}
    shown = f"{len(points)} of {count} numbers drawn" if len(points) < count else f"{count} numbers"
    counted = ", ".join(f"{n if n < len(points) else 'all'} {_ANSWERS[word]}" for word, n in answers.items() if n)
    says = f"{finding.claim.id}: measured against predicted, {shown}, {counted}."
    caption = f"{shown}, {counted}. {_AXES[axis.kind]}{_REGION[finding.claim.agrees.bound]}"
    caption += " ◇ what a rival, by its number below, predicts where it is contradicted." if rivals else ""
    return _drawn(parts, says), caption


_ANSWERS = {
    Answer.AGREES: "in cases that agree (●)",
    Answer.CONTRADICTS: "in cases that contradict (✕)",
    Answer.CANNOT_TELL: "too coarse to tell (○)",
}
_AXES = {"linear": "", "log": "Logarithmic. ", "both": "Logarithmic on both sides of zero. "}
_REGION = {
    0: "On the diagonal both are equal.",
    1: "An upper bound: points in the shaded half would contradict it, those on the diagonal attain it.",
    -1: "A lower bound: points in the shaded half would contradict it, those on the diagonal attain it.",
}


def _ladders(finding: Finding) -> tuple[str, str]:
    """Sizes against values on logarithmic axes, with the predicted slope through the last rung of each ladder."""
    ladders = [
        (r.predicted, [(rung[0], rung[1]) for rung in r.row.value])
        for r in finding.cases
        if r.predicted is not None
        and isinstance(r.row.value, list)
        and all(v > 0 for rung in r.row.value for v in rung[:2])
    ]
    if not ladders:
        return "", ""
    sizes = log_axis(size for _, rungs in ladders for size, _ in rungs)
    values = log_axis(value for _, rungs in ladders for _, value in rungs)
    across, up = _across(sizes), _up(values)
    parts = [_frame(sizes, values, "size", "measured")]
    for slope, rungs in ladders:
        end_x, end_y = (log10(v) for v in rungs[-1])
        line = []
        for size in (rungs[0][0], rungs[-1][0]):
            height = (end_y + float(slope) * (log10(size) - end_x) - values.low) / (values.high - values.low)
            line.append(_xy(across(sizes.place(size)), up(min(1.0, max(0.0, height)))))
        parts.append(element("path", d=f"M{'L'.join(line)}", class_="diagonal"))
        parts += [
            element("circle", cx=across(sizes.place(s)), cy=up(values.place(v)), r=3, class_="agrees") for s, v in rungs
        ]
    slopes = ", ".join(sorted({str(slope) for slope, _ in ladders}))
    says = f"{finding.claim.id}: {len(ladders)} ladders of sizes, with lines of the predicted slope {slopes}."
    caption = f"Measured values (●) as the size grows, and the predicted slope {slopes} through the last (line)."
    return _drawn(parts, says), f"{caption} Logarithmic axes."


def _drawn(parts: Iterable[str], says: str) -> str:
    return picture(*parts, width=WIDTH, height=HEIGHT, says=says, class_="plot")


def _across(axis: Axis) -> Callable[[float], float]:
    return lambda place: LEFT + place * (WIDTH - LEFT - RIGHT)


def _up(axis: Axis) -> Callable[[float], float]:
    return lambda place: HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM)


def _within(axis: Axis, value: Any) -> float:
    """The place of a value, or the edge where it lies beyond the axis."""
    if axis.kind == "log" and value <= 0:
        return 0.0
    return min(1.0, max(0.0, axis.place(value)))


def _xy(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def _region(bound: int) -> str:
    if not bound:
        return ""
    left, right, top, bottom = LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM
    corner = f"{left} {top}" if bound > 0 else f"{right} {bottom}"
    return element("path", d=f"M{left} {bottom}L{right} {top}L{corner}Z", class_="region")


def _frame(x: Axis, y: Axis, under: str, beside: str) -> str:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts, grid = [], []
    for place, label in x.ticks():
        at = LEFT + place * (right - LEFT)
        grid.append(f"M{_xy(at, bottom)}V{TOP}")
        parts.append(text(label, at, bottom + 15, "across"))
    for place, label in y.ticks():
        at = bottom - place * (bottom - TOP)
        grid.append(f"M{_xy(LEFT, at)}H{right}")
        parts.append(text(label, LEFT - 5, at + 4, "up"))
    parts.append(text(under, (LEFT + right) / 2, HEIGHT - 8, "across name"))
    parts.append(text(beside, 0.0, 0.0, "across name", transform=f"translate(12 {(TOP + bottom) // 2}) rotate(-90)"))
    return element("path", d="".join(grid), class_="grid") + "".join(parts)


def _mark(point: Point, x: float, y: float, tell: bool) -> str:
    inside = title(point.says) if tell else ""
    if point.answer is Answer.CONTRADICTS:
        return element("path", inside, d=f"M{_xy(x - 4, y - 4)}l8 8m0 -8l-8 8", class_="contradicts")
    kind = "agrees" if point.answer is Answer.AGREES else "open"
    return element("circle", inside, cx=x, cy=y, r=3.2, class_=kind)


def _diamond(rival: RivalPoint, x: float, y: float) -> str:
    return element("path", title(rival.says), d=f"M{_xy(x, y - 5)}l5 5l-5 5l-5 -5Z", class_="rival")


def _numbers(rivals: list[RivalPoint], x: float, y: float) -> str:
    """The numbers of rivals that stand at one place, on the side where there is room."""
    label = ",".join(str(rival.number) for rival in rivals)
    side = "number" if x < WIDTH - RIGHT - 8 - 6 * len(label) else "number left"
    return text(label, x + 8 if side == "number" else x - 8, max(TOP + 9.0, y + 4), side)
