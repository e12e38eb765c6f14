"""Single attended neurons: what they are given is checked before anything is formed from it."""

import pytest

from numerics.capacity import (
    count_labelled_maps,
    count_layer_pairs,
    gate_one_synapse,
    join_slices,
    measure_parameter_rank,
    spoken_unit_tables,
)


def test_one_gated_synapse_reaches_one_receiver() -> None:
    assert gate_one_synapse([[1, 2], [3, 4]], [1, 1], 0, 1, -1) == [-1, 7]


def test_two_gates_are_the_slices_of_one_table() -> None:
    assert join_slices((0, 1), (0, -1)) == 0b1001


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gate_one_synapse([[1, 2]], [1, 1], 0, 7, -1), "source must be between 0 and 1, got 7"),
        (lambda: gate_one_synapse([[1, 2]], [1, 1], 1, 0, -1), "target must be between 0 and 0, got 1"),
        (lambda: gate_one_synapse([[1, 2], [3]], [1, 1], 0, 0, -1), r"a weight per output, 2, got \[3\]"),
        (lambda: join_slices((1, 2), (1,)), r"as many weights, got \(1, 2\) and \(1,\)"),
        (lambda: join_slices((1, 1), (1, 2)), r"weights \(1, 1\) are zero at input 0: sgn\(0\)"),
        (lambda: spoken_unit_tables([()]), r"a bias and as many weights each, got \[\(\)\]"),
        (lambda: spoken_unit_tables([(1, 2), (0, 0)]), r"weights \(0, 0\) are zero at input 0: sgn\(0\)"),
        (lambda: spoken_unit_tables([(1, 2), (0,)]), "a bias and as many weights each"),
        (lambda: measure_parameter_rank("affine", 3, 0), "kind must be one of 'polynomial', 'product', got 'affine'"),
        (lambda: measure_parameter_rank("polynomial", 3, 0, degree=4), "degree must be between 0 and 3, got 4"),
    ],
)
def test_units_without_meaning_are_refused(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        call()


def test_a_product_of_two_gates_has_all_the_parameters_of_a_quadratic_gate_on_two_and_three_cube_inputs_alone() -> None:
    assert [measure_parameter_rank("product", n, 0) for n in (2, 3, 4)] == [5, 7, 9]
    assert [measure_parameter_rank("product", n, 0, inputs="pm1") for n in (2, 3, 4)] == [4, 7, 9]
    assert [measure_parameter_rank("polynomial", n, 0, degree=2, inputs="pm1") for n in (2, 3, 4)] == [4, 7, 11]


def test_what_an_output_gate_makes_of_shown_points_is_counted_alike_by_regions_and_by_lists() -> None:
    for n, units in ((1, 2), (2, 3), (3, 2)):
        assert count_labelled_maps(n, units) == count_layer_pairs(n, units)
