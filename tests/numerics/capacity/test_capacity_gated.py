"""Gated classes: both routes, all conventions, and what must hold between them."""

from functools import reduce
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.capacity import (
    asked_by_ones,
    attended_members,
    composed_by_ones,
    count_gated,
    count_networks,
    count_three_valued,
    gated_members,
    three_valued_count,
    threshold_tables,
)
from numerics.capacity.gated import enough_gates

CONVENTIONS = [
    ("output", "pm1", "pm1", "ungated"),
    ("output", "01", "pm1", "ungated"),
    ("multiplexing", "pm1", "pm1", "ungated"),
    *(("synaptic", g, i, "ungated") for g in ("pm1", "01") for i in ("pm1", "01")),
    *(("all_synapses", "pm1", "pm1", b) for b in ("gated", "ungated", "gate_only", "none")),
    ("all_synapses", "01", "01", "ungated"),
    ("all_synapses", "01", "pm1", "ungated"),
]
# The specification's exact sizes at n = 3 and 4 (tables OG3, MX4, SG3, SG4), cited
SIZES = {
    ("output", "pm1", "pm1", "ungated"): (254, 54310),
    ("output", "01", "pm1", "ungated"): (246, 32506),
    ("multiplexing", "pm1", "pm1", "ungated"): (256, 52166),
    ("synaptic", "pm1", "pm1", "ungated"): (252, 34944),
    ("synaptic", "01", "01", "ungated"): (132, 5782),
    ("synaptic", "01", "pm1", "ungated"): (144, 9466),
    ("synaptic", "pm1", "01", "ungated"): (216, 17680),
    ("all_synapses", "pm1", "pm1", "gated"): (254, 54310),
    ("all_synapses", "pm1", "pm1", "ungated"): (254, 46902),
    ("all_synapses", "pm1", "pm1", "gate_only"): (254, 39990),
    ("all_synapses", "pm1", "pm1", "none"): (16, 254),
    ("all_synapses", "01", "01", "ungated"): (248, 34250),
    ("all_synapses", "01", "pm1", "ungated"): (144, 9722),
}


@pytest.mark.parametrize("convention", CONVENTIONS, ids=" ".join)
def test_both_routes_find_the_same_functions_of_the_known_number(convention: tuple[str, str, str, str]) -> None:
    for n, size in zip((3, 4), SIZES[convention], strict=True):
        composed, asked = gated_members(n, *convention), attended_members(n, *convention)
        assert np.array_equal(composed, asked)
        assert int(composed.sum()) == size


@pytest.mark.parametrize(("synapses", "sizes"), [(2, (246, 36572)), (3, (254, 39982)), (4, (None, 46902))])
def test_one_gate_on_several_synapses(synapses: int, sizes: tuple[int | None, int]) -> None:
    for n, size in zip((3, 4), sizes, strict=True):
        if size is not None:
            for method in ("closure", "inverse"):
                assert count_gated(n, "synaptic", synapses=synapses, method=method).count == size


@pytest.mark.parametrize("gate", ["xnor", "and"])
def test_products_of_more_gates(gate: str) -> None:
    sizes = {"xnor": (1882, 54310, 65534, 65536), "and": (1882, 32506, 55682, 65094, 65462, 65518, 65534, 65536)}[gate]
    for k, size in enumerate(sizes[1:4], start=1):
        for method in ("closure", "inverse"):
            assert count_gated(4, "output", gate=gate, gates=k, method=method).count == size


@pytest.mark.parametrize("method", ["closure", "inverse"])
def test_several_attending_gates(method: str) -> None:
    assert [count_gated(n, "multiplexing", gates=2, method=method).count for n in (1, 2, 3)] == [4, 16, 256]
    sizes = {k: count_gated(3, "synaptic", synapses=k, gates=k, method=method).count for k in (1, 2, 3)}
    assert sizes == {1: 252, 2: 254, 3: 256}


@pytest.mark.slow
@pytest.mark.parametrize("method", ["closure", "inverse"])
def test_several_attending_gates_at_four_inputs(method: str) -> None:
    assert count_gated(4, "multiplexing", gates=2, method=method).count == 65536
    sizes = [count_gated(4, "synaptic", synapses=k, gates=k, method=method).count for k in (1, 2, 3, 4)]
    assert sizes == [34944, 62116, 65530, 65536]


