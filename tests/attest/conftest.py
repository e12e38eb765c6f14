"""A plug-in distribution in a temporary folder, and the command run as a user runs it."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

HEADER = """
from attest import Claim, Observed, Paper, Rival, Verdict, at_least, at_most, equal, grid, rounding, within

PAPER = Paper("demo2020", "A demonstration", ("Demo, D.",), 2020, "Nowhere")


def squares(id, **changes):
    fields = dict(
        paper=PAPER, where="p. 1", says="the first n odd numbers sum to n squared",
        predicts=lambda n: n**2, measures=lambda n: sum(2 * k + 1 for k in range(n)), agrees=equal,
        cases=grid(n=(1, 2, 3)), rivals={"one number more": lambda n: (n + 1) ** 2},
    )
    return Claim(id=id, **{**fields, **changes})

"""


@pytest.fixture
def plugin(tmp_path: Path) -> Callable[..., Path]:
    """Write a distribution that announces a module of claims; returns the folder to put on the import path."""

    def write(body: str, name: str = "demo_plugin", header: str = HEADER) -> Path:
        folder = tmp_path / "plugins"
        info = folder / f"{name}-1.dist-info"
        info.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.py").write_text(header + textwrap.dedent(body))
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[attest.claims]\n{name} = {name}\n")
        return folder

    return write


@pytest.fixture
def environment(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """The environment of a command: a ledger of its own, an import path, nothing else of ours."""

    def make(path: Path | None = None, **extra: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "ATTEST_LEDGER", "FORCE_COLOR")}
        kept |= {"ATTEST_LEDGER": str(tmp_path / "ledger.sqlite"), "COLUMNS": "80", "NO_COLOR": "1", **extra}
        return kept | ({"PYTHONPATH": str(path)} if path else {})

    return make


@pytest.fixture
def attest(
    tmp_path: Path, environment: Callable[..., dict[str, str]]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in an empty folder and return what it printed and its exit code."""
    folder = tmp_path / "here"
    folder.mkdir()

    def run(*words: str, path: Path | None = None, **extra: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "attest", *words]
        env = environment(path, **extra)
        return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120)

    return run
