"""Gates for a given function by mixed-integer programming: weights that can be checked, a "no" that cannot.

Each unit has a binary output per point; its weights must put the point on that side. The operation on top restricts the
outputs linearly. A solution is rounded to integers and the circuit evaluated exactly; "infeasible" is the solver's
word alone (``certified`` is False) and counts only beside an exhaustive enumeration.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from pathlib import Path

import pulp

from numerics.capacity._validate import require_choice, require_int, require_positive, require_table
from numerics.capacity.undecided import kept_if_undecided
from numerics.errors import NotCertified, SolverUndecided

OPERATIONS = ("xnor", "and", "or", "threshold")
OUTPUT_WEIGHTS = {  # (bias, one weight per unit) of the output gate on -1/+1 hidden values, up to negated units
    1: ((0, 1),),
    2: ((-1, 1, 1), (1, 1, 1)),
    3: ((-2, 1, 1, 1), (2, 1, 1, 1), (-1, 2, 1, 1), (1, 2, 1, 1), (0, 1, 1, 1)),
    4: (
        *((-1, 1, 1, 1, 1), (1, 1, 1, 1, 1), (0, 2, 1, 1, 1), (-1, 2, 2, 1, 1), (1, 2, 2, 1, 1), (-1, 3, 1, 1, 1)),
        *((1, 3, 1, 1, 1), (-2, 2, 1, 1, 1), (2, 2, 1, 1, 1), (-3, 1, 1, 1, 1), (3, 1, 1, 1, 1), (-1, 3, 2, 2, 1)),
        *((1, 3, 2, 2, 1), (-2, 3, 2, 1, 1), (2, 3, 2, 1, 1), (-3, 2, 2, 1, 1), (3, 2, 2, 1, 1)),
    ),
}


@dataclass(frozen=True)
class CircuitAnswer:
    """``answer``; ``weights``: an integer vector, bias first, per unit; ``certified``: a yes, checked exactly.

    ``output``: weights, bias first, of the gate on top on -1/+1 values; empty where the operation is fixed. With them
    :func:`computes` evaluates the circuit again.
    """

    answer: bool
    weights: tuple[tuple[int, ...], ...]
    output: tuple[int, ...]
    certified: bool
    operation: str


def find_circuit(
    table: Sequence[int],
    operation: str = "xnor",
    units: int = 2,
    *,
    time_limit: float = 60.0,
    undecided_to: Path | str | None = None,
) -> CircuitAnswer:
    """Integer weights of *units* threshold gates whose *operation* ("xnor", "and", "or", "threshold") is *table*.

    "xnor" takes two units; "threshold" tries every output gate of up to four hidden units. Raises
    ``SolverUndecided`` when the programme runs into *time_limit* > 0 seconds; the instance is then written to
    *undecided_to* as JSON, if that is given.

    >>> find_circuit([0, 1, 1, 0], "and").answer
    True
    """
    bits, n = require_table(table)
    operation = require_choice("operation", operation, OPERATIONS)
    units = _units(units, operation)
    time_limit = require_positive("time_limit", time_limit)
    outputs: tuple[tuple[int, ...], ...] = OUTPUT_WEIGHTS[units] if operation == "threshold" else ((),)
    for output in outputs:
        with kept_if_undecided(undecided_to):
            weights = _solve(bits, n, operation, units, output, time_limit)
        if weights is not None:
            if not computes(bits, weights, operation, output):
                raise NotCertified(f"the solver's weights {weights} do not compute table={bits} by {operation!r}")
            return CircuitAnswer(True, weights, output, True, operation)
    return CircuitAnswer(False, (), (), False, operation)


def _units(units: int, operation: str) -> int:
    units = require_int("units", units, 1, max(OUTPUT_WEIGHTS) if operation == "threshold" else None)
    if operation == "xnor" and units != 2:
        raise ValueError(f"operation='xnor' is posed for two units, got units={units}")
    return units


def computes(
    table: Sequence[int], weights: Sequence[Sequence[int]], operation: str, output: Sequence[int] = ()
) -> bool:
    """Evaluate the circuit of integer *weights* at every point, exactly; False too where an activation is zero.

    *weights*: n + 1 integers per unit, bias first; *output*: one more integer than units for "threshold", the gate on
    top, and none otherwise. Raises ValueError for anything else.
    """
    bits, n = require_table(table)
    operation = require_choice("operation", operation, OPERATIONS)
    units = _units(len(weights), operation)
    for unit in weights:
        if len(unit) != n + 1:
            raise ValueError(f"each unit of {n} inputs has {n + 1} weights, bias first, got {tuple(unit)}")
    expected = units + 1 if operation == "threshold" else 0
    if len(output) != expected:
        raise ValueError(
            f"output must hold {expected} weights for operation={operation!r} of {units} unit(s), got {tuple(output)}"
        )
    for x, wanted in enumerate(bits):
        signs = [1 if x >> i & 1 else -1 for i in range(n)]
        sums = [w[0] + sum(a * s for a, s in zip(w[1:], signs, strict=True)) for w in weights]
        if 0 in sums:
            return False
        values = [s > 0 for s in sums]
        if operation == "xnor":
            result = values[0] == values[1]
        elif operation == "threshold":
            total = output[0] + sum(v * (1 if u else -1) for v, u in zip(output[1:], values, strict=True))
            if total == 0:
                return False
            result = total > 0
        else:
            result = all(values) if operation == "and" else any(values)
        if result != bool(wanted):
            return False
    return True


def _solve(
    bits: Sequence[int], n: int, operation: str, units: int, output: Sequence[int], time_limit: float
) -> tuple[tuple[int, ...], ...] | None:
    bound = max(1, isqrt((n + 1) ** (n + 1)) // 2**n)  # integer weights of n + 1 terms need be no larger (Muroga 1971)
    largest = bound * (n + 1) + 1
    problem = pulp.LpProblem("circuit", pulp.LpMinimize)
    weights = [
        [problem.add_variable(f"w{k}_{j}", -bound, bound, cat="Integer") for j in range(n + 1)] for k in range(units)
    ]
    values = [[problem.add_variable(f"y{k}_{x}", cat="Binary") for x in range(len(bits))] for k in range(units)]
    problem += pulp.lpSum([])
    for x, wanted in enumerate(bits):
        signs = [1, *(1 if x >> i & 1 else -1 for i in range(n))]
        for k in range(units):
            total = pulp.lpSum(s * w for s, w in zip(signs, weights[k], strict=True))
            problem += total >= 1 - largest * (1 - values[k][x])
            problem += total <= -1 + largest * values[k][x]
        column = [values[k][x] for k in range(units)]
        for constraint in _joined(column, operation, output, bool(wanted)):
            problem += constraint
    status = pulp.LpStatus[problem.solve(pulp.HiGHS(msg=False, timeLimit=time_limit))]
    if status == "Infeasible":
        return None
    if status != "Optimal":
        raise SolverUndecided(
            f"the programme ended as {status!r} for table={list(bits)}, operation={operation!r}",
            {"table": list(bits), "operation": operation, "units": units, "output": list(output)},
        )
    return tuple(tuple(round(v.value()) for v in unit) for unit in weights)


def _joined(column: list[pulp.LpVariable], operation: str, output: Sequence[int], wanted: bool) -> list[object]:
    if operation == "xnor":
        return [column[0] == column[1]] if wanted else [column[0] + column[1] == 1]
    if operation == "threshold":
        total = output[0] + pulp.lpSum(v * (2 * y - 1) for v, y in zip(output[1:], column, strict=True))
        return [total >= 1] if wanted else [total <= -1]
    if operation == "and":
        return [y == 1 for y in column] if wanted else [pulp.lpSum(column) <= len(column) - 1]
    return [pulp.lpSum(column) >= 1] if wanted else [y == 0 for y in column]


def minimum_units_by_programming(table: Sequence[int]) -> int:
    """Fewest hidden units of a depth-two network for *table*, at most 4: one programme per output gate.

    That fewer do not is the solver's word, of weight only beside an enumeration. Raises ``SolverUndecided`` where four
    do not do either, for then nothing of the answer is checked.
    """
    for units in OUTPUT_WEIGHTS:
        if find_circuit(table, "threshold", units).answer:
            return units
    raise SolverUndecided(
        f"no network of up to {max(OUTPUT_WEIGHTS)} hidden units was found for table={list(table)}",
        {"table": list(table), "operation": "threshold", "units": max(OUTPUT_WEIGHTS)},
    )
