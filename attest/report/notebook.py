"""How claims, findings and ledgers render themselves in a notebook."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from attest._claim import Claim
from attest._judge import Finding
from attest.report.words import figure, share, verdict_word


def claim_html(claim: Claim) -> str:
    """The declaration as a two-column table."""
    rows = [
        ("claim", claim.id),
        ("says", claim.says),
        ("source", f"{claim.paper.title} ({claim.paper.year}), {claim.where}"),
        ("expects", claim.expects),
        ("cases", len(claim.cases)),
        ("rivals", "; ".join(claim._rivals)),
    ]
    return _table(None, rows)


def finding_html(finding: Finding) -> str:
    """The verdict with its evidence as a two-column table."""
    rivals = "; ".join(f"{n}: {'contradicted' if r.contradicted else 'survived'}" for n, r in finding.rivals.items())
    rows = [
        ("claim", finding.claim.id),
        ("says", finding.claim.says),
        ("verdict", verdict_word(finding)),
        ("because", finding.reason),
        ("rows", len(finding.cases)),
        ("resolution", figure(finding.resolution)),
        ("tightness", share(finding.tightness)),
        ("derivation", finding.derivation),
        ("rivals", rivals),
    ]
    return _table(None, rows)


def ledger_html(findings: Mapping[str, Finding]) -> str:
    """One row for each claim."""
    rows = [
        (f.claim.id, f.claim.says, verdict_word(f), figure(f.resolution), share(f.tightness)) for f in findings.values()
    ]
    return _table(("claim", "what was measured", "verdict", "resolution", "tightness"), rows)


def _table(head: Iterable[str] | None, rows: Iterable[Iterable[Any]]) -> str:
    top = f"<thead><tr>{''.join(f'<th>{escape(h)}</th>' for h in head)}</tr></thead>" if head else ""
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{top}<tbody>{body}</tbody></table>"
