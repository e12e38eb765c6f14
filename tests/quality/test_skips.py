"""In CI a skip that nobody agreed to fails the run; elsewhere it is only reported."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SKIPPING = (
    "import pytest\n\ndef test_passes():\n    assert True\n\ndef test_skips():\n    pytest.skip('no such thing')\n"
)
MODULE = "import pytest\n\npytest.importorskip('no_such_module')\n"


LISTED = "tests/test_one.py::test_skips  # agreed\ntests/test_whole.py\n"


@pytest.mark.parametrize(
    ("ci", "allowed", "code", "options"),
    [
        ("true", "", 1, []),
        ("true", LISTED.partition("\n")[0], 1, []),
        ("true", LISTED, 0, ["-n", "1"]),
        ("true", "", 1, ["-n", "1"]),
        ("", "", 0, []),
    ],
    ids=["unlisted", "half listed", "listed, workers", "unlisted, workers", "not in CI"],
)
def test_ci_fails_on_a_skip_that_is_not_listed(
    ci: str, allowed: str, code: int, options: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    shutil.copy(TESTS / "conftest.py", folder)
    (folder / "allowed_skips.txt").write_text(allowed)
    (folder / "test_one.py").write_text(SKIPPING)
    (folder / "test_whole.py").write_text(MODULE)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CI"))}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, "tests"]
    done = subprocess.run(command, cwd=tmp_path, env={**kept, "CI": ci}, capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("test_one.py::test_skips" in done.stdout) == (code == 1 and "test_skips" not in allowed)
    assert ("not on the list of allowed_skips.txt: tests/test_whole.py" in done.stdout) == (code == 1)
