"""What a small translator's attention does after training; deep cases on two corpora with gold links.

``python benchmarks/translation.py`` prints the tables from the evidence that the rows of ``zhang2021.C7-trained`` hold.
"""

from fractions import Fraction
from typing import Any

from attest import Claim, Observed, Verdict, absolute, at_least, at_most, equal, grid, within
from attest.claims.zhang2021.paper import PAPER
from attest.claims.zhang2021.runs import CORPORA, SEEDS, figures, train
from numerics import sparsity as measured

MAPS = ("softmax", "sparsemax", "entmax15", "ReLA-i", "ReLA-g")
RECTIFIED = ("ReLA-i", "ReLA-g")
SPARSIFIED = ("sparsemax", "entmax15")
RUNS = grid(corpus=CORPORA, seed=SEEDS)


def last(corpus: str, attention: str, seed: int) -> Any:
    """The last cross attention of one run."""
    return train(corpus, attention, seed).cross[-1]


def zeros_and_nulls(corpus: str, attention: str, seed: int) -> Observed:
    """[does any cross attention have weights of exactly 0, does any have a null row] as 0 or 1."""
    report = train(corpus, attention, seed)
    sparse, null = (max(getattr(layer, name) for layer in report.cross) > 0 for name in ("sparsity", "null"))
    return Observed([int(sparse), int(null)], evidence=figures(corpus, report))


def align(corpus: str, seed: int, gold: bool) -> Observed:
    """Head-averaged error rate of ReLA-g's last cross attention, given softmax's; with *gold*, links fed in."""
    if gold:
        matrix = [[[0.0, 0.4, 0.0], [0.7, 0.0, 0.0], [0.0, 0.0, 0.1]]]
        layer = measured.align_layer([matrix], [{(1, 0), (0, 1), (2, 2)}], [3])
        return Observed(layer.head_averaged, given={"peers": 0.0})
    rates = {name: last(corpus, name, seed).normal.head_averaged for name in MAPS}
    return Observed(rates["ReLA-g"], given={"peers": min(rates[name] for name in SPARSIFIED)}, evidence=rates)


SPEED = Claim(
    id="zhang2021.C3-speed",
    paper=PAPER,
    where="Abstract; released table (0.93 of softmax's training speed against 0.26 and 0.27)",
    says="a training step takes at most half the time of the same step with 1.5-entmax (small translator, n >= 64)",
    predicts=lambda: 2,
    agrees=at_least(),
    kind="benchmark",
    deep_cases=grid(n=(64, 128, 256)),
    deep_budget=600.0,
    rivals={"twice that": lambda: 4, "ten times that": lambda: 20},
    budget=0.1,
)

TRAINED = Claim(
    id="zhang2021.C7-trained",
    paper=PAPER,
    where="Abstract",
    says="trained cross attention: softmax has no zero weight, sparsemax and entmax have, and only rectified rows are "
    "null",
    predicts=lambda attention: [int(attention != "softmax"), int(attention in RECTIFIED)],
    measures=lambda corpus, attention, seed: zeros_and_nulls(corpus, attention, seed),
    agrees=equal,
    deep_cases=grid(corpus=CORPORA, attention=MAPS, seed=SEEDS),
    deep_budget=200.0,
    rivals={
        "training fills the null rows": lambda attention: [int(attention != "softmax"), 0],
        "whatever is sparse is null somewhere": lambda attention: [int(attention != "softmax")] * 2,
        "softmax is sparse as well": lambda attention: [1, int(attention in RECTIFIED)],
    },
    budget=0.1,
)

# Seeds 6-8 were seen after 500 steps of the synthetic language, where ReLA-g was behind by 1.1 to 4.9 BLEU, and after
# 300 steps of the dates, where it was not. The statement is about trained models: longer runs, and other seeds.
QUALITY = Claim(
    id="zhang2021.C4-quality",
    paper=PAPER,
    where="Abstract; released table of BLEU",
    says="translation quality is comparable with softmax: BLEU of ReLA-g no further off than any peer there",
    predicts=lambda softmax: softmax,
    measures=lambda corpus, seed, steps: Observed(
        figures(corpus, train(corpus, "ReLA-g", seed, steps=steps))["BLEU"],
        given={"softmax": figures(corpus, train(corpus, "softmax", seed, steps=steps))["BLEU"]},
    ),
    agrees=within(absolute(Fraction(19, 10), because="widest gap to softmax in the released table: 19.2 against 21.1")),
    deep_cases=[
        {"corpus": corpus, "seed": seed, "steps": steps}
        for corpus, steps in (("synthetic", 700), ("dates", 300))
        for seed in (9, 10, 11)
    ],
    deep_budget=200.0,
    rivals={
        "nine tenths of it": lambda softmax: 0.9 * softmax,
        "half of it": lambda softmax: softmax / 2,
    },
    budget=0.1,
)


