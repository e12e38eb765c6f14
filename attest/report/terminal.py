"""The ledger at a terminal, within 80 columns."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from attest._claim import Claim
from attest._judge import Finding, RivalResult
from attest.report.words import (
    citation,
    cited_words,
    colour,
    evidence,
    figure,
    resolution_words,
    share,
    tally,
    tightness_words,
    verdict_word,
)


def print_ledger(console: Console, findings: Mapping[str, Finding]) -> None:
    """For each claim a line of figures and, below it, what was measured."""
    widest = max((len(f.claim.tag) for f in findings.values()), default=0)
    for paper, group in groupby(findings.values(), key=lambda f: f.claim.paper):
        console.print(Text(f"\n{paper.key}: {paper.title}", style="bold"))
        console.print(_line("claim", Text("verdict"), "resolution", "tightness", "rivals", widest), style="dim")
        for f in group:
            verdict = Text(verdict_word(f), style=colour(f))
            asked = f.rivals if f.cases else {}
            beaten = f"{sum(r.contradicted for r in asked.values())}/{len(asked)}" if asked else "–"
            console.print(_line(f.claim.tag, verdict, figure(f.resolution), share(f.tightness), beaten, widest))
            console.print(Padding(Text(f.claim.says, style="dim"), (0, 0, 0, 2), expand=False))
    console.print(f"\n{len(findings)} {'claim' if len(findings) == 1 else 'claims'}: {tally(findings.values())}.")
    legend = [
        ("(!) not the declared verdict", any(not f.as_declared for f in findings.values())),
        ("(stale) rests on deep rows of older code", any(f.stale for f in findings.values())),
    ]
    if any(shown for _, shown in legend):
        console.print(Text("; ".join(words for words, shown in legend if shown) + ".", style="dim"))


def _line(tag: str, verdict: Text, resolution: str, tightness: str, rivals: str, widest: int) -> Text:
    verdict.pad_right(max(0, 15 - len(verdict)))
    figures = f"{resolution:>10}  {tightness:>9}  {rivals:>6}"
    return Text.assemble((f"{tag:<{min(widest, 32)}}", "" if tag == "claim" else "bold"), "  ", verdict, figures)


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
    rows: list[tuple[str, str]] = [
        ("says", claim.says),
        ("source", f"{citation(claim.paper)}, {claim.where}"),
        ("kind", f"{claim.kind}, compared by {claim.agrees}" if claim.agrees else claim.kind),
        ("declared", f"{claim.expects}".replace("_", " ") + (f" (open: {claim.open})" if claim.open else "")),
        ("because", finding.reason.strip().splitlines()[-1] if finding.reason.strip() else ""),
        ("rows", f"{len(finding.cases)}, {finding.seconds:.2g} CPU s of {claim.budget:g}" if finding.cases else ""),
        ("resolution", resolution_words(finding)),
        ("tightness", tightness_words(finding)),
        ("rests on", ", ".join(claim.rests_on)),
        ("finite form", ", ".join(claim.finite_form)),
        ("corrected by", claim.corrected or ""),
        ("scope", claim.scope or ""),
    ]
    rows += [("premise", f"unsupported premise: {name}") for name in finding.unsupported_premises]
    rows += [("derivation", _derivation(finding))]
    rows += [("", f"{number}. {step['name']} ({step['kind']})") for number, step in enumerate(finding.steps, 1)]
    rows += [
        ("rivals" if number == 1 else "", _rival(number, finding, r))
        for number, r in enumerate(finding.rivals.values(), 1)
    ]
    if finding.counterexample is not None:
        rows.append(("counter-ex.", evidence(claim, finding.counterexample)))
    if claim.cases:
        rows.append(("again", f"attest run {claim.id} --fresh"))
    if claim.deep_cases and claim.kind != "benchmark":
        rows.append(("deep cases", f"attest run {claim.id} --deep --fresh"))
    for name, words in rows:
        if words:
            table.add_row(name, Text(words))
    console.print(table)
    if finding.verdict == "ERRED":
        console.print(finding.reason, style="red", highlight=False)


def _rival(number: int, finding: Finding, rival: RivalResult) -> str:
    against = rival.contradicted_by
    if against is None:
        return f"{number}. {rival.name}: {'survived' if finding.cases else 'not measured yet'}"
    return f"{number}. {rival.name}: contradicted by {evidence(finding.claim, against, 48)}"


def _derivation(finding: Finding) -> str:
    return f"{finding.derivation}, {len(finding.steps)} steps" if finding.steps else cited_words(finding.claim)
