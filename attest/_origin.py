"""Whether ``theory`` and ``numerics`` on the import path are ours: bare names collide in the wild."""

import ast
import sys
from importlib.machinery import PathFinder
from pathlib import Path


class OriginError(ImportError):
    """A ``theory`` or ``numerics`` on the import path that is not ours."""


def check_origin() -> None:
    """Raise OriginError, naming the foreign file and the remedies, unless both wings lie beside this package.

    Specifications and marker lines are read; neither wing is imported.
    """
    beside = Path(__file__).resolve().parents[1]
    for name in ("theory", "numerics"):
        spec = PathFinder.find_spec(name, sys.path)
        origin = Path(spec.origin).resolve() if spec and spec.origin else None
        if origin is None or origin.parents[1] != beside or not _marked(origin):
            where = origin or (list(spec.submodule_search_locations or ()) if spec else "nothing")
            raise OriginError(
                f"`import {name}` finds {where}, which is not the {name} of attest (that is {beside / name}): take it "
                "off the import path, use a fresh virtual environment, or reinstall with "
                "`python -m pip install --force-reinstall attest-attention`"
            )


def started_as_command() -> bool:
    """Whether this process is the command ``attest`` (or ``python -m attest``), which answers in one line."""
    return Path(sys.argv[0]).stem == "attest" or sys.argv[:1] == ["-m"]


def _marked(origin: Path) -> bool:
    """Whether a package's source binds ``__distribution__`` to our name."""
    try:
        tree = ast.parse(origin.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return False
    return any(
        isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "__distribution__" for target in node.targets)
        and isinstance(node.value, ast.Constant)
        and node.value.value == "attest-attention"
        for node in tree.body
    )
