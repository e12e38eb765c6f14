"""The ledger keeps what was committed, exactly, through kills, two writers, damage and newer versions."""

import io
import json
import multiprocessing
import sqlite3
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from attest import _ledger
from attest._ledger import Ledger, rows_from_jsonl, salvage, to_json
from attest._rows import Row
from attest.errors import LedgerError

ROW = Row(
    "demo2020.T1",
    "abc",
    "case",
    0,
    0,
    {"n": 2**70, "x": Fraction(1, 3)},
    setting={"V": [[0.1, -2.5e-300]]},
    given={"norm": 1.5},
    value=[2**64 + 1, None, True, "text"],
    error=0.25,
    evidence={"weights": [1, -1]},
    seconds=0.5,
    environment="e",
    said={"": [2**64], "half": Fraction(2**64, 2)},
)


def test_rows_come_back_exactly(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        assert ledger.add(ROW)
        assert ledger.rows() == [ROW]
    with Ledger(tmp_path / "l.sqlite") as ledger:
        assert ledger.rows("demo2020.T1", "abc") == [ROW]
        assert ledger.rows("demo2020.T2") == []
        assert type(ledger.rows()[0].case["n"]) is int


def test_a_measured_row_is_never_replaced_but_a_failed_one_is() -> None:
    with Ledger.in_memory() as ledger:
        assert ledger.add(replace(ROW, status="erred", value=None, note="oh"))
        assert ledger.add(ROW)
        assert not ledger.add(replace(ROW, value=99))
        assert ledger.rows() == [ROW]


def test_rows_are_in_a_fixed_order() -> None:
    rows = [replace(ROW, claim=c, index=i, seed=s) for c in ("b2020.x", "a2020.x") for i in (10, 2) for s in (1, 0)]
    with Ledger.in_memory() as ledger:
        for row in rows:
            ledger.add(row)
        assert [r.key for r in ledger.rows()] == sorted(r.key for r in rows)


def test_text_and_back_is_exact_and_a_bad_line_is_named() -> None:
    stream = io.StringIO()
    with Ledger.in_memory() as ledger:
        ledger.add(ROW)
        ledger.export_jsonl(stream)
        ledger.export_jsonl(io.StringIO(), claims={"other"})
    assert rows_from_jsonl(stream.getvalue().splitlines()) == [ROW]
    assert json.loads(to_json(ROW))["case"]["n"] == {"int": str(2**70)}
    with Ledger.in_memory() as other:
        with pytest.raises(LedgerError, match="line 2 is no row"):
            other.import_jsonl([to_json(ROW), '{"claim": "x"}'])
        assert other.rows() == []
        assert other.import_jsonl([to_json(ROW), "", to_json(ROW)]) == 1


def test_environments_are_kept_once() -> None:
    with Ledger.in_memory() as ledger:
        name = ledger.add_environment({"python": "3.11"})
        assert ledger.add_environment({"python": "3.11"}) == name
        assert ledger.environment(name) == {"python": "3.11"}
        assert ledger.environment("unknown") == {}


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 7")
    connection.commit()
    connection.close()
    with pytest.raises(LedgerError, match="has version 7, this attest reads up to 2: update attest"):
        Ledger(path)


def test_an_older_version_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "older.sqlite"
    with Ledger(path) as ledger:
        ledger.add(ROW)

    def third(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE extra (x)")

    steps = (*_ledger.migrations(), third)
    monkeypatch.setattr(_ledger, "migrations", lambda: steps)
    with Ledger(path) as ledger:
        assert ledger.rows() == [ROW]
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (3,)
    assert connection.execute("SELECT count(*) FROM extra").fetchone() == (0,)
    connection.close()


def test_a_damaged_file_says_what_can_be_saved_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite"
    with Ledger(path) as ledger:
        for index in range(400):
            ledger.add(replace(ROW, index=index))
    data = bytearray(path.read_bytes())
    data[-8192:-4096] = b"\xff" * 4096
    path.write_bytes(data)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"damaged.*\d+ rows of it can be saved with `attest ledger salvage"):
        Ledger(path)
    assert path.read_bytes() == before
    assert 0 < len(salvage(path)) <= 400


def test_one_damaged_page_costs_only_the_rows_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    with Ledger(path) as ledger:
        for index in range(200):
            ledger.add(replace(ROW, index=index, value=list(range(60))))
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    whole = path.read_bytes()
    saved = []
    leaves = [page for page in range(1, len(whole) // size) if whole[page * size] == 0x0A]  # they hold rows alone
    assert len(leaves) > 20
    for page in leaves:
        path.write_bytes(whole[: page * size] + b"\xff" * size + whole[(page + 1) * size :])
        rows = salvage(path)
        assert [row.index for row in rows] == sorted({row.index for row in rows})
        assert all(row == replace(ROW, index=row.index, value=list(range(60))) for row in rows)
        saved.append(len(rows))
    assert min(saved) >= 190


def test_a_seed_that_does_not_fit_is_refused_in_one_line() -> None:
    with Ledger.in_memory() as ledger, pytest.raises(LedgerError, match=r"below 2\*\*63"):
        ledger.add(replace(ROW, seed=2**63))


def test_a_misuse_is_not_reported_as_damage() -> None:
    with Ledger.in_memory() as ledger:
        pass
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        ledger.rows()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_text("hello " * 1000)
    with pytest.raises(LedgerError, match="0 rows of it can be saved"):
        Ledger(path)
    assert path.read_text() == "hello " * 1000


def test_a_database_of_something_else_is_refused_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "foreign.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (x)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="is a database of something else"):
        Ledger(path)
    assert path.read_bytes() == before


def test_rows_are_saved_from_a_file_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a#b?c%20d.sqlite"
    with Ledger(path) as ledger:
        ledger.add(ROW)
    assert salvage(path) == [ROW]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"index": "0"}, "index and seed integers"),
        ({"claim": None}, "claim, digest"),
        ({"status": "fine"}, "status must be one of measured, erred, undecided, got 'fine'"),
        ({"value": float("nan")}, "must be finite, got NaN"),
    ],
)
def test_a_line_that_cannot_be_a_row_is_refused_with_its_number(changes: dict[str, object], why: str) -> None:
    line = json.dumps({**json.loads(to_json(ROW)), **changes})
    with pytest.raises(LedgerError, match=f"line 2 is no row.*{why}"):
        rows_from_jsonl([to_json(ROW), line])


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="cannot be written; name another place"):
        Ledger(tmp_path / "file" / "l.sqlite")


