"""Gated units by integer programming: they agree with enumeration, and weights count only when evaluated exactly."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from numerics.capacity import computed_by, find_gated_unit, gated_members, is_threshold
from numerics.capacity._validate import require_convention
from numerics.errors import SolverUndecided

CONVENTIONS = [
    *(("output", values, "pm1", None) for values in ("pm1", "01")),
    ("multiplexing", "pm1", "pm1", None),
    *(("synaptic", values, inputs, None) for values, inputs in product(("pm1", "01"), repeat=2)),
    *(("all_synapses", "pm1", "pm1", bias) for bias in ("gated", "ungated", "gate_only", "none")),
    *(("all_synapses", *values, "ungated") for values in (("01", "01"), ("01", "pm1"), ("pm1", "01"))),
]


def bits(table: int, n: int) -> list[int]:
    return [table >> x & 1 for x in range(2**n)]


@pytest.mark.parametrize("convention", CONVENTIONS, ids=str)
def test_programmes_find_a_unit_exactly_for_the_members_of_the_class(convention: tuple[str, str, str, str]) -> None:
    mechanism, gate_values, inputs, bias = convention
    options = {"gate_values": gate_values, "inputs": inputs, "bias": bias}
    for n, tables in ((2, range(16)), (3, np.random.default_rng(1).integers(256, size=3).tolist())):
        members = gated_members(n, mechanism, gate_values, inputs, bias or "ungated")
        for table in tables:
            found = find_gated_unit(bits(table, n), mechanism, **options)  # type: ignore[arg-type]
            assert found.answer == found.certified == bool(members[table])


def test_xor_of_two_inputs_tells_the_conventions_of_one_gated_synapse_apart() -> None:
    answers = {
        (values, inputs): find_gated_unit([0, 1, 1, 0], "synaptic", gate_values=values, inputs=inputs).answer
        for values, inputs in product(("pm1", "01"), repeat=2)
    }
    assert answers == {("pm1", "pm1"): True, ("pm1", "01"): True, ("01", "pm1"): False, ("01", "01"): False}


def test_weights_of_a_unit_and_its_gate_are_evaluated_exactly_and_fail_when_touched() -> None:
    parity = bits(0b10010110, 3)
    found = find_gated_unit(parity, "multiplexing")  # one attending gate computes parity of three inputs, none of four
    convention = require_convention(3, "multiplexing", "pm1", "pm1", None, 1, 1)
    assert found.answer and not is_threshold(parity).answer
    assert len(found.unit) == 5 and len(found.gate) == 4
    assert computed_by(parity, found.unit, found.gate, convention)
    assert not computed_by(parity, [-w for w in found.unit], found.gate, convention)
    assert not computed_by(parity, found.unit, [-w for w in found.gate], convention)
    assert not computed_by(parity, found.unit, [0] * 4, convention)  # a gate without an output
    assert not computed_by(parity, [0] * 5, found.gate, convention)  # a unit without one
    assert "added to the activation" in found.convention


def test_a_gated_synapse_may_be_any_number_of_the_last_ones() -> None:
    for synapses in (1, 2, 3):
        members = gated_members(3, "synaptic", "pm1", "pm1", "ungated", 1, synapses)
        for table in (0b01101001, 0b00010110, 0b10100110):
            assert find_gated_unit(bits(table, 3), "synaptic", synapses=synapses).answer == bool(members[table])


def test_a_programme_out_of_time_is_undecided_and_keeps_its_question(tmp_path: Path) -> None:
    parity = [x.bit_count() % 2 for x in range(16)]
    with pytest.raises(SolverUndecided, match="ended as") as raised:
        find_gated_unit(parity, "multiplexing", time_limit=1e-6, undecided_to=tmp_path / "unit.json")
    assert raised.value.instance["table"] == parity
    assert raised.value.instance["convention"]["mechanism"] == "multiplexing"
    assert json.loads((tmp_path / "unit.json").read_text()) == raised.value.instance


@pytest.mark.parametrize(
    ("table", "mechanism", "options", "message"),
    [
        ([0, 1, 1], "output", {}, r"table must have 2\*\*n entries, got 3"),
        ([0, 1, 1, 0], "input", {}, "mechanism must be one of 'output'"),
        ([0, 1, 1, 0], "output", {"gate_values": "mixed"}, "three values, which a table of zeros and ones cannot hold"),
        ([0, 1, 1, 0], "all_synapses", {"gate_values": "01", "bias": "gated"}, r"sgn\(0\)"),
        ([0, 1, 1, 0], "output", {"time_limit": 0}, "time_limit must be above 0, got 0"),
        ([0, 1, 1, 0], "synaptic", {"synapses": 3}, "synapses must be between 1 and 2, got 3"),
    ],
)
def test_questions_without_meaning_are_refused(table, mechanism, options, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        find_gated_unit(table, mechanism, **options)
