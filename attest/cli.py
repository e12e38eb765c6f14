"""The command ``attest``. Subject code is imported by the commands that need it, so that help comes at once."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from attest.errors import ClaimError, LedgerError, OriginError

if TYPE_CHECKING:
    from attest._claim import Claim
    from attest._judge import Finding
    from attest._ledger import Ledger
    from attest._rows import Row

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="What papers claim about attention: derived symbolically, measured independently, compared with evidence.",
)
ledger_app = typer.Typer(no_args_is_help=True, help="Look after the ledger of measured rows.")
app.add_typer(ledger_app, name="ledger")

AS_DECLARED, NOT_AS_DECLARED, BAD_INPUT, RAN_OUT, INTERRUPTED = 0, 1, 2, 3, 130

Pattern = Annotated[str, typer.Argument(help="Shell pattern of ids, an id, or the beginning of ids.")]
LedgerFile = Annotated[Path | None, typer.Option("--ledger", help="Ledger file [default: the user's data directory].")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of everything random.")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Worker processes [default: one for each core].")]
Budget = Annotated[float | None, typer.Option(min=0.0, help="Wall-clock seconds for the whole run.")]


def console(*, stderr: bool = False) -> Console:
    """Rich's console: plain text without colour when it is not a terminal, or when NO_COLOR is set."""
    return Console(stderr=stderr, highlight=False, soft_wrap=False)


def emit(value: Any) -> None:
    """Print JSON and nothing else."""
    sys.stdout.write(json.dumps(value, indent=1, sort_keys=True) + "\n")


def main() -> None:
    """Entry point: every foreseen error is one line and an exit code; ``--debug`` shows the traceback."""
    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    try:
        app()
    except (ClaimError, LedgerError, OriginError, ValueError, OSError) as problem:
        if debug:
            raise
        line = " ".join(str(problem).split())
        sys.stderr.write(f"attest: {line}\n")
        full = getattr(problem, "disk_full", False) or getattr(problem, "errno", None) == 28
        sys.exit(RAN_OUT if full else BAD_INPUT)
    except KeyboardInterrupt:
        sys.stderr.write("attest: interrupted\n")
        sys.exit(INTERRUPTED)


@app.callback(invoke_without_command=True)
def _options(version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"attest {installed('attest-attention')}")
        raise typer.Exit


def _selected(pattern: str) -> tuple["Claim", ...]:
    from attest._registry import all_claims, registry

    claims = all_claims(pattern)
    for name, problem in registry().broken.items():
        sys.stderr.write(f"attest: the plug-in {name!r} is left out: {problem}\n")
    return claims


def _with_premises(claims: tuple["Claim", ...]) -> list["Claim"]:
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


def _judged(claims: tuple["Claim", ...], ledger: "Ledger") -> dict[str, "Finding"]:
    from attest._store import committed, deep_rows, findings

    found = findings(_with_premises(claims), ledger, deep_rows(committed()))
    return {claim.id: found[claim.id] for claim in claims}


