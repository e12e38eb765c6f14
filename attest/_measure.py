"""Measuring one case of one claim: seeds, the CPU clock, and what becomes of an exception."""

import hashlib
import json
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, Any

from attest._call import call
from attest._claim import Claim, Observed
from attest._reach import reached
from attest._rows import ATTACK, CASE, CONTROL, DEEP, DERIVATION, Row, rival_role
from attest._values import plain
from attest.errors import OverBudget, SolverUndecided

if TYPE_CHECKING:
    from numpy.random import Generator


READABLE = 4000  # characters of MathML: some ten lines of a formula
DERIVATION_BUDGET = 30.0  # CPU seconds; it costs .1 to 3, by what SymPy has cached, so claims declare none
FIRST_USE = 3.0  # CPU seconds that libraries may take to load the rest of themselves, whichever claim comes first


@dataclass(frozen=True, order=True)
class Task:
    """One row to be made: small, picklable, and enough to make it again anywhere."""

    claim: str
    role: str
    index: int
    seed: int


def tasks_of(claim: Claim, *, seed: int, deep: bool = False) -> list[Task]:
    """All rows that judging *claim* needs at one seed, in the order in which they are made."""
    if claim.kind in ("asymptotic", "benchmark"):
        roles: list[tuple[str, int]] = []
    else:
        roles = [(CASE, len(claim.cases)), (CONTROL, len(claim.control))]
        roles += [(rival_role(name), len(rival.cases)) for name, rival in claim._rivals.items()]
        roles += [(ATTACK, int(claim.free is not None)), (DEEP, len(claim.deep_cases) if deep else 0)]
    # A derivation has no chance in it: one row serves every seed.
    found = [Task(claim.id, DERIVATION, 0, 0)] if callable(claim.derivation) else []
    return found + [Task(claim.id, role, index, seed) for role, count in roles for index in range(count)]


def allowance_of(claim: Claim, task: Task, spent: float) -> float:
    """CPU seconds that *task* may use when the claim's other rows have used *spent*."""
    if task.role == DERIVATION:
        return DERIVATION_BUDGET
    if task.role == DEEP:
        assert claim.deep_budget is not None
        return claim.deep_budget
    return claim.budget + FIRST_USE - spent


def measure(claim: Claim, task: Task, *, digest: str, environment: str = "", allowance: float | None = None) -> Row:
    """Make one row. Exceptions become rows of status "erred", a used-up clock or an undecided solver "undecided"."""
    allowance = allowance_of(claim, task, 0.0) if allowance is None else allowance
    case = {} if task.role in (ATTACK, DERIVATION) else dict(claim.cases_for(task.role)[task.index])
    blank: dict[str, Any] = {"claim": claim.id, "digest": digest, "role": task.role, "index": task.index}
    blank |= {"seed": task.seed, "environment": environment}
    if allowance <= 0:
        return Row(**blank, case=case, status="undecided", note=_ran_out(claim, task))
    begun = time.process_time()
    made: dict[str, Any]
    try:
        warm_up(claim)
        begun = time.process_time()
        with cpu_limit(allowance):
            made = _make(claim, task, case)
    except OverBudget:
        made = {"case": case, "status": "undecided", "note": _ran_out(claim, task)}
    except SolverUndecided as open_question:
        made = {"case": case, "status": "undecided", "note": _left_open(open_question)}
    except Exception:  # the claim's own code: its traceback is kept and shown
        note = traceback.format_exc(limit=-6).encode("utf-8", "backslashreplace").decode()
        made = {"case": case, "status": "erred", "note": note}
    seconds = time.process_time() - begun
    if task.role == DERIVATION and "value" in made:
        made["value"] = _with_formulas(claim, made["value"])  # for its readers: no part of what the claim costs
    return Row(**blank, **made, seconds=seconds)


