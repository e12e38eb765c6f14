"""Small networks, layers, circuits by integer programming, sampling, and the attention block as gates."""

import itertools
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from numerics.capacity import (
    attend,
    attention,
    composed_shared_gate_maps,
    computable_tables,
    computes,
    count_attention_gatings,
    count_networks,
    cross_attention_maps,
    crossed_conjunctions,
    crossed_maps,
    find_circuit,
    minimum_hidden_units,
    minimum_units_by_enumeration,
    minimum_units_by_programming,
    network_members,
    sample_gated_tables,
    sample_threshold_tables,
    self_attended_maps,
    self_attention_maps,
    shared_gate_maps,
    threshold_tables,
    traced_products,
)
from numerics.capacity.programmed import OUTPUT_WEIGHTS
from numerics.errors import SolverUndecided

PARITY = {n: [x.bit_count() % 2 for x in range(2**n)] for n in range(1, 5)}


@pytest.mark.parametrize(
    ("operation", "units", "size"),
    [("and", 2, 32506), ("or", 2, 32506), ("any", 2, 54310), ("threshold", 2, 41614), ("threshold", 3, 65534)],
)
def test_both_routes_find_the_networks_of_four_inputs(operation: str, units: int, size: int) -> None:
    composed = network_members(4, operation, units)
    assert np.array_equal(composed, computable_tables(4, operation, units))
    assert int(composed.sum()) == size


@pytest.mark.parametrize("operation", ["and", "or", "xnor", "any", "threshold"])
def test_the_engine_counts_two_units_as_the_other_routes_do(operation: str) -> None:
    for n in (2, 3, 4):
        by_orbits, composed = (count_networks(n, operation, method=method) for method in ("orbits", "closure"))
        assert by_orbits.by_ones == composed.by_ones


def test_four_hidden_units_reach_everything_and_three_miss_exactly_parity() -> None:
    assert count_networks(4, "threshold", 4, method="inverse").count == 65536
    missing = np.flatnonzero(~computable_tables(4, "threshold", 3)).tolist()
    parity = sum(b << x for x, b in enumerate(PARITY[4]))
    assert sorted(missing) == sorted([parity, 65535 ^ parity])


def test_more_units_never_lose_a_function() -> None:
    for operation in ("and", "threshold"):
        smaller = [computable_tables(3, operation, k) for k in (1, 2, 3)]
        assert all(np.all(b[a]) for a, b in itertools.pairwise(smaller))


@pytest.mark.parametrize("operation", ["xnor", "and"])
def test_maps_of_two_units_with_one_gate(operation: str) -> None:
    for n in (1, 2, 3):
        assert composed_shared_gate_maps(n, operation) == shared_gate_maps(n, operation)
    assert count_networks(3, operation, outputs=2).count == {"xnor": 63724, "and": 35846}[operation]


def test_cross_and_self_attention_maps_by_both_routes() -> None:
    for n in (1, 2):
        assert cross_attention_maps(n, "xnor") == crossed_maps(n)
        assert cross_attention_maps(n, "and") == crossed_conjunctions(n)
    for n in (1, 2, 3):
        assert self_attention_maps(n) == self_attended_maps(n)


@pytest.mark.parametrize("n", range(1, 5))
def test_parity_needs_as_many_hidden_units_as_inputs(n: int) -> None:
    assert minimum_hidden_units(PARITY[n]) == n


def test_a_programme_is_the_second_witness_of_depth() -> None:
    assert find_circuit(PARITY[3], "threshold", 3).certified
    refusal = find_circuit(PARITY[3], "threshold", 2)
    assert not refusal.answer
    assert not refusal.certified
    assert not find_circuit(PARITY[3], "xnor").answer


def test_programmed_circuits_are_evaluated_exactly_and_fail_when_touched() -> None:
    product = [1 if (x & 1) == (x >> 1 & 1) else 0 for x in range(8)]
    found = find_circuit(product, "xnor")
    assert found.answer
    assert computes(product, found.weights, "xnor") and found.output == ()
    broken = [tuple(-v for v in found.weights[0]), found.weights[1]]
    assert not computes(product, broken, "xnor")
    assert not computes(product, [(0,) * 4, found.weights[1]], "xnor")


