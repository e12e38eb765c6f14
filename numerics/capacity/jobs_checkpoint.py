"""The checkpoint of a counting job: a merged histogram and the set of tasks in it; small, and never half written."""

import base64
import errno
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from numerics.capacity.engine_cone import SEARCH_VERSION, Ints, Order

KIND = "count of threshold functions"
FORMAT = 1


@dataclass
class Checkpoint:
    """Everything a job needs to go on: *finished* flags per task, and the sum of their histograms.

    on_disk: SHA-256 of the file as this run last read or wrote it, None before.
    """

    n: int
    depth: int
    order: Order
    finished: NDArray[np.bool_]
    histogram: Ints
    cpu_seconds: float
    on_disk: str | None = None

    @classmethod
    def empty(cls, n: int, depth: int, order: Order) -> "Checkpoint":
        return cls(n, depth, order, np.zeros(2**depth, np.bool_), np.zeros(2 ** (n + 1), np.int64), 0.0)

    def must_belong_to(self, n: int, depth: int, order: str) -> None:
        """ValueError unless this is a checkpoint of the job described."""
        for name, have, want in (("n", self.n, n), ("depth", self.depth, depth), ("order", self.order, order)):
            if have != want:
                raise ValueError(f"the checkpoint has {name}={have!r}, the job {name}={want!r}; use another file")

    def merge(self, paths: tuple[int, ...], histogram: Ints, seconds: float) -> None:
        """Add a result unless its tasks are in already; all of them are, or none."""
        seen = self.finished[list(paths)]
        if seen.all():
            return
        if seen.any():
            raise ValueError(f"tasks {paths} were merged in part; a chunk is merged as a whole")
        self.histogram += histogram
        self.finished[list(paths)] = True
        self.cpu_seconds += seconds

    def unfinished_chunks(self, size: int) -> Iterator[tuple[int, ...]]:
        """The tasks still to do, in an order random but the same each time, so that the mean cost so far is fair."""
        order = np.random.default_rng([self.n, self.depth]).permutation(2**self.depth)
        left = order[~self.finished[order]]
        return (tuple(left[i : i + size].tolist()) for i in range(0, len(left), size))


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def write_checkpoint(path: Path, state: Checkpoint) -> None:
    """Replace the file at *path* atomically; on any error the old file stays as it was.

    OSError, too, where the file is not the one last read or written: of two histograms with tasks in common neither
    can be added to the other, so a second run's work is left for it to keep.
    """
    body = {
        "kind": KIND,
        "format": FORMAT,
        "search": SEARCH_VERSION,
        "n": state.n,
        "depth": state.depth,
        "order": state.order,
        "cpu_seconds": repr(state.cpu_seconds),
        "finished": base64.b64encode(zlib.compress(np.packbits(state.finished).tobytes(), 9)).decode(),
        "histogram": {str(j): str(cells) for j, cells in enumerate(state.histogram.tolist()) if cells},
    }
    content = (json.dumps(body | {"sha256": _digest(body)}, sort_keys=True, indent=0) + "\n").encode("ascii")
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with open(draft, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() != state.on_disk:
            raise OSError(
                errno.EBUSY,
                "another run has written it since, and what this one did after its last save is lost; "
                "run the job again to go on from there",
            )
        os.replace(draft, path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        reason = f"cannot write the checkpoint (the old one is intact): {error.strerror}"
        raise OSError(error.errno, reason, str(path)) from error
    state.on_disk = hashlib.sha256(content).hexdigest()
    with suppress(OSError):  # not every system lets a folder be synced; the rename itself is atomic
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint at *path*; ValueError saying what is wrong if it is truncated, altered, or of another version."""
    content = path.read_bytes()
    try:
        body = json.loads(content.decode("ascii"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is no checkpoint, or a truncated one: {error}") from error
    if not isinstance(body, dict) or body.get("kind") != KIND:
        raise ValueError(f"{path} is no checkpoint of a {KIND}")
    if body.get("format") != FORMAT or body.get("search") != SEARCH_VERSION:
        raise ValueError(
            f"{path} was written by format {body.get('format')}, search {body.get('search')}; this is format {FORMAT}, "
            f"search {SEARCH_VERSION}, whose tasks are others. Finish it with that version or start a new file."
        )
    if body.pop("sha256", None) != _digest(body):
        raise ValueError(f"{path} was altered or damaged: its checksum does not match")
    n, depth = int(body["n"]), int(body["depth"])
    state = Checkpoint.empty(n, depth, cast(Order, body["order"]))
    packed = np.frombuffer(zlib.decompress(base64.b64decode(body["finished"])), np.uint8)
    state.finished = np.unpackbits(packed)[: 2**depth].astype(np.bool_)
    for j, cells in body["histogram"].items():
        state.histogram[int(j)] = int(cells)
    state.cpu_seconds = float(body["cpu_seconds"])
    state.on_disk = hashlib.sha256(content).hexdigest()
    return state
