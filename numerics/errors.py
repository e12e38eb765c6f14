"""Errors of the measured side."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class SolverUndecided(RuntimeError):
    """A solver gave no answer that could be turned into a certificate; the instance counts neither way.

    ``instance`` holds the question as plain lists and integers, by name, where there is one to be asked again.
    """

    def __init__(self, message: str, instance: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.instance = dict(instance or {})

    def save(self, path: Path | str) -> None:
        """Write the instance as JSON."""
        Path(path).write_text(json.dumps(self.instance) + "\n", encoding="utf-8")


class NotCertified(RuntimeError):
    """An answer came with a certificate that exact arithmetic rejects."""
