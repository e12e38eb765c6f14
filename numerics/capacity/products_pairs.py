"""Pairs of threshold functions up to symmetry: f one per orbit, g one per orbit of what leaves f alone.

Both are self-dual functions sign(w.X) of dim variables with weights made equal wherever the function is symmetric, so
that equal weights, and zero weights, are all of f's stabiliser. Then the g to visit are the signed arrangements of
one class's weights that fall within f's blocks of equal weights and are non-negative where f's weight is zero.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity.engine_kernel import lowest
from numerics.capacity.products_canonical import (
    MIX,
    ONE,
    Frame,
    Ints,
    Words,
    canonical,
    canonical_words,
    frame,
    transform,
)

CACHE_BITS = 20


class Gate(NamedTuple):
    """A threshold function up to symmetry, as f (word, edge, same, null) and as g (values, owner, counts, first, last).

    edge: the ones without any of which the function is still a threshold function.
    same[p]: weight p equals weight p - 1 and may be exchanged with it; null[p]: weight p is 0. values: all signed
    weights in descending order; owner: which magnitude each is; counts: how often each magnitude occurs. The first
    position of g takes the values from *first* to *last* (all of them, unless it is pinned).
    """

    word: np.uint64
    edge: np.uint64
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
    null = (weights == 0) & (np.arange(dim) >= int(pinned))
    return Gate(word, np.uint64(0), same, null, values, owner, counts, first, last)


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
    gates.sort(key=lambda gate: int(gate.word).bit_count())
    return _with_edges(gates, frame(classes.shape[1], True))


def _with_edges(gates: list[Gate], lookup: Frame) -> list[Gate]:
    def canonical_forms(words: list[int]) -> list[int]:
        forms, stabilisers = np.empty(len(words), np.uint64), np.empty(len(words), np.int64)
        canonical_words(np.array(words, np.uint64), lookup, forms, stabilisers)
        return forms.tolist()

    known = set(canonical_forms([int(gate.word) for gate in gates]))
    edged = []
    for gate in gates:
        word = int(gate.word)
        ones = [1 << p for p in range(word.bit_length()) if word >> p & 1]
        forms = canonical_forms([word ^ one for one in ones])
        edge = sum(one for one, form in zip(ones, forms, strict=True) if form in known)
        edged.append(gate._replace(edge=np.uint64(edge)))
    return edged


@njit(cache=True)
def _is_kept(values: Any, choice: Any, end: Any) -> Any:
    """Whether the choices of f's first block come no later than those of -g, of which one is enough."""
    for k in range(end + 1):
        ahead = values[choice[k]] + values[choice[end - k]]
        if ahead:
            return ahead > 0
    return True


@njit(cache=True)
def _is_open(sums: Any, asked: Any, left: Any) -> Any:
    """Whether weights of sum *left* can still turn the sign of one of the *sums* that are *asked* for, as bits."""
    while asked:
        if abs(sums[lowest(asked)]) < left:
            return True
        asked &= asked - ONE
    return False


@njit(cache=True)
def _is_lost(sums: Any, asked: Any, left: Any) -> Any:
    """Whether one of the *sums* that are *asked* for stays negative whatever weights of sum *left* follow."""
    while asked:
        if sums[lowest(asked)] + left <= 0:
            return True
        asked &= asked - ONE
    return False


@njit(cache=True)
def _signs(sums: Any, count: Any, size: Any) -> Any:
    """The word of the first *count* sums' signs, repeated until it has *size* bits."""
    word = np.uint64(0)
    for k in range(count):
        word |= np.uint64(sums[k] > 0) << np.uint64(k)
    while count < size:
        word |= word << np.uint64(count)
        count *= 2
    return word


@njit(cache=True)
def _shadows(word: Any, dim: Any) -> Any:
    """At p: which values of the first p variables some one of *word* has."""
    shadows = np.zeros(dim, np.uint64)
    for p in range(dim - 1, -1, -1):
        shadows[p] = word
        if p:
            half = np.uint64(1 << (p - 1))
            word = (word | word >> half) & ((ONE << half) - ONE)
    return shadows


@njit(cache=True)
def join_pairs(f: Any, g: Any, conjunction: Any, lookup: Any, recent: Any, bucket: Any, out: Any) -> Any:
    """Canonical forms of f joined with every g, those whose orbit's hash falls in *bucket*.

    Those without stabiliser are written from the front of *out*, the others from its end; returns both numbers. There
    must be room for one per element of the group. *recent* remembers words met before, to skip them. The weights of g
    are chosen one by one; a conjunction is known as soon as the rest can turn no sign where f is 1. It is f and g for
    some f all of whose edge it contains: a point of the edge that g lacks can be taken from f as well.
    """
    word, same, null = f.word, f.same, f.null
    values, owner, counts, first, last = g.values, g.owner, g.counts.copy(), g.first, g.last
    mask, prefix = bucket
    dim = same.shape[0]
    size = 1 << (dim - 1)
    shadows, edges = _shadows(word, dim), _shadows(f.edge, dim)
    sums = np.zeros((dim + 1, size), np.int32)
    left = np.zeros(dim + 1, np.int64)
    for k in range(values.shape[0]):
        left[0] += max(values[k], 0) * counts[owner[k]]
    choice = np.full(dim, -1, np.int64)
    held = np.zeros(dim, np.bool_)
    nonnegative = 0
    while nonnegative + 1 < values.shape[0] and values[nonnegative + 1] >= 0:
        nonnegative += 1
    found, symmetric = 0, 0
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
        value = np.int32(values[at])
        left[p + 1] = left[p] - abs(values[at])
        half = (1 << p) >> 1
        if p == 0:
            sums[1, 0] = value
        for k in range(half):
            sums[p + 1, k] = sums[p, k] - value
            sums[p + 1, k + half] = sums[p, k] + value
        if conjunction and _is_lost(sums[p + 1], edges[p], left[p + 1]):
            continue
        if p + 1 < dim and (not conjunction or _is_open(sums[p + 1], shadows[p], left[p + 1])):
            p += 1
            choice[p] = choice[p - 1] - 1 if same[p] else -1
            continue
        joined = _signs(sums[p + 1], 1 << p, size)
        if conjunction:
            joined &= word
            slot = joined * MIX >> np.uint64(64 - CACHE_BITS)
            if recent[slot] == joined:
                continue
            recent[slot] = joined
        else:
            joined ^= word
        if transform(joined, lookup) & mask != prefix:
            continue
        form, stabiliser = canonical(joined, lookup)
        if stabiliser == 1:
            out[found] = form
            found += 1
        else:
            symmetric += 1
            out[out.shape[0] - symmetric] = form
    return found, symmetric


def empty_cache() -> Words:
    """A memory of words met in which no slot holds a word that belongs there."""
    recent = np.zeros(2**CACHE_BITS, np.uint64)
    recent[0] = ONE
    return recent
