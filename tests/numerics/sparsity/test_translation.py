import datetime
from collections import Counter

import numpy as np
import pytest
import torch

from numerics import sparsity
from numerics.sparsity.sentences import END, PAD, pad

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def small():
    return sparsity.draw_synthetic_corpus(pairs=300, test=20)


def test_synthetic_links_follow_the_grammar(small):
    for pair in (*small.train, *small.test):
        linked_sources = Counter(s for s, _ in pair.links)
        for place, word in enumerate(pair.source):
            expected = {"D": 0, "N": 2 if word[0] == "N" and int(word[1:]) % 4 == 0 else 1}.get(word[0], 1)
            assert linked_sources[place] == expected
        for place, word in enumerate(pair.target):
            assert pair.aligned_targets[place] == (word not in ("ga", "o"))
        for s, t in pair.links:
            assert pair.source[s].lower() == pair.target[t].rstrip("+").rstrip("ab") or pair.source[s] == "C"


def test_the_synthetic_language_reorders_and_its_verbs_are_ambiguous(small):
    pairs = (*small.train, *small.test)
    assert any(list(sorted(p.links)) != sorted(p.links, key=lambda link: link[1]) for p in pairs)
    forms = {w for p in pairs for w in p.target if w.startswith("v1")}
    assert {"v1", "v1+"} <= forms


def monotone_error(corpus):
    """Error rate of the alignment that knows positions alone: each target word to the source word as far along."""
    links = [{(t * len(p.source) // len(p.target), t) for t in range(len(p.target))} for p in corpus.test]
    gold = [p.links for p in corpus.test]
    return sparsity.alignment_error_rate(links, gold, gold)


def test_positions_alone_align_neither_corpus(small):
    pytest.importorskip("babel", reason="the dates need the experiments extra")
    for corpus in (small, sparsity.draw_date_corpus(pairs=300, test=60)):
        assert monotone_error(corpus) > 0.5


def test_no_test_source_occurs_in_training(small):
    assert not {p.source for p in small.test} & {p.source for p in small.train}
    assert len(small.test) == 20


def test_the_same_seed_draws_the_same_corpus():
    first, second = (sparsity.draw_synthetic_corpus(pairs=20, test=2, rng=3) for _ in range(2))
    assert first == second


def test_a_test_set_that_leaves_nothing_to_train_on_is_refused():
    with pytest.raises(ValueError, match="test must leave pairs to train on, got 20 of"):
        sparsity.draw_synthetic_corpus(pairs=10, test=20)


def test_links_outside_the_sentences_are_refused():
    with pytest.raises(ValueError, match="links must lie in the sentences"):
        sparsity.SentencePair(("a",), ("b",), frozenset({(1, 0)}))


def test_dates_carry_gold_links_by_field_with_real_reordering():
    pytest.importorskip("babel", reason="the dates need the experiments extra")
    words = sparsity.date_words(datetime.date(2021, 11, 7), "hu")
    assert [field for _, field in words if field] == ["year", "month", "day", "weekday"]
    assert ("de", None) in sparsity.date_words(datetime.date(2021, 11, 7), "es")
    corpus = sparsity.draw_date_corpus(pairs=60, test=6)
    for pair in corpus.test:
        linked = {pair.source[s] for s, _ in pair.links}
        assert len(linked) >= 4 and not any(w.startswith("<") or w == "," for w in linked)


def test_padding_changes_neither_logits_nor_weights(small):
    torch.manual_seed(0)
    model = sparsity.EncoderDecoder(
        len(small.source_vocabulary),
        len(small.target_vocabulary),
        attention=lambda: sparsity.RectifiedLinearAttention(16, 2, batch_first=True),
        width=16,
    )
    source, target = [4, 5, 6, END], [1, 7, 8]
    alone, seen = model(torch.tensor([source]), torch.tensor([target]))
    padded = torch.from_numpy(pad([source, [4] * 7])), torch.from_numpy(pad([target, [1] * 5]))
    together, seen_together = model(*padded)
    assert torch.allclose(alone[0], together[0, :3], atol=1e-5)  # float32 rounding
    assert torch.allclose(seen.cross[0][0], seen_together.cross[0][0, :, :3, :4], atol=1e-5)
    assert (seen_together.cross[0][0, :, :, 4:] == 0).all() and PAD == 0


def test_a_short_training_run_learns_something_and_repeats_exactly(small):
    runs = [
        sparsity.train_translator(
            small, weight_map="relu", norm="init", steps=12, batch=8, width=16, heads=2, warm_up=4
        )
        for _ in range(2)
    ]
    assert runs[0][1]["final_loss"] == runs[1][1]["final_loss"] < np.log(len(small.target_vocabulary))
    report = sparsity.report_translation(runs[0][0], small, runs[0][1])
    assert 0 < report.token_accuracy < 1 and len(report.translations) == 20
    for layer in report.cross:
        assert 0 <= layer.null <= 1 and 0 <= layer.sparsity <= 1
        assert len(layer.null_by_head) == len(layer.normal.by_head) == 2
        assert layer.selectivity.aligned_rows == 2 * sum(sum(p.aligned_targets) for p in small.test)


def test_clipping_leaves_the_reported_gradient_unclipped(small):
    options = dict(steps=4, batch=8, width=16, heads=2)
    free, clipped = (sparsity.train_translator(small, clip=clip, **options)[1] for clip in (None, 1e-3))
    assert max(clipped["gradients"]) > 1e-3 and max(free["gradients"]) > 1e-3


def test_training_leaves_the_global_random_state_alone(small):
    before = torch.random.get_rng_state()
    sparsity.train_translator(small, steps=1, batch=4, width=16, heads=2)
    assert torch.equal(before, torch.random.get_rng_state())


def test_without_weights_the_translator_says_the_same(small):
    torch.manual_seed(0)
    model = sparsity.EncoderDecoder(
        len(small.source_vocabulary),
        len(small.target_vocabulary),
        attention=lambda: sparsity.RectifiedLinearAttention(16, 2, batch_first=True),
        width=16,
    )
    source, target = torch.tensor([[4, 5, 6, END], [4, END, PAD, PAD]]), torch.tensor([[1, 7], [1, 8]])
    full, seen = model(source, target)
    fast, unseen = model(source, target, need_weights=False)
    assert torch.allclose(full, fast, atol=1e-5)  # float32 rounding
    assert len(seen.encoder) == len(seen.decoder) == len(seen.cross) == 2 and not unseen.cross


def test_a_report_holds_one_gradient_norm_per_step_and_what_each_sentence_shows(small):
    model, training = sparsity.train_translator(small, steps=5, batch=8, width=16, heads=2)
    report = sparsity.report_translation(model, small, training)
    assert len(report.gradients) == 5 and report.largest_gradient == max(report.gradients)
    both = [pair for pair in small.test if len(set(pair.aligned_targets)) == 2]
    for layer in report.cross:
        assert len(layer.selectivity_by_sentence) == len(both)
        assert 0 <= layer.participation <= layer.support
        # A link to the end marker is never gold: keeping such links cannot lower the error.
        assert layer.normal_end_kept.head_averaged >= layer.normal.head_averaged
