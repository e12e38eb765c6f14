"""Claims: what a paper says, how it is predicted and measured, which wrong statements the measurement must reject."""

import itertools
import math
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal, NoReturn

from attest._agreement import Agreement, equal
from attest._values import plain
from attest.errors import ClaimError

Kind = Literal["law", "count", "asymptotic", "benchmark"]
Case = Mapping[str, Any]


class Verdict(StrEnum):
    """What the rows of a claim show, by computation; in order of precedence."""

    NOT_TESTABLE = "NOT_TESTABLE"
    ERRED = "ERRED"
    REFUTED = "REFUTED"
    UNTESTED = "UNTESTED"
    UNDECIDED = "UNDECIDED"
    POWERLESS = "POWERLESS"
    SUPPORTED = "SUPPORTED"


@dataclass(frozen=True)
class Paper:
    """A paper, as it is cited. ``key`` is the first part of its claims' ids; give ``arxiv``, ``doi`` or both."""

    key: str
    title: str
    authors: tuple[str, ...]
    year: int
    venue: str
    arxiv: str = ""
    doi: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z]+\d{4}[a-z]?", self.key):
            raise ClaimError(f"a paper's key is <firstauthor><year>, such as kerg2020; got {self.key!r}")

    @property
    def bibtex(self) -> str:
        lines = [("title", self.title), ("author", " and ".join(self.authors)), ("year", str(self.year))]
        lines += [("howpublished", self.venue), ("eprint", self.arxiv), ("doi", self.doi)]
        body = "".join(f"  {name:<12} = {{{text}}},\n" for name, text in lines if text)
        return f"@misc{{{self.key},\n{body}}}"


@dataclass(frozen=True)
class Rival:
    """A plausible wrong statement that the measurement must contradict.

    ``near`` says that it differs little from the truth (a factor 2, an index or exponent by 1, a dropped term, the
    other convention). ``cases``, where given, lie outside a hypothesis of the claim and are used for this rival only.
    """

    predicts: Callable[..., Any]
    cases: Sequence[Case] = ()
    near: bool = True


@dataclass(frozen=True)
class Observed:
    """A measured value with what belongs to it.

    ``error``: half-width the measurement claims for its value. ``given``: measured quantities that predictions are
    conditional on. ``evidence``: what a sceptic can re-check (certificates, solver reports).
    """

    value: Any
    error: Any = None
    given: Mapping[str, Any] = field(default_factory=dict)
    evidence: Any = None


def grid(**axes: Iterable[Any]) -> tuple[dict[str, Any], ...]:
    """Every combination of the values of the axes, as cases, the last axis running fastest.

    >>> grid(m=(1, 2), d=(3,))
    ({'m': 1, 'd': 3}, {'m': 2, 'd': 3})
    """
    values = {name: tuple(axis) for name, axis in axes.items()}
    for name, axis in values.items():
        if not axis:
            raise ClaimError(f"axis {name!r} of grid() is empty, so there would be no case at all")
    return tuple(dict(zip(values, point, strict=True)) for point in itertools.product(*values.values()))


