"""The search for a bound's worst case, and for a counter-example of any claim."""

import hashlib
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from attest._agreement import Answer
from attest._call import call
from attest._claim import Claim
from attest._measure import Task, draw_setting, generators, measure, observe, tasks_of
from attest._rows import CASE, FALSIFIED, Row
from attest._values import dumps, plain
from attest.errors import AssumptionError, ClaimError


def attack_evaluations() -> int:
    """Measurements that the search inside ``attest run`` may make, for each claim that names free parameters."""
    return 60


@dataclass(frozen=True)
class _Point:
    """One evaluation: the row's fields, what was predicted, the answer and the share of the bound that was used."""

    fields: dict[str, Any]
    answer: Answer
    ratio: float


class _Stop(Exception):
    """The search has what it looked for, or may go no further."""


class _Search:
    """Drives the free parameters of a bound by simulated annealing with local gradient descent (SciPy)."""

    def __init__(self, claim: Claim, task: Task) -> None:
        assert claim.free is not None
        self.claim, self.task = claim, task
        self.axes = [(name, *_range(claim, name, spec)) for name, spec in claim.free.items()]
        self.worst: _Point | None = None
        self.evaluations = 0

    def run(self, *, evaluations: int, seed: int, until: float = math.inf) -> None:
        """At most *evaluations* measurements, or until a counter-example or the monotonic time *until*."""
        from scipy.optimize import dual_annealing

        limit = self.evaluations + evaluations
        bounds = [(0.0, 1.0)] * (1 + sum(math.prod(shape) for _, _, _, shape in self.axes))

        def objective(place: Any) -> float:
            if self.evaluations >= limit or time.monotonic() > until:
                raise _Stop
            self.evaluations += 1
            point = self.evaluate(self.decode(place))
            if point is None:
                return 1e3
            if self.worst is None or point.ratio > self.worst.ratio:
                self.worst = point
            if point.answer is Answer.CONTRADICTS:
                self.worst = point
                raise _Stop
            return -math.log(max(point.ratio, 1e-300))

        with suppress(_Stop):
            dual_annealing(objective, bounds, maxfun=evaluations, rng=seed)

    def decode(self, place: Any) -> dict[str, Any]:
        """A point of the unit cube as a case (its first coordinate) and values of the free names."""
        at = min(int(place[0] * len(self.claim.cases)), len(self.claim.cases) - 1)
        inputs, position = dict(self.claim.cases[at]), 1
        for name, low, high, shape in self.axes:
            size = math.prod(shape)
            flat = [_between(float(x), low, high) for x in place[position : position + size]]
            inputs[name] = _nested(flat, shape)
            position += size
        return inputs

    def evaluate(self, inputs: Mapping[str, Any]) -> _Point | None:
        """One measurement; None where the statement's hypotheses are not met or the ratio has no meaning."""
        assert self.claim.predicts is not None and self.claim.agrees is not None and self.claim.free is not None
        setting_rng, rng = generators(self.task)
        case = {name: value for name, value in inputs.items() if not isinstance(value, list)}
        free = {name: value for name, value in inputs.items() if isinstance(value, list)}
        drawn = draw_setting(self.claim, {n: v for n, v in case.items() if n not in self.claim.free}, setting_rng)
        setting = {**{n: v for n, v in drawn.items() if n not in case}, **free}
        try:
            seen = observe(self.claim, {**case, **setting}, rng)
            predicted = plain(call(self.claim.predicts, {**case, **setting, **seen["given"]}))
        except AssumptionError:
            return None
        answer = self.claim.agrees.compare(predicted, seen["value"], seen["error"])
        ratio = self.claim.agrees.ratio(predicted, seen["value"])
        if ratio is None and answer is not Answer.CONTRADICTS:
            return None
        return _Point({"case": case, "setting": setting, **seen}, answer, math.inf if ratio is None else ratio)


def _range(claim: Claim, name: str, spec: tuple[Any, ...]) -> tuple[Any, Any, tuple[int, ...]]:
    if len(spec) not in (2, 3) or not spec[0] < spec[1]:
        raise ClaimError(f"claim {claim.id!r}: free[{name!r}] must be (low, high) or (low, high, shape), got {spec!r}")
    return spec[0], spec[1], tuple(spec[2]) if len(spec) == 3 else ()


def _between(x: float, low: Any, high: Any) -> Any:
    if isinstance(low, int) and isinstance(high, int):
        return min(low + int(x * (high - low + 1)), high)
    return low + x * (high - low)


