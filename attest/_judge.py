"""Judging apart from measuring: rows in, verdict out. Nothing is measured here, and no verdict can be typed by hand."""

import hashlib
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from attest._agreement import Answer
from attest._call import call
from attest._claim import Claim, Rival, Verdict
from attest._rows import ATTACK, CASE, CONTROL, DEEP, DERIVATION, FALSIFIED, Row, rival_role
from attest._values import dumps, plain


@dataclass(frozen=True)
class CaseResult:
    """One row beside its prediction. ``answer`` is None where there was nothing to compare; then ``note`` says why."""

    row: Row
    predicted: Any
    answer: Answer | None
    note: str = ""


@dataclass(frozen=True)
class RivalResult:
    """How a rival fared: the row that contradicts it most simply, or None where it survived."""

    name: str
    near: bool
    contradicted_by: CaseResult | None
    #: Smallest relative distance from the claim's own prediction on the rows where they differ.
    distance: float | None

    @property
    def contradicted(self) -> bool:
        return self.contradicted_by is not None


@dataclass(frozen=True)
class Finding:
    """What the rows of one claim show.

    ``cases`` are the judged rows, ``rivals`` how each wrong statement fared, ``tightness`` the largest share of a bound
    that a measurement used, ``resolution`` the smallest relative change of the prediction that the rows contradict (0:
    any change; for a bound, the largest tightening they allow), ``counterexample`` the smallest contradicting row,
    ``derivation`` "checked", "cited", "open" (declared, but some step does not close) or "none", ``fully_supported``
    whether the claim and all that it rests on are.
    """

    claim: Claim
    verdict: Verdict
    reason: str = ""
    derivation: str = "none"
    cases: tuple[CaseResult, ...] = ()
    control: tuple[CaseResult, ...] = ()
    rivals: Mapping[str, RivalResult] = field(default_factory=dict)
    tightness: float | None = None
    resolution: float | None = None
    counterexample: CaseResult | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Mapping[str, Any], ...] = ()
    unsupported_premises: tuple[str, ...] = ()
    fully_supported: bool = False
    stale: bool = False

    @property
    def as_declared(self) -> bool:
        """Whether the verdict is the declared one (UNDECIDED: with a declared reason) and the derivation closes."""
        expected = self.verdict is self.claim.expects or (self.verdict is Verdict.UNDECIDED and bool(self.claim.open))
        return expected and self.derivation != "open"

    @property
    def seconds(self) -> float:
        """CPU seconds of all rows that are not deep."""
        return sum(r.row.seconds for r in (*self.cases, *self.control) if r.row.role != DEEP)

    def to_record(self) -> dict[str, Any]:
        """The finding as plain values, for tables and JSON."""
        return {
            "id": self.claim.id,
            "paper": self.claim.paper.key,
            "says": self.claim.says,
            "kind": self.claim.kind,
            "verdict": str(self.verdict),
            "expects": str(self.claim.expects),
            "as_declared": self.as_declared,
            "derivation": self.derivation,
            "cases": len(self.cases),
            "tightness": self.tightness,
            "resolution": self.resolution,
            "rivals": {name: rival.contradicted for name, rival in self.rivals.items()},
            "unsupported_premises": list(self.unsupported_premises),
            "fully_supported": self.fully_supported,
            "stale": self.stale,
            "reason": self.reason,
            "seconds": self.seconds,
        }

    def _repr_html_(self) -> str:
        from attest.report.notebook import finding_html

        return finding_html(self)


class Predictions:
    """What statements say on rows, each evaluated once: a prediction can cost as much as a measurement.

    Valid as long as the code behind the statements does not change.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Callable[..., Any], str], tuple[Any, str]] = {}

    def learn(self, claim: Claim, rows: Iterable[Row]) -> None:
        """Take over what *rows* of *claim* say that it and its rivals predicted when they were made."""
        for row in rows:
            for name, value in row.said.items():
                if name == "" or name in claim._rivals:
                    predicts = claim._rivals[name].predicts if name else claim.predicts
                    assert predicts is not None
                    self._known.setdefault((predicts, _key(row)), (value, ""))

    def of(self, predicts: Callable[..., Any], row: Row) -> tuple[Any, str]:
        """(value, "") or (None, traceback): whatever a claim's own code raises becomes the verdict ERRED."""
        key = (predicts, _key(row))
        if key not in self._known:
            try:
                self._known[key] = plain(call(predicts, row.inputs)), ""
            except Exception:
                self._known[key] = None, traceback.format_exc(limit=-4)
        return self._known[key]


