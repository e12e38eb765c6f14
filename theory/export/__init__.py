"""Statements as LaTeX, MathML, JSON, ball arithmetic, and as NumPy or torch source that runs by itself."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.export.balls import enclosure as enclosure
    from theory.export.markup import FORMATS as FORMATS
    from theory.export.markup import export as export
    from theory.export.markup import json_text as json_text
    from theory.export.markup import latex as latex
    from theory.export.markup import mathml as mathml
    from theory.export.rewriting import log_of as log_of
    from theory.export.rewriting import stable as stable
    from theory.export.source import numpy_source as numpy_source
    from theory.export.source import torch_source as torch_source
    from theory.export.statement import Argument as Argument
    from theory.export.statement import Condition as Condition
    from theory.export.statement import Recurrence as Recurrence
    from theory.export.statement import Statement as Statement
    from theory.export.statement import Takeover as Takeover

_EXPORTS = {
    "FORMATS": "markup",
    "Argument": "statement",
    "Condition": "statement",
    "Recurrence": "statement",
    "Statement": "statement",
    "Takeover": "statement",
    "enclosure": "balls",
    "export": "markup",
    "json_text": "markup",
    "latex": "markup",
    "log_of": "rewriting",
    "mathml": "markup",
    "numpy_source": "source",
    "stable": "rewriting",
    "torch_source": "source",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
