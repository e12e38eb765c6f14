"""The command ``attest``. Subject code is imported by the commands that need it, so that help comes at once."""

import gc
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attest._cli_bounds import bound, export
from attest._cli_count import app as count_app
from attest._cli_ledger import ledger_app
from attest._command import (
    AS_DECLARED,
    BAD_INPUT,
    INTERRUPTED,
    NOT_AS_DECLARED,
    RAN_OUT,
    AsJson,
    Budget,
    ClaimId,
    Jobs,
    LedgerFile,
    Patterns,
    Seed,
    console,
    emit,
    judged,
    leave,
    open_ledger,
    progress,
    selected,
    spinner,
    with_premises,
    writable,
)
from attest.errors import ClaimError, LedgerError, OriginError

if TYPE_CHECKING:
    from attest._claim import Claim
    from attest._ledger import Ledger

UsageError: Any = typer.BadParameter.__base__  # Typer gives it no name of its own

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="What papers claim about attention: derived symbolically, measured independently, compared with evidence.",
)
app.add_typer(ledger_app, name="ledger")
app.add_typer(count_app, name="count")
app.command()(bound)
app.command()(export)


def main() -> None:
    """Entry point: every foreseen error is one line and an exit code; ``--debug`` shows the traceback."""
    gc.set_threshold(100_000)  # claims and their syntax trees all stay: looking through them doubles the start-up
    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    try:
        sys.exit(app(standalone_mode=False))
    except UsageError as problem:
        if debug:
            raise
        about = problem.format_message()
        if not about.startswith("Usage:"):  # that would be the help, asked for by no words at all
            command = problem.ctx.command_path if problem.ctx else "attest"
            about = f"attest: {' '.join(about.split())} (`{command} --help` shows what is allowed)"
        sys.stderr.write(f"{about}\n")
        sys.exit(BAD_INPUT)
    except (ClaimError, LedgerError, OriginError, ValueError, OSError) as problem:
        if debug:
            raise
        line = " ".join(str(problem).split())
        sys.stderr.write(f"attest: {line}\n")
        full = getattr(problem, "disk_full", False) or getattr(problem, "errno", None) == 28
        sys.exit(RAN_OUT if full else BAD_INPUT)
    except Exception as problem:  # unforeseen: still one line
        if debug:
            raise
        line = " ".join(f"{type(problem).__name__}: {problem}".split())
        sys.stderr.write(f"attest: {line} (--debug shows where)\n")
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.stderr.write("attest: interrupted\n")
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # nor is anything looked for on the way out


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error, not one line.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"attest {installed('attest-attention')}")
        raise typer.Exit


