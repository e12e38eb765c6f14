"""How many threshold functions there are: exact counts, the region bound above, recursions below."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb

from theory.capacity._validate import function_count, require_int
from theory.capacity.arrangements import threshold_characteristic_coefficients
from theory.errors import AssumptionError

Counts = Mapping[tuple[int, int], int]
EXACT_LIMIT = 6  # deletion-restriction is affordable up to here


@dataclass(frozen=True)
class Bounds:
    """``lower <= count <= upper``, with the statements that give them in ``source``."""

    lower: int
    upper: int
    source: str


def parameter_count(n: int, degree: int = 1) -> int:
    """Monomials of degree at most *degree* in *n* variables, multilinear: sum_{i<=degree} C(n, i).

    >>> parameter_count(4, 2)
    11
    """
    n, degree = require_int("n", n, 0), require_int("degree", degree, 0)
    return sum(comb(n, i) for i in range(min(degree, n) + 1))


def region_bound(n: int, degree: int = 1) -> int:
    """Upper bound B(n, D) = 2 sum_{k<D} C(2**n - 1, k) on the threshold functions of *n* variables and *degree*.

    D is the number of monomials; *degree* is at most n (or 1). Schläfli; Cover (1965), Theorem 1; equality iff every D
    monomial vectors are linearly independent.

    >>> region_bound(4)
    3882
    """
    n = require_int("n", n, 0)
    degree = require_degree(n, degree)
    if degree >= n:
        return function_count(n)  # as many monomials as points
    term = total = 1
    for k in range(1, parameter_count(n, degree)):
        term = term * (2**n - k) // k
        total += term
    return 2 * total


def require_degree(n: int, degree: int) -> int:
    """*degree* as an int in [0, n], or 1 where there is no input."""
    return require_int("degree", degree, 0, max(n, 1), why=f"{n} variables have degree at most {n}")


def last_region_term(n: int, degree: int = 1) -> int:
    """C(2**n - 1, D - 1), what the highest dimension adds to half the region bound.

    >>> last_region_term(2)
    3
    """
    return comb(2 ** require_int("n", n, 0) - 1, parameter_count(n, degree) - 1)


def threshold_count(n: int, degree: int = 1, *, counts: Counts | None = None) -> int:
    """T(n; degree), exactly: from the characteristic polynomial (degree 1, n <= 6), or degree >= n - 1.

    ``counts`` maps (n, degree) to counts the caller vouches for; :func:`cited_counts` has those of n = 7 to 9. Raises
    ``AssumptionError`` where no exact value is derived here. Baldi & Vershynin (2022), C9 and C11.

    >>> threshold_count(3)
    104
    """
    n = require_int("n", n, 0)
    degree = require_degree(n, degree)
    if counts is not None and (n, degree) in counts:
        return require_int(f"counts[{n}, {degree}]", counts[n, degree], 0)
    if degree >= n:
        return function_count(n)
    if degree == n - 1:
        return function_count(n) - 2  # all but parity and its negation
    if degree == 0:
        return 2
    if (degree == 1 and n <= EXACT_LIMIT) or (n, degree) == (4, 2):
        return sum(abs(c) for c in threshold_characteristic_coefficients(n, degree))
    raise AssumptionError(
        f"T({n}; {degree}) is not derived: this is done for degree 1 with n <= {EXACT_LIMIT}, (4, 2), and degree >= "
        "n - 1. Use threshold_count_bounds, or pass counts= (cited_counts() has n = 7 to 9)."
    )


def extension_lower_bound(n: int, *, start: int | None = None) -> int:
    """Lower bound T(n) >= (2**(n-1) + 1) T(n-1), iterated from the exact T(*start*), by default n - 1 or 6 (C6).

    The weights of a function of n - 1 variables, in general position, give 2**(n-1) distinct sums; as the new weight
    runs over the reals the second slice takes 2**(n-1) + 1 different values.

    >>> extension_lower_bound(4)
    936
    """
    n = require_int("n", n, 0)
    first = min(max(n - 1, 0), EXACT_LIMIT) if start is None else start
    start = require_int("start", first, 0, min(n, EXACT_LIMIT))
    count = threshold_count(start)
    for k in range(start + 1, n + 1):
        count *= 2 ** (k - 1) + 1
    return count


def threshold_count_bounds(n: int, degree: int = 1, *, counts: Counts | None = None) -> Bounds:
    """Bounds on T(n; degree) with their source; both equal to the count where it is exact.

    ``counts`` maps (n, degree) to values that the caller vouches for. Otherwise above: the region bound; below: C6
    for degree 1, and T(n; d) >= T(n-1; d) T(n-1; d-1) for higher degrees (p + x_n q with q large is any pair of
    slices sgn p1, -sgn q).

    >>> threshold_count_bounds(3).lower
    104
    """
    n = require_int("n", n, 0)
    degree = require_degree(n, degree)
    try:
        value = threshold_count(n, degree, counts=counts)
    except AssumptionError:
        upper = region_bound(n, degree)  # no more than all functions: the binomials of 2**n - 1 add up to half of them
        if degree == 1:
            below = threshold_count_bounds(n - 1, 1, counts=counts).lower
            return Bounds((2 ** (n - 1) + 1) * below, upper, "region bound above, extension recursion below")
        same = threshold_count_bounds(n - 1, degree, counts=counts).lower
        less = threshold_count_bounds(n - 1, degree - 1, counts=counts).lower
        return Bounds(same * less, upper, "region bound above, slice recursion below")
    given = counts is not None and (n, degree) in counts
    return Bounds(value, value, "given by the caller" if given else "exact: characteristic polynomial or parity")
