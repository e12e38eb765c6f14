"""-1/+1 gates on all synapses, 0/1 inputs, a bias that is not gated: five inputs by composing them.

The first of two routes. With b > 0 the unit sgn(b + g(x) w.x) is 1 where |w.x| < b, it is g where w.x > b, and not g
where w.x < -b. Such pairs of sets come from integer weights, ever larger ones until there are as many as regions that
the hyperplanes w.x = +-b cut, whose number comes from counting points over finite fields. b < 0 gives the complements.
"""

from fractions import Fraction
from itertools import combinations_with_replacement, permutations
from math import prod

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from numerics.capacity.bitset import WORDS, add_complements, mark_choices, ones
from numerics.capacity.symmetries import Words, moved, steps
from numerics.capacity.weights import threshold_tables

N = 5
# for each n, primes that divide no minor of rows (+-1, x): those are at most (n + 1) times a determinant of 0 and 1
PRIMES = {1: (3,), 2: (5, 7), 3: (11, 13, 17), 4: (17, 19, 23, 29), 5: (31, 37, 41, 43, 47)}


def mirrored_by_ones() -> NDArray[np.int64]:
    """Functions of five inputs that such units compute, by number of ones; 1 GiB."""
    beyond, below = sorted_sides(N)
    full = np.uint64(2**32 - 1)
    bits, members = np.zeros(WORDS, dtype=np.uint64), np.zeros(WORDS, dtype=np.uint64)
    mark_choices(bits, np.stack([full ^ beyond, full ^ below], axis=1), threshold_tables(N).astype(np.uint64))
    add_complements(bits)
    exchanges = (path[2**N - 1 :: 2**N] for path in steps(N))  # between these the walk negates inputs
    _add_permuted(members, bits, *exchanges)
    return ones(members)


def sorted_sides(n: int) -> tuple[Words, Words]:
    """Where w.x > b and where w.x < -b, as tables, for weights w in order: one pair for each orbit of permutations."""
    regions, bound = count_mirrored_regions(n), 1
    while True:
        pairs = _pairs_up_to(n, bound)
        images = np.unique(np.concatenate([_permuted(pairs, order) for order in permutations(range(n))]))
        if len(images) == regions:
            return pairs >> np.uint64(32), pairs & np.uint64(2**32 - 1)
        bound += 2


def count_mirrored_regions(n: int) -> int:
    """Regions that the hyperplanes w.x = 1 and w.x = -1, x in {0, 1}**n but 0, cut R**n into, 1 <= n <= 5.

    Their characteristic polynomial, monic of degree n, has at each prime the number of points that are on none, and at
    -1 the number of regions but for its sign (Zaslavsky 1975).

    >>> count_mirrored_regions(2)
    19
    """
    primes = PRIMES[n]
    rest = sum(
        Fraction(_points_on_none(n, q) - q**n) * prod(Fraction(-1 - p, q - p) for p in primes if p != q) for q in primes
    )
    return int(1 + (-1) ** n * rest)


@njit(cache=True)
def _points_on_none(n, q):  # type: ignore[no-untyped-def]
    """Vectors of n residues mod q of which no non-empty sum is 1 or -1; the last one by what it must not be."""
    weights, sums = np.zeros(n, dtype=np.int64), np.zeros(2**n, dtype=np.int64)
    found, level = 0, 0
    while level >= 0:
        size = 1 << level
        if level == n - 1:
            banned = np.zeros(q, dtype=np.int64)
            for s in sums[:size]:
                banned[(1 - s) % q] = banned[(-1 - s) % q] = 1
            found += q - np.sum(banned)
            level -= 1
            continue
        if weights[level] == q:
            weights[level] = 0
            level -= 1
            continue
        clean = True
        for x in range(size):
            sums[size + x] = (sums[x] + weights[level]) % q
            clean = clean and sums[size + x] != 1 and sums[size + x] != q - 1
        weights[level] += 1
        level += clean
    return found


def _pairs_up_to(n: int, bound: int) -> Words:
    """Both tables side by side, for ordered integer weights of size at most *bound* and every bias that matters."""
    found = np.zeros(0, dtype=np.uint64)
    for first in range(-bound, bound + 1):
        rest = np.array(list(combinations_with_replacement(range(first, bound + 1), n - 1)), dtype=np.int64)
        weights = np.hstack([np.full((len(rest), 1), first), rest.reshape(len(rest), n - 1)])
        found = np.union1d(found, _sides(weights))
    return found


@njit(cache=True)
def _sides(weights):  # type: ignore[no-untyped-def]
    """Inputs with sums above the bias and below its negative, for biases just above each size of a sum."""
    count, n = weights.shape
    pairs, sums = np.zeros((count, 2**n), dtype=np.uint64), np.zeros(2**n, dtype=np.int64)
    for k in range(count):
        for i in range(n):
            sums[1 << i : 2 << i] = sums[: 1 << i] + weights[k, i]
        for row in range(2**n):
            for x in range(2**n):
                if abs(sums[x]) > abs(sums[row]):
                    pairs[k, row] |= uint64(1) << uint64(x + 32 * (sums[x] > 0))
    return pairs.ravel()


def _permuted(pairs: Words, order: tuple[int, ...]) -> Words:
    """Two tables side by side with their inputs permuted."""
    image = np.zeros_like(pairs)
    for x in range(2 ** len(order)):
        place = sum((x >> i & 1) << to for i, to in enumerate(order))
        for start in (0, 32):
            image |= (pairs >> np.uint64(start + x) & np.uint64(1)) << np.uint64(start + place)
    return image


@njit(cache=True)
def _add_permuted(members, bits, masks, shifts):  # type: ignore[no-untyped-def]
    """Add the images of all members of *bits* under the walk through the permutations to *members*."""
    one, six, low_six = uint64(1), uint64(6), uint64(63)
    for i in range(bits.shape[0]):
        word = bits[i] & ~members[i]
        for b in range(64):
            if (word >> uint64(b)) & one:
                table = (uint64(i) << six) | uint64(b)
                members[i] |= one << uint64(b)
                for k in range(masks.shape[0]):
                    table = moved(table, masks[k], shifts[k])
                    members[table >> six] |= one << (table & low_six)
