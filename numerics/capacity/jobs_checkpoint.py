"""The checkpoint of a counting job: a merged histogram and the set of tasks in it; small, and never half written."""

import base64
import errno
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isfinite
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._files import replacing
from numerics.capacity.engine_cone import SEARCH_VERSION, Ints, Order, check_choice, check_int

KIND = "count of threshold functions"
FORMAT = 1
SMALLEST, LARGEST = 2, 10
DEEPEST = 24
ORDERS: tuple[Order, ...] = ("balanced", "fewest pairs")
MOST_BYTES = 2**24  # the deepest job of ten inputs stays below 4 MB


class Merged(NamedTuple):
    """*finished* flags per task, the sum of the histograms of the finished ones, and the CPU seconds they took."""

    finished: NDArray[np.bool_]
    histogram: Ints
    cpu_seconds: float


@dataclass
class Checkpoint:
    """Everything a job needs to go on.

    merged: replaced as a whole, so that an interrupt leaves it as it was or as it should be, and never half way.
    on_disk: SHA-256 of the file as this run last read or wrote it, or may have written it.
    """

    n: int
    depth: int
    order: Order
    merged: Merged
    on_disk: frozenset[str] = frozenset()

    @classmethod
    def empty(cls, n: int, depth: int, order: Order) -> "Checkpoint":
        return cls(n, depth, order, Merged(np.zeros(2**depth, np.bool_), np.zeros(2 ** (n + 1), np.int64), 0.0))

    def must_belong_to(self, n: int, depth: int, order: str) -> None:
        """ValueError unless this is a checkpoint of the job described."""
        for name, have, want in (("n", self.n, n), ("depth", self.depth, depth), ("order", self.order, order)):
            if have != want:
                raise ValueError(f"the checkpoint has {name}={have!r}, the job {name}={want!r}; use another file")

    def merge(self, paths: tuple[int, ...], histogram: Ints, seconds: float) -> None:
        """Add a result unless its tasks are in already; all of them are, or none."""
        before = self.merged
        tasks = 0 < len(paths) == len(set(paths)) and all(0 <= path < len(before.finished) for path in paths)
        counts = histogram.dtype == np.int64 and histogram.shape == before.histogram.shape and (histogram >= 0).all()
        if not (tasks and counts and 0 <= seconds < inf):
            raise ValueError(f"tasks {paths} gave what is no histogram, or no time: {histogram!r:.80}, {seconds} s")
        seen = before.finished[list(paths)]
        if seen.all():
            return
        if seen.any():
            raise ValueError(f"tasks {paths} were merged in part; a chunk is merged as a whole")
        finished = before.finished.copy()
        finished[list(paths)] = True
        self.merged = Merged(finished, before.histogram + histogram, before.cpu_seconds + seconds)

    def unfinished_chunks(self, size: int) -> Iterator[tuple[int, ...]]:
        """The tasks still to do, in an order random but the same each time, so that the mean cost so far is fair."""
        order = np.random.default_rng([self.n, self.depth]).permutation(2**self.depth)
        left = order[~self.merged.finished[order]]
        return (tuple(left[i : i + size].tolist()) for i in range(0, len(left), size))


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def write_checkpoint(path: Path, state: Checkpoint) -> None:
    """Replace the file at *path* atomically; on any error the old file stays as it was.

    OSError, too, where the file is not the one last read or written: of two histograms with tasks in common neither
    can be added to the other, so a second run's work is left for it to keep.
    """
    finished, histogram, cpu_seconds = state.merged
    body = {
        "kind": KIND,
        "format": FORMAT,
        "search": SEARCH_VERSION,
        "n": state.n,
        "depth": state.depth,
        "order": state.order,
        "cpu_seconds": repr(cpu_seconds),
        "finished": base64.b64encode(zlib.compress(np.packbits(finished).tobytes(), 9)).decode(),
        "histogram": {str(j): str(cells) for j, cells in enumerate(histogram.tolist()) if cells},
    }
    content = (json.dumps(body | {"sha256": _digest(body)}, sort_keys=True, indent=0) + "\n").encode("ascii")
    written = frozenset({hashlib.sha256(content).hexdigest()})

    def check() -> None:
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() not in state.on_disk:
            raise OSError(
                errno.EBUSY,
                "another run has written it since, and what this one did after its last save is lost; "
                "run the job again to go on from there",
            )
        state.on_disk |= written  # from here on an interrupt leaves the file as it was or as it will be

    try:
        with replacing(path, check=check) as file:
            file.write(content)
    except OSError as error:
        intact = " (the old one is intact)" if path.exists() else ""
        raise OSError(error.errno, f"cannot write the checkpoint{intact}: {error.strerror}", str(path)) from error
    state.on_disk = written


def read_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint at *path*; ValueError saying what is wrong if it is truncated, altered, or of another version."""
    content = _content(path)
    try:
        body = json.loads(content.decode("ascii"))
    except (ValueError, RecursionError) as error:
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
    try:
        state = _parsed(body)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError, zlib.error) as problem:
        raise ValueError(f"{path} holds what no job has written: {problem!r:.200}") from None
    state.on_disk = frozenset({hashlib.sha256(content).hexdigest()})
    return state


def _parsed(body: dict[str, Any]) -> Checkpoint:
    """The state in *body*, every part of it within its range; any of the usual errors where one is not."""
    n = check_int("n", body["n"], SMALLEST, LARGEST)
    depth = check_int("depth", body["depth"], 0, DEEPEST)
    check_choice("order", body["order"], ORDERS)
    state = Checkpoint.empty(n, depth, body["order"])
    tasks, histogram, _ = state.merged
    # No more is unpacked than there can be.
    packed = zlib.decompressobj().decompress(base64.b64decode(body["finished"]), len(tasks) + 1)
    finished = np.unpackbits(np.frombuffer(packed, np.uint8))[: len(tasks)].astype(np.bool_)
    if np.packbits(finished).tobytes() != packed or len(finished) != len(tasks):
        raise ValueError(f"finished must hold {len(tasks)} flags, got {len(packed)} bytes")
    for j, cells in body["histogram"].items():
        histogram[check_int("walls", int(j), 0, len(histogram) - 1)] = check_int("cells", int(cells), 1, 2**63 - 1)
    seconds = float(body["cpu_seconds"])
    if not (isfinite(seconds) and seconds >= 0):
        raise ValueError(f"cpu_seconds must be 0 or more, got {seconds}")
    state.merged = Merged(finished, histogram, seconds)
    return state


def _content(path: Path) -> bytes:
    """What the file holds; ValueError for what no checkpoint can be, a device or gigabytes, before it is read."""
    if path.exists() and not path.is_file():
        raise ValueError(f"{path} is no file, and so no checkpoint")
    if (size := path.stat().st_size) > MOST_BYTES:
        raise ValueError(f"{path} has {size} bytes, and a checkpoint at most {MOST_BYTES}")
    return path.read_bytes()
