"""Runs give the same rows on one process and on two, survive being killed, and measure nothing twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from attest._ledger import Ledger
from attest._rows import Row

Plugin = Callable[..., Path]
Environment = Callable[..., dict[str, str]]

DRAWS = """
A = squares(
    "demo2020.T1", setting=lambda rng, n: {"x": rng.normal(size=n).tolist()}, cases=grid(n=range(1, 9)),
    predicts=lambda x: sum(v * v for v in x),
    measures=lambda x, rng: Observed(sum(v * v for v in x), evidence=rng.random()),
    agrees=within(rounding(operations=8)), rivals={"twice": lambda x: 2 * sum(v * v for v in x)},
)
B = squares("demo2020.T2")
"""


def start(path: Path, environment: Environment, ledger: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "attest", "run", "demo2020", *words]
    env = environment(path, ATTEST_LEDGER=str(ledger))
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell's background jobs ignore it, and hand that on
    try:
        return subprocess.Popen(command, cwd=ledger.parent, env=env, start_new_session=True, **streams)
    finally:
        signal.signal(signal.SIGINT, before)


def finish(process: subprocess.Popen[bytes]) -> int:
    process.communicate(timeout=60)
    return process.returncode


def rows(path: Path) -> list[Row]:
    with Ledger(path) as ledger:
        return ledger.rows()


def content(found: list[Row]) -> list[tuple[object, ...]]:
    return [(row.key, row.case, row.setting, row.value, row.evidence) for row in found]


def test_one_job_and_two_jobs_give_the_same_rows(plugin: Plugin, environment: Environment, tmp_path: Path) -> None:
    path = plugin(DRAWS)
    for jobs in ("1", "2"):
        assert finish(start(path, environment, tmp_path / f"{jobs}.sqlite", "--jobs", jobs)) == 0
    assert content(rows(tmp_path / "1.sqlite")) == content(rows(tmp_path / "2.sqlite"))
    assert finish(start(path, environment, tmp_path / "3.sqlite", "--seed", "5")) == 0
    assert content(rows(tmp_path / "3.sqlite")) != content(rows(tmp_path / "1.sqlite"))


SLOW = """
import pathlib, time

def slowly(n):
    with open({log!r}, "a") as log:
        log.write(f"{{n}}\\n")
    time.sleep(0.25)
    return n**2

A = squares("demo2020.T1", measures=lambda n: slowly(n), cases=grid(n=range({cases})))
"""


def wait_until(met: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not met():
        assert time.monotonic() < until
        time.sleep(0.02)


def wait_for_rows(ledger: Path, count: int) -> None:
    wait_until(lambda: ledger.exists() and len(rows(ledger)) >= count)


def test_a_killed_run_loses_nothing_finished_and_measures_nothing_twice(
    plugin: Plugin, environment: Environment, tmp_path: Path
) -> None:
    log, ledger = tmp_path / "log", tmp_path / "killed.sqlite"
    path = plugin(SLOW.format(log=str(log), cases=12))
    process = start(path, environment, ledger, "--jobs", "2")
    wait_for_rows(ledger, 3)
    process.send_signal(signal.SIGKILL)
    finish(process)
    kept = rows(ledger)
    assert len(kept) >= 3
    finished = {str(row.case["n"]) for row in kept}
    before = log.read_text().split()
    assert finish(start(path, environment, ledger, "--jobs", "2")) == 0
    again = log.read_text().split()[len(before) :]
    assert not finished & set(again)
    assert len(rows(ledger)) == 12


def test_an_interrupt_keeps_the_rows_in_hand_and_says_how_to_resume(
    plugin: Plugin, environment: Environment, tmp_path: Path
) -> None:
    log, ledger = tmp_path / "log", tmp_path / "interrupted.sqlite"
    process = start(plugin(SLOW.format(log=str(log), cases=60)), environment, ledger, "--jobs", "2")
    wait_for_rows(ledger, 2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert b"the same command goes on from there" in said
    assert len(rows(ledger)) == len(log.read_text().split())


def test_an_interrupt_while_the_workers_start_is_clean(
    plugin: Plugin, environment: Environment, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    path = plugin(SLOW.format(log=str(log), cases=60))
    for delay in (0.0, 0.2, 0.5):
        ledger = tmp_path / f"early-{delay}.sqlite"
        process = start(path, environment, ledger, "--jobs", "2")
        wait_until(ledger.exists)  # before that, the interpreter itself may still be starting
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130, said
        assert b"Traceback" not in said


def test_a_worker_that_dies_costs_its_own_row_alone(plugin: Plugin, environment: Environment, tmp_path: Path) -> None:
    ledger = tmp_path / "dead.sqlite"
    path = plugin(
        'import os\nA = squares("demo2020.T1", measures=lambda n: os._exit(9) if n == 2 else n**2)\n'
        'B = squares("demo2020.T2")'
    )
    assert finish(start(path, environment, ledger, "--jobs", "2")) == 1
    found = {(row.claim, row.case.get("n")): row for row in rows(ledger)}
    dead = [row for row in rows(ledger) if row.status == "erred"]
    assert len(dead) == 1
    assert "the worker died" in dead[0].note
    assert len(found) == 6


def test_what_is_measured_again_and_differs_is_pooled(plugin: Plugin, environment: Environment, tmp_path: Path) -> None:
    ledger, switch = tmp_path / "again.sqlite", tmp_path / "switch"
    body = f"import os\nA = squares('demo2020.T1', measures=lambda n: n**2 + os.path.exists({str(switch)!r}))"
    path = plugin(body)
    assert finish(start(path, environment, ledger, "--fresh")) == 0
    assert finish(start(path, environment, ledger, "--fresh")) == 0
    assert len(rows(ledger)) == 3
    switch.touch()
    assert finish(start(path, environment, ledger, "--fresh")) == 1
    switch.unlink()
    assert finish(start(path, environment, ledger, "--fresh")) == 1  # a later row never outvotes a contradiction
    assert len(rows(ledger)) == 6


def test_two_runs_at_once_share_one_ledger(plugin: Plugin, environment: Environment, tmp_path: Path) -> None:
    path, ledger = plugin(DRAWS), tmp_path / "shared.sqlite"
    both = [start(path, environment, ledger, "--jobs", "1") for _ in range(2)]
    assert [finish(process) for process in both] == [0, 0]
    assert len(rows(ledger)) == 11


def test_no_worker_outlives_a_killed_parent(plugin: Plugin, environment: Environment, tmp_path: Path) -> None:
    ledger, alive = tmp_path / "orphans.sqlite", tmp_path / "alive"
    body = f"""
    import os, time

    def forever(n):
        with open({str(alive)!r}, "a") as log:
            log.write(f"{{os.getpid()}}\\n")
        time.sleep(600)

    A = squares("demo2020.T1", measures=lambda n: forever(n))
    """
    process = start(plugin(body), environment, ledger, "--jobs", "2")
    wait_until(lambda: alive.exists() and len(alive.read_text().split()) >= 2)
    process.send_signal(signal.SIGKILL)
    finish(process)
    workers = [int(pid) for pid in alive.read_text().split()]
    wait_until(lambda: not any(map(_is_running, workers)))
    assert len(workers) == 2


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
