"""Parts of the pages that are generated while they are built: verdicts, the public names, the notebooks."""

import shutil
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from attest import all_claims
from ledger import ROOT, paper_page, recorded, tally_table


class Generated(SphinxDirective):
    """A directive whose content is text that :meth:`text` writes."""

    has_content = False
    required_arguments = 1

    def text(self) -> str:
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        lines = StringList(self.text().splitlines(), source=self.env.docname)
        self.env.note_dependency(str(ROOT / "ledger" / "verdicts.json"))
        node = nodes.section()
        self.state.nested_parse(
            StringList(lines, source=self.env.docname), self.content_offset, node, match_titles=True
        )
        return node.children


class Claims(Generated):
    """```{claims} kerg2020```: the claims of a paper, statement by statement."""

    def text(self) -> str:
        return paper_page(self.arguments[0], recorded())


class Tally(Generated):
    """```{tally} all```: the README's table of verdicts."""

    def text(self) -> str:
        return tally_table(all_claims(self.arguments[0] if self.arguments[0] != "all" else "*"), recorded())


class Names(Generated):
    """```{names} theory.gradients```: every public name of a package under the name that users import."""

    def text(self) -> str:
        package = import_module(self.arguments[0])
        public = {name: getattr(package, name) for name in package.__all__}
        return "\n\n".join(self.entry(f"{package.__name__}.{name}", value) for name, value in public.items())

    def entry(self, name: str, value: Any) -> str:
        if isinstance(value, ModuleType):
            return ""  # has a page of its own
        kind = "autoclass" if isinstance(value, type) else "autofunction" if callable(value) else "autodata"
        members = "   :members:\n" if kind == "autoclass" else ""
        return f"```{{eval-rst}}\n.. {kind}:: {name}\n{members}\n```"


def copy_notebooks(app: Sphinx) -> None:
    """Put the notebooks beside the pages: as executed by the tests where that is newer, otherwise without outputs."""
    target = Path(app.srcdir) / "notebooks"
    target.mkdir(exist_ok=True)
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        executed = ROOT / "build" / "notebooks" / notebook.name
        newer = executed.exists() and executed.stat().st_mtime >= notebook.stat().st_mtime
        shutil.copyfile(executed if newer else notebook, target / notebook.name)


def setup(app: Sphinx) -> dict[str, bool]:
    for name, directive in (("claims", Claims), ("tally", Tally), ("names", Names)):
        app.add_directive(name, directive)
    app.connect("builder-inited", copy_notebooks)
    return {"parallel_read_safe": True}
