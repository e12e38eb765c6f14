"""The lower halves that go with one upper half, listed: conjunctions, disjunctions and products of gates.

Gates are grouped by their upper halves: number k is ``upper[k]`` and ``lower[i]``, ``starts[k] <= i < starts[k + 1]``.
"""

from typing import NamedTuple

import numpy as np
from numba import int64, njit, uint32, uint64
from numpy.typing import NDArray

from numerics.capacity.symmetries import Words

Ints = NDArray[np.int64]
Halves32 = NDArray[np.uint32]


class Gated(NamedTuple):
    """Gates of n inputs by halves; ``spare_*``: the points that each could do without; ``own``: those of ``upper``.

    ``places`` finds the number of an upper half: at its hash or soon after, -1 where there is none.
    """

    upper: Words
    own: Words
    starts: Ints
    lower: Halves32
    spare_upper: Halves32
    spare_lower: Halves32
    places: NDArray[np.int32]


class Room(NamedTuple):
    """A bit for each lower half, and places for what is found."""

    bits: Words
    conjunctions: Halves32
    disjunctions: Halves32
    products: Halves32
    lower: Halves32
    spare: Halves32


@njit(cache=True)
def popcount(word):  # type: ignore[no-untyped-def]
    """Number of set bits."""
    word = word - ((word >> uint64(1)) & uint64(0x5555555555555555))
    word = (word & uint64(0x3333333333333333)) + ((word >> uint64(2)) & uint64(0x3333333333333333))
    word = (word + (word >> uint64(4))) & uint64(0x0F0F0F0F0F0F0F0F)
    return int64((word * uint64(0x0101010101010101)) >> uint64(56))


@njit(cache=True)
def fewer(word, points):  # type: ignore[no-untyped-def]
    """The number of ones or of zeros, whichever is smaller."""
    ones = popcount(word)
    return min(ones, points - ones)


@njit(cache=True)
def hashed(word, size):  # type: ignore[no-untyped-def]
    """A place in a table of *size* entries, a power of two."""
    return int64((word * uint64(0x9E3779B97F4A7C15)) >> uint64(32)) & (size - 1)


@njit(cache=True)
def fill_places(upper, places):  # type: ignore[no-untyped-def]
    """Enter every upper half at the first free place after its hash."""
    for k in range(upper.shape[0]):
        at = hashed(upper[k], places.shape[0])
        while places[at] >= 0:
            at = (at + 1) & (places.shape[0] - 1)
        places[at] = k


@njit(cache=True)
def added(half, bits):  # type: ignore[no-untyped-def]
    """Set bit *half*; 1 if it was not set, else 0."""
    at, bit = half >> uint64(6), half & uint64(63)
    old = bits[at]
    bits[at] = old | (uint64(1) << bit)
    return int64((~old >> bit) & uint64(1))


@njit(cache=True)
def clear(found, bits):  # type: ignore[no-untyped-def]
    """Take out all that was *found*."""
    for half in found:
        bits[uint64(half) >> uint64(6)] = uint64(0)


@njit(cache=True)
def is_conjunction(u, gates):  # type: ignore[no-untyped-def]
    """Whether u = a & b for two upper halves; those suffice that could only do without points of u."""
    above = np.empty(gates.upper.shape[0], dtype=np.uint64)
    count = 0
    for k in range(gates.upper.shape[0]):
        if gates.upper[k] & u == u and gates.own[k] & ~u == uint64(0):
            above[count] = gates.upper[k]
            for i in range(count + 1):
                if above[i] & above[count] == u:
                    return True
            count += 1
    return False


