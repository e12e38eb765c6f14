"""Notebooks are pairs: the script that one reviews, and the same cells for plain Jupyter, without outputs."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SUBJECTS = ("capacity", "gradients", "dynamics", "sparsity")
SCRIPTS = sorted((ROOT / "notebooks").glob("*.py"))
REMEDY = "`jupytext --sync notebooks/*.py` brings a pair together; outputs are not committed"


def script_cells(text: str) -> list[tuple[str, str]]:
    """Kind and source of the cells of a script in percent format."""
    cells = []
    for part in re.split(r"^# %%", text, flags=re.M)[1:]:
        first, _, body = part.partition("\n")
        markdown = first.strip() == "[markdown]"
        lines = body.strip("\n").splitlines()
        source = [re.sub(r"^# ?", "", line) for line in lines] if markdown else lines
        cells.append(("markdown" if markdown else "code", "\n".join(source)))
    return cells


def notebook(script: Path) -> dict[str, Any]:
    return dict(json.loads(script.with_suffix(".ipynb").read_text(encoding="utf-8")))


def test_there_is_one_for_each_subject_and_two_to_begin_with() -> None:
    assert {script.stem for script in SCRIPTS} == {"quickstart", "your_claim", *SUBJECTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_both_of_a_pair_hold_the_same_cells(script: Path) -> None:
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook(script)["cells"]]
    assert cells == script_cells(script.read_text(encoding="utf-8")), REMEDY


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_no_output_is_committed(script: Path) -> None:
    code = [cell for cell in notebook(script)["cells"] if cell["cell_type"] == "code"]
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"]] == [], REMEDY


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_it_ends_in_an_assertion(script: Path) -> None:
    kind, last = script_cells(script.read_text(encoding="utf-8"))[-1]
    assert kind == "code"
    assert isinstance(ast.parse(last).body[-1], ast.Assert)
