"""How many threshold functions there are: exact counts, the region bound above, recursions below."""

from dataclasses import dataclass

from theory.capacity._validate import require_bits, require_int, shown
from theory.capacity.counts import region_bound, require_degree
from theory.capacity.given import EXACT_LIMIT, Counts, carried_up, derived_count, is_derived, require_counts
from theory.errors import AssumptionError


@dataclass(frozen=True)
class Bounds:
    """``lower <= count <= upper``, with the statements that give them in ``source``."""

    lower: int
    upper: int
    source: str


def threshold_count(n: int, degree: int = 1, *, counts: Counts | None = None) -> int:
    """T(n; degree), exactly: from the characteristic polynomial (degree 1, n <= 6), or degree >= n - 1.

    ``counts`` maps (n, degree) to counts the caller vouches for, here and wherever it is an argument:
    :func:`cited_counts` has those of n = 7 to 9; ValueError for one that cannot be, as :func:`require_counts` finds.
    Raises ``AssumptionError`` where no exact value is derived here. Baldi & Vershynin (2022), C9 and C11.

    >>> threshold_count(3)
    104
    """
    n = require_int("n", n, 0)
    degree = require_degree(n, degree)
    given = require_counts(counts)
    if (n, degree) in given:
        return given[n, degree]
    if is_derived(n, degree):
        return derived_count(n, degree)
    raise AssumptionError(
        f"T({shown(n)}; {shown(degree)}) is not derived: this is done for degree 1 with n <= {EXACT_LIMIT}, (4, 2), "
        "and degree >= n - 1. Use threshold_count_bounds, or pass counts= (cited_counts() has n = 7 to 9)."
    )


def extension_lower_bound(n: int, *, start: int | None = None, counts: Counts | None = None) -> int:
    """Lower bound T(n) >= (2**(n-1) + 1) T(n-1), iterated from T(*start*), by default the last known below n (C6).

    The weights of a function of n - 1 variables, in general position, give 2**(n-1) distinct sums; as the new weight
    runs over the reals the second slice takes 2**(n-1) + 1 different values. 0 <= *start* <= n; T(*start*) is derived
    or from ``counts``, AssumptionError where it is neither.

    >>> extension_lower_bound(4)
    936
    """
    n = require_int("n", n, 0)
    require_bits(f"the lower bound at n={shown(n)}", n * n // 2)
    given = require_counts(counts)
    if start is None:
        start = max([min(max(n - 1, 0), EXACT_LIMIT), *(k for k, degree in given if degree == 1 and k < n)])
    start = require_int("start", start, 0, n)
    count = threshold_count(start, counts=given)
    for k in range(start, n):
        count += count << k
    return count


def threshold_count_bounds(n: int, degree: int = 1, *, counts: Counts | None = None) -> Bounds:
    """Bounds on T(n; degree) with their source; both equal to the count where it is exact.

    ``counts`` maps (n, degree) to values that the caller vouches for. Otherwise above: the region bound; below: C6
    for degree 1, and T(n; d) >= T(n-1; d) T(n-1; d-1) for higher degrees (p + x_n q with q large is any pair of
    slices sgn p1, -sgn q). ValueError for sizes whose region bound has tens of millions of bits.

    >>> threshold_count_bounds(3).lower
    104
    """
    n = require_int("n", n, 0)
    degree = require_degree(n, degree)
    given = require_counts(counts)
    if (n, degree) in given:
        return Bounds(given[n, degree], given[n, degree], "given by the caller")
    if is_derived(n, degree):
        count = derived_count(n, degree)
        return Bounds(count, count, "exact: characteristic polynomial or parity")
    upper = region_bound(n, degree)  # no more than all functions: the binomials of 2**n - 1 add up to half of them
    source = f"region bound above, {'extension' if degree == 1 else 'slice'} recursion below"
    if any(k < n and degree - (n - k) <= d <= degree for k, d in given):
        source += ", with smaller counts given by the caller"
    return Bounds(carried_up(n, degree, given), upper, source)
