"""The ledger: finished rows in SQLite, each committed at once, never overwritten by a later run."""

import hashlib
import json
import math
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO, get_args

from attest._rows import Row, Status
from attest._values import dumps, loads
from attest.errors import LedgerError

_TEXT = (
    "case",
    "setting",
    "given",
    "value",
    "error",
    "evidence",
    "said",
)  # stored by dumps, so that integers stay exact
_NAMES = tuple(f.name for f in fields(Row))
_COLUMNS = tuple(f'"{name}"' for name in _NAMES)  # quoted: case is a word of SQL


def _create(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE rows (
            claim TEXT NOT NULL, digest TEXT NOT NULL, role TEXT NOT NULL, "index" INTEGER NOT NULL,
            seed INTEGER NOT NULL, "case" TEXT NOT NULL, setting TEXT NOT NULL, given TEXT NOT NULL,
            value TEXT NOT NULL, error TEXT NOT NULL, evidence TEXT NOT NULL, status TEXT NOT NULL,
            note TEXT NOT NULL, seconds REAL NOT NULL, environment TEXT NOT NULL,
            PRIMARY KEY (claim, digest, role, "index", seed)) WITHOUT ROWID"""
    )
    connection.execute("CREATE TABLE environments (id TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID")


def _add_said(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE rows ADD COLUMN said TEXT NOT NULL DEFAULT '{}'")


def migrations() -> tuple[Callable[[sqlite3.Connection], None], ...]:
    """Step k brings a file of version k to version k + 1; a new file goes through all of them."""
    return _create, _add_said


def default_path() -> Path:
    """``ATTEST_LEDGER``, or ``ledger.sqlite`` in the user's data directory."""
    if named := os.environ.get("ATTEST_LEDGER"):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("attest", appauthor=False)) / "ledger.sqlite"


class Ledger:
    """Rows in one SQLite file, in write-ahead mode so that several processes may use it at once.

    Raises :class:`LedgerError`, naming the file and the remedy, where it cannot be opened, is damaged, or comes from a
    newer version; nothing in it is changed then.
    """

    def __init__(self, path: Path | None = None, *, must_exist: bool = False) -> None:
        self.path = default_path() if path is None else path
        if must_exist and not self.path.is_file():
            raise LedgerError(f"there is no ledger at {self.path}; `attest run --ledger {self.path}` makes one")
        self._connection = self._connect()
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def in_memory(cls) -> "Ledger":
        """A ledger that vanishes with the process."""
        return cls(Path(":memory:"))

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def _connect(self) -> sqlite3.Connection:
        try:
            if str(self.path) != ":memory:":
                self.path.parent.mkdir(parents=True, exist_ok=True)
            return sqlite3.connect(self.path, timeout=30.0, isolation_level=None)
        except (OSError, sqlite3.Error) as problem:
            raise LedgerError(f"{self._advice_to_write()}: {problem}") from None

    def _advice_to_write(self) -> str:
        return f"the ledger {self.path} cannot be written; name another place with --ledger FILE or ATTEST_LEDGER"

    def _prepare(self) -> None:
        with self._clear_errors():
            if self._connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("its pages are damaged")
            # Tables before version: another process commits both at once, so a new ledger is never taken for foreign.
            occupied = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
            newest = len(migrations())
            if version > newest:
                raise LedgerError(
                    f"the ledger {self.path} has version {version}, this attest reads up to {newest}: update attest, "
                    "or name another file with --ledger"
                )
            if version == newest:
                return
            if occupied and version == 0:
                raise LedgerError(f"{self.path} is a database of something else; name another file with --ledger")
            self._write_ahead()
            # IMMEDIATE: of two processes that meet a new file at once, the second waits and then finds it made.
            self._connection.execute("BEGIN IMMEDIATE")
            version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
            for step in migrations()[version:]:
                step(self._connection)
            self._connection.execute(f"PRAGMA user_version = {newest}")
            self._connection.execute("COMMIT")

    def _write_ahead(self) -> None:
        """Switch the journal; SQLite does not wait for other processes here, so this does."""
        until = time.monotonic() + 30.0
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as busy:
                if "locked" not in str(busy) or time.monotonic() > until:
                    raise
                time.sleep(0.02)

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as problem:
            text = str(problem)
            if "full" in text:
                kept = "every row finished before is kept"
                raise LedgerError(f"no room for the ledger {self.path}: {text}; {kept}", disk_full=True) from None
            raise LedgerError(f"{self._advice_to_write()}: {text}") from None
        except OverflowError:
            raise LedgerError(f"the ledger {self.path} holds seeds and indices below 2**63 only") from None
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # a misuse of this class, no damage to the file
        except sqlite3.DatabaseError as problem:
            count = len(salvage(self.path))
            raise LedgerError(
                f"the ledger {self.path} is damaged ({problem}) and is left as it is; {count} rows of it can be saved "
                f"with `attest ledger salvage {self.path} --jsonl OUT`, and --ledger FILE starts another"
            ) from None

    def add(self, row: Row) -> bool:
        """Commit *row* at once; whether it is new. A measured row stays; one that erred or was undecided gives way."""
        values = _stored(row)
        keep = ", ".join(f"{c} = excluded.{c}" for c in _COLUMNS)
        with self._clear_errors():
            done = self._connection.execute(
                f"INSERT INTO rows ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
                f"ON CONFLICT DO UPDATE SET {keep} WHERE rows.status != 'measured'",
                values,
            )
        return done.rowcount > 0

    def rows(self, claim: str | None = None, digest: str | None = None) -> list[Row]:
        """Rows in the order of claim, digest, role, index, seed; of one claim or digest if given."""
        given = [(name, value) for name, value in (("claim", claim), ("digest", digest)) if value is not None]
        where = f" WHERE {' AND '.join(f'{name} = ?' for name, _ in given)}" if given else ""
        query = f'SELECT {", ".join(_COLUMNS)} FROM rows{where} ORDER BY claim, digest, role, "index", seed'
        with self._clear_errors():
            return [_row(found) for found in self._connection.execute(query, [value for _, value in given])]

    def add_environment(self, stamp: Mapping[str, str]) -> str:
        """Keep *stamp* and return the name that rows refer to it by."""
        text = json.dumps(dict(stamp), sort_keys=True)
        name = hashlib.sha256(text.encode()).hexdigest()[:12]
        with self._clear_errors():
            self._connection.execute("INSERT OR IGNORE INTO environments VALUES (?, ?)", (name, text))
        return name

    def environment(self, name: str) -> dict[str, str]:
        """The stamp of that name; empty where the ledger has none (rows that came from elsewhere)."""
        with self._clear_errors():
            found = self._connection.execute("SELECT stamp FROM environments WHERE id = ?", (name,)).fetchone()
        return dict(json.loads(found[0])) if found else {}

    def export_jsonl(self, stream: TextIO, claims: Collection[str] | None = None) -> None:
        """Write every row (of *claims*, if given) as one JSON object a line."""
        for row in self.rows():
            if claims is None or row.claim in claims:
                stream.write(to_json(row) + "\n")

    def import_jsonl(self, lines: Iterable[str]) -> int:
        """Add rows that :meth:`export_jsonl` wrote; how many were new. All lines are read before any row is added."""
        return sum(self.add(row) for row in rows_from_jsonl(lines))


