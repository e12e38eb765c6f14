"""Certificates are checked by exact arithmetic alone, survive relabelling, and are rejected when touched."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.capacity import (
    Separator,
    count_threshold_functions_by_lp,
    cube_rows,
    find_circuit,
    find_gated_unit,
    gaussian_points,
    is_threshold,
    refutes,
    separates,
)
from numerics.errors import SolverUndecided

tables = st.integers(1, 3).flatmap(lambda n: st.lists(st.integers(0, 1), min_size=2**n, max_size=2**n))


def _instance(table: list[int]) -> tuple[tuple[tuple[int, ...], ...], list[int]]:
    return cube_rows(len(table).bit_length() - 1), [2 * v - 1 for v in table]


@given(table=tables, data=st.data())
def test_certificates_survive_shuffling_rows(table: list[int], data: st.DataObject) -> None:
    rows, labels = _instance(table)
    answer = is_threshold(table)
    order = data.draw(st.permutations(range(len(table))))
    shuffled = [rows[i] for i in order], [labels[i] for i in order]
    if answer.answer:
        assert separates(*shuffled, answer.certificate)
    else:
        assert refutes(*shuffled, [answer.certificate[i] for i in order])


@given(table=tables, data=st.data())
def test_mutated_certificates_are_rejected(table: list[int], data: st.DataObject) -> None:
    rows, labels = _instance(table)
    answer = is_threshold(table)
    at = data.draw(st.integers(0, len(answer.certificate) - 1))
    changed = list(answer.certificate)
    if answer.answer:
        row = data.draw(st.integers(0, len(rows) - 1))
        total = sum(w * v for w, v in zip(changed, rows[row], strict=True))
        step = data.draw(st.sampled_from((abs(total), abs(total) + 1)))  # to zero, or to the other sign
        changed[at] -= labels[row] * rows[row][at] * step
        assert not separates(rows, labels, changed)
        assert not replace(answer, certificate=tuple(changed)).verify()
        assert not separates(rows, labels, [-v for v in answer.certificate])
        assert not separates(rows, labels, [0] * len(changed))
        assert not refutes(rows, labels, [1] * len(labels)) or len(labels) < 2
    else:
        changed[at] += 1  # one row more no longer cancels, for no row is zero
        assert not refutes(rows, labels, changed)
        assert not replace(answer, certificate=tuple(changed)).verify()
        assert not refutes(rows, labels, [0] * len(labels))
        assert not refutes(rows, labels, [-v for v in answer.certificate])


@given(n=st.integers(2, 4), data=st.data())
def test_a_refutation_times_parity_is_a_polynomial_of_the_complementary_degree(n: int, data: st.DataObject) -> None:
    # Duality: f fails degree d iff parity times f agrees weakly with a nonzero polynomial of degree n - d - 1
    table = data.draw(st.lists(st.integers(0, 1), min_size=2**n, max_size=2**n))
    degree = data.draw(st.integers(0, n - 1))
    answer = is_threshold(table, degree)
    if not answer.answer:
        parity = [-1 if x.bit_count() % 2 else 1 for x in range(2**n)]
        dual = [y * (2 * v - 1) * s for y, v, s in zip(answer.certificate, table, parity, strict=True)]
        monomials = ([-1 if (x & m).bit_count() % 2 else 1 for x in range(2**n)] for m in range(2**n))
        spectrum = [sum(a * b for a, b in zip(dual, values, strict=True)) for values in monomials]
        assert any(spectrum)
        assert not any(c for m, c in enumerate(spectrum) if m.bit_count() > n - degree - 1)


@given(table=tables)
def test_both_alternatives_are_never_certified_together(table: list[int]) -> None:
    rows, labels = _instance(table)
    answer = is_threshold(table)
    assert answer.verify()
    flipped = [1 - v for v in table]
    assert is_threshold(flipped).answer == answer.answer
    if not answer.answer:
        for weights in np.random.default_rng(0).integers(-9, 10, size=(20, len(rows[0]))).tolist():
            assert not separates(rows, labels, weights)


@pytest.mark.parametrize(
    ("rows", "labels", "certificate", "message"),
    [
        ([(1.0, 2)], [1], [1, 1], "rows must hold Python ints only, got 1.0"),
        ([(1, 2)], [2], [1, 1], "labels must be -1 or 1"),
        ([(1, 2)], [1, 1], [1, 1], "one length, got 1 and 2"),
        ([(1, 2), (1,)], [1, 1], [1, 1], "one length, got 2 and 1"),
        ([(1, 2)], [1], [True, 1], "Python ints only, got True"),
    ],
)
def test_malformed_instances_are_refused(rows, labels, certificate, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises((TypeError, ValueError), match=message):
        separates(rows, labels, certificate)


def test_a_gap_below_the_solvers_tolerance_is_still_decided_exactly() -> None:
    # Points on a line through 1 +- 2**-20: separable by a gap of 1e-6, inseparable once a third point lies between.
    rows = [(2**20, 2**20 + 1), (2**20, 2**20 - 1)]
    assert Separator(rows).decide([1, -1]).answer
    between = [*rows, (2**20, 2**20)]
    assert Separator(between).decide([1, 1, 1]).answer
    decision = Separator(between).decide([1, 1, -1])
    assert not decision.answer
    assert refutes(between, [1, 1, -1], decision.certificate)


def test_an_answer_that_cannot_be_certified_is_no_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from numerics.capacity import separation

    monkeypatch.setattr(separation, "integer_weights", lambda *_: None)
    with pytest.raises(SolverUndecided, match="instance") as raised:
        Separator([(1, 0), (0, 1)]).decide([1, 1])
    assert raised.value.instance == {"rows": [[1, 0], [0, 1]], "labels": [1, 1]}
    with pytest.raises(SolverUndecided):
        is_threshold([0, 0, 0, 1], undecided_to=tmp_path / "instance.json")
    saved = json.loads((tmp_path / "instance.json").read_text(encoding="utf-8"))
    assert saved == {"rows": [list(row) for row in cube_rows(2)], "labels": [-1, -1, -1, 1]}
    counted = tmp_path / "counted.json"
    with pytest.raises(SolverUndecided):  # counted neither way: no count comes back
        count_threshold_functions_by_lp(2, undecided_to=counted)
    assert json.loads(counted.read_text(encoding="utf-8"))["rows"] == saved["rows"]


def test_a_place_where_nothing_can_be_kept_is_refused_before_anything_is_solved(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "missing" / "a.json", str(tmp_path / "missing" / "a.json")):
        for ask in (
            lambda where: is_threshold([0, 1], undecided_to=where),
            lambda where: find_circuit([0, 1], "and", undecided_to=where),
            lambda where: find_gated_unit([0, 1], "output", undecided_to=where),
            lambda where: count_threshold_functions_by_lp(1, undecided_to=where),
        ):
            with pytest.raises(ValueError, match="undecided_to must be a file that can be written, in a folder there"):
                ask(place)
    with pytest.raises(TypeError, match="undecided_to must be a path or None, got 3"):
        is_threshold([0, 1], undecided_to=3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"table": (0, 0, 1)},
        {"table": ()},
        {"table": (0, 0, 0, 2)},
        {"degree": 9},
        {"certificate": (0.5, 1.0, 1.0)},
        {"certificate": None},
        {"answer": False},
    ],
    ids=str,
)
def test_an_answer_that_was_altered_is_not_verified(changes: dict[str, Any]) -> None:
    assert not replace(is_threshold([0, 0, 0, 1]), **changes).verify()


def test_a_programme_out_of_time_is_undecided_and_keeps_its_question() -> None:
    parity = [x.bit_count() % 2 for x in range(16)]
    with pytest.raises(SolverUndecided, match="ended as") as raised:
        find_circuit(parity, "threshold", 3, time_limit=1e-6)
    assert raised.value.instance["table"] == parity


def test_gaussian_points_are_integers_in_general_position_and_repeat_with_their_seed() -> None:
    points = gaussian_points(5, 3, 7)
    assert points == gaussian_points(5, 3, np.random.default_rng(7))
    assert all(isinstance(v, int) for p in points for v in p)