OPTIONS = list(
    product(
        ("output", "synaptic", "all_synapses", "multiplexing"),
        ("pm1", "01", "mixed"),
        ("pm1", "01"),
        (None, "gated", "ungated", "gate_only", "none"),
        ((1, 1), (1, 2), (2, 1), (2, 2)),
    )
)


def test_every_combination_of_options_gives_one_number_by_two_methods_or_says_what_is_allowed() -> None:
    counted = 0
    for mechanism, gate_values, inputs, bias, (gates, synapses) in OPTIONS:
        options: dict[str, Any] = {
            "gate_values": gate_values,
            "inputs": inputs,
            "bias": bias,
            "gates": gates,
            "synapses": synapses,
        }
        try:
            found = [count_gated(2, mechanism, method=method, **options) for method in ("closure", "inverse")]
        except ValueError as refusal:
            named = ("must be one of", "must be 1 or", "sgn(0)", "meaning", "share one gate", "counted")
            assert any(words in str(refusal) for words in named), str(refusal)
        else:
            assert found[0].by_ones == found[1].by_ones, (mechanism, options)
            assert found[0].convention.startswith("2 inputs; ")
            counted += 1
    assert counted > 30


@pytest.mark.parametrize("gate", ["xnor", "and", "mixed"])
def test_the_engine_counts_what_the_other_routes_do(gate: str) -> None:
    engine = "cones" if gate == "mixed" else "orbits"
    for n in (1, 2, 3, 4):
        by_orbits, composed = (count_gated(n, "output", gate=gate, method=method) for method in (engine, "closure"))
        assert by_orbits.count == composed.count
        assert by_orbits.by_ones == (() if gate == "mixed" else composed.by_ones)


def test_the_engine_is_what_counts_the_products_of_five_and_six_inputs() -> None:
    found = count_gated(5, "output", gate="and")
    assert found.method == "orbits" and found.count == sum(found.by_ones)
    with pytest.raises(ValueError, match=r"one share .* needs about \d+ bytes, more than max_memory=1000000"):
        count_gated(6, "output", max_memory=10**6)
    with pytest.raises(ValueError, match="method must be one of 'auto', 'orbits', 'slices', got 'bitset'"):
        count_gated(6, "output", method="bitset")


@pytest.mark.parametrize("n", range(1, 5))
def test_three_valued_products_are_restrictions_or_regions(n: int) -> None:
    for attended in (1, 2):
        assert three_valued_count(n, attended) == count_three_valued(n, attended)
    assert count_gated(n, "output", gate="mixed").count == three_valued_count(n)


@pytest.mark.slow
def test_three_valued_products_of_five_inputs_are_restrictions_or_regions() -> None:
    for attended in (1, 2, 3):
        assert three_valued_count(5, attended) == count_three_valued(5, attended)


@pytest.mark.parametrize(
    ("gate_values", "inputs", "member"),
    [("pm1", "pm1", True), ("pm1", "01", True), ("01", "01", False), ("01", "pm1", False)],
)
def test_xor_tells_the_conventions_of_synaptic_gating_apart(gate_values: str, inputs: str, member: bool) -> None:
    xor = 0b0110
    assert bool(gated_members(2, "synaptic", gate_values, inputs, "ungated")[xor]) is member
    assert bool(attended_members(2, "synaptic", gate_values, inputs, "ungated")[xor]) is member


def test_parity_of_three_is_in_no_convention_of_synaptic_gating() -> None:
    parity = sum((x.bit_count() % 2) << x for x in range(8))
    for gate_values, inputs in product(("pm1", "01"), repeat=2):
        assert not gated_members(3, "synaptic", gate_values, inputs, "ungated")[parity]


@pytest.mark.parametrize("convention", CONVENTIONS[:3], ids=" ".join)
@given(flip=st.integers(0, 7), order=st.permutations(range(3)))
def test_classes_are_closed_under_permuting_and_negating_inputs(
    convention: tuple[str, str, str, str], flip: int, order: list[int]
) -> None:
    members = gated_members(3, *convention)
    source = [sum(((x ^ flip) >> i & 1) << order[i] for i in range(3)) for x in range(8)]
    for table in np.flatnonzero(members).tolist():
        assert members[sum((table >> s & 1) << x for x, s in enumerate(source))]


