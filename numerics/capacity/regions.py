"""Regions of a central arrangement, or dichotomies of a point set, by deletion and restriction in integers."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import gcd

Hyperplanes = tuple[tuple[int, ...], ...]


def count_regions(points: Sequence[Sequence[int]]) -> int:
    """Number of labellings of integer *points*, shape (m, d), by homogeneous gates, without asking for any gate.

    Regions of the hyperplanes {w : point . w = 0}: those without the last hyperplane, plus those that the others cut
    out of it.

    >>> count_regions([(1, 0), (0, 1), (1, 1)])
    6
    """
    return _regions(_normalised(points))


def _normalised(points: Iterable[Sequence[int]]) -> Hyperplanes:
    seen = set()
    for point in points:
        divisor = gcd(*point)
        if divisor == 0:
            raise ValueError(f"points must be nonzero: the gate is undecided at {tuple(point)}")
        first = next(v for v in point if v)
        seen.add(tuple(v // (divisor if first > 0 else -divisor) for v in point))
    return tuple(sorted(seen, key=lambda p: (sum(map(abs, p)), p)))


@lru_cache(maxsize=400_000)
def _regions(planes: Hyperplanes) -> int:
    if len(planes) <= 1:
        return len(planes) + 1
    if len(planes[0]) == 2:
        return 2 * len(planes)
    *others, last = planes
    pivot = next(j for j, v in enumerate(last) if v)
    traces = []
    for plane in others:
        trace = [last[pivot] * a - plane[pivot] * b for a, b in zip(plane, last, strict=True)]
        del trace[pivot]
        traces.append(trace)
    return _regions(tuple(others)) + _regions(_normalised(traces))
