"""Measuring one row: what is imported before the clock starts."""

import sys

import pytest

from attest import _measure, all_claims
from attest._measure import Task, measure
from attest._rows import CONTROL


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
