"""Canonical forms of Boolean functions under signed permutations, with the order of the stabiliser.

A word holds the values of an even function of dim variables X_0 .. X_(dim-1) = -1/+1 at the points with X_0 = 1: bit
i - 1 of the point's index says whether X_i = +1. *Free*: all signed permutations act, and so does the complement.
*Pinned*: X_0 stays where it is and outputs keep their sign, so these are the symmetries of the cube of dim - 1 inputs.

The Walsh coefficients of the sets of even size are permuted, and change sign by characters. Variables are sorted by
colours drawn from the coefficients' magnitudes, every order within ties is tried, signs are fixed by elimination over
GF(2) so that the first independent non-zero coefficients are positive, and the smallest word wins. Colours that tie
for no reason cost time only.
"""

from functools import lru_cache
from math import factorial
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]

ONE = np.uint64(1)
MIX = np.uint64(0x9E3779B97F4A7C15)


class Frame(NamedTuple):
    """What the kernels look up, then their work space.

    sets: even sets of variables as bits, by number without variable 0; colours: of coefficients, by size of the set and
    magnitude; by_size: where a set's begin; by_kind: the same where words are free, by number of inputs where pinned;
    bytes: transforms of words of 8 points (or of all, if fewer); odd: sets with variable 0; order: in which sets decide
    signs; low, swapped: masks of points.
    """

    dim: int
    pinned: bool
    sets: Ints
    colours: Words
    by_size: NDArray[np.uint16]
    by_kind: NDArray[np.uint16]
    bytes: NDArray[np.int16]
    odd: Ints
    order: Ints
    low: Words
    swapped: Words
    spectrum: NDArray[np.int16]
    shares: Words
    folded: Words
    colour: Words
    refined: Words
    place: Ints
    rows: Ints
    pivots: Ints
    current: Ints


def group_order(dim: int, *, pinned: bool) -> int:
    """Order of the group that acts on words: free 2**dim dim!, pinned 2**(dim - 1) (dim - 1)!.

    >>> group_order(3, pinned=False), group_order(3, pinned=True)
    (48, 8)
    """
    return 2 ** (dim - 1) * factorial(dim - 1) if pinned else 2**dim * factorial(dim)


@lru_cache(maxsize=16)
def frame(dim: int, pinned: bool) -> Frame:
    """Tables and work space for even functions of *dim* variables; not to be shared between threads."""
    size = 2 ** (dim - 1)
    below = np.arange(size)
    sets = (below << 1 | np.bitwise_count(below) & 1).astype(np.int64)
    by_size = np.bitwise_count(sets).astype(np.int64) * (size + 1)
    colours = np.random.default_rng(dim).integers(1, 2**64, size=(dim + 1, size + 1), dtype=np.uint64)
    colours[:, 0] = 0
    few = min(size, 8)
    values = 2 * (np.arange(2**few)[:, None] >> np.arange(few) & 1) - 1
    characters = 1 - 2 * (np.bitwise_count(np.arange(few)[:, None] & ~np.arange(few)).astype(np.int64) & 1)
    low = np.zeros(dim - 1, np.uint64)
    swapped = np.zeros((dim - 1, dim - 1), np.uint64)
    for i in range(dim - 1):
        low[i] = sum(1 << p for p in range(size) if not p >> i & 1)
        for j in range(i + 1, dim - 1):
            swapped[i, j] = sum(1 << p for p in range(size) if p >> i & 1 and not p >> j & 1)
    return Frame(
        dim,
        pinned,
        sets,
        colours.ravel(),
        by_size.astype(np.uint16),
        (np.bitwise_count(below).astype(np.int64) * (size + 1) if pinned else by_size).astype(np.uint16),
        (values @ characters.T).astype(np.int16),
        np.flatnonzero(sets & 1),
        np.array(sorted(sets.tolist(), key=lambda s: (s.bit_count(), s)), np.int64),
        low,
        swapped,
        np.zeros(size, np.int16),
        *np.zeros((2, size), np.uint64),
        *np.zeros((2, dim), np.uint64),
        *np.zeros((4, dim), np.int64),
    )


