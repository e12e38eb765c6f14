"""How well small trained translators translate and align, and how their heads differ; two corpora with gold links."""

from fractions import Fraction
from typing import Any

from attest import Claim, Observed, Verdict, absolute, at_most, equal, grid, within
from attest.claims.zhang2021.paper import PAPER
from attest.claims.zhang2021.runs import CORPORA, SEEDS, figures, train
from numerics import sparsity as measured

MAPS = ("softmax", "sparsemax", "entmax15", "ReLA-i", "ReLA-g")
SPARSIFIED = ("sparsemax", "entmax15")


def last(corpus: str, attention: str, seed: int) -> Any:
    """The last cross attention of one run."""
    return train(corpus, attention, seed).cross[-1]


def align(corpus: str, seed: int, gold: bool) -> Observed:
    """Head-averaged error rate of ReLA-g's last cross attention, given softmax's; with *gold*, links fed in."""
    if gold:
        matrix = [[[0.0, 0.4, 0.0], [0.7, 0.0, 0.0], [0.0, 0.0, 0.1]]]
        layer = measured.align_layer([matrix], [{(1, 0), (0, 1), (2, 2)}], [3])
        return Observed(layer.head_averaged, given={"peers": 0.0})
    rates = {name: last(corpus, name, seed).normal.head_averaged for name in MAPS}
    return Observed(rates["ReLA-g"], given={"peers": min(rates[name] for name in SPARSIFIED)}, evidence=rates)


def quality(corpus: str, seed: int, steps: int) -> Observed:
    """BLEU of ReLA-g, given softmax's after as many steps; a corpus fed in is translated without a fault by both."""
    if corpus == "fed in":
        return Observed(100.0, given={"softmax": 100.0})
    found = {name: figures(corpus, train(corpus, name, seed, steps=steps))["BLEU"] for name in ("ReLA-g", "softmax")}
    return Observed(found["ReLA-g"], given={"softmax": found["softmax"]})


GAP = absolute(Fraction(19, 10), because="widest gap to softmax in the released table: 19.2 against 21.1")

QUALITY = Claim(
    id="zhang2021.C4-quality",
    paper=PAPER,
    where="Abstract; released table of BLEU",
    says="trained for 700 steps (dates: 300), ReLA-g's BLEU is no further from softmax's than any peer's in that table",
    predicts=lambda softmax: softmax,
    measures=lambda corpus, seed, steps: quality(corpus, seed, steps),
    agrees=within(GAP),
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
    budget=0.4,
)

EARLY = Claim(
    id="zhang2021.C4-early",
    paper=PAPER,
    where="Abstract; released table of BLEU",
    says="the same after 500 steps already",
    predicts=lambda softmax: softmax,
    measures=lambda corpus, seed, steps: quality(corpus, seed, steps),
    agrees=within(GAP),
    deep_cases=grid(corpus=("synthetic",), seed=SEEDS, steps=(500,)),
    deep_budget=200.0,
    control=[{"corpus": "fed in", "seed": 0, "steps": 0}],
    expects=Verdict.REFUTED,
    scope="ReLA-g learns the synthetic language more slowly: BLEU 94.5, 97.0, 94.7 against 99.4, 98.1, 97.5 with seeds "
    "6-8; a corpus fed in is translated without a fault by both",
    budget=0.4,
)


def diversities(corpus: str, seed: int, fed: bool) -> dict[str, Any]:
    """Diversity of the last cross attention under each map; *fed* with heads apart for ReLA-g, equal for its peers."""
    if not fed:
        return {name: last(corpus, name, seed).diversity for name in MAPS}
    apart, equal_heads = ([[[1.0, 0.0]], [[0.0, 1.0]]], [[[0.5, 0.5]], [[0.5, 0.5]]])
    return {name: measured.head_diversity(apart if name == "ReLA-g" else equal_heads) for name in MAPS}


def more_diverse(corpus: str, seed: int, reading: str, fed: bool = False) -> Observed:
    """Whether ReLA-g's heads are more diverse than those of each peer in one reading of null rows."""
    layers = diversities(corpus, seed, fed)
    found = {name: [each.augmented, each.complete, each.lost_fraction] for name, each in layers.items()}
    ours, *theirs = (getattr(layers[name], reading) for name in ("ReLA-g", "softmax", *SPARSIFIED))
    return Observed([int(ours > each) for each in theirs], evidence=found)


DIVERSITY = Claim(
    id="zhang2021.C5-diversity",
    paper=PAPER,
    where="Abstract",
    says="the heads of the last cross attention are more diverse than those of softmax, sparsemax and 1.5-entmax, null "
    "rows counted as an outcome",
    predicts=lambda: [1, 1, 1],
    measures=lambda corpus, seed: more_diverse(corpus, seed, "augmented"),
    agrees=equal,
    deep_cases=grid(corpus=CORPORA, seed=SEEDS),
    deep_budget=600.0,
    rivals={
        "than softmax alone": lambda: [1, 0, 0],
        "than the sparse maps alone": lambda: [0, 1, 1],
        "less diverse than all": lambda: [0, 0, 0],
    },
    budget=0.4,
)

COMPLETE = Claim(
    id="zhang2021.C5-complete",
    paper=PAPER,
    where="Abstract; read where no head is null",
    says="the heads are more diverse than those of all three peers also where null rows cannot make them look so",
    predicts=lambda: [1, 1, 1],
    measures=lambda corpus, seed, fed: more_diverse(corpus, seed, "complete", fed),
    agrees=equal,
    deep_cases=grid(corpus=CORPORA, seed=SEEDS, fed=(False,)),
    deep_budget=600.0,
    control=[{"corpus": "synthetic", "seed": 0, "fed": True}],
    expects=Verdict.REFUTED,
    scope="not at this scale: width 64, two layers, seeds 6-8; ahead of softmax and 1.5-entmax in all six runs and of "
    "sparsemax on the synthetic language, behind sparsemax on the dates with seeds 7 and 8, in the 11 % to 40 % of "
    "queries where no head is null; heads fed in that share no word give 1",
    budget=0.4,
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
    scope="not at this scale: two layers, 300 test pairs, seeds 6-8, ReLA-g against the better of sparsemax and "
    "1.5-entmax: .26, .34, .32 against .18, .19, .22 on the synthetic language, .50, .41, .39 against .50, .39, .51 on "
    "the dates; gold links fed in give error rate 0",
    budget=0.4,
)
