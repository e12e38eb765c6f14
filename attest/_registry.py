"""All claims there are: ours, found by looking, and those that other distributions announce."""

import fnmatch
import importlib
import pkgutil
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from attest._claim import Claim
from attest._graph import check_references, close_matches
from attest._reach import check_independence
from attest.errors import ClaimError


@dataclass(frozen=True)
class Registry:
    """Claims by id, and what is wrong with plug-ins that could not be loaded (name -> one line)."""

    claims: dict[str, Claim]
    broken: dict[str, str]


def claims_in(module: ModuleType) -> list[Claim]:
    """The claims bound at the top level of *module*, alone or in a list or tuple, in the order of the file."""
    found: dict[int, Claim] = {}
    for value in vars(module).values():
        for entry in value if isinstance(value, list | tuple) else (value,):
            if isinstance(entry, Claim) and entry.declared_at[0][0] == module.__name__:
                found.setdefault(id(entry), entry)
    return list(found.values())


def collect(module: ModuleType) -> list[Claim]:
    """The claims of *module* and, if it is a package, of every module below it."""
    found = claims_in(module)
    for info in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
        found += claims_in(importlib.import_module(info.name))
    return found


def assemble(
    claims: Iterable[Claim], known: Mapping[str, Claim] | None = None, *, listing: bool = False
) -> dict[str, Claim]:
    """*known* and *claims* by id. Raises ClaimError on a duplicate id, a dangling reference, or two sides that meet.

    *listing* leaves the last check out, for which the source of all that a claim reaches is read.
    """
    by_id: dict[str, Claim] = dict(known or {})
    for claim in claims:
        if claim.id in by_id:
            other, here = by_id[claim.id].declared_at[0], claim.declared_at[0]
            raise ClaimError(
                f"claim {claim.id!r} is declared twice: {other[0]} line {other[1]} and {here[0]} line {here[1]}"
            )
        if not listing:
            check_independence(claim)
        by_id[claim.id] = claim
    check_references(list(by_id.values()))
    return dict(sorted(by_id.items()))


@cache
def registry(*, listing: bool = False) -> Registry:
    """Our claims and those of the entry point group ``attest.claims``.

    *listing* is enough to show their names: that the two sides of ours do not meet is not looked at again.
    A claim file of ours that does not load raises ClaimError; a plug-in that does not is reported and left out.
    """
    import attest.claims

    try:
        ours = collect(attest.claims)
    except ClaimError:
        raise
    except Exception as problem:
        where = traceback.extract_tb(problem.__traceback__)[-1]
        raise ClaimError(
            f"a claim file does not import: {type(problem).__name__}: {problem} ({where.filename}, line {where.lineno})"
        ) from problem
    claims, broken = assemble(ours, listing=listing), {}
    for point in sorted(entry_points(group="attest.claims"), key=lambda p: p.name):
        try:
            claims = assemble(_load(point), claims)
        except Exception as problem:  # a stranger's code: name it and go on without it
            broken[point.name] = f"{type(problem).__name__}: {problem}".splitlines()[0]
    return Registry(claims, broken)


def _load(point: EntryPoint) -> list[Claim]:
    module = point.load()
    if not isinstance(module, ModuleType):
        raise ClaimError(f"the entry point must name a module, got {type(module).__name__}")
    return collect(module)


def all_claims(*patterns: str) -> tuple[Claim, ...]:
    """All claims, or those whose id matches any of *patterns*, sorted by id.

    A pattern is a shell pattern (``kerg2020.T1-*``), an id, or the beginning of ids up to a full stop or hyphen
    (``kerg2020``). Raises ClaimError, with close matches, for a pattern that matches nothing.
    """
    return matching(list(registry().claims.values()), *patterns)


def matching(claims: Sequence[Claim], *patterns: str) -> tuple[Claim, ...]:
    """Those of *claims* whose id matches any of *patterns* (see :func:`all_claims`)."""
    found = {id(claim) for pattern in patterns or ("*",) for claim in _matching(claims, pattern)}
    return tuple(claim for claim in claims if id(claim) in found)


def _matching(claims: Sequence[Claim], pattern: str) -> list[Claim]:
    found = [c for c in claims if fnmatch.fnmatchcase(c.id, pattern) or c.id.startswith((f"{pattern}.", f"{pattern}-"))]
    if not found:
        known = {claim.id for claim in claims} | {claim.paper.key for claim in claims}
        raise ClaimError(f"no claim matches {pattern!r}{close_matches(pattern, known)}; `attest list` shows all")
    return found


def by_id(name: str) -> Claim:
    """The claim of that id. Raises ClaimError, with close matches, where there is none."""
    claims = registry().claims
    if name not in claims:
        raise ClaimError(f"there is no claim {name!r}{close_matches(name, set(claims))}; `attest list` shows all")
    return claims[name]
