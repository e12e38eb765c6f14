"""Docstrings are prose with formulas; here what reStructuredText would read as mark-up in a formula is escaped."""

import re
from typing import Any

from sphinx.application import Sphinx

# What stays mark-up: ``code``, :role:`text`, *word*; everything else that could begin mark-up is meant literally.
_MARKUP = re.compile(r"``.+?``|:\w+:`.+?`|(?<![\w*])\*[A-Za-z]\w*\*(?![\w*])")
_SPECIAL = re.compile(r"([\\*|`]|_\b|(?<=\w)_(?!\w))")


def escaped(line: str) -> str:
    """*line* with everything escaped that is neither mark-up of ours nor an example.

    >>> escaped("the norm |v|_2 of *v* is ``x**2``")
    'the norm \\\\|v\\\\|\\\\_2 of *v* is ``x**2``'
    """
    kept = _MARKUP.findall(line)
    between = [_SPECIAL.sub(r"\\\1", part) for part in _MARKUP.split(line)]
    return "".join(part + mark for part, mark in zip(between, [*kept, ""], strict=True))


def process(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Escape the docstring of a name, examples left out."""
    example = False
    for number, line in enumerate(lines):
        example = line.lstrip().startswith(">>>") or (example and bool(line.strip()))
        if not example:
            lines[number] = escaped(line)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("autodoc-process-docstring", process)
    return {"parallel_read_safe": True}
