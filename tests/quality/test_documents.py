"""Documents agree with the code that they speak of: symbols, citations, versions."""

import ast
import doctest
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # publishes no types

ROOT = Path(__file__).parents[2]
SUBJECTS = ("capacity", "gradients", "dynamics", "sparsity")


def names_in_code(subject: str) -> set[str]:
    """Arguments, fields, functions and classes of both wings' modules of a subject, and the declared symbols."""
    found: set[str] = set()
    files = [f for wing in ("theory", "numerics") for f in (ROOT / wing / subject).glob("*.py")]
    for file in (*files, ROOT / "theory" / "symbols.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            if isinstance(node, ast.arg):
                found.add(node.arg)
            if isinstance(node, ast.AnnAssign | ast.Assign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def rows(subject: str) -> list[list[str]]:
    text = (ROOT / "docs" / "notation.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {subject.capitalize()}\n")[2].partition("\n## ")[0]
    table = [re.split(r"(?<!\\)\|", line)[1:-1] for line in section.splitlines() if line.startswith("|")]
    return table[2:]  # without heading and rule


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_name_in_the_notation_is_one_of_the_code(subject: str) -> None:
    table, known = rows(subject), names_in_code(subject)
    assert table
    assert all(len(row) == 3 for row in table)
    named = {name for _, code, meaning in table for name in re.findall(r"`(\w+)`", code + meaning)}
    assert named - known == set()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_symbol_of_a_subject_has_two_meanings(subject: str) -> None:
    symbols = [name.strip() for first, _, _ in rows(subject) for name in first.partition("=")[0].split(",")]
    symbols = [name for name in symbols if name not in ("–", "κ") and len(name) < 4]
    assert len(symbols) == len(set(symbols))


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.stem)
def test_the_examples_of_a_page_give_what_they_show(page: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {"__name__": "__main__"}, page.name, str(page), 0)
    assert all(block.startswith(">>> ") for block in blocks)
    assert doctest.DocTestRunner().run(example).failed == 0


def citation() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8")))


def test_the_citation_is_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = citation()
    assert {key: cited[key] for key in ("version", "license")} == {key: project[key] for key in ("version", "license")}
    assert cited["authors"] == project["authors"]
    assert "The attest contributors" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_four_papers_are_cited_as_their_claims_cite_them() -> None:
    from attest import all_claims

    papers = {paper.arxiv: paper for paper in (claim.paper for claim in all_claims()) if paper.arxiv}
    cited = {entry["identifiers"][0]["value"].removeprefix("arXiv:"): entry for entry in citation()["references"]}
    assert len(cited) == 4
    for arxiv in cited.keys() & papers.keys():
        assert cited[arxiv]["title"] == papers[arxiv].title
        assert cited[arxiv]["year"] == papers[arxiv].year
        families = [author["family-names"] for author in cited[arxiv]["authors"]]
        assert [re.split(r"[, ]", a)[0] if "," in a else a.split()[-1] for a in papers[arxiv].authors] == families


def test_contributing_stays_within_forty_lines() -> None:
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 40


def test_the_project_names_no_machine() -> None:
    """Nothing that is read or run elsewhere may hold a path or host of where it was written."""
    folders = ("theory", "numerics", "attest", "docs", ".ci", ".")
    files = {f for name in folders for f in (ROOT / name).glob("*" if name == "." else "**/*") if f.is_file()}
    read = [f for f in files if f.suffix in (".py", ".md", ".txt", ".toml", ".cff") or f.parent.name == ".ci"]
    texts = {f.relative_to(ROOT).as_posix(): f.read_text(encoding="utf-8") for f in read}
    pattern = re.compile(r"(?<![\w.~])/(?:home|root|work|opt|tmp|Users)/\w")
    assert [name for name, text in texts.items() if pattern.search(text)] == []
