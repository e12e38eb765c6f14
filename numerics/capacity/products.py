"""All products f·g and f and g of two threshold functions, up to symmetry, counted by the sizes of their orbits."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd, lcm

import numpy as np
from numba import njit

from numerics.capacity._validate import require_choice, require_int, require_memory
from numerics.capacity.engine_classes import class_batches
from numerics.capacity.products_canonical import Ints, Words, canonical_words, frame, group_order
from numerics.capacity.products_pairs import empty_cache, free_gates, join_pairs, pinned_gates, points

LARGEST = 6
# Words that are set aside at once; below this size more memory would make nothing faster.
ROOM = {True: 2**29, False: 2**22}
CHUNK = 2**20


@dataclass(frozen=True)
class ProductCount:
    """*count* functions of *n* inputs, ``by_ones[k]`` of them with k ones, in *orbits* classes found in *passes*.

    Classes of operation "xnor" are under signed permutations of n + 1 variables and complement, those of "and" under
    permuting and negating the n inputs.
    """

    n: int
    operation: str
    count: int
    by_ones: tuple[int, ...]
    orbits: int
    passes: int


def count_products(n: int, operation: str = "xnor", *, max_memory: int = 2**32) -> ProductCount:
    """Exact number of functions f·g (-1/+1 values, "xnor") or f and g ("and"), f, g threshold gates of n <= 6 inputs.

    Pairs are visited up to symmetry, products are told apart by canonical forms, each standing for its orbit. Less
    than *max_memory* bytes means more passes over the pairs, each for one share of the orbits; refused where one call's
    products do not fit (n = 6: 20 MB). Baldi & Vershynin 2022, output gating.

    >>> count_products(3).count, count_products(3, "and").count
    (254, 246)
    """
    n = require_int("n", n, 1, LARGEST, why="at n = 7 there are about 10**12 orbits")
    operation = require_choice("operation", operation, ("xnor", "and"))
    count, orbits, passes = np.zeros(2**n + 1, np.int64), 0, 0
    for words in product_orbits(n, operation, max_memory=max_memory):
        for chunk in np.split(words, range(CHUNK, len(words), CHUNK)):
            sizes = orbit_sizes(chunk, n, pinned=operation == "and")
            _tally(chunk, sizes, operation == "xnor", count)
        orbits += len(words)
        passes += 1
    return ProductCount(n, operation, int(count.sum()), tuple(count.tolist()), orbits, passes)


def count_product_overlaps(n: int) -> dict[str, int]:
    """Sizes of AND, XNOR and their intersections and unions with OR, n <= 5, from the orbits of the two lists."""
    n = require_int("n", n, 1, 5, why="the lists are held at once")
    conjunctions, products = (np.concatenate(list(product_orbits(n, o))) for o in ("and", "xnor"))
    sizes = orbit_sizes(conjunctions, n, pinned=True)
    every = np.uint64(2**2**n - 1)
    # f or g is the complement of (not f) and (not g), so a disjunction is what has a conjunction for its complement.
    is_or = np.isin(canonical_forms(every ^ conjunctions, n, pinned=True)[0], conjunctions)
    is_xnor = np.isin(canonical_forms(conjunctions, n, pinned=False)[0], products)
    conjunction, product = int(sizes.sum()), int(orbit_sizes(products, n, pinned=False).sum())
    both, gated = int(sizes[is_or].sum()), int(sizes[is_xnor].sum())
    either = 2 * conjunction - both
    either_gated = 2 * gated - int(sizes[is_or & is_xnor].sum())
    return {
        "and": conjunction,
        "xnor": product,
        "and & or": both,
        "and | or": either,
        "and & xnor": gated,
        "(and | or) & xnor": either_gated,
        "and | or | xnor": either + product - either_gated,
    }


def warm_up() -> None:
    """Compile the kernels, before a clock starts."""
    count_product_overlaps(2)
    for operation in ("xnor", "and"):
        count_products(2, operation)


def symmetric_weights(n: int) -> Ints:
    """Integer weights of every class, equal (or zero) exactly where the function is symmetric (or does not depend)."""
    if n == 1:
        return np.array([[1, 0]])
    rows = []
    for weights, chow, _ in class_batches(n):
        for w, c in zip(weights.tolist(), chow.tolist(), strict=True):
            blocks = {value: [a for a, b in zip(w, c, strict=True) if b == value] for value in c}
            common = lcm(*(len(block) for block in blocks.values()))
            means = [common * sum(blocks[value]) // len(blocks[value]) if value else 0 for value in c]
            rows.append([m // gcd(*means) for m in means])
    return np.array(rows, np.int64)


def canonical_forms(words: Words, n: int, *, pinned: bool) -> tuple[Words, Ints]:
    """Canonical form of each word and the order of its stabiliser."""
    forms, stabilisers = np.empty_like(words), np.empty(len(words), np.int64)
    canonical_words(words, frame(n + 1, pinned), forms, stabilisers)
    return forms, stabilisers


def orbit_sizes(words: Words, n: int, *, pinned: bool) -> Ints:
    """Number of functions in the orbit of each word."""
    return group_order(n + 1, pinned=pinned) // canonical_forms(words, n, pinned=pinned)[1]


def product_orbits(n: int, operation: str, *, max_memory: int = 2**32) -> Iterator[Words]:
    """Canonical forms of all products, sorted within shares that no orbit is in two of."""
    pinned = operation == "and"
    reach = group_order(n + 1, pinned=pinned)
    require_memory(32 * reach + 2**21, max_memory, f"one share of the {operation} products at n={n}")
    buffer = np.empty(max(4 * reach, min((max_memory - 2**21) // 8, ROOM[n == LARGEST])), np.uint64)
    shares = [(0, 0)]
    while shares:
        bits, prefix = shares.pop()
        used = fill_share(n, pinned, (np.uint64(2**bits - 1), np.uint64(prefix)), reach, buffer)
        if used < 0:
            shares += [(bits + 1, prefix | 1 << bits), (bits + 1, prefix)]
        else:
            yield buffer[:used].copy() if used < CHUNK else buffer[:used]


def fill_share(n: int, pinned: bool, share: tuple[np.uint64, np.uint64], reach: int, buffer: Words) -> int:
    """The orbits of one share, at the front of *buffer*; -1 as soon as they would take more than half of it."""
    classes = symmetric_weights(n)
    gates = pinned_gates(classes) if pinned else free_gates(classes)
    lookup, cube, recent = frame(n + 1, pinned), np.ascontiguousarray(points(n + 1).T), empty_cache()
    used = 0
    for i, f in enumerate(gates):
        for g in gates[i:]:
            if used + reach > len(buffer):
                used = _compact(buffer[:used])
                if 2 * used > len(buffer):
                    return -1
            used += join_pairs(f, g, pinned, lookup, cube, recent, share, buffer[used:])
    used = _compact(buffer[:used])
    return -1 if 2 * used > len(buffer) else used


def _compact(words: Words) -> int:
    """Sort in place and move the distinct words to the front; returns their number."""
    words.sort()
    return _distinct(words)


@njit(cache=True)
def _distinct(words):  # type: ignore[no-untyped-def]
    kept = 0
    for k in range(words.shape[0]):
        if k == 0 or words[k] != words[kept - 1]:
            words[kept] = words[k]
            kept += 1
    return kept


@njit(cache=True)
def _tally(words, sizes, complemented, count):  # type: ignore[no-untyped-def]
    """Add orbit sizes by number of ones; with the complement in the group, half an orbit has as many zeros."""
    points = count.shape[0] - 1
    for k in range(words.shape[0]):
        ones = np.int64(0)
        rest = words[k]
        while rest:
            rest &= rest - np.uint64(1)
            ones += 1
        if complemented:
            count[ones] += sizes[k] // 2
            count[points - ones] += sizes[k] // 2
        else:
            count[ones] += sizes[k]
