"""The page in headless Chromium, as a reader meets it: by keyboard, on a phone, in the dark, on paper."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from attest._judge import Finding
from attest.report.html import page, write_page

if shutil.which("chromium") is None:
    pytest.skip("no chromium on the path, so the page is not looked at in a browser", allow_module_level=True)

CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || ["SCRIPT", "STYLE", "title"].includes(node.tagName)) continue;
    const style = getComputedStyle(node), svg = node.namespaceURI.endsWith("svg");
    const [a, b] = [light(parse(svg ? style.fill : style.color)), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05), name = node.tagName + "." + (node.getAttribute("class") ?? "");
    if (!(found.get(name) <= ratio)) found.set(name, ratio);
  }
  return Object.fromEntries(found);
}"""


class Reader:
    """A page in a window of some width, with all that it complains of and asks for."""

    def __init__(self, browser: Any, file: Path, **options: Any) -> None:
        self.page = browser.new_page(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())

    def visible(self) -> list[str]:
        """Ids of the claims that the table shows."""
        links = self.page.locator("table.claims tbody tr:visible th a").all()
        return [link.get_attribute("href").removeprefix("#") for link in links]


@pytest.fixture(scope="module")
def file(shown: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(shown, encoding="utf-8")
    return path


@pytest.fixture
def reader(browser: Any, file: Path) -> Iterator[Reader]:
    made = Reader(browser, file)
    yield made
    made.page.close()


def test_nothing_is_requested_and_nothing_complained_of(reader: Reader, file: Path) -> None:
    reader.page.wait_for_load_state("networkidle")
    assert reader.complaints == []
    assert reader.requests == [file.as_uri()]


def test_search_and_filters_work_by_keyboard_alone(reader: Reader) -> None:
    everything = reader.visible()
    for _ in range(40):
        if reader.page.evaluate("document.activeElement.id") == "q":
            break
        reader.page.keyboard.press("Tab")
    reader.page.keyboard.type("wrong n & m")
    assert reader.visible() == ["demo2020.wrong-statement"]
    assert reader.page.locator("#shown").inner_text() == f"1 of {len(everything)} claims"
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.press("Delete")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.id") == "paper"
    reader.page.keyboard.press("d")  # one key: a list forgets the letters before it after a second
    assert reader.visible() == [name for name in everything if name.startswith("demo2020")]
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("n")
    assert reader.visible() == ["demo2020.limit"]
    for _ in range(2):
        reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    text = f"{len(everything)} of {len(everything)} claims"  # a form is empty only after its reset was told
    reader.page.wait_for_function("text => document.getElementById('shown').textContent === text", arg=text)
    assert reader.visible() == everything


def test_a_node_of_the_graph_leads_to_its_claim(reader: Reader) -> None:
    reader.page.locator("#graph a.node", has_text="bound").click()
    reader.page.wait_for_function("location.hash === '#demo2020.bound'")  # a click is told before it is followed
    heading = reader.page.locator("[id='h-demo2020.bound']")
    assert 0 <= heading.bounding_box()["y"] < 900


def test_formulas_are_laid_out_as_formulas(reader: Reader) -> None:
    reader.page.locator(".formula math").first.scroll_into_view_if_needed()
    sizes = reader.page.evaluate(
        """() => [...document.querySelectorAll(".formula math")].map((m) => [m, m.querySelector("munderover, mfrac")]
             .map((e) => e.getBoundingClientRect().height)
             .concat(parseFloat(getComputedStyle(m).fontSize)))"""
    )
    assert sizes
    for formula, stacked, letter in sizes:
        assert formula >= stacked > 1.5 * letter > 0


@pytest.mark.parametrize("width", [320, 400, 1280])
def test_the_page_itself_never_scrolls_sideways(browser: Any, file: Path, width: int) -> None:
    reader = Reader(browser, file, viewport={"width": width, "height": 800})
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    assert reader.page.locator("table.claims tbody th a").first.is_visible()
    reader.page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(browser: Any, file: Path, scheme: str) -> None:
    reader = Reader(browser, file, color_scheme=scheme)
    background = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")
    found = reader.page.evaluate(CONTRAST)
    assert len(found) > 20
    assert {name: ratio for name, ratio in found.items() if ratio < 4.5} == {}
    reader.page.close()


def test_on_paper_controls_go_and_derivations_open(reader: Reader) -> None:
    assert reader.page.locator("#filters").is_visible()
    reader.page.emulate_media(media="print", color_scheme="dark")
    assert not reader.page.locator("#filters").is_visible()
    assert not reader.page.locator(".top").is_visible()
    assert reader.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert reader.page.locator("details li").first.bounding_box()["height"] > 0


def test_without_script_the_whole_table_stands(browser: Any, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(file.as_uri())
    assert plain.locator("table.claims tbody tr:visible").count() == 9
    assert not plain.locator("#filters").is_visible()
    context.close()


def test_all_claims_there_are_load_within_two_seconds_of_work(
    browser: Any, everything: Mapping[str, Finding], tmp_path: Path
) -> None:
    write_page(tmp_path / "all.html", everything)
    view = browser.new_page(viewport={"width": 400, "height": 800})
    session = view.context.new_cdp_session(view)
    session.send(
        "Performance.enable", {"timeDomain": "threadTicks"}
    )  # of the page's own work, however busy the machine
    view.goto((tmp_path / "all.html").as_uri())
    work = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
    assert 0 < work["TaskDuration"] < 2
    view.close()
    assert page(everything).count('<section class="claim"') == len(everything)
