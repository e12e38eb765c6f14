"""The counting engine against cited values, itself in another order, and structure it was not told."""

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from numerics.capacity import engine_search
from numerics.capacity.engine import ThresholdCount, warm_up
from numerics.capacity.engine_cone import Cone, Workspace, build_cone, check_state, search
from numerics.capacity.engine_kernel import BALANCED
from numerics.capacity.engine_orbits import binomial_transforms, orbit_size, stabiliser_order
from numerics.capacity.engine_search import fits_a_table
from numerics.capacity.threshold import count_threshold_functions
from numerics.errors import SolverUndecided

A000609 = (2, 4, 14, 104, 1882, 94572, 15028134, 8378070864, 17561539552946, 144130531453121108)
A001532 = (1, 1, 2, 3, 7, 21, 135, 2470, 175428, 52980624)  # classes of self-dual functions of n + 1 variables
A000617 = (2, 3, 5, 10, 27, 119, 1113, 29375, 2730166)


@pytest.fixture(scope="module")
def counted() -> list[ThresholdCount]:
    return [count_threshold_functions(n) for n in range(9)]


@pytest.mark.parametrize("n", range(9))
def test_counts_and_classes_are_the_cited_ones(n: int, counted: list[ThresholdCount]) -> None:
    assert counted[n].count == A000609[n]
    assert counted[n].classes == A001532[n] == sum(counted[n].histogram)
    assert counted[n].certified


def test_classes_with_a_zero_weight_are_the_classes_of_one_input_fewer(counted: list[ThresholdCount]) -> None:
    assert [counted[n].null_classes for n in range(1, 9)] == [counted[n - 1].classes for n in range(1, 9)]


def test_input_classes_are_the_cited_ones(counted: list[ThresholdCount]) -> None:
    assert tuple(c.input_classes() for c in counted) == A000617


def test_self_complementary_input_classes_are_those_without_a_bias(counted: list[ThresholdCount]) -> None:
    for n in range(1, 9):
        fixed = 2 * counted[n].input_classes(complement=True) - counted[n].input_classes()
        assert fixed == counted[n - 1].classes


def test_binomial_transforms_are_divisible(counted: list[ThresholdCount]) -> None:
    for n in range(9):
        assert all(t % 2**n == 0 for t in binomial_transforms(c.count for c in counted[: n + 1]))


def test_binomial_transforms_notice_one_function_too_many(counted: list[ThresholdCount]) -> None:
    spoiled = [c.count for c in counted[:8]] + [counted[8].count + 2]
    assert any(t % 2**8 for t in binomial_transforms(spoiled))


@pytest.mark.parametrize("n", range(2, 9))
def test_another_order_of_splits_gives_the_same_histogram(n: int, counted: list[ThresholdCount]) -> None:
    assert count_threshold_functions(n, order="fewest pairs").histogram == counted[n].histogram


@pytest.mark.parametrize("n", range(7))
def test_sign_symmetry_alone_gives_the_same_count(n: int) -> None:
    assert count_threshold_functions(n, symmetry="signs").count == A000609[n]


@pytest.mark.slow
def test_sign_symmetry_alone_gives_the_same_count_at_seven() -> None:
    assert count_threshold_functions(7, symmetry="signs").count == A000609[7]


@pytest.mark.slow
def test_nine_inputs_in_both_orders_and_the_value_that_oeis_has_otherwise() -> None:
    found = count_threshold_functions(9)
    assert (found.count, found.classes, found.null_classes) == (A000609[9], A001532[9], A001532[8])
    assert count_threshold_functions(9, order="fewest pairs").histogram == found.histogram
    # OEIS lists A000617(9) = 989913346. The same histogram gives A000609(9), A001532(10) and A001532(9), and the
    # number of self-complementary classes that theory demands only with the value below.
    assert found.input_classes() == 993061484
    assert 2 * found.input_classes(complement=True) - found.input_classes() == A001532[8]


@pytest.mark.parametrize("n", range(4))
def test_every_function_found_by_small_weights_is_counted(n: int) -> None:
    points = np.array(list(product((-1, 1), repeat=n)) or [()], dtype=np.int64).reshape(2**n, n)
    inputs = np.hstack([np.ones((2**n, 1), np.int64), points])
    weights = np.array(list(product(range(-3, 4), repeat=n + 1)))  # weights up to 2 suffice for three inputs
    values = weights @ inputs.T
    clear = values[(values != 0).all(axis=1)] > 0
    assert len({row.tobytes() for row in clear}) == count_threshold_functions(n).count


@pytest.mark.parametrize(("dim", "depth"), [(6, 3), (8, 5), (9, 6), (9, 10)])
def test_tasks_of_one_depth_sum_to_the_whole(dim: int, depth: int) -> None:
    whole = search(dim, "signed permutations", "balanced", 0, 0)
    parts = sum(search(dim, "signed permutations", "balanced", depth, path) for path in range(2**depth))
    assert np.array_equal(whole, parts)