@dataclass(frozen=True, eq=False)
class Claim:
    """One statement of a paper, with its prediction, its measurement and its rivals.

    ``predicts``, ``measures``, ``setting`` and the rivals receive, by keyword, those of the case's, the setting's and
    (predictions only) the measured ``given`` values that their signatures name; ``measures`` and ``setting`` may also
    name ``rng``, a NumPy generator that depends on the seed and the case alone.

    ``kind``: "law"; "count" (two routes to one integer); "asymptotic" (nothing finite to test; ``finite_form`` names
    the claims that carry its content); "benchmark" (rows come from ``benchmarks/``). ``expects`` is the declared
    verdict. A declared refutation needs ``control`` cases on which the naive statement does agree, and ``corrected``
    (the id of what is true instead) or ``scope`` (what was tried). ``free`` gives the ranges in which a search looks
    for a bound's worst case. ``derivation`` returns symbolic steps, or is a text that cites one. ``budget`` is CPU
    seconds for all default cases, rivals and the search; deep cases have ``deep_budget`` each. ``open`` is the reason
    why UNDECIDED is accepted.

    Raises :class:`~attest.errors.ClaimError`, a ValueError, where something that its kind requires is missing or
    contradictory.
    """

    id: str
    paper: Paper
    where: str
    says: str
    predicts: Callable[..., Any] | None = None
    measures: Callable[..., Any] | None = None
    agrees: Agreement | None = None
    cases: Sequence[Case] = ()
    rivals: Mapping[str, Callable[..., Any] | Rival] | None = None
    kind: Kind = field(default="law", kw_only=True)
    expects: Verdict | None = field(default=None, kw_only=True)
    setting: Callable[..., Mapping[str, Any]] | None = field(default=None, kw_only=True)
    free: Mapping[str, tuple[Any, ...]] | None = field(default=None, kw_only=True)
    finite_form: tuple[str, ...] = field(default=(), kw_only=True)
    derivation: Callable[[], Sequence[Any]] | str | None = field(default=None, kw_only=True)
    rests_on: tuple[str, ...] = field(default=(), kw_only=True)
    deep_cases: Sequence[Case] = field(default=(), kw_only=True)
    deep_budget: float | None = field(default=None, kw_only=True)
    control: Sequence[Case] = field(default=(), kw_only=True)
    corrected: str | None = field(default=None, kw_only=True)
    scope: str | None = field(default=None, kw_only=True)
    open: str | None = field(default=None, kw_only=True)
    budget: float = field(default=1.0, kw_only=True)
    #: Module and lines of the declaration, innermost first: the digest reads its syntax tree.
    declared_at: tuple[tuple[str, int], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        put = lambda name, value: object.__setattr__(self, name, value)  # noqa: E731
        put("declared_at", _declaration_site())
        put("cases", self._plain_cases("cases", self.cases))
        put("deep_cases", self._plain_cases("deep_cases", self.deep_cases))
        put("control", self._plain_cases("control", self.control))
        put("rivals", MappingProxyType({name: self._rival(name, r) for name, r in (self.rivals or {}).items()}))
        for name in ("finite_form", "rests_on"):
            if isinstance(getattr(self, name), str):
                self._refuse(f"{name} must be a tuple of ids, got the text {getattr(self, name)!r}")
            put(name, tuple(getattr(self, name)))
        if self.expects is None:
            put("expects", Verdict.NOT_TESTABLE if self.kind == "asymptotic" else Verdict.SUPPORTED)
        self._check()

    @property
    def tag(self) -> str:
        """What follows the paper's key in the id: a listed tag, perhaps with a suffix."""
        return self.id.partition(".")[2]

    def cases_for(self, role: str) -> Sequence[Case]:
        """The cases measured under a role (see ``attest._rows``)."""
        kind, _, name = role.partition(":")
        if kind == "rival":
            return self._rivals[name].cases
        return {"case": self.cases, "deep": self.deep_cases, "control": self.control}[kind]

    def with_prediction(self, predicts: Callable[..., Any]) -> "Claim":
        """This claim with another statement in place of its own; for judging stored rows."""
        other = object.__new__(Claim)
        for name, value in vars(self).items():
            object.__setattr__(other, name, value)
        object.__setattr__(other, "predicts", predicts)
        return other

    @property
    def _rivals(self) -> Mapping[str, Rival]:
        return self.rivals  # type: ignore[return-value]  # normalised at construction

    def _refuse(self, why: str) -> NoReturn:
        raise ClaimError(f"claim {self.id!r}: {why}")

    def _plain_cases(self, name: str, cases: Sequence[Case]) -> tuple[Case, ...]:
        found: list[Case] = []
        for case in cases:
            if not isinstance(case, Mapping):  # callers without a type checker are told, too
                self._refuse(f"{name} must hold mappings, got {case!r}; use grid(...)")
            try:
                entry = {str(key): plain(value) for key, value in case.items()}
            except (TypeError, ValueError) as problem:
                self._refuse(f"{name} must hold plain values: {problem}")
            if entry in found:
                self._refuse(f"{name} holds {entry!r} twice")
            found.append(entry)
        return tuple(MappingProxyType(entry) for entry in found)

    def _rival(self, name: str, rival: Callable[..., Any] | Rival) -> Rival:
        if not isinstance(rival, Rival):
            rival = Rival(rival)
        if not callable(rival.predicts):
            self._refuse(f"rival {name!r} must be callable, got {rival.predicts!r}")
        return Rival(rival.predicts, self._plain_cases(f"cases of rival {name!r}", rival.cases), rival.near)

    def _check(self) -> None:
        if not re.fullmatch(r"[a-z]+\d{4}[a-z]?\.[A-Za-z0-9][A-Za-z0-9.-]*", self.id):
            self._refuse("an id is <paper>.<tag> or <paper>.<tag>-<suffix>, such as kerg2020.T1-exact")
        if not self.id.startswith(f"{self.paper.key}."):
            self._refuse(f"its id must begin with its paper's key, {self.paper.key!r}")
        for name in ("where", "says"):
            if not getattr(self, name).strip():
                self._refuse(f"{name} is empty; a claim names its source and what it says")
        if self.kind not in ("law", "count", "asymptotic", "benchmark"):
            self._refuse(f"kind must be law, count, asymptotic or benchmark, got {self.kind!r}")
        for name in ("predicts", "measures", "setting"):
            if getattr(self, name) is not None and not callable(getattr(self, name)):
                self._refuse(f"{name} must be callable, got {getattr(self, name)!r}")
        if self.agrees is not None and not isinstance(self.agrees, Agreement):
            self._refuse(f"agrees must be an agreement such as equal or within(...), got {self.agrees!r}")
        if not (self.derivation is None or isinstance(self.derivation, str) or callable(self.derivation)):
            self._refuse(f"derivation must be callable or a text that cites one, got {self.derivation!r}")
        if not 0 < self.budget < math.inf or not 0 < (self.deep_budget or 1.0) < math.inf:
            self._refuse(f"budgets must be positive, got {self.budget!r} and {self.deep_budget!r}")
        if bool(self.deep_cases) != (self.deep_budget is not None):
            self._refuse("deep_cases and deep_budget (CPU seconds for each of them) go together")
        if self.id in self.rests_on or self.id in self.finite_form or self.id == self.corrected:
            self._refuse("it names itself as a premise, finite form or correction")
        self._check_asymptotic() if self.kind == "asymptotic" else self._check_measured()

    def _check_asymptotic(self) -> None:
        held = (
            "predicts",
            "measures",
            "agrees",
            "cases",
            "rivals",
            "setting",
            "free",
            "deep_cases",
            "control",
            "scope",
        )
        for name in held:
            if getattr(self, name):
                self._refuse(f"an asymptotic claim has no {name}; its finite_form carries the content")
        if not self.finite_form:
            self._refuse("an asymptotic claim needs finite_form, the ids of the claims that carry its content")
        if self.expects not in (Verdict.NOT_TESTABLE, Verdict.REFUTED):
            self._refuse(f"an asymptotic claim is expected NOT_TESTABLE or REFUTED, not {self.expects}")
        if self.expects is Verdict.REFUTED and (len(self.finite_form) != 1 or not self.corrected):
            self._refuse("an asymptotic refutation needs corrected and exactly one id in finite_form")

    def _check_measured(self) -> None:
        if self.finite_form:
            self._refuse("finite_form belongs to asymptotic claims")
        if self.predicts is None or self.agrees is None:
            self._refuse(f"kind {self.kind!r} needs predicts and agrees")
        if self.kind == "benchmark":
            if self.measures is not None or self.cases or self.control or self.setting or self.free:
                self._refuse(
                    "a benchmark is measured by benchmarks/: it has deep_cases, and no measures, setting or free"
                )
        elif self.measures is None:
            self._refuse(f"kind {self.kind!r} needs measures")
        if self.kind == "count" and self.agrees is not equal:
            self._refuse("a count is compared with equal, and with nothing weaker")
        if not self.cases and not self.deep_cases:
            self._refuse("it needs cases or deep_cases")
        if self.free is not None and not (self.agrees and self.agrees.bound):
            self._refuse("free belongs to bounds (at_most, at_least): only they have a worst case to search for")
        if self.free is not None and not self.cases:
            self._refuse("free needs cases: the search starts from them")
        match self.expects:
            case Verdict.SUPPORTED:
                if not self.rivals:
                    self._refuse("a claim expected to be SUPPORTED needs rivals that its measurement contradicts")
                if not any(rival.near for rival in self._rivals.values()):
                    self._refuse(
                        "at least one rival must be near (a factor 2, an index or exponent by 1, a dropped term)"
                    )
                if self.control or self.corrected or self.scope:
                    self._refuse("control, corrected and scope belong to expected refutations")
            case Verdict.REFUTED:
                if not self.control:
                    self._refuse(
                        "an expected refutation needs control cases; else a broken measurement refutes anything"
                    )
                if bool(self.corrected) == bool(self.scope):
                    self._refuse("an expected refutation needs either corrected or scope")
            case Verdict.UNDECIDED:
                if not self.open:
                    self._refuse("UNDECIDED is accepted only with open, the reason why the question stays open")
            case other:
                self._refuse(f"kind {self.kind!r} is expected SUPPORTED, REFUTED or UNDECIDED, not {other}")

    def _repr_html_(self) -> str:
        from attest.report.notebook import claim_html

        return claim_html(self)


def _declaration_site() -> tuple[tuple[str, int], ...]:
    """(module, line) of every frame of the declaring module that led to this construction, innermost first."""
    frame = sys._getframe(1)
    while frame.f_globals.get("__name__") in (__name__, "dataclasses") and frame.f_back is not None:
        frame = frame.f_back
    module, sites = frame.f_globals.get("__name__", "?"), []
    while frame is not None and frame.f_globals.get("__name__") == module:
        sites.append((module, frame.f_lineno))
        frame = frame.f_back  # type: ignore[assignment]
    return tuple(sites)
