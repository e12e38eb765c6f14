"""Counts that a caller vouches for: what contradicts a count derived here, or a bound that is proven, is refused."""

from collections.abc import Mapping

from theory.capacity._validate import function_count, require_int, shown
from theory.capacity.arrangements import threshold_characteristic_coefficients
from theory.capacity.counts import region_bound, require_degree

Counts = Mapping[tuple[int, int], int]
EXACT_LIMIT = 6  # deletion-restriction is affordable up to here
AT_ONCE = 5  # and a matter of milliseconds up to here


def require_counts(counts: Counts | None) -> dict[tuple[int, int], int]:
    """*counts*, which map (n, degree) to T(n; degree), as a dictionary; none are given by None.

    TypeError for anything else; ValueError for a count that differs from the one derived here, lies above the region
    bound, or below what the recursions make of smaller counts, those given among them.

    >>> require_counts({(7, 1): 8378070864})
    {(7, 1): 8378070864}
    """
    if counts is None:
        return {}
    if not isinstance(counts, Mapping):
        raise TypeError(f"counts must map pairs (n, degree) to counts, got {counts!r}")
    given = {}
    for key, value in counts.items():
        if not isinstance(key, tuple) or len(key) != 2:
            raise TypeError(f"counts must map pairs (n, degree) to counts, got the key {key!r}")
        n = require_int("n in the keys of counts", key[0], 0)
        degree = require_int("degree in the keys of counts", key[1], 0, max(n, 1))
        given[n, degree] = require_int(f"counts[{shown(n)}, {shown(degree)}]", value, 0)
    checked: dict[tuple[int, int], int] = {}
    for n, degree in sorted(given):
        _require_possible(n, degree, given[n, degree], checked)
        checked[n, degree] = given[n, degree]
    return given


def _require_possible(n: int, degree: int, value: int, smaller: Counts) -> None:
    if is_derived(n, degree):
        low = high = derived_count(n, degree)
        allowed = f"{shown(low)}, which is derived here"
    else:
        high = region_bound(n, degree)  # first: it refuses what is too large to be carried up
        low = carried_up(n, degree, smaller, linear=AT_ONCE)
        allowed = f"between {shown(low)} (from smaller n) and {shown(high)} (the region bound)"
    if not low <= value <= high:
        raise ValueError(f"counts[{shown(n)}, {shown(degree)}] must be {allowed}, got {shown(value)}")


def is_derived(n: int, degree: int, linear: int = EXACT_LIMIT) -> bool:
    """Whether :func:`derived_count` knows T(n; degree), for degree 1 up to n = *linear*."""
    return degree == 0 or degree >= n - 1 or (degree == 1 and n <= linear) or (n, degree) == (4, 2)


def derived_count(n: int, degree: int) -> int:
    """T(n; degree) where :func:`is_derived`: from the characteristic polynomial, or all functions but two or none."""
    degree = require_degree(n, degree)
    if degree >= n:
        return function_count(n)
    if degree == n - 1:
        return function_count(n) - 2  # all but parity and its negation
    if degree == 0:
        return 2
    return sum(abs(c) for c in threshold_characteristic_coefficients(n, degree))


def carried_up(n: int, degree: int, given: Counts, *, linear: int = EXACT_LIMIT) -> int:
    """Lower bound on T(n; degree), equal to it where it is given or derived: smaller counts, carried up to n.

    T(n) >= (2**(n-1) + 1) T(n-1), and T(n; d) >= T(n-1; d) T(n-1; d-1) from degree 2 on.
    """

    def known(size: int) -> dict[int, int | None]:
        """The degrees that the recursions come by with this number of inputs, with their counts."""
        degrees = range(max(degree - (n - size), 0), min(degree, max(size, 1)) + 1)
        return {d: given.get((size, d)) for d in degrees}

    start = n
    while any(count is None and not is_derived(start, d, linear) for d, count in known(start).items()):
        start -= 1
    row: dict[int, int] = {}
    for size in range(start, n + 1):
        below, row = row, {}
        for d, count in known(size).items():
            if count is not None:
                row[d] = count
            elif is_derived(size, d, linear):
                row[d] = derived_count(size, d)
            else:
                row[d] = (below[1] << size - 1) + below[1] if d == 1 else below[d] * below[d - 1]
    return row[degree]
