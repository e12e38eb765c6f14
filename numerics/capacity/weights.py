"""Lists of threshold functions by trying every integer weight vector up to a proven bound.

A separable labelling of d-dimensional points is realised at a vertex of {w : labels[i] (rows[i] . w) >= 1}, whose
coordinates are quotients of d x d determinants with one common denominator. For +-1 rows every such determinant is a
multiple of 2**(d-1) and at most d**(d/2) (Hadamard), so integer weights up to d**(d/2) / 2**(d-1) suffice (Muroga
1971, theorem 9.3.2.1); with one coordinate in {-1, 0, 1}, or one row halved, the power of two is 2**(d-2).

Tables are integers whose bit x is the value at point x; bit i - 1 of x is set where input i is +1 (or 1).
"""

from functools import lru_cache
from itertools import combinations_with_replacement, permutations, product
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_int

Tables = NDArray[np.int64]


def weight_bound(dimension: int, halvings: int) -> int:
    """Largest integer weight that a vertex can need: floor(sqrt(d**d)) // 2**halvings.

    >>> weight_bound(5, 4)
    3
    """
    return isqrt(dimension**dimension) // 2**halvings


def realised_labellings(points: NDArray[np.int64], bound: int) -> Tables:
    """All labellings, as bit patterns, of integer *points* (m, d), m <= 62, by weights in {-bound..bound}**d."""
    count, dimension = points.shape
    axis = np.arange(-bound, bound + 1)
    tail = np.array(list(product(axis, repeat=min(dimension, 4))), dtype=np.float32)
    transposed = points.T.astype(np.float32)
    powers = 1 << np.arange(count, dtype=np.int64)
    found: list[Tables] = []
    for head in product(axis, repeat=dimension - tail.shape[1]):
        if next((v for v in head if v), 0) < 0:
            continue  # the negated weights give the complements, added below
        values = tail @ transposed[len(head) :] + np.array(head, dtype=np.float32) @ transposed[: len(head)]
        values = values[np.all(values != 0, axis=1)]
        found.append(np.unique((values > 0) @ powers))
    tables = np.unique(np.concatenate(found))
    return np.unique(np.concatenate([tables, (2**count - 1) ^ tables]))


def cube(n: int) -> NDArray[np.int64]:
    """The points of {-1, 1}**n in table order, shape (2**n, n)."""
    return np.where(np.arange(2**n)[:, None] >> np.arange(n) & 1, 1, -1).astype(np.int64)


@lru_cache(maxsize=8)
def threshold_tables(n: int) -> Tables:
    """The tables of all threshold functions of *n* <= 5 variables, sorted.

    >>> len(threshold_tables(3))
    104
    """
    n = require_int("n", n, 0, 5, why="every integer weight vector is tried")
    points = np.hstack([np.ones((2**n, 1), dtype=np.int64), cube(n)])
    return realised_labellings(points, max(1, weight_bound(n + 1, n)))


@lru_cache(maxsize=8)
def unbiased_tables(n: int) -> Tables:
    """The tables of sgn(w . x) without a bias on {-1, 1}**n, 1 <= *n* <= 5, sorted."""
    n = require_int("n", n, 1, 5, why="every integer weight vector is tried")
    return realised_labellings(cube(n), max(1, weight_bound(n, n - 1)))


@lru_cache(maxsize=8)
def three_level_slices(n: int) -> tuple[Tables, Tables, Tables]:
    """Threshold functions on {-1, 1}**(n-1) x {-1, 0, 1}, n <= 5, as slices at last input -1, 0 and +1."""
    base = cube(n - 1)
    size = len(base)
    blocks = [np.hstack([base, np.ones((size, 1), dtype=np.int64), np.full((size, 1), z)]) for z in (-1, 0, 1)]
    tables = _symmetric_labellings(np.vstack(blocks), n - 1, 3, weight_bound(n + 1, n - 1))
    mask = 2**size - 1
    return tables & mask, tables >> size & mask, tables >> 2 * size


@lru_cache(maxsize=8)
def centred_tables(n: int) -> tuple[Tables, Tables]:
    """Threshold functions on the cube and its centre, n <= 5: tables on the cube, and the value at 0 (sign of b)."""
    points = np.hstack([cube(n), np.ones((2**n, 1), dtype=np.int64)])
    centre = np.array([[0] * n + [1]])
    tables = _symmetric_labellings(np.vstack([points, centre]), n, 1, weight_bound(n + 1, n - 1))
    return tables & (2**2**n - 1), tables >> 2**n


def _symmetric_labellings(points: NDArray[np.int64], n: int, layers: int, bound: int) -> Tables:
    """Labellings of *layers* copies of the n-cube and further points, by integer weights up to *bound*.

    Only sorted, non-negative weights are tried on the n cube coordinates (the first ones); permutations and negations
    of these coordinates, applied to the labellings, give the rest.
    """
    return spread(_sorted_labellings(points, n, max(1, bound)), n, layers)


