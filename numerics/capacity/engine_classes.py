"""The classes of threshold functions one by one: integer weights, Chow parameters, walls, orbit size."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numba import njit

from numerics.capacity import engine_descent, engine_search
from numerics.capacity._files import replacing
from numerics.capacity.engine_cone import Ints, Workspace, build_cone, check_int, check_state
from numerics.capacity.engine_kernel import BALANCED
from numerics.capacity.engine_orbits import orbit_size
from numerics.errors import NotCertified, SolverUndecided

SMALLEST, LARGEST_LISTED, LARGEST = 2, 8, 10
BATCH = 4096


@dataclass(frozen=True)
class ThresholdClass:
    """A class of self-dual threshold functions sign(w.X) of n + 1 variables under signed permutations.

    weights: integers w1 >= .. >= w_(n+1) >= 0; chow: sum over X of sign(w.X) X; walls: the i with w_i = w_(i+1) (from
    0; the last one: w = 0) for every representative, so the reflections that fix the function. ValueError where a field
    is none of this kind; whether the fields belong together is for ``verify_threshold_class``.
    """

    weights: tuple[int, ...]
    chow: tuple[int, ...]
    walls: tuple[int, ...]
    orbit_size: int

    def __post_init__(self) -> None:
        dim = len(self.weights) if _are_integers(self.weights) else 0
        if not SMALLEST <= dim - 1 <= LARGEST:
            _refuse("weights", f"a tuple of {SMALLEST + 1} to {LARGEST + 1} integers", self.weights)
        if not _are_integers(self.chow) or len(self.chow) != dim:
            _refuse("chow", f"a tuple of {dim} integers, as many as there are weights", self.chow)
        if not _are_integers(self.walls) or not set(self.walls) <= set(range(dim)):
            _refuse("walls", f"a tuple of integers from 0 to {dim - 1}", self.walls)
        if type(self.orbit_size) is not int:
            _refuse("orbit_size", "an integer", self.orbit_size)


def _are_integers(values: object) -> bool:
    return isinstance(values, tuple) and all(type(v) is int for v in values)


def _refuse(field: str, allowed: str, value: object) -> NoReturn:
    raise ValueError(f"{field} must be {allowed}, got {value!r:.80}")


@njit(cache=True)
def _chow(weights: Any, chow: Any) -> Any:
    """Fill in Chow parameters by a Gray code walk over the points; returns how many points lie on a hyperplane."""
    ties = 0
    count, dim = weights.shape
    signs = np.empty(dim, np.int64)
    for k in range(count):
        value = 0
        for c in range(dim):
            signs[c] = 1
            value += weights[k, c]
            chow[k, c] = 0
        for step in range(1, (1 << (dim - 1)) + 1):
            ties += value == 0
            for c in range(dim):
                chow[k, c] += 2 * signs[c] if value > 0 else -2 * signs[c]
            flip = 0
            while not (step >> flip) & 1:
                flip += 1
            if flip < dim - 1:
                signs[flip] = -signs[flip]
                value += 2 * signs[flip] * weights[k, flip]
    return ties


def chow_parameters(weights: Ints) -> Ints:
    """Chow parameters of each row of integer *weights*; NotCertified if some point has w.X = 0.

    ValueError where the sum of a row's magnitudes does not fit into 62 bits.
    """
    if (np.abs(weights.astype(object)).sum(axis=1) >= 2**62).any():
        raise ValueError("weights must have magnitudes that sum to less than 2**62, or their sums wrap")
    chow = np.zeros(weights.shape, np.int64)
    ties = _chow(np.ascontiguousarray(weights, dtype=np.int64), chow)
    if ties:
        raise NotCertified(f"{ties} points lie on the separating hyperplane of the weights given")
    return chow


def class_batches(n: int, *, size: int = BATCH) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Weights, Chow parameters (rows of n + 1) and wall sets (bits) of all classes, *size* at a time, 2 <= n <= 8.

    Weights are the sum of the extreme rays of the class's cell, divided by their common divisor: interior, so that
    every point is on its right side.
    """
    dim = _listable(n) + 1
    size = check_int("size", size, 1, 10**7)
    work = Workspace(build_cone(dim, "signed permutations"), dim)
    top = 1
    while top:
        weights, walls = np.zeros((size, dim), np.int64), np.zeros(size, np.int64)
        state, top, written = engine_descent.list_cells(dim, BALANCED, *work.arena, top, weights, walls)
        _must_be_done(state, dim)
        yield _batch(weights[:written], walls[:written])


def _listable(n: int) -> int:
    return check_int("n", n, SMALLEST, LARGEST_LISTED, "beyond that use sample_threshold_classes")


def _must_be_done(state: int, dim: int) -> None:
    check_state(state, dim)
    if state != engine_search.OK:
        raise SolverUndecided(f"the search at dim={dim} needed more memory than is set aside; the list is incomplete")


def _batch(weights: Ints, walls: Ints) -> tuple[Ints, Ints, Ints]:
    weights = weights // np.gcd.reduce(weights, axis=1, keepdims=True)
    return weights, chow_parameters(weights), walls


