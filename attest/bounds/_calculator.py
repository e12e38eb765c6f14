"""How a calculator works: check what came in, run the code that ``theory.export`` wrote, hand back what came in.

Nothing is imported before the first call: SymPy writes the code of a statement once, NumPy or torch runs it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, update_wrapper
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any, Generic, ParamSpec

from attest.bounds._arrays import Inputs
from theory.errors import AssumptionError

if TYPE_CHECKING:
    from theory.export import Statement, Takeover

P = ParamSpec("P")
CATALOGUE: dict[str, "Calculator[Any]"] = {}


@dataclass(frozen=True)
class Hypothesis:
    """What a statement needs, whether the numbers could decide it, and how it was looked at."""

    name: str
    checked: bool
    how: str


@dataclass(frozen=True)
class Explained:
    """A calculated value with all that it rests on."""

    value: Any
    kind: str
    hypotheses: tuple[Hypothesis, ...]
    source: str
    latex: str
    says: str

    def __str__(self) -> str:
        lines = [f"{self.value}  ({self.kind}) {self.says}", f"source: {self.source}"]
        lines += [f"{'checked' if h.checked else 'assumed'}: {h.name} ({h.how})" for h in self.hypotheses]
        return "\n".join(lines)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"


class Calculator(Generic[P]):
    """A statement of ``theory`` as a function of floats, NumPy arrays and torch tensors.

    Arguments broadcast. Numbers give a float, arrays an array, tensors a tensor that can be differentiated; all is
    computed in float64 and returned in the precision of the arrays given. With ``explain=True`` the result is an
    :class:`Explained`.

    Raises TypeError and ValueError naming the argument, AssumptionError for an unmet hypothesis with the remedy, and
    OverflowError in place of a value that is no finite float.
    """

    def __init__(self, subject: str, declared: Callable[P, Any]) -> None:
        update_wrapper(self, declared, ("__module__", "__name__", "__qualname__"))
        self.name: str = declared.__name__
        self.summary: str = " ".join((declared.__doc__ or "").split())
        self.subject: str = subject
        self.signature = signature(declared)
        self._programs: dict[tuple[str, str], Callable[..., Any]] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Any:
        bound = self.signature.bind(*args, **kwargs)
        bound.apply_defaults()
        given = dict(bound.arguments)
        explain = given.pop("explain", False)
        inputs = Inputs(self.statement, given)
        hypotheses = self._check(inputs)
        s, far = self.statement, self._beyond(inputs)
        if s.beyond is not None and far.any():
            return self._taken_over(s.beyond, inputs, far, explain=explain)
        value = inputs.run(self._program(s, inputs.library))
        if not explain:
            return value
        from theory.export import latex

        return Explained(value, s.kind, hypotheses, s.source, latex(s), s.says)

    def __repr__(self) -> str:
        return f"<calculator {self.name}{self.signature}>"

    @cached_property
    def statement(self) -> "Statement":
        """The statement of ``theory`` that is calculated."""
        return import_module(f"theory.{self.subject}.statements").statement(self.name)

    def export(self, to: str) -> str:
        """The statement as "latex", "mathml", "json", or as "numpy" or "torch" source that runs by itself."""
        from theory.export import export

        return export(self.statement, to)

    def documentation(self) -> str:
        """What is calculated, for which arguments, under which hypotheses, and where it is from."""
        s = self.statement
        lines = [s.says, "", "Numbers, NumPy arrays or torch tensors, which broadcast against each other:", ""]
        lines += [f"    {a.name}: {a.says}; {a.allowed}{_default(a.default)}." for a in s.arguments]
        needs = [*(f"{c.name}. {c.instead}" for c in s.conditions), *s.assumes]
        lines += ["", f"Kind: {s.kind}."] + [f"Assumes: {text.rstrip('.')}." for text in needs]
        if s.beyond is not None:
            lines += [f"{s.beyond.says} (``{s.beyond.name}``)."]
        lines += ["Raises: TypeError, ValueError, AssumptionError, OverflowError, as every calculator.", ""]
        return "\n".join([*lines, f"Source: {s.source}."])

    def _beyond(self, inputs: Inputs) -> Any:
        """For which elements another statement takes over."""
        if (takeover := self.statement.beyond) is None:
            return None
        side = replace(self._side(takeover.says, takeover.excess), beyond=None)
        return inputs.numbers(self._program(side, "numpy", takeover.says), side) > 0

    def _taken_over(self, takeover: "Takeover", inputs: Inputs, far: Any, *, explain: bool) -> Any:
        """The value where another statement takes over, for some elements or for all."""
        other = CATALOGUE[takeover.name]
        try:
            value = other(**inputs.given) if far.all() else inputs.joined(far, other, self)
        except TypeError as problem:  # the other takes fewer kinds of numbers
            raise TypeError(f"{takeover.says}, {takeover.name}, where {problem}") from None
        if not explain:
            return value
        about = other(**inputs.parts(far), explain=True)
        why = Hypothesis(takeover.says, True, "every element compared")
        return replace(about, value=value, hypotheses=(why, *about.hypotheses))

    def _check(self, inputs: Inputs) -> tuple[Hypothesis, ...]:
        found = []
        for condition in self.statement.conditions:
            side = self._side(condition.name, condition.expression)
            value = inputs.numbers(self._program(side, "numpy", condition.name), side)
            if not bool((value > 0 if condition.strict else value >= 0).all()):
                text = f"{self.name} assumes {condition.name}, got {inputs.received()}. {condition.instead}"
                raise ValueError(text) if condition.usage else AssumptionError(text)
            found.append(Hypothesis(condition.name, True, "evaluated for every element"))
        domains = [
            Hypothesis(f"{a.name} is {a.allowed}", True, "every element compared") for a in self.statement.arguments
        ]
        assumed = [
            Hypothesis(text, False, "about the setting, not decided by these numbers")
            for text in self.statement.assumes
        ]
        return (*found, *domains, *assumed)

    def _side(self, says: str, expression: Any) -> "Statement":
        """What must be looked at beside the value, as a statement of the same arguments."""
        return replace(self.statement, says=says, result=expression, conditions=(), count=False)

    def _program(self, statement: "Statement", library: str, key: str = "") -> Callable[..., Any]:
        if (library, key) not in self._programs:
            from theory.export import numpy_source, torch_source

            text = numpy_source(statement) if library == "numpy" else torch_source(statement)
            space: dict[str, Any] = {"__name__": f"attest.bounds.{statement.name}.{library}"}
            exec(compile(text, f"<{statement.name} for {library}>", "exec"), space)
            self._programs[library, key] = space[statement.name]
        return self._programs[library, key]


class _Documentation:
    """The docstring of a calculator, written from its statement when it is asked for: importing loads no SymPy."""

    def __init__(self, of_class: str | None) -> None:
        self._of_class = of_class

    def __get__(self, made: Calculator[Any] | None, owner: type) -> str | None:
        return self._of_class if made is None else made.documentation()


Calculator.__doc__ = _Documentation(Calculator.__doc__)  # type: ignore[assignment]  # a descriptor that yields text


def _default(value: Any) -> str:
    return "" if value is None else f", by default {'infinity' if str(value) == 'oo' else value}"


def calculator(subject: str) -> Callable[[Callable[P, Any]], Calculator[P]]:
    """Declare a calculator: a signature whose formula is ``theory.<subject>.statements.statement(<name>)``."""

    def declare(declared: Callable[P, Any]) -> Calculator[P]:
        made = Calculator(subject, declared)
        CATALOGUE[made.name] = made
        return made

    return declare
