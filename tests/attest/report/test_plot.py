"""What is drawn: values at their places on every kind of axis, rivals apart, nothing where nothing is a number."""

import math
import re
from collections.abc import Mapping
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from attest._judge import Finding
from attest.report.html.axes import axis_for, log10, log_axis
from attest.report.html.graph import edges_of, neighbourhood, whole_graph
from attest.report.html.plot import HEIGHT, WIDTH, plot_of
from attest.report.html.points import MOST, points_of, rival_points


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2, 3], "linear"),
        ([-4.0, 5.0], "linear"),
        ([0, 0.0], "linear"),
        ([7], "linear"),
        ([1e-300, 1.0], "log"),
        ([Fraction(1, 3), 10**400], "log"),
        ([0, 1, 10**6], "both"),
        ([-1e9, 1e-9, 3.0], "both"),
        ([-(10**400), 10**399], "both"),
    ],
)
def test_an_axis_holds_its_values_in_order_with_marks_between(values: list[float], kind: str) -> None:
    axis = axis_for(values)
    assert axis.kind == kind
    places = [axis.place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert 0 < places[0] <= places[-1] < 1
    ticks = axis.ticks()
    assert 1 <= len(ticks) <= 7
    assert all(-0.01 <= place <= 1.01 for place, _ in ticks)


def test_marks_stand_where_their_labels_say() -> None:
    axis = axis_for([0, 40])
    assert [(label, round(axis.place(float(label)) - place, 9)) for place, label in axis.ticks()] == [
        (label, 0) for label in ("0", "10", "20", "30", "40")
    ]
    powers = {label: place for place, label in log_axis([1, 10**6]).ticks()}
    assert powers["10⁴"] == pytest.approx(log_axis([1, 10**6]).place(10**4))


def test_logarithms_reach_beyond_floats() -> None:
    assert log10(10**500) == pytest.approx(500)
    assert log10(Fraction(1, 10**500)) == pytest.approx(-500)
    assert log10(0.5) == math.log10(0.5)


def marks(svg: str, kind: str) -> list[ElementTree.Element]:
    return [e for e in ElementTree.fromstring(svg).iter() if e.get("class") == kind]


def test_what_agrees_lies_on_the_diagonal_and_a_rival_beside_it(findings: Mapping[str, Finding]) -> None:
    svg, caption = plot_of(findings["demo2020.exact"])
    (line,) = marks(svg, "diagonal")
    x0, y0, x1, y1 = map(float, re.findall(r"[\d.]+", line.get("d", "")))
    circles = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in marks(svg, "agrees")]
    assert len(circles) == 3
    for x, y in circles:
        assert y == pytest.approx(y0 + (x - x0) * (y1 - y0) / (x1 - x0), abs=0.2)
    assert len(marks(svg, "rival")) == 2
    assert "all in cases that agree" in caption
    assert "Logarithmic" in caption


def test_a_contradiction_is_marked_and_a_bound_shows_what_it_forbids(findings: Mapping[str, Finding]) -> None:
    assert len(marks(plot_of(findings["demo2020.wrong-statement"])[0], "contradicts")) == 2
    svg, caption = plot_of(findings["demo2020.bound"])
    assert len(marks(svg, "region")) == 1
    assert "An upper bound" in caption
    assert not marks(plot_of(findings["demo2020.exact"])[0], "region")


def test_ladders_are_drawn_with_the_slope_they_are_said_to_have(findings: Mapping[str, Finding]) -> None:
    svg, caption = plot_of(findings["demo2020.ladder"])
    assert len(marks(svg, "agrees")) == 5
    assert "predicted slope 2" in caption


def test_counts_of_a_law_are_drawn_as_shares(findings: Mapping[str, Finding]) -> None:
    points, _ = points_of(findings["demo2020.law"])
    assert all(float(p.measured) == pytest.approx(0.5, abs=1e-3) for p in points)


def test_words_and_limits_are_not_drawn(findings: Mapping[str, Finding]) -> None:
    assert plot_of(findings["demo2020.words"]) == ("", "")
    assert plot_of(findings["demo2020.limit"]) == ("", "")


def test_many_numbers_are_thinned_and_the_caption_says_so(findings: Mapping[str, Finding]) -> None:
    points, count = points_of(findings["demo2020.many"])
    assert len(points) <= MOST < count == 2000
    assert f"{len(points)} of 2000 numbers drawn" in plot_of(findings["demo2020.many"])[1]
    (rival,) = rival_points(findings["demo2020.many"])
    assert rival.measured == pytest.approx(1999e-9)


def test_every_drawing_is_well_formed_and_stays_within_its_frame(findings: Mapping[str, Finding]) -> None:
    for finding in findings.values():
        svg, _ = plot_of(finding)
        for circle in marks(svg, "agrees") if svg else ():
            assert 0 < float(circle.get("cx", "")) < WIDTH
            assert 0 < float(circle.get("cy", "")) < HEIGHT


def test_the_graph_has_each_leaning_claim_once_and_a_line_for_each_lean(findings: Mapping[str, Finding]) -> None:
    root = ElementTree.fromstring(whole_graph(findings))
    links = sorted(str(e.get("href")) for e in root.iter("a"))
    assert links == [f"#demo2020.{tag}" for tag in ("bound", "exact", "limit", "wrong-statement")]
    assert sorted(str(e.get("class")) for e in root.iter("path")) == ["corrected", "finite", "finite", "rests"]
    assert whole_graph({"demo2020.words": findings["demo2020.words"]}) == ""


def test_a_neighbourhood_shows_both_sides_and_does_not_link_to_itself(findings: Mapping[str, Finding]) -> None:
    edges = edges_of(finding.claim for finding in findings.values())
    root = ElementTree.fromstring(neighbourhood("demo2020.bound", findings, edges))
    assert [e.get("href") for e in root.iter("a")] == ["#demo2020.exact", "#demo2020.limit"]
    assert neighbourhood("demo2020.words", findings, edges) == ""
