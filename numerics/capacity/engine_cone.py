"""The cones to be cut, and one task of the search on them."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

import numpy as np
from numpy.typing import NDArray

from numerics.capacity import engine_search
from numerics.capacity.engine_kernel import BALANCED, FEWEST_PAIRS, LIMIT
from numerics.capacity.engine_table import FRAMES, SLOTS, TABLES
from numerics.errors import SolverUndecided

Symmetry = Literal["signed permutations", "signs"]
Order = Literal["balanced", "fewest pairs"]
Ints = NDArray[np.int64]

LARGEST_DIM = 13
# To be raised whenever a task of the same depth and path may hold other cells than before.
SEARCH_VERSION = 1


def check_int(name: str, value: object, low: int, high: int, why: str = "") -> int:
    """*value* as an int in [low, high]; TypeError or ValueError otherwise."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be an int, got {value!r}")
    number = int(value.__index__())
    if not low <= number <= high:
        raise ValueError(f"{name} must be between {low} and {high}, got {number}" + (f"; {why}" if why else ""))
    return number


def check_choice(name: str, value: str, allowed: tuple[str, ...]) -> str:
    """*value* if it is one of *allowed*; ValueError otherwise."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, allowed))}, got {value!r}")
    return value


@dataclass(frozen=True)
class Cone:
    """A simplicial cone: its rays as rows, and the hyperplanes that cut it, as their values on the rays (columns).

    Wall i is opposite ray i. Every region of the arrangement has an image in the cone under the group that the
    cone's walls generate.
    """

    rays: Ints
    values: Ints


def build_cone(dim: int, symmetry: Symmetry) -> Cone:
    """The chamber w1 >= ... >= w_dim >= 0, or the orthant w >= 0, with the hyperplanes X.w = 0, X in {-1, 1}^dim.

    Rays: (1, 0, ..), (1, 1, 0, ..), ..; or the unit vectors. X and -X are the same hyperplane.
    """
    dim = check_int("dim", dim, 1, LARGEST_DIM)
    rays = np.tri(dim, dtype=np.int64) if symmetry == "signed permutations" else np.eye(dim, dtype=np.int64)
    points = 1 - 2 * ((np.arange(2 ** (dim - 1))[:, None] >> np.arange(dim)[None, :]) & 1)
    values = rays @ points.T
    return Cone(rays, values[:, (values.max(axis=0) > 0) & (values.min(axis=0) < 0)])


class Workspace:
    """Arrays of one search. Their pages cost memory only once touched."""

    def __init__(self, cone: Cone, extra: int, scale: int = 1) -> None:
        dim, pending = cone.values.shape
        if np.abs(cone.values).max(initial=0) > LIMIT:
            raise SolverUndecided(f"a hyperplane's values leave the range of exact arithmetic, {LIMIT}")
        self.vals = np.zeros(scale << 23, np.int32)
        self.lo = np.zeros(scale << 19, np.uint64)
        self.hi = np.zeros(scale << 19, np.uint64)
        self.nodes = np.zeros((scale << 15, 6), np.int64)
        self.used = np.zeros((scale << 15, 2), np.uint64)
        self.index = np.zeros((3, scale << 14), np.int64)
        self.signs = np.zeros((2, pending + extra), np.int32)
        self.cols = np.zeros(pending + extra, np.int64)
        self.tables = (
            np.zeros((TABLES, SLOTS, SLOTS), np.int32),
            *(np.zeros((TABLES, SLOTS), np.uint64) for _ in range(3)),
            np.zeros((FRAMES, 4), np.uint64),
            np.zeros((FRAMES, 2), np.int64),
        )
        start = np.hstack([cone.values, cone.rays]) if extra else cone.values
        self.vals[: start.size] = start.ravel()
        every = (1 << dim) - 1
        self.lo[:dim] = [every & ~(1 << wall) for wall in range(dim)]
        self.nodes[0] = 0, 0, dim, pending, 0, 0
        self.used[0, 0] = every

    @property
    def arena(self) -> tuple[NDArray[np.generic], ...]:
        """The arguments that splitting a node needs."""
        return self.vals, self.lo, self.hi, self.nodes, self.used, self.index, self.signs, self.cols


def check_state(state: int, dim: int) -> None:
    """Raise what a compiled search reports; nothing that it counted may be used."""
    if state == engine_search.VALUE_TOO_LARGE:
        raise SolverUndecided(f"a ray at dim={dim} exceeded the range of exact arithmetic; nothing was counted")
    if state == engine_search.TOO_MANY_FACETS:
        raise SolverUndecided(f"a cone at dim={dim} has more than 126 facets; nothing was counted")


def search(
    dim: int, symmetry: Symmetry, order: Order, depth: int, path: int, *, order_below: Order | None = None
) -> Ints:
    """Histogram over the 2**dim wall sets J of the cells in one task; J has bit i for wall i.

    A task is the part of the search tree below *path*, whose bits are the first *depth* choices; depth 0 is all.
    The tasks of one depth partition the cells. *order* fixes which cells a task has; *order_below* (by default the
    same) is the order in which they are cut apart, and cannot change the histogram. For dim <= 2 a wall may itself be
    a hyperplane; see ``engine``.
    """
    check_choice("symmetry", symmetry, get_args(Symmetry))
    check_choice("order", order, get_args(Order))
    depth = check_int("depth", depth, 0, 40)
    path = check_int("path", path, 0, 2**depth - 1, f"depth={depth} has {2**depth} tasks")
    cone = build_cone(dim, symmetry)
    order_below = order if order_below is None else order_below
    check_choice("order_below", order_below, get_args(Order))
    rule, below = (BALANCED if o == "balanced" else FEWEST_PAIRS for o in (order, order_below))
    scale = 1
    while True:
        work = Workspace(cone, 0, scale)
        hist = np.zeros(2**dim, np.int64)
        state, _ = engine_search.explore(dim, rule, below, depth, path, *work.arena, *work.tables, 1, hist)
        check_state(state, dim)
        if state == engine_search.OK:
            return cast(Ints, hist)
        scale *= 4