def test_a_missing_ledger_is_an_error_only_where_it_must_exist(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger at"):
        Ledger(tmp_path / "absent.sqlite", must_exist=True)
    assert not (tmp_path / "absent.sqlite").exists()


def test_a_full_disk_is_told_apart(tmp_path: Path) -> None:
    with Ledger(tmp_path / "full.sqlite") as ledger:
        ledger.add(ROW)
        pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match="no room") as refusal:
            for index in range(1, 10_000):
                ledger.add(replace(ROW, index=index, note="x" * 1000))
        assert refusal.value.disk_full
        assert ROW in ledger.rows()


def _write(path: Path, seed: int) -> None:
    with Ledger(path) as ledger:
        for index in range(100):
            ledger.add(replace(ROW, index=index, seed=seed))


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    path = tmp_path / "shared.sqlite"
    writers = [context.Process(target=_write, args=(path, seed)) for seed in (0, 1)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    with Ledger(path) as ledger:
        assert len(ledger.rows()) == 200


def _write_until_killed(path: Path, done: Connection) -> None:
    with Ledger(path) as ledger:
        for index in range(1_000_000):
            ledger.add(replace(ROW, index=index))
            done.send(index)


def test_a_kill_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    path = tmp_path / "killed.sqlite"
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_write_until_killed, args=(path, writer))
    process.start()
    told = [reader.recv() for _ in range(50)]
    process.kill()
    process.join(60)
    writer.close()
    while reader.poll():
        try:
            told.append(reader.recv())
        except EOFError:
            break
    with Ledger(path) as ledger:
        kept = [row.index for row in ledger.rows()]
    assert kept[: len(told)] == told
    assert len(kept) - len(told) in (0, 1)  # the last one may have been committed before it was told


def test_a_ledger_from_before_rows_said_what_was_predicted_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "first.sqlite"
    first = _ledger.migrations()[:1]
    with monkeypatch.context() as patched:
        patched.setattr(_ledger, "migrations", lambda: first)
        Ledger(path).__exit__(None, None, None)
    with Ledger(path) as ledger:
        assert ledger.add(ROW)
        assert ledger.rows() == [ROW]
    line = json.loads(to_json(ROW))
    del line["said"]
    assert rows_from_jsonl([json.dumps(line)])[0].said == {}
