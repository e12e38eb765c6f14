"""One linear programme per labelling, and from its float answer an integer certificate.

The programme is: maximise t subject to labels[i] (rows[i] . w) >= t and |w_j| <= 1. It is always feasible and bounded,
so the solver has no infeasibility to misjudge: t > 0 says separable, t = 0 says inseparable and its dual solution is
a Gordan certificate. Neither is believed before exact arithmetic has confirmed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import highspy
import numpy as np

from numerics.capacity.certificates import refutes, separates
from numerics.errors import SolverUndecided

ROUNDING_SCALES = (*range(1, 65), *(2**k for k in range(7, 46)))


@dataclass(frozen=True)
class Separation:
    """Whether labelled rows are separable; ``certificate`` is weights if so, else Gordan multipliers, all integers."""

    answer: bool
    certificate: tuple[int, ...]


class Separator:
    """Decides labellings of fixed integer *rows*, reusing one solver model between calls."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self.rows = tuple(tuple(int(v) for v in row) for row in rows)
        self.dimension = len(self.rows[0])
        scaled = [np.array(row, dtype=float) / max(1, *(abs(v) for v in row)) for row in self.rows]
        self._model = highspy.Highs()
        self._model.silent()
        infinity = highspy.kHighsInf
        for _ in range(self.dimension):
            self._model.addVar(-1.0, 1.0)
        self._model.addVar(0.0, float(self.dimension))
        self._model.changeColCost(self.dimension, -1.0)
        self._labels = [1] * len(self.rows)
        columns = np.arange(self.dimension + 1, dtype=np.int32)
        for row in scaled:
            self._model.addRow(0.0, infinity, self.dimension + 1, columns, np.append(row, -1.0))

    def decide(self, labels: Sequence[int]) -> Separation:
        """Separable or not, with a certificate that exact arithmetic has confirmed; else ``SolverUndecided``."""
        infinity = highspy.kHighsInf
        for i, label in enumerate(labels):
            if label != self._labels[i]:
                self._model.changeCoeff(i, self.dimension, -float(label))
                self._model.changeRowBounds(i, 0.0 if label > 0 else -infinity, infinity if label > 0 else 0.0)
        self._labels = list(labels)
        self._model.run()
        solution = self._model.getSolution()
        values = np.array(solution.col_value)
        if len(values) == self.dimension + 1:
            weights = integer_weights(self.rows, labels, values[:-1])
            if weights is not None:
                return Separation(True, weights)
            multipliers = integer_multipliers(self.rows, labels, np.abs(solution.row_dual))
            if multipliers is not None:
                return Separation(False, multipliers)
        raise SolverUndecided(
            f"no exact certificate could be built from the solver's answer for labels={list(labels)}; "
            "the instance is in .instance, and .save(path) writes it",
            {"rows": [list(row) for row in self.rows], "labels": list(map(int, labels))},
        )


def integer_weights(
    rows: Sequence[Sequence[int]], labels: Sequence[int], weights: np.ndarray
) -> tuple[int, ...] | None:
    """Small integers near a multiple of *weights* that separate exactly, or None."""
    largest = float(np.max(np.abs(weights), initial=0.0))
    if largest < 1e-12:  # below the solver's own resolution: a zero vector, nothing to round
        return None
    table = np.array(rows, dtype=object) * np.array(labels, dtype=object)[:, None]
    floats = table.astype(float)
    for scale in ROUNDING_SCALES:
        candidate = np.rint(weights * (scale / largest))
        if np.min(floats @ candidate) > 0 or scale > 2**20:
            integers = tuple(int(v) for v in candidate)
            if separates(rows, labels, integers):
                return integers
    return None


def integer_multipliers(
    rows: Sequence[Sequence[int]], labels: Sequence[int], duals: np.ndarray
) -> tuple[int, ...] | None:
    """The integer vector on the support of *duals* that combines the labelled rows to zero, or None.

    A basic dual solution has a support on which this vector is unique up to scale, so it is solved for exactly
    instead of being rounded.
    """
    support = [i for i, value in enumerate(duals) if value > 1e-9 * max(1e-12, float(np.max(duals)))]
    solution = null_vector([[labels[i] * v for v in rows[i]] for i in support])
    if solution is None:
        return None
    multipliers = [0] * len(rows)
    for i, value in zip(support, solution, strict=True):
        multipliers[i] = value
    return tuple(multipliers) if refutes(rows, labels, multipliers) else None


def null_vector(rows: Sequence[Sequence[int]]) -> list[int] | None:
    """The primitive integer y with sum y_i rows[i] = 0 and positive sum, if the solutions form a line; else None."""
    count, width = len(rows), len(rows[0]) if rows else 0
    work = [[Fraction(rows[i][j]) for i in range(count)] for j in range(width)]
    pivots: list[int] = []
    for column in range(count):
        found = next((r for r in range(len(pivots), width) if work[r][column]), None)
        if found is None:
            continue
        top = len(pivots)
        work[top], work[found] = work[found], work[top]
        work[top] = [v / work[top][column] for v in work[top]]
        for r in range(width):
            if r != top and work[r][column]:
                factor = work[r][column]
                work[r] = [a - factor * b for a, b in zip(work[r], work[top], strict=True)]
        pivots.append(column)
    free = [c for c in range(count) if c not in pivots]
    if len(free) != 1:
        return None
    solution = [Fraction(0)] * count
    solution[free[0]] = Fraction(1)
    for r, column in enumerate(pivots):
        solution[column] = -work[r][free[0]]
    scale = 1
    for value in solution:
        scale = scale * value.denominator // gcd(scale, value.denominator)
    integers = [int(v * scale) for v in solution]
    divisor = gcd(*integers)
    sign = 1 if sum(integers) > 0 else -1
    return [sign * v // divisor for v in integers]
