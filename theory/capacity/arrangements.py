"""Characteristic polynomials of central hyperplane arrangements by deletion and restriction.

chi(A) = chi(A without H) - chi(A restricted to H); the number of regions is (-1)**d chi(-1) (Zaslavsky 1975), which is
the sum of the absolute coefficients. For the threshold functions of n variables the hyperplanes are the 2**n points
(1, x), x in {-1, 1}**n, seen as equations on the weights (b, w): regions are sets of weights with the same signs.
"""

from collections.abc import Iterable
from functools import cache
from itertools import combinations, product
from math import gcd, prod

from theory.capacity._validate import require_int

Normal = tuple[int, ...]


def characteristic_coefficients(normals: frozenset[Normal], dimension: int) -> tuple[int, ...]:
    """Coefficients, leading first, of the characteristic polynomial of central hyperplanes in R^*dimension*.

    *normals* are nonzero integer vectors of that length; parallel ones count once.

    >>> characteristic_coefficients(frozenset({(1, 0), (0, 1)}), 2)
    (1, -2, 1)
    """
    for normal in normals:
        if len(normal) != dimension or not any(normal):
            raise ValueError(f"normals must be nonzero vectors of length {dimension}, got {normal}")
    return _coefficients(_canonical(primitive(v) for v in normals), dimension)


@cache
def threshold_characteristic_coefficients(n: int, degree: int = 1) -> tuple[int, ...]:
    """Coefficients, leading first, of chi for the threshold functions of *n* <= 6 variables; its degree is n + 1.

    For *degree* 2 up to n = 4: the number of monomials. Zaslavsky's theorem; n = 6 takes several seconds.

    >>> threshold_characteristic_coefficients(2)
    (1, -4, 6, -3)
    """
    n = require_int("n", n, 0, 6, why="deletion-restriction outgrows memory beyond n = 6")
    limit = {1: 6, 2: 4}.get(require_int("degree", degree, 0, max(n, 1)), 3)
    if n > limit:
        raise ValueError(f"n must be at most {limit} for degree={degree}, got {n}")
    chosen = [subset for size in range(degree + 1) for subset in combinations(range(n), size)]
    normals = frozenset(tuple(prod(x[i] for i in subset) for subset in chosen) for x in product((-1, 1), repeat=n))
    return characteristic_coefficients(normals, len(chosen))


def primitive(vector: tuple[int, ...]) -> Normal:
    """The integer vector divided by its content, first nonzero entry positive."""
    divisor = gcd(*vector)
    lead = next(v for v in vector if v)
    divisor = divisor if lead > 0 else -divisor
    return tuple(v // divisor for v in vector)


def _canonical(normals: Iterable[Normal]) -> tuple[Normal, ...]:
    return tuple(row for row, _ in in_normal_form(tuple((row, 1) for row in sorted(set(normals)))))


def in_normal_form(rows: tuple[tuple[Normal, int], ...]) -> tuple[tuple[Normal, int], ...]:
    """Labelled rows, sorted, after sorting coordinates by what they look like and fixing their signs.

    Permuting coordinates or changing their signs leaves all counts alone; a cheap, incomplete normal form already
    makes most of the equivalent restrictions meet in the cache.
    """
    if not rows:
        return ()
    columns = list(zip(*(row for row, _ in rows), strict=True))
    flipped = [min(c, tuple(-v for v in c), key=lambda col: (sum(col), sorted(col))) for c in columns]
    flipped.sort(key=lambda col: (sorted(map(abs, col)), sorted(col)))
    moved = zip(*flipped, strict=True)
    return tuple(sorted((primitive(row), label) for row, (_, label) in zip(moved, rows, strict=True)))


@cache
def _coefficients(normals: tuple[Normal, ...], dimension: int) -> tuple[int, ...]:
    if not normals:
        return (1, *(0,) * dimension)
    if dimension == 1:
        return (1, -1)
    if dimension == 2:
        return (1, -len(normals), len(normals) - 1)
    # deleting one hyperplane after the other: chi = q**d - sum of the restrictions to each, of those before it
    total = [1, *(0,) * dimension]
    for i, normal in enumerate(normals):
        restricted = _restrict(normals[:i], normal)
        for k, value in enumerate(_coefficients(restricted, dimension - 1)):
            total[k + 1] -= value
    return tuple(total)


def _restrict(normals: tuple[Normal, ...], onto: Normal) -> tuple[Normal, ...]:
    """The traces of the hyperplanes on the one with normal *onto*, in the coordinates left after solving for one."""
    pivot = min((j for j, v in enumerate(onto) if v), key=lambda j: abs(onto[j]))
    lead = onto[pivot]
    traces = set()
    for normal in normals:
        mixed = [lead * a - normal[pivot] * b for a, b in zip(normal, onto, strict=True)]
        del mixed[pivot]
        traces.add(primitive(tuple(mixed)))
    return _canonical(traces)
