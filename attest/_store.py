"""The committed side of the ledger: ``ledger/verdicts.json`` and ``ledger/deep/*.jsonl`` of a checkout."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attest._claim import Claim, Verdict
from attest._digest import digest
from attest._judge import Finding, Predictions, judge_all
from attest._ledger import Ledger, rows_from_jsonl
from attest._rows import Row
from attest.errors import LedgerError


def committed() -> Path | None:
    """The folder ``ledger`` of the checkout one stands in, or of the one that ``attest`` was imported from."""
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).parents[1]):
        if (folder / "ledger" / "verdicts.json").is_file():
            return folder / "ledger"
    return None


def deep_rows(folder: Path | None) -> list[Row]:
    """The committed rows of deep cases and benchmarks."""
    rows: list[Row] = []
    for file in sorted((folder / "deep").glob("*.jsonl")) if folder else ():
        with file.open(encoding="utf-8") as lines:
            try:
                rows += rows_from_jsonl(lines)
            except (LedgerError, ValueError) as problem:
                raise LedgerError(f"{file}: {problem}") from None
    return rows


def findings(
    claims: Sequence[Claim],
    ledger: Ledger,
    deep: Iterable[Row] = (),
    *,
    predictions: Predictions | None = None,
    on_finding: Callable[[Finding], None] = lambda finding: None,
) -> dict[str, Finding]:
    """Judge *claims* on the rows of their current digest in *ledger*, together with the committed *deep* rows.

    Deep rows of an older digest are judged too, and the finding is marked stale. *on_finding* sees each as it is made.
    """
    current = {claim.id: digest(claim) for claim in claims}
    rows = [row for claim in claims for row in ledger.rows(claim.id, current[claim.id])]
    renewed = {(row.claim, row.role, row.index, row.seed) for row in rows if row.status == "measured"}
    outdated: set[str] = set()
    for row in deep:
        if row.claim not in current:
            continue
        if row.digest == current[row.claim]:
            rows.append(row)  # beside the user's own: neither outvotes the other
        elif (row.claim, row.role, row.index, row.seed) not in renewed:
            rows.append(row)
            outdated.add(row.claim)
    judged = judge_all(claims, rows, predictions=predictions, on_finding=on_finding)
    return {name: _stamped(f, name in outdated, ledger) for name, f in judged.items()}


def _stamped(finding: Finding, stale: bool, ledger: Ledger) -> Finding:
    from dataclasses import replace

    stamps = [result.row.environment for result in finding.cases if result.row.environment]
    return replace(finding, stale=stale, environment=ledger.environment(stamps[-1]) if stamps else {})


def summary(found: Mapping[str, Finding]) -> dict[str, Any]:
    """What ``verdicts.json`` holds: no times, no versions, no host; figures to three digits."""
    return {
        "schema": 1,
        "claims": {
            name: {
                "digest": digest(finding.claim),
                "verdict": str(finding.verdict),
                "expects": str(finding.claim.expects),
                "derivation": finding.derivation,
                "cases": len(finding.cases),
                "rivals": len(finding.rivals),
                "resolution": _three(finding.resolution),
                "tightness": _three(finding.tightness),
            }
            for name, finding in sorted(found.items())
        },
    }


def _three(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.3g}")


def write_verdicts(folder: Path, found: Mapping[str, Finding]) -> Path:
    """Write ``verdicts.json`` whole or not at all."""
    path = folder / "verdicts.json"
    draft = path.with_suffix(".json.new")
    draft.write_text(json.dumps(summary(found), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    draft.replace(path)
    return path


def read_verdicts(folder: Path) -> dict[str, dict[str, Any]]:
    """The recorded verdicts by id."""
    path = folder / "verdicts.json"
    try:
        recorded = json.loads(path.read_text(encoding="utf-8"))
        if recorded["schema"] != 1:
            raise LedgerError(f"{path} has schema {recorded['schema']}, this version of attest reads 1; update attest")
        return dict(recorded["claims"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise LedgerError(
            f"{path} cannot be read: {problem}; `attest ledger verdicts --write` makes it again"
        ) from None


def differences(found: Mapping[str, Finding], recorded: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """One line for each difference between *found* and what ``verdicts.json`` records, figures left aside."""
    now = summary(found)["claims"]
    lines = [f"{name}: recorded, but no such claim exists" for name in recorded if name not in now]
    for name, entry in now.items():
        if name not in recorded:
            lines.append(f"{name}: not recorded yet")
            continue
        for key in ("verdict", "expects", "derivation", "digest"):
            if entry[key] != recorded[name].get(key):
                word = "STALE: digest" if key == "digest" else key
                lines.append(f"{name}: {word} is {entry[key]}, recorded {recorded[name].get(key)}")
    return lines


def not_as_declared(found: Mapping[str, Finding], *, strict: bool) -> list[Finding]:
    """Findings that make a run fail. UNTESTED claims that have deep cases alone fail only a *strict* one."""
    return [
        finding
        for finding in found.values()
        if not finding.as_declared
        and not (not strict and finding.verdict is Verdict.UNTESTED and not finding.claim.cases)
    ]
