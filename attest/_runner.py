"""Running tasks: in this process for one claim, in spawned processes for many; resumable and interruptible."""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from attest._claim import Claim
from attest._digest import digest
from attest._environment import environment
from attest._judge import Finding, Predictions, judge
from attest._measure import Task, allowance_of, measure, tasks_of
from attest._rows import ATTACK, OWN_BUDGET, Row
from numerics.processes import keyboard_held


class Outcome(StrEnum):
    """How a run ended; everything that was finished is in the ledger in every case."""

    COMPLETE = "complete"
    OUT_OF_BUDGET = "out of budget"
    INTERRUPTED = "interrupted"


class Store(Protocol):
    """What the runner needs of a ledger."""

    def add(self, row: Row) -> bool: ...
    def rows(self, claim: str | None = None, digest: str | None = None) -> list[Row]: ...
    def add_environment(self, stamp: Mapping[str, str]) -> str: ...


def examine(claim: Claim, *, seed: int = 0, deep: bool = False, others: Mapping[str, Finding] | None = None) -> Finding:
    """Measure every case of *claim* in this process and judge it; nothing is stored.

    >>> from attest import all_claims, examine
    >>> examine(all_claims("cover1965.theorem-1")[0]).verdict
    <Verdict.SUPPORTED: 'SUPPORTED'>
    """
    rows: list[Row] = []
    stamp = digest(claim)
    for task in tasks_of(claim, seed=seed, deep=deep):
        rows.append(measure(claim, task, digest=stamp, allowance=allowance_of(claim, task, spent(rows))))
    predictions = Predictions()
    predictions.learn(claim, rows)
    return judge(claim, rows, others=others, predictions=predictions)


def spent(rows: Iterable[Row]) -> float:
    """CPU seconds that *rows* took out of their claim's budget; deep ones and derivations have budgets of their own."""
    return sum(row.seconds for row in rows if row.role not in OWN_BUDGET)


@dataclass
class _Book:
    """What is left to do for each claim, and what it has cost so far."""

    claim: Claim
    digest: str
    todo: deque[Task]
    spent: float


