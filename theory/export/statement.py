"""A statement of a paper as data: a formula or a recurrence, its arguments, what it assumes, and where it is from."""

import keyword
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sympy as sp

Expr = Any  # a SymPy expression; SymPy publishes no types
KINDS = ("exact", "lower", "upper", "asymptotic")


@dataclass(frozen=True)
class Argument:
    """A named quantity and the values for which its statement makes sense.

    ``kind``: "real", "integer" (any place in the formula) or "complex". The interval is closed unless ``open_low`` or
    ``open_high``; SymPy's oo is a value only where ``infinite`` says so. ``beyond``: what to use outside the domain.
    """

    name: str
    symbol: Expr
    says: str
    kind: str = "real"
    low: Expr = -sp.oo
    high: Expr = sp.oo
    open_low: bool = False
    open_high: bool = False
    default: Expr = None
    infinite: bool = False
    beyond: str = ""

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or keyword.iskeyword(self.name):
            raise ValueError(f"name must be a Python identifier, got {self.name!r}")
        if self.kind not in ("real", "integer", "complex"):
            raise ValueError(f'kind must be "real", "integer" or "complex", got {self.kind!r}')

    @property
    def allowed(self) -> str:
        """The domain in words.

        >>> Argument("mass", sp.Symbol("M"), "mass", low=0, open_low=True).allowed
        'a number > 0'
        """
        words = [] if self.low == -sp.oo else [f"{'>' if self.open_low else '>='} {self.low}"]
        words += [] if self.high == sp.oo else [f"{'<' if self.open_high else '<='} {self.high}"]
        noun = {"real": "a number", "integer": "an integer", "complex": "a real or complex number"}[self.kind]
        return " and ".join([f"{noun} {words[0]}", *words[1:]] if words else [noun]) + (
            ", or infinity" if self.infinite else ""
        )


@dataclass(frozen=True)
class Condition:
    """A hypothesis that numbers can decide: ``expression >= 0`` (> 0 if ``strict``); ``instead`` is the remedy.

    ``usage`` marks a rule between arguments (t <= T) whose breach is bad input rather than an unmet hypothesis.
    """

    name: str
    expression: Expr
    instead: str
    strict: bool = False
    usage: bool = False


@dataclass(frozen=True)
class Takeover:
    """Where ``excess > 0`` the statement called ``name``, of the same arguments, is evaluated instead; ``says`` why."""

    excess: Expr
    name: str
    says: str


@dataclass(frozen=True)
class Recurrence:
    """A loop in symbols: ``state`` starts as given; for index = start .. stop - 1 the updates run in order, each one
    seeing those before it; then ``output`` is the result.
    """

    index: Expr
    start: Expr
    stop: Expr
    state: tuple[tuple[Expr, Expr], ...]
    updates: tuple[tuple[Expr, Expr], ...]
    output: Expr

    def __post_init__(self) -> None:
        known = {symbol for symbol, _ in self.state}
        if unknown := {symbol for symbol, _ in self.updates} - known:
            raise ValueError(
                f"updates must concern the state {sorted(map(str, known))}, got {sorted(map(str, unknown))}"
            )

    @property
    def free_symbols(self) -> set[Expr]:
        """The symbols that are arguments: neither state nor index."""
        inside = [*(e for _, e in self.state), *(e for _, e in self.updates), self.output, self.start, self.stop]
        found: set[Expr] = set().union(*(sp.sympify(e).free_symbols for e in inside))
        return found - {self.index, *(symbol for symbol, _ in self.state)}

    def value(self, values: Mapping[Expr, Any]) -> Expr:
        """The output where every argument has an exact value, by running the loop in exact arithmetic."""
        exact = {symbol: _exact(value) for symbol, value in values.items()}
        now = {symbol: sp.sympify(start).subs(exact) for symbol, start in self.state}
        first, last = (int(sp.sympify(end).subs(exact)) for end in (self.start, self.stop))
        for k in range(first, last):
            for symbol, update in self.updates:
                now[symbol] = sp.expand(sp.sympify(update).subs({**exact, **now, self.index: k}))
        return sp.expand(sp.sympify(self.output).subs({**exact, **now}))


@dataclass(frozen=True)
class Statement:
    """A formula with its name, arguments, kind, hypotheses and source.

    ``conditions`` are hypotheses that numbers decide, ``assumes`` the others, in words. ``count`` says that the value
    is a whole number. ``paper`` and ``where`` name paper and theorem. ``beyond``: what takes over where the formula is
    too long to evaluate.
    """

    name: str
    says: str
    arguments: tuple[Argument, ...]
    result: Expr
    kind: str
    paper: str
    where: str
    conditions: tuple[Condition, ...] = ()
    assumes: tuple[str, ...] = field(default=())
    count: bool = False
    beyond: Takeover | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        known = {argument.symbol for argument in self.arguments}
        used = self.result.free_symbols.union(*(c.expression.free_symbols for c in self.conditions))
        if unknown := used - known:
            raise ValueError(f"{self.name} uses {sorted(map(str, unknown))}, which are not among its arguments")

    @property
    def source(self) -> str:
        """Paper and theorem in one line."""
        return f"{self.paper}, {self.where}"

    @cached_property
    def structural(self) -> frozenset[Expr]:
        """Symbols that shape the program rather than enter it: limits of loops and sums, cases of a choice.

        They are plain integers in generated code, never arrays.
        """
        found: set[Expr] = set()
        if isinstance(self.result, Recurrence):
            found |= sp.sympify(self.result.start).free_symbols | sp.sympify(self.result.stop).free_symbols
            parts = [sp.sympify(e) for _, e in (*self.result.state, *self.result.updates)] + [self.result.output]
        else:
            parts = [self.result]
        for part in parts:
            for total in part.atoms(sp.Sum, sp.Product):
                found |= total.free_symbols
            for choice in part.atoms(sp.Piecewise):
                cases: set[Expr] = set().union(*(condition.free_symbols for _, condition in choice.args))
                found |= {a.symbol for a in self.arguments if a.symbol in cases and a.kind == "integer"}
        return frozenset(found & {a.symbol for a in self.arguments if a.kind == "integer"})


def _exact(value: Any) -> Expr:
    return sp.Rational(value.numerator, value.denominator) if hasattr(value, "numerator") else sp.sympify(value)
