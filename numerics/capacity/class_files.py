"""Saved lists of classes of threshold functions, read back and verified one by one."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._files import replacing
from numerics.capacity.engine import count_by_chambers
from numerics.capacity.engine_classes import ThresholdClass, sample_threshold_classes, verify_threshold_class
from numerics.errors import NotCertified

FIELDS = ("weights", "chow", "walls", "orbit_size")


@dataclass(frozen=True)
class ClassListCheck:
    """*classes* of threshold functions of *n* inputs, distinct and each verified, with *functions* in their orbits.

    complete: these are all threshold functions of n inputs.
    """

    n: int
    classes: int
    functions: int
    complete: bool


def save_sampled_classes(path: str | Path, n: int, size: int, *, rng: np.random.Generator | int = 0) -> int:
    """Write the distinct ones of *size* random classes of 2 <= n <= 10 inputs to a .jsonl or .npz file; their number.

    What ``save_threshold_classes`` writes, for sizes whose whole list is too long, and ``probability`` besides: that of
    one draw. They differ by orders of magnitude, so an average over all classes weighs each draw by its inverse.
    """
    path = Path(path)
    if path.suffix not in (".jsonl", ".npz"):
        raise ValueError(f"path must end in .jsonl or .npz, got {path.name!r}")
    drawn = dict(sample_threshold_classes(n, size, rng=rng))
    with replacing(path) as file:
        if path.suffix == ".jsonl":
            lines = (json.dumps(found.__dict__ | {"probability": chance}) for found, chance in drawn.items())
            file.writelines(f"{line}\n".encode("ascii") for line in lines)
        else:
            weights, chow = (np.array([getattr(found, name) for found in drawn], np.int64) for name in FIELDS[:2])
            walls = np.array([sum(1 << i for i in found.walls) for found in drawn], np.int64)
            orbits = np.array([found.orbit_size for found in drawn], np.int64)
            chances = np.array(list(drawn.values()))
            np.savez_compressed(file, weights=weights, chow=chow, walls=walls, orbit_size=orbits, probability=chances)
    return len(drawn)


def read_threshold_classes(path: str | Path) -> Iterator[ThresholdClass]:
    """The classes in a .jsonl or .npz file of ``save_threshold_classes``; ValueError where it is none or damaged."""
    path = Path(path)
    if path.suffix == ".jsonl":
        yield from _read_lines(path)
    elif path.suffix == ".npz":
        yield from _read_arrays(path)
    else:
        raise ValueError(f"path must end in .jsonl or .npz, got {path.name!r}")


def _read_lines(path: Path) -> Iterator[ThresholdClass]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                entry = json.loads(line.decode("ascii"))
                if not isinstance(entry, dict):
                    raise ValueError(f"a JSON object was expected, got {entry!r:.80}")
                if missing := [name for name in FIELDS if name not in entry]:
                    raise ValueError(f"{' and '.join(missing)} missing; a class has {', '.join(FIELDS)}")
                weights, chow, walls = (_as_tuple(entry[name]) for name in FIELDS[:3])
                yield ThresholdClass(weights, chow, walls, entry["orbit_size"])
            except (ValueError, RecursionError) as problem:
                raise ValueError(f"{path}, line {number}, is no class of threshold functions: {problem}") from None


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _read_arrays(path: Path) -> Iterator[ThresholdClass]:
    try:
        columns = _columns(path)
        for weights, chow, walls, size in zip(*(column.tolist() for column in columns), strict=True):
            bits = tuple(i for i in range(max(len(weights), walls.bit_length())) if walls >> i & 1)
            yield ThresholdClass(tuple(weights), tuple(chow), bits, size)
    except ValueError as problem:
        raise ValueError(f"{path} is no list of classes of threshold functions: {problem}") from None


def _columns(path: Path) -> list[NDArray[Any]]:
    """The arrays in an .npz file; ValueError unless they are integers of matching shapes."""
    with path.open("rb") as file:
        try:
            with np.load(file) as stored:
                columns = [stored[name] for name in FIELDS]
        except Exception as problem:  # a damaged archive fails in as many ways as there are layers in it
            raise ValueError(f"an .npz file with {', '.join(FIELDS)} was expected: {problem!r:.200}") from None
    for name, column, ndim in zip(FIELDS, columns, (2, 2, 1, 1), strict=True):
        if column.dtype.kind not in "iu" or column.ndim != ndim or len(column) != len(columns[0]):
            raise ValueError(
                f"{name} must hold integers in {ndim} dimension(s), one row per class as weights have them, "
                f"got {column.dtype} of shape {column.shape}"
            )
    if (columns[2] < 0).any():
        raise ValueError("walls must not be negative")
    return columns


def verify_threshold_classes(path: str | Path, *, progress: Callable[[int], None] | None = None) -> ClassListCheck:
    """Verify each class of a saved list by definition, and that no two are the same.

    Functions with the same Chow parameters are the same (Chow 1961). *progress* is called with the number verified so
    far. *complete* is decided by an exact count, and False beyond 8 inputs, where no list is whole. Raises NotCertified
    for a class that is not what it says, or one that occurs twice; ValueError for a damaged file, or one that mixes
    numbers of inputs.
    """
    seen: set[tuple[int, ...]] = set()
    functions, dim = 0, None
    for found in read_threshold_classes(path):
        dim = len(found.weights) if dim is None else dim
        if len(found.weights) != dim:
            raise ValueError(f"{path} mixes classes of {dim - 1} and of {len(found.weights) - 1} inputs")
        verify_threshold_class(found)
        if found.chow in seen:
            raise NotCertified(f"the class with Chow parameters {found.chow} occurs twice")
        seen.add(found.chow)
        functions += found.orbit_size
        if progress is not None and len(seen) % 1000 == 0:
            progress(len(seen))
    if dim is None:
        raise ValueError(f"{path} holds no classes")
    complete = dim <= 9 and functions == count_by_chambers(dim - 1).count
    return ClassListCheck(dim - 1, len(seen), functions, complete)
