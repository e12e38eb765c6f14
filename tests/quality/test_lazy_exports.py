"""Packages that resolve names lazily: the table, the block for type checkers and the modules agree."""

import ast
import importlib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXPERIMENTS = {"babel", "minigrid", "sacrebleu", "sklearn"}  # an extra that the default suite does without


def assigned_exports(tree: ast.Module) -> bool:
    return any(isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "_EXPORTS" for n in tree.body)


def lazy_packages() -> list[str]:
    found = []
    for file in (f for wing in ("theory", "numerics", "attest") for f in sorted((ROOT / wing).rglob("__init__.py"))):
        if assigned_exports(ast.parse(file.read_text(encoding="utf-8"))):
            found.append(".".join(file.parent.relative_to(ROOT).parts))
    return found


def declared(tree: ast.Module, package: str) -> dict[str, str]:
    """Name -> submodule, as the ``if TYPE_CHECKING:`` block has it; every name must be re-exported as itself."""
    found = {}
    for block in (n for n in tree.body if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"):
        for node in block.body:
            assert isinstance(node, ast.ImportFrom), ast.unparse(node)
            subpackage = (node.level, node.module) in ((1, None), (0, package))
            assert subpackage or (node.level == 0 and node.module), ast.unparse(node)
            for alias in node.names:
                assert alias.asname == alias.name, f"{alias.name} must be imported as itself, or it is not public"
                if not subpackage:
                    found[alias.name] = str(node.module).removeprefix(f"{package}.")
    return found


@pytest.mark.parametrize("package", lazy_packages())
def test_the_table_and_the_types_agree(package: str) -> None:
    module = importlib.import_module(package)
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    exports: dict[str, str] = vars(module)["_EXPORTS"]
    assert declared(tree, package) == exports
    assert set(exports) <= set(module.__all__)


@pytest.mark.parametrize("package", lazy_packages())
def test_every_name_resolves_to_what_its_submodule_defines(package: str) -> None:
    module = importlib.import_module(package)
    for name in module.__all__:
        try:
            found: Any = getattr(module, name)
        except ModuleNotFoundError as missing:
            assert missing.name in EXPERIMENTS, f"{package}.{name} needs {missing.name}"
            continue
        assert found is not None
        home = getattr(found, "__module__", None)
        if name in vars(module)["_EXPORTS"] and (isinstance(found, type) or callable(found)) and home:
            assert home.partition(".")[0] in ("theory", "numerics", "attest"), f"{package}.{name} is not ours: {home}"


@pytest.mark.parametrize("package", lazy_packages())
def test_an_unknown_name_is_an_attribute_error_that_names_it(package: str) -> None:
    with pytest.raises(AttributeError, match=rf"{package}.*no_such_name"):
        importlib.import_module(package).no_such_name  # noqa: B018


def test_every_subject_of_both_wings_is_lazy() -> None:
    subjects = {f"{wing}.{s}" for wing in ("theory", "numerics") for s in _subjects(wing)}
    assert subjects <= set(lazy_packages())
    assert _subjects("theory") - {"export"} == _subjects("numerics")


def _subjects(wing: str) -> set[str]:
    return {folder.parent.name for folder in (ROOT / wing).glob("*/__init__.py")}
