"""Counts of separable labellings (Cover 1965) and the region bounds that follow from them."""

from math import comb

from flint import fmpz

from theory.capacity._validate import function_count, require_bits, require_int, shown


def dichotomy_count(m: int, d: int) -> int:
    """Number of labellings of *m* points in general position in R^*d* that one homogeneous gate can produce.

    The gate's threshold is zero; append a constant input to lift this.
    Cover (1965), Theorem 1, eq. (5); for d >= m it is 2**m. Sizes whose number has tens of millions of bits are refused
    with ValueError.

    >>> dichotomy_count(4, 3)
    14
    """
    m, d = require_int("m", m, 1), require_int("d", d, 1)
    require_bits(f"the count for m={shown(m)}, d={shown(d)}", _needed_bits(m, d))
    if d >= m:
        return 2**m
    if d > m - d:  # the terms left out are fewer, and all of them add up to 2**(m-1)
        return 2**m - 2 * _binomial_sum(m - 1, m - d)
    return 2 * _binomial_sum(m - 1, d)


def _needed_bits(m: int, d: int) -> int:
    """About how many bits there are in the longest number of :func:`dichotomy_count`."""
    return max(min(d, m - d), 0) * m.bit_length() + (m if d > m - d else 0)


def _binomial_sum(m: int, terms: int) -> int:
    """sum_{k < terms} C(m, k), 1 <= terms <= m: quotients of neighbouring terms, multiplied in halves."""
    if terms == 1:
        return 1
    _, divisor, total = _split(m, 1, terms)
    return 1 + int(total // divisor)


def _split(m: int, low: int, high: int) -> tuple[fmpz, fmpz, fmpz]:
    """P = prod (m-k+1) and Q = prod k over low <= k < high, and Q times the sum of the partial products of P/Q."""
    if high - low <= 8:
        p, q, t = 1, 1, 0
        for k in range(low, high):
            p *= m - k + 1
            t = t * k + p
            q *= k
        return fmpz(p), fmpz(q), fmpz(t)
    middle = (low + high) // 2
    (p1, q1, t1), (p2, q2, t2) = _split(m, low, middle), _split(m, middle, high)
    return p1 * p2, q1 * q2, t1 * q2 + p1 * t2


def parameter_count(n: int, degree: int = 1) -> int:
    """Monomials of degree at most *degree* in *n* variables, multilinear: sum_{i<=degree} C(n, i).

    >>> parameter_count(4, 2)
    11
    """
    n, degree = require_int("n", n, 0), require_int("degree", degree, 0)
    return sum(comb(n, i) for i in range(min(degree, n) + 1))


def require_degree(n: int, degree: int) -> int:
    """*degree* as an int in [0, n], or 1 where there is no input."""
    return require_int("degree", degree, 0, max(n, 1), why=f"{shown(n)} variables have degree at most {shown(n)}")


def region_bound(n: int, degree: int = 1) -> int:
    """Upper bound B(n, D) = 2 sum_{k<D} C(2**n - 1, k) on the threshold functions of *n* variables and *degree*.

    D is the number of monomials; *degree* is at most n (or 1). Schläfli; Cover (1965), Theorem 1; equality iff every D
    monomial vectors are linearly independent. ValueError where the number has tens of millions of bits.

    >>> region_bound(4)
    3882
    """
    n = require_int("n", n, 0)
    degree = require_degree(n, degree)
    if degree >= n:
        return function_count(n)  # as many monomials as points
    _require_writable(n, degree)
    return dichotomy_count(2**n, parameter_count(n, degree))


def last_region_term(n: int, degree: int = 1) -> int:
    """C(2**n - 1, D - 1), what the highest dimension adds to half the region bound; sizes as for that.

    >>> last_region_term(2)
    3
    """
    n = require_int("n", n, 0)
    degree = require_degree(n, degree)
    _require_writable(n, degree)
    return comb(2**n - 1, parameter_count(n, degree) - 1)


def _require_writable(n: int, degree: int) -> None:
    """Refuse by the names of these arguments, before the monomials are counted, what is too long to be written out."""
    what = f"the region bound at n={shown(n)}, degree={shown(degree)}"
    require_bits(what, n)
    if n > 26:
        require_bits(what, n * 2 ** min(degree, 26))  # products of the first variables alone
    require_bits(what, _needed_bits(2**n, parameter_count(n, degree)))
