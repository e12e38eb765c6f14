"""What the commands ``attest count …`` share: errors, clusters, progress, and a word where kernels are compiled."""

import errno
import logging
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

from attest._command import BAD_INPUT, INTERRUPTED, NOT_AS_DECLARED, RAN_OUT, console, spinner

CLUSTER = re.compile(r"dask://([\w.-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})")
# Seconds for a cluster to answer, and for a worker to be connected to it.
ANSWER, CONNECTED = 5, 10


@contextmanager
def plain_errors(kept: str = "") -> Iterator[None]:
    """What the user can mend becomes one line and exit code 2; a count that fails its checks, one line and code 1.

    A full disk becomes code 3. An interrupt, by the keyboard or by SIGTERM, becomes code 130 and one line, which says
    what is *kept*. With --debug, errors are left for :func:`attest.cli.main` to show.
    """
    from numerics.errors import NotCertified

    try:
        with _ended_like_interrupted():
            yield
    except (ValueError, TypeError, OSError, RuntimeError) as problem:
        if "--debug" in sys.orig_argv:
            raise
        text = str(problem)
        if isinstance(problem, OSError) and problem.filename is not None:
            text = f"{problem.filename}: {problem.strerror}"
        if "no locator available" in text:
            text += "; set NUMBA_CACHE_DIR to a folder that can be written"
        console(stderr=True).print(f"attest count: {text}", style="red", soft_wrap=True)
        full = isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT)
        code = NOT_AS_DECLARED if isinstance(problem, NotCertified) else RAN_OUT if full else BAD_INPUT
        raise typer.Exit(code) from None
    except KeyboardInterrupt:
        console(stderr=True).print(f"attest count: interrupted{kept and '; '}{kept}", soft_wrap=True)
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def _ended_like_interrupted() -> Iterator[None]:
    """SIGTERM, as at a shutdown, is an interrupt too: what is finished is saved."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def executor_of(url: str | None) -> Iterator[Any]:
    """The executor of a running cluster, dask://HOST:PORT; None without *url*."""
    if url is None:
        yield None
        return
    match = CLUSTER.fullmatch(url)
    if match is None or not 0 < int(match[2]) < 2**16:
        raise ValueError(f"--executor must be dask://HOST:PORT, the address of a scheduler, got {url!r}")
    try:
        from distributed import Client
    except ImportError:
        raise ValueError("--executor dask://… needs the extra: pip install 'attest-attention[dask]'") from None
    logging.disable(logging.CRITICAL)  # what goes wrong there is said here, in one line
    try:
        try:
            client = Client(f"tcp://{url.removeprefix('dask://')}", timeout=ANSWER)
        except OSError as problem:
            raise OSError(f"no scheduler answers at {url}: {problem}") from None
        with client:
            try:
                client.wait_for_workers(1, timeout=CONNECTED)
            except TimeoutError:
                raise OSError(f"no worker is connected to {url}; start one and try again") from None
            with _watched(client, url):
                yield client.get_executor()
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _watched(client: Any, url: str) -> Iterator[threading.Thread]:
    """Say so when the last worker of a cluster is gone; its tasks wait for another."""
    over = threading.Event()

    def watch() -> None:
        alone = False
        while not over.wait(CONNECTED / 4):
            try:
                connected = bool(client.nthreads())
            except Exception:  # the scheduler is gone too, of which the job itself hears
                return
            if not (connected or alone):
                text = f"attest count: no worker is connected to {url} any more; waiting for one"
                console(stderr=True).print(text, soft_wrap=True)
            alone = not connected

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield watcher
    finally:
        over.set()
        watcher.join(ANSWER)


@contextmanager
def progress_lines(text: str) -> Iterator[Callable[[str], None]]:
    """A live line at a terminal, in a pipe a line every few seconds."""
    screen = console(stderr=True)
    with spinner(text) as live:
        write = live if screen.is_terminal else lambda line: screen.print(line, soft_wrap=True)
        pause, due, latest = 0.1 if screen.is_terminal else 5.0, 0.0, ""

        def show(line: str) -> None:
            nonlocal due, latest
            latest = line
            if time.monotonic() >= due:
                write(line)
                due, latest = time.monotonic() + pause, ""

        yield show
        if latest:
            write(latest)


@contextmanager
def compiling(say: Callable[[str], None]) -> Iterator[None]:
    """Say so, once, where a kernel is compiled; nothing where all come from the cache."""
    from numba.core import event

    class Announce(event.Listener):
        said = False

        def on_start(self, event: Any) -> None:
            if not self.said:
                self.said = True
                say("compiling first (once per machine and version)")

        def on_end(self, event: Any) -> None:
            pass

    with event.install_listener("numba:compile", Announce()):
        yield


@contextmanager
def working(text: str) -> Iterator[None]:
    """A live line at a terminal, silence in a pipe; in both a word where a kernel is compiled."""
    screen = console(stderr=True)
    plain = lambda line: screen.print(line, soft_wrap=True)  # noqa: E731
    with spinner(text) as live, compiling(live if screen.is_terminal else plain):
        yield
