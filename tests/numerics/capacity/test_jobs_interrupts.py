"""The counting job cut off at every line, by the keyboard or for good: nothing counted twice, nothing left running."""

import inspect
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any

import numpy as np
import pytest

from numerics.capacity.jobs import CountJob, count_threshold_job, job_status
from numerics.capacity.jobs_checkpoint import Checkpoint, write_checkpoint
from numerics.capacity.jobs_workers import Workers
from numerics.capacity.threshold import count_threshold_functions

PARENT = """
import multiprocessing, sys
from numerics.capacity.jobs import count_threshold_job

def tell(job):
    if job.finished:
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)

if __name__ == "__main__":
    count_threshold_job(9, jobs=2, checkpoint=sys.argv[1], save_every=0.0, progress=tell)
"""


def interrupts(function: Callable[..., Any], line: int) -> Callable[..., Any]:
    """A trace that raises KeyboardInterrupt before the given line of the function is run for the second time."""
    at, runs = inspect.getsourcelines(function)[1] + line, 0

    def local(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal runs
        if event == "line" and frame.f_lineno == at:
            runs += 1
            if runs == 2:
                raise KeyboardInterrupt
        return local

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        return local if frame.f_code is function.__code__ else None

    return trace


@pytest.mark.parametrize("function", [Checkpoint.merge, write_checkpoint])
def test_an_interrupt_at_any_line_leaves_a_job_that_ends_at_the_exact_total(
    function: Callable[..., Any], tmp_path: Path
) -> None:
    hits, path = 0, tmp_path / "job.json"
    for line in range(1, len(inspect.getsourcelines(function)[0])):
        path.unlink(missing_ok=True)
        sys.settrace(interrupts(function, line))
        try:
            count_threshold_job(6, depth=5, chunk=4, checkpoint=path, save_every=0.0)
        except KeyboardInterrupt:
            hits += 1
        finally:
            sys.settrace(None)
        assert count_threshold_job(6, depth=5, checkpoint=path).result() == count_threshold_functions(6)
        assert list(tmp_path.iterdir()) == [path]
    assert hits >= 7


def _start(path: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """A run on two processes that has some results, and their numbers."""
    script = path.with_name("run.py")
    script.write_text(PARENT)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what is ignored here would be ignored there
    try:
        parent = subprocess.Popen(
            [sys.executable, str(script), str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert parent.stdout is not None
    return parent, [int(number) for number in parent.stdout.readline().split()]


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"  # nobody may collect it
    except FileNotFoundError:
        return not Path("/proc").exists()


def _all_end(processes: list[int]) -> bool:
    until = time.monotonic() + 30
    while any(map(_is_running, processes)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(_is_running, processes))


def test_the_keyboard_ends_a_run_on_two_processes_without_a_word_of_theirs(tmp_path: Path) -> None:
    parent, workers = _start(tmp_path / "job.json")
    assert len(workers) == 2
    os.killpg(parent.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, said = parent.communicate(timeout=60)
    assert said.count("Traceback") == 1 and said.rstrip().endswith("KeyboardInterrupt")
    assert _all_end(workers)
    assert 0 < job_status(tmp_path / "job.json").finished < 4096


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_the_one_that_began_it(tmp_path: Path, how: signal.Signals) -> None:
    parent, workers = _start(tmp_path / "job.json")
    assert len(workers) == 2
    parent.send_signal(how)
    parent.communicate(timeout=60)
    assert _all_end(workers)


class Mixed(Executor):
    """Finishes all its tasks before it gives one back, and one of them has failed."""

    def __init__(self) -> None:
        self.given = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        self.given += 1
        if self.given == 3:
            future.set_exception(OSError("no luck"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_what_was_finished_beside_a_task_that_failed_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    with pytest.raises(RuntimeError, match="no luck"):
        count_threshold_job(7, depth=5, chunk=2, checkpoint=path, executor=Mixed())
    assert job_status(path).finished == 30


def test_what_still_waits_when_the_time_is_up_is_not_begun() -> None:
    begun: list[int] = []
    release = Event()

    def task(number: int) -> int:
        begun.append(number)
        release.wait(10)
        return number

    def stop() -> bool:
        release.set()
        return len(begun) > 0

    with ThreadPoolExecutor(1) as pool, Workers(pool, 1) as workers:
        found = list(workers.results(task, ((k,) for k in range(50)), in_flight=50, stop=stop))
    assert sorted(found) == sorted(begun) and len(begun) < 50


@pytest.mark.parametrize(
    ("paths", "change"),
    [
        ((), lambda h, s: (h, s)),
        ((0, 0), lambda h, s: (h, s)),
        ((0, 64), lambda h, s: (h, s)),
        ((0, 1), lambda h, s: (h[:-1], s)),
        ((0, 1), lambda h, s: (h.astype(float), s)),
        ((0, 1), lambda h, s: (-h, s)),
        ((0, 1), lambda h, s: (h, float("nan"))),
    ],
)
def test_what_is_no_result_is_not_merged(paths: tuple[int, ...], change: Callable[..., Any]) -> None:
    state, ones = Checkpoint.empty(7, 6, "balanced"), np.ones(256, np.int64)
    with pytest.raises(ValueError, match="gave what is no histogram, or no time"):
        state.merge(paths, *change(ones, 1.0))
    assert not state.merged.finished.any() and not state.merged.histogram.any()


def test_a_link_to_a_checkpoint_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "job.json", tmp_path / "link.json"
    count_threshold_job(6, depth=5, checkpoint=path, time_limit=0)
    link.symlink_to(path)
    assert count_threshold_job(6, depth=5, checkpoint=link).complete
    assert link.is_symlink() and job_status(path).complete


def test_devices_and_huge_files_are_no_checkpoints(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="/dev/zero is no file, and so no checkpoint"):
        job_status("/dev/zero")
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(ValueError, match="has 1099511627776 bytes, and a checkpoint at most"):
        job_status(huge)


def test_a_job_says_where_it_stands_before_it_goes_on(tmp_path: Path) -> None:
    path, seen = tmp_path / "job.json", list[CountJob]()
    count_threshold_job(7, depth=6, checkpoint=path)
    count_threshold_job(7, depth=6, checkpoint=path, progress=seen.append)
    assert [job.finished for job in seen] == [64, 64]
