"""Exact number of threshold functions: cells of a reflection chamber, counted with their walls."""

from dataclasses import dataclass
from typing import cast

from numerics.capacity.engine_cone import Order, Symmetry, check_choice, check_int, search
from numerics.capacity.engine_orbits import count_functions, count_input_classes, count_null_classes

# On one core n = 9 takes seconds and n = 10 half a day; jobs.count_threshold_job runs the latter.
LARGEST_DIRECT = 9


@dataclass(frozen=True)
class ThresholdCount:
    """Number of threshold functions of *n* inputs, with the orbits that it is the sum of.

    classes: orbits of the self-dual functions of n + 1 variables under *group*; histogram: classes by the set J of
    chamber walls that are facets of the cell, as bits (an empty tuple where no such set is known); certified: every
    decision was made, or verified, in integer arithmetic.
    """

    n: int
    degree: int
    count: int
    classes: int
    group: str
    certified: bool
    histogram: tuple[int, ...] = ()

    @property
    def null_classes(self) -> int:
        """Classes with a zero weight (signed permutations only): the classes of n - 1 inputs."""
        self._needs_chamber()
        return count_null_classes(self.histogram, self.n + 1)

    def input_classes(self, *, complement: bool = False) -> int:
        """Classes under permuting and negating the n inputs (and, with *complement*, the output)."""
        self._needs_chamber()
        return count_input_classes(self.histogram, self.n + 1, complement=complement)

    def _needs_chamber(self) -> None:
        if self.degree != 1 or self.group != GROUPS["signed permutations"]:
            raise ValueError(f"this needs the histogram of degree 1 under signed permutations, not {self.group}")


GROUPS: dict[str, str] = {
    "signed permutations": "signed permutations of n + 1 variables",
    "signs": "sign changes of n + 1 variables",
}


def summarise(n: int, symmetry: Symmetry, histogram: tuple[int, ...]) -> ThresholdCount:
    """The result that a complete histogram stands for."""
    dim = int(n) + 1
    if symmetry == "signs":
        count = sum(cells * 2 ** (dim - walls.bit_count()) for walls, cells in enumerate(histogram))
    else:
        count = count_functions(histogram, dim)
    return ThresholdCount(n, 1, count, sum(histogram), GROUPS[symmetry], True, histogram)


def histogram_by_hand(n: int) -> tuple[int, ...] | None:
    """Histograms where a chamber wall is itself one of the hyperplanes, so that it stabilises nothing.

    One variable: w > 0. Two: w1 > w2 >= 0, whose only stabilising wall is w2 = 0.
    """
    return {0: (1, 0), 1: (0, 0, 1, 0)}.get(n)


def count_by_chambers(
    n: int, *, symmetry: Symmetry = "signed permutations", order: Order = "balanced"
) -> ThresholdCount:
    """Exact number of threshold functions of 0 <= n <= 9 inputs, with the histogram that it is read off.

    A threshold function of n inputs is a region of the hyperplanes X.w = 0, X in {-1, 1}^(n+1); the regions are
    counted by cutting the chamber w1 >= .. >= w_(n+1) >= 0 (symmetry="signs": the orthant, far slower, n <= 7).
    *order* is the choice of the next hyperplane and cannot change the result. Rays are integers throughout.
    OEIS A000609 (count), A001532 (classes). Baldi & Vershynin 2022, C1.

    >>> count_by_chambers(4).count
    1882
    """
    check_choice("symmetry", symmetry, tuple(GROUPS))
    limit = LARGEST_DIRECT if symmetry == "signed permutations" else 7
    n = check_int("n", n, 0, limit, "n = 10 is a resumable job: count_threshold_job")
    histogram = histogram_by_hand(n) if symmetry == "signed permutations" else ((1, 0) if n == 0 else None)
    if histogram is None:
        cells = search(n + 1, symmetry, order, 0, 0)
        histogram = cast(tuple[int, ...], tuple(cells.tolist()))
    return summarise(n, symmetry, histogram)


def warm_up() -> None:
    """Compile the search, or load it from the cache; seconds the first time, on any machine and once only."""
    search(4, "signed permutations", "balanced", 0, 0)
