"""The commands ``attest ledger …``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from attest._command import LedgerFile, console, emit, judged, open_ledger, selected, writable
from attest.errors import LedgerError

ledger_app = typer.Typer(no_args_is_help=True, help="Look after the ledger of measured rows.")


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
    with open_ledger(ledger) as store:
        if out is None:
            store.export_jsonl(sys.stdout, claims)
        else:
            with writable(out), out.open("w", encoding="utf-8") as stream:
                store.export_jsonl(stream, claims)


@ledger_app.command("salvage")
def ledger_salvage(
    damaged: Annotated[Path, typer.Argument(help="A ledger that does not open.")],
    jsonl: Annotated[Path, typer.Option(help="File for the rows that can be read.")],
) -> None:
    """Save what can be read of a damaged ledger; the damaged file is left as it is."""
    from attest._ledger import Ledger, salvage

    if not damaged.is_file():
        raise LedgerError(f"there is no file {damaged}")
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
    with jsonl.open(encoding="utf-8") as lines, open_ledger(ledger) as store:
        typer.echo(f"Added {store.import_jsonl(lines)} rows.")


@ledger_app.command("verdicts")
def ledger_verdicts(
    write: Annotated[bool, typer.Option("--write", help="Write ledger/verdicts.json of this checkout.")] = False,
    ledger: LedgerFile = None,
) -> None:
    """Show the verdicts that the ledger's rows give, or record them in the checkout."""
    from attest._store import committed, summary, write_verdicts

    claims = selected(None)
    with open_ledger(ledger) as store:
        found = judged(claims, store)
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
