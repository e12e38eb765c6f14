"""The readable linear programme, one per question, through PuLP. Slow; the bulk route is ``separation``."""

from collections.abc import Sequence
from fractions import Fraction

import pulp

from numerics.capacity.certificates import refutes, separates
from numerics.errors import SolverUndecided


def decide_by_pulp(rows: Sequence[Sequence[int]], labels: Sequence[int]) -> bool:
    """Whether integer *rows* are separable by their *labels*: both alternatives of Gordan are posed as programmes.

    Separable: weights with every margin >= 1. Inseparable: multipliers >= 0 that sum to 1 and cancel the labelled
    rows. Exactly one is feasible; its solution is turned into integers and checked exactly.
    """
    weights = _solve_weights(rows, labels)
    if weights is not None:
        return True
    multipliers = _solve_multipliers(rows, labels)
    if multipliers is not None:
        return False
    raise SolverUndecided(
        f"neither alternative could be certified for labels={list(labels)}",
        {"rows": [list(row) for row in rows], "labels": list(labels)},
    )


def _solve_weights(rows: Sequence[Sequence[int]], labels: Sequence[int]) -> list[int] | None:
    problem = pulp.LpProblem("weights", pulp.LpMinimize)
    w = [problem.add_variable(f"w{j}") for j in range(len(rows[0]))]
    problem += pulp.lpSum([])
    for row, label in zip(rows, labels, strict=True):
        problem += label * pulp.lpSum(a * v for a, v in zip(row, w, strict=True)) >= 1
    if not _solve(problem):
        return None
    integers = _integers([v.value() for v in w])
    return integers if separates(rows, labels, integers) else None


def _solve_multipliers(rows: Sequence[Sequence[int]], labels: Sequence[int]) -> list[int] | None:
    problem = pulp.LpProblem("multipliers", pulp.LpMinimize)
    y = [problem.add_variable(f"y{i}", lowBound=0) for i in range(len(rows))]
    problem += pulp.lpSum([])
    problem += pulp.lpSum(y) == 1
    for j in range(len(rows[0])):
        problem += pulp.lpSum(labels[i] * rows[i][j] * y[i] for i in range(len(rows))) == 0
    if not _solve(problem):
        return None
    integers = _integers([v.value() for v in y])
    return integers if refutes(rows, labels, integers) else None


def _solve(problem: pulp.LpProblem) -> bool:
    return bool(pulp.LpStatus[problem.solve(pulp.HiGHS(msg=False))] == "Optimal")


def _integers(values: Sequence[float]) -> list[int]:
    """Integers proportional to basic solutions of these small programmes, whose denominators stay below 1000."""
    fractions = [Fraction(v).limit_denominator(1000) for v in values]
    scale = 1
    for value in fractions:
        scale *= value.denominator // _common(scale, value.denominator)
    return [int(v * scale) for v in fractions]


def _common(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a