@app.command("list")
def list_claims(
    patterns: Patterns = None,
    coverage: Annotated[bool, typer.Option("--coverage", help="Count listed statements that have a claim.")] = False,
    index: Annotated[Path | None, typer.Option(help="JSON file: paper -> tag -> title; needed by --coverage.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the claims there are, without measuring anything."""
    from attest.report.terminal import print_claims

    claims = selected(patterns, listing=True)
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
    patterns: Patterns = None,
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

    claims = selected(patterns)
    report = Path("report.html")
    with writable(report), open_ledger(ledger) as store:
        code = _measure(claims, store, deep=deep, jobs=jobs, seed=seed, budget=budget, fresh=fresh)
        found = judged(claims, store)
    write_page(report, found)
    if as_json:
        emit([finding.to_record() for finding in found.values()])
    else:
        print_ledger(console(), found)
        console().print(f"Wrote {report}. `attest show ID` tells everything about one claim.")
    leave(code, not_as_declared(found, strict=False))


@app.command()
def check(
    patterns: Patterns = None,
    deep: Annotated[bool, typer.Option("--deep", help="Also require current rows for the deep cases.")] = False,
    seeds: Annotated[int | None, typer.Option(min=1, help="Count false alarms over this many fresh seeds.")] = None,
    jobs: Jobs = None,
    budget: Budget = None,
    ledger: LedgerFile = None,
    as_json: AsJson = False,
) -> None:
    """Run, and fail where ids, digests, expectations or verdicts differ from ledger/verdicts.json."""
    from attest._store import committed, differences, not_as_declared, read_verdicts

    claims = selected(patterns)
    if seeds is not None:
        _check_alarms(claims, seeds, as_json)
        return
    folder = committed()
    if folder is None:
        raise LedgerError("no ledger/verdicts.json here or above: run `attest check` inside a checkout of attest")
    recorded = read_verdicts(folder)
    with open_ledger(ledger) as store:
        code = _measure(claims, store, deep=deep, jobs=jobs, seed=0, budget=budget, fresh=False)
        found = judged(claims, store)
    if patterns:
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
    leave(code, failing, bad=bool(lines) or (deep and bool(stale)))


def _check_alarms(claims: tuple["Claim", ...], seeds: int, as_json: bool) -> None:
    from attest._alarms import count_alarms, statistical

    with progress() as bar:
        bar.start(seeds * len(statistical(claims)))
        alarms = count_alarms(claims, seeds, bar.advance)
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
    claim: ClaimId,
    ledger: LedgerFile = None,
    as_json: AsJson = False,
) -> None:
    """Tell everything about one claim: verdict, evidence, rivals, source."""
    from attest._registry import by_id
    from attest.report.terminal import print_finding

    with open_ledger(ledger) as store:
        finding = judged((by_id(claim),), store)[claim]
    emit(finding.to_record()) if as_json else print_finding(console(), finding)


@app.command()
def falsify(
    claim: ClaimId,
    budget: Annotated[float, typer.Option(min=0.0, help="Wall-clock seconds.")] = 60.0,
    seed: Seed = 0,
    ledger: LedgerFile = None,
    as_json: AsJson = False,
) -> None:
    """Search for a counter-example; one that is found is shrunk, kept in the ledger and counts from then on."""
    from attest._digest import digest
    from attest._falsify import falsify as search
    from attest._registry import by_id

    until = time.monotonic() + budget
    target = by_id(claim)
    stamp = digest(target)
    with open_ledger(ledger) as store:
        with spinner(f"searching for a counter-example of {claim}") as status:
            tell = lambda n: status(f"{n} measurements, {max(0.0, until - time.monotonic()):.0f} s left")  # noqa: E731
            attempt = search(target, budget=budget, seed=seed, digest=stamp, progress=tell)
        if attempt.row is not None:
            store.add(attempt.row)
        finding = judged((target,), store)[claim]
    if as_json:
        case = None if attempt.row is None else {k: str(v) for k, v in attempt.row.case.items()}
        emit({"id": claim, "evaluations": attempt.evaluations, "worst": attempt.worst, "counterexample": case})
    elif attempt.row is None:
        worst = f"; worst ratio {attempt.worst:.6g}" if attempt.worst is not None else ""
        console().print(f"No counter-example in {attempt.evaluations} measurements{worst}.")
    else:
        from attest.report.terminal import print_finding

        print_finding(console(), finding)
    leave(AS_DECLARED, [] if finding.as_declared or attempt.row is None else [finding])


@app.command()
def cite(patterns: Patterns = None, as_json: AsJson = False) -> None:
    """Print BibTeX of what was used: the papers, and attest itself."""
    from importlib.metadata import version

    papers = {claim.paper.key: claim.paper for claim in selected(patterns, listing=True)}
    own = "@software{attest,\n  title   = {attest},\n  author  = {The attest contributors},\n"
    entries = {"attest": f"{own}  version = {{{version('attest-attention')}}},\n}}"}
    entries |= {key: papers[key].bibtex for key in sorted(papers)}
    if as_json:
        emit(entries)
    else:
        typer.echo("\n".join(entries.values()))


@app.command()
def new(key: Annotated[str, typer.Argument(metavar="KEY", help="<firstauthor><year>, such as vaswani2017.")]) -> None:
    """Write the scaffold of a paper's claims, one that runs, to fill in."""
    from attest._scaffold import write_scaffold

    path, advice = write_scaffold(key, Path.cwd())
    console().print(f"Wrote {path}. {advice}", soft_wrap=True)


@app.command()
def report(
    patterns: Patterns = None,
    html: Annotated[Path | None, typer.Option(help="Write one offline page to this file.")] = None,
    ledger: LedgerFile = None,
    as_json: AsJson = False,
) -> None:
    """Report what the ledger shows, without measuring anything."""
    from attest.report.html import write_page
    from attest.report.terminal import print_ledger

    claims = selected(patterns)
    with writable(html) if html else nullcontext(), open_ledger(ledger) as store:
        found = judged(claims, store)
    if html is not None:
        write_page(html, found)
        console().print(f"Wrote {html}.")
    elif as_json:
        emit([finding.to_record() for finding in found.values()])
    else:
        print_ledger(console(), found)


def _measure(claims: tuple["Claim", ...], ledger: "Ledger", *, deep: bool, **options: Any) -> int:
    """Run with live progress; the exit code so far."""
    from attest._runner import Outcome
    from attest._runner import run as measure_all
    from attest._store import committed, deep_rows

    screen = console(stderr=True)
    with progress() as bar:
        wanted = with_premises(claims)
        known = deep_rows(committed()) if deep else ()
        outcome = measure_all(
            wanted,
            ledger,
            deep=deep,
            known=known,
            on_start=bar.start,
            on_row=lambda row: bar.advance(row.claim),
            **options,
        )
    if outcome is Outcome.INTERRUPTED:
        screen.print("Interrupted. What was finished is kept; the same command goes on from there.", soft_wrap=True)
        return INTERRUPTED
    if outcome is Outcome.OUT_OF_BUDGET:
        screen.print("The budget of the run is used up. The same command goes on from there.", soft_wrap=True)
        return RAN_OUT
    return AS_DECLARED
