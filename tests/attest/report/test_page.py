"""The page as text: complete, offline, small, with headings, tables and names that a screen reader can use."""

import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.dom import minidom

import pytest

from attest import all_claims
from attest._judge import Finding, judge_all
from attest.bounds._calculator import CATALOGUE
from attest.report.html import page, write_page
from attest.report.html.formula import mathml_of
from attest.report.html.inline import with_formulas

VOID = {"meta", "link", "input", "br", "wbr"}


class Outline(HTMLParser):
    """Elements with their attributes, in order, and a complaint for each tag that is not closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def outline(shown: str) -> Outline:
    return Outline(shown)


def section(shown: str, name: str) -> str:
    found = re.search(rf'<section class="claim" id="{re.escape(name)}".*?</section>', shown, re.S)
    assert found
    return found.group()


def test_the_page_is_well_formed_and_asks_for_nothing(outline: Outline, shown: str) -> None:
    assert outline.unbalanced == []
    assert "http" not in shown.replace("http-equiv", "")
    assert not re.search(r"@import|url\(|<img|<iframe|fetch\(|XMLHttpRequest", shown)
    assert "default-src 'none'" in shown
    assert [a["href"] for a in outline.all("link")] == ["data:,"]


def test_every_link_leads_to_one_place_on_the_page(outline: Outline) -> None:
    places = Counter(attributes["id"] for _, attributes in outline.found if "id" in attributes)
    assert [name for name, count in places.items() if count > 1] == []
    assert [a["href"] for a in outline.all("a") if str(a["href"]).removeprefix("#") not in places] == []


def test_headings_descend_one_level_at_a_time(outline: Outline) -> None:
    levels = [int(tag[1]) for tag, _ in outline.found if re.fullmatch(r"h\d", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_their_headers_a_scope(outline: Outline) -> None:
    assert len(outline.all("table")) == len(outline.all("caption")) > 3
    assert all(cell.get("scope") in ("col", "row") for cell in outline.all("th"))


def test_every_drawing_formula_and_scrolled_region_has_a_name(outline: Outline) -> None:
    for drawing in outline.all("svg"):
        assert drawing.get("aria-hidden") == "true" or (drawing["role"] and drawing["aria-label"])
    for region in [a for a in outline.all("div") if a.get("role") == "region"] + outline.all("math"):
        assert region["aria-label"]
    assert all(a["tabindex"] == "0" for a in outline.all("div") if a.get("class") == "wide")


def test_a_claims_section_tells_source_verdict_rivals_and_how_to_run_it_again(shown: str) -> None:
    exact = section(shown, "demo2020.exact")
    assert "Demo &amp; Other (2020), p. 1" in exact
    assert re.search(r'class="chip v-SUPPORTED">supported<', exact)
    assert re.search(r">one number more \(near\)</th><td>n=1</td><td>4</td><td>1</td>", exact)
    assert "<code>attest run demo2020.exact --seed 0 --fresh</code>" in exact
    assert "checked, 1 step" in exact
    assert "x &lt; y &amp; z (identity)" in exact
    assert '<math display="block" aria-label="x &lt; y &amp; z"><mi>x</mi></math>' in exact
    assert "n = 1, 2, 300 (3 cases)" in exact


def test_a_refuted_claim_shows_its_smallest_counterexample_and_what_is_true_instead(shown: str) -> None:
    wrong = section(shown, "demo2020.wrong-statement")
    assert "n=7: predicted [7, 7], measured [7, 8]" in wrong
    assert 'href="#demo2020.exact"' in wrong


def test_a_statement_about_a_limit_names_the_claims_that_carry_its_content(shown: str) -> None:
    limit = section(shown, "demo2020.limit")
    assert "attest run demo2020.exact" in limit
    assert 'href="#demo2020.bound"' in limit


def test_a_formula_that_theory_states_stands_in_mathml_with_its_hypotheses(shown: str) -> None:
    stated = section(shown, "baldi2022.C12-parameters")
    assert "<munderover>" in stated
    assert "attest bound parameter_count" in stated
    assert "degree of the polynomial threshold functions (degree): an integer &gt;= 0" in stated
    assert "<math" not in section(shown, "demo2020.words")


@pytest.mark.parametrize(
    ("says", "formulas"),
    [
        ("at most T(n-1)^2 <= |C| of them", ["T(n-1)^2 <= |C|"]),
        ("a gate of n inputs, and of n - 1, has T(n; d) sisters", ["n - 1", "T(n; d)"]),
        ("2 sum_{k<D} C(m, k): log2 T(n) for nu = 1/2.", ["2 sum_{k<D} C(m, k)", "log2 T(n)", "nu = 1/2"]),
        ("one row in ten, or -1/+1 values (n = 4 was", []),
    ],
)  # fmt: skip
def test_formulas_in_a_sentence_are_found_and_the_words_around_them_kept(says: str, formulas: list[str]) -> None:
    shown = with_formulas(says)
    assert re.findall(r'<math aria-label="(.*?)">', shown.replace("&lt;", "<").replace("&gt;", ">")) == formulas
    rest = says
    for formula in formulas:
        rest = rest.replace(formula, "", 1)
    assert re.sub(r"<math.*?</math>", "", shown) == rest


def test_a_formula_in_a_sentence_has_scripts_roots_and_signs() -> None:
    assert with_formulas("x_{k+1}^-n").endswith(
        "<msubsup><mi>x</mi><mrow><mrow><mi>k</mi><mo>+</mo><mn>1</mn></mrow></mrow>"
        "<mrow><mo>−</mo><mi>n</mi></mrow></msubsup></math>"
    )
    assert "<mn>2</mn><mspace" in with_formulas("2 4^n")
    assert "<msqrt>" in with_formulas("a <= sqrt(2)") and "<mo>≤</mo>" in with_formulas("a <= sqrt(2)")


def test_every_statement_of_the_registry_stays_well_formed_and_keeps_its_figures() -> None:
    for claim in all_claims():
        shown = with_formulas(claim.says)
        assert minidom.parseString(f"<p>{shown}</p>").documentElement.tagName == "p"
        text = re.sub("<.*?>", "", shown)
        assert sorted(re.findall(r"\d", text)) == sorted(re.findall(r"\d", claim.says)), claim.says


def test_claims_of_one_derivation_show_its_formulas_once(findings: Mapping[str, Finding]) -> None:
    exact, bound = findings["demo2020.exact"], findings["demo2020.bound"]
    bare = replace(exact, steps=tuple({k: v for k, v in step.items() if k != "formula"} for step in exact.steps))
    shown = page({"demo2020.exact": exact, "demo2020.bound": replace(bound, steps=exact.steps)})
    assert "<math" in section(shown, "demo2020.exact")
    assert '<a href="#demo2020.exact">demo2020.exact</a>' in section(shown, "demo2020.bound").partition("Formulas:")[2]
    assert "<math" not in section(shown, "demo2020.bound")
    older = section(page({"demo2020.exact": bare}), "demo2020.exact")  # a row made before formulas were kept
    assert "x &lt; y &amp; z (identity)" in older and "<math" not in older


def test_a_verdict_that_was_not_declared_is_said_at_the_top(findings: Mapping[str, Finding]) -> None:
    assert 'class="alarm"' not in page({k: f for k, f in findings.items() if f.as_declared and k != "demo2020.exact"})
    stale = replace(findings["demo2020.exact"], stale=True)
    assert "(supported (stale))" in page({**findings, "demo2020.exact": stale}).lower()


def test_a_ledger_without_rows_is_a_page_too(findings: Mapping[str, Finding]) -> None:
    empty = judge_all([finding.claim for finding in findings.values()], [])
    assert 'class="alarm"' not in page(empty)
    assert f"{len(empty) - 1} claims have no measurement yet" in page(empty)  # one is about a limit
    assert "Nothing was measured" in page(empty)
    assert Outline(page(empty)).unbalanced == []


def test_all_claims_there_are_make_a_small_page_in_short_time(
    findings: Mapping[str, Finding], everything: Mapping[str, Finding]
) -> None:
    page(findings)  # whatever is loaded once
    began = time.process_time()
    text = page(everything)
    assert time.process_time() - began < 2
    assert len(text.encode()) < 3_000_000
    assert len(everything) > 200
    assert all(f'id="{name}"' in text for name in everything)


def test_a_page_is_written_whole_or_not_at_all(findings: Mapping[str, Finding], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("older")
    with pytest.raises(AttributeError):
        write_page(path, {"broken": None})  # type: ignore[dict-item]
    assert path.read_text() == "older"
    write_page(path, findings)
    assert path.read_text() == page(findings)
    assert list(tmp_path.iterdir()) == [path]


def test_no_formula_shows_the_grouping_or_the_names_of_the_program_that_wrote_it() -> None:
    formulas = {name: mathml_of(name) for name in CATALOGUE}
    shown = {name: re.findall(r"<m[a-z]+>([^<]+)<", text) for name, text in formulas.items()}
    assert [n for n, leaves in shown.items() if any(re.search(r".[{}]|piecewise", leaf) for leaf in leaves)] == []
    assert "<mtext>otherwise</mtext>" in formulas["null_probability"]