def _sorted_labellings(points: NDArray[np.int64], n: int, bound: int) -> Tables:
    """The labellings by weights that are sorted and non-negative on the first *n* coordinates."""
    dimension, count = points.shape[1], len(points)
    rest = np.array(list(product(range(-bound, bound + 1), repeat=dimension - n)), dtype=np.float32) @ points.T[n:]
    powers = 1 << np.arange(count, dtype=np.int64)
    found = []
    for head in combinations_with_replacement(range(bound + 1), n):
        values = rest + np.array(head, dtype=np.float32) @ points.T[:n]
        values = values[np.all(values != 0, axis=1)]
        found.append(np.unique((values > 0) @ powers))
    return np.unique(np.concatenate(found))


def spread(tables: Tables, n: int, layers: int = 1) -> Tables:
    """All images of *tables* (*layers* blocks of 2**n bits, then fixed bits) under the symmetries of the n-cube."""
    size = 2**n
    images = []
    for order, signs in product(permutations(range(n)), range(size)):
        image = tables >> layers * size << layers * size
        for x in range(size):
            moved = sum(((x ^ signs) >> i & 1) << order[i] for i in range(n))
            for layer in range(layers):
                image |= (tables >> layer * size + x & 1) << layer * size + moved
        images.append(np.unique(image))
    return np.unique(np.concatenate(images))


@lru_cache(maxsize=8)
def mirrored_tables(n: int) -> tuple[Tables, Tables]:
    """sgn(b + w . x) and sgn(b - w . x) on x in {0, 1}**n, n <= 4, as pairs (minus, plus) of tables.

    By Cramer's rule integer weights serve that are determinants of rows (+-1, x): with one or two columns of +-1
    expanded, |b| <= (n + 1) D(n) and |w_j| <= n (n + 1) D(n - 1), D(k) the largest determinant of zeros and ones.
    """
    largest = (1, 1, 1, 2, 3)
    biases = np.arange(1, (n + 1) * largest[n] + 1)
    grid, powers = ((cube(n) + 1) // 2).T, 1 << np.arange(2**n, dtype=np.int64)
    bound = n * (n + 1) * largest[n - 1]
    found = []
    for first in range(-bound, bound + 1):  # sorted weights: permutations give the others, negations swap the pair
        rest = np.array(list(combinations_with_replacement(range(first, bound + 1), n - 1)), dtype=np.int64)
        sums = np.hstack([np.full((len(rest), 1), first), rest.reshape(len(rest), n - 1)]) @ grid
        sums = np.unique(np.clip(sums, -biases[-1] - 1, biases[-1] + 1), axis=0)
        for bias in biases:
            clean = sums[np.all(np.abs(sums) != bias, axis=1)]
            found.append(np.unique(((clean < bias) @ powers) << 2**n | (clean > -bias) @ powers))
    pairs = np.unique(np.concatenate(found))
    everything = 2**2**n - 1
    minus, plus = pairs >> 2**n, pairs & everything
    pairs = np.concatenate([pairs, (everything ^ plus) << 2**n | everything ^ minus])  # a negative bias
    pairs = np.unique(np.concatenate([_permuted(pairs, n, order) for order in permutations(range(n))]))
    return pairs >> 2**n, pairs & everything


def _permuted(pairs: Tables, n: int, order: tuple[int, ...]) -> Tables:
    """Two tables side by side with their inputs permuted."""
    image = 0 * pairs
    for x in range(2**n):
        moved = sum((x >> i & 1) << order[i] for i in range(n))
        for start in (0, 2**n):
            image |= (pairs >> start + x & 1) << start + moved
    return image


@lru_cache(maxsize=4)
def sorted_weight_tables(n: int) -> Tables:
    """Threshold functions with sorted, non-negative weights and any bias: at least one of each orbit of the cube."""
    points = np.hstack([cube(n), np.ones((2**n, 1), dtype=np.int64)])
    return _sorted_labellings(points, n, max(1, weight_bound(n + 1, n)))


@lru_cache(maxsize=4)
def multiplexed_class_slices(n: int) -> tuple[Tables, Tables]:
    """Threshold functions of n + 1 inputs, one at least per orbit of the first n: slices at last input -1 and +1."""
    base = np.hstack([cube(n), np.ones((2**n, 1), dtype=np.int64)])
    blocks = [np.hstack([base, np.full((2**n, 1), z)]) for z in (-1, 1)]
    bound = max(1, weight_bound(n + 2, n + 1))
    low, high = [], []
    powers = 1 << np.arange(2**n, dtype=np.int64)
    rest = [
        np.array(list(product(range(-bound, bound + 1), range(bound + 1))), dtype=np.float32) @ b.T[n:] for b in blocks
    ]
    for head in combinations_with_replacement(range(bound + 1), n):
        values = [part + np.array(head, dtype=np.float32) @ blocks[0].T[:n] for part in rest]
        clean = np.all(values[0] != 0, axis=1) & np.all(values[1] != 0, axis=1)
        low.append((values[0][clean] > 0) @ powers)
        high.append((values[1][clean] > 0) @ powers)
    both = np.unique(np.stack([np.concatenate(low), np.concatenate(high)], axis=1), axis=0)
    return both[:, 0], both[:, 1]
