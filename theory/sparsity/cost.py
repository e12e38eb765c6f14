"""What a row of weights costs, in comparisons of scores."""

from typing import Any

from theory.sparsity._validate import whole_number


def comparison_count(weight_map: str, n_keys: Any) -> int:
    """Upper bound on the comparisons that one row of *n_keys* scores needs.

    ``"relu"`` n (each score with 0), ``"sort"`` n ceil(log2 n) for the exact sparsemax and entmax (sorting dominates),
    ``"bisect"`` 50 n for fifty halvings of the threshold's interval. Blondel, Martins, Niculae (2020), appendix.

    >>> comparison_count("sort", 8)
    24
    """
    n = whole_number("n_keys", n_keys)
    counts = {"relu": n, "sort": n * (n - 1).bit_length(), "bisect": 50 * n}
    if weight_map not in counts:
        raise ValueError(f"weight_map must be one of {', '.join(map(repr, counts))}; got {weight_map!r}")
    return counts[weight_map]
