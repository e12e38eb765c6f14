"""Our modules as source: where a module lies, what it imports among ours, and its syntax tree without docstrings.

Nothing here imports the module it looks at, so that listing claims loads none of what they measure with.
"""

import ast
import hashlib
import importlib.util
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any


@cache
def source_file(module: str) -> Path | None:
    """The source file of *module*, found without importing it (its parent packages are imported)."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError, AttributeError):
        return None
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        return None
    return Path(spec.origin)


@cache
def tree_of(module: str) -> ast.Module | None:
    """The syntax tree of *module*, or None where there is no source (a notebook, a prompt)."""
    return ast.parse(_text_of(module)) if source_file(module) else None


def _text_of(module: str) -> str:
    path = source_file(module)
    return path.read_text(encoding="utf-8") if path else ""


def is_package(module: str) -> bool:
    path = source_file(module)
    return path is not None and path.name == "__init__.py"


@cache
def exports_of(package: str) -> dict[str, str]:
    """The table of lazily resolved names (``_EXPORTS``: name -> submodule) in a package's source."""
    for node in getattr(tree_of(package), "body", ()):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(t, ast.Name) and t.id == "_EXPORTS" for t in targets) and node.value is not None:
            return dict(ast.literal_eval(node.value))
    return {}


@cache
def submodules_of(package: str) -> tuple[str, ...]:
    """All modules below a package, itself left out."""
    path = source_file(package)
    if path is None or path.name != "__init__.py":
        return ()
    found = []
    for file in sorted(path.parent.rglob("*.py")):
        parts = file.relative_to(path.parent).with_suffix("").parts
        if parts and parts != ("__init__",):
            found.append(".".join([package, *(parts[:-1] if parts[-1] == "__init__" else parts)]))
    return tuple(found)


@cache
def imports_of(module: str) -> frozenset[str]:
    """The modules that *module* imports at run time, anywhere in its text; lazily exported names are followed."""
    tree = tree_of(module)
    if tree is None:
        return frozenset()
    package = module if is_package(module) else module.rpartition(".")[0]
    calls = "import_module" in _text_of(module)
    lazy: dict[str, str] = {}
    found = set()
    for node in _importing_nodes(tree, calls):
        for bound, name in _imported(node, package):
            found.add(name)
            if _is_kin(name, package) and is_package(name) and exports_of(name):
                if bound:
                    lazy[bound] = name
                else:  # by its full name or from an expression: what is read off it is not followed
                    found.update(submodules_of(name))
    return frozenset(found | (_read_off(tree, lazy) if lazy else set()))


def _read_off(tree: ast.AST, lazy: dict[str, str]) -> set[str]:
    """The modules behind what a text reads off the *lazy* packages it binds; used otherwise, one is used as a whole."""
    found: set[str] = set()
    seen: set[ast.Name] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in lazy:
            found.update(names_in(lazy[node.value.id], node.attr))
            seen.add(node.value)
        elif isinstance(node, ast.Name) and node.id in lazy and node not in seen and isinstance(node.ctx, ast.Load):
            found.update(submodules_of(lazy[node.id]))
    return found


def _importing_nodes(tree: ast.AST, calls: bool) -> Iterator[ast.AST]:
    """Import statements wherever they run, with *calls* calls too; not what only a type checker reads."""
    # Nine nodes in ten lie inside expressions, where no import statement can be: this is what a start-up waits for.
    inside = ast.AST if calls else (ast.stmt, ast.excepthandler, ast.match_case)
    queue = [tree]
    while queue:
        node = queue.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
            yield node
        queue.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, inside))


def _imported(node: ast.AST, package: str) -> Iterator[tuple[str, str]]:
    """The names that an import binds, "" where that is no module of its own, each with the module behind it."""
    if isinstance(node, ast.Import):
        yield from ((alias.asname or "", alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        for alias in node.names:
            for name in names_in(base, alias.name) if _is_kin(base, package) else (base,):
                yield alias.asname or alias.name, name
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) == "import_module"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ):
        yield "", str(node.args[0].value)


def _is_kin(module: str, package: str) -> bool:
    """Whether *module* is one of ours, or of the distribution of *package*: finding a stranger's would import it."""
    return module.partition(".")[0] in ("theory", "numerics", "attest", package.partition(".")[0])


def names_in(base: str, name: str) -> tuple[str, ...]:
    """The modules behind ``from base import name``: a submodule, the home of a lazy export, all of it, or *base*."""
    if name in exports_of(base):
        return (f"{base}.{exports_of(base)[name]}",)
    if name == "*":
        return (base, *submodules_of(base))
    if is_package(base) and source_file(f"{base}.{name}") is not None:
        return (f"{base}.{name}",)
    return (base,)


@cache
def fingerprint(module: str) -> str:
    """A hash of the module's syntax tree, docstrings left out."""
    return hashlib.sha256(json.dumps(canonical(tree_of(module))).encode()).hexdigest()


def canonical(node: Any) -> Any:
    """A syntax tree as nested lists, without docstrings and positions, the same on every supported Python."""
    if isinstance(node, ast.AST):
        fields = dict(ast.iter_fields(node))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                fields["body"] = node.body[1:]
        skipped = ("ctx", "kind", "type_comment", "type_ignores", "type_params")
        kept = [[k, canonical(v)] for k, v in fields.items() if k not in skipped and v is not None and v != []]
        return [type(node).__name__, *kept]
    if isinstance(node, list):
        return [canonical(entry) for entry in node]
    return repr(node)
