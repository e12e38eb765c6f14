"""The counting job: killed, doubled, distributed; the total stays exact or nothing is said."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from numerics.capacity import jobs
from numerics.capacity.engine_cone import SEARCH_VERSION, search
from numerics.capacity.jobs import DEFAULT_DEPTH, CountJob, count_threshold_job, job_status, run_tasks
from numerics.capacity.jobs_check import verify_job
from numerics.capacity.jobs_checkpoint import Checkpoint
from numerics.capacity.jobs_workers import Workers
from numerics.capacity.threshold import count_threshold_functions

PartialJob = Callable[..., Checkpoint]
T8 = 17561539552946
T9 = 144130531453121108
CHILD = """
import sys
from numerics.capacity.jobs import count_threshold_job
n, depth, chunk = map(int, sys.argv[2:])
count_threshold_job(n, depth=depth, chunk=chunk, checkpoint=sys.argv[1], save_every=0.0)
"""


def _kill_until_done(path: Path, n: int, depth: int, chunk: int, kills: int, seed: int) -> int:
    """Start the job again and again, killing it at random moments; returns how many kills hit it half way."""
    rng = random.Random(seed)
    hits = 0
    for _ in range(kills):
        before = job_status(path).finished if path.exists() else -1
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(path), str(n), str(depth), str(chunk)])
        deadline = time.monotonic() + 60
        while child.poll() is None and time.monotonic() < deadline:
            if path.exists() and job_status(path).finished > max(before, 0):
                break
            time.sleep(0.01)
        time.sleep(rng.random() * 0.05)
        if child.poll() is None:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
            hits += not job_status(path).complete
        job_status(path)  # readable after every kill
    return hits


@pytest.mark.parametrize("n", [2, 3, 5, 7, 8])
def test_a_job_gives_the_same_histogram_as_one_search(n: int) -> None:
    assert count_threshold_job(n).result() == count_threshold_functions(n)


def test_a_job_killed_again_and_again_ends_at_the_exact_total(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    assert _kill_until_done(path, 8, 12, 8, kills=4, seed=1) >= 2
    assert count_threshold_job(8, depth=12, checkpoint=path).result().count == T8


@pytest.mark.slow
def test_twenty_kills_at_nine_inputs_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    assert _kill_until_done(path, 9, 12, 8, kills=24, seed=2) >= 20
    assert count_threshold_job(9, depth=12, checkpoint=path, jobs=2).result().count == T9


def test_an_interrupted_job_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "job.json"

    def interrupt(job: CountJob) -> None:
        if job.finished >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count_threshold_job(7, depth=6, chunk=4, checkpoint=path, save_every=0.0, progress=interrupt)
    stopped = job_status(path)
    assert stopped.finished == 20 and not stopped.complete
    with pytest.raises(ValueError, match="20 of 64 tasks are done; run the job again"):
        stopped.result()
    seen: list[CountJob] = []
    done = count_threshold_job(7, depth=6, chunk=4, checkpoint=path, save_every=0.0, progress=seen.append)
    assert done.result() == count_threshold_functions(7)
    assert seen[0].finished == 20 and seen[0].cpu_seconds_left > 0 == seen[-1].cpu_seconds_left


def test_a_time_limit_stops_and_keeps_what_was_done(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    assert count_threshold_job(7, checkpoint=path, time_limit=0.0).finished == 0
    assert job_status(path).finished == 0
    assert count_threshold_job(7, checkpoint=path).complete


def test_a_finished_job_runs_no_task_again(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    first = count_threshold_job(6, checkpoint=path)
    assert count_threshold_job(6, checkpoint=path).cpu_seconds == first.cpu_seconds


def test_a_task_that_comes_back_twice_is_merged_once(partial_job: PartialJob, tmp_path: Path) -> None:
    state = partial_job(tmp_path / "job.json", chunks=0)
    result = run_tasks(SEARCH_VERSION, 7, "balanced", 5, (1, 2))
    state.merge(*result)
    once = state.merged.histogram.copy()
    state.merge(*result)
    assert (state.merged.histogram == once).all() and state.merged.finished.sum() == 2
    with pytest.raises(ValueError, match="in part"):
        state.merge(*run_tasks(SEARCH_VERSION, 7, "balanced", 5, (2, 3)))


def test_another_executor_serves() -> None:
    with ThreadPoolExecutor(2) as pool:
        assert count_threshold_job(8, executor=pool).result().count == T8


def test_two_processes_give_the_exact_total() -> None:
    assert count_threshold_job(8, jobs=2, chunk=16).result().count == T8


def test_a_process_of_ours_that_is_killed_is_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    killed: list[int] = []

    def kill_one(job: CountJob) -> None:
        if not killed and job.finished:
            killed.append(min(child.pid or 0 for child in multiprocessing.active_children()))
            os.kill(killed[0], signal.SIGKILL)

    job = count_threshold_job(8, depth=12, chunk=32, jobs=2, checkpoint=path, save_every=0.0, progress=kill_one)
    assert killed
    assert job.finished == job.tasks and job.result().count == T8 == job_status(path).result().count


class Breaking(ThreadPoolExecutor):
    """Breaks in the middle of being given work, as a pool does whose process has just died."""

    left = 3

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        Breaking.left -= 1
        if Breaking.left == 0:
            raise BrokenExecutor
        return super().submit(*args, **kwargs)


def test_what_a_broken_pool_would_not_take_is_given_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workers, "_processes", lambda self: Breaking(1))
    with Workers(None, 2) as workers:
        assert set(workers.results(abs, ((-k,) for k in range(9)), in_flight=4)) == set(range(9))
    assert Breaking.left < 0


def test_processes_that_die_time_after_time_end_the_run() -> None:
    with (
        Workers(None, 2) as workers,
        pytest.raises(RuntimeError, match=r"a worker failed .*finished tasks are kept"),
    ):
        list(workers.results(os._exit, iter([(1,), (1,)]), in_flight=2))


class Failing(Executor):
    """Accepts a few tasks, then its workers die."""

    def __init__(self, good: int) -> None:
        self.good = good

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        self.good -= 1
        if self.good >= 0:
            future.set_result(fn(*args, **kwargs))
        else:
            future.set_exception(OSError("worker lost"))
        return future


def test_a_dying_worker_is_named_and_what_was_done_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    with pytest.raises(RuntimeError, match=r"a worker failed .*worker lost.*run the job again"):
        count_threshold_job(7, depth=8, chunk=2, checkpoint=path, executor=Failing(70))
    assert job_status(path).finished > 0
    assert count_threshold_job(7, depth=8, checkpoint=path).result() == count_threshold_functions(7)


def test_a_worker_of_another_search_version_ends_the_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "job.json"

    class Elsewhere(Executor):
        """Workers on which another version is installed."""

        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            future: Future[object] = Future()
            with monkeypatch.context() as there:
                there.setattr(jobs, "SEARCH_VERSION", SEARCH_VERSION + 1)
                try:
                    future.set_result(fn(*args))
                except ValueError as error:
                    future.set_exception(error)
            return future

    with pytest.raises(RuntimeError, match=f"the job is of search {SEARCH_VERSION}, this worker's is"):
        count_threshold_job(6, executor=Elsewhere(), checkpoint=path)
    assert job_status(path).finished == 0


def test_the_job_of_ten_inputs_that_is_kept_can_be_gone_on_with() -> None:
    kept = Path(__file__).parents[3] / "ledger" / "threshold-10.json"
    job = job_status(kept)
    assert (job.n, job.depth, job.order) == (10, DEFAULT_DEPTH[10], "balanced")
    assert 0 < job.finished <= job.tasks and job.classes > 0 and kept.stat().st_size < 2**20


def test_the_tasks_of_this_search_version_are_pinned() -> None:
    """Checkpoints live on the partition into tasks: a change here needs a new SEARCH_VERSION."""
    tasks = [int(search(9, "signed permutations", "balanced", 4, path).sum()) for path in range(16)]
    assert tasks == [54935, 4091, 1627, 663, 43711, 4912, 6588, 886, 7689, 2127, 6605, 144, 32495, 1357, 7023, 575]


@pytest.mark.parametrize(("n", "text"), [(1, "n must be between 2 and 10, got 1"), (11, "got 11")])
def test_sizes_without_a_job_are_refused(n: int, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        count_threshold_job(n)


@pytest.mark.parametrize(
    ("arguments", "problem", "text"),
    [
        ({"save_every": "x"}, TypeError, "save_every must be a number of seconds, got 'x'"),
        ({"save_every": float("nan")}, ValueError, "save_every must be a number of seconds, 0 or more, got nan"),
        ({"time_limit": "1"}, TypeError, "time_limit must be a number of seconds, got '1'"),
        ({"time_limit": -1}, ValueError, "time_limit must be a number of seconds, 0 or more, got -1"),
        ({"executor": "dask://x"}, TypeError, "executor must have the interface of .*, got 'dask://x'"),
        ({"executor": ThreadPoolExecutor(1), "jobs": 2}, ValueError, "of which executor leaves none, got jobs=2"),
        ({"progress": 5}, TypeError, "progress must be a function of a CountJob, got 5"),
    ],
)
def test_arguments_are_looked_at_before_anything_is_counted(
    tmp_path: Path, arguments: dict[str, object], problem: type[Exception], text: str
) -> None:
    with pytest.raises(problem, match=text):
        count_threshold_job(7, checkpoint=tmp_path / "job.json", **arguments)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_numpy_integers_do_not_wrap_and_can_be_saved(tmp_path: Path) -> None:
    path, five = tmp_path / "job.json", np.int8(5)
    job = count_threshold_job(np.int8(7), depth=five, jobs=np.int8(1), chunk=five, checkpoint=path)  # type: ignore[arg-type]
    assert job.result() == count_threshold_functions(7) == job_status(path).result()
    assert verify_job(path, tasks=five).tasks == 5  # type: ignore[arg-type]


def test_an_executor_that_goes_away_is_named() -> None:
    class Gone(Executor):
        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            future: Future[object] = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    with pytest.raises(RuntimeError, match="the executor went away, or cancelled its tasks; finished tasks are kept"):
        count_threshold_job(5, executor=Gone())


def test_a_cluster_that_loses_a_worker_half_way_loses_nothing(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0", silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        killed: list[int] = []

        def kill_one(job: CountJob) -> None:
            if not killed and job.finished > 0:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        path = tmp_path / "job.json"
        job = count_threshold_job(
            8, depth=12, chunk=32, executor=client.get_executor(), checkpoint=path, save_every=0.0, progress=kill_one
        )
        assert killed
        assert job.result().count == T8 == job_status(path).result().count
