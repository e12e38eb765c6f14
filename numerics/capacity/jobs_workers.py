"""Independent tasks on workers of any kind; worker processes of our own that die are replaced, and nothing is lost.

They leave the keyboard to the process that began them, and end themselves when it gives up or dies: each holds the end
of a pipe into which nothing is ever written, and sees it closed.
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, TypeVar

from numerics.processes import keyboard_held

Result = TypeVar("Result")
# Deaths in a row, without a single result between them, after which it is not chance.
MOST_DEATHS = 3


def check_executor(executor: object, jobs: int) -> None:
    """TypeError or ValueError unless tasks can be submitted to *executor*, or to *jobs* processes of our own."""
    if executor is None:
        return
    if not callable(getattr(executor, "submit", None)):
        raise TypeError(f"executor must have the interface of concurrent.futures.Executor, got {executor!r}")
    if jobs != 1:
        raise ValueError(f"jobs is a number of processes of our own, of which executor leaves none, got jobs={jobs}")


class Workers:
    """The caller's *executor*, which stays open; or *jobs* spawned processes; or, for one job, this process."""

    def __init__(self, executor: Executor | None, jobs: int) -> None:
        self.jobs = jobs
        self.own = executor is None and jobs > 1
        if self.own:
            self.watched, self.held = get_context("spawn").Pipe(duplex=False)
        self.pool = self._processes() if self.own else executor

    def __enter__(self) -> "Workers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.own and self.pool is not None:
            if kind is not None:
                self.held.close()  # nobody waits for what is being worked on
            self.pool.shutdown(wait=True, cancel_futures=True)
            self.held.close()
            self.watched.close()

    def results(
        self,
        function: Callable[..., Result],
        arguments: Iterator[tuple[Any, ...]],
        *,
        in_flight: int,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Result]:
        """Results as they arrive, *in_flight* tasks waiting at any time; none is begun once *stop* says so.

        Tasks that died with a process of ours are given to new ones. RuntimeError if a task fails, if a worker of the
        caller's executor is lost, or if processes die time after time; what was finished by then is yielded before.
        """
        if self.pool is None:
            for task in arguments:
                if stop():
                    return
                yield function(*task)
            return
        running: dict[Future[Result], tuple[Any, ...]] = {}
        again: list[tuple[Any, ...]] = []
        deaths = 0
        try:
            while True:
                lost: BaseException | None = None
                failed: BaseException | None = None
                try:
                    while len(running) < in_flight and not stop():
                        task = again.pop() if again else next(arguments, ())
                        if not task:
                            break
                        again.append(task)  # until the pool has it
                        with keyboard_held():
                            future = self.pool.submit(function, *task)
                        running[future] = again.pop()
                except BrokenExecutor as error:
                    lost = error
                if stop():  # what still waits is not begun; what is being worked on is awaited
                    running = {future: task for future, task in running.items() if not future.cancel()}
                if not running and lost is None:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
                    task = running.pop(future)
                    try:
                        result = future.result()
                    except BrokenExecutor as error:
                        again.append(task)
                        lost = error
                    except Exception as error:
                        failed = error
                    else:
                        deaths = 0
                        yield result
                if failed is not None:
                    raise RuntimeError(_failed(failed)) from failed
                if lost is not None:
                    deaths += 1
                    if not self.own or deaths > MOST_DEATHS:
                        raise RuntimeError(_failed(lost)) from lost
                    again += running.values()
                    running.clear()
                    self.pool.shutdown(wait=True, cancel_futures=True)
                    self.pool = self._processes()
        finally:
            for future in running:
                future.cancel()

    def _processes(self) -> Executor:
        context = get_context("spawn")
        return ProcessPoolExecutor(self.jobs, context, initializer=_begin_process, initargs=(self.watched,))


def _begin_process(watched: Connection) -> None:
    """In a process of ours: end it as soon as nobody holds the other end of the pipe."""

    def watch() -> None:
        watched.poll(None)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _failed(error: BaseException) -> str:
    kept = "finished tasks are kept, run the job again to go on"
    if isinstance(error, CancelledError):  # nobody here cancels what is waited for
        return f"the executor went away, or cancelled its tasks; {kept}"
    return f"a worker failed ({type(error).__name__}: {error}); {kept}"
