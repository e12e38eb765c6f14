"""The ledger at a terminal, within 80 columns."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from attest._claim import Claim
from attest._judge import Finding
from attest.report.words import case_text, citation, colour, evidence, figure, share, tally, verdict_word


def print_ledger(console: Console, findings: Mapping[str, Finding]) -> None:
    """One table a paper: claim, what was measured, verdict, resolution, tightness."""
    for paper, group in groupby(findings.values(), key=lambda f: f.claim.paper):
        console.print(Text(f"\n{paper.key}: {paper.title}", style="bold"))
        table = Table(box=None, padding=(0, 1, 0, 0), expand=False, show_edge=False, header_style="dim")
        table.add_column("claim", width=18, overflow="fold")
        table.add_column("what was measured", width=32)
        table.add_column("verdict", width=12)
        table.add_column("resol.", width=7, justify="right")
        table.add_column("tight", width=6, justify="right")
        for f in group:
            verdict = Text(verdict_word(f), style=colour(f))
            table.add_row(f.claim.tag, f.claim.says, verdict, figure(f.resolution), share(f.tightness))
        console.print(table)
    console.print(f"\n{len(findings)} claims: {tally(findings.values())}.")


def print_claims(console: Console, claims: Iterable[Claim]) -> None:
    """One line a claim, without measuring anything."""
    for paper, group in groupby(claims, key=lambda claim: claim.paper):
        console.print(Text(f"\n{paper.key}: {paper.title}", style="bold"))
        table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, show_header=False)
        table.add_column(width=24, overflow="fold")
        table.add_column(width=54)
        for claim in group:
            table.add_row(claim.tag, claim.says)
        console.print(table)


def print_finding(console: Console, finding: Finding) -> None:
    """Everything about one claim."""
    claim = finding.claim
    console.print(Text(claim.id, style="bold"), Text(verdict_word(finding), style=colour(finding)))
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, show_header=False)
    table.add_column(width=13, style="dim")
    table.add_column(width=64, overflow="fold")
    rows: list[tuple[str, Any]] = [
        ("says", claim.says),
        ("source", f"{citation(claim.paper)}, {claim.where}"),
        ("kind", f"{claim.kind}, compared by {claim.agrees}" if claim.agrees else claim.kind),
        ("expected", f"{claim.expects}" + (f" (open: {claim.open})" if claim.open else "")),
        ("because", finding.reason.strip().splitlines()[-1] if finding.reason.strip() else ""),
        ("cases", f"{len(finding.cases)} rows, {finding.seconds:.2g} CPU s of {claim.budget:g}"),
        ("resolution", figure(finding.resolution)),
        ("tightness", share(finding.tightness)),
        ("derivation", _derivation(finding)),
        ("rests on", ", ".join(claim.rests_on)),
        ("finite form", ", ".join(claim.finite_form)),
        ("corrected by", claim.corrected or ""),
        ("scope", claim.scope or ""),
    ]
    rows += [("premise", f"unsupported premise: {name}") for name in finding.unsupported_premises]
    for name, value in rows:
        if value and value != "–":
            table.add_row(name, value)
    for name, rival in finding.rivals.items():
        against = "survived" if rival.contradicted_by is None else f"contradicted by {case_text(rival.contradicted_by)}"
        table.add_row("rival", f"{name}: {against}")
    if finding.counterexample is not None:
        table.add_row("counter-ex.", evidence(claim, finding.counterexample))
    console.print(table)
    if finding.verdict == "ERRED":
        console.print(finding.reason, style="red", highlight=False)


def _derivation(finding: Finding) -> str:
    if isinstance(finding.claim.derivation, str):
        return f"{finding.derivation}: {finding.claim.derivation}"
    names = [f"{step['name']} ({step['kind']})" for step in finding.steps]
    return f"{finding.derivation}: {'; '.join(names)}" if names else finding.derivation
