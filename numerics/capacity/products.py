"""All products f·g and f and g of two threshold functions, up to symmetry, counted by the sizes of their orbits."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numba import njit

from numerics.capacity._validate import require_choice, require_int
from numerics.capacity.engine_kernel import popcount
from numerics.capacity.products_canonical import Ints, Words, canonical_words, frame, group_order
from numerics.capacity.products_shares import Progress, Share, product_shares

LARGEST = 6
WHY = "at n = 7 there are about 10**12 orbits"
CHUNK = 2**16


@dataclass(frozen=True)
class ProductCount:
    """*count* functions of *n* inputs, ``by_ones[k]`` of them with k ones (+1), in *orbits* classes found in *passes*.

    Classes of operation "xnor" are under signed permutations of n + 1 variables and complement, those of "and" under
    permuting and negating the n inputs.
    """

    n: int
    operation: str
    count: int
    by_ones: tuple[int, ...]
    orbits: int
    passes: int


def count_products(
    n: int, operation: str = "xnor", *, max_memory: int = 2**32, progress: Progress | None = None
) -> ProductCount:
    """Exact number of functions f·g (-1/+1 values, "xnor") or f and g ("and"), f, g threshold gates of n <= 6 inputs.

    Pairs are visited up to symmetry, products are told apart by canonical forms, each standing for its orbit. Less
    than *max_memory* bytes means more passes over the pairs, each for one share of the orbits; refused where one call's
    products do not fit (n = 6: 38 MB). *progress* is called with the part of the work that is done, from 0 to 1.
    Baldi & Vershynin 2022, output gating.

    >>> count_products(3).count, count_products(3, "and").count
    (254, 246)
    """
    n = require_int("n", n, 1, LARGEST, why=WHY)
    operation = require_choice("operation", operation, ("xnor", "and"))
    pinned = operation == "and"
    count, orbits, passes = np.zeros(2**n + 1, np.int64), 0, 0
    for (share,) in product_shares(n, (operation,), max_memory=max_memory, progress=progress):
        for words, sizes in _with_sizes(share, n, pinned):
            _tally(words, sizes, not pinned, count)
        orbits += len(share.plain) + len(share.symmetric)
        passes += 1
    return ProductCount(n, operation, int(count.sum()), tuple(count.tolist()), orbits, passes)


def count_product_overlaps(n: int, *, max_memory: int = 2**32) -> dict[str, int]:
    """Sizes of AND, XNOR and their intersections and unions with OR, n <= 6, from the orbits of the two lists.

    "and | or" is A(n, 2, 1), all that two gates and a third one on top compute; "and | or | xnor" is all that any
    operation on two gates computes. Memory and passes as for :func:`count_products`.
    """
    return {name: sum(ones) for name, ones in product_overlaps_by_ones(n, max_memory=max_memory).items()}


def product_overlaps_by_ones(
    n: int, *, max_memory: int = 2**32, progress: Progress | None = None
) -> dict[str, list[int]]:
    """The sets of :func:`count_product_overlaps`, members by number of ones."""
    n = require_int("n", n, 1, LARGEST, why=WHY)
    every = np.uint64(2**2**n - 1)
    conjunction, product, both, gated, both_gated = np.zeros((5, 2**n + 1), np.int64)
    for conjunctions, products in product_shares(n, ("and", "xnor"), max_memory=max_memory, progress=progress):
        for words, sizes in _with_sizes(products, n, False):
            _tally(words, sizes, True, product)
        for words, sizes in _with_sizes(conjunctions, n, True):
            # f or g is the complement of (not f) and (not g): a disjunction is what has a conjunction for complement
            is_or = _among(conjunctions, every ^ words, n, pinned=True)
            is_xnor = _among(products, words, n, pinned=False)
            _tally(words, sizes, False, conjunction)
            for chosen, tally in ((is_or, both), (is_xnor, gated), (is_or & is_xnor, both_gated)):
                _tally(words[chosen], sizes[chosen], False, tally)
    # a set's complements have its numbers of ones in reverse; the products are closed under complement
    either, either_gated = conjunction + conjunction[::-1] - both, gated + gated[::-1] - both_gated
    found = {
        "and": conjunction,
        "xnor": product,
        "and & or": both,
        "and | or": either,
        "and & xnor": gated,
        "(and | or) & xnor": either_gated,
        "and | or | xnor": either + product - either_gated,
    }
    return {name: tally.tolist() for name, tally in found.items()}


def warm_up() -> None:
    """Compile the kernels, before a clock starts."""
    count_product_overlaps(2)
    for operation in ("xnor", "and"):
        count_products(2, operation)


def canonical_forms(words: Words, n: int, *, pinned: bool) -> tuple[Words, Ints]:
    """Canonical form of each word and the order of its stabiliser."""
    forms, stabilisers = np.empty_like(words), np.empty(len(words), np.int64)
    canonical_words(words, frame(n + 1, pinned), forms, stabilisers)
    return forms, stabilisers


def orbit_sizes(words: Words, n: int, *, pinned: bool) -> Ints:
    """Number of functions in the orbit of each word."""
    return group_order(n + 1, pinned=pinned) // canonical_forms(words, n, pinned=pinned)[1]


def _with_sizes(share: Share, n: int, pinned: bool) -> Iterator[tuple[Words, Ints]]:
    """Words and the sizes of their orbits, piece by piece; only those of symmetric words have to be found out."""
    for words in np.split(share.plain, range(CHUNK, len(share.plain), CHUNK)):
        yield words, np.full(len(words), group_order(n + 1, pinned=pinned))
    for words in np.split(share.symmetric, range(CHUNK, len(share.symmetric), CHUNK)):
        yield words, orbit_sizes(words, n, pinned=pinned)


def _among(share: Share, words: Words, n: int, *, pinned: bool) -> np.ndarray:
    """Which of the *words* have their canonical form in *share*."""
    forms, stabilisers = canonical_forms(words, n, pinned=pinned)
    return np.where(stabilisers == 1, _is_in(forms, share.plain), _is_in(forms, share.symmetric))


def _is_in(words: Words, listed: Words) -> np.ndarray:
    """Which *words* are in the sorted list."""
    if len(listed) == 0:
        return np.zeros(len(words), np.bool_)
    at = np.searchsorted(listed, words)
    return listed[np.minimum(at, len(listed) - 1)] == words


@njit(cache=True)
def _tally(words, sizes, complemented, count):  # type: ignore[no-untyped-def]
    """Add orbit sizes by number of ones; with the complement in the group, half an orbit has as many zeros."""
    points = count.shape[0] - 1
    for k in range(words.shape[0]):
        ones = popcount(words[k])
        if complemented:
            count[ones] += sizes[k] // 2
            count[points - ones] += sizes[k] // 2
        else:
            count[ones] += sizes[k]
