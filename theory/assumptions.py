"""Hypotheses as objects: a bound states what it needs, and refuses by name when one of its hypotheses is not met.

A hypothesis says what it requires and what it received. ``require`` raises AssumptionError for the first that fails and
names the statement that applies instead; a bound never returns 0 in silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import sympy as sp

from theory.errors import AssumptionError

Exact = Any  # int, Fraction or a SymPy number; SymPy publishes no types
Rows = Sequence[Sequence[Exact]]


class Hypothesis(Protocol):
    """A named requirement on exact data."""

    @property
    def name(self) -> str: ...
    def holds(self) -> bool: ...
    def received(self) -> str: ...


def exact_matrix(rows: Rows | Any) -> Any:
    """Nested rows (or a vector) of ints, Fractions and SymPy numbers as a SymPy matrix; floats are refused."""
    matrix = sp.Matrix([[_exact(x) for x in row] if isinstance(row, Sequence) else _exact(row) for row in rows])
    return matrix


def _exact(value: Exact) -> Exact:
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    number = sp.sympify(value)
    if number.has(sp.Float):
        raise TypeError(f"exact numbers are needed, got {value!r}; convert floats with Fraction.")
    return number


@dataclass(frozen=True)
class EigenPair:
    """V u = lambda u with u != 0, checked exactly."""

    V: Rows
    eigenvalue: Exact
    vector: Sequence[Exact]
    name = "spectral (V u = lambda u, u != 0)"

    def holds(self) -> bool:
        matrix, u = exact_matrix(self.V), exact_matrix(self.vector)
        if matrix.rows != matrix.cols or matrix.cols != u.rows or u.is_zero_matrix:
            return False
        residual = matrix * u - _exact(self.eigenvalue) * u
        return all(sp.simplify(sp.expand(entry)) == 0 for entry in residual)

    def received(self) -> str:
        return (
            f"lambda={self.eigenvalue}, u={list(self.vector)}, which is no eigenpair of V={[list(r) for r in self.V]}"
        )


@dataclass(frozen=True)
class Cone:
    """V >= 0 and direction >= 0 entrywise, and slopes of the activation at least ``slope`` >= 0."""

    V: Rows
    direction: Sequence[Exact]
    slope: Exact = 0
    name = "cone (V >= 0, direction >= 0 entrywise, phi' >= slope >= 0)"

    def holds(self) -> bool:
        entries = [*exact_matrix(self.V), *exact_matrix(self.direction), _exact(self.slope)]
        return all(bool(entry.is_nonnegative) for entry in entries)

    def received(self) -> str:
        return f"V={[list(r) for r in self.V]}, direction={list(self.direction)}, slope={self.slope}"


@dataclass(frozen=True)
class PositiveSemidefinite:
    """V symmetric with no negative eigenvalue."""

    V: Rows
    name = "PSD (V symmetric, no negative eigenvalue)"

    def holds(self) -> bool:
        matrix = exact_matrix(self.V)
        return bool(matrix.is_symmetric()) and bool(matrix.is_positive_semidefinite)

    def received(self) -> str:
        return f"V={[list(r) for r in self.V]}"


@dataclass(frozen=True)
class FrozenWeights:
    """The attention weights are not differentiated (uniform attention is frozen by itself)."""

    frozen: bool
    name = "frozen weights (attention weights are constants of the derivative)"

    def holds(self) -> bool:
        return self.frozen

    def received(self) -> str:
        return f"frozen={self.frozen}"


@dataclass(frozen=True)
class Contraction:
    """0 <= gain < 1."""

    gain: Exact
    name = "contraction (0 <= gain < 1)"

    def holds(self) -> bool:
        number = _exact(self.gain)
        return bool(number.is_real) and bool(number >= 0) and bool(number < 1)

    def received(self) -> str:
        return f"gain={self.gain}"


@dataclass(frozen=True)
class PositiveEigenvalue:
    """The eigenvalue is real and > 0."""

    eigenvalue: Exact
    name = "positive spectrum (lambda real, lambda > 0)"

    def holds(self) -> bool:
        number = _exact(self.eigenvalue)
        return bool(number.is_real) and bool(number > 0)

    def received(self) -> str:
        return f"lambda={self.eigenvalue}"


@dataclass(frozen=True)
class Stochastic:
    """Row k holds k nonnegative attention weights that sum to one."""

    weights: Rows
    name = "stochastic rows (k weights >= 0 in row k, summing to one)"

    def holds(self) -> bool:
        rows = [[_exact(x) for x in row] for row in self.weights]
        return all(
            len(row) == k and sum(row) == 1 and all(bool(x >= 0) for x in row) for k, row in enumerate(rows, start=1)
        )

    def received(self) -> str:
        return f"weights={[list(map(str, row)) for row in self.weights]}"


def require(statement: str, *hypotheses: Hypothesis, instead: str) -> tuple[str, ...]:
    """Names of the *hypotheses* of *statement*, all met; else AssumptionError with the failing one and the remedy."""
    for hypothesis in hypotheses:
        if not hypothesis.holds():
            raise AssumptionError(f"{statement} assumes {hypothesis.name}, got {hypothesis.received()}. {instead}")
    return tuple(hypothesis.name for hypothesis in hypotheses)
