"""``import attest`` notices a ``theory`` or ``numerics`` on the path that is not ours, without importing it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from attest import _origin
from attest.errors import OriginError

ROOT = Path(__file__).parents[2]
OURS = '__distribution__ = "attest-attention"\n'


def imported(path: Path) -> subprocess.CompletedProcess[str]:
    """``import attest`` in a fresh process with *path* at the head of the import path."""
    env = {**os.environ, "PYTHONPATH": str(path)}
    command = [sys.executable, "-c", "import attest; print('imported')"]
    return subprocess.run(command, cwd=path, env=env, capture_output=True, text=True, timeout=60)


def plant(folder: Path, name: str, source: str) -> Path:
    (folder / name).mkdir(parents=True)
    file = folder / name / "__init__.py"
    file.write_text(source)
    return file


def test_our_own_wings_are_accepted() -> None:
    _origin.check_origin()


@pytest.mark.parametrize("name", ["theory", "numerics"])
@pytest.mark.parametrize(
    "source",
    ["VERSION = 1\n", OURS, "this is no Python", "if True:\n    " + OURS],
    ids=["foreign", "copy", "broken", "hidden"],
)
def test_a_foreign_wing_is_named_with_the_remedies(name: str, source: str, tmp_path: Path) -> None:
    file = plant(tmp_path, name, source)
    done = imported(tmp_path)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "OriginError" in last
    for told in (
        str(file),
        f"not the {name} of attest",
        "import path",
        "fresh virtual environment",
        "--force-reinstall",
    ):
        assert told in last


def test_a_foreign_wing_is_not_run(tmp_path: Path) -> None:
    plant(tmp_path, "numerics", "raise SystemExit('ran')\n")
    done = imported(tmp_path)
    assert "OriginError" in done.stderr
    assert "ran" not in (done.stdout + done.stderr).split()


def test_a_folder_without_init_does_not_hide_our_wing(tmp_path: Path) -> None:
    (tmp_path / "numerics").mkdir()
    done = imported(tmp_path)
    assert done.stdout == "imported\n", done.stderr


def test_a_wing_that_lost_its_mark_is_refused(tmp_path: Path) -> None:
    for package in ("theory", "numerics", "attest"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    assert imported(tmp_path).stdout == "imported\n"
    (tmp_path / "theory" / "__init__.py").write_text("")
    done = imported(tmp_path)
    assert "OriginError" in done.stderr
    assert str(tmp_path / "theory") in done.stderr


def test_a_missing_wing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(OriginError, match="`import theory` finds nothing"):
        _origin.check_origin()
