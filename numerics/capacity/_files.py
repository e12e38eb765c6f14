"""Files that are replaced as a whole or stay as they were."""

import errno
import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path, *, check: Callable[[], None] = lambda: None) -> Iterator[BinaryIO]:
    """Write a draft beside *path*, or beside what it links to, that takes its place at the end, unless something fails.

    *check* is called right before that, while no other process here puts a file into that folder; what it raises leaves
    everything as it was. An OSError names *path*; a device is no such file.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "there is something else than a file in its place", str(path))
    # Two hosts that share a folder may share a process number: drafts are told apart by chance.
    draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(draft, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with _alone_in(target.parent) as folder:
            check()
            os.replace(draft, target)
            with suppress(OSError):  # not every system lets a folder be synced; the rename itself is atomic
                os.fsync(folder)
    except BaseException as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


@contextmanager
def _alone_in(folder: Path) -> Iterator[int]:
    """Hold a lock on *folder* against others who come here; it ends with the process at the latest."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