def run(
    claims: Sequence[Claim],
    store: Store,
    *,
    seed: int = 0,
    deep: bool = False,
    jobs: int | None = None,
    budget: float | None = None,
    fresh: bool = False,
    known: Iterable[Row] = (),
    executor: Callable[[], Executor] | None = None,
    on_start: Callable[[int, int], None] = lambda todo, done: None,
    on_row: Callable[[Row], None] = lambda row: None,
) -> Outcome:
    """Make every row of *claims* that *store* lacks, and add each to it as soon as it is finished.

    *known* rows (the committed deep ones) are not made again, unless all are, with *fresh*. *jobs* processes are
    spawned (default: one for each core); *executor* makes another pool with the interface of ``concurrent.futures``.
    *budget* is wall-clock seconds for the whole run. A worker that dies costs its own row alone. Interrupting finishes
    the rows in hand.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1, got {jobs}")
    if budget is not None and budget < 0:
        raise ValueError(f"budget must not be negative, got {budget}")
    books, done, known = {}, 0, list(known)
    for claim in claims:
        stamp, tasks = digest(claim), tasks_of(claim, seed=seed, deep=deep)
        stored = [*store.rows(claim.id, stamp), *(r for r in known if r.claim == claim.id and r.digest == stamp)]
        kept = [] if fresh else [r for r in stored if r.status == "measured"]
        have = {(row.role, row.index, row.seed) for row in kept}
        todo = deque(t for t in tasks if (t.role, t.index, t.seed) not in have)
        books[claim.id] = _Book(claim, stamp, todo, spent(r for r in kept if r.seed == seed))
        done += len(tasks) - len(todo)
    left = sum(len(book.todo) for book in books.values())
    on_start(left, done)
    if not left:
        return Outcome.COMPLETE
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
        os.environ[name] = "1"  # before any worker starts: one thread each, or CPU seconds mean nothing
    workers = jobs or os.cpu_count() or 1
    make = executor or (lambda: ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin_worker))
    until = None if budget is None else time.monotonic() + budget
    return _Drive(books, store, workers, make, until, on_row).run()


class _Drive:
    """Keeps as many tasks in flight as there are workers, so that each starts with its claim's true allowance."""

    def __init__(
        self,
        books: dict[str, _Book],
        store: Store,
        workers: int,
        make: Callable[[], Executor],
        until: float | None,
        on_row: Callable[[Row], None],
    ) -> None:
        # Dear claims first: a long one begun last would run alone.
        self.queue = deque(sorted(books.values(), key=lambda book: -book.claim.budget))
        self.books, self.store, self.workers, self.make = books, store, workers, make
        self.until, self.on_row = until, on_row
        self.stamp = store.add_environment(environment())
        self.flying: dict[Future[Row], Task] = {}
        self.suspects: deque[Task] = deque()

    def run(self) -> Outcome:
        pool = self.make()
        outcome = Outcome.COMPLETE
        try:
            while True:
                try:
                    outcome = self._fly(pool)
                    break
                except BrokenExecutor:
                    # Someone killed a worker; which task it held is unknown, so each suspect now flies alone.
                    self.suspects.extend(self.flying.values())
                    self.flying.clear()
                    pool.shutdown(wait=False, cancel_futures=True)
                    pool = self.make()
        except KeyboardInterrupt:
            outcome = Outcome.INTERRUPTED
            self._land(timeout=None)
        finally:
            pool.shutdown(wait=outcome is not Outcome.INTERRUPTED, cancel_futures=True)
        return outcome

    def _fly(self, pool: Executor) -> Outcome:
        while True:
            late = self.until is not None and time.monotonic() > self.until
            while not late and len(self.flying) < (1 if self.suspects else self.workers):
                if self.suspects:
                    if self.flying:
                        break
                    self._alone(pool, self.suspects[0])
                    self.suspects.popleft()
                    continue
                task = self._next()
                if task is None:
                    break
                self._submit(pool, task)
            if not self.flying:
                return Outcome.OUT_OF_BUDGET if late and (self.suspects or self._next()) else Outcome.COMPLETE
            self._land(timeout=1.0)

    def _next(self) -> Task | None:
        while self.queue and not self.queue[0].todo:
            self.queue.popleft()
        return self.queue[0].todo.popleft() if self.queue else None

    def _submit(self, pool: Executor, task: Task) -> None:
        book = self.books[task.claim]
        allowance = allowance_of(book.claim, task, book.spent)
        try:
            with keyboard_held():
                future = pool.submit(_work, task, book.digest, self.stamp, allowance)
        except BrokenExecutor:
            self.suspects.append(task)  # it never began, but must not be lost with the pool
            raise
        self.flying[future] = task

    def _alone(self, pool: Executor, task: Task) -> None:
        self._submit(pool, task)
        try:
            self._land(timeout=None)
        except BrokenExecutor:
            self.flying.clear()
            self.suspects.popleft()
            book = self.books[task.claim]
            note = "the worker died while it held this row (killed from outside, out of memory, or far over its budget)"
            self._keep(Row(task.claim, book.digest, task.role, task.index, task.seed, {}, status="erred", note=note))
            raise

    def _land(self, timeout: float | None) -> None:
        """Keep the rows that are finished; with no timeout, all that are in flight."""
        ready, _ = wait(self.flying, timeout, FIRST_COMPLETED if timeout is not None else "ALL_COMPLETED")
        for future in ready:
            row = future.result()
            del self.flying[future]
            self._keep(row)

    def _keep(self, row: Row) -> None:
        self.books[row.claim].spent += spent([row])
        if not self.store.add(row) and row.status == "measured":
            self._keep_if_it_differs(row)
        self.on_row(row)

    def _keep_if_it_differs(self, row: Row) -> None:
        """A measurement made again that gives something else is pooled beside the first, under an index of its own."""
        first = {kept.key: kept for kept in self.store.rows(row.claim, row.digest)}
        while row.key in first and (first[row.key].value, first[row.key].error) != (row.value, row.error):
            row = replace(row, index=row.index + 1_000_000)
        self.store.add(row)


_allowed_until: float | None = None


def _begin_worker() -> None:
    """A worker ignores the keyboard (its parent decides), and ends itself when orphaned or hopelessly over budget."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # also in pools that somebody else started
    parent = os.getppid()

    def watch() -> None:
        while True:
            time.sleep(1.0)
            over = _allowed_until is not None and time.process_time() > _allowed_until
            if os.getppid() != parent or over:
                os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _work(task: Task, stamp: str, environment_id: str, allowance: float) -> Row:
    """Runs in a worker: look the claim up and make the row."""
    global _allowed_until
    from attest._registry import by_id

    claim = by_id(task.claim)
    # Code that never returns to Python cannot be interrupted by the signal; the watchdog ends it a little later.
    _allowed_until = time.process_time() + max(allowance, 0) + 30
    try:
        return measure(claim, task, digest=stamp, environment=environment_id, allowance=allowance)
    finally:
        _allowed_until = None


def statistical_comparisons(claims: Iterable[Claim]) -> int:
    """Comparisons of a default run that chance alone could make fail; the false-alarm budget allows 1000."""
    return sum(
        len([t for t in tasks_of(claim, seed=0) if t.role not in (ATTACK,) and not t.role.startswith("rival")])
        for claim in claims
        if claim.agrees is not None and claim.agrees.statistical
    )
