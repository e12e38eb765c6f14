"""-1/+1 gates on all synapses, 0/1 inputs, a bias that is not gated: five inputs slice by slice.

The second of two routes. Up to permuted inputs and a sign the weights lie in one of n + 1 simplicial cones (so many are
positive, b > 0); the hyperplanes w.x = +-b cut these into cells, and the sum of a cell's extreme rays is a unit of
integer weights.
"""

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from numerics.capacity import engine_descent, engine_search
from numerics.capacity.engine_cone import Cone, Workspace, check_state
from numerics.capacity.engine_kernel import BALANCED
from numerics.capacity.ideals import listed_tables
from numerics.capacity.inverse import orbit_labels
from numerics.capacity.slices import HALF, gate_slices, mark_slices, numbered, weighted
from numerics.errors import SolverUndecided

Array = NDArray[np.int64]


def mirrored_by_ones() -> Array:
    """Functions of five inputs that such units compute, by number of ones."""
    labels, plain = (orbit_labels(4, (range(4),), (), complement) for complement in (True, False))
    uppers, sizes = np.unique(labels, return_counts=True)
    flags = np.zeros((len(uppers), HALF), dtype=np.uint8)
    pairs = np.stack(mirrored_readings(5), axis=1)
    mark_slices(flags, numbered(labels), pairs, *gate_slices(listed_tables(5)), 1)
    return weighted(flags != 0, labels, sizes, plain[uppers] != plain[HALF - 1 - uppers])


def mirrored_readings(n: int) -> tuple[Array, Array]:
    """Tables of sgn(b - w.x) and sgn(b + w.x) on {0, 1}**n, n <= 5, a pair for each that some weights give."""
    units = np.concatenate([_cells(n, positive) for positive in range(n + 1)])
    inputs = np.arange(2**n)[:, None] >> np.arange(n) & 1
    activity, powers = units[:, 1:] @ inputs.T, 1 << np.arange(2**n, dtype=np.int64)
    signs = np.stack([units[:, :1] > activity, units[:, :1] > -activity])
    found = []
    for order in permutations(range(n)):
        places = sum((np.arange(2**n) >> i & 1) << to for i, to in enumerate(order))
        low, high = (signs[..., places] @ powers).astype(np.uint64)
        found.append(np.unique(high << np.uint64(32) | low))
    pairs = np.unique(np.concatenate(found))
    low, high = (pairs & np.uint64(2**32 - 1)).astype(np.int64), (pairs >> np.uint64(32)).astype(np.int64)
    every = 2**2**n - 1
    return np.append(low, every ^ high), np.append(high, every ^ low)  # and b < 0, where low and high change places


def _cells(n: int, positive: int) -> Array:
    """Integer weights (b, w), one of each cell with b > 0, w falling, and *positive* weights above zero."""
    dim = n + 1
    rays = np.eye(dim, dtype=np.int64)
    for i in range(1, dim):
        if i <= positive:
            rays[i, 1:i] = 1
        else:
            rays[i] = 0
            rays[i, i:] = -1
    inputs = np.arange(1, 2**n)[:, None] >> np.arange(n) & 1
    bias = np.ones((len(inputs), 1), dtype=np.int64)
    values = rays @ np.vstack([np.hstack([bias, inputs]), np.hstack([bias, -inputs])]).T
    cut = values[:, (values.max(axis=0) > 0) & (values.min(axis=0) < 0)]
    work, room, top = Workspace(Cone(rays, cut), dim), 2**16, 1
    weights, walls = np.zeros((room, dim), np.int64), np.zeros(room, np.int64)
    state, top, written = engine_descent.list_cells(dim, BALANCED, *work.arena, top, weights, walls)
    check_state(state, dim)
    if state != engine_search.OK or top:
        raise SolverUndecided(f"the cells of {n} inputs with {positive} positive weights need more room than is there")
    return weights[:written]