def _stored(row: Row) -> list[Any]:
    return [dumps(getattr(row, name)) if name in _TEXT else getattr(row, name) for name in _NAMES]


def _row(values: Iterable[Any]) -> Row:
    return Row(**{n: loads(v) if n in _TEXT else v for n, v in zip(_NAMES, values, strict=True)})


def to_json(row: Row) -> str:
    """One line of JSON with sorted keys; integers and fractions of the values as text."""
    return json.dumps(
        dict(zip(_NAMES, _stored(row), strict=True)) | {n: json.loads(dumps(getattr(row, n))) for n in _TEXT},
        sort_keys=True,
    )


def rows_from_jsonl(lines: Iterable[str]) -> list[Row]:
    """Rows from lines of JSON. Raises LedgerError with the number of a line that is none."""
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = {"said": {}, **json.loads(line, parse_constant=_refuse_constant)}
            found.append(_checked(_row(json.dumps(entry[n]) if n in _TEXT else entry[n] for n in _NAMES)))
        except (ValueError, KeyError, TypeError) as problem:
            raise LedgerError(f"line {number} is no row of a ledger: {type(problem).__name__}: {problem}") from None
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"a value must be finite, got {name}")


def _checked(row: Row) -> Row:
    """*row* as it is; TypeError or ValueError where a field cannot be what it says."""
    texts = (row.claim, row.digest, row.role, row.status, row.note, row.environment)
    if not all(isinstance(text, str) for text in texts) or not all(type(n) is int for n in (row.index, row.seed)):
        raise TypeError("claim, digest, role, status, note, environment are texts, index and seed integers")
    if not all(isinstance(part, dict) for part in (row.case, row.setting, row.given, row.said)):
        raise TypeError("case, setting, given and said are mappings")
    if not isinstance(row.seconds, int | float) or not 0 <= row.seconds < math.inf:
        raise ValueError(f"seconds must be a number of at least 0, got {row.seconds!r}")
    if row.status not in get_args(Status):
        raise ValueError(f"status must be one of {', '.join(get_args(Status))}, got {row.status!r}")
    return row


def salvage(path: Path) -> list[Row]:
    """The rows of a damaged file that can still be read; the file is opened read-only."""
    found: dict[tuple[str, str, str, int, int], Row] = {}
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return []
    try:
        # Reading ends at the first damaged page, so it is done from both ends: what is lost lies between.
        for direction in ("ASC", "DESC"):
            order = ", ".join(f'"{name}" {direction}' for name in _NAMES[:5])
            with suppress(sqlite3.Error):
                for values in connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM rows ORDER BY {order}"):
                    with suppress(ValueError, KeyError, TypeError):
                        row = _checked(_row(values))
                        found[row.key] = row
    finally:
        connection.close()
    return sorted(found.values(), key=lambda row: row.key)
