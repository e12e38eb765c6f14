"""Train a small translator with a given attention on a corpus with gold links, and measure what its heads do."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from numerics.sparsity._validate import finite_number, whole_number
from numerics.sparsity.alignment import LayerAlignment, Selectivity, align_layer, null_selectivity
from numerics.sparsity.attention import MappedAttention
from numerics.sparsity.encoder_decoder import EncoderDecoder
from numerics.sparsity.metrics import (
    HeadDiversity,
    head_diversity,
    null_rate,
    null_rows,
    participation_ratio,
    sparsity_rate,
    support_size,
)
from numerics.sparsity.sentences import BEGIN, PAD, Corpus, draw_batches, encode, pad


@dataclass(frozen=True)
class LayerReport:
    """One cross-attention layer on the test set."""

    sparsity: float
    null: float
    null_by_head: tuple[float, ...]
    support: float
    """Mean number of words that a row attends to."""
    participation: float
    """Mean participation ratio of the rows, 0 for a null one."""
    diversity: HeadDiversity
    normal: LayerAlignment
    shifted: LayerAlignment
    normal_end_kept: LayerAlignment
    """The normal reading where a maximum on the source's end marker counts as a (wrong) link."""
    selectivity: Selectivity
    """Null rows at the step whose *input* is the word (the shifted reading)."""
    selectivity_by_sentence: tuple[float, ...]
    """Null rate on words without a counterpart less that on aligned words, where a sentence has both."""


@dataclass(frozen=True)
class TranslationReport:
    """Quality, attention and training of one run."""

    token_accuracy: float
    exact_match: float
    gradients: tuple[float, ...]
    """Global gradient norm of every step, before clipping."""
    final_loss: float
    steps_per_second: float
    """Per CPU second."""
    encoder_sparsity: tuple[float, ...]
    decoder_sparsity: tuple[float, ...]
    cross: tuple[LayerReport, ...]
    translations: tuple[tuple[str, ...], ...]

    @property
    def largest_gradient(self) -> float:
        """The largest of :attr:`gradients`."""
        return max(self.gradients)


def train_translator(
    corpus: Corpus,
    *,
    weight_map: str = "relu",
    norm: str = "gated",
    per_head: bool = False,
    eps: float = 1e-8,
    clip: float | None = None,
    rate: float = 3e-3,
    warm_up: int = 200,
    steps: int = 700,
    batch: int = 32,
    width: int = 64,
    heads: int = 4,
    seed: int = 0,
) -> tuple[EncoderDecoder, dict[str, Any]]:
    """(model, {"gradients", "final_loss", "steps_per_second"}) after *steps* of Adam(.9, .98).

    The learning rate rises over *warm_up* steps to *rate* and falls like the inverse root; no dropout. *clip* bounds
    the global gradient norm; the norms returned are those before it. The same seed gives the same run on one thread.
    """
    whole_number("steps", steps)
    finite_number("rate", rate, 0.0)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = EncoderDecoder(
            len(corpus.source_vocabulary),
            len(corpus.target_vocabulary),
            attention=lambda: MappedAttention(
                width, heads, weight_map=weight_map, norm=norm, per_head=per_head, eps=eps, batch_first=True
            ),
            width=width,
        )
    optimiser = torch.optim.Adam(model.parameters(), lr=rate, betas=(0.9, 0.98), eps=1e-9, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm_up, (warm_up / (step + 1)) ** 0.5)
    )
    gradients, loss, started = [], torch.tensor(0.0), time.process_time()
    for source, given, wanted in draw_batches(encode(corpus, corpus.train), batch, steps, np.random.default_rng(seed)):
        logits, _ = model(torch.from_numpy(source), torch.from_numpy(given), need_weights=False)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), torch.from_numpy(wanted).flatten(), ignore_index=PAD)
        optimiser.zero_grad()
        loss.backward()
        bound = float("inf") if clip is None else clip
        gradients.append(float(nn.utils.clip_grad_norm_(model.parameters(), bound)))
        optimiser.step()
        schedule.step()
    return model, {
        "gradients": tuple(gradients),
        "final_loss": float(loss.detach()),
        "steps_per_second": steps / (time.process_time() - started),
    }


