"""The graph of premises: acyclic, of known ids, and what follows from it."""

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from attest._claim import Claim, Verdict
from attest.errors import ClaimError


def premises(claim: Claim) -> tuple[str, ...]:
    """Ids that must be judged before *claim*."""
    return (*claim.rests_on, *claim.finite_form, *([claim.corrected] if claim.corrected else []))


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    """*claims*, each after its premises. Raises ClaimError on a cycle."""
    by_id = {claim.id: claim for claim in claims}
    sorter = TopologicalSorter({c.id: [p for p in premises(c) if p in by_id] for c in claims})
    try:
        return [by_id[name] for name in sorter.static_order()]
    except CycleError as cycle:
        raise ClaimError(f"claims rest on each other in a circle: {' -> '.join(cycle.args[1])}") from None


def check_references(claims: Sequence[Claim]) -> None:
    """Raise ClaimError unless every id that a claim names exists and no claim rests on itself through others."""
    by_id = {claim.id: claim for claim in claims}
    known = set(by_id)
    for claim in claims:
        for name in premises(claim):
            if name not in known:
                raise ClaimError(f"claim {claim.id!r} names {name!r}, which is no claim{close_matches(name, known)}")
        if claim.corrected and by_id[claim.corrected].expects is not Verdict.SUPPORTED:
            raise ClaimError(
                f"claim {claim.id!r}: corrected names {claim.corrected!r}, which is not expected SUPPORTED"
            )
    in_order(claims)


def close_matches(name: str, known: set[str]) -> str:
    """`` (did you mean ...?)`` or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), n=3)
    return f" (did you mean {', '.join(near)}?)" if near else ""