@njit(cache=True)
def transform(word: Any, frame: Any) -> Any:
    """Walsh coefficients of *word* into the frame's work space; returns a hash that is the same all over the orbit.

    It is the hash of the free orbit, and of the complement's, for pinned words too.
    """
    spectrum = frame.spectrum
    size, half = spectrum.shape[0], frame.bytes.shape[1]
    for start in range(0, size, half):
        spectrum[start : start + half] = frame.bytes[(word >> np.uint64(start)) & np.uint64(frame.bytes.shape[0] - 1)]
    while half < size:
        for start in range(0, size, 2 * half):
            first, second = spectrum[start : start + half], spectrum[start + half : start + 2 * half]
            for k in range(half):
                low, high = first[k], second[k]
                first[k] = high + low
                second[k] = high - low
        half *= 2
    total = _look_up(spectrum, frame.colours, frame.by_size, frame.shares)
    total ^= total >> np.uint64(29)
    return total * MIX >> np.uint64(16)


@njit(cache=True)
def _look_up(spectrum: Any, colours: Any, rows: Any, shares: Any) -> Any:
    """Colours of the coefficients, and their sum."""
    total = np.uint64(0)
    for m in range(spectrum.shape[0]):
        share = colours[np.uint64(rows[m] + np.uint16(abs(spectrum[m])))]
        shares[m] = share
        total += share
    return total


@njit(cache=True)
def _colour(frame: Any) -> Any:
    """Colours of the variables, refined along pairs where they tie."""
    dim, colour, refined, folded = frame.dim, frame.colour, frame.refined, frame.folded
    colours, spectrum, shares = frame.colours, frame.spectrum, frame.shares
    of_pairs = 2 * (spectrum.shape[0] + 1)
    if frame.pinned:
        _look_up(spectrum, colours, frame.by_kind, shares)
    # the shares of the sets with a variable, summed: halves are folded onto each other, the last variable's first
    colour[0] = 0
    for m in frame.odd:
        colour[0] += shares[m]
    folded[:] = shares
    half = shares.shape[0] // 2
    for i in range(dim - 1, 0, -1):
        total = np.uint64(0)
        for m in range(half):
            total += folded[m + half]
            folded[m] += folded[m + half]
        colour[i] = total
        half //= 2
    first = 1 if frame.pinned else 0
    for _ in range(2):
        tie = False
        for i in range(first, dim):
            for j in range(first, i):
                tie |= colour[i] == colour[j]
        if not tie:
            break
        for i in range(first, dim):
            refined[i] = colour[i] * MIX
            for j in range(first, dim):
                if j != i:
                    pair = ((1 << i) | (1 << j)) >> 1
                    mixed = (colour[j] + colours[of_pairs + abs(spectrum[pair])]) * MIX
                    refined[i] += mixed ^ (mixed >> np.uint64(31))
        colour[first:] = refined[first:]


@njit(cache=True)
def _signs(frame: Any) -> Any:
    """Sign changes (bits of variables, then the complement) that make leading coefficients positive, and the rank."""
    dim, pinned, order, spectrum = frame.dim, frame.pinned, frame.order, frame.spectrum
    place, rows, pivots = frame.place, frame.rows, frame.pivots
    full = dim - 1 if pinned else dim
    complement = 0 if pinned else 1 << dim
    needed = 1 << (dim + 1)
    rank = 0
    for k in range(order.shape[0]):
        if rank == full:
            break
        old = 0
        for b in range(dim):
            if order[k] >> b & 1:
                old |= 1 << place[b]
        value = spectrum[old >> 1]
        if value == 0:
            continue
        row = old | complement | (needed if value < 0 else 0)
        for r in range(rank):
            if row & pivots[r]:
                row ^= rows[r]
        body = row & (needed - 1)
        if body == 0:
            continue
        pivot = body & -body
        for r in range(rank):
            if rows[r] & pivot:
                rows[r] ^= row
        rows[rank], pivots[rank] = row, pivot
        rank += 1
    signs = 0
    for r in range(rank):
        if rows[r] & needed:
            signs |= pivots[r]
    if signs & 1:
        signs ^= (1 << dim) - 1
    return signs, rank


