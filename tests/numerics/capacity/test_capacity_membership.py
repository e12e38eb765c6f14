"""Threshold membership: all classes of four inputs, a sample of five, and the properties that hold for every n."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.capacity import (
    characteristic_polynomial,
    count_dichotomies,
    count_regions,
    count_threshold_functions_by_lp,
    count_weakly_threshold,
    gaussian_points,
    is_threshold,
    listed_tables,
    threshold_classes,
    threshold_tables,
)
from numerics.capacity.inverse import orbit_labels
from numerics.capacity.points import cube_rows
from numerics.capacity.reference import decide_by_pulp

THRESHOLD_COUNTS = (2, 4, 14, 104, 1882, 94572, 15028134, 8378070864)  # OEIS A000609, cited


def bits(table: int, n: int) -> list[int]:
    return [table >> x & 1 for x in range(2**n)]


def test_all_222_classes_of_four_inputs_are_certified_both_ways() -> None:
    labels = orbit_labels(4, (range(4),), (0, 1, 2, 3), True)
    representatives, sizes = np.unique(labels, return_counts=True)
    assert len(representatives) == 222
    answers = [is_threshold(bits(int(t), 4)) for t in representatives]
    assert all(answer.verify() for answer in answers)
    assert sum(int(s) for s, a in zip(sizes, answers, strict=True) if a.answer) == THRESHOLD_COUNTS[4]


def test_questions_from_several_threads_do_not_meet() -> None:
    asked = np.random.default_rng(0).integers(2**16, size=200).tolist()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda table: is_threshold(bits(table, 4)), asked))
    members = set(threshold_tables(4).tolist())
    assert all(a.verify() and a.answer == (t in members) for t, a in zip(asked, answers, strict=True))


def test_a_sample_of_five_inputs_is_certified_both_ways() -> None:
    # Sample: 60 threshold functions and 60 neighbours of such (one value changed), drawn with seed 5.
    generator = np.random.default_rng(5)
    drawn = [int(t) for t in generator.choice(threshold_tables(5), 60)]
    drawn += [t ^ 1 << int(generator.integers(32)) for t in drawn]
    known = set(threshold_tables(5).tolist())
    for table in drawn:
        answer = is_threshold(bits(table, 5))
        assert answer.verify()
        assert answer.answer == (table in known)


def test_xor_is_never_counted() -> None:
    for table in ([0, 1, 1, 0], [1, 0, 0, 1]):
        assert not is_threshold(table).answer
        assert is_threshold(table, 2).answer


@pytest.mark.parametrize("n", range(1, 5))
def test_parity_needs_full_degree(n: int) -> None:
    parity = [x.bit_count() % 2 for x in range(2**n)]
    assert is_threshold(parity, n).answer
    assert not is_threshold(parity, n - 1).answer


@given(n=st.integers(1, 4), data=st.data())
def test_larger_degrees_keep_every_function(n: int, data: st.DataObject) -> None:
    table = data.draw(st.lists(st.sampled_from((-1, 1)), min_size=2**n, max_size=2**n))
    answers = [is_threshold(table, degree).answer for degree in range(n + 1)]
    assert answers == sorted(answers)
    assert answers[n]


@given(
    table=st.lists(st.integers(0, 1), min_size=8, max_size=8), order=st.permutations(range(3)), flip=st.integers(0, 7)
)
def test_permuting_and_negating_inputs_changes_no_answer(table: list[int], order: list[int], flip: int) -> None:
    moved = [table[sum(((x ^ flip) >> i & 1) << order[i] for i in range(3))] for x in range(8)]
    assert is_threshold(moved).answer == is_threshold(table).answer


@pytest.mark.parametrize("n", range(5))
def test_one_programme_per_function_finds_the_known_counts(n: int) -> None:
    found = count_threshold_functions_by_lp(n)
    assert found.count == THRESHOLD_COUNTS[n]
    assert found.realised + found.refuted == 2**2**n


@pytest.mark.parametrize("n", range(4))
def test_the_readable_programmes_decide_every_function_alike(n: int) -> None:
    readable, reused = (count_threshold_functions_by_lp(n, solver=solver) for solver in ("pulp", "highs"))
    assert (readable.count, readable.refuted) == (reused.count, reused.refuted)


def test_the_readable_programmes_agree() -> None:
    assert decide_by_pulp(cube_rows(2), [1, 1, 1, -1])


@pytest.mark.parametrize("n", range(6))
def test_weights_and_ideals_list_the_same_functions(n: int) -> None:
    assert np.array_equal(threshold_tables(n), listed_tables(n))


def test_numbers_of_classes() -> None:
    assert [len(threshold_classes(n)) for n in range(7)] == [1, 1, 2, 3, 7, 21, 135]  # OEIS A001532, cited


@pytest.mark.parametrize("n", [*range(8), pytest.param(8, marks=pytest.mark.slow)])
def test_finite_fields_give_the_known_counts(n: int) -> None:
    polynomial = characteristic_polynomial(n)
    assert polynomial[0] == 1
    assert sum(polynomial) == 0
    assert sum(map(abs, polynomial)) == THRESHOLD_COUNTS[n]


@given(m=st.integers(1, 6), d=st.integers(1, 3), seed=st.integers(0, 10**6))
def test_dichotomies_of_points_are_the_regions_of_their_hyperplanes(m: int, d: int, seed: int) -> None:
    points = gaussian_points(m, d, seed)
    assert count_dichotomies(points) == count_regions(points)


def test_weak_agreement_is_the_complement_by_duality() -> None:
    for n in (2, 3, 4):
        assert count_weakly_threshold(n, 0) == 2
    assert count_weakly_threshold(3) + count_threshold_functions_by_lp(3).count == 2**8
    assert count_threshold_functions_by_lp(3, 2).count == 2**8 - count_weakly_threshold(3, 0)


def test_a_function_and_its_slices() -> None:
    below = set(threshold_tables(3).tolist())
    for table in threshold_tables(4).tolist():
        assert table & 255 in below
        assert table >> 8 in below


@pytest.mark.parametrize(
    ("table", "degree", "message"),
    [
        ([0, 1, 1], 1, r"table must have 2\*\*n entries, got 3"),
        ([], 1, r"table must have 2\*\*n entries, got 0"),
        ([0, 2, 1, 1], 1, r"table must hold zeros and ones \(or -1 and 1\), got values \[0, 1, 2\]"),
        ([0, -1, 1, 1], 1, "table must hold zeros and ones"),
        ([0, 1, 1, 0], 3, "degree must be between 0 and 2, got 3"),
        ([0, 1, 1, 0], -1, "degree must be between 0 and 2, got -1"),
    ],
)
def test_malformed_tables_and_degrees_are_refused(table: list[int], degree: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        is_threshold(table, degree)


@pytest.mark.parametrize("table", [6, {0, 1}, {0: 0, 1: 1}, "01", iter([0, 1]), np.zeros((2, 2))])
def test_a_table_without_an_order_is_refused(table) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError, match=r"table must be a list, tuple or NumPy vector of 2\*\*n zeros and ones, got "):
        is_threshold(table)


@pytest.mark.parametrize(("table", "got"), [([[0, 1], [1, 0]], r"\[0, 1\] at index 0"), ([0, None], "None at index 1")])
def test_entries_of_a_table_are_numbers(table, got: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError, match=rf"table must hold zeros and ones \(or -1 and 1\), got {got}"):
        is_threshold(table)


@pytest.mark.parametrize("table", [(-1, 1, 1, 1), np.array([0, 1, 1, 1]), np.array([-1.0, 1, 1, 1]), np.arange(4) > 0])
def test_tables_are_lists_tuples_and_vectors(table) -> None:  # type: ignore[no-untyped-def]
    assert is_threshold(table).answer and is_threshold(table).table == (0, 1, 1, 1)


def test_a_fractional_degree_is_refused() -> None:
    with pytest.raises(TypeError, match=r"degree must be an int, got 1\.5"):
        is_threshold([0, 1, 1, 0], 1.5)  # type: ignore[arg-type]
