import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics import sparsity

links = st.frozensets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6)


def f1(predicted, gold):
    return 2 * len(predicted & gold) / (len(predicted) + len(gold))


@given(predicted=links, gold=links.filter(len))
def test_with_sure_equal_to_possible_it_is_one_minus_f1(predicted, gold):
    # a couple of roundings
    assert abs(sparsity.alignment_error_rate(predicted, gold, gold) - (1 - f1(predicted, gold))) < 1e-15


@given(sure=links, more=links, extra=links)
def test_everything_sure_and_nothing_impossible_is_no_error(sure, more, extra):
    possible = sure | more | extra
    assert sparsity.alignment_error_rate(sure | more, sure, possible) == 0.0


@given(predicted=links.filter(len))
def test_disjoint_links_are_all_error(predicted):
    gold = {(s + 10, t) for s, t in predicted}
    assert sparsity.alignment_error_rate(predicted, gold, gold) == 1.0


@given(predicted=links, sure=links.filter(len))
def test_adding_a_correct_sure_link_never_raises_the_error(predicted, sure):
    missing = sure - predicted
    before = sparsity.alignment_error_rate(predicted, sure, sure)
    for link in missing:
        assert sparsity.alignment_error_rate(predicted | {link}, sure, sure) <= before


def test_a_corpus_is_summed_and_not_a_mean_of_sentences():
    predicted, gold = [{(0, 0)}, {(5, 5)}], [{(0, 0)}, {(1, 1), (2, 2), (3, 3)}]
    assert sparsity.alignment_error_rate(predicted, gold, gold) == 1 - 2 / 6
    sentences = [sparsity.alignment_error_rate(p, g, g) for p, g in zip(predicted, gold, strict=True)]
    assert np.mean(sentences) == 0.5


def test_nothing_to_find_and_nothing_claimed_is_no_error():
    assert sparsity.alignment_error_rate(set(), set(), set()) == 0.0


def test_the_direction_of_links_matters():
    assert sparsity.alignment_error_rate({(0, 1)}, {(1, 0)}, {(1, 0)}) == 1.0


def test_impossible_sure_links_and_mismatched_corpora_are_refused():
    with pytest.raises(ValueError, match=r"sure links must be possible ones; sentence 0 has \[\(0, 1\)\] only in sure"):
        sparsity.alignment_error_rate(set(), {(0, 1)}, {(0, 0)})
    with pytest.raises(ValueError, match="as many sentences as each other, got 1, 2, 2"):
        sparsity.alignment_error_rate([set()], [set(), set()], [set(), set()])
    with pytest.raises(TypeError, match="all be sets of links, or all sequences"):
        sparsity.alignment_error_rate(set(), [set()], [set()])
    with pytest.raises(TypeError, match=r"predicted must hold \(source, target\) pairs"):
        sparsity.alignment_error_rate({3}, set(), set())


def test_a_null_row_gives_no_link_rather_than_one_to_the_first_word():
    assert sparsity.alignment_links([[0.0, 0.0], [0.1, 0.7]], 2) == {(1, 1)}


def test_the_shifted_reading_is_the_next_row():
    matrix = np.zeros((4, 3))
    gold = {(2, 0), (0, 1), (1, 2)}
    for source, target in gold:
        matrix[target + 1, source] = 1.0
    shifted = sparsity.alignment_links(matrix, 3, shifted=True)
    assert sparsity.alignment_error_rate(shifted, gold, gold) == 0.0
    assert sparsity.alignment_error_rate(sparsity.alignment_links(matrix, 3), gold, gold) > 0.5


def test_the_end_marker_links_only_when_asked():
    row = [[0.1, 0.2, 0.7]]
    assert sparsity.alignment_links(row, 1, source_end=2) == set()
    assert sparsity.alignment_links(row, 1, source_end=2, end_links="keep") == {(2, 0)}


def test_missing_rows_and_nan_are_refused():
    with pytest.raises(ValueError, match="2 target words need 3 rows"):
        sparsity.alignment_links(np.ones((2, 2)), 2, shifted=True)
    with pytest.raises(ValueError, match="weights must not contain NaN"):
        sparsity.alignment_links([[np.nan]], 1)


def test_the_head_average_can_beat_every_head():
    # Each head is right on its own word and null on the other: the average is right on both.
    stack = np.zeros((2, 2, 2))
    stack[0, 0, 0] = stack[1, 1, 1] = 1.0
    gold = {(0, 0), (1, 1)}
    layer = sparsity.align_layer([stack], [gold], [2])
    assert layer.by_head == pytest.approx((1 / 3, 1 / 3), abs=1e-15)  # one rounding
    assert layer.best_head > layer.head_averaged == 0.0


def test_gold_links_fed_in_as_attention_give_no_error():
    rng = np.random.default_rng(0)
    gold, stacks = [], []
    for _ in range(5):
        sources = rng.integers(0, 6, size=4)
        matrix = np.zeros((1, 5, 7))
        matrix[0, np.arange(4), sources] = 0.3
        gold.append({(int(s), t) for t, s in enumerate(sources)})
        stacks.append(matrix)
    layer = sparsity.align_layer(stacks, gold, [4] * 5, source_end=[6] * 5)
    assert layer.best_head == layer.head_averaged == 0.0


def test_selectivity_counts_rows_of_both_kinds():
    nulls = np.array([[True, False, True], [True, False, False]])
    result = sparsity.null_selectivity(nulls, [False, True, True])
    assert result == sparsity.Selectivity(1.0, 0.25, 2, 4)
    assert sparsity.null_selectivity(nulls, [True, True, True]).unaligned_rate is None


def test_keys_behind_the_mask_change_no_alignment():
    rng = np.random.default_rng(1)
    stacks = [np.maximum(rng.normal(size=(2, 4, 5)), 0) for _ in range(3)]
    gold = [{(int(s), t) for t, s in enumerate(rng.integers(0, 5, size=3))} for _ in stacks]
    longer = [np.concatenate([stack, np.zeros((2, 4, 3))], axis=-1) for stack in stacks]
    for shifted in (False, True):
        before, after = (sparsity.align_layer(each, gold, [3] * 3, shifted=shifted) for each in (stacks, longer))
        assert before == after
