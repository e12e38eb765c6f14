"""Derivations as lists of named steps that close exactly, each with a *twin* that must not close.

A step is closed by symbolic algebra alone: numerical evaluation closes none. The twin is a near miss (a wrong
constant, sign or exponent) run through the same machinery; a step whose twin closes too has shown nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import sympy as sp

Expr = Any  # a SymPy expression; SymPy publishes no types


class Step(Protocol):
    """What every kind of step offers: a name, its kind in words, whether it closes, whether its twin does."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    def closes(self) -> bool: ...
    def twin_closes(self) -> bool: ...


def reduces_to_zero(expression: Expr) -> bool:
    """Whether exact rewriting turns *expression* (or every entry of a matrix) into 0. False means "not shown"."""
    if isinstance(expression, sp.MatrixBase):
        return all(reduces_to_zero(entry) for entry in expression)
    expression = sp.sympify(expression).doit()
    rewritings: tuple[Callable[[Expr], Expr], ...] = (
        sp.expand,
        lambda e: sp.cancel(sp.together(e)) if e.is_commutative else e,
        sp.simplify,
        lambda e: sp.simplify(sp.gammasimp(sp.combsimp(e))),
        lambda e: sp.simplify(sp.expand_func(sp.powdenest(e, force=False))),
    )
    return any(rewrite(expression) == 0 for rewrite in rewritings)


@dataclass(frozen=True)
class Identity:
    """``left == right`` because the difference reduces to 0; ``twin`` is a wrong right-hand side."""

    name: str
    left: Expr
    right: Expr
    twin: Expr
    kind = "identity"

    def closes(self) -> bool:
        return reduces_to_zero(self.left - self.right)

    def twin_closes(self) -> bool:
        return reduces_to_zero(self.left - self.twin)


@dataclass(frozen=True)
class Nonnegative:
    """``expression >= 0`` on a domain, shown in one of two ways.

    ``squares``: pairs (c_i, q_i) with every c_i a number >= 0 (or a symbol declared nonnegative) and
    expression == sum c_i q_i**2, the q_i real. Otherwise ``substitution`` (for instance ``{t: 1 + u}`` with u declared
    nonnegative) must turn the numerator into a polynomial whose coefficients are all >= 0 in symbols declared
    nonnegative, over a denominator of which the same is true. ``twin`` is an expression that is negative somewhere.
    """

    name: str
    expression: Expr
    twin: Expr
    squares: tuple[tuple[Expr, Expr], ...] = ()
    substitution: Mapping[Expr, Expr] | None = None
    kind = "nonnegative"

    def closes(self) -> bool:
        return self._shown(self.expression)

    def twin_closes(self) -> bool:
        return self._shown(self.twin)

    def _shown(self, expression: Expr) -> bool:
        if self.squares:
            squares = sum((c * q**2 for c, q in self.squares), sp.Integer(0))
            signs = all(sp.sympify(c).is_nonnegative and sp.sympify(q).is_extended_real for c, q in self.squares)
            return signs and reduces_to_zero(expression - squares)
        changed = sp.sympify(expression).subs(dict(self.substitution or {}), simultaneous=True)
        numerator, denominator = sp.fraction(sp.cancel(sp.together(changed)))
        return all(_has_nonnegative_coefficients(part) for part in (numerator, denominator)) or all(
            _has_nonnegative_coefficients(-part) for part in (numerator, denominator)
        )


def _has_nonnegative_coefficients(expression: Expr) -> bool:
    symbols = sorted(expression.free_symbols, key=str)
    if not symbols:
        return bool(expression.is_nonnegative)
    if not all(symbol.is_nonnegative for symbol in symbols):
        return False
    return all(bool(c.is_nonnegative) for c in sp.Poly(expression, *symbols).coeffs())


@dataclass(frozen=True)
class Monotone:
    """``function`` does not decrease in ``variable``: its derivative is ``factor * core`` with both shown >= 0.

    ``factor`` must be nonnegative by SymPy's assumptions, ``core`` by a :class:`Nonnegative` step. ``twin`` is another
    function, whose derivative must fail to equal ``factor * core``. For a decreasing function pass its negative.
    """

    name: str
    function: Expr
    variable: Expr
    factor: Expr
    core: Nonnegative
    twin: Expr
    kind = "monotone"

    def closes(self) -> bool:
        return bool(sp.sympify(self.factor).is_nonnegative) and self._matches(self.function) and self.core.closes()

    def twin_closes(self) -> bool:
        return self._matches(self.twin) or self.core.twin_closes()

    def _matches(self, function: Expr) -> bool:
        return reduces_to_zero(sp.diff(function, self.variable) - self.factor * self.core.expression)


@dataclass(frozen=True)
class Induction:
    """A statement for all integers from a base on: a step for the base, a step from k to k + 1."""

    name: str
    base: Step
    step: Step
    kind = "induction"

    def closes(self) -> bool:
        return self.base.closes() and self.step.closes()

    def twin_closes(self) -> bool:
        return self.base.twin_closes() or self.step.twin_closes()


@dataclass(frozen=True)
class Limit:
    """``expression`` tends to ``value`` as ``variable`` tends to ``point`` from ``direction``; ``twin`` is wrong."""

    name: str
    expression: Expr
    variable: Expr
    point: Expr
    value: Expr
    twin: Expr
    direction: str = "+"
    kind = "limit"

    def closes(self) -> bool:
        return reduces_to_zero(self._limit() - self.value)

    def twin_closes(self) -> bool:
        return reduces_to_zero(self._limit() - self.twin)

    def _limit(self) -> Expr:
        found = sp.limit(self.expression, self.variable, self.point, self.direction)
        return sp.nan if found.has(sp.Limit) else found


def is_checked(steps: Iterable[Step]) -> bool:
    """Whether there is at least one step, every step closes and no twin does."""
    steps = tuple(steps)
    return bool(steps) and all(step.closes() and not step.twin_closes() for step in steps)
