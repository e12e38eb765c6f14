"""The README holds what it says: two commands, an example that runs, and the words that the ledger prints."""

import re
import subprocess
import sys
from pathlib import Path

from attest import Verdict

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)


def test_the_two_commands_are_one_line_each_and_install_the_tested_set() -> None:
    section = README.partition("\n## Two commands\n")[2].partition("\n## ")[0]
    run, tests = (block.strip() for block in blocks("sh", section))
    for line in (run, tests):
        assert "\n" not in line
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install")
        assert "-c constraints.txt" in line
    assert run.endswith("&& .venv/bin/attest run")
    assert "'.[test]'" in tests and "&& .venv/bin/pytest" in tests
    for line in (run, tests):
        assert subprocess.run(["bash", "-n", "-c", line]).returncode == 0


def test_the_example_runs_and_gives_what_its_comment_says(tmp_path: Path) -> None:
    (example,) = blocks("python")
    call, _, promised = example.strip().splitlines()[-1].partition("  # Verdict.")
    file = tmp_path / "example.py"
    file.write_text(example + f"print({call})\n", encoding="utf-8")
    done = subprocess.run([sys.executable, file], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == Verdict[promised], done.stderr


def test_every_verdict_is_explained() -> None:
    explained = set(re.findall(r"^\| ([A-Z ]+) \|", README, re.M))
    assert explained == {str(verdict).replace("_", " ") for verdict in Verdict}


def test_every_command_it_names_exists() -> None:
    help_text = subprocess.run([sys.executable, "-m", "attest", "--help"], capture_output=True, text=True).stdout
    named = set(re.findall(r"`attest ([a-z]+)", README))
    assert named
    assert {name for name in named if not re.search(rf"\b{name}\b", help_text)} == set()


def test_every_file_and_folder_it_names_is_there() -> None:
    named = set(re.findall(r"`([a-z_]+/(?:[a-z_.]+/?)*)`", README)) | set(re.findall(r"\b[A-Z]+\.md\b", README))
    assert named
    assert {name for name in named if not there(ROOT / name)} == set()


def there(path: Path) -> bool:
    """A file, or a folder that a clone has too: git keeps no empty ones."""
    return path.is_file() or (path.is_dir() and any(path.rglob("*.*")))
