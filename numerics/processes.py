"""What processes of our own have in common, whoever begins them."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def keyboard_held() -> Iterator[None]:
    """Hold back the keyboard's interrupt: a process spawned meanwhile inherits that, and is never cut off by it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