def _key(row: Row) -> str:
    return hashlib.sha256(dumps(row.inputs).encode()).hexdigest()


def judge(
    claim: Claim,
    rows: Iterable[Row],
    *,
    others: Mapping[str, Finding] | None = None,
    predictions: Predictions | None = None,
) -> Finding:
    """Judge *claim* on stored *rows* of its own; nothing is measured.

    All rows count, whatever their seed: a later row never outvotes a contradiction. ``others`` are findings of the
    claims it rests on (needed for premises and for asymptotic refutations). ``predictions`` may be shared by several
    calls, so that none is evaluated twice.
    """
    own = [row for row in rows if row.claim == claim.id]
    if claim.kind == "asymptotic":
        finding = Finding(claim, Verdict.NOT_TESTABLE, reason=f"finite content: {', '.join(claim.finite_form)}")
    else:
        finding = _Court(claim, own, predictions or Predictions()).judge()
    derivation, steps = _derivation(claim, own)
    known = others or {}
    leant_on = (*claim.rests_on, *([claim.corrected] if claim.corrected else []))
    premises = tuple(p for p in leant_on if known and (p not in known or not known[p].as_declared))
    full = finding.verdict is Verdict.SUPPORTED and all(p in known and known[p].fully_supported for p in claim.rests_on)
    finding = replace(finding, derivation=derivation, steps=steps, unsupported_premises=premises, fully_supported=full)
    if claim.kind == "asymptotic" and claim.expects is Verdict.REFUTED:
        return _refuted_through(finding, others or {})
    return finding


def judge_all(
    claims: Sequence[Claim],
    rows: Iterable[Row],
    *,
    predictions: Predictions | None = None,
    on_finding: Callable[[Finding], None] = lambda finding: None,
) -> dict[str, Finding]:
    """Findings of all *claims*, by id, premises first; each is shown to *on_finding* as soon as it is made."""
    from attest._graph import in_order

    by_claim: dict[str, list[Row]] = {}
    for row in rows:
        by_claim.setdefault(row.claim, []).append(row)
    findings: dict[str, Finding] = {}
    predictions = predictions or Predictions()
    for claim in in_order(claims):
        predictions.learn(claim, by_claim.get(claim.id, ()))
        findings[claim.id] = judge(claim, by_claim.get(claim.id, ()), others=findings, predictions=predictions)
        on_finding(findings[claim.id])
    return {claim.id: findings[claim.id] for claim in claims}


def _refuted_through(finding: Finding, others: Mapping[str, Finding]) -> Finding:
    """An asymptotic statement falls with a SUPPORTED law above it whose checked derivation has the limit."""
    law = others.get(finding.claim.finite_form[0])
    if law is None or law.verdict is not Verdict.SUPPORTED or law.derivation != "checked":
        return replace(finding, reason=f"{finding.claim.finite_form[0]} is not supported with a checked derivation")
    if not any(step["kind"] == "limit" for step in law.steps):
        return replace(finding, reason=f"{law.claim.id} has no limit step")
    return replace(finding, verdict=Verdict.REFUTED, reason=f"by {law.claim.id} and its limit")


def _derivation(claim: Claim, rows: Sequence[Row]) -> tuple[str, tuple[Mapping[str, Any], ...]]:
    if claim.derivation is None:
        return "none", ()
    if isinstance(claim.derivation, str):
        return "cited", ()
    for row in rows:
        if row.role == DERIVATION and row.status == "measured":
            steps = tuple(row.value)
            closed = bool(steps) and all(step["closes"] and not step["twin_closes"] for step in steps)
            return ("checked" if closed else "open"), steps
    return "open", ()