def test_stabilisers_are_parabolic_subgroups_by_brute_force() -> None:
    signs = [np.array(s) for s in product((-1, 1), repeat=3)]
    orders = [np.array(p) for p in product(range(3), repeat=3) if len(set(p)) == 3]
    for walls in range(8):
        drop = [0 if walls >> i & 1 else 2 + i for i in range(3)]  # a generic point of the face
        point = np.cumsum(drop[::-1])[::-1]
        fixing = sum(np.array_equal(s * point[p], point) for s in signs for p in orders)
        assert fixing == stabiliser_order(walls, 3)
        assert orbit_size(walls, 3) * fixing == 48


def test_only_hyperplanes_that_cut_the_chamber_are_kept() -> None:
    assert [build_cone(dim, "signed permutations").values.shape[1] for dim in (9, 10, 11)] == [130, 260, 562]


@pytest.mark.parametrize(
    ("n", "degree", "error", "text"),
    [
        (-1, 1, ValueError, "n must be between 0"),
        (10, 1, ValueError, "count_threshold_job"),
        (3.0, 1, TypeError, "n must be an int, got 3.0"),
        (True, 1, TypeError, "n must be an int, got True"),
        (3, 4, ValueError, "degree must be between 1 and 3, got 4"),
        (3, 0, ValueError, "degree must be between 1 and 3, got 0"),
    ],
)
def test_bad_input_is_refused_by_name(n: int, degree: int, error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        count_threshold_functions(n, degree)


def test_a_histogram_without_chamber_has_no_input_classes() -> None:
    with pytest.raises(ValueError, match="under signed permutations"):
        count_threshold_functions(3, symmetry="signs").input_classes()


def test_a_task_beyond_its_depth_is_refused() -> None:
    with pytest.raises(ValueError, match="depth=3 has 8 tasks"):
        search(6, "signed permutations", "balanced", 3, 8)


def test_warming_up_twice_is_harmless() -> None:
    warm_up()
    warm_up()
    assert count_threshold_functions(4).count == 1882  # cited: OEIS A000609


def _explored(work: Workspace, dim: int) -> tuple[int, NDArray[np.int64]]:
    found = np.zeros(2**dim, np.int64)
    state, _ = engine_search.explore(dim, BALANCED, BALANCED, 0, 0, *work.arena, *work.tables, 1, found)
    return state, found


@pytest.mark.parametrize("dim", [6, 8, 9])
def test_facets_that_overflow_into_the_second_word_are_counted_alike(dim: int) -> None:
    work = Workspace(build_cone(dim, "signed permutations"), 0)
    taken = np.uint64((2**63 - 1) & ~(2**dim - 1))  # all rays lie on facets that fill the first word
    work.lo[:dim] |= taken
    work.used[0, 0] |= taken
    state, found = _explored(work, dim)
    assert state == engine_search.OK
    assert np.array_equal(found, search(dim, "signed permutations", "balanced", 0, 0))


def test_more_facets_than_two_words_hold_are_reported() -> None:
    work = Workspace(build_cone(6, "signed permutations"), 0)
    work.lo[:6] |= np.uint64((2**63 - 1) & ~63)
    work.hi[:6] = 2**64 - 1
    work.used[0] = 2**63 - 1, 2**64 - 1
    state, _ = _explored(work, 6)
    with pytest.raises(SolverUndecided, match="more than 126 facets; nothing was counted"):
        check_state(state, 6)


def test_values_out_of_range_are_reported_where_they_arise_and_where_they_are_given() -> None:
    values = np.random.default_rng(0).integers(-20000, 20001, (4, 12))
    state, _ = _explored(Workspace(Cone(np.eye(4, dtype=np.int64), values), 0), 4)
    with pytest.raises(SolverUndecided, match="exceeded the range of exact arithmetic"):
        check_state(state, 4)
    with pytest.raises(SolverUndecided, match="leave the range of exact arithmetic"):
        Workspace(Cone(np.eye(4, dtype=np.int64), 2 * values), 0)


def test_numpy_integers_give_the_same_exact_counts() -> None:
    for n, degree in ((7, 1), (6, 4), (7, 6)):
        found = count_threshold_functions(np.int8(n), np.int64(degree))
        assert found.count == count_threshold_functions(n, degree).count
        assert type(found.count) is type(found.n) is int


@pytest.mark.parametrize("dim", range(3, 14))
def test_a_table_takes_as_many_facets_as_there_are_bits_below_that_of_what_is_alive(dim: int) -> None:
    walls = 2**dim - 1

    def fits(others: int) -> bool:
        used = walls | (2**others - 1) << dim
        return bool(fits_a_table(dim, 10, 10, np.uint64(used % 2**64), np.uint64(used >> 64)))

    # bits 0 to 62 are for facets, and one of them stays free for the next
    assert fits(62 - dim) and not fits(63 - dim)
