"""Measuring one row: what is imported before the clock starts."""

import json
import sys

import pytest

from attest import _measure, all_claims
from attest._measure import Task, allowance_of, measure
from attest._registry import by_id
from attest._rows import CASE, CONTROL, DERIVATION
from attest._runner import spent
from numerics.capacity import separation


def test_a_case_that_needs_no_extra_is_measured_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    (claim,) = all_claims("zhang2021.C5-complete")  # the corpus of dates needs Babel, its control does not
    monkeypatch.setitem(sys.modules, "babel", None)
    monkeypatch.delitem(sys.modules, "numerics.sparsity.dates", raising=False)
    monkeypatch.setattr(_measure, "_warm", set())
    assert measure(claim, Task(claim.id, CONTROL, 0, 0), digest="").status == "measured"


def test_what_only_a_derivation_reaches_is_imported_before_the_clock_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    (claim,) = all_claims("baldi2022.OG1-pairs")  # its derivation needs SymPy, its prediction only counts
    monkeypatch.setattr(_measure, "_warm", set())
    _measure.warm_up(claim)
    assert "theory.derivation" in _measure._warm


def test_a_derivation_does_not_use_up_the_claims_budget() -> None:
    (claim,) = all_claims("zhang2021.D4-uniform")  # nothing but a derivation, which slow machines could not finish
    used = measure(claim, Task(claim.id, DERIVATION, 0, 0), digest="")
    assert used.status == "measured"
    assert spent([used]) == 0
    assert allowance_of(claim, Task(claim.id, DERIVATION, 0, 0), spent=1e9) > 0
    assert allowance_of(claim, Task(claim.id, CASE, 0, 0), spent=1e9) < 0


def test_a_derivation_that_never_ends_is_cut_off_and_says_by_what(monkeypatch: pytest.MonkeyPatch) -> None:
    (claim,) = all_claims("baldi2022.C4")
    monkeypatch.setattr(_measure, "DERIVATION_BUDGET", 0.001)
    row = measure(claim, Task(claim.id, DERIVATION, 0, 0), digest="")
    assert (row.status, row.note) == ("undecided", "its derivation's budget of 0.001 CPU seconds ran out")


def test_a_row_that_a_solver_left_undecided_keeps_the_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = by_id("baldi2022.C10")
    monkeypatch.setattr(separation, "integer_weights", lambda *_: None)
    row = measure(claim, Task(claim.id, CASE, 0, 0), digest="")
    assert row.status == "undecided"
    instance = json.loads(row.note.partition("; the instance: ")[2])
    assert len(instance["rows"]) == len(instance["labels"])
