"""Pairs of threshold functions up to symmetry: f one per orbit, g one per orbit of what leaves f alone.

Both are self-dual functions sign(w.X) of dim variables with weights made equal wherever the function is symmetric, so
that equal weights, and zero weights, are all of f's stabiliser. Then the g to visit are the signed arrangements of
one class's weights that fall within f's blocks of equal weights and are non-negative where f's weight is zero.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity.products_canonical import MIX, ONE, Ints, Words, canonical, transform

CACHE_BITS = 20


class Gate(NamedTuple):
    """A threshold function up to symmetry, as f (word, same, null) and as g (values, owner, counts, first, last).

    same[p]: weight p equals weight p - 1 and may be exchanged with it; null[p]: weight p is 0. values: all signed
    weights in descending order; owner: which magnitude each is; counts: how often each magnitude occurs. The first
    position of g takes the values from *first* to *last* (all of them, unless it is pinned).
    """

    word: np.uint64
    same: NDArray[np.bool_]
    null: NDArray[np.bool_]
    values: Ints
    owner: Ints
    counts: Ints
    first: int
    last: int


def points(dim: int) -> Ints:
    """Points with X_0 = 1 (rows); bit i - 1 of the row's index says whether X_i = +1."""
    index = np.arange(2 ** (dim - 1))[:, None]
    return np.hstack([np.ones_like(index), 2 * (index >> np.arange(dim - 1) & 1) - 1])


def _gate(weights: Ints, *, pinned: bool) -> Gate:
    dim = len(weights)
    positive = points(dim) @ weights > 0
    word = np.uint64(sum(1 << p for p in np.flatnonzero(positive).tolist()))
    same = np.array([p > (1 if pinned else 0) and weights[p] == weights[p - 1] for p in range(dim)])
    magnitudes, counts = np.unique(abs(weights), return_counts=True)
    values = np.unique(np.concatenate([magnitudes, -magnitudes]))[::-1].copy()
    owner = np.searchsorted(magnitudes, abs(values))
    at = int(np.flatnonzero(values == weights[0])[0])
    first, last = (at, at) if pinned else (0, len(values) - 1)
    return Gate(word, same, (weights == 0) & (np.arange(dim) >= int(pinned)), values, owner, counts, first, last)


def free_gates(classes: Ints) -> list[Gate]:
    """One gate per class, for all signed permutations of the dim variables."""
    return [_gate(weights, pinned=False) for weights in classes]


def pinned_gates(classes: Ints) -> list[Gate]:
    """One gate per class and value of the bias, for the symmetries of the inputs; those with fewest ones first."""
    gates = []
    for weights in classes:
        for magnitude in np.unique(weights):
            at = int(np.flatnonzero(weights == magnitude)[0])
            rest = np.delete(weights, at)
            gates += [_gate(np.array([b, *rest]), pinned=True) for b in {magnitude, -magnitude}]
    return sorted(gates, key=lambda gate: int(gate.word).bit_count())


@njit(cache=True)
def _is_kept(values: Any, choice: Any, end: Any) -> Any:
    """Whether the choices of f's first block come no later than those of -g, of which one is enough."""
    for k in range(end + 1):
        ahead = values[choice[k]] + values[choice[end - k]]
        if ahead:
            return ahead > 0
    return True


@njit(cache=True)
def join_pairs(f: Any, g: Any, conjunction: Any, frame: Any, cube: Any, recent: Any, bucket: Any, out: Any) -> Any:
    """Canonical forms of f joined with every g, those whose orbit's hash falls in *bucket*; returns their number.

    *out* must have room for one per element of the group. *recent* remembers words met before, to skip them.
    """
    word, same, null = f[0], f[1], f[2]
    values, owner, counts, first, last = g[3], g[4], g[5].copy(), g[6], g[7]
    mask, prefix = bucket
    dim, size = cube.shape
    sums = np.zeros((dim + 1, size), np.int64)
    choice = np.full(dim, -1, np.int64)
    held = np.zeros(dim, np.bool_)
    nonnegative = 0
    while nonnegative + 1 < values.shape[0] and values[nonnegative + 1] >= 0:
        nonnegative += 1
    found = 0
    p = 0
    choice[0] = first - 1
    while p >= 0:
        if held[p]:
            counts[owner[choice[p]]] += 1
            held[p] = False
        end = last if p == 0 else values.shape[0] - 1
        if null[p]:
            end = min(end, nonnegative)
        at = choice[p] + 1
        while at <= end and counts[owner[at]] == 0:
            at += 1
        if at > end:
            p -= 1
            continue
        choice[p] = at
        counts[owner[at]] -= 1
        held[p] = True
        leads = not conjunction and (p + 1 == dim or not same[p + 1])
        for k in range(1, p + 1):
            leads = leads and same[k]
        if leads and not null[p] and not _is_kept(values, choice, p):
            continue
        for k in range(size):
            sums[p + 1, k] = sums[p, k] + values[at] * cube[p, k]
        if p + 1 < dim:
            p += 1
            choice[p] = choice[p - 1] - 1 if same[p] else -1
            continue
        joined = np.uint64(0)
        for k in range(size):
            joined |= np.uint64(sums[dim, k] > 0) << np.uint64(k)
        if conjunction:
            joined &= word
            slot = joined * MIX >> np.uint64(64 - CACHE_BITS)
            if recent[slot] == joined:
                continue
            recent[slot] = joined
        else:
            joined ^= word
        if transform(joined, frame) & mask != prefix:
            continue
        out[found], _ = canonical(joined, frame)
        found += 1
    return found


def empty_cache() -> Words:
    """A memory of words met in which no slot holds a word that belongs there."""
    recent = np.zeros(2**CACHE_BITS, np.uint64)
    recent[0] = ONE
    return recent