def _with_formulas(claim: Claim, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of a derivation, each with its formula as MathML; those too long to be read go without."""
    from attest._exports import derivation_of
    from theory.export import mathml

    found = []
    for step, seen in zip(derivation_of(claim), steps, strict=True):
        try:
            written = mathml((step,))
        except TypeError:  # a kind of step that somebody else defines
            written = ""
        found.append({**seen, "formula": written if len(written) <= READABLE else ""})
    return found


def _left_open(question: SolverUndecided) -> str:
    """With the instance, for the row is all that is kept."""
    instance = f"; the instance: {json.dumps(question.instance)}" if question.instance else ""
    return f"the solver left it undecided: {question}{instance}"


def _ran_out(claim: Claim, task: Task) -> str:
    if task.role == DERIVATION:
        return f"its derivation's budget of {DERIVATION_BUDGET:g} CPU seconds ran out"
    if task.role == DEEP:
        return f"its deep_budget of {claim.deep_budget:g} CPU seconds ran out"
    return f"its budget of {claim.budget:g} CPU seconds ran out, and {FIRST_USE:g} more for what libraries load late"


def _make(claim: Claim, task: Task, case: dict[str, Any]) -> dict[str, Any]:
    if task.role == DERIVATION:
        assert callable(claim.derivation)
        steps = [
            {"name": s.name, "kind": s.kind, "closes": s.closes(), "twin_closes": s.twin_closes()}
            for s in claim.derivation()
        ]
        return {"case": {}, "value": steps}
    if task.role == ATTACK:
        from attest._falsify import worst_case

        return worst_case(claim, task)
    setting_rng, measure_rng = generators(task)
    setting = draw_setting(claim, case, setting_rng)
    made = {"case": case, "setting": setting, **observe(claim, {**case, **setting}, measure_rng)}
    if task.role == DEEP:
        made["said"] = statements(claim, {**case, **setting, **made["given"]})
    return made


def statements(claim: Claim, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What the claim ("") and those of its rivals that have no cases of their own predict."""
    spoken = {"": claim.predicts, **{name: rival.predicts for name, rival in claim._rivals.items() if not rival.cases}}
    return {name: plain(call(predicts, inputs)) for name, predicts in spoken.items() if predicts is not None}


def draw_setting(claim: Claim, case: Mapping[str, Any], rng: "Generator") -> dict[str, Any]:
    """What both sides receive beside the case."""
    if claim.setting is None:
        return {}
    drawn = plain(call(claim.setting, {**case, "rng": rng}))
    if not isinstance(drawn, dict) or set(drawn) & set(case):
        raise TypeError(f"setting must return a mapping of new names, got {drawn!r} for the case {dict(case)!r}")
    return drawn


def observe(claim: Claim, inputs: Mapping[str, Any], rng: "Generator") -> dict[str, Any]:
    """Run the measurement once and return the fields of its row."""
    assert claim.measures is not None
    seen = call(claim.measures, {**inputs, "rng": rng})
    if not isinstance(seen, Observed):
        seen = Observed(seen)
    return {
        "value": plain(seen.value),
        "error": plain(seen.error),
        "given": plain(dict(seen.given)),
        "evidence": plain(seen.evidence),
    }


def generators(task: Task) -> tuple["Generator", "Generator"]:
    """Generators of the setting and of the measurement, the same wherever and whenever the task runs."""
    import numpy as np

    name = hashlib.sha256(f"{task.claim}\n{task.role}".encode()).digest()
    words = [int.from_bytes(name[i : i + 4], "big") for i in range(0, 16, 4)]
    first, second = np.random.SeedSequence([task.seed, task.index, *words]).spawn(2)
    return np.random.default_rng(first), np.random.default_rng(second)


def warm_up(claim: Claim) -> None:
    """Import what the claim and its derivation reach, and compile what it compiles: its budget pays for neither."""
    for name in ("numpy", *(["scipy.optimize"] if claim.free is not None else [])):
        import_module(name)
    sides = [f for f in (claim.predicts, claim.measures, claim.derivation) if callable(f)]
    for name in sorted(reached(sides, claim.declared_at[0][0])):
        if ":" not in name and name not in _warm:
            _warm.add(name)
            try:
                module = import_module(name)
            except ModuleNotFoundError:  # of an extra: a case that needs it says so itself, and others do not
                continue
            prepare: Callable[[], None] | None = getattr(module, "warm_up", None)
            if prepare is not None and name != __name__:
                prepare()


_warm: set[str] = set()


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`OverBudget` in the block once this process has used *seconds* more of CPU time.

    The signal reaches Python code only between two byte codes, and only the main thread may set it; elsewhere the
    limit is checked when the block ends.
    """
    begun = time.process_time()
    if threading.current_thread() is not threading.main_thread():
        yield
        if time.process_time() - begun > seconds:
            raise OverBudget
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise OverBudget

    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
