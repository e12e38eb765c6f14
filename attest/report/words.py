"""How verdicts and figures are written, wherever they appear."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from attest._claim import Claim, Paper, Verdict
from attest._judge import CaseResult, Finding


def figure(value: float | None) -> str:
    """Three digits at most; a dash where there is none."""
    if value is None:
        return "–"
    return "exact" if value == 0 else f"{value:.2g}"


def share(value: float | None) -> str:
    """A bound's used share, which may be tiny or just below 1."""
    return "–" if value is None else f"{value:.3g}"


def sentence(text: str) -> str:
    """*text* with a capital, unless it begins with a symbol.

    >>> sentence("the loss falls"), sentence("m points in R^d")
    ('The loss falls', 'm points in R^d')
    """
    return re.sub(r"^(?:[a-z]{3,}|a|an|at|in|no|on)(?=[ ,])", lambda word: word.group().capitalize(), text)


def resolution_words(finding: Finding) -> str:
    """The resolution with its meaning; empty where there is none."""
    shown = figure(finding.resolution)
    if finding.resolution is None:
        return ""
    change = "tightening" if finding.claim.agrees and finding.claim.agrees.bound else "relative change"
    return (
        f"{shown}: any {change} is contradicted" if shown == "exact" else f"{shown}: the smallest {change} contradicted"
    )


def tightness_words(finding: Finding) -> str:
    """The tightness with its meaning; empty where there is none."""
    used = finding.tightness
    if used is None:
        return ""
    if finding.counterexample is not None:
        return f"at worst beyond the bound by a factor of {share(used)}"
    return f"{share(used)}: the largest share of the bound that a measurement used"


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


def citation(paper: Paper) -> str:
    """``Kerg et al. (2020)``."""
    surnames = [author.partition(",")[0] for author in paper.authors]
    names = " & ".join(surnames) if len(surnames) < 3 else f"{surnames[0]} et al."
    return f"{names} ({paper.year})"


def cited_words(claim: Claim) -> str:
    """Where the derivation is to be found, if it is cited and not carried out."""
    return f"cited: {claim.derivation.removeprefix('cited: ')}" if isinstance(claim.derivation, str) else ""


def tally(findings: Iterable[Finding]) -> str:
    """``12 SUPPORTED, 3 REFUTED``, in order of the verdicts."""
    counts = Counter(finding.verdict for finding in findings)
    return ", ".join(f"{counts[v]} {str(v).replace('_', ' ')}" for v in reversed(Verdict) if counts[v]) or "no claims"


def value_text(value: Any, limit: int = 120) -> str:
    """A plain value in few characters: floats to six digits, long numbers, lists and texts cut in the middle.

    >>> value_text([1, 0.5, Fraction(1, 3)])
    '[1, 0.5, 1/3]'
    """
    shown = _written(value)
    return shown if len(shown) <= limit else f"{shown[: limit // 2]} … {shown[-(limit // 2 - 3) :]}"


def _written(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return _exactly(Fraction(value))
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_written(entry)}' for key, entry in value.items())}}}"
    return str(value)


def _exactly(value: Fraction) -> str:
    """A whole number or fraction with all its digits, or its size where they are too many to print."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > 400:
        sign, size = "-" if value < 0 else "", abs(value)
        powers = (size.numerator.bit_length() - size.denominator.bit_length()) * 0.30103
        return f"{sign}about 10^{powers:.0f}"
    return str(value)


def case_text(result: CaseResult) -> str:
    """The case of a row, ``n=3, d=1``, or its place where it has no names."""
    return case_words(result.row.case) or f"row {result.row.index}"


def case_words(case: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value_text(value, 40)}" for name, value in case.items())


def evidence(claim: Claim, result: CaseResult, limit: int = 120) -> str:
    """The case, what was predicted and what was measured, in one line."""
    measured = measured_text(claim, result, limit)
    return f"{case_text(result)}: predicted {value_text(result.predicted, limit)}, measured {measured}"


def measured_text(claim: Claim, result: CaseResult, limit: int = 120) -> str:
    """What was measured with the error it states; of a ladder the exponent that it extrapolates to."""
    interval = getattr(claim.agrees, "interval", None)
    if interval is not None:
        exponent, half = interval(result.row.value)
        return f"exponent {exponent:.6g} ± {half:.2g}"
    error = "" if result.row.error is None else f" ± {value_text(result.row.error, limit // 3)}"
    return value_text(result.row.value, limit) + error
