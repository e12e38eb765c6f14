"""Three threshold units of five inputs under one output gate, by composing them: the first of two routes.

A gate on three bits is, up to negating bits and output, one of: a constant, a bit, a(b), a(bc), a(b + c), the majority.
So with K the conjunctions and disjunctions of two units, every function of the class is, up to the symmetries of the
cube and negation, a unit and a member of K, or a majority. Sets are marks on 2**31 bits (256 MiB): tables whose top bit
is set stand for their complements.
"""

from functools import lru_cache

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from numerics.capacity.bitset import WORDS, add_complements, gated_set, multiplexed_set, reversed_word
from numerics.capacity.bitset_orbits import by_ones, classes_that_meet, size_of
from numerics.capacity.symmetries import Words, images, moved, steps
from numerics.capacity.weights import threshold_tables

Flags = NDArray[np.bool_]
N = 5
FULL = 2**32 - 1


@lru_cache(maxsize=1)
def three_unit_classes() -> Flags:
    """Which of the classes of ``bitset_orbits`` three hidden units and an output gate compute."""
    bits = np.zeros(WORDS // 2, dtype=np.uint64)
    mark_unit_and_pair(bits)
    groups = gate_classes()
    for k, group in enumerate(groups):
        mark_majorities(bits, group[0], groups[: k + 1])
    return classes_that_meet(bits)


def three_units_by_ones() -> NDArray[np.int64]:
    """Members of A(5, 3, 1) by number of ones."""
    return by_ones(three_unit_classes())


def three_unit_overlaps() -> dict[str, int]:
    """Products of two gates that three units do not compute, and multiplexed functions that they do, five inputs."""
    three = three_unit_classes()
    products = classes_that_meet(gated_set("output", "pm1", "pm1", "ungated"))
    multiplexed = classes_that_meet(multiplexed_set())
    return {"xnor - three units": size_of(products & ~three), "multiplexed & three units": size_of(multiplexed & three)}


def mark_unit_and_pair(bits: Words) -> None:
    """Mark t & k, t one unit of every class, k a conjunction or a disjunction of two units."""
    pairs = gated_set("output", "01", "pm1", "ungated")
    add_complements(pairs)
    for group in gate_classes():
        for unit in np.unique(np.stack([group[0], group[0] ^ np.uint64(FULL)])):
            _mark_conjunctions(bits, pairs, unit)


@lru_cache(maxsize=1)
def gate_classes() -> tuple[Words, ...]:
    """The threshold functions class by class, small classes first."""
    remaining = set(threshold_tables(N).tolist())
    found = []
    while remaining:
        walked = images(np.uint64(min(remaining)), *steps(N))
        group = np.unique(np.concatenate([walked, walked ^ np.uint64(FULL)]))
        remaining -= set(group.tolist())
        found.append(group)
    return tuple(sorted(found, key=len))


def mark_majorities(bits: Words, first: np.uint64, groups: tuple[Words, ...]) -> None:
    """Mark maj(first, b, c) for b, c in *groups*, c in no later one than b; one b for each symmetry of *first*.

    The groups are classes, small ones first, and *first* is in the last of them: so all triples with some order of
    their classes are met up to symmetry, when *first* runs through one gate of every class.
    """
    so_far = 0
    every = np.concatenate(groups)
    for group in groups:
        so_far += len(group)
        _mark_majorities(bits, first, one_per_symmetry(first, group), every[:so_far])


def one_per_symmetry(first: np.uint64, group: Words) -> Words:
    """One of each orbit of *group* under the symmetries of the cube, and negation, that keep *first*."""
    smallest = np.full(len(group), FULL, dtype=np.uint64)
    _fold(first, group, *steps(N), smallest)
    return np.unique(smallest)


@njit(cache=True)
def _fold(first, group, masks, shifts, smallest):  # type: ignore[no-untyped-def]
    full = uint64(FULL)
    walked, place = group.copy(), first
    for k in range(masks.shape[0] + 1):
        if k:
            place = moved(place, masks[k - 1], shifts[k - 1])
        kept, negated = place == first, place ^ full == first
        for i in range(group.shape[0]):
            if k:
                walked[i] = moved(walked[i], masks[k - 1], shifts[k - 1])
            if kept:
                smallest[i] = min(smallest[i], walked[i])
            if negated:
                smallest[i] = min(smallest[i], walked[i] ^ full)


@njit(cache=True)
def _mark_conjunctions(bits, pairs, unit):  # type: ignore[no-untyped-def]
    """Mark unit & k for every k of a set of 2**32 bits, 64 of them at a time."""
    high, half = unit >> uint64(6), bits.shape[0]
    for i in range(pairs.shape[0]):
        word = pairs[i]
        if word:
            for power in range(6):  # where the unit's bit is 0, the two halves of the word fall together
                if not (unit >> uint64(power)) & uint64(1):
                    word = (word | (word >> uint64(1 << power))) & _LOW[power]
            place = uint64(i) & high
            if place >= half:
                bits[uint64(2 * half - 1) - place] |= reversed_word(word)
            else:
                bits[place] |= word


# positions in a word of 64 bits whose number has a 0 at each place
_LOW = np.array([sum(1 << b for b in range(64) if not b >> p & 1) for p in range(6)], dtype=np.uint64)


@njit(cache=True)
def _mark_majorities(bits, first, seconds, thirds):  # type: ignore[no-untyped-def]
    one, six, low_six, top, full = uint64(1), uint64(6), uint64(63), uint64(2**31), uint64(FULL)
    for second in seconds:
        both, apart = first & second, first ^ second
        for third in thirds:
            table = both | (apart & third)
            if table & top:
                table ^= full
            bits[table >> six] |= one << (table & low_six)
