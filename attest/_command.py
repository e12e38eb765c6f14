"""What all commands share: options, the console, opening things, and leaving with the right exit code."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from attest.errors import ClaimError, LedgerError

if TYPE_CHECKING:
    from rich.progress import Progress

    from attest._claim import Claim
    from attest._judge import Finding
    from attest._ledger import Ledger

AS_DECLARED, NOT_AS_DECLARED, BAD_INPUT, RAN_OUT, INTERRUPTED = 0, 1, 2, 3, 130


def complete_ids(incomplete: str) -> list[str]:
    """Ids that begin so, for the shell; nothing where the claims do not load."""
    from attest._registry import registry

    try:
        return [name for name in registry(listing=True).claims if name.startswith(incomplete)]
    except ClaimError:
        return []


Patterns = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATTERN",
        help="Ids, beginnings of ids, shell patterns [default: all claims].",
        autocompletion=complete_ids,
        show_default=False,
    ),
]
ClaimId = Annotated[str, typer.Argument(help="Id of a claim.", autocompletion=complete_ids)]
LedgerFile = Annotated[Path | None, typer.Option("--ledger", help="Ledger file [default: the user's data directory].")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Seed = Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Seed of everything random.")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Worker processes [default: one for each core].")]
Budget = Annotated[float | None, typer.Option(min=0.0, help="Wall-clock seconds for the whole run.")]


def console(*, stderr: bool = False) -> Console:
    """Rich's console: plain text without colour when it is not a terminal, or when NO_COLOR is set."""
    # Statements hold brackets and colons: nothing in them is markup.
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=False)


def emit(value: Any) -> None:
    """Print JSON and nothing else."""
    sys.stdout.write(json.dumps(value, indent=1, sort_keys=True) + "\n")


def selected(patterns: Sequence[str] | None, *, listing: bool = False) -> tuple["Claim", ...]:
    """The claims that match any of *patterns*; *listing* as for the registry."""
    from attest._registry import matching, registry

    known = registry(listing=True) if listing else registry()  # by no other words: each is kept under its own
    claims = matching(list(known.claims.values()), *(patterns or ()))
    for name, problem in known.broken.items():
        sys.stderr.write(f"attest: the plug-in {name!r} is left out: {problem}\n")
    return claims


def with_premises(claims: tuple["Claim", ...]) -> list["Claim"]:
    """*claims* and all that they rest on, which judging them needs."""
    from attest._graph import premises
    from attest._registry import registry

    known, found, queue = registry().claims, {}, list(claims)
    while queue:
        claim = queue.pop()
        if claim.id not in found:
            found[claim.id] = claim
            queue.extend(known[name] for name in premises(claim))
    return [found[name] for name in sorted(found)]


def judged(claims: tuple["Claim", ...], ledger: "Ledger") -> dict[str, "Finding"]:
    from attest._store import committed, deep_rows, findings

    wanted = with_premises(claims)
    with progress() as bar:
        bar.start(len(wanted))
        show = lambda finding: bar.advance(f"judging {finding.claim.id}")  # noqa: E731
        found = findings(wanted, ledger, deep_rows(committed()), on_finding=show)
    return {claim.id: found[claim.id] for claim in claims}


@contextmanager
def open_ledger(path: Path | None) -> Iterator["Ledger"]:
    from attest._ledger import Ledger

    with Ledger(path) as ledger:
        yield ledger


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Find out that a file cannot be written before anything is measured for it."""
    if path.is_dir():
        raise LedgerError(f"{path} is a folder; name a file in it")
    probe = path.with_name(f".{path.name}.probe")
    try:
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise LedgerError(f"{path} cannot be written: {problem.strerror}; go to a folder that can be written") from None
    yield


class Bar:
    """What is done of what there is, with the time left."""

    def __init__(self, shown: "Progress") -> None:
        self._shown = shown
        self._task = shown.add_task("starting", total=None)

    def start(self, todo: int, done: int = 0) -> None:
        self._shown.update(self._task, total=todo + done, completed=done)

    def advance(self, what: str) -> None:
        self._shown.update(self._task, advance=1, description=what[:36].ljust(36))


@contextmanager
def progress() -> Iterator[Bar]:
    """A live bar at a terminal, silence in a pipe."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    screen = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen, disable=not screen.is_terminal, transient=True) as shown:
        yield Bar(shown)


@contextmanager
def spinner(text: str) -> Iterator[Callable[[str], None]]:
    """A live line at a terminal, silence in a pipe."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda detail: None
        return
    with screen.status(text) as status:
        yield lambda detail: status.update(f"{text}: {detail}")


def leave(code: int, failing: list["Finding"], *, bad: bool = False) -> None:
    """Exit as the architecture of the exit codes asks, naming what is not as declared."""
    for finding in failing:
        last = finding.reason.strip().splitlines()[-1:] or [""]
        line = f"{finding.claim.id}: {finding.verdict}, declared {finding.claim.expects}: {last[0]}"
        console(stderr=True).print(line, style="red", soft_wrap=True)
    if code == AS_DECLARED and (failing or bad):
        code = NOT_AS_DECLARED
    raise typer.Exit(code)
