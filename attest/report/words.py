"""How verdicts and figures are written, wherever they appear."""

from collections import Counter
from collections.abc import Iterable

from attest._claim import Verdict
from attest._judge import Finding


def figure(value: float | None) -> str:
    """Three digits at most; a dash where there is none."""
    if value is None:
        return "–"
    return "exact" if value == 0 else f"{value:.2g}"


def share(value: float | None) -> str:
    """A bound's used share, which may be tiny or just below 1."""
    return "–" if value is None else f"{value:.3g}"


def verdict_word(finding: Finding) -> str:
    """The verdict, marked where it is not the declared one or rests on rows of older code."""
    word = str(finding.verdict).replace("_", " ")
    return word + ("" if finding.as_declared else " (!)") + (" (stale)" if finding.stale else "")


def colour(finding: Finding) -> str:
    """Terminal colour: green as declared, red not, yellow where nothing was decided."""
    if not finding.as_declared:
        return "red"
    undecided = (Verdict.NOT_TESTABLE, Verdict.UNDECIDED, Verdict.UNTESTED)
    return "yellow" if finding.verdict in undecided else "green"


def tally(findings: Iterable[Finding]) -> str:
    """``12 SUPPORTED, 3 REFUTED``, in order of the verdicts."""
    counts = Counter(finding.verdict for finding in findings)
    return ", ".join(f"{counts[v]} {str(v).replace('_', ' ')}" for v in reversed(Verdict) if counts[v]) or "no claims"