@pytest.mark.parametrize("n", [2, 3, 4])
@pytest.mark.parametrize("gate_values", ["pm1", "01"])
def test_exactly_all_pairs_of_gates_appear_as_slices(n: int, gate_values: str) -> None:
    members = gated_members(n, "output", gate_values, "pm1", "ungated")
    gates = set(threshold_tables(n - 1).tolist())
    half = 2 ** (n - 1)
    slices = [(t & 2**half - 1, t >> half) for t in np.flatnonzero(members).tolist()]
    assert sum(low in gates and high in gates for low, high in slices) == len(gates) ** 2


@pytest.mark.parametrize("n", [2, 3, 4])
def test_slices_of_a_gated_class_are_the_gated_class_below(n: int) -> None:
    members = np.flatnonzero(gated_members(n, "output", "pm1", "pm1", "ungated"))
    below = np.flatnonzero(gated_members(n - 1, "output", "pm1", "pm1", "ungated"))
    assert np.array_equal(np.unique(members >> 2 ** (n - 1)), below)


def test_the_slice_of_a_gated_synapse_is_a_multiplexed_unit() -> None:
    members = np.flatnonzero(gated_members(4, "synaptic", "pm1", "pm1", "ungated"))
    assert np.array_equal(
        np.unique(members >> 8), np.flatnonzero(gated_members(3, "multiplexing", "pm1", "pm1", "ungated"))
    )


def test_results_carry_their_convention_in_words_and_their_weight_distribution() -> None:
    found = count_gated(3, "synaptic", gate_values="01", inputs="01")
    assert found.count == sum(found.by_ones) == 132
    assert found.convention == "3 inputs; 1 gate(s) 0/1 on the last 1 synapse(s), inputs 0/1, bias not gated"
    for mechanism, words in (("output", "output gating"), ("multiplexing", "added to the activation")):
        for inputs, named in (("pm1", "inputs -1/+1, every bias kept"), ("01", "inputs 0/1, every bias kept")):
            convention = count_gated(1, mechanism, inputs=inputs).convention
            assert words in convention and convention.endswith(named)
    assert len(found.by_ones) == 9


@pytest.mark.parametrize("convention", [CONVENTIONS[3], CONVENTIONS[8]], ids=" ".join)
def test_five_inputs_by_slices_contain_four_inputs_twice(convention: tuple[str, str, str, str]) -> None:
    # a function that ignores an ungated input is in the class below: the smaller class embeds
    assert sum(asked_by_ones(5, *convention)) > 2 * sum(asked_by_ones(4, *convention))


