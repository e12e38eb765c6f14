"""What a small translator's attention does after training; deep cases, one per seed, on a corpus with gold links.

Post-norm encoder-decoder, width 64, 4 heads, 2 + 2 layers, Adam at 3e-3, 700 steps of 32 pairs of a synthetic language;
300 held-out pairs. One training run serves every claim of the same worker.

Seeds 0-2 were a pilot: the thresholds below and the rivals beside them were chosen after seeing it. The claims are
therefore judged on seeds 3-5, which played no part in that choice.
"""

from fractions import Fraction
from typing import Any

from attest import Claim, Observed, Verdict, absolute, at_least, at_most, grid, within
from attest.claims.zhang2021.paper import PAPER
from numerics import sparsity as measured

SEEDS = grid(seed=(3, 4, 5))
SOFTMAX = {"weight_map": "softmax", "norm": "none"}
GATED = {"weight_map": "relu", "norm": "gated", "clip": 1.0}
INIT = {"weight_map": "relu", "norm": "init", "clip": 1.0}
_runs: dict[str, Any] = {}


def train(seed: int, options: dict[str, Any], steps: int = 700) -> Any:
    """The report of one run; the same arguments give the same report."""
    name = repr((seed, steps, sorted(options.items())))
    if name not in _runs:
        corpus = measured.draw_synthetic_corpus(rng=0)
        model, training = measured.train_translator(corpus, seed=seed, steps=steps, **options)
        _runs[name] = measured.report_translation(model, corpus, training)
    return _runs[name]


def align(seed: int, gold: bool) -> Observed:
    """Head-averaged error rate of the last cross attention, given softmax's; with *gold*, links fed in as weights."""
    if gold:
        matrix = [[[0.0, 0.4, 0.0], [0.7, 0.0, 0.0], [0.0, 0.0, 0.1]]]
        layer = measured.align_layer([matrix], [{(1, 0), (0, 1), (2, 2)}], [3])
        return Observed(layer.head_averaged, given={"softmax": 0.0})
    rates = [train(seed, options).cross[-1].normal.head_averaged for options in (INIT, SOFTMAX)]
    return Observed(rates[0], given={"softmax": rates[1]})


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
)

NORM_IS_NEEDED = Claim(
    id="zhang2021.C2-norm",
    paper=PAPER,
    where="Abstract",
    says="without a normalisation of its output, rectified attention does not learn (token accuracy at most 0.7)",
    predicts=lambda: Fraction(7, 10),
    measures=lambda seed, steps: train(seed, {"weight_map": "relu", "norm": "none"}, steps).token_accuracy,
    agrees=at_most(),
    deep_cases=grid(seed=(3, 4, 5), steps=(700,)),
    deep_budget=200.0,
    control=[{"seed": 0, "steps": 5}],
    expects=Verdict.REFUTED,
    scope="not at this scale: 700 steps, width 64, post-norm blocks, Xavier initialisation, seeds 3-5; an untrained "
    "model is recognised as failing",
    budget=13.0,
)

QUALITY = Claim(
    id="zhang2021.C4-quality",
    paper=PAPER,
    where="Abstract",
    says="translation quality is comparable with softmax (token accuracy here; gated, gradients clipped at 1)",
    predicts=lambda softmax: softmax,
    measures=lambda seed: Observed(
        train(seed, GATED).token_accuracy, given={"softmax": train(seed, SOFTMAX).token_accuracy}
    ),
    agrees=within(absolute(Fraction(3, 100), because="what 'comparable' is taken to mean: three points of accuracy")),
    deep_cases=SEEDS,
    deep_budget=200.0,
    rivals={
        "nine tenths of it": lambda softmax: 0.9 * softmax,
        "half of it": lambda softmax: softmax / 2,
    },
)

DIVERSITY = Claim(
    id="zhang2021.C5-diversity",
    paper=PAPER,
    where="Abstract",
    says="the heads of the last cross attention are more diverse than those of softmax: at least twice, null-augmented",
    predicts=lambda softmax: 2 * softmax,
    measures=lambda seed: Observed(
        train(seed, GATED).cross[-1].diversity.augmented,
        given={"softmax": train(seed, SOFTMAX).cross[-1].diversity.augmented},
    ),
    agrees=at_least(),
    deep_cases=SEEDS,
    deep_budget=200.0,
    rivals={
        "eight times": lambda softmax: 8 * softmax,
        "four times": lambda softmax: 4 * softmax,
    },
)

ALIGNMENT = Claim(
    id="zhang2021.C6-alignment",
    paper=PAPER,
    where="Abstract",
    says="the cross attention aligns better than that of softmax (head-averaged error rate of the last layer)",
    predicts=lambda softmax: softmax,
    measures=lambda seed, gold: align(seed, gold),
    agrees=at_most(),
    deep_cases=grid(seed=(3, 4, 5), gold=(False,)),
    deep_budget=200.0,
    control=[{"seed": 0, "gold": True}],
    expects=Verdict.REFUTED,
    scope="not at this scale: two layers, a synthetic language, 300 test pairs, seeds 3-5, ReLA-i with clipping "
    "against softmax; gold links fed in give error rate 0",
)
