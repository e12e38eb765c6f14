"""Every link between the built pages leads somewhere: to a file that is there, and to an anchor in it. No network."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links += [str(found[key]) for key in ("href", "src") if found.get(key)]
        self.anchors |= {str(found[key]) for key in ("id", "name") if found.get(key)}


def broken_links(folder: Path) -> Iterator[str]:
    """``page: link`` for each internal link of the HTML files of *folder* that leads nowhere."""
    pages = {}
    for file in sorted(folder.rglob("*.html")):
        pages[file.resolve()] = page = _Page()
        page.feed(file.read_text(encoding="utf-8"))
    for file, page in pages.items():
        for link in dict.fromkeys(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            there = target.is_file() or target.is_dir()
            anchored = not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].anchors
            if not there or not anchored:
                yield f"{file.relative_to(folder.resolve())}: {link}"


def check(app: "Sphinx", exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        broken = list(broken_links(Path(app.outdir)))
        if broken:
            from sphinx.errors import ExtensionError

            raise ExtensionError("links that lead nowhere:\n" + "\n".join(broken))


def setup(app: "Sphinx") -> dict[str, bool]:
    app.connect("build-finished", check)
    return {"parallel_read_safe": True}
