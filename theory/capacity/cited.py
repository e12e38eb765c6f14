"""Counts that others computed, as data: never the prediction of a claim that counts, but of use to bounds.

OEIS A000609: n = 7, 8 by Muroga, Tsuboi & Baugh (1967, 1970), n = 9 by Gruzling (2006) and Wang (2010).
"""

from theory.capacity._validate import require_int

THRESHOLD_COUNTS = {7: 8378070864, 8: 17561539552946, 9: 144130531453121108}


def cited_threshold_count(n: int) -> int:
    """T(n) for 7 <= *n* <= 9, cited from OEIS A000609; smaller ones are derived by ``threshold_count``.

    >>> cited_threshold_count(7)
    8378070864
    """
    return THRESHOLD_COUNTS[require_int("n", n, 7, 9, why="OEIS A000609 ends there; threshold_count derives n <= 6")]


def cited_counts() -> dict[tuple[int, int], int]:
    """The cited counts by (n, degree), as every function with ``counts=`` takes them.

    >>> sorted(cited_counts())
    [(7, 1), (8, 1), (9, 1)]
    """
    return {(n, 1): count for n, count in THRESHOLD_COUNTS.items()}