@torch.no_grad()
def report_translation(model: EncoderDecoder, corpus: Corpus, training: dict[str, Any]) -> TranslationReport:
    """Everything measured on the test set, teacher-forced but for the greedy translations."""
    model.eval()
    encoded = encode(corpus, corpus.test)
    source = torch.from_numpy(pad([s for s, _ in encoded]))
    given = torch.from_numpy(pad([[BEGIN, *t] for _, t in encoded]))
    logits, attended = model(source, given)
    guesses = logits.argmax(dim=-1)
    words = [len(t) for _, t in encoded]
    right = sum(int((guesses[i, :n] == torch.tensor(encoded[i][1])).sum()) for i, n in enumerate(words))
    greedy = model.translate(source, longest=max(words) + 5)
    vocabulary = corpus.target_vocabulary
    key_valid, query_valid = (source != PAD).numpy(), (given != PAD).numpy()
    causal = np.tril(np.ones((given.shape[1],) * 2, dtype=bool))
    valid = {
        "encoder": key_valid[:, :, None] & key_valid[:, None, :],
        "decoder": query_valid[:, :, None] & query_valid[:, None, :] & causal,
        "cross": query_valid[:, :, None] & key_valid[:, None, :],
    }
    return TranslationReport(
        token_accuracy=right / sum(words),
        exact_match=float(np.mean([g == t for g, (_, t) in zip(greedy, encoded, strict=True)])),
        encoder_sparsity=tuple(sparsity_rate(w, valid["encoder"]) for w in attended.encoder),
        decoder_sparsity=tuple(sparsity_rate(w, valid["decoder"]) for w in attended.decoder),
        cross=tuple(_report_layer(w.numpy(), valid["cross"], corpus, encoded) for w in attended.cross),
        translations=tuple(tuple(vocabulary[i] for i in row) for row in greedy),
        **training,
    )


def _report_layer(weights: Any, valid: Any, corpus: Corpus, encoded: Any) -> LayerReport:
    sizes = [(len(t), len(s)) for s, t in encoded]
    stacks = [w[:, : n + 1, :m] for w, (n, m) in zip(weights, sizes, strict=True)]
    gold, words, ends = [p.links for p in corpus.test], [n for n, _ in sizes], [m - 1 for _, m in sizes]
    nulls, asked = null_rows(weights, valid), np.broadcast_to(valid.any(axis=-1)[:, None], weights.shape[:-1])
    at_input = [nulls[i, :, 1 : n + 1] for i, n in enumerate(words)]
    aligned = [pair.aligned_targets for pair in corpus.test]
    by_sentence = [null_selectivity(rows, gold) for rows, gold in zip(at_input, aligned, strict=True)]
    diverse = (weights >= 0).all()
    return LayerReport(
        sparsity=sparsity_rate(weights, valid),
        null=null_rate(weights, valid),
        null_by_head=tuple(float(x) for x in null_rate(weights, valid, by_head=True)),
        support=float(support_size(weights, valid)[asked].mean()),
        participation=float(participation_ratio(weights, valid)[asked].mean()),
        diversity=head_diversity(weights, valid) if diverse else HeadDiversity(0.0, None, 1.0),
        normal=align_layer(stacks, gold, words, source_end=ends),
        shifted=align_layer(stacks, gold, words, source_end=ends, shifted=True),
        normal_end_kept=align_layer(stacks, gold, words, source_end=ends, end_links="keep"),
        selectivity=null_selectivity(np.concatenate(at_input, axis=1), np.concatenate(aligned)),
        selectivity_by_sentence=tuple(
            each.unaligned_rate - each.aligned_rate
            for each in by_sentence
            if each.unaligned_rate is not None and each.aligned_rate is not None
        ),
    )


def corpus_bleu(report: TranslationReport, corpus: Corpus) -> float:
    """BLEU of the greedy translations by ``sacrebleu``, words as they are (no tokenisation)."""
    import sacrebleu

    references = [" ".join(pair.target) for pair in corpus.test]
    return float(
        sacrebleu.corpus_bleu(
            [" ".join(t) for t in report.translations], [references], tokenize="none", force=True
        ).score
    )