def test_a_circuit_with_a_threshold_gate_on_top_comes_with_that_gate() -> None:
    found = find_circuit(PARITY[3], "threshold", 3)
    assert len(found.output) == 4
    assert computes(PARITY[3], found.weights, "threshold", found.output)
    assert not computes(PARITY[3], found.weights, "threshold", [-w for w in found.output])
    assert not computes(PARITY[3], found.weights, "threshold", (0, 0, 0, 0))


@pytest.mark.parametrize("n", [2, 3])
def test_the_programme_and_the_enumeration_agree_on_random_functions(n: int) -> None:
    members = network_members(n, "xnor", 2)
    for table in np.random.default_rng(1).integers(2**2**n, size=8).tolist():
        bits = [table >> x & 1 for x in range(2**n)]
        assert find_circuit(bits, "xnor").answer == bool(members[table])


def test_parity_of_four_inputs_is_programmed_with_four_hidden_units() -> None:
    found = find_circuit(PARITY[4], "threshold", 4)
    assert found.certified and computes(PARITY[4], found.weights, "threshold", found.output)


@pytest.mark.slow
def test_the_programmes_need_four_hidden_units_for_parity_of_four_inputs_as_the_enumeration_does() -> None:
    assert minimum_units_by_programming(PARITY[4]) == minimum_units_by_enumeration(tuple(PARITY[4])) == 4


@pytest.mark.parametrize("units", OUTPUT_WEIGHTS)
def test_the_output_gates_tried_are_all_that_use_every_unit(units: int) -> None:
    points = [[1 if x >> i & 1 else -1 for i in range(units)] for x in range(2**units)]
    tried = set()
    for bias, *weights in OUTPUT_WEIGHTS[units]:
        for order, signs in itertools.product(itertools.permutations(range(units)), points):
            totals = [bias + sum(w * s * p[i] for w, s, i in zip(weights, signs, order, strict=True)) for p in points]
            assert 0 not in totals
            tried.add(sum((t > 0) << x for x, t in enumerate(totals)))
    edges = [[(x, x ^ 1 << i) for x in range(2**units)] for i in range(units)]
    uses_all = {t for t in range(2**2**units) if all(any((t >> x ^ t >> y) & 1 for x, y in pairs) for pairs in edges)}
    assert tried == uses_all.intersection(threshold_tables(units).tolist())


@pytest.mark.parametrize("form", [Path, str])
def test_a_programme_out_of_time_leaves_its_question_in_a_file(form: type, tmp_path: Path) -> None:
    with pytest.raises(SolverUndecided, match="ended as"):
        find_circuit(PARITY[4], "threshold", 3, time_limit=1e-6, undecided_to=form(tmp_path / "circuit.json"))
    assert json.loads((tmp_path / "circuit.json").read_text())["table"] == PARITY[4]


def test_a_time_limit_is_any_real_number() -> None:
    for limit in (np.int64(30), np.float64(30), Fraction(30)):
        assert find_circuit(PARITY[2], time_limit=limit).answer  # type: ignore[arg-type]


def test_sampling_finds_only_threshold_functions_and_not_all() -> None:
    found = sample_threshold_tables(4, 2000, 3)
    known = set(threshold_tables(4).tolist())
    assert set(found.astype(int).tolist()) < known


def test_sampled_products_are_gated_functions() -> None:
    for gate in ("xnor", "and"):
        assert network_members(3, gate, 2)[sample_gated_tables(3, 500, 4, gate=gate).astype(int)].all()


@pytest.mark.parametrize(("tokens", "key_dim", "value_dim"), [(1, 1, 1), (3, 2, 4), (4, 5, 2)])
def test_an_attention_block_multiplies_signals_in_scores_and_in_values_only(
    tokens: int, key_dim: int, value_dim: int
) -> None:
    trace = count_attention_gatings(tokens, key_dim, value_dim, 0)
    assert (trace.output_gatings, trace.synaptic_gatings) == (tokens**2 * key_dim, tokens**2 * value_dim)
    assert (trace.quotients, trace.elsewhere) == (tokens**2, 0)


def test_the_traced_head_computes_attention() -> None:
    generator = np.random.default_rng(5)
    tokens, maps = generator.normal(size=(4, 3)), [generator.normal(size=(3, k)) for k in (2, 2, 5)]
    traced = [[output.value for output in row] for row in attention.attend_traced(tokens, *maps, attention.Trace())]
    # tolerance: sums of a few terms in another order, some roundings of numbers of size 1 to 10
    assert np.abs(np.array(traced) - attend(tokens, *maps)).max() < 1e-13


