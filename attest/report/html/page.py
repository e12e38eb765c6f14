"""The whole page: summary, table of claims, a section for each, the graph of premises, the environment."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from attest._claim import Paper, Verdict
from attest._judge import Finding
from attest.report.html.graph import edges_of, whole_graph
from attest.report.html.inline import with_formulas
from attest.report.html.section import section_of, told_once
from attest.report.words import citation, figure, sentence, share, tally, verdict_word


def page(findings: Mapping[str, Finding]) -> str:
    """The page as text; it holds all it needs and asks for nothing."""
    loader = jinja2.PackageLoader("attest.report.html")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "figure": figure,
        "share": share,
        "word": verdict_word,
        "citation": citation,
        "sentence": sentence,
        "formulas": lambda text: Markup(with_formulas(text)),
    }
    edges = edges_of(finding.claim for finding in findings.values())
    groups: dict[Paper, list[Any]] = {}
    told: dict[tuple[Markup, ...], str] = {}
    for finding in findings.values():
        section = told_once(section_of(finding, findings, edges), told)
        groups.setdefault(finding.claim.paper, []).append(section)
    return environment.get_template("page.html").render(
        groups=groups,
        findings=list(findings.values()),
        tally=tally(findings.values()),
        verdicts=[v for v in reversed(Verdict) if any(f.verdict is v for f in findings.values())],
        counts=Counter((f.claim.paper.key, f.verdict) for f in findings.values()),
        kinds=sorted({f.claim.kind for f in findings.values()}),
        surprising=[f for f in findings.values() if not (f.as_declared or f.verdict is Verdict.UNTESTED) or f.stale],
        untested=sum(f.verdict is Verdict.UNTESTED for f in findings.values()),
        graph=Markup(whole_graph(findings)),
        environments=_environments(findings),
        style=Markup(_text(loader, environment, "style.css")),
        script=Markup(_text(loader, environment, "filter.js")),
    )


def write_page(path: Path, findings: Mapping[str, Finding]) -> None:
    """Write the page whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(page(findings), encoding="utf-8")
    draft.replace(path)


def _text(loader: jinja2.BaseLoader, environment: jinja2.Environment, name: str) -> str:
    return loader.get_source(environment, name)[0]


def _environments(findings: Mapping[str, Finding]) -> list[tuple[list[tuple[str, str]], int]]:
    """Each environment that rows were measured in, and for how many claims."""
    found = Counter(tuple(sorted(f.environment.items())) for f in findings.values() if f.environment)
    return [(list(stamp), count) for stamp, count in found.most_common()]
