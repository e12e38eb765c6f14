"""What a finished count must pass before it is believed: tasks counted in another order, and three identities."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from numerics.capacity.engine import LARGEST_DIRECT, ThresholdCount, count_by_chambers, summarise
from numerics.capacity.engine_cone import Order, check_int, search
from numerics.capacity.engine_orbits import binomial_transforms
from numerics.capacity.jobs_checkpoint import read_checkpoint
from numerics.capacity.jobs_workers import Workers, check_executor
from numerics.errors import NotCertified

OTHER: dict[Order, Order] = {"balanced": "fewest pairs", "fewest pairs": "balanced"}


@dataclass(frozen=True)
class JobCheck:
    """*tasks* of a job drawn with *seed*, with *classes* cells, each counted alike by *orders* of splits."""

    n: int
    tasks: int
    seed: int
    orders: tuple[str, str]
    classes: int


def recount_task(n: int, order: Order, depth: int, path: int) -> int:
    """Cells of one task, whose cone is cut in both orders; NotCertified unless both find the same sets of walls."""
    dim = n + 1
    first = search(dim, "signed permutations", order, depth, path)
    second = search(dim, "signed permutations", order, depth, path, order_below=OTHER[order])
    if not np.array_equal(first, second):
        raise NotCertified(f"task {path} of n={n}, depth={depth} has {first.sum()} cells {order}, {second.sum()} else")
    return int(first.sum())


def verify_job(
    checkpoint: str | Path,
    *,
    tasks: int | None = None,
    seed: int = 0,
    executor: Executor | None = None,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> JobCheck:
    """Count a random sample of a job's tasks twice, in two orders of splits; and hold a complete count to identities.

    *tasks*: how many; by default 200, or all that are finished.

    A complete job of n <= 9 is held to one search without tasks as well, wall set by wall set. While a job is
    incomplete, and at n = 10, nothing tells whether the histogram is that of its finished tasks, only that the sample
    has no more cells than it (or as many, if the sample is all of them): for that there is the file's checksum.

    Raises NotCertified where the orders differ, where the sample has more cells than the whole, where the search finds
    others, or where :func:`check_count` does; ValueError for a checkpoint that is damaged or has fewer than *tasks*
    finished tasks. *progress* is called with the number of tasks compared and of all to compare.
    """
    seed, jobs = check_int("seed", seed, 0, 2**63 - 1), check_int("jobs", jobs, 1, 4096)
    check_executor(executor, jobs)
    state = read_checkpoint(Path(checkpoint))
    finished = np.flatnonzero(state.merged.finished)
    if not len(finished):
        raise ValueError(f"{checkpoint} has no finished tasks to draw from; run the job first")
    tasks = min(200, len(finished)) if tasks is None else tasks
    tasks = check_int("tasks", tasks, 1, len(finished), f"the job has {len(finished)} finished tasks to draw from")
    paths = np.random.default_rng(seed).choice(finished, tasks, replace=False).tolist()
    classes = compared = 0
    with Workers(executor, jobs) as workers:
        arguments = ((state.n, state.order, state.depth, path) for path in paths)
        for cells in workers.results(recount_task, arguments, in_flight=4 * jobs if executor is None else 64):
            classes, compared = classes + cells, compared + 1
            if progress is not None:
                progress(compared, tasks)
    total = int(state.merged.histogram.sum())
    if classes > total:
        raise NotCertified(f"{tasks} of the tasks have {classes} cells, more than the {total} of all")
    if tasks == len(finished) and classes != total:
        raise NotCertified(f"the {tasks} finished tasks have {classes} cells, not {total}")
    if len(finished) == len(state.merged.finished):
        _check_whole(summarise(state.n, "signed permutations", tuple(state.merged.histogram.tolist())))
    return JobCheck(state.n, tasks, seed, (state.order, OTHER[state.order]), classes)


def _check_whole(found: ThresholdCount) -> None:
    check_count(found)
    if found.n <= LARGEST_DIRECT and found != (again := count_by_chambers(found.n)):
        raise NotCertified(f"{found.classes} classes of n={found.n} are not, wall set by wall set, {again.classes}")


@lru_cache(maxsize=4)
def check_count(found: ThresholdCount) -> None:
    """NotCertified unless a count of 1 <= n <= 10 inputs, by chambers, has the structure that any correct one has.

    Classes with a zero weight are the classes of one input fewer; input classes that are their own complement are
    these too; both binomial transforms of the counts of 0..n inputs are divisible by 2**n. Smaller counts are made
    afresh, which takes seconds at n = 10. An orbit without a zero weight has a multiple of 2**(n + 1) functions, so no
    identity misses or counts such a cell: that is for the comparison of two orders.
    """
    n = found.n
    below = [count_by_chambers(k) for k in range(n)]
    if found.null_classes != below[-1].classes:
        raise NotCertified(f"{found.null_classes} classes of n={n} have a zero weight, not {below[-1].classes}")
    fixed = 2 * found.input_classes(complement=True) - found.input_classes()
    if fixed != below[-1].classes:
        raise NotCertified(f"{fixed} input classes of n={n} are their own complement, not {below[-1].classes}")
    for transform in binomial_transforms([*(smaller.count for smaller in below), found.count]):
        if transform % 2**n:
            raise NotCertified(f"a binomial transform of the counts up to n={n}, {transform}, is no multiple of 2**{n}")