def test_products_hidden_in_the_softmax_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    softmax = attention._softmax
    honest = traced_products(4, 2, 3, 0)
    monkeypatch.setattr(attention, "_softmax", lambda scores, scale: [w * w for w in softmax(scores, scale)])
    assert traced_products(4, 2, 3, 0) == {**honest, "products": honest["products"] + 16}
    assert count_attention_gatings(4, 2, 3, 0).elsewhere == 16
    monkeypatch.setattr(attention, "_softmax", lambda scores, scale: softmax([s * s for s in scores], scale))
    assert traced_products(4, 2, 3, 0) == {**honest, "products": honest["products"] + 16}
    monkeypatch.setattr(
        attention, "_softmax", lambda scores, scale: [attention.Signal(s.value**2, s.trace) for s in scores]
    )
    with pytest.raises(ArithmeticError, match="has 12 inputs, but 28 signals were put in"):
        traced_products(4, 2, 3, 0)


def test_attention_is_equivariant_under_permuting_tokens() -> None:
    generator = np.random.default_rng(2)
    tokens = generator.normal(size=(5, 4))
    maps = [generator.normal(size=(4, k)) for k in (3, 3, 2)]
    order = generator.permutation(5)
    # tolerance: sums of five terms in another order, a few roundings of numbers of size 1 to 10
    assert np.abs(attend(tokens[order], *maps) - attend(tokens, *maps)[order]).max() < 1e-13


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: count_networks(3, "nand"), "operation must be one of"),
        (lambda: count_networks(3, "any", 3), "got units=3"),
        (lambda: count_networks(3, "threshold", 5), "up to 4 units, got units=5"),
        (
            lambda: count_networks(5, "threshold", 4),
            "n=5 is counted for two units or more, under 'threshold' at most three, got units=4",
        ),
        (lambda: count_networks(6, "threshold", 3), "n=6 is counted for two units, got units=3"),
        (lambda: count_networks(6, "any", max_memory=10**6), "more than max_memory=1000000; raise max_memory"),
        (lambda: count_networks(6, "and", method="bitset"), "must be one of 'auto', 'slices', 'orbits', got 'bitset'"),
        (lambda: count_networks(4, "and", 2, 2, max_memory=10), "method='inverse' of two outputs at n=4 needs about"),
        (lambda: count_networks(7, "and"), "n must be between 0 and 6, got 7"),
        (lambda: count_networks(3, "or", outputs=2), "operation must be one of 'and', 'xnor', got 'or'"),
        (lambda: minimum_hidden_units([0, 1, 1]), r"table must have 2\*\*n entries, got 3"),
        (lambda: minimum_hidden_units([0, 2]), "table must hold zeros and ones"),
        (lambda: find_circuit([0, 1], "xnor", 3), "posed for two units, got units=3"),
        (lambda: find_circuit([0, 1], time_limit=-1), "time_limit must be above 0, got -1"),
        (lambda: computes([0, 1, 1, 0], [(1, 1, 1)] * 2, "nand"), "operation must be one of 'xnor'"),
        (lambda: computes([0, 1, 1, 0], [(1, 1, 1)] * 3, "xnor"), "posed for two units, got units=3"),
        (
            lambda: computes([0, 1, 1, 0], [(1, 1)], "and"),
            r"each unit of 2 inputs has 3 weights, bias first, got \(1, 1\)",
        ),
        (lambda: computes([0, 1, 1, 0], [(1, 1, 1)] * 2, "threshold"), "output must hold 3 weights"),
        (lambda: computes([0, 1, 1, 0], [(1, 1, 1)] * 2, "and", (1, 1, 1)), "output must hold 0 weights"),
        (
            lambda: sample_gated_tables(6, 10**10, 0),
            r"samples=10000000000 of n=6 inputs needs about \d+ bytes, more than",
        ),
        (lambda: sample_threshold_tables(3, 100, 0, max_memory=1000), "more than max_memory=1000"),
        (lambda: sample_threshold_tables(7, 10, 0), "n must be between 0 and 6, got 7"),
        (lambda: count_attention_gatings(0, 1, 1, 0), "tokens must be at least 1, got 0"),
    ],
)
def test_bad_requests_are_refused(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        call()
