"""What the page tells about one claim, as texts and markup that a template only has to place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from attest._claim import Verdict
from attest._judge import Finding, RivalResult
from attest._rows import rival_role
from attest.report.html.formula import for_a_page, mathml_of, statements_of
from attest.report.html.graph import Edge, neighbourhood
from attest.report.html.plot import plot_of
from attest.report.words import (
    case_text,
    case_words,
    citation,
    cited_words,
    evidence,
    measured_text,
    resolution_words,
    tightness_words,
    value_text,
    verdict_word,
)


@dataclass(frozen=True)
class Formula:
    """A statement of ``theory`` behind a prediction."""

    name: str
    says: str
    source: str
    markup: Markup


@dataclass(frozen=True)
class RivalRow:
    """A rival and the figures that contradict it."""

    name: str
    near: bool
    fate: str
    case: str
    predicted: str
    measured: str


@dataclass(frozen=True)
class Section:
    """One claim on the page; ``facts`` are (term, text) pairs, empty ones left out.

    ``steps`` are those of its derivation, with their formulas; ``formulas_at`` names a claim that shows the same ones.
    """

    finding: Finding
    word: str
    facts: list[tuple[str, str]]
    formulas: list[Formula]
    hypotheses: list[str]
    steps: list[tuple[str, Markup]]
    rivals: list[RivalRow]
    counterexample: str
    commands: list[str]
    plot: Markup
    caption: str
    graph: Markup
    formulas_at: str = ""


def section_of(finding: Finding, findings: Mapping[str, Finding], edges: Sequence[Edge]) -> Section:
    """The section of one claim; nothing is measured or judged."""
    statements = statements_of(finding.claim)
    plot, caption = plot_of(finding)
    counter = "" if finding.counterexample is None else evidence(finding.claim, finding.counterexample)
    return Section(
        finding=finding,
        word=verdict_word(finding),
        facts=[(term, words) for term, words in _facts(finding) if words and words != "–"],
        formulas=[Formula(s.name, s.says, s.source, Markup(mathml_of(s.name))) for s in statements],
        hypotheses=_hypotheses(finding, statements),
        steps=[(f"{step['name']} ({step['kind']})", _formula_of(step)) for step in finding.steps],
        rivals=[_rival(finding, rival) for rival in finding.rivals.values()],
        counterexample=counter,
        commands=_commands(finding),
        plot=Markup(plot),
        caption=caption,
        graph=Markup(neighbourhood(finding.claim.id, findings, edges)),
    )


def _formula_of(step: Mapping[str, Any]) -> Markup:
    """What the step shows; empty for rows that do not have it and for what is too long to be read."""
    return Markup(for_a_page(step.get("formula", ""), step["name"]))


def told_once(section: Section, told: dict[tuple[Markup, ...], str]) -> Section:
    """*section*, without the formulas of a derivation that an earlier claim shows; *told*: which shows which."""
    formulas = tuple(formula for _, formula in section.steps)
    first = told.setdefault(formulas, section.finding.claim.id) if any(formulas) else section.finding.claim.id
    if first == section.finding.claim.id:
        return section
    return replace(section, steps=[(words, Markup()) for words, _ in section.steps], formulas_at=first)


def _facts(finding: Finding) -> list[tuple[str, str]]:
    claim, reason = finding.claim, finding.reason.strip().splitlines()
    seeds = sorted({result.row.seed for result in finding.cases})
    roles = {"case": "", "deep": "deep", "attack": "found by the search for its worst case", "falsified": "falsified"}
    counts = {role: sum(r.row.role == role for r in finding.cases) for role in roles}
    rows = ", ".join(f"{n} {words}".strip() for role, words in roles.items() if (n := counts[role]))
    return [
        ("Source", f"{citation(claim.paper)}, {claim.where}"),
        ("Kind", f"{claim.kind}, compared by {claim.agrees}" if claim.agrees else claim.kind),
        ("Declared", "" if claim.expects is Verdict.SUPPORTED else f"{claim.expects}".replace("_", " ")),
        ("Because", reason[-1] if reason else ""),
        ("Resolution", resolution_words(finding)),
        ("Tightness", tightness_words(finding)),
        ("Derivation", cited_words(claim)),
        ("Measured on", _axes([*claim.cases, *claim.deep_cases])),
        ("Control", _axes(claim.control)),
        ("Rows", f"{rows}; seed {', '.join(map(str, seeds))}; {finding.seconds:.2g} CPU seconds" if rows else ""),
        ("Scope", claim.scope or ""),
        ("Open", claim.open or ""),
        ("Premises", "; ".join(f"unsupported premise: {name}" for name in finding.unsupported_premises)),
    ]


def _axes(cases: Sequence[Mapping[str, object]]) -> str:
    """The values that each part of the cases takes, in order; long axes by their ends."""
    axes: dict[str, list[str]] = {}
    for case in cases:
        for name, value in case.items():
            shown = value_text(value, 32)
            axes.setdefault(name, [])
            if shown not in axes[name]:
                axes[name].append(shown)
    parts = [
        f"{name} = {', '.join(seen)}" if len(seen) <= 8 else f"{name} = {seen[0]} … {seen[-1]} ({len(seen)} values)"
        for name, seen in axes.items()
    ]
    return "; ".join(parts) + (f" ({len(cases)} case{'s' if len(cases) > 1 else ''})" if parts else "")


def _hypotheses(finding: Finding, statements: Sequence[Any]) -> list[str]:
    """What the formulas assume, and what the claim's rivals step out of."""
    found: list[str] = []
    for s in statements:
        found += [condition.name for condition in s.conditions] + list(s.assumes)
        found += [f"{a.says} ({a.name}): {a.allowed}" for a in s.arguments]
    found += [
        f"needed, as shown by the rival “{name}” outside it: {case_words(rival.cases[0])}"
        for name, rival in finding.claim._rivals.items()
        if rival.cases
    ]
    return list(dict.fromkeys(found))


def _rival(finding: Finding, rival: RivalResult) -> RivalRow:
    against = rival.contradicted_by
    if against is None:
        return RivalRow(rival.name, rival.near, "survived" if finding.cases else "not measured yet", "", "", "")
    if against.note:
        return RivalRow(rival.name, rival.near, "erred", case_text(against), "", "")
    outside = " (outside the hypothesis)" if against.row.role == rival_role(rival.name) else ""
    predicted = value_text(against.predicted, 80)
    measured = measured_text(finding.claim, against, 80)
    return RivalRow(rival.name, rival.near, "contradicted", f"{case_text(against)}{outside}", predicted, measured)


def _commands(finding: Finding) -> list[str]:
    claim = finding.claim
    if claim.kind == "asymptotic":
        return [f"attest run {name}" for name in claim.finite_form]
    if claim.kind == "benchmark":
        return [f"attest show {claim.id}"]
    seeds = sorted({result.row.seed for result in finding.cases}) or [0]
    found = [f"attest run {claim.id} --seed {seed} --fresh" for seed in seeds[:3]] if claim.cases else []
    found += [f"attest run {claim.id} --deep --fresh"] if claim.deep_cases else []
    return found + ([f"attest falsify {claim.id} --budget 60"] if claim.free is not None else [])
