"""Which statements of an index of papers have a claim."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from attest._claim import Claim
from attest.errors import ClaimError


def read_index(path: Path) -> dict[str, dict[str, str]]:
    """A JSON file that maps each paper's key to its tags and their titles. Raises ClaimError where it is none."""
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ClaimError(f"the index {path} cannot be read: {problem}") from None
    if not isinstance(index, dict) or not all(isinstance(tags, dict) for tags in index.values()):
        raise ClaimError(f"the index {path} must map papers to tags to titles")
    return index


def tag_of(claim: Claim, tags: Iterable[str]) -> str | None:
    """The longest listed tag that the claim's own equals, or that precedes a hyphen in it; case counts."""
    fitting = [tag for tag in tags if claim.tag == tag or claim.tag.startswith(f"{tag}-")]
    return max(fitting, key=len, default=None)


def coverage_of(claims: Iterable[Claim], index: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """For each paper of the index: the tags that have a claim and those that miss one, in the index's order."""
    had: dict[str, set[str | None]] = {paper: set() for paper in index}
    for claim in claims:
        if claim.paper.key in index:
            had[claim.paper.key].add(tag_of(claim, index[claim.paper.key]))
    return {
        paper: {"have": [t for t in tags if t in had[paper]], "missing": [t for t in tags if t not in had[paper]]}
        for paper, tags in index.items()
    }


def print_coverage(console: Console, coverage: Mapping[str, Mapping[str, list[str]]]) -> None:
    """A line of counts and a line of what is missing, for each paper."""
    for paper, part in coverage.items():
        console.print(f"{paper}: {len(part['have'])} of {len(part['have']) + len(part['missing'])} statements")
        if part["missing"]:
            console.print(f"  missing: {' '.join(part['missing'])}")
    have = sum(len(part["have"]) for part in coverage.values())
    missing = sum(len(part["missing"]) for part in coverage.values())
    console.print(f"have {have}, missing {missing}")
