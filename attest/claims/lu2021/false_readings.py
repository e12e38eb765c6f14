"""Readings of Theorem 2 that do not hold: scores that always grow, attention near 1 where the loss is small."""

from fractions import Fraction
from itertools import pairwise
from math import exp

from attest import Claim, Verdict, absolute, at_least, grid, relative
from attest.claims.lu2021.fixed_heads import FLOW, WHERE, rank_four, run_word, simplex
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured


def least_score_growth(head, method):
    """Smallest factor by which e^score grows between moments, for t from 1000 on, by three ways of training."""
    times = [1000.0 * 1.02**k for k in range(120)]
    if method == "log time":
        scores = run_word(head, 20.0, 1.0, 0.0, times).score
    else:
        matrix = rank_four() if head == "rank 4" else simplex(int(head))
        data = measured.one_sentence_per_topic(topics=len(matrix[0]), classes=len(matrix[0]), length=20)
        words, width = data.words, len(matrix)
        share = [0.2, *[0.8 / (len(data) - 1)] * (len(data) - 1)]
        data = measured.reweigh_sentences(data, share)
        if method == "descent":
            run = measured.simulate_attention(
                data, rate=1.0, steps=round(times[-1]), matrix=matrix, width=width, query=[1.0], embedding_scale=0.0,
                frozen_words=[words - 1], record=[round(t) for t in times],
            )  # fmt: skip
        else:
            run = measured.flow_attention(
                data, head=measured.make_head("fixed", width, len(matrix[0]), seed=0, matrix=matrix), query=[1.0],
                keys=[[0.0]] * words, embeddings=[[0.0] * width] * words, times=times, frozen=[words - 1],
            )  # fmt: skip
        scores = run.scores[:, 0]
    return min(exp(float(b - a)) for a, b in pairwise(scores))


ALWAYS_GROWING = Claim(
    id="lu2021.L9",
    paper=PAPER,
    where=WHERE,
    says="the score of a topic word grows at all times for every fixed linear classifier with independent columns",
    predicts=lambda: 1,
    measures=lambda head, method: least_score_growth(head, method),
    agrees=at_least(absolute(1e-7, because=FLOW)),
    cases=grid(head=("rank 4",), method=("log time", "tables", "descent")),
    control=grid(head=("4",), method=("log time", "tables", "descent")),
    expects=Verdict.REFUTED,
    corrected="lu2021.L2",
    budget=6.8,
)


def attention_at_loss(loss):
    """Attention of the paper's task (m = 20, 4 classes, 8 topic words) when the loss first gets that small."""
    times = [10 ** (k / 50) for k in range(50, 1500)]
    run = measured.flow_topic_word(simplex(4), 0, mass=20, frequency=0.125, times=times)
    return float(next(a for a, x in zip(run.attention, run.loss, strict=True) if x <= loss))


ATTENTION_NEAR_ONE = Claim(
    id="lu2021.L10",
    paper=PAPER,
    where="Abstract and Section 5: attention comes to rest on the topic word",
    says="where the loss is small (1e-2 and less), attention on the topic word is near 1 (0.98 and more)",
    predicts=lambda: Fraction(98, 100),
    measures=lambda loss: attention_at_loss(loss),
    agrees=at_least(relative(1e-6, because=FLOW)),
    cases=grid(loss=(1e-2, 1e-3)),
    control=grid(loss=(1e-12, 1e-20)),
    expects=Verdict.REFUTED,
    corrected="lu2021.L4-gap",
    budget=0.6,
)
