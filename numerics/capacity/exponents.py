"""Exponents of exact integers to many digits: how far log2 of the region bound is from its leading terms."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import comb, log

from numerics.capacity._validate import require_int, require_positive


def measure_stirling_residual(n: int) -> float:
    """log2 B(n, n+1) minus n**2 - n log2 n + n log2 e - log2(2 pi n)/2 + 1, with B summed exactly."""
    n = require_int("n", n, 1)
    total = 2 * sum(comb(2**n - 1, k) for k in range(n + 1))
    with localcontext() as context:  # the leading terms cancel to a small rest: 80 digits, rounded once at the end
        context.prec = 80
        two, size = Decimal(2).ln(), Decimal(n)
        rest = size**2 - (size * size.ln() - size + (2 * pi_digits() * size).ln() / 2) / two + 1
        return float(Decimal(total).ln() / two - rest)


def pi_digits() -> Decimal:
    """pi to the precision of the current context, by Machin's formula 16 arctan(1/5) - 4 arctan(1/239)."""

    def arctan_inverse(k: int) -> Decimal:
        term = total = Decimal(1) / k
        index = 1
        while total + term != total:
            term = -term / (k * k)
            index += 2
            total += term / index
        return total

    return 16 * arctan_inverse(5) - 4 * arctan_inverse(239)


def region_quotient(n: int, polynomial: list[int]) -> Fraction:
    """Regions, from a characteristic polynomial, as a share of what 2**n points in general position would give."""
    generic = 2 * sum(comb(2**n - 1, k) for k in range(n + 1))
    return Fraction(sum(map(abs, polynomial)), generic)


def largest_vacuous_size(constant: float = 10.0) -> int:
    """Largest n with n**2 (1 - constant/ln n) <= 0, found by walking up; 0 < *constant* <= 15, or it takes minutes.

    Zuev 1991 has the constant 10. Raises TypeError or ValueError for anything but such a number.
    """
    constant = require_positive("constant", constant)
    if constant > 15:
        raise ValueError(f"constant must be at most 15, or the walk to exp(constant) never ends, got {constant!r}")
    n = 2
    while 1 - constant / log(n) <= 0:
        n += 1
    return n - 1