class _Court:
    """One claim before its rows."""

    def __init__(self, claim: Claim, rows: Sequence[Row], predictions: Predictions) -> None:
        self.claim, self.predictions = claim, predictions
        self.roles: dict[str, list[Row]] = {}
        for row in rows:
            self.roles.setdefault(row.role, []).append(row)
        self.main = [row for role in (CASE, DEEP, ATTACK, FALSIFIED) for row in self.roles.get(role, ())]

    def judge(self) -> Finding:
        claim = self.claim
        alternatives = [rival.predicts for rival in claim._rivals.values() if not rival.cases]
        cases = tuple(self.compare(claim.predicts, row, alternatives) for row in self.main)
        control = tuple(self.compare(claim.predicts, row, alternatives) for row in self.roles.get(CONTROL, ()))
        rivals = {name: self.judge_rival(name, rival) for name, rival in claim._rivals.items()}
        finding = Finding(claim, Verdict.SUPPORTED, cases=cases, control=control, rivals=rivals)
        measured = [result for result in cases if result.row.status == "measured" and result.predicted is not None]
        if claim.agrees is not None and measured:
            used = [claim.agrees.ratio(r.predicted, r.row.value) for r in measured] if claim.agrees.bound else []
            finding = replace(
                finding,
                tightness=max((u for u in used if u is not None), default=None),
                resolution=_resolution(claim, measured),
                counterexample=min((r for r in cases if r.answer is Answer.CONTRADICTS), key=_size, default=None),
            )
        verdict, reason = _verdict(finding, self.roles)
        return replace(finding, verdict=verdict, reason=reason)

    def judge_rival(self, name: str, rival: Rival) -> RivalResult:
        rows = self.roles.get(rival_role(name), ()) if rival.cases else self.main
        alternatives = [self.claim.predicts] if self.claim.predicts and not rival.cases else []
        results = [self.compare(rival.predicts, row, alternatives) for row in rows]
        against = [r for r in results if r.answer is Answer.CONTRADICTS]
        erred = [r for r in results if r.note]
        return RivalResult(name, rival.near, min(erred or against, key=_size, default=None), self.distance(results))

    def distance(self, results: Sequence[CaseResult]) -> float | None:
        assert self.claim.agrees is not None
        truths = [self.compare(self.claim.predicts, result.row, ()).predicted for result in results]
        pairs = [(t, r.predicted) for t, r in zip(truths, results, strict=True) if t is not None]
        gaps = [self.claim.agrees.distance(truth, wrong) for truth, wrong in pairs]
        return min((gap for gap in gaps if gap is not None), default=None)

    def compare(
        self, predicts: Callable[..., Any] | None, row: Row, alternatives: Sequence[Callable[..., Any]]
    ) -> CaseResult:
        agreement = self.claim.agrees
        if row.status != "measured" or predicts is None or agreement is None:
            return CaseResult(row, None, None)
        predicted, note = self.predictions.of(predicts, row)
        rivals = [self.predictions.of(other, row) for other in alternatives if agreement.weighs_alternatives]
        notes = [n for n in (note, *(n for _, n in rivals)) if n]
        if notes:
            return CaseResult(row, None, None, note=notes[0])
        try:
            return CaseResult(
                row, predicted, agreement.compare(predicted, row.value, row.error, [v for v, _ in rivals])
            )
        except Exception:  # shapes or types that cannot be compared: the claim's own fault, shown with its traceback
            return CaseResult(row, None, None, note=traceback.format_exc(limit=-4))


