"""Rows that both sides can compute with exactly."""

from fractions import Fraction
from typing import Any


def quarters(rng: Any, *shape: int, low: int = -8) -> Any:
    """Nested lists of multiples of 1/4, exact on both sides."""
    flat: list[Any] = [Fraction(int(x), 4) for x in rng.integers(low, 9, size=shape).ravel()]
    for size in reversed(shape[1:]):
        flat = [flat[i : i + size] for i in range(0, len(flat), size)]
    return flat


def active_rows(rng: Any, heads: int, n: int, d: int) -> dict[str, Any]:
    """Scores with an active key in every head, values, upstream gradients."""
    scores = quarters(rng, heads, n)
    for row in scores:
        row[0] = 2 + abs(row[0])
    values = quarters(rng, heads, n, d)
    for head in values:
        head[0] = [x + 16 for x in head[0]]  # keeps every row far from null
    return {"scores": scores, "values": values, "upstream": quarters(rng, heads, d)}
