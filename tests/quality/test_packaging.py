"""What is shipped: three packages and nothing beside them; a tested set that respects the floors."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_wheel_holds_exactly_the_three_packages(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.partition("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"theory", "numerics", "attest"}
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    kept = {name.rpartition("/")[2] for name in names if "/templates/" in name}
    assert kept == {"page.html", "claim.html", "style.css", "filter.js"}
    assert all(f"{package}/py.typed" in names for package in ("theory", "numerics", "attest"))


def test_every_package_bears_the_distributions_mark() -> None:
    import attest
    import numerics
    import theory

    assert {package.__distribution__ for package in (theory, numerics, attest)} == {PROJECT["name"]}


def test_the_tested_set_pins_every_dependency_at_or_above_its_floor() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonical(n): Version(v) for n, _, v in (x.partition("==") for x in lines if "==" in x)}
    extras = [*PROJECT["dependencies"], *(d for extra in PROJECT["optional-dependencies"].values() for d in extra)]
    others = (each for each in map(Requirement, extras) if each.name != PROJECT["name"])  # an extra may hold another
    for requirement in others:
        assert canonical(requirement.name) in pinned, f"{requirement.name} is not pinned"
        assert pinned[canonical(requirement.name)] in requirement.specifier
    assert pinned["torch"] == Version("2.13.0")


def test_floors_have_no_caps_but_pulps() -> None:
    capped = [r.name for r in map(Requirement, PROJECT["dependencies"]) if "<" in str(r.specifier)]
    assert capped == ["pulp"]


def test_the_tested_set_pins_what_the_tested_set_needs() -> None:
    """Every installed dependency of a pinned package is pinned too, so that an installation repeats.

    What an accelerator build of torch brings along is left to torch.
    """
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"(#.*|[\w.-]+==[\w.!]+)", line)] == []
    pinned = {canonical(line.partition("==")[0]) for line in lines if "==" in line}
    for name in pinned:
        try:
            needed = [Requirement(text) for text in metadata.requires(name) or ()]
        except metadata.PackageNotFoundError:
            continue  # of an extra that is not installed here
        for requirement in needed:
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                free = canonical(requirement.name).startswith(("nvidia-", "cuda-", "triton"))
                assert free or canonical(requirement.name) in pinned, f"{name} needs {requirement.name}, not pinned"
