"""A gated unit for a given function by mixed-integer programming: integer weights that are checked, or no answer.

At each point the gate is open or closed, and the unit's sum must have the function's sign for that choice; so one
binary variable a point and linear constraints say all there is to say, under every convention of ``count_gated``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from pathlib import Path

import pulp

from numerics.capacity._validate import (
    Convention,
    require_convention,
    require_positive,
    require_table,
    require_two_values,
)
from numerics.capacity.undecided import kept_if_undecided
from numerics.errors import NotCertified, SolverUndecided

Weights = tuple[int, ...]


@dataclass(frozen=True)
class GatedUnit:
    """``answer``; integer weights, bias first, of the ``unit`` (multiplexing: the gate's own last) and of the ``gate``.

    ``certified``: a yes, evaluated exactly at every point; a no is the solver's word, of weight only beside an
    enumeration. ``convention`` says in words what was asked.
    """

    answer: bool
    unit: Weights
    gate: Weights
    certified: bool
    convention: str


def find_gated_unit(
    table: Sequence[int],
    mechanism: str,
    *,
    gate_values: str = "pm1",
    inputs: str = "pm1",
    bias: str | None = None,
    synapses: int = 1,
    time_limit: float = 60.0,
    undecided_to: Path | str | None = None,
) -> GatedUnit:
    """Integer weights of a unit attended by one gate that compute *table*; conventions as in ``count_gated``.

    Raises ``SolverUndecided`` when the programme runs into *time_limit* > 0 seconds, the instance being written to
    *undecided_to* as JSON, if that is given; ``NotCertified`` where weights that the solver gives do not compute the
    table; ValueError for a convention without meaning.

    >>> find_gated_unit([0, 1, 1, 0], "synaptic").answer
    True
    """
    bits, n = require_table(table)
    convention = require_convention(n, mechanism, gate_values, inputs, bias, 1, synapses)
    require_two_values(gate_values)
    time_limit = require_positive("time_limit", time_limit)
    with kept_if_undecided(undecided_to):
        found = _solve(bits, convention, time_limit)
    if found is None:
        return GatedUnit(False, (), (), False, convention.in_words())
    if not computed_by(bits, *found, convention):
        raise NotCertified(f"the solver's weights {found} do not compute table={bits}: {convention.in_words()}")
    return GatedUnit(True, *found, True, convention.in_words())


def computed_by(bits: Sequence[int], unit: Sequence[int], gate: Sequence[int], convention: Convention) -> bool:
    """Evaluate the gated unit at every point, exactly; False too where the gate's or the unit's sum is zero."""
    low, high = _gate_levels(convention)
    for (plain, attended, seen), wanted in zip(_rows(convention), bits, strict=True):
        choice = _dot(gate, seen)
        factors = [p + (high if choice > 0 else low) * a for p, a in zip(plain, attended, strict=True)]
        total = _dot(unit, factors)
        silent = convention.mechanism == "output" and not any(factors)  # a closed 0/1 gate: the output is 0
        if choice == 0 or (total == 0 and not silent) or (total > 0) != bool(wanted):
            return False
    return True


def _dot(weights: Sequence[int], row: Sequence[int]) -> int:
    return sum(w * v for w, v in zip(weights, row, strict=True))


def _gate_levels(convention: Convention) -> tuple[int, int]:
    """What a closed and an open gate multiply by."""
    return (0 if convention.gate_values == "01" else -1), 1


def _rows(c: Convention) -> list[tuple[Weights, Weights, Weights]]:
    """At each point: factors of the unit's weights outside and inside the gate's reach, and of the gate's weights."""
    rows = []
    for x in range(2**c.n):
        signs = [1 if x >> i & 1 else -1 for i in range(c.n)]
        seen = (0 if c.bias == "none" and c.mechanism == "all_synapses" else 1, *signs)
        values = signs if c.inputs == "pm1" else [x >> i & 1 for i in range(c.n)]
        if c.mechanism == "multiplexing":
            rows.append(((1, *values, 0), (0,) * (c.n + 1) + (1,), seen))
            continue
        constant = 0 if c.mechanism == "all_synapses" and c.bias in ("gate_only", "none") else 1
        whole = (constant, *values)
        reached = {
            "output": [True] * (c.n + 1),
            "synaptic": [i > c.n - c.synapses for i in range(c.n + 1)],
            "all_synapses": [c.bias == "gated", *[True] * c.n],
        }[c.mechanism]
        inside = tuple(v if r else 0 for v, r in zip(whole, reached, strict=True))
        rows.append((tuple(v - i for v, i in zip(whole, inside, strict=True)), inside, seen))
    return rows


def _solve(bits: Sequence[int], convention: Convention, time_limit: float) -> tuple[Weights, Weights] | None:
    rows, low, high = _rows(convention), *_gate_levels(convention)
    terms = len(rows[0][0])
    # Some weights with sums of at least 1 are quotients of minors, and by Hadamard's bound these integers
    bound = isqrt(terms**terms)
    largest = bound * terms + 1
    problem = pulp.LpProblem("gated_unit", pulp.LpMinimize)
    unit = [problem.add_variable(f"w{j}", -bound, bound, cat="Integer") for j in range(terms)]
    gate = [problem.add_variable(f"v{j}", -bound, bound, cat="Integer") for j in range(convention.n + 1)]
    is_open = [problem.add_variable(f"y{x}", cat="Binary") for x in range(len(bits))]
    problem += pulp.lpSum([])
    for (plain, attended, seen), wanted, y in zip(rows, bits, is_open, strict=True):
        choice = pulp.lpSum(v * w for v, w in zip(seen, gate, strict=True))
        problem += choice >= 1 - largest * (1 - y)
        problem += choice <= -1 + largest * y
        for level, slack in ((high, 1 - y), (low, y)):
            factors = [a + level * b for a, b in zip(plain, attended, strict=True)]
            total = pulp.lpSum(f * w for f, w in zip(factors, unit, strict=True))
            if wanted:
                problem += total >= 1 - largest * slack
            elif convention.mechanism != "output" or any(factors):  # a closed 0/1 gate is silent
                problem += total <= -1 + largest * slack
    status = pulp.LpStatus[problem.solve(pulp.HiGHS(msg=False, timeLimit=time_limit))]
    if status == "Infeasible":
        return None
    if status != "Optimal":
        raise SolverUndecided(
            f"the programme ended as {status!r} for table={list(bits)}: {convention.in_words()}",
            {"table": list(bits), "convention": convention.__dict__},
        )
    values = [tuple(round(v.value() or 0) for v in variables) for variables in (unit, gate)]
    return values[0], values[1]
