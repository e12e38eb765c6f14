"""Estimates for quadratic gates: label the points one by one, ask by linear programme which labels remain."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from numerics.capacity.engine_cone import Ints, check_int
from numerics.capacity.engine_even import even_monomials
from numerics.capacity.separation import Separator


def sample_quadratic_counts(
    n: int, samples: int, rng: np.random.Generator | int, progress: Callable[[int, int], None] | None = None
) -> NDArray[np.float64]:
    """Independent unbiased samples of the number of threshold functions of degree 2 of 4 <= n <= 7 inputs.

    Each labels the points one by one, a point that may have either label by the toss of a coin; the sample is 2 to the
    number of tosses (Knuth 1975). The next point is the one nearest to the plane of the weights at hand, whose label is
    the least certain; ties are at random. Whether a label is possible is proved by integers either way. *progress* is
    called with the number of samples drawn and of all. Raises SolverUndecided where a linear programme yields no such
    proof.
    """
    n = check_int("n", n, 4, 7, "degree 2 is sampled by linear programmes; at n = 3 all but two functions have it")
    samples = check_int("samples", samples, 1, 10**7)
    generator = np.random.default_rng(rng)
    rows = even_monomials(n + 1)
    found = np.empty(samples)
    for i in range(samples):
        found[i] = 2.0 ** _tosses(rows[generator.permutation(len(rows))], generator)
        if progress is not None:
            progress(i + 1, samples)
    return found


def _tosses(rows: Ints, generator: np.random.Generator) -> int:
    """Number of points that could have had either label, given those of the points before them."""
    order: list[int] = []
    labels: list[int] = []
    weights = np.zeros(rows.shape[1], np.int64)
    left, tosses = list(range(len(rows))), 0
    while left:
        order.append(left.pop(int(np.argmin(np.abs(rows[left] @ weights)))))
        coin = int(2 * generator.integers(2) - 1)
        value = int(rows[order[-1]] @ weights)
        # the weights at hand show that one label is possible, or both, if they leave the point undecided
        asked = coin if value == 0 else (1 if value < 0 else -1)
        other = Separator(rows[order].tolist()).decide([*labels, asked])
        if other.answer:
            tosses += 1
            labels.append(coin)
            weights = np.array(other.certificate) if coin == asked else weights
        else:
            labels.append(-asked)
    return tosses
