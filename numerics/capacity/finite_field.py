"""Characteristic polynomials of the threshold arrangement by counting over finite fields: no gate, no programme.

For a prime p that divides no minor of the +-1 matrix of points, chi_n(p) is the number of (b, w) in F_p**(n+1) with
w . x + b != 0 at every x in {-1, 1}**n (Athanasiadis 1996). A minor of order k is 2**(k-1) times an integer of at most
k**(k/2) / 2**(k-1), so every odd prime above that bound serves.
"""

from fractions import Fraction
from math import isqrt

import numpy as np
from numba import njit, uint64

from numerics.capacity._validate import require_int

LARGEST_PRIME = 127  # whose residues up to sign fill 64 bits


def characteristic_polynomial(n: int) -> list[int]:
    """Coefficients, leading first, of chi_n, 0 <= *n* <= 8: degree n + 1, and the sum of absolute values is T(n, 1).

    Interpolated through chi_n(1) = 0, the leading 1 and its values at n primes; n = 8 takes half a minute.

    >>> characteristic_polynomial(2)
    [1, -4, 6, -3]
    """
    n = require_int("n", n, 0, 8, why="n = 9 needs primes above 195, whose sums outgrow a 64-bit word")
    dimension = n + 1
    if dimension == 1:
        return [1, -1]
    bound = max(isqrt(k**k) // 2 ** (k - 1) for k in range(1, dimension + 1))
    primes = [p for p in range(max(3, bound + 1), LARGEST_PRIME) if all(p % q for q in range(2, isqrt(p) + 1))][:n]
    nodes = [1, *primes]
    values = [Fraction(0), *(Fraction(count_nonzero_weights(dimension, p)) for p in primes)]
    return _monic_through(nodes, values)


def count_nonzero_weights(dimension: int, p: int) -> int:
    """Vectors w in F_p**dimension none of whose signed sums +-w_1 +- ... +- w_d vanishes modulo the odd prime *p*."""
    if dimension == 1:
        return p - 1
    # w_1 = 0 leaves the question for the others; otherwise scale to w_1 = 1, p - 1 times
    normalised = _count(p, dimension - 1, uint64(1 << 1))
    return count_nonzero_weights(dimension - 1, p) + (p - 1) * int(normalised)


@njit(cache=True)
def _count(p, remaining, start):  # type: ignore[no-untyped-def]
    """Choices of *remaining* coordinates, given the set *start* of signed sums so far (bit s for residues s and -s).

    The coordinates but the last are taken as multisets of absolute values 0..(p-1)/2, weighted by arrangements and
    signs; the last may be any residue that is not a signed sum of the others. Where all residues are sums none is left.
    """
    depth, half = remaining - 1, (p - 1) // 2
    everything = ~uint64(0) >> uint64(63 - half)
    chosen = np.zeros(depth + 1, dtype=np.int64)
    sums = np.zeros(depth + 1, dtype=np.uint64)
    turned = np.zeros(depth + 1, dtype=np.uint64)
    sums[0] = start
    turned[0] = _turned(start, half)
    level, total = 0, 0
    if depth == 0:
        return p - _size(start)
    chosen[0] = -1
    factorial = 1
    for k in range(2, depth + 1):
        factorial *= k
    while level >= 0:
        chosen[level] += 1
        if chosen[level] > half:
            level -= 1
            continue
        here = sums[level]
        if chosen[level]:  # s + c and s - c, where s is a sum or its negative, which sits beyond 0 or beyond half
            up = uint64(chosen[level])
            down, back = uint64(half - chosen[level]), turned[level]
            here = (here << up | here >> up | back >> down | back << down << uint64(1)) & everything
        if here == everything:
            continue
        sums[level + 1] = here
        if level + 1 < depth:
            level += 1
            turned[level] = _turned(here, half)
            chosen[level] = chosen[level - 1] - 1
            continue
        weight, run = factorial, 1
        for k in range(depth):
            if chosen[k]:
                weight *= 2
            if k and chosen[k] == chosen[k - 1]:
                run += 1
                weight //= run
            else:
                run = 1
        total += weight * (p - _size(here))
    return total


@njit(cache=True)
def _turned(word, half):  # type: ignore[no-untyped-def]
    """Bit i of the result is bit half - i of *word*."""
    turned = uint64(0)
    for i in range(half + 1):
        turned |= (word >> uint64(i) & uint64(1)) << uint64(half - i)
    return turned


@njit(cache=True)
def _size(word):  # type: ignore[no-untyped-def]
    """Number of residues in a set that has s with -s; bits are added up in pairs, fours and bytes."""
    ones = word >> uint64(1)
    ones -= ones >> uint64(1) & uint64(0x5555555555555555)
    ones = (ones & uint64(0x3333333333333333)) + (ones >> uint64(2) & uint64(0x3333333333333333))
    ones = ones + (ones >> uint64(4)) & uint64(0x0F0F0F0F0F0F0F0F)
    return 2 * np.int64(ones * uint64(0x0101010101010101) >> uint64(56)) + np.int64(word & uint64(1))


def warm_up() -> None:
    """Compile what counting needs, before a clock starts."""
    characteristic_polynomial(2)


def _monic_through(nodes: list[int], values: list[Fraction]) -> list[int]:
    """The monic polynomial of degree len(nodes) with the given values, leading coefficient first."""
    degree = len(nodes)
    product = [Fraction(1)]
    for node in nodes:  # prod (q - node), monic, vanishes at all nodes
        product = [a - node * b for a, b in zip([*product, Fraction(0)], [Fraction(0), *product], strict=True)]
    rest = [Fraction(0)] * degree  # the interpolating polynomial of degree below that
    for i, node in enumerate(nodes):
        basis, scale = [Fraction(1)], values[i]
        for j, other in enumerate(nodes):
            if j != i:
                basis = [a - other * b for a, b in zip([*basis, Fraction(0)], [Fraction(0), *basis], strict=True)]
                scale /= node - other
        rest = [r + scale * b for r, b in zip(rest, basis, strict=True)]
    result = [product[0], *(a + b for a, b in zip(product[1:], rest, strict=True))]
    if any(c.denominator != 1 for c in result):
        raise ArithmeticError(f"interpolation gave non-integer coefficients {result}: a prime divides a minor")
    return [int(c) for c in result]
