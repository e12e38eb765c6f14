"""The stamp of a run names versions and threads, tells nobody's machine apart by name, and loads nothing."""

import json
import os
import platform
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from attest import _environment
from attest._environment import environment


def test_the_stamp_is_plain_text_and_repeats() -> None:
    stamp = environment()
    assert stamp == environment()
    assert all(type(value) is str and value for value in stamp.values())
    assert stamp["python"] == platform.python_version()
    assert stamp["cores"] == str(os.cpu_count())


def test_the_stamp_holds_the_versions_that_are_installed() -> None:
    import numpy
    import sympy

    assert environment()["numpy"] == numpy.__version__
    assert environment()["sympy"] == sympy.__version__


def test_the_ground_types_are_the_ones_sympy_uses() -> None:
    from sympy.external.gmpy import GROUND_TYPES

    assert environment()["sympy ground types"] == GROUND_TYPES


def test_a_package_that_is_not_installed_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_environment, "_PACKAGES", ("no-such-package",))
    assert environment()["no-such-package"] == "absent"


def test_thread_settings_are_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    assert environment()["OMP_NUM_THREADS"] == "3"
    assert environment()["MKL_NUM_THREADS"] == "unset"


def test_the_stamp_names_no_host_user_or_path() -> None:
    text = json.dumps(environment())
    told = [socket.gethostname(), str(Path.home()), str(Path.cwd()), sys.prefix, sys.executable]
    assert [word for word in told if len(word) > 3 and word in text] == []


def test_making_the_stamp_loads_none_of_the_packages() -> None:
    code = "import sys; from attest._environment import environment; environment(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not set(done.stdout.split()) & {"sympy", "numpy", "scipy", "torch", "numba", "pulp", "flint", "highspy"}
