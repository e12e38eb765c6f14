"""Separable labellings of arbitrary points, counted by certified linear programmes."""

from collections.abc import Sequence

from numerics.capacity.separation import Separator


def count_dichotomies(points: Sequence[Sequence[int]]) -> int:
    """Number of labellings of integer *points* (shape (m, d)) that one homogeneous gate can produce.

    Prefix by prefix: a labelling of i + 1 points is decided only if its first i points are separable, for a
    certificate against a prefix is one against every continuation. Each answer rests on integer weights or an
    integer Gordan certificate.

    >>> count_dichotomies([(1, 0), (0, 1)])
    4
    """
    if len(points) == 0:
        raise ValueError("points must hold at least one point, got none")
    for point in points:
        for value in point:
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"points must hold Python ints (exact counts need exact points), got {value!r}")
    alive: list[tuple[int, ...]] = [()]
    for size in range(1, len(points) + 1):
        separator = Separator(points[:size])
        # negating the weights negates a labelling, so the first point's label is fixed and the count doubled
        signs = (1,) if size == 1 else (1, -1)
        alive = [(*old, s) for old in alive for s in signs if separator.decide((*old, s)).answer]
    return 2 * len(alive)
