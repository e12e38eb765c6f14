"""Compiled walks through the search tree that carry coordinates: all leaves in turn, or one random path."""

from typing import Any

import numpy as np
from numba import njit

from numerics.capacity.engine_kernel import ONE
from numerics.capacity.engine_search import OK, split

# Sizes of subtrees grow about like (pending + 1)**POWER: the best of a small grid at n = 8 and n = 10.
POWER = 4.0


@njit(cache=True, nogil=True)
def list_cells(
    dim: Any, rule: Any, vals: Any, lo: Any, hi: Any, nodes: Any, used: Any, index: Any, signs: Any, cols: Any,
    top: Any, weights: Any, walls: Any,
) -> Any:  # fmt: skip
    """Write the next cells, as the sum of their rays and their walls, until the buffers are full or the tree is done.

    Rays carry their *dim* coordinates. Returns (state, nodes left, cells written).
    """
    written = 0
    mask = (ONE << np.uint64(dim)) - ONE
    while top > 0 and written < walls.shape[0]:
        top -= 1
        if nodes[top, 3] == 0:
            for c in range(dim):
                total = 0
                for r in range(nodes[top, 2]):
                    total += vals[nodes[top, 0] + r * dim + c]
                weights[written, c] = total
            walls[written] = used[top, 0] & mask
            written += 1
            continue
        state, top = split(dim, rule, dim, 3, vals, lo, hi, nodes, used, index, signs, cols, top)
        if state != OK:
            return state, top, written
    return OK, top, written


@njit(cache=True)
def _guess(nodes: Any, at: Any, power: Any) -> Any:
    """Guess of the number of cells below a node, for the choice of a branch only: any positive number is right."""
    return (1.0 + nodes[at, 3]) ** power


@njit(cache=True)
def _keep(extra: Any, chosen: Any, vals: Any, lo: Any, hi: Any, nodes: Any, used: Any) -> Any:
    """Make node *chosen* node 0, at the front of the arena: the room of the path behind it is free again."""
    ov, at, rays = nodes[chosen, 0], nodes[chosen, 1], nodes[chosen, 2]
    for k in range(rays * (nodes[chosen, 3] + extra)):
        vals[k] = vals[ov + k]
    for r in range(rays):
        lo[r] = lo[at + r]
        hi[r] = hi[at + r]
    nodes[0, 2:] = nodes[chosen, 2:]
    nodes[0, 0] = 0
    nodes[0, 1] = 0
    used[0, 0] = used[chosen, 0]
    used[0, 1] = used[chosen, 1]


@njit(cache=True, nogil=True)
def descend(
    dim: Any, rule: Any, extra: Any, vals: Any, lo: Any, hi: Any, nodes: Any, used: Any, index: Any, signs: Any,
    cols: Any, uniforms: Any, small: Any, power: Any,
) -> Any:  # fmt: skip
    """Walk from node 0 to a node with at most *small* pending hyperplanes, which becomes node 0.

    At each split one child is taken with a probability in proportion to a guess of its size. Returns (state,
    logarithm of the probability of this walk).
    """
    log_probability = 0.0
    step = 0
    while nodes[0, 3] > small:
        state, _ = split(dim, rule, extra, 3, vals, lo, hi, nodes, used, index, signs, cols, 0)
        if state != OK:
            return state, log_probability
        first = _guess(nodes, 0, power)
        second = _guess(nodes, 1, power)
        share = first / (first + second)
        chosen = 0 if uniforms[step] < share else 1
        log_probability += np.log(share if chosen == 0 else 1.0 - share)
        _keep(extra, chosen, vals, lo, hi, nodes, used)
        step += 1
    return OK, log_probability
