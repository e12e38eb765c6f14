"""The tables that the documentation shows are those of the committed rows."""

import importlib.util
from pathlib import Path

from attest._store import deep_rows

ROOT = Path(__file__).parents[2]


def test_the_tables_of_the_trained_translators_are_those_of_the_rows() -> None:
    script = ROOT / "benchmarks" / "translation.py"
    spec = importlib.util.spec_from_file_location("translation_tables", script)
    assert spec and spec.loader
    tables = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    written = script.with_suffix(".md").read_text(encoding="utf-8")
    assert written == tables.document(deep_rows(ROOT / "ledger")), (
        "`python benchmarks/translation.py --write` renews it"
    )
