"""Functions that list all there is, for a few inputs: what is too large, or has no meaning, is refused by name."""

import pytest

from numerics.capacity import (
    asked_by_ones,
    asked_network_by_ones,
    asked_three_level_count,
    asked_three_unit_overlaps,
    attended_members,
    composed_by_ones,
    composed_network_by_ones,
    composed_overlap_sizes,
    composed_shared_gate_maps,
    composed_three_unit_overlaps,
    computable_tables,
    count_gate_slices,
    count_hidden_pairs,
    count_included_conjunctions,
    count_mixed_degrees,
    count_multiplexed_crossings,
    count_multiplexed_products,
    count_multiplexed_triples,
    count_selected_units,
    count_three_valued,
    count_upper_slices,
    cross_attention_maps,
    crossed_conjunctions,
    crossed_maps,
    disjoint_products,
    gated_members,
    is_product_parity,
    layer_maps,
    minimum_units_by_enumeration,
    network_members,
    overlap_sizes,
    own_gate_maps,
    self_attended_maps,
    self_attention_maps,
    shared_gate_maps,
    shared_gate_pairs,
    three_level_count,
    three_valued_count,
    threshold_tables,
    unbiased_tables,
)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cross_attention_maps(2, "foo"), "operation must be one of 'xnor', 'and', got 'foo'"),
        (lambda: cross_attention_maps(3, "and"), "n must be between 0 and 2, got 3"),
        (lambda: own_gate_maps(4, "and"), "n must be between 0 and 3, got 4"),
        (lambda: shared_gate_pairs(4, "and"), "n must be between 0 and 3, got 4"),
        (lambda: self_attention_maps(4), "n must be between 0 and 3, got 4"),
        (lambda: disjoint_products(3, 3, "or"), "operation must be one of 'xnor', 'and', got 'or'"),
        (lambda: disjoint_products(4, 3, "and"), r"n \+ m must be between 0 and 6, got 7"),
        (lambda: layer_maps(4, 3), r"units=3 of n=4 inputs make 1882\*\*3 maps, more than 10000000 to list"),
        (lambda: layer_maps(1, 10**9), "more than 10000000 to list"),
        (lambda: layer_maps(2, 0), "units must be at least 1, got 0"),
        (lambda: overlap_sizes(5), "n must be between 0 and 4, got 5"),
        (lambda: count_gate_slices(3, "foo"), "gate_values must be one of 'pm1', '01', got 'foo'"),
        (lambda: count_gate_slices(0, "pm1"), "n must be between 1 and 5, got 0"),
        (lambda: count_upper_slices(6), "n must be between 1 and 5, got 6"),
        (lambda: count_hidden_pairs(5), "n must be between 0 and 4, got 5"),
        (lambda: count_mixed_degrees(3, (1, 9), "pm1"), "degree must be between 0 and 3, got 9"),
        (lambda: count_mixed_degrees(3, (1,), "pm1"), r"degrees must be two, of f and of g, got \(1,\)"),  # type: ignore[arg-type]
        (lambda: count_three_valued(6), "n must be between 0 and 5, got 6"),
        (lambda: three_valued_count(7), "n must be between 0 and 5, got 7"),
        (lambda: three_valued_count(2, -1), "attended must be at least 0, got -1"),
        (lambda: threshold_tables(7), "n must be between 0 and 5, got 7; every integer weight vector is tried"),
        (lambda: threshold_tables(-1), "n must be between 0 and 5, got -1"),
        (lambda: unbiased_tables(9), "n must be between 1 and 5, got 9"),
        (lambda: shared_gate_maps(5, "and"), "n must be between 0 and 4, got 5"),
        (lambda: shared_gate_maps(3, "or"), "operation must be one of 'xnor', 'and', got 'or'"),
        (lambda: composed_shared_gate_maps(5, "and"), "n must be between 0 and 4, got 5"),
        (lambda: composed_shared_gate_maps(3, "or"), "operation must be one of 'xnor', 'and', got 'or'"),
        (lambda: crossed_maps(3), "n must be between 0 and 2, got 3"),
        (lambda: crossed_conjunctions(3), "n must be between 0 and 2, got 3"),
        (lambda: self_attended_maps(4), "n must be between 0 and 3, got 4"),
        (lambda: count_multiplexed_triples(0, "and"), "n must be between 1 and 5, got 0"),
        (lambda: count_multiplexed_triples(2, "or"), "operation must be one of 'xnor', 'and', got 'or'"),
        (lambda: count_multiplexed_triples(4, "and"), r"3 gates of n=4 inputs make 104\*\*3 maps, more than 1000000"),
        (lambda: count_multiplexed_crossings(3, 0, 1), "rows must be at least 1, got 0"),
        (lambda: count_multiplexed_crossings(3, 5, 5), r"10 gates of n=3 inputs make 14\*\*10 maps"),
        (lambda: count_multiplexed_products(3, 9), r"9 gates of n=3 inputs make 14\*\*9 maps, more than 1000000"),
        (lambda: count_multiplexed_products(3, 1), "units must be at least 2, got 1"),
        (lambda: count_selected_units(6, 2), "n must be between 1 and 5, got 6"),
        (lambda: count_selected_units(2, 5), "units must be between 1 and 4, got 5; no more slices are there than"),
        (lambda: count_selected_units(5, 2), r"units=2 gates of n=5 inputs make 1882 \* 1882 functions, more than"),
        (lambda: is_product_parity(6, 2), "n must be between 0 and 5, got 6"),
        (lambda: is_product_parity(4, 10**9), "factors must be between 1 and 32, got 1000000000"),
        (lambda: three_level_count(6), "n must be between 1 and 5, got 6"),
        (lambda: three_level_count(0), "n must be between 1 and 5, got 0"),
        (lambda: asked_three_level_count(6), "n must be between 1 and 5, got 6"),
        (lambda: count_included_conjunctions(6), "n must be between 0 and 5, got 6"),
        (lambda: composed_overlap_sizes(6), "n must be between 0 and 5, got 6"),
        (lambda: composed_three_unit_overlaps(6), "n must be between 0 and 5, got 6"),
        (lambda: asked_three_unit_overlaps(6), "n must be between 0 and 5, got 6"),
        (lambda: gated_members(7, "output", "pm1", "pm1", "ungated"), "n must be between 0 and 4, got 7"),
        (lambda: minimum_units_by_enumeration((0, 1, 1)), r"table must have 2\*\*n entries, got 3"),
        (lambda: minimum_units_by_enumeration((0, 1) * 16), "number of inputs of table must be between 0 and 4, got 5"),
    ],
)
def test_lists_that_are_too_long_or_without_meaning_are_refused(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("members", [network_members, computable_tables])
def test_both_lists_of_networks_refuse_the_same(members) -> None:  # type: ignore[no-untyped-def]
    for arguments, message in (
        ((3, "nand", 2), "operation must be one of 'and', 'or', 'xnor', 'any', 'threshold', got 'nand'"),
        ((5, "and", 2), "n must be between 0 and 4, got 5"),
        ((3, "any", 3), "units must be between 2 and 2, got 3"),
        ((3, "threshold", 5), "units must be between 1 and 4, got 5"),
    ):
        with pytest.raises(ValueError, match=message):
            members(*arguments)


@pytest.mark.parametrize("by_ones", [composed_network_by_ones, asked_network_by_ones])
def test_both_routes_to_networks_refuse_the_same(by_ones) -> None:  # type: ignore[no-untyped-def]
    for arguments, message in (
        ((5, "nand", 2), "operation must be one of 'and', 'or', 'xnor', 'any', 'threshold', got 'nand'"),
        ((6, "and", 2), "n must be between 0 and 5, got 6"),
        ((5, "threshold", 4), "n=5 is counted for two units or more, under 'threshold' at most three, got units=4"),
        ((4, "xnor", 10**9), "units must be between 1 and 32, got 1000000000"),
    ):
        with pytest.raises(ValueError, match=message):
            by_ones(*arguments)


@pytest.mark.parametrize("route", [gated_members, attended_members, composed_by_ones, asked_by_ones])
@pytest.mark.parametrize(
    ("convention", "message"),
    [
        ((3, "input", "pm1", "pm1", "ungated"), "mechanism must be one of 'output'"),
        ((3, "output", "foo", "pm1", "ungated"), "gate_values must be one of 'pm1', '01', 'mixed', got 'foo'"),
        ((3, "output", "pm1", "pm1", "zzz"), "bias must be one of 'ungated', 'gated', got 'zzz'"),
        ((3, "multiplexing", "", "pm1", "ungated"), "gate_values must be one of 'pm1', '01', got ''"),
        ((3, "synaptic", "pm1", "pm1", "gated"), "bias must be one of 'ungated', got 'gated'"),
        ((3, "synaptic", "pm1", "01", "ungated", 1, 2), "got gate_values='pm1' and inputs='01' with gates=1"),
        ((3, "all_synapses", "01", "pm1", "none"), r"bias='none' with a 0/1 gate .* sgn\(0\)"),
        ((6, "output", "pm1", "pm1", "ungated"), r"n must be between 0 and \d, got 6; the functions are listed"),
        ((4, "output", "01", "pm1", "ungated", 10**9), r"gates must be between 1 and \d+, got 1000000000"),
        ((4, "multiplexing", "pm1", "pm1", "ungated", 3), "counted for gates=1 and gates=2, got gates=3"),
    ],
)
def test_all_routes_to_a_gated_class_refuse_what_has_no_meaning(route, convention, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        route(*convention)


@pytest.mark.parametrize("members", [gated_members, attended_members])
def test_mixed_values_make_no_truth_table(members) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="gate_values='mixed' gives three values"):
        members(3, "output", "mixed", "pm1", "ungated")


@pytest.mark.parametrize("by_ones", [composed_by_ones, asked_by_ones])
def test_own_gates_of_five_inputs_are_not_mistaken_for_products(by_ones) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="several attending gates of 5 inputs are counted on the output"):
        by_ones(5, "synaptic", "pm1", "pm1", "ungated", 2, 2)
