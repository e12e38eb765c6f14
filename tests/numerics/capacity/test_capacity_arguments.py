"""Functions that list all there is, for a few inputs: what is too large, or has no meaning, is refused by name."""

import pytest

from numerics.capacity import (
    computable_tables,
    count_gate_slices,
    count_hidden_pairs,
    count_mixed_degrees,
    count_three_valued,
    count_upper_slices,
    cross_attention_maps,
    disjoint_products,
    gated_members,
    layer_maps,
    minimum_units_by_enumeration,
    network_members,
    overlap_sizes,
    own_gate_maps,
    self_attention_maps,
    shared_gate_pairs,
    three_valued_count,
    threshold_tables,
    unbiased_tables,
)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cross_attention_maps(2, "foo"), "operation must be one of 'xnor', 'and', got 'foo'"),
        (lambda: cross_attention_maps(3, "and"), "n must be between 0 and 2, got 3"),
        (lambda: own_gate_maps(3, "and"), "n must be between 0 and 2, got 3"),
        (lambda: shared_gate_pairs(4, "and"), "n must be between 0 and 3, got 4"),
        (lambda: self_attention_maps(4), "n must be between 0 and 3, got 4"),
        (lambda: disjoint_products(3, 3, "or"), "operation must be one of 'xnor', 'and', got 'or'"),
        (lambda: disjoint_products(4, 3, "and"), r"n \+ m must be between 0 and 6, got 7"),
        (lambda: layer_maps(4, 3), r"units=3 of n=4 inputs make 1882\*\*3 maps, more than 10000000 to list"),
        (lambda: layer_maps(1, 10**9), "more than 10000000 to list"),
        (lambda: layer_maps(2, 0), "units must be at least 1, got 0"),
        (lambda: overlap_sizes(5), "n must be between 0 and 4, got 5"),
        (lambda: count_gate_slices(3, "foo"), "gate_values must be one of 'pm1', '01', got 'foo'"),
        (lambda: count_gate_slices(0, "pm1"), "n must be between 1 and 4, got 0"),
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
