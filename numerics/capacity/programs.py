"""Threshold functions counted by one certified linear programme per Boolean function."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from numerics.capacity._validate import require_choice, require_int
from numerics.capacity.certificates import refutes
from numerics.capacity.points import cube_rows
from numerics.capacity.separation import Separator
from numerics.capacity.undecided import kept_if_undecided


@dataclass(frozen=True)
class ProgramCount:
    """``count`` threshold functions after ``programs`` solved; ``realised`` and ``refuted`` tables."""

    count: int
    programs: int
    realised: int
    refuted: int


def count_threshold_functions_by_lp(
    n: int, degree: int = 1, *, solver: str = "highs", undecided_to: Path | str | None = None
) -> ProgramCount:
    """Count the threshold functions of *n* <= 4 variables and *degree* by deciding every Boolean function.

    ``solver="pulp"`` writes one readable programme per function (n <= 3); ``"highs"`` reuses one model, and lets a
    Gordan certificate, once confirmed, refute every function that agrees with it (or with its negative) on its
    support: the certificate is theirs as well. Negative weights realise the negated function. ``SolverUndecided`` ends
    the count without a number; the instance is then written to *undecided_to* as JSON, if that is given.

    >>> count_threshold_functions_by_lp(2).count
    14
    """
    solver = require_choice("solver", solver, ("highs", "pulp"))
    limit = 4 if solver == "highs" else 3
    n = require_int("n", n, 0, limit, why=f"solver={solver!r} decides all 2**(2**n) functions")
    degree = require_int("degree", degree, 0, max(n, 1))
    if solver == "pulp":
        from numerics.capacity.reference import decide_by_pulp

        with kept_if_undecided(undecided_to):
            answers = [decide_by_pulp(cube_rows(n, degree), _labels(f, 2**n)) for f in range(2**2**n)]
        return ProgramCount(sum(answers), len(answers), sum(answers), len(answers) - sum(answers))
    with kept_if_undecided(undecided_to):
        return _count_with_reuse(n, degree)


def _count_with_reuse(n: int, degree: int) -> ProgramCount:
    rows, size = cube_rows(n, degree), 2**n
    separator = Separator(rows)
    tables = np.arange(2**size, dtype=np.int64)
    whole = 2**size - 1
    undecided = np.ones(2**size, dtype=bool)
    programs = realised = refuted = 0
    for f in range(2 ** (size - 1)):
        if not undecided[f]:
            continue
        labels = _labels(f, size)
        decision = separator.decide(labels)
        programs += 1
        if decision.answer:
            undecided[[f, whole ^ f]] = False
            realised += 2
            continue
        support = sum(1 << i for i, y in enumerate(decision.certificate) if y)
        pattern = f & support
        hit = undecided & (((tables & support) == pattern) | ((tables & support) == (support ^ pattern)))
        example = int(tables[hit][-1])
        opposite = _labels(example if example & support == pattern else whole ^ example, size)
        if not refutes(rows, opposite, decision.certificate):
            raise AssertionError("a Gordan certificate must refute every function that agrees on its support")
        refuted += int(hit.sum())
        undecided[hit] = False
    return ProgramCount(realised, programs, realised, refuted)


def _labels(f: int, size: int) -> list[int]:
    return [1 if f >> i & 1 else -1 for i in range(size)]
