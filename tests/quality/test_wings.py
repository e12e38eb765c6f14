"""The two wings never meet: by syntax (wherever an import hides), by import-linter, and in a fresh process."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WINGS = ("theory", "numerics")

#: Modules that import what they compute the name of, with the reason why that is no leak.
COMPUTED_IMPORTS = {
    "numerics/dynamics/corpus.py": "reads the docstrings of installed packages as texts; computes nothing with them",
}


def allowed(wing: str, package: str) -> bool:
    if wing == "theory":
        return package in {"theory", "sympy", "mpmath", "flint"} | sys.stdlib_module_names
    return package not in {"theory", "attest", "sympy"}


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import, in functions, under TYPE_CHECKING and by ``import_module`` too.

    A name that is computed comes out as "?"; one that begins with the importing module's own name is none of interest.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__", "find_spec", "run_module"):
            argument = node.args[0] if node.args else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield node.lineno, argument.value
            elif not _own_submodule(argument):
                yield node.lineno, "?"


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _own_submodule(argument: ast.expr | None) -> bool:
    """f"{__name__}.…": a submodule of the module itself."""
    if not isinstance(argument, ast.JoinedStr) or len(argument.values) < 2:
        return False
    first, second = argument.values[:2]
    named = isinstance(first, ast.FormattedValue) and isinstance(first.value, ast.Name) and first.value.id == "__name__"
    return named and isinstance(second, ast.Constant) and str(second.value).startswith(".")


def leaks(root: Path, wing: str) -> list[str]:
    """``file:line imports name`` for everything that *wing* may not import."""
    found = []
    for file in sorted((root / wing).rglob("*.py")):
        where = file.relative_to(root).as_posix()
        for line, name in imported(ast.parse(file.read_text(encoding="utf-8"))):
            computed = name == "?" and where not in COMPUTED_IMPORTS
            if computed or (name != "?" and not name.startswith(".") and not allowed(wing, name.partition(".")[0])):
                found.append(f"{where}:{line} imports {name}")
    return found


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_imports_nothing_it_may_not(wing: str) -> None:
    assert leaks(ROOT, wing) == []


def test_every_exemption_is_still_needed() -> None:
    for where in COMPUTED_IMPORTS:
        names = {name for _, name in imported(ast.parse((ROOT / where).read_text(encoding="utf-8")))}
        assert "?" in names, f"{where} no longer computes what it imports; take it off the list"


PLANTS = {
    "import {other}",
    "from {other}.capacity import counts",
    "def f():\n    import {other}.capacity as c",
    "if TYPE_CHECKING:\n    from {other} import errors",
    "import importlib\nimportlib.import_module('{other}.capacity')",
    "from importlib import import_module\nimport_module('{other}')",
    "__import__('{other}')",
    "import attest._values",
    "name = 'x'\nfrom importlib import import_module\nimport_module(name)",
    "from importlib import import_module\nimport_module(f'{{other}}.capacity')",
}


@pytest.mark.parametrize("wing", WINGS)
@pytest.mark.parametrize("plant", sorted(PLANTS))
def test_a_planted_leak_is_noticed(wing: str, plant: str, tmp_path: Path) -> None:
    other = "numerics" if wing == "theory" else "theory"
    (tmp_path / wing / "deep").mkdir(parents=True)
    file = tmp_path / wing / "deep" / "module.py"
    file.write_text("import math\n")
    assert leaks(tmp_path, wing) == []
    file.write_text(plant.replace("{other}", other).replace("{{", "{").replace("}}", "}"))
    assert len(leaks(tmp_path, wing)) == 1


@pytest.mark.parametrize(("wing", "package"), [("theory", p) for p in ("numpy", "scipy", "torch", "pulp", "numba")])
def test_theory_uses_no_array_library(wing: str, package: str, tmp_path: Path) -> None:
    (tmp_path / wing).mkdir()
    (tmp_path / wing / "module.py").write_text(f"import {package}")
    assert leaks(tmp_path, wing) == [f"{wing}/module.py:1 imports {package}"]


def test_numerics_uses_no_computer_algebra(tmp_path: Path) -> None:
    (tmp_path / "numerics").mkdir()
    (tmp_path / "numerics" / "module.py").write_text("from sympy import Symbol")
    assert leaks(tmp_path, "numerics") == ["numerics/module.py:1 imports sympy"]


@pytest.fixture
def lint(tmp_path: Path) -> Callable[[], subprocess.CompletedProcess[str]]:
    """Run import-linter with this project's contracts on a copy of its packages, which a test may change first."""
    for package in ("theory", "numerics", "attest"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    # `-c` puts the folder itself at the head of the import path, before the installed packages.
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    return lambda: subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)


def test_import_linter_breaks_on_a_planted_import(
    lint: Callable[[], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    untouched = lint()
    assert untouched.returncode == 0, untouched.stdout + untouched.stderr
    with (tmp_path / "theory" / "errors.py").open("a", encoding="utf-8") as file:
        file.write("\nimport numerics\n")
    planted = lint()
    assert planted.returncode == 1
    assert "theory.errors -> numerics" in planted.stdout


_RESOLVE = """
import importlib, pkgutil, sys
wing = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(wing.__path__, wing.__name__ + "."):
    try:
        importlib.import_module(module.name)
    except ModuleNotFoundError as missing:
        if missing.name not in ("babel", "minigrid", "sacrebleu", "sklearn"):  # the experiments extra
            raise
print(*{name.partition(".")[0] for name in sys.modules})
"""


@pytest.mark.parametrize(
    ("wing", "absent"),
    [
        ("theory", {"numerics", "attest", "numpy", "scipy", "torch", "numba", "pulp", "highspy", "entmax"}),
        ("numerics", {"theory", "attest"}),  # sympy is absent from our imports, but torch brings its own
    ],
)
def test_loading_all_of_a_wing_loads_nothing_of_the_other(wing: str, absent: set[str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", _RESOLVE, wing]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    loaded = set(done.stdout.split())
    assert wing in loaded
    assert not loaded & absent


@pytest.mark.parametrize("package", ["capacity", "gradients", "dynamics", "sparsity"])
def test_importing_a_measured_subject_alone_loads_no_library(package: str) -> None:
    code = f"import sys, numerics.{package}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert not set(done.stdout.split()) & {"torch", "numba", "pulp", "scipy", "numpy", "sympy"}


def test_gathering_all_claims_loads_no_library() -> None:
    code = "import sys; from attest import all_claims; assert len(all_claims()) > 200; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert not set(done.stdout.split()) & {"torch", "sklearn", "numba", "pulp", "scipy", "numpy", "sympy"}


def test_counting_needs_no_torch() -> None:
    code = "import sys; from numerics import capacity as c; c.count_dichotomies([(1, 0), (0, 1)]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert "torch" not in done.stdout.split()
