"""Points that gates act on: random ones in general position, and the cube with its monomials."""

from itertools import combinations
from math import prod

import numpy as np

from numerics.capacity._validate import require_int

Points = tuple[tuple[int, ...], ...]
GRID = 2**20  # Gaussian coordinates are rounded to this grid, so that every later sign test is one of integers


def gaussian_points(m: int, d: int, rng: int | np.random.Generator) -> Points:
    """*m* Gaussian points of R^*d* as integer vectors (multiples of 2**-20, scaled up), shape (m, d).

    A homogeneous gate does not see the scale. Every min(m, d) of the points are linearly independent: drawn again
    until an exact rank says so. ``rng`` is a seed or a Generator.

    >>> len(gaussian_points(4, 3, 0))
    4
    """
    m, d = require_int("m", m, 1), require_int("d", d, 1)
    generator = np.random.default_rng(rng)
    while True:
        drawn = np.rint(generator.normal(size=(m, d)) * GRID)
        points = tuple(tuple(int(v) for v in row) for row in drawn)
        if all(exact_rank(chosen) == min(m, d) for chosen in combinations(points, min(m, d))):
            return points


def exact_rank(rows: tuple[tuple[int, ...], ...]) -> int:
    """Rank over the rationals by fraction-free elimination."""
    work = [list(row) for row in rows]
    rank = 0
    for column in range(len(work[0]) if work else 0):
        pivot = next((i for i in range(rank, len(work)) if work[i][column]), None)
        if pivot is None:
            continue
        work[rank], work[pivot] = work[pivot], work[rank]
        head = work[rank]
        for i in range(rank + 1, len(work)):
            if work[i][column]:
                factor, lead = work[i][column], head[column]
                work[i] = [lead * a - factor * b for a, b in zip(work[i], head, strict=True)]
        rank += 1
    return rank


def zero_one_points(n: int) -> Points:
    """The 2**n - 1 nonzero points of {0, 1}**n.

    >>> zero_one_points(2)
    ((1, 0), (0, 1), (1, 1))
    """
    n = require_int("n", n, 1)
    return tuple(tuple(x >> i & 1 for i in range(n)) for x in range(1, 2**n))


def cube_rows(n: int, degree: int = 1) -> Points:
    """The 2**n points of {-1, 1}**n as vectors of their monomials up to *degree*, the constant first.

    Point number x has coordinate i equal to +1 exactly when bit i of x is set; shape (2**n, sum_{i<=degree} C(n, i)).

    >>> cube_rows(1)
    ((1, -1), (1, 1))
    """
    n = require_int("n", n, 0)
    degree = require_int(
        "degree", degree, 0, max(n, 1), why="a multilinear polynomial of n variables has degree at most n"
    )
    chosen = [subset for size in range(degree + 1) for subset in combinations(range(n), size)]
    rows = []
    for x in range(2**n):
        signs = [1 if x >> i & 1 else -1 for i in range(n)]
        rows.append(tuple(prod(signs[i] for i in subset) for subset in chosen))
    return tuple(rows)