def _verdict(finding: Finding, roles: Mapping[str, Sequence[Row]]) -> tuple[Verdict, str]:
    claim, everything = finding.claim, (*finding.cases, *finding.control)
    others = [row for role, rows in roles.items() if role.startswith("rival:") or role == DERIVATION for row in rows]
    erred = [r.row.note for r in everything if r.row.status == "erred"] + [r.note for r in everything if r.note]
    erred += [row.note for row in others if row.status == "erred"]
    erred += [r.contradicted_by.note for r in finding.rivals.values() if r.contradicted_by and r.contradicted_by.note]
    if erred:
        return Verdict.ERRED, erred[0]
    if finding.counterexample is not None:
        if not claim.control:
            return Verdict.REFUTED, "a case contradicts"
        failed = [r for r in finding.control if r.answer is not Answer.AGREES]
        unmeasured = set(range(len(claim.control))) - {r.row.index for r in finding.control}
        if unmeasured and not failed:
            return (
                Verdict.UNDECIDED,
                f"{len(unmeasured)} of {len(claim.control)} control cases are still to be measured",
            )
        if not failed:
            return Verdict.REFUTED, "a case contradicts, and the control cases agree"
        return (
            Verdict.POWERLESS,
            "a case contradicts, but a control case does not agree: the measurement itself is in doubt",
        )
    if not any(r.row.status == "measured" for r in finding.cases):
        undecided = [r.row.note for r in finding.cases if r.row.status == "undecided"]
        return (Verdict.UNDECIDED, undecided[0]) if undecided else (Verdict.UNTESTED, "no measurement yet")
    halted = [r.row.note for r in everything if r.row.status == "undecided"]
    halted += [row.note for row in others if row.status == "undecided"]
    if halted:
        return Verdict.UNDECIDED, halted[0]
    if missing_cases := _missing(claim, roles):
        return Verdict.UNDECIDED, missing_cases
    if any(r.answer is Answer.CANNOT_TELL for r in finding.cases):
        return Verdict.UNDECIDED, "a measurement is too coarse to tell"
    survivors = [name for name, rival in finding.rivals.items() if not rival.contradicted]
    if survivors or not finding.rivals:
        return Verdict.POWERLESS, f"not contradicted: {'; '.join(survivors)}" if survivors else "no rival was tried"
    beaten = len(finding.rivals)
    return Verdict.SUPPORTED, f"every case agrees, {beaten} rival{'s' if beaten > 1 else ''} contradicted"


def _missing(claim: Claim, roles: Mapping[str, Sequence[Row]]) -> str:
    """What an interrupted run has left out; every seed that was begun must have all default cases."""
    wanted = {CASE: claim.cases, CONTROL: claim.control}
    wanted |= {rival_role(name): rival.cases for name, rival in claim._rivals.items()}
    wanted[ATTACK] = claim.cases[:1] if claim.free is not None else ()
    seeds = {row.seed for row in roles.get(CASE, ())} or {0}
    for role, cases in wanted.items():
        have = {(row.seed, row.index) for row in roles.get(role, ())}
        left = sum((seed, index) not in have for seed in seeds for index in range(len(cases)))
        if left:
            return f"{left} of {len(seeds) * len(cases)} measurements of the {role} rows are still to be made"
    return ""


def _leaves(value: Any) -> list[Fraction]:
    if isinstance(value, Mapping):
        return [leaf for key in sorted(value) for leaf in _leaves(value[key])]
    if isinstance(value, list):
        return [leaf for entry in value for leaf in _leaves(entry)]
    return [Fraction(value)] if isinstance(value, int | float | Fraction) else []


def _size(result: CaseResult) -> tuple[Fraction, int, int]:
    """Order in which a counter-example is simpler: small numbers in its case first."""
    size = sum((abs(leaf) for leaf in _leaves(dict(result.row.case))), Fraction(0))
    return size, result.row.index, result.row.seed


def _resolution(claim: Claim, results: Sequence[CaseResult]) -> float | None:
    """Smallest relative change of the prediction that some row contradicts, in whichever direction it is larger.

    For a bound only its tightening counts. 0: every change is contradicted; None: none is, up to a thousandfold.
    """
    agreement = claim.agrees
    assert agreement is not None
    if all(not any(_leaves(r.predicted)) for r in results):
        return None  # a relative change of zero is no change

    def contradicted(change: Fraction) -> bool:
        for result in results:
            moved = agreement.scaled(result.predicted, 1 + change)
            if moved is None:
                return False
            try:
                answer = agreement.compare(moved, result.row.value, result.row.error)
            except (TypeError, ValueError):
                return False
            if answer is Answer.CONTRADICTS:
                return True
        return False

    if any(r.answer is Answer.CONTRADICTS for r in results):
        return None
    signs = (-agreement.bound,) if agreement.bound else (1, -1)
    found = [_threshold(contradicted, sign) for sign in signs]
    return None if None in found else max(f for f in found if f is not None)


def _threshold(contradicted: Callable[[Fraction], bool], sign: int) -> float | None:
    """Smallest relative change of that sign that is contradicted, to two digits, by bisection of its logarithm.

    0 if even 2**-60 is contradicted. The largest change tried is a factor of 1000 up, or down to zero.
    """
    low, high = -60.0, 10.0 if sign > 0 else 0.0  # powers of two
    holds = lambda power: contradicted(sign * Fraction(2.0**power))  # noqa: E731
    if not holds(high):
        return None
    if holds(low):
        return 0.0
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return float(2.0**high)