@pytest.mark.slow
@pytest.mark.parametrize(
    "convention",
    [*(c for c in CONVENTIONS if c[3] != "gated"), ("all_synapses", "pm1", "01", "ungated")],
    ids=" ".join,
)
def test_five_inputs_by_both_routes(convention: tuple[str, str, str, str]) -> None:
    assert composed_by_ones(5, *convention) == asked_by_ones(5, *convention)


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((-1, "output"), {}, "n must be between 0 and 6, got -1"),
        ((7, "output"), {}, "n must be between 0 and 6, got 7; 6 inputs are counted for one gate on the output"),
        ((6, "synaptic"), {}, "n must be between 0 and 5, got 6; 6 inputs are counted for one gate on the output"),
        ((6, "output"), {"gates": 2}, "n must be between 0 and 5, got 6"),
        ((0, "synaptic"), {}, "mechanism='synaptic' gates synapses, of which there are none, got n=0"),
        ((0, "output"), {"method": "orbits"}, "method must be one of 'auto', 'closure', 'inverse', got 'orbits'"),
        ((3, "input"), {}, "mechanism must be one of 'output'"),
        ((3, "output"), {"gate": "and", "gate_values": "mixed"}, "means gate_values='01', got gate_values='mixed'"),
        ((3, "synaptic"), {"gate": "and", "inputs": "01"}, "names a gating of outputs, got mechanism='synaptic'"),
        ((3, "multiplexing"), {"gate": "xnor"}, "names a gating of outputs, got mechanism='multiplexing'"),
        ((3, "all_synapses"), {"bias": ""}, "bias must be one of 'gated', .*, got ''"),
        ((3, "output"), {"bias": ""}, "bias must be one of 'ungated', 'gated', got ''"),
        ((3, "output"), {"max_memory": 0}, "max_memory must be at least 1, got 0"),
        ((3, "output"), {"gate": "nor"}, "gate must be one of 'xnor', 'and', 'mixed', got 'nor'"),
        ((3, "synaptic"), {"gate_values": "mixed"}, "gate_values must be one of 'pm1', '01'"),
        ((3, "all_synapses"), {"gate_values": "01", "bias": "gated"}, r"sgn\(0\)"),
        ((3, "all_synapses"), {"inputs": "01", "bias": "none"}, r"sgn\(0\)"),
        ((3, "synaptic"), {"synapses": 4}, "synapses must be between 1 and 3, got 4"),
        ((3, "output"), {"synapses": 2}, "mechanism='synaptic' only"),
        ((3, "synaptic"), {"inputs": "01", "synapses": 2}, "got gate_values='pm1' and inputs='01' with gates=1, "),
        ((3, "synaptic"), {"gates": 2, "synapses": 3}, "gates must be 1 or synapses=3, got 2"),
        ((4, "multiplexing"), {"gates": 3}, "counted for gates=1 and gates=2, got gates=3"),
        ((5, "multiplexing"), {"gates": 2}, "several .* are counted on the output, got mechanism='multiplexing'"),
        ((5, "synaptic"), {"gates": 2, "synapses": 2}, "all 2-tuples of 94572 gates; use n <= 4"),
        ((5, "output"), {"gates": 2, "method": "bitset", "max_memory": 2**30}, "more than max_memory=1073741824"),
        ((5, "synaptic"), {"max_memory": 1000}, "more than max_memory=1000"),
        ((5, "output"), {"gate": "mixed", "method": "bitset"}, "'closure', 'inverse', 'cones', got 'bitset'"),
        ((5, "output"), {"gate": "mixed", "max_memory": 1000}, "method='closure' at n=5 .* more than max_memory=1000"),
        ((2, "output"), {"gate": "mixed", "method": "cones", "max_memory": 1}, "method='cones' at n=2 .* max_memory=1"),
        ((4, "output"), {"method": "bitset"}, "method must be one of 'auto', 'closure', 'inverse', 'orbits'"),
    ],
)
def test_conventions_without_meaning_are_refused(arguments, options, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        count_gated(*arguments, **options)


@pytest.mark.parametrize("method", ["closure", "inverse", "orbits"])
def test_integers_of_numpy_are_integers(method: str) -> None:
    given = {"gates": np.int64(1), "synapses": np.int32(1), "max_memory": np.int64(2**27)}
    assert count_gated(np.int64(2), "output", method=method, **given) == count_gated(2, "output", method=method)
    assert count_gated(np.int8(2), "multiplexing", gates=np.int64(2)).count == 16


@pytest.mark.parametrize("given", ["10", None, 1e9])
def test_a_memory_that_is_no_whole_number_is_refused_by_name(given: object) -> None:
    for count in (
        lambda: count_gated(3, "output", max_memory=given),
        lambda: count_networks(3, "and", max_memory=given),
    ):  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=f"max_memory must be an int, got {given!r}"):
            count()


@pytest.mark.parametrize("method", ["closure", "inverse"])
def test_without_inputs_there_are_the_constants(method: str) -> None:
    assert count_gated(0, "output", method=method).by_ones == (1, 1)
    assert count_gated(0, "output", gate="mixed", method=method).by_ones == (2, 1)
    assert count_gated(0, "multiplexing", gates=2, method=method).by_ones == (1, 1)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_one_gate_for_each_edge_in_one_direction_computes_any_function(n: int) -> None:
    gates, everything = set(threshold_tables(n).tolist()), 2**2**n - 1
    for table in range(everything + 1):
        factors = [table | everything ^ 3 << x for x in range(0, 2**n, 2)]  # each is 1 away from its edge
        assert len(factors) == enough_gates(n) and gates.issuperset(factors)
        assert reduce(lambda f, g: f & g, factors) == reduce(lambda f, g: everything ^ f ^ g, factors) == table


@pytest.mark.parametrize("gate", ["xnor", "and"])
def test_a_million_gates_compute_everything_at_once(gate: str) -> None:
    for method in ("closure", "inverse"):
        assert count_gated(3, "output", gate=gate, gates=10**6, method=method).count == 256
    assert count_networks(3, gate, 10**5).count == 256
    assert count_networks(4, "and", 7).count == 65534  # parity takes all eight


def test_a_fractional_number_of_inputs_is_refused() -> None:
    with pytest.raises(TypeError, match="n must be an int"):
        count_gated(2.5, "output")  # type: ignore[arg-type]
