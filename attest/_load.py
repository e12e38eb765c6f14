"""A ledger from Python: rows judged anew with today's claims."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attest._judge import Finding
from attest._ledger import Ledger
from attest._registry import registry
from attest._store import committed, deep_rows, findings


class Findings(Mapping[str, Finding]):
    """Findings by claim id; renders itself as a table in a notebook."""

    def __init__(self, found: Mapping[str, Finding]) -> None:
        self._found = dict(found)

    def __getitem__(self, name: str) -> Finding:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def to_records(self) -> list[dict[str, Any]]:
        """One plain mapping for each claim, ready for a data frame."""
        return [finding.to_record() for finding in self._found.values()]

    def _repr_html_(self) -> str:
        from attest.report.notebook import ledger_html

        return ledger_html(self)


def load_ledger(path: str | Path | None = None) -> Findings:
    """The findings of all known claims on the rows of the ledger at *path* (default: the one ``attest run`` writes).

    Raises LedgerError where there is no readable ledger at *path*.
    """
    claims = list(registry().claims.values())
    with Ledger(Path(path) if path else None, must_exist=path is not None) as ledger:
        return Findings(findings(claims, ledger, deep_rows(committed())))
