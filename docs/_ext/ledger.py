"""What documents say about verdicts, written from the registry and ``ledger/verdicts.json``; none is typed by hand."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from attest import Claim, Verdict, all_claims
from attest.report.words import sentence

ROOT = Path(__file__).parents[2]
COLUMNS = (Verdict.SUPPORTED, Verdict.REFUTED, Verdict.NOT_TESTABLE)
MARKS = ("<!-- verdicts: `python docs/readme.py` writes this table -->", "<!-- end of verdicts -->")

Recorded = Mapping[str, Mapping[str, Any]]


def recorded() -> dict[str, dict[str, Any]]:
    """The committed verdicts by id."""
    return dict(json.loads((ROOT / "ledger" / "verdicts.json").read_text(encoding="utf-8"))["claims"])


def word(verdict: str) -> str:
    return verdict.replace("_", " ")


def tally_table(claims: Iterable[Claim], verdicts: Recorded) -> str:
    """One line a paper and one for their sum: how many of its recorded claims have which verdict."""
    papers = {claim.paper.key: claim.paper for claim in claims}
    counts = {key: Counter(v["verdict"] for n, v in verdicts.items() if n.startswith(f"{key}.")) for key in papers}
    others = sorted({v for count in counts.values() for v in count} - set(COLUMNS))
    columns = [*COLUMNS, *others]
    lines = [["paper", "claims", *map(word, columns)], ["---", *["---:"] * (len(columns) + 1)]]
    rows = [(_short(papers[key]), counts[key]) for key in sorted(papers)]
    rows.append(("**all**", sum(counts.values(), Counter())))
    lines += [[name, count.total(), *(count[column] for column in columns)] for name, count in rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _short(paper: Any) -> str:
    families = [author.partition(",")[0] if "," in author else author.split()[-1] for author in paper.authors]
    names = f"{families[0]} et al." if len(families) > 3 else ", ".join(families)
    return f"{names} ({paper.year}) `{paper.key}`"


def with_table(text: str, table: str) -> str:
    """*text* with *table* between its marks. Raises ValueError where the marks are missing."""
    begin, end = MARKS
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the text has no {begin!r} followed by {end!r}")
    return f"{before}{begin}\n{table}\n{end}{after}"


def paper_page(key: str, verdicts: Recorded) -> str:
    """The claims of a paper, statement by statement: what each says, its verdict, its rivals, what holds instead."""
    claims = all_claims(key)
    blocks = [_summary(claims, verdicts)]
    for statement, group in groupby(sorted(claims, key=_order), key=_statement):
        blocks.append(f"## {statement}")
        blocks += ["\n".join(_entry(claim, verdicts)) for claim in group]
    return "\n\n".join(blocks)


def _statement(claim: Claim) -> str:
    """The listed tag of a claim: the part of its id before a suffix."""
    return claim.tag if claim.paper.key == "cover1965" else claim.tag.partition("-")[0]


def _order(claim: Claim) -> list[tuple[str, int]]:
    return [(letters, int(digits or 0)) for letters, digits in re.findall(r"([^\d]+)(\d*)", _statement(claim))]


def _summary(claims: Iterable[Claim], verdicts: Recorded) -> str:
    count = Counter(verdicts[claim.id]["verdict"] if claim.id in verdicts else "not recorded yet" for claim in claims)
    said = ", ".join(f"{number} {word(verdict)}" for verdict, number in count.most_common())
    return f"**{sum(count.values())} claims: {said}.**"


def _entry(claim: Claim, verdicts: Recorded) -> Iterator[str]:
    entry = verdicts.get(claim.id)
    verdict = word(entry["verdict"]) if entry else "not recorded yet"
    yield f"({claim.id})=\n### `{claim.id}`\n"
    yield f"{prose(sentence(claim.says))}.\n"
    yield f"**{verdict}**. {prose(claim.where)}."
    if entry and entry["cases"]:
        yield f"{entry['cases']} row{'s' if entry['cases'] > 1 else ''}{_figures(entry)}."
    if claim.rivals:
        yield f"\nRivals: {'; '.join(map(prose, claim.rivals))}."
    if claim.corrected:
        yield f"\nWhat holds instead: {_links([claim.corrected])}."
    if claim.scope:
        yield f"\nTried: {prose(claim.scope)}."
    if claim.open:
        yield f"\nOpen: {prose(claim.open)}."
    if claim.finite_form:
        yield f"\nFinite content: {_links(claim.finite_form)}."
    if claim.rests_on:
        yield f"\nRests on {_links(claim.rests_on)}."


def _figures(entry: Mapping[str, Any]) -> str:
    parts = []
    if entry["resolution"] is not None:
        parts.append("resolution exact" if entry["resolution"] == 0 else f"resolution {entry['resolution']:.2g}")
    if entry["tightness"] is not None:
        parts.append(f"tightness {entry['tightness']:.3g}")
    if entry["derivation"] != "none":
        parts.append(f"derivation {entry['derivation']}")
    return "".join(f", {part}" for part in parts)


def _links(names: Iterable[str]) -> str:
    return ", ".join(f"[`{name}`](#{name})" for name in names)


def prose(text: str) -> str:
    """Plain text in Markdown: what is no mark-up is not read as such."""
    return re.sub(r"([\\`*_{}\[\]<>$|~^#])", r"\\\1", text)
