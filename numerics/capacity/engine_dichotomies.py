"""Dichotomies of any integer points by the search that counts threshold functions; products with three values."""

from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.capacity import engine_search
from numerics.capacity.engine_cone import Cone, Workspace, check_int, check_state
from numerics.capacity.engine_kernel import BALANCED, LIMIT
from numerics.capacity.products import orbit_sizes
from numerics.capacity.products_pairs import pinned_gates, points
from numerics.capacity.products_shares import Progress, symmetric_weights
from numerics.errors import SolverUndecided


def _require_points(rows: ArrayLike) -> NDArray[np.object_]:
    """The points' directions, in Python ints, which cannot wrap."""
    given = np.asarray(rows)
    if given.size == 0:
        return np.empty((0, 0), dtype=object)
    if given.ndim != 2:
        raise ValueError(f"rows must have the shape (points, dimension), got {given.shape}")
    if given.dtype.kind not in "iuO" or not all(hasattr(v, "__index__") for v in given.ravel()):
        raise TypeError(f"rows must hold integers (exact counts need exact points), got {given.dtype}")
    lines = []
    for row in given.tolist():
        first = next((int(v) for v in row if v), 0)
        if first == 0:
            raise ValueError("rows must not hold the zero vector: no gate labels it")
        common = gcd(*map(int, row)) if first > 0 else -gcd(*map(int, row))
        lines.append(tuple(int(v) // common for v in row))
    if len(set(lines)) < len(lines):
        raise ValueError("rows must be pairwise not parallel: one's label is then the other's")
    return np.array(lines, dtype=object)


def _basis(rows: NDArray[np.object_]) -> tuple[list[int], list[int]]:
    """Numbers of independent rows that span the others, and of as many columns in which they are independent."""
    left = rows.copy()
    order = np.arange(len(rows))
    chosen: list[int] = []
    columns: list[int] = []
    for column in range(rows.shape[1]):
        top = len(chosen)
        found = next((r for r in range(top, len(rows)) if left[r, column]), None)
        if found is None:
            continue
        left[[top, found]], order[[top, found]] = left[[found, top]], order[[found, top]]
        for r in range(top + 1, len(rows)):
            left[r] = left[r] * left[top, column] - left[top] * left[r, column]
        chosen.append(int(order[top]))
        columns.append(column)
    return chosen, columns


def _scaled_inverse(basis: NDArray[np.object_]) -> NDArray[np.object_]:
    """The inverse of a regular matrix of Python ints, times a positive number that makes it one, too."""
    size = len(basis)
    left = np.array([[Fraction(v) for v in row] for row in np.hstack([basis, np.eye(size, dtype=object)]).tolist()])
    for column in range(size):
        pivot = next(r for r in range(column, size) if left[r, column])
        left[[column, pivot]] = left[[pivot, column]]
        left[column] /= left[column, column]
        for r in range(size):
            if r != column:
                left[r] -= left[r, column] * left[column]
    inverse = left[:, size:]
    scale = lcm(*(v.denominator for v in inverse.ravel()))
    return np.array([[int(v * scale) for v in row] for row in inverse], dtype=object)


def count_dichotomies_by_cones(rows: ArrayLike) -> int:
    """Labellings of integer points, shape (m, d), by homogeneous gates: cells of their hyperplanes.

    Independent ones among the hyperplanes cut space into simplicial cones; the others are searched in half of these.
    Raises TypeError or ValueError unless the points are integers, none of them zero and no two parallel; and
    SolverUndecided where values leave the range of the search.

    >>> count_dichotomies_by_cones([[1, 0], [0, 1], [1, 1]])
    6
    """
    points = _require_points(rows)
    if len(points) == 0:
        return 1
    chosen, columns = _basis(points)
    # a gate by its values on the chosen points; its values on the others are combinations of these
    combinations = points[:, columns] @ _scaled_inverse(points[np.ix_(chosen, columns)])
    combinations //= np.gcd.reduce(combinations, axis=1, keepdims=True)
    if max(map(abs, combinations.ravel())) > LIMIT:
        raise SolverUndecided(f"{len(points)} points need values beyond {LIMIT}, the range of the search; none counted")
    combinations = combinations.astype(np.int64)
    dim, cells = len(chosen), 0
    for signs in range(2 ** (dim - 1)):
        values = (combinations * (1 - 2 * (signs >> np.arange(dim) & 1))).T
        cut = values[:, (values.max(axis=0) > 0) & (values.min(axis=0) < 0)]
        work = Workspace(Cone(np.eye(dim, dtype=np.int64), cut), 0)
        found = np.zeros(2**dim, np.int64)
        state, _ = engine_search.explore(dim, BALANCED, BALANCED, 0, 0, *work.arena, *work.tables, 1, found)
        check_state(state, dim)
        if state != engine_search.OK:
            raise SolverUndecided(f"{len(points)} points in {dim} dimensions needed more room than is set aside")
        cells += int(found.sum())
    return 2 * cells


def count_three_valued_by_cones(n: int, attended: int = 1, *, progress: Progress | None = None) -> int:
    """Number of maps (f·g_1, ..., f·g_m) of 1 <= n <= 6 inputs, f 0/1 and the m = *attended* gates g_i -1/+1.

    Where f is 0 the products are, so that to each f and g_i belong the dichotomies of the ones of f. n = 6 takes
    minutes, and *progress* is called with the part of the work that is done, from 0 to 1. Baldi & Vershynin 2022,
    output gating, mixed values (OG3, AL2).

    >>> count_three_valued_by_cones(2), count_three_valued_by_cones(2, 2)
    (71, 533)
    """
    n, attended = check_int("n", n, 1, 6), check_int("attended", attended, 1, 10**6)
    classes, maps = _gates(n), 0
    for k, (size, _) in enumerate(classes):
        maps += size * _dichotomies(n, k) ** attended
        if progress is not None:
            progress((k + 1) / len(classes))
    return maps


@lru_cache(maxsize=8)
def _gates(n: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """For one gate of each class under permuting and negating inputs: size of the class, and the gate's ones."""
    words = np.array([gate.word for gate in pinned_gates(symmetric_weights(n))], np.uint64)
    ones = (tuple(p for p in range(2**n) if int(word) >> p & 1) for word in words)
    return tuple(zip(orbit_sizes(words, n, pinned=True).tolist(), ones, strict=True))


@lru_cache(maxsize=4096)
def _dichotomies(n: int, index: int) -> int:
    """Dichotomies of the ones of a gate of :func:`_gates`; kept, for every number of attended gates needs them."""
    return count_dichotomies_by_cones(points(n + 1)[list(_gates(n)[index][1])])


def warm_up() -> None:
    """Compile the kernels, before a clock starts."""
    count_three_valued_by_cones(3)
