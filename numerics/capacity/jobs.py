"""Counting as a job of independent tasks: resumable, on any executor, safe to kill at every moment."""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from numbers import Real
from pathlib import Path

import numpy as np

from numerics.capacity.engine import ThresholdCount, summarise
from numerics.capacity.engine_cone import SEARCH_VERSION, Ints, Order, check_choice, check_int, search
from numerics.capacity.jobs_check import check_count
from numerics.capacity.jobs_checkpoint import (
    DEEPEST,
    LARGEST,
    ORDERS,
    SMALLEST,
    Checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from numerics.capacity.jobs_workers import Workers, check_executor

# The deepest default keeps a task below half a minute; shallower ones keep the overhead of replaying a path small.
DEFAULT_DEPTH = {2: 1, 3: 1, 4: 2, 5: 3, 6: 4, 7: 5, 8: 7, 9: 12, 10: 18}


@dataclass(frozen=True)
class CountJob:
    """State of a counting job: how many of its tasks are merged into the histogram, and at what cost.

    classes: cells counted so far; cpu_seconds: spent in tasks; cpu_seconds_left: expected for the rest, from the mean
    of the finished ones, which were drawn in random order (nan before the first).
    """

    n: int
    depth: int
    order: str
    tasks: int
    finished: int
    classes: int
    cpu_seconds: float
    histogram: tuple[int, ...]

    @property
    def complete(self) -> bool:
        return self.finished == self.tasks

    @property
    def cpu_seconds_left(self) -> float:
        return self.cpu_seconds / self.finished * (self.tasks - self.finished) if self.finished else float("nan")

    def result(self) -> ThresholdCount:
        """The count, once every task is merged; ValueError before that, NotCertified if it fails its checks."""
        if not self.complete:
            raise ValueError(f"{self.finished} of {self.tasks} tasks are done; run the job again to go on")
        found = summarise(self.n, "signed permutations", self.histogram)
        check_count(found)
        return found


def run_tasks(
    version: int, n: int, order: Order, depth: int, paths: tuple[int, ...]
) -> tuple[tuple[int, ...], Ints, float]:
    """The tasks *paths* and the sum of their histograms, with the CPU seconds of this thread that they took.

    ValueError on a worker whose search is of another *version*: its tasks of the same names are others.
    """
    if version != SEARCH_VERSION:
        raise ValueError(f"the job is of search {version}, this worker's is {SEARCH_VERSION}; install one version")
    start = time.thread_time()
    total = np.zeros(2 ** (n + 1), np.int64)
    for path in paths:
        total += search(n + 1, "signed permutations", order, depth, path)
    return paths, total, time.thread_time() - start


def job_status(checkpoint: str | Path) -> CountJob:
    """State of the job whose checkpoint is given; ValueError if it is damaged or none of ours."""
    return _describe(read_checkpoint(Path(checkpoint)))


def count_threshold_job(
    n: int,
    *,
    depth: int | None = None,
    order: Order = "balanced",
    checkpoint: str | Path | None = None,
    executor: Executor | None = None,
    jobs: int = 1,
    chunk: int | None = None,
    save_every: float = 10.0,
    time_limit: float | None = None,
    progress: Callable[[CountJob], None] | None = None,
) -> CountJob:
    """Count threshold functions of 2 <= n <= 10 inputs in 2**depth independent tasks, going on from *checkpoint*.

    executor: anything with the interface of ``concurrent.futures`` (of a cluster: ``Client.get_executor()``); without
    one, *jobs* spawned processes, or this one. Spawned processes import the script that called: with jobs > 1 its call
    must stand under ``if __name__ == "__main__":``. chunk: tasks per submission. The checkpoint, a merged histogram
    with the set of tasks in it, is replaced atomically every *save_every* seconds and at the end; *progress* is called
    first, and as often. After *time_limit* seconds no further task is started. A task that runs twice is merged once;
    processes of our own that die are replaced. A complete count has passed
    :func:`~numerics.capacity.jobs_check.check_count`.

    Raises ValueError for a checkpoint of another job or a damaged one, RuntimeError if a task failed or workers kept
    dying (what was finished is saved), OSError if the checkpoint cannot be written or another run has written it since
    (it is left intact), NotCertified if the complete count fails its checks.
    """
    n = check_int("n", n, SMALLEST, LARGEST)
    depth = DEFAULT_DEPTH[n] if depth is None else check_int("depth", depth, 0, DEEPEST)
    check_choice("order", order, ORDERS)
    jobs = check_int("jobs", jobs, 1, 4096)
    chunk = max(1, min(16, 2**depth // (16 * jobs))) if chunk is None else check_int("chunk", chunk, 1, 2**depth)
    _check_seconds("save_every", save_every)
    if time_limit is not None:
        _check_seconds("time_limit", time_limit)
    check_executor(executor, jobs)
    if progress is not None and not callable(progress):
        raise TypeError(f"progress must be a function of a CountJob, got {progress!r}")
    path = None if checkpoint is None else Path(checkpoint)
    state = Checkpoint.empty(n, depth, order)
    if path is not None and path.exists():
        state = read_checkpoint(path)
        state.must_belong_to(n, depth, order)
    if path is not None:
        write_checkpoint(path, state)  # an unwritable place is better found out now than after an hour
    started = saved = time.monotonic()
    in_flight = 4 * jobs if executor is None else 1024

    def out_of_time() -> bool:
        return time_limit is not None and time.monotonic() - started >= time_limit

    if progress is not None:
        progress(_describe(state))
    try:
        tasks = ((SEARCH_VERSION, n, order, depth, paths) for paths in state.unfinished_chunks(chunk))
        with Workers(executor, jobs) as workers:
            for result in workers.results(run_tasks, tasks, in_flight=in_flight, stop=out_of_time):
                state.merge(*result)
                if time.monotonic() - saved >= save_every:
                    saved = time.monotonic()
                    if path is not None:
                        write_checkpoint(path, state)
                    if progress is not None:
                        progress(_describe(state))
    finally:
        if path is not None:
            write_checkpoint(path, state)
    job = _describe(state)
    if progress is not None:
        progress(job)
    if job.complete:
        job.result()  # is checked
    return job


def _check_seconds(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number of seconds, got {value!r}")
    if not float(value) >= 0:
        raise ValueError(f"{name} must be a number of seconds, 0 or more, got {value!r}")


def _describe(state: Checkpoint) -> CountJob:
    return CountJob(
        state.n,
        state.depth,
        state.order,
        2**state.depth,
        int(state.merged.finished.sum()),
        int(state.merged.histogram.sum()),
        state.merged.cpu_seconds,
        tuple(state.merged.histogram.tolist()),
    )
