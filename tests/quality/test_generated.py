"""What documents say of verdicts is generated, and links between pages are checked: no verdict is typed by hand."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from attest import all_claims

ROOT = Path(__file__).parents[2]
EXTENSIONS = ROOT / "docs" / "_ext"


def extension(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{name}", EXTENSIONS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def ledger() -> ModuleType:
    return extension("ledger")


def test_the_readme_shows_the_recorded_verdicts(ledger: ModuleType) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = ledger.tally_table(all_claims(), ledger.recorded())
    assert ledger.with_table(text, table) == text, "`python docs/readme.py` writes the table of ledger/verdicts.json"


def test_a_changed_verdict_changes_the_table(ledger: ModuleType) -> None:
    verdicts = ledger.recorded()
    name = next(name for name, entry in verdicts.items() if entry["verdict"] == "SUPPORTED")
    changed = {**verdicts, name: {**verdicts[name], "verdict": "ERRED"}}
    assert ledger.tally_table(all_claims(), changed) != ledger.tally_table(all_claims(), verdicts)
    assert "ERRED" in ledger.tally_table(all_claims(), changed)


def test_a_text_without_marks_is_refused(ledger: ModuleType) -> None:
    with pytest.raises(ValueError, match="has no '<!-- verdicts"):
        ledger.with_table("no marks here", "| table |")


def test_the_page_of_a_paper_has_every_claim_with_its_verdict_and_rivals(ledger: ModuleType) -> None:
    verdicts = ledger.recorded()
    for key in ("kerg2020", "baldi2022", "lu2021", "zhang2021", "cover1965"):
        page = ledger.paper_page(key, verdicts)
        sections = dict(re.findall(r"^### `(.+?)`\n(.*?)(?=^#|\Z)", page, re.S | re.M))
        assert set(sections) == {claim.id for claim in all_claims(key)}
        for claim in all_claims(key):
            said = ledger.word(verdicts[claim.id]["verdict"]) if claim.id in verdicts else "not recorded yet"
            assert f"**{said}**" in sections[claim.id]
            assert all(ledger.prose(rival) in sections[claim.id] for rival in claim.rivals or ())
            assert claim.corrected is None or f"(#{claim.corrected})" in sections[claim.id]


def test_a_link_that_leads_nowhere_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p id="here"></p><a href="#here"></a><a href="b.html#x"></a><a href="b.html"></a>'
    )
    (tmp_path / "b.html").write_text(
        '<a href="c.html"></a><a href="a.html#gone"></a><a href="https://example.org"></a>'
    )
    found = list(extension("links").broken_links(tmp_path))
    assert found == ["a.html: b.html#x", "b.html: c.html", "b.html: a.html#gone"]