def _describe(weights: Ints, chow: Ints, walls: Ints) -> Iterator[ThresholdClass]:
    dim = weights.shape[1]
    for w, c, j in zip(weights.tolist(), chow.tolist(), walls.tolist(), strict=True):
        yield ThresholdClass(tuple(w), tuple(c), tuple(i for i in range(dim) if j >> i & 1), orbit_size(j, dim))


def list_threshold_classes(n: int) -> Iterator[ThresholdClass]:
    """Every class of threshold functions of 2 <= n <= 8 inputs, streamed; their orbit sizes sum to the count.

    >>> sorted(c.chow for c in list_threshold_classes(2))
    [(4, 4, 4), (8, 0, 0)]
    """
    for batch in class_batches(n):
        yield from _describe(*batch)


def sample_threshold_classes(
    n: int, size: int, *, rng: np.random.Generator | int = 0
) -> list[tuple[ThresholdClass, float]]:
    """*size* independent classes of 2 <= n <= 10 inputs, each with the probability with which it was drawn."""
    n, size = check_int("n", n, SMALLEST, LARGEST), check_int("size", size, 1, 10**7)
    dim = n + 1
    generator = np.random.default_rng(rng)
    cone = build_cone(dim, "signed permutations")
    work = Workspace(cone, dim)
    start = work.vals[: dim * (cone.values.shape[1] + dim)].copy()
    row, facets, used = work.nodes[0].copy(), work.lo[:dim].copy(), work.used[0].copy()
    weights, walls = np.zeros((size, dim), np.int64), np.zeros(size, np.int64)
    probability = np.empty(size)
    for i in range(size):
        work.vals[: start.size] = start
        work.lo[:dim], work.hi[:dim] = facets, 0
        work.nodes[0], work.used[0] = row, used
        state, logarithm = engine_descent.descend(
            dim, BALANCED, dim, *work.arena, generator.random(2**n), 0, engine_descent.POWER
        )
        _must_be_done(state, dim)
        state, _, _ = engine_descent.list_cells(dim, BALANCED, *work.arena, 1, weights[i : i + 1], walls[i : i + 1])
        probability[i] = np.exp(logarithm)
    return list(zip(_describe(*_batch(weights, walls)), probability.tolist(), strict=True))


def verify_threshold_class(candidate: ThresholdClass) -> None:
    """NotCertified unless weights, Chow parameters, walls and orbit size belong together; by definition, no search.

    Every sum over the 2^(n+1) points is formed afresh. A function sign(w.X) is fixed by the exchange of two variables
    iff their Chow parameters agree, and by a change of sign iff the parameter is 0 (Chow 1961).
    """
    w = candidate.weights
    dim = len(w)
    if list(w) != sorted(w, reverse=True) or w[-1] < 0:
        raise NotCertified(f"weights must be in decreasing order, none negative, got {w}")
    points = 1 - 2 * ((np.arange(2**dim)[:, None] >> np.arange(dim)) & 1)
    values = points.astype(object) @ np.array(w, dtype=object)
    if (values == 0).any():
        raise NotCertified(f"weights {w} put a point on their hyperplane")
    chow = tuple(int(v) for v in np.where(values > 0, 1, -1) @ points)
    if chow != candidate.chow:
        raise NotCertified(f"weights {w} have Chow parameters {chow}, not {candidate.chow}")
    walls = tuple(i for i in range(dim) if (chow[i] == chow[i + 1] if i + 1 < dim else chow[i] == 0))
    if walls != candidate.walls:
        raise NotCertified(f"Chow parameters {chow} have the walls {walls}, not {candidate.walls}")
    if orbit_size(sum(1 << i for i in walls), dim) != candidate.orbit_size:
        raise NotCertified(f"the walls {walls} do not give an orbit of {candidate.orbit_size}")


def save_threshold_classes(path: str | Path, n: int, *, limit: int | None = None) -> int:
    """Write the classes (at most *limit*) to a .jsonl file, one per line, or an .npz file; returns their number.

    A file that was there stays as it was until all is written.
    """
    path, n = Path(path), _listable(n)
    if limit is not None:
        limit = check_int("limit", limit, 1, 10**9)
    if path.suffix == ".jsonl":
        written = 0
        with replacing(path) as file:
            for found in islice(list_threshold_classes(n), limit):
                file.write(f"{json.dumps(found.__dict__)}\n".encode("ascii"))
                written += 1
        return written
    if path.suffix == ".npz":
        parts = [np.concatenate(column)[:limit] for column in zip(*class_batches(n), strict=True)]
        orbits = np.array([orbit_size(j, n + 1) for j in parts[2].tolist()], np.int64)
        with replacing(path) as file:
            np.savez_compressed(file, weights=parts[0], chow=parts[1], walls=parts[2], orbit_size=orbits)
        return len(orbits)
    raise ValueError(f"path must end in .jsonl or .npz, got {path.name!r}")
