"""Even functions of N variables up to signed permutations and complement: orbits of quadratic gates' truth tables.

A polynomial of degree 2 in n inputs is a combination of 1 and products of two of N = n + 1 variables, the extra one
being 1; such a form is even, so its signs live on the 2**n pairs of antipodal points, and all signed permutations of
the N variables act, N times more than permute and negate inputs.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity.engine_cone import Ints
from numerics.capacity.engine_kernel import ONE, ZERO

Words = NDArray[np.uint64]


def antipodal_points(dim: int) -> Ints:
    """One point of each pair X, -X: rows with X_0 = 1; bit i - 1 of the index says whether X_i = 1."""
    index = np.arange(2 ** (dim - 1))[:, None]
    return np.hstack([np.ones_like(index), 2 * (index >> np.arange(dim - 1) & 1) - 1])


def even_monomials(dim: int) -> Ints:
    """Values of 1 and of all X_i X_j, i < j (columns), at the antipodal points (rows)."""
    points = antipodal_points(dim)
    pairs = [points[:, i] * points[:, j] for i in range(dim) for j in range(i + 1, dim)]
    return np.stack([np.ones(len(points), np.int64), *pairs], axis=1)


def generators(dim: int) -> Ints:
    """How dim - 1 adjacent transpositions, then sign changes of variables 1 .. dim - 1, permute the points (rows)."""
    points = antipodal_points(dim)
    images = []
    for i in range(dim - 1):
        swapped = points.copy()
        swapped[:, [i, i + 1]] = points[:, [i + 1, i]]
        images.append(swapped)
    for i in range(1, dim):
        changed = points.copy()
        changed[:, i] *= -1
        images.append(changed)
    return np.array([(image * image[:, :1] > 0)[:, 1:] @ (1 << np.arange(dim - 1)) for image in images])


def group_walk(dim: int) -> NDArray[np.int8]:
    """Generators whose successive products run through all signed permutations modulo -1, each once.

    Permutations in the Steinhaus-Johnson-Trotter order; between two of them, all sign changes in Gray code order.
    """
    signs = [dim - 1 + (step & -step).bit_length() - 1 for step in range(1, 2 ** (dim - 1))]
    walk = list(signs)
    order, direction = list(range(dim)), [-1] * dim
    while True:
        mobile = [
            v
            for v in range(dim)
            if 0 <= order.index(v) + direction[v] < dim and order[order.index(v) + direction[v]] < v
        ]
        if not mobile:
            return np.array(walk, np.int8)
        v = max(mobile)
        at = order.index(v)
        to = at + direction[v]
        order[at], order[to] = order[to], order[at]
        walk += [min(at, to), *signs]
        for u in range(v + 1, dim):
            direction[u] = -direction[u]


def byte_tables(permutations: Ints) -> Words:
    """Tables [permutation, byte, value]: the image of a word of points is the union over its bytes."""
    count, size = permutations.shape
    tables = np.zeros((count, (size + 7) // 8, 256), np.uint64)
    for g, point in np.ndindex(count, size):
        values = np.arange(256)[(np.arange(256) >> (point % 8) & 1) == 1]
        tables[g, point // 8, values] |= np.uint64(1 << int(permutations[g, point]))
    return tables


@njit(cache=True)
def _image(word: Any, tables: Any, g: Any) -> Any:
    image = ZERO
    for b in range(tables.shape[1]):
        image |= tables[g, b, (word >> np.uint64(8 * b)) & np.uint64(255)]
    return image


@njit(cache=True)
def _find_orbits(size: Any, tables: Any, walk: Any, marked: Any, words: Any, sizes: Any) -> Any:
    """Smallest word (highest bit 0) of each orbit, and how many such words the orbit has; returns their number."""
    every = ~ZERO >> np.uint64(64 - size)
    high = ONE << np.uint64(size - 1)
    found = 0
    total = np.int64(1) << np.int64(size - 1)
    word = np.int64(0)
    while word < total:
        if word % 64 == 0 and marked[word >> 6] == ~ZERO:
            word += 64
            continue
        if not marked[word >> 6] >> np.uint64(word & 63) & ONE:
            w = np.uint64(word)
            count = 0
            for step in range(-1, walk.shape[0]):
                if step >= 0:
                    w = _image(w, tables, walk[step])
                v = w ^ every if w & high else w
                bit = ONE << (v & np.uint64(63))
                if not marked[v >> np.uint64(6)] & bit:
                    marked[v >> np.uint64(6)] |= bit
                    count += 1
            if found == words.shape[0]:
                return -1
            words[found] = word
            sizes[found] = count
            found += 1
        word += 1
    return found


def even_orbits(dim: int, *, room: int = 1 << 18) -> tuple[Words, Ints]:
    """A representative of each orbit of even functions, 3 <= dim <= 6, and the number of functions in the orbit.

    Bit p of a word says whether the function is 1 at antipodal point p. Takes 2**(2**(dim - 1)) / 16 bytes.
    """
    size = 2 ** (dim - 1)
    marked = np.zeros(max(1, 2 ** (size - 1) // 64), np.uint64)
    words, sizes = np.zeros(room, np.uint64), np.zeros(room, np.int64)
    found = _find_orbits(size, byte_tables(generators(dim)), group_walk(dim), marked, words, sizes)
    if found < 0:
        raise ValueError(f"dim={dim} has more than room={room} orbits")
    return words[:found], 2 * sizes[:found]
