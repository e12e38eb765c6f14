"""From the histogram over wall sets to numbers of functions: orbit sizes, weight blocks, binomial transforms."""

from collections.abc import Iterable, Sequence
from math import comb, factorial


def _runs(walls: int, dim: int) -> tuple[list[int], int]:
    """Lengths of the blocks of equal non-zero weights, and of the block of zero weights, on the face *walls*.

    Wall i < dim - 1 is w_i = w_(i+1) (counted from 0), the last wall is w_(dim-1) = 0.
    """
    blocks = [1]
    for wall in range(dim - 1):
        if walls >> wall & 1:
            blocks[-1] += 1
        else:
            blocks.append(1)
    return (blocks[:-1], blocks[-1]) if walls >> (dim - 1) & 1 else (blocks, 0)


def stabiliser_order(walls: int, dim: int) -> int:
    """Order of the group that the reflections in *walls* generate: a parabolic subgroup of the signed permutations.

    >>> stabiliser_order(0b111, 3), stabiliser_order(0b011, 3), stabiliser_order(0b100, 3)
    (48, 6, 2)
    """
    blocks, null = _runs(walls, dim)
    order = 2**null * factorial(null)
    for length in blocks:
        order *= factorial(length)
    return order


def orbit_size(walls: int, dim: int) -> int:
    """Number of functions equivalent, under signed permutations, to one whose cell has the facets *walls*."""
    return 2**dim * factorial(dim) // stabiliser_order(walls, dim)


def count_functions(histogram: Sequence[int], dim: int) -> int:
    """Number of threshold functions in the orbits that *histogram* counts by wall set; exact integers throughout."""
    return sum(int(cells) * orbit_size(walls, dim) for walls, cells in enumerate(histogram) if cells)


def count_null_classes(histogram: Sequence[int], dim: int) -> int:
    """Classes with a zero weight: as many as there are classes of all functions of one variable fewer."""
    return sum(int(cells) for walls, cells in enumerate(histogram) if walls >> (dim - 1) & 1)


def count_input_classes(histogram: Sequence[int], dim: int, *, complement: bool) -> int:
    """Classes of threshold functions of dim - 1 inputs under permuting and negating inputs (and the output).

    The self-dual function becomes a function of dim - 1 inputs by calling one variable the bias: any block of equal
    weights will do, and its sign matters unless the weight is zero or the output may be negated.
    A000617 (complement=False) and A001529 (complement=True), at n = dim - 1.

    For nine inputs the first is 993061484, where OEIS A000617 lists 989913346. The histogram, the same in both orders
    of splits, also gives A000609(9) and both A001532 for nine and eight inputs; every smaller A000617 comes out as
    listed; and the classes that are their own complement, 2 A001529 - A000617, must number A001532 of eight inputs,
    175428, since these are the functions whose bias can be made zero. The listed value is taken to be in error.
    """
    total = 0
    for walls, cells in enumerate(histogram):
        if cells:
            blocks, null = _runs(walls, dim)
            total += int(cells) * (len(blocks) * (1 if complement else 2) + (null > 0))
    return total


def binomial_transforms(counts: Iterable[int]) -> tuple[int, int]:
    """(sum_k C(n, k) a(k), sum_k (-1)^(n-k) C(n, k) a(k)) for the counts a(0), .., a(n) of threshold functions.

    Both must be divisible by 2**n: the second counts functions that depend on all n inputs, on which sign changes of
    inputs act freely; the first is the same statement for self-dual functions of n + 1 variables.
    """
    a = list(counts)
    n = len(a) - 1
    return (
        sum(comb(n, k) * a[k] for k in range(n + 1)),
        sum((-1) ** (n - k) * comb(n, k) * a[k] for k in range(n + 1)),
    )
