"""Products of two gates by orbits: canonical forms against whole orbits, counts against routes without symmetry."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.capacity import (
    composed_by_ones,
    composed_network_by_ones,
    composed_overlap_sizes,
    count_gated,
    threshold_tables,
)
from numerics.capacity.engine_orbits import orbit_size
from numerics.capacity.products import (
    canonical_forms,
    count_product_overlaps,
    count_products,
    orbit_sizes,
    product_overlaps_by_ones,
)
from numerics.capacity.products_canonical import frame, group_order, transform
from numerics.capacity.products_pairs import free_gates, pinned_gates, points
from numerics.capacity.products_shares import OVERHEAD, fill_share, product_shares, symmetric_weights

GATE = {"xnor": "pm1", "and": "01"}


def image(word: int, n: int, order: list[int], signs: list[int], complement: int) -> int:
    """The word after X'_i = signs_i X_order(i), point by point."""
    cube = points(n + 1)
    moved = cube[:, order] * np.array(signs)
    moved = moved * moved[:, :1]
    source = (moved[:, 1:] > 0) @ (1 << np.arange(n))
    return sum((word >> int(s) & 1 ^ complement) << x for x, s in enumerate(source))


def orbit(word: int, n: int, *, pinned: bool) -> set[int]:
    """Everything that generators make of *word*."""
    same = list(range(n + 1))
    moves: list[tuple[list[int], list[int], int]] = []
    for i in range(1 if pinned else 0, n):
        swapped = same.copy()
        swapped[i], swapped[i + 1] = i + 1, i
        moves.append((swapped, [1] * (n + 1), 0))
    moves += [(same, [-1 if j == i else 1 for j in same], 0) for i in range(1, n + 1)]
    moves += [] if pinned else [(same, [1] * (n + 1), 1)]
    found, front = {word}, {word}
    while front:
        front = {image(w, n, *move) for w in front for move in moves} - found
        found |= front
    return found