@njit(cache=True)
def _negate(word: Any, i: Any, low: Any) -> Any:
    shift = ONE << np.uint64(i)
    return (word & low[i]) << shift | (word >> shift) & low[i]


@njit(cache=True)
def _exchange(word: Any, i: Any, j: Any, frame: Any) -> Any:
    """*word* with variables i < j exchanged."""
    dim, low, swapped = frame.dim, frame.low, frame.swapped
    if i:
        shift = np.uint64((1 << (j - 1)) - (1 << (i - 1)))
        moved = (word >> shift ^ word) & swapped[i - 1, j - 1]
        return word ^ moved ^ moved << shift
    # Where X_j = -1, exchanging it with X_0 = 1 and changing all signs leaves X_0 = 1, X_j = -1 and the others negated.
    turned = word
    for k in range(dim - 1):
        if k != j - 1:
            turned = _negate(turned, k, low)
    return word & ~low[j - 1] | turned & low[j - 1]


@njit(cache=True)
def _arranged(word: Any, signs: Any, frame: Any) -> Any:
    """*word* after the sign changes *signs*, variable place[b] becoming variable b."""
    dim, low, place, current = frame.dim, frame.low, frame.place, frame.current
    for i in range(1, dim):
        if signs >> i & 1:
            word = _negate(word, i - 1, low)
    if signs >> dim & 1:
        word = ~word & (~np.uint64(0) >> np.uint64(64 - (1 << (dim - 1))))
    for b in range(dim):
        current[b] = b
    for b in range(dim):
        if current[b] != place[b]:
            at = b + 1
            while current[at] != place[b]:
                at += 1
            word = _exchange(word, b, at, frame)
            current[at] = current[b]
            current[b] = place[b]
    return word


@njit(cache=True)
def _next_order(frame: Any) -> Any:
    """Next arrangement of *place* within blocks of one colour; False after the last, which leaves all blocks sorted."""
    dim, pinned, colour, place = frame.dim, frame.pinned, frame.colour, frame.place
    first = 1 if pinned else 0
    end = dim
    while end > first:
        start = end - 1
        while start > first and colour[place[start - 1]] == colour[place[end - 1]]:
            start -= 1
        rise = end - 2
        while rise >= start and place[rise] > place[rise + 1]:
            rise -= 1
        if rise >= start:
            at = end - 1
            while place[at] < place[rise]:
                at -= 1
            place[rise], place[at] = place[at], place[rise]
        tail, last = max(rise, start - 1) + 1, end - 1
        while tail < last:
            place[tail], place[last] = place[last], place[tail]
            tail += 1
            last -= 1
        if rise >= start:
            return True
        end = start
    return False


@njit(cache=True)
def canonical(word: Any, frame: Any) -> Any:
    """Smallest arranged word, and the order of the stabiliser, of the *word* last handed to :func:`transform`."""
    dim, pinned, colour, place = frame.dim, frame.pinned, frame.colour, frame.place
    _colour(frame)
    first = 1 if pinned else 0
    for b in range(dim):
        place[b] = b
        at = b
        while at > first and colour[place[at - 1]] > colour[b]:
            place[at] = place[at - 1]
            at -= 1
        place[at] = b
    best, ways, rank = word, 0, 0
    while True:
        signs, rank = _signs(frame)
        arranged = _arranged(word, signs, frame)
        if ways == 0 or arranged < best:
            best, ways = arranged, 1
        elif arranged == best:
            ways += 1
        if not _next_order(frame):
            break
    return best, ways << ((dim - 1 if pinned else dim) - rank)


@njit(cache=True)
def canonical_words(words: Any, frame: Any, forms: Any, stabilisers: Any) -> None:
    """Fill in the canonical form and the order of the stabiliser of each word."""
    for k in range(words.shape[0]):
        transform(words[k], frame)
        forms[k], stabilisers[k] = canonical(words[k], frame)