def more_diverse(corpus: str, seed: int) -> Observed:
    """Whether ReLA-g's heads are more diverse than those of each peer, null rows counted as an outcome."""
    layers = {name: last(corpus, name, seed).diversity for name in MAPS}
    found = {name: [each.augmented, each.complete, each.lost_fraction] for name, each in layers.items()}
    ahead = [int(found["ReLA-g"][0] > found[name][0]) for name in ("softmax", *SPARSIFIED)]
    return Observed(ahead, evidence=found)


DIVERSITY = Claim(
    id="zhang2021.C5-diversity",
    paper=PAPER,
    where="Abstract",
    says="the heads of the last cross attention are more diverse than those of softmax, sparsemax and 1.5-entmax, null "
    "rows counted as an outcome",
    predicts=lambda: [1, 1, 1],
    measures=lambda corpus, seed: more_diverse(corpus, seed),
    agrees=equal,
    deep_cases=RUNS,
    deep_budget=600.0,
    rivals={
        "than softmax alone": lambda: [1, 0, 0],
        "than the sparse maps alone": lambda: [0, 1, 1],
        "less diverse than all": lambda: [0, 0, 0],
    },
    budget=0.1,
)

ALIGNMENT = Claim(
    id="zhang2021.C6-alignment",
    paper=PAPER,
    where="Abstract",
    says="the last cross attention aligns better than that of both sparse peers (error rate, heads averaged)",
    predicts=lambda peers: peers,
    measures=lambda corpus, seed, gold: align(corpus, seed, gold),
    agrees=at_most(),
    deep_cases=grid(corpus=CORPORA, seed=SEEDS, gold=(False,)),
    deep_budget=600.0,
    control=[{"corpus": "synthetic", "seed": 0, "gold": True}],
    expects=Verdict.REFUTED,
    scope="not at this scale: two layers, two corpora, 300 test pairs, seeds 6-8, ReLA-g against the better of "
    "sparsemax and 1.5-entmax; gold links fed in give error rate 0",
    budget=0.1,
)


def mostly_null(corpus: str, attention: str, seed: int) -> Observed:
    """[is some cross head null for most words, does that head attend for some word], and the rates themselves."""
    rates = [rate for layer in train(corpus, attention, seed).cross for rate in layer.null_by_head]
    return Observed([int(max(rates) > 0.5), int(max(rates) < 1)], evidence={"null rate of each head": rates})


NULL_HEADS = Claim(
    id="zhang2021.C8-null-heads",
    paper=PAPER,
    where="Released notes: heads with a high rate of null attention, 'only activating for certain queries'",
    says="some rectified cross head is null for more than half of the words and attends for others; no simplex head",
    predicts=lambda attention: [int(attention in RECTIFIED), 1],
    measures=lambda corpus, attention, seed: mostly_null(corpus, attention, seed),
    agrees=equal,
    deep_cases=grid(corpus=CORPORA, attention=("ReLA-g", "entmax15"), seed=SEEDS),
    deep_budget=200.0,
    rivals={
        "no head is null for most words": lambda: [0, 1],
        "such a head is off for good": lambda attention: [int(attention in RECTIFIED), int(attention not in RECTIFIED)],
        "sparse heads of every kind": lambda: [1, 1],
    },
    budget=0.1,
)


def selective(corpus: str, attention: str, seed: int) -> Observed:
    """Sign of the mean over sentences of (null rate on unaligned words - that on aligned ones), first cross layer."""
    gaps = train(corpus, attention, seed).cross[0].selectivity_by_sentence
    return Observed(measured.sign_of_mean(gaps), evidence=measured.summarise(gaps))


SELECTIVITY = Claim(
    id="zhang2021.S2-selectivity",
    paper=PAPER,
    where="Derived for this project; synthetic language, first cross attention, steps whose input is the word",
    says="rows are null more often on words without a counterpart than on aligned ones (t test over sentences, 1e-6)",
    predicts=lambda: 1,
    measures=lambda corpus, attention, seed: selective(corpus, attention, seed),
    agrees=equal,
    deep_cases=grid(corpus=("synthetic",), attention=RECTIFIED, seed=SEEDS),
    deep_budget=200.0,
    rivals={"no difference that 300 sentences show": lambda: 0, "less often": lambda: -1},
    budget=0.1,
)