def _nested(flat: list[Any], shape: tuple[int, ...]) -> Any:
    if not shape:
        return flat[0]
    step = len(flat) // shape[0]
    return [_nested(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def worst_case(claim: Claim, task: Task) -> dict[str, Any]:
    """Fields of the row for the worst case that a fixed number of evaluations found."""
    search = _Search(claim, task)
    search.run(evaluations=attack_evaluations(), seed=task.seed)
    if search.worst is None:
        raise ClaimError(f"claim {claim.id!r}: no point of its free ranges meets its hypotheses")
    return {**search.worst.fields, "evidence": {"evaluations": search.evaluations}}


@dataclass(frozen=True)
class Attempt:
    """What a search for a counter-example did: the shrunk row if it found one, and the worst ratio seen on the way."""

    row: Row | None
    evaluations: int
    worst: float | None


def falsify(
    claim: Claim, *, budget: float, seed: int = 0, digest: str = "", progress: Callable[[int], None] = lambda n: None
) -> Attempt:
    """Look for a counter-example of *claim* for *budget* seconds of wall-clock time, from *seed* on.

    A bound with free parameters is driven towards its worst case; any other claim is measured again with fresh seeds.
    A counter-example is shrunk before it is returned.
    """
    if budget <= 0:
        raise ValueError(f"budget must be a positive number of seconds, got {budget!r}")
    if claim.measures is None or not claim.cases:
        raise ClaimError(f"claim {claim.id!r} has nothing to measure by default, so there is nothing to search")
    until = time.monotonic() + budget
    return (_attack if claim.free is not None else _redraw)(claim, seed, until, digest, progress)


def _attack(claim: Claim, seed: int, until: float, digest: str, progress: Callable[[int], None]) -> Attempt:
    evaluations, worst = 0, None
    while time.monotonic() < until:
        task = Task(claim.id, FALSIFIED, 0, seed)
        search = _Search(claim, task)
        search.run(evaluations=1000, seed=seed, until=until)
        evaluations += search.evaluations
        progress(evaluations)
        if search.worst is not None:
            worst = max(search.worst.ratio, worst or 0.0)
            if search.worst.answer is Answer.CONTRADICTS:
                fields = _shrunk(search, search.worst).fields
                return Attempt(_row(claim, digest, task, fields), evaluations, worst)
        seed += 1
    return Attempt(None, evaluations, worst)


def _row(claim: Claim, digest: str, task: Task, fields: Mapping[str, Any]) -> Row:
    # The index is a name for the inputs, so that finding one counter-example twice leaves one row.
    name = hashlib.sha256(dumps([dict(fields["case"]), fields["setting"]]).encode()).digest()
    return Row(claim.id, digest, FALSIFIED, int.from_bytes(name[:4], "big"), task.seed, **fields)


def _shrunk(search: _Search, found: _Point) -> _Point:
    """The counter-example with its free values rounded as far as it stays one."""
    for name, low, high, _ in search.axes:
        for digits in (1, 2, 3, 6):
            inputs = {**found.fields["case"], **{n: found.fields["setting"][n] for n, _, _, s in search.axes if s}}
            inputs[name] = _rounded(inputs[name], digits, low, high)
            simpler = search.evaluate(inputs)
            if simpler is not None and simpler.answer is Answer.CONTRADICTS:
                found = simpler
                break
    return found


def _rounded(value: Any, digits: int, low: Any, high: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(entry, digits, low, high) for entry in value]
    if isinstance(value, int):
        return value
    return min(max(float(f"{value:.{digits}g}"), low), high)


def _redraw(claim: Claim, seed: int, until: float, digest: str, progress: Callable[[int], None]) -> Attempt:
    from attest._judge import judge

    count = 0
    for fresh in _seeds(seed):
        for task in tasks_of(claim, seed=fresh):
            if time.monotonic() > until:
                return Attempt(None, count, None)
            if task.role != CASE:
                continue
            row = replace(measure(claim, task, digest=digest), role=FALSIFIED)
            count += 1
            progress(count)
            if any(result.answer is Answer.CONTRADICTS for result in judge(claim, [row]).cases):
                return Attempt(row, count, None)
    raise AssertionError("unreachable: the seeds do not end")


def _seeds(first: int) -> Iterator[int]:
    """Seeds that no ordinary run uses, so that a search repeats none of its rows."""
    fresh = first + 1_000_000
    while True:
        yield fresh
        fresh += 1
