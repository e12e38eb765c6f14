"""What an output gate makes of the points that a hidden layer shows it, counted by regions and up to symmetry."""

from collections import Counter
from itertools import combinations_with_replacement
from math import factorial, prod

from numerics.capacity._validate import require_int
from numerics.capacity.ideals import listed_tables
from numerics.capacity.regions import count_regions


def count_labelled_maps(n: int, units: int) -> int:
    """Pairs of a hidden map of *units* <= 3 gates of 1 <= *n* <= 3 inputs and a labelling, by a gate, of its points.

    The hidden units are listed up to order and sign, which only reflect the points; a point, with a 1 for the bias, is
    a hyperplane, and the labellings are the regions that these cut.

    >>> count_labelled_maps(1, 1)
    12
    """
    n, units = require_int("n", n, 1, 3, why="there are 10**9 maps at n = 4"), require_int("units", units, 1, 3)
    signless = [int(table) for table in listed_tables(n) if not table & 1]
    images: Counter[frozenset[int]] = Counter()
    for chosen in combinations_with_replacement(signless, units):
        shown = frozenset(sum((table >> x & 1) << i for i, table in enumerate(chosen)) for x in range(2**n))
        images[shown] += factorial(units) // prod(factorial(v) for v in Counter(chosen).values())
    return 2**units * sum(
        maps * count_regions([(1, *(1 if point >> i & 1 else -1 for i in range(units))) for point in sorted(shown)])
        for shown, maps in images.items()
    )