@njit(cache=True)
def list_conjunctions(u, gates, room, found, points, mirror):  # type: ignore[no-untyped-def]
    """List each half ^ *mirror* once, (u, half) a conjunction and half no more even than u; their bits are left set.

    If a gate could do without a point that the other one lacks, a smaller gate would serve as well: so only pairs are
    tried whose spare points all belong to both.
    """
    if not is_conjunction(u, gates):
        return 0
    upper = np.empty(gates.upper.shape[0], dtype=np.uint64)
    starts = np.zeros(gates.upper.shape[0] + 1, dtype=np.int64)
    groups, size = 0, 0
    for k in range(gates.upper.shape[0]):
        if gates.upper[k] & u == u:
            for i in range(gates.starts[k], gates.starts[k + 1]):
                if uint64(gates.spare_upper[i]) & ~u == uint64(0):
                    room.lower[size], room.spare[size] = gates.lower[i], gates.spare_lower[i]
                    size += 1
            if size > starts[groups]:
                upper[groups] = gates.upper[k]
                groups += 1
                starts[groups] = size
    evenness, count = fewer(u, points), 0
    for f in range(groups):
        for g in range(f, groups):
            if upper[f] & upper[g] != u:
                continue
            for i in range(starts[f], starts[f + 1]):
                a, spare = room.lower[i], room.spare[i]
                for j in range(starts[g], i + 1 if f == g else starts[g + 1]):
                    b = room.lower[j]
                    if (spare & ~b) | (room.spare[j] & ~a):
                        continue
                    half = uint64((a & b) ^ mirror)
                    if fewer(half, points) <= evenness:
                        found[count] = half
                        count += added(half, room.bits)
    return count


@njit(cache=True)
def list_products(u, gates, room, points):  # type: ignore[no-untyped-def]
    """List each half once, (u, half) = a ^ b for gates a, b and half no more even than u; their bits are left set.

    The last bit of *u* is 0. Negated gates are gates: it is enough to try those whose upper halves have that bit 0 too.
    """
    row = np.empty(gates.upper.shape[0], dtype=np.uint32)
    evenness, count = fewer(u, points), 0
    for f in range(gates.upper.shape[0] // 2):
        other = u ^ gates.upper[f]
        if other < gates.upper[f]:
            continue
        at = hashed(other, gates.places.shape[0])
        while gates.places[at] >= 0 and gates.upper[gates.places[at]] != other:
            at = (at + 1) & (gates.places.shape[0] - 1)
        g = gates.places[at]
        if g < 0:
            continue
        for i in range(gates.starts[f], gates.starts[f + 1]):
            a, kept = gates.lower[i], 0
            for j in range(gates.starts[g], i + 1 if f == g else gates.starts[g + 1]):
                row[kept] = a ^ gates.lower[j]
                kept += fewer(uint64(row[kept]), points) <= evenness
            for j in range(kept):  # apart from the choice above, so that the processor need not guess
                room.products[count] = row[j]
                count += added(uint64(row[j]), room.bits)
    return count


@njit(cache=True)
def count_halves(u, gates, room, points, with_conjunctions, with_products, counts):  # type: ignore[no-untyped-def]
    """Add to *counts* the functions (u, half) and (half, u), by set (``halves.SETS``) and number of ones of half."""
    every = ((uint64(1) << uint64(points - 1)) << uint64(1)) - uint64(1)
    evenness, ands, ors, both, products = fewer(u, points), 0, 0, 0, 0
    if with_conjunctions:
        # f or g is the complement of (not f) and (not g)
        ors = list_conjunctions(u ^ every, gates, room, room.disjunctions, points, uint32(every))
        clear(room.disjunctions[:ors], room.bits)
        ands = list_conjunctions(u, gates, room, room.conjunctions, points, uint32(0))
        for k in range(ors):  # those that are conjunctions as well come first
            half = room.disjunctions[k]
            if (room.bits[uint64(half) >> uint64(6)] >> (uint64(half) & uint64(63))) & uint64(1):
                room.disjunctions[k] = room.disjunctions[both]
                room.disjunctions[both] = half
                both += 1
        clear(room.conjunctions[:ands], room.bits)
    if with_products:
        products = list_products(u, gates, room, points)
    for k in range(ands):
        _tally(room.conjunctions[k], room.bits, evenness, points, counts[0], counts[4])
    for k in range(ors):
        _tally(room.disjunctions[k], room.bits, evenness, points, counts[1], counts[5])
    for k in range(both):
        _tally(room.disjunctions[k], room.bits, evenness, points, counts[3], counts[6])
    for k in range(products):
        _tally(room.products[k], room.bits, evenness, points, counts[2], counts[2][:0])
    clear(room.products[:products], room.bits)


@njit(cache=True)
def _tally(half, bits, evenness, points, all_counts, product_counts):  # type: ignore[no-untyped-def]
    """One function, or two if its halves are unlike; also among the products if its bit is set."""
    word = uint64(half)
    ones = popcount(word)
    weight = 1 if min(ones, points - ones) == evenness else 2
    all_counts[ones] += weight
    if product_counts.shape[0] and (bits[word >> uint64(6)] >> (word & uint64(63))) & uint64(1):
        product_counts[ones] += weight