@app.command("list")
def list_claims(
    pattern: Pattern = "*",
    coverage: Annotated[bool, typer.Option("--coverage", help="Count listed statements that have a claim.")] = False,
    index: Annotated[Path | None, typer.Option(help="JSON file: paper -> tag -> title; needed by --coverage.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the claims there are, without measuring anything."""
    from attest.report.terminal import print_claims

    claims = _selected(pattern)
    if coverage:
        from attest._coverage import coverage_of, print_coverage, read_index

        if index is None:
            raise ClaimError("--coverage needs --index FILE, a JSON file that maps papers to tags to titles")
        found = coverage_of(claims, read_index(index))
        emit(found) if as_json else print_coverage(console(), found)
    elif as_json:
        keys = ("id", "where", "says", "kind")
        emit([{**{k: getattr(c, k) for k in keys}, "paper": c.paper.key, "expects": str(c.expects)} for c in claims])
    else:
        print_claims(console(), claims)


@app.command()
def run(
    pattern: Pattern = "*",
    deep: Annotated[bool, typer.Option("--deep", help="Measure the deep cases too; this can take hours.")] = False,
    jobs: Jobs = None,
    seed: Seed = 0,
    budget: Budget = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Measure again what the ledger already has.")] = False,
    ledger: LedgerFile = None,
    as_json: AsJson = False,
) -> None:
    """Examine claims: measure what is missing, judge, print the ledger and write report.html."""
    from attest._store import not_as_declared
    from attest.report.html import write_page
    from attest.report.terminal import print_ledger

    claims = _selected(pattern)
    report = Path("report.html")
    with _writable(report), _open(ledger) as store:
        code = _measure(claims, store, deep=deep, jobs=jobs, seed=seed, budget=budget, fresh=fresh)
        found = _judged(claims, store)
    write_page(report, found)
    if as_json:
        emit([finding.to_record() for finding in found.values()])
    else:
        print_ledger(console(), found)
        console().print(f"Wrote {report}. `attest show ID` tells everything about one claim.")
    _leave(code, not_as_declared(found, strict=False))


@app.command()
def check(
    pattern: Pattern = "*",
    deep: Annotated[bool, typer.Option("--deep", help="Also require current rows for the deep cases.")] = False,
    seeds: Annotated[int | None, typer.Option(min=1, help="Count false alarms over this many fresh seeds.")] = None,
    jobs: Jobs = None,
    budget: Budget = None,
    ledger: LedgerFile = None,
    as_json: AsJson = False,
) -> None:
    """Run, and fail where ids, digests, expectations or verdicts differ from ledger/verdicts.json."""
    from attest._store import committed, differences, not_as_declared, read_verdicts

    claims = _selected(pattern)
    if seeds is not None:
        _check_alarms(claims, seeds, as_json)
        return
    folder = committed()
    if folder is None:
        raise LedgerError("no ledger/verdicts.json here or above: run `attest check` inside a checkout of attest")
    recorded = read_verdicts(folder)
    with _open(ledger) as store:
        code = _measure(claims, store, deep=deep, jobs=jobs, seed=0, budget=budget, fresh=False)
        found = _judged(claims, store)
    if pattern != "*":
        recorded = {name: entry for name, entry in recorded.items() if name in found}
    lines = differences(found, recorded)
    failing = not_as_declared(found, strict=True)
    stale = [f for f in found.values() if f.stale]
    if as_json:
        emit({"differences": lines, "failing": [f.to_record() for f in failing], "stale": [f.claim.id for f in stale]})
    else:
        for line in lines:
            console().print(line, soft_wrap=True)
        for finding in stale:
            renew = f"attest run {finding.claim.id} --deep --fresh"
            console().print(f"{finding.claim.id}: deep rows of older code; renew them with `{renew}`", soft_wrap=True)
        console().print(f"{len(found)} claims checked, {len(lines)} differences, {len(failing)} not as declared.")
    _leave(code, failing, bad=bool(lines) or (deep and bool(stale)))


def _check_alarms(claims: tuple["Claim", ...], seeds: int, as_json: bool) -> None:
    from attest._alarms import count_alarms

    alarms = count_alarms(claims, seeds)
    if as_json:
        emit(alarms)
    else:
        console().print(
            f"{alarms['alarms']} alarms in {alarms['comparisons']} statistical comparisons over {seeds} seeds; "
            f"{alarms['expected']:.2g} expected at the stated rate, {alarms['allowed']} allowed.",
            soft_wrap=True,
        )
    raise typer.Exit(AS_DECLARED if alarms["alarms"] <= alarms["allowed"] else NOT_AS_DECLARED)


@app.command()
def show(
    claim: Annotated[str, typer.Argument(help="Id of a claim.")], ledger: LedgerFile = None, as_json: AsJson = False
) -> None:
    """Tell everything about one claim: verdict, evidence, rivals, source."""
    from attest._registry import by_id
    from attest.report.terminal import print_finding

    with _open(ledger) as store:
        finding = _judged((by_id(claim),), store)[claim]
    emit(finding.to_record()) if as_json else print_finding(console(), finding)


@app.command()
def falsify(
    claim: Annotated[str, typer.Argument(help="Id of a claim.")],
    budget: Annotated[float, typer.Option(min=0.0, help="Wall-clock seconds.")] = 60.0,
    seed: Seed = 0,
    ledger: LedgerFile = None,
    as_json: AsJson = False,
) -> None:
    """Search for a counter-example; one that is found is shrunk, kept in the ledger and counts from then on."""
    from attest._digest import digest
    from attest._falsify import falsify as search
    from attest._registry import by_id

    target = by_id(claim)
    stamp = digest(target)
    with _open(ledger) as store, _spinner(f"searching for a counter-example of {claim}") as status:
        attempt = search(target, budget=budget, seed=seed, digest=stamp, progress=lambda n: status(f"{n} measurements"))
        if attempt.row is not None:
            store.add(attempt.row)
        finding = _judged((target,), store)[claim]
    if as_json:
        case = None if attempt.row is None else {k: str(v) for k, v in attempt.row.case.items()}
        emit({"id": claim, "evaluations": attempt.evaluations, "worst": attempt.worst, "counterexample": case})
    elif attempt.row is None:
        worst = f"; worst ratio {attempt.worst:.6g}" if attempt.worst is not None else ""
        console().print(f"No counter-example in {attempt.evaluations} measurements{worst}.")
    else:
        from attest.report.terminal import print_finding

        print_finding(console(), finding)
    _leave(AS_DECLARED, [] if finding.as_declared or attempt.row is None else [finding])


@app.command()
def cite(pattern: Annotated[str, typer.Argument(help="Ids; all papers by default.")] = "*") -> None:
    """Print BibTeX of what was used: the papers, and attest itself."""
    from importlib.metadata import version

    papers = {claim.paper.key: claim.paper for claim in _selected(pattern)}
    own = "@software{attest,\n  title   = {attest},\n  author  = {The attest contributors},\n"
    typer.echo(f"{own}  version = {{{version('attest-attention')}}},\n}}")
    for key in sorted(papers):
        typer.echo(papers[key].bibtex)


@app.command()
def new(key: Annotated[str, typer.Argument(metavar="KEY", help="<firstauthor><year>, such as vaswani2017.")]) -> None:
    """Write the scaffold of a paper's claims, one that runs, to fill in."""
    from attest._scaffold import write_scaffold

    path, advice = write_scaffold(key, Path.cwd())
    console().print(f"Wrote {path}. {advice}", soft_wrap=True)


@app.command()
def report(
    pattern: Pattern = "*",
    html: Annotated[Path | None, typer.Option(help="Write one offline page to this file.")] = None,
    ledger: LedgerFile = None,
    as_json: AsJson = False,
) -> None:
    """Report what the ledger shows, without measuring anything."""
    from attest.report.html import write_page
    from attest.report.terminal import print_ledger

    claims = _selected(pattern)
    with _open(ledger) as store:
        found = _judged(claims, store)
    if html is not None:
        write_page(html, found)
        console().print(f"Wrote {html}.")
    elif as_json:
        emit([finding.to_record() for finding in found.values()])
    else:
        print_ledger(console(), found)


@ledger_app.command("path")
def ledger_path(ledger: LedgerFile = None) -> None:
    """Say where the ledger is."""
    from attest._ledger import default_path

    typer.echo(ledger or default_path())


@ledger_app.command("export")
def ledger_export(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line (the only format).")] = True,
    out: Annotated[Path | None, typer.Option(help="File to write [default: standard output].")] = None,
    pattern: Annotated[str, typer.Option(help="Only rows of these claims.")] = "*",
    ledger: LedgerFile = None,
) -> None:
    """Write the rows of the ledger as text; integers stay exact."""
    from attest._registry import matching, registry

    claims = {c.id for c in matching(list(registry().claims.values()), pattern)} if pattern != "*" else None
    with _open(ledger) as store:
        if out is None:
            store.export_jsonl(sys.stdout, claims)
        else:
            with _writable(out), out.open("w", encoding="utf-8") as stream:
                store.export_jsonl(stream, claims)


@ledger_app.command("salvage")
def ledger_salvage(
    damaged: Annotated[Path, typer.Argument(help="A ledger that does not open.")],
    jsonl: Annotated[Path, typer.Option(help="File for the rows that can be read.")],
) -> None:
    """Save what can be read of a damaged ledger; the damaged file is left as it is."""
    from attest._ledger import Ledger, salvage

    rows = salvage(damaged)
    with Ledger.in_memory() as store, jsonl.open("x", encoding="utf-8") as stream:
        for row in rows:
            store.add(row)
        store.export_jsonl(stream)
    typer.echo(f"Saved {len(rows)} rows to {jsonl}; `attest ledger import {jsonl}` reads them into a new ledger.")


@ledger_app.command("import")
def ledger_import(
    jsonl: Annotated[Path, typer.Argument(help="File that `attest ledger export` or `salvage` wrote.")],
    ledger: LedgerFile = None,
) -> None:
    """Add the rows of a file to the ledger."""
    with jsonl.open(encoding="utf-8") as lines, _open(ledger) as store:
        typer.echo(f"Added {store.import_jsonl(lines)} rows.")


@ledger_app.command("verdicts")
def ledger_verdicts(
    write: Annotated[bool, typer.Option("--write", help="Write ledger/verdicts.json of this checkout.")] = False,
    ledger: LedgerFile = None,
) -> None:
    """Show the verdicts that the ledger's rows give, or record them in the checkout."""
    from attest._store import committed, summary, write_verdicts

    claims = _selected("*")
    with _open(ledger) as store:
        found = _judged(claims, store)
    if not write:
        emit(summary(found))
        return
    folder = committed()
    if folder is None:
        raise LedgerError("no ledger/verdicts.json here or above: verdicts are recorded inside a checkout of attest")
    untested = [f.claim.id for f in found.values() if f.verdict == "UNTESTED" and f.claim.cases]
    if untested:
        raise LedgerError(
            f"{len(untested)} claims have no rows yet ({untested[0]}, …); `attest run` measures them first"
        )
    console().print(f"Wrote {write_verdicts(folder, found)}.", soft_wrap=True)


@contextmanager
def _open(path: Path | None) -> Iterator["Ledger"]:
    from attest._ledger import Ledger

    with Ledger(path) as ledger:
        yield ledger


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    """Find out that a file cannot be written before anything is measured for it."""
    probe = path.with_name(f".{path.name}.probe")
    try:
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise LedgerError(f"{path} cannot be written: {problem.strerror}; go to a folder that can be written") from None
    yield


@contextmanager
def _spinner(text: str) -> Iterator[Any]:
    """A live line at a terminal, silence in a pipe."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda detail: None
        return
    with screen.status(text) as status:
        yield lambda detail: status.update(f"{text}: {detail}")


def _measure(claims: tuple["Claim", ...], ledger: "Ledger", *, deep: bool, **options: Any) -> int:
    """Run with live progress; the exit code so far."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from attest._runner import Outcome
    from attest._runner import run as measure_all
    from attest._store import committed, deep_rows

    screen = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen, disable=not screen.is_terminal, transient=True) as progress:
        bar = progress.add_task("starting", total=None)

        def start(todo: int, done: int) -> None:
            progress.update(bar, total=todo + done, completed=done)

        def advance(row: "Row") -> None:
            progress.update(bar, advance=1, description=row.claim[:36].ljust(36))

        wanted = _with_premises(claims)
        known = deep_rows(committed()) if deep else ()
        outcome = measure_all(wanted, ledger, deep=deep, known=known, on_start=start, on_row=advance, **options)
    if outcome is Outcome.INTERRUPTED:
        screen.print("Interrupted. What was finished is kept; the same command goes on from there.", soft_wrap=True)
        return INTERRUPTED
    if outcome is Outcome.OUT_OF_BUDGET:
        screen.print("The budget of the run is used up. The same command goes on from there.", soft_wrap=True)
        return RAN_OUT
    return AS_DECLARED


def _leave(code: int, failing: list["Finding"], *, bad: bool = False) -> None:
    """Exit as the architecture of the exit codes asks, naming what is not as declared."""
    for finding in failing:
        last = finding.reason.strip().splitlines()[-1:] or [""]
        line = f"{finding.claim.id}: {finding.verdict}, declared {finding.claim.expects}: {last[0]}"
        console(stderr=True).print(line, style="red", soft_wrap=True)
    if code == AS_DECLARED and (failing or bad):
        code = NOT_AS_DECLARED
    raise typer.Exit(code)


if __name__ == "__main__":
    main()
