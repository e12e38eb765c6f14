"""Lists of threshold functions from order ideals and linear programmes: no search over weights.

f of n inputs becomes the self-dual F(x0, x) = x0 f(x0 x) of N = n + 1 inputs. If F = sgn(W . X) with W sorted and
non-negative, then F respects the order "X above Y when every prefix sum of X is at least that of Y" and is odd. All
such F are enumerated as ideals of that order; for each, a certified linear programme says whether W exists. Signed
permutations of W then give the whole list.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, permutations, product

import numpy as np
from numpy.typing import NDArray

from numerics.capacity.separation import Separator

Tables = NDArray[np.int64]


def regular_selfdual_functions(variables: int) -> Iterator[int]:
    """Tables of the odd functions of *variables* inputs that respect the prefix-sum order, bit X set where F = +1."""
    points = list(product((1, -1), repeat=variables))
    sums = [tuple(accumulate(p)) for p in points]
    above = [
        sum(1 << j for j, s in enumerate(sums) if all(a >= b for a, b in zip(s, own, strict=True))) for own in sums
    ]
    last = len(points) - 1  # the negative of point i is point last - i
    below = [sum(1 << last - j for j in range(last + 1) if above[last - i] >> j & 1) for i in range(last + 1)]

    def extend(plus: int, minus: int) -> Iterator[int]:
        free = ~(plus | minus) & ((1 << last + 1) - 1)
        if not free:
            yield plus
            return
        i = (free & -free).bit_length() - 1
        for up, down in ((above[i], below[last - i]), (above[last - i], below[i])):
            if not (plus | up) & (minus | down):
                yield from extend(plus | up, minus | down)

    yield from extend(0, 0)


@lru_cache(maxsize=8)
def threshold_classes(n: int) -> tuple[tuple[int, ...], ...]:
    """Integer weights, sorted and non-negative, of one function per class of self-dual threshold functions of n + 1.

    >>> threshold_classes(1)
    ((1, 0),)
    """
    points = list(product((1, -1), repeat=n + 1))
    half = points[: len(points) // 2]
    separator = Separator(half)
    classes = []
    for table in regular_selfdual_functions(n + 1):
        decision = separator.decide([1 if table >> i & 1 else -1 for i in range(len(half))])
        if decision.answer:
            classes.append(tuple(sorted((abs(w) for w in decision.certificate), reverse=True)))
    return tuple(sorted(set(classes)))


@lru_cache(maxsize=8)
def listed_tables(n: int) -> Tables:
    """The tables of all threshold functions of *n* <= 5 variables, sorted; bit x is the value at point x.

    >>> len(listed_tables(2))
    14
    """
    points = np.array([[1] + [1 if x >> i & 1 else -1 for i in range(n)] for x in range(2**n)])
    powers = 1 << np.arange(2**n, dtype=np.int64)
    found = []
    for weights in threshold_classes(n):
        arranged = np.array(sorted(set(permutations(weights))))
        for signs in product((1, -1), repeat=n + 1):
            found.append((arranged * signs @ points.T > 0) @ powers)
    return np.unique(np.concatenate(found))
