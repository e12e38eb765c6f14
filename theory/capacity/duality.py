"""Counts by duality: T(n; d) from the matroid of the complementary degree, by deletion and contraction.

The evaluation vectors of degree <= d and those of degree <= n-d-1, multiplied by parity, span orthogonal complements,
so their matroids are dual and T(n; d) = T_M(2, 0) = T_M*(0, 2), M* the matroid of degree n-d-1 (C10).
"""

from collections import Counter
from functools import cache
from itertools import combinations, product
from math import prod

from theory.capacity._validate import require_int
from theory.capacity.arrangements import Normal, in_normal_form, primitive

Classes = tuple[tuple[Normal, int], ...]


def dual_threshold_count(n: int, degree: int) -> int:
    """T(n; *degree*) for 0 <= degree < n from the points' monomials of degree n - degree - 1 only.

    Affordable for n <= 4, and for degree >= n - 2 at n = 5 and 6; T(6; 4) takes a minute and 800 MB.

    >>> dual_threshold_count(3, 1), dual_threshold_count(4, 2)
    (104, 57574)
    """
    n = require_int("n", n, 1, 6)
    degree = require_int("degree", degree, 0, n - 1, why="parity needs degree n")
    complementary = n - degree - 1
    if n > 4 and complementary > 1:
        raise ValueError(f"degree must be at least {n - 2} at n={n} (the dual is then small), got {degree}")
    chosen = [subset for size in range(complementary + 1) for subset in combinations(range(n), size)]
    points = [tuple(prod(x[i] for i in subset) for subset in chosen) for x in product((-1, 1), repeat=n)]
    return _acyclic_dual(_classes(Counter(primitive(p) for p in points)), len(chosen))


def _classes(vectors: Counter[Normal]) -> Classes:
    """Parallel classes with their sizes, in a normal form under exchanging and negating coordinates."""
    return in_normal_form(tuple(sorted(vectors.items())))


@cache
def _acyclic_dual(classes: Classes, rank: int) -> int:
    """T(0, 2) of spanning parallel classes of the given rank, loops left out (each doubles the value)."""
    if rank == 1:
        return 2 ** sum(size for _, size in classes) - 2
    *others, (vector, size) = classes
    quotient, loops = _contract(others, vector)
    contracted = 2**loops * _acyclic_dual(quotient, rank - 1)
    if _rank([v for v, _ in others]) < rank:
        return (2**size - 2) * contracted
    return _acyclic_dual(_classes(Counter(dict(others))), rank) + (2**size - 1) * contracted


def _contract(others: list[tuple[Normal, int]], onto: Normal) -> tuple[Classes, int]:
    """Images of the classes modulo *onto*: no two distinct classes were parallel to it, so none becomes a loop."""
    pivot = min((j for j, v in enumerate(onto) if v), key=lambda j: abs(onto[j]))
    lead = onto[pivot]
    images: Counter[Normal] = Counter()
    loops = 0
    for vector, size in others:
        mixed = [lead * a - vector[pivot] * b for a, b in zip(vector, onto, strict=True)]
        del mixed[pivot]
        if any(mixed):
            images[primitive(tuple(mixed))] += size
        else:
            loops += size
    return _classes(images), loops


def _rank(vectors: list[Normal]) -> int:
    work, rank = [list(v) for v in vectors], 0
    for column in range(len(vectors[0]) if vectors else 0):
        pivot = next((i for i in range(rank, len(work)) if work[i][column]), None)
        if pivot is None:
            continue
        work[rank], work[pivot] = work[pivot], work[rank]
        for i in range(rank + 1, len(work)):
            if work[i][column]:
                factor, lead = work[i][column], work[rank][column]
                work[i] = [lead * a - factor * b for a, b in zip(work[i], work[rank], strict=True)]
        rank += 1
    return rank
