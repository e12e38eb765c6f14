"""Is a truth table a threshold function? Yes with integer weights, or no with an integer Gordan certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from numerics.capacity._validate import require_int, require_table
from numerics.capacity.certificates import refutes, separates
from numerics.capacity.points import cube_rows
from numerics.capacity.separation import Separator
from numerics.capacity.undecided import kept_if_undecided


@dataclass(frozen=True)
class ThresholdAnswer:
    """``answer`` with its evidence: monomial weights, constant first, or Gordan multipliers per point."""

    answer: bool
    certificate: tuple[int, ...]
    table: tuple[int, ...]
    degree: int

    def verify(self) -> bool:
        """Check the certificate in integers against rows built afresh; False for what is no table or no certificate."""
        try:
            rows = cube_rows(len(self.table).bit_length() - 1, self.degree)
            labels = [2 * v - 1 for v in self.table]
            check = separates if self.answer else refutes
            return check(rows, labels, self.certificate)
        except (TypeError, ValueError):
            return False


_one_at_a_time = Lock()  # a separator is one linear programme with one solver, changed for every question


@lru_cache(maxsize=16)
def _separator(n: int, degree: int) -> Separator:
    return Separator(cube_rows(n, degree))


def is_threshold(table: Sequence[int], degree: int = 1, *, undecided_to: Path | str | None = None) -> ThresholdAnswer:
    """Whether a Boolean function is the sign of a polynomial of at most *degree*, with a certificate either way.

    ``table`` has 2**n zeros and ones (or -1 and 1), index sum b_i 2**(i-1) with b_i = 1 for x_i = +1. Raises
    ``SolverUndecided`` if the linear programme gives nothing that exact arithmetic confirms; the instance is then
    written to *undecided_to* as JSON, if that is given.

    >>> is_threshold([0, 1, 1, 0]).answer
    False
    """
    bits, n = require_table(table)
    degree = require_int("degree", degree, 0, max(n, 1), why="a function of n variables needs no more than degree n")
    try:
        with kept_if_undecided(undecided_to), _one_at_a_time:
            decision = _separator(n, degree).decide([2 * v - 1 for v in bits])
    except KeyboardInterrupt:
        _separator.cache_clear()  # the programme may hold half a question
        raise
    return ThresholdAnswer(decision.answer, decision.certificate, bits, degree)
