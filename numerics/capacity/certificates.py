"""Exact checks of separability certificates. Nothing here knows how a certificate was found.

Rows are points (integer vectors), labels are +1 or -1, and the gate is homogeneous: append a constant to a point for a
bias. Either there is w with labels[i] * (rows[i] . w) > 0 for all i, or (Gordan) there are multipliers y >= 0, not all
zero, with sum_i y_i labels[i] rows[i] = 0; never both, since pairing the second equation with w gives 0 > 0.
"""

from collections.abc import Sequence

Vector = Sequence[int]


def _require_integers(name: str, values: Sequence[int]) -> None:
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} must hold Python ints only, got {value!r}")


def _require_instance(rows: Sequence[Vector], labels: Vector) -> None:
    if len(rows) != len(labels):
        raise ValueError(f"rows and labels must have one length, got {len(rows)} and {len(labels)}")
    _require_integers("labels", labels)
    for row in rows:
        _require_integers("rows", row)
        if len(row) != len(rows[0]):
            raise ValueError(f"rows must have one length, got {len(rows[0])} and {len(row)}")
    if not set(labels) <= {-1, 1}:
        raise ValueError(f"labels must be -1 or 1, got {sorted(set(labels))}")


def separates(rows: Sequence[Vector], labels: Vector, weights: Vector) -> bool:
    """Whether integer *weights* put every row strictly on the side of its label.

    >>> separates([(1, -1), (1, 1)], [-1, 1], (0, 1))
    True
    """
    _require_instance(rows, labels)
    _require_integers("weights", weights)
    if rows and len(weights) != len(rows[0]):
        return False
    return all(
        label * sum(a * b for a, b in zip(row, weights, strict=True)) > 0
        for row, label in zip(rows, labels, strict=True)
    )


def refutes(rows: Sequence[Vector], labels: Vector, multipliers: Vector) -> bool:
    """Whether integer *multipliers* are a Gordan certificate that no weights separate the rows by their labels.

    >>> refutes([(1, -1), (1, 1), (1, 0)], [1, 1, -1], (1, 1, 2))
    True
    """
    _require_instance(rows, labels)
    _require_integers("multipliers", multipliers)
    if len(multipliers) != len(rows) or min(multipliers, default=0) < 0 or not any(multipliers):
        return False
    terms = [y * label for y, label in zip(multipliers, labels, strict=True)]
    return all(sum(t * row[j] for t, row in zip(terms, rows, strict=True)) == 0 for j in range(len(rows[0])))