@pytest.mark.parametrize("n", [2, 3])
@pytest.mark.parametrize("pinned", [False, True])
def test_a_canonical_form_is_one_word_per_orbit_and_knows_its_size(n: int, pinned: bool) -> None:
    everything = np.arange(2**2**n, dtype=np.uint64)
    forms, stabilisers = canonical_forms(everything, n, pinned=pinned)
    left = set(range(2**2**n))
    while left:
        members = orbit(min(left), n, pinned=pinned)
        at = np.array(sorted(members))
        assert len(set(forms[at].tolist())) == 1 and int(forms[at[0]]) in members
        assert set(stabilisers[at].tolist()) == {group_order(n + 1, pinned=pinned) // len(members)}
        left -= members


@given(data=st.data(), n=st.integers(4, 6), pinned=st.booleans())
def test_signed_permutations_leave_the_canonical_form(data: st.DataObject, n: int, pinned: bool) -> None:
    word = data.draw(st.integers(0, 2**2**n - 1))
    if data.draw(st.booleans()):  # a product of few gates has many ties, a random word none
        word = sum(int(abs(x.sum()) > 2) << p for p, x in enumerate(points(n + 1))) ^ (word & 3)
    tail = data.draw(st.permutations(range(int(pinned), n + 1)))
    order = [0, *tail] if pinned else list(tail)
    signs = data.draw(st.lists(st.sampled_from((-1, 1)), min_size=n + 1, max_size=n + 1))
    complement = 0 if pinned else data.draw(st.integers(0, 1))
    words = np.array([word, image(word, n, order, signs, complement)], np.uint64)
    forms, stabilisers = canonical_forms(words, n, pinned=pinned)
    assert forms[0] == forms[1]
    assert stabilisers[0] == stabilisers[1]


@pytest.mark.parametrize("n", range(1, 7))
def test_gates_stand_for_all_threshold_functions(n: int) -> None:
    count = [4, 14, 104, 1882, 94572, 15028134][n - 1]  # A000609, cited
    free, pinned = free_gates(symmetric_weights(n)), pinned_gates(symmetric_weights(n))
    assert orbit_sizes(np.array([g.word for g in pinned]), n, pinned=True).sum() == count
    walls = [sum(1 << p - 1 for p in range(1, n + 1) if g.same[p]) | int(g.null[n]) << n for g in free]
    assert sum(orbit_size(w, n + 1) for w in walls) == count


@pytest.mark.parametrize("n", range(1, 5))
@pytest.mark.parametrize("operation", ["xnor", "and"])
def test_products_are_those_that_composing_all_pairs_finds(n: int, operation: str) -> None:
    counted = count_products(n, operation)
    assert list(counted.by_ones) == composed_by_ones(n, "output", GATE[operation], "pm1", "ungated")
    assert counted.count == sum(counted.by_ones) == count_gated(n, "output", gate=operation).count


@pytest.mark.slow
@pytest.mark.parametrize("operation", ["xnor", "and"])
def test_products_of_five_inputs_are_those_of_the_bit_set(operation: str) -> None:
    assert list(count_products(5, operation).by_ones) == composed_by_ones(
        5, "output", GATE[operation], "pm1", "ungated"
    )


@pytest.mark.slow
def test_overlaps_of_five_inputs_are_those_of_the_bit_set() -> None:
    assert count_product_overlaps(5) == composed_overlap_sizes(5)


@pytest.mark.parametrize("n", range(2, 5))
def test_overlaps_are_those_of_the_composed_lists(n: int) -> None:
    assert count_product_overlaps(n) == composed_overlap_sizes(n)


@pytest.mark.parametrize("n", [3, 4])
def test_unions_have_the_numbers_of_ones_of_the_networks_that_they_are(n: int) -> None:
    found = product_overlaps_by_ones(n)
    for name, operation in (("and | or", "threshold"), ("and | or | xnor", "any")):
        assert found[name] == composed_network_by_ones(n, operation, 2)
    assert found["and & or"] == found["and & or"][::-1]


@pytest.mark.parametrize(("operation", "size", "orbits"), [("xnor", 54310, 64), ("and", 32506, 208)])
def test_sizes_and_orbits_at_four_inputs(operation: str, size: int, orbits: int) -> None:
    # The specification's table OG3 and its orbit counts, cited
    counted = count_products(4, operation)
    assert (counted.count, counted.orbits) == (size, orbits)


def test_orbits_are_expanded_to_the_very_products() -> None:
    tables = threshold_tables(3)
    for operation, products in (("and", tables[:, None] & tables), ("xnor", 255 ^ tables[:, None] ^ tables)):
        words = [w for (share,) in product_shares(3, (operation,), max_memory=2**26) for w in np.concatenate(share)]
        orbits = [orbit(int(w), 3, pinned=operation == "and") for w in words]
        assert set().union(*orbits) == set(products.ravel().tolist())


def test_less_memory_means_more_passes_and_the_same_count() -> None:
    ample = count_products(5, "and")
    scarce = count_products(5, "and", max_memory=32 * group_order(6, pinned=True) + OVERHEAD)
    assert (ample.count, ample.by_ones, ample.orbits) == (scarce.count, scarce.by_ones, scarce.orbits)
    assert ample.passes == 1
    assert scarce.passes > 2  # half a share's 15360 words hold fewer than half of the orbits


@pytest.mark.parametrize("n", [3, 4, 5])
def test_conjunctions_both_of_whose_slices_are_gates_are_as_many_as_pairs_of_gates(n: int) -> None:
    # OG2 of the specification; at n = 6 it was found to hold of both lists: 94572**2 members
    gates = threshold_tables(n - 1)
    (share,) = next(product_shares(n, ("and",), max_memory=2**26))
    words = np.concatenate(share)
    bits = words[:, None] >> np.arange(2**n, dtype=np.uint64) & np.uint64(1)
    both = np.zeros(len(words), np.int64)
    for variable in range(n):
        upper = np.arange(2**n) >> variable & 1 == 1
        slices = [bits[:, at] @ (1 << np.arange(2 ** (n - 1), dtype=np.uint64)) for at in (upper, ~upper)]
        both += np.isin(slices[0], gates) & np.isin(slices[1], gates)
    assert (orbit_sizes(words, n, pinned=True) * both).sum() == n * len(gates) ** 2


@pytest.mark.slow
def test_one_share_at_six_inputs_holds_the_products_that_fall_in_it() -> None:
    rng = np.random.default_rng(6)
    weights, lookup, mask = symmetric_weights(6), frame(7, False), np.uint64(31)
    share = fill_share(6, False, (mask, np.uint64(1)), np.empty(2**24, np.uint64), lambda part: None)
    assert share is not None
    met = 0
    for _ in range(3000):
        f, g = (rng.permutation(weights[rng.integers(len(weights))]) * rng.choice((-1, 1), 7) for _ in range(2))
        signs = (points(7) @ f > 0) ^ (points(7) @ g > 0)
        word = np.uint64(sum(1 << p for p in np.flatnonzero(signs).tolist()))
        if transform(word, lookup) & mask == 1:
            form, stabiliser = canonical_forms(np.array([word]), 6, pinned=False)
            listed = share.plain if stabiliser[0] == 1 else share.symmetric
            assert listed[np.searchsorted(listed, form[0])] == form[0]
            met += 1
    assert met > 50


@pytest.mark.slow
@pytest.mark.parametrize(("operation", "symmetric"), [("xnor", True), ("and", False)])
def test_products_of_six_inputs_lie_in_the_sandwich(operation: str, symmetric: bool) -> None:
    """Minutes for each: ``pytest -m slow tests/numerics/capacity/test_products.py -k sandwich``."""
    counted = count_products(6, operation)
    gates = 15028134  # A000609(6), cited
    assert 94572**2 <= counted.count <= gates * (gates + 1) // 2
    assert counted.by_ones[3] == comb(64, 3)  # any three points of the cube are cut out by two gates
    assert (counted.by_ones == counted.by_ones[::-1]) == symmetric
    assert (counted.by_ones[0], counted.by_ones[1], counted.by_ones[64]) == (1, 64, 1)


def test_refusals_name_what_is_needed() -> None:
    with pytest.raises(ValueError, match=r"max_memory=1000000; raise max_memory"):
        count_products(6, max_memory=10**6)
    with pytest.raises(ValueError, match="n must be between 1 and 6"):
        count_products(7)
    with pytest.raises(ValueError, match="operation must be one of 'xnor', 'and'"):
        count_products(3, "or")


def test_progress_grows_to_nearly_all_of_the_work_and_falls_back_only_where_a_share_is_divided() -> None:
    told: list[float] = []
    whole = count_products(5, "and", progress=told.append)
    assert told == sorted(told) and told[0] == 0 and told[-1] > 0.99
    told.clear()
    divided = count_products(5, "and", max_memory=32 * group_order(6, pinned=True) + OVERHEAD, progress=told.append)
    assert divided.passes > 1 and divided.by_ones == whole.by_ones
    assert told != sorted(told) and 0.99 < max(told) <= 1
