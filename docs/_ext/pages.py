"""Parts of the pages that are generated while they are built: verdicts, the public names, the notebooks."""

import re
import shutil
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from sphinx.application import Sphinx

from attest import all_claims
from ledger import ROOT, paper_page, recorded, tally_table

_PLACE = re.compile(r"^```\{(claims|tally|names)\} (\S+)\n```$", re.M)


def claims(key: str) -> str:
    """The claims of a paper, statement by statement: ``{claims} kerg2020``."""
    return paper_page(key, recorded())


def tally(pattern: str) -> str:
    """The README's table of verdicts: ``{tally} *``."""
    return tally_table(all_claims(pattern), recorded())


def names(package: str) -> str:
    """Every public name of a package under the path from which users import it: ``{names} theory.gradients``."""
    module = import_module(package)
    return "\n\n".join(_entry(f"{package}.{name}", getattr(module, name)) for name in module.__all__)


def _entry(name: str, value: Any) -> str:
    if isinstance(value, ModuleType):
        return ""  # has a page of its own
    kind = "autoclass" if isinstance(value, type) else "autofunction" if callable(value) else "autodata"
    members = "   :members:\n" if kind == "autoclass" else ""
    return f"```{{eval-rst}}\n.. {kind}:: {name}\n{members}\n```"


def generate(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the generated text where a page asks for it."""
    writers = {"claims": claims, "tally": tally, "names": names}
    if _PLACE.search(source[0]):
        app.env.note_dependency(str(ROOT / "ledger" / "verdicts.json"), docname=page)
        source[0] = _PLACE.sub(lambda found: writers[found[1]](found[2]), source[0])


def copy_notebooks(app: Sphinx) -> None:
    """Put the notebooks beside the pages: as executed by the tests where that is newer, otherwise without outputs."""
    target = Path(app.srcdir) / "notebooks"
    target.mkdir(exist_ok=True)
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        executed = ROOT / "build" / "notebooks" / notebook.name
        newer = executed.exists() and executed.stat().st_mtime >= notebook.stat().st_mtime
        shutil.copyfile(executed if newer else notebook, target / notebook.name)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", copy_notebooks)
    app.connect("source-read", generate)
    return {"parallel_read_safe": True}
