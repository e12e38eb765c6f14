"""Training with and without a normalisation, per head and together, with small and large eps, clipped or not.

Short runs on the synthetic language: gradients spike before a model has learned much. ``python
benchmarks/translation.py`` prints the ablation from the evidence that the rows of ``zhang2021.S1-spikes`` hold.
"""

from fractions import Fraction
from typing import Any

from attest import Claim, Observed, Verdict, at_most, drawn_from, equal, grid
from attest.claims.zhang2021.paper import PAPER
from attest.claims.zhang2021.runs import SEEDS, STEPS, train
from numerics import sparsity as measured
from theory import sparsity as derived

SHORT: dict[str, Any] = {"steps": 150, "test": 60}

NORM_IS_NEEDED = Claim(
    id="zhang2021.C2-norm",
    paper=PAPER,
    where="Abstract",
    says="without a normalisation of its output, rectified attention does not learn (token accuracy at most 0.7)",
    predicts=lambda: Fraction(7, 10),
    measures=lambda seed, steps: train("synthetic", "unnormalised", seed, steps=steps, clip=None).token_accuracy,
    agrees=at_most(),
    deep_cases=grid(seed=SEEDS, steps=(STEPS["synthetic"],)),
    deep_budget=200.0,
    control=[{"seed": 0, "steps": 5}],
    expects=Verdict.REFUTED,
    scope="not at this scale: 500 steps, width 64, post-norm blocks, Xavier initialisation, seeds 6-8; an untrained "
    "model is recognised as failing",
    budget=14,
)


def better_than_plain(seed: int) -> Observed:
    """Whether ReLA-i and whether ReLA-g guesses more words right than the norm with gain 1 and no gate."""
    seen = {name: train("synthetic", name, seed).token_accuracy for name in ("ReLA-i", "ReLA-g", "ReLA, gain 1")}
    plain = seen["ReLA, gain 1"]
    return Observed([int(seen["ReLA-i"] > plain), int(seen["ReLA-g"] > plain)], evidence=seen)


GAIN = Claim(
    id="zhang2021.C2-gain",
    paper=PAPER,
    where="Abstract",
    says="the norm needs a special initialisation or a gate: token accuracy is higher with either than with gain 1",
    predicts=lambda: [1, 1],
    measures=lambda seed: better_than_plain(seed),
    agrees=equal,
    deep_cases=grid(seed=SEEDS),
    deep_budget=200.0,
    rivals={
        "the initialisation alone": lambda: [1, 0],
        "the gate alone": lambda: [0, 1],
        "neither": lambda: [0, 0],
    },
    budget=0.4,
)

NEAR_NULL = Claim(
    id="zhang2021.S1-near-null",
    paper=PAPER,
    where="Derived for this project from the law D2",
    says="what is normalised is null with probability 2^-n per head, and 2^-(nH) over H independent heads together",
    predicts=lambda n, heads, per_head: [
        derived.null_probability(n if per_head else n * heads),
        1 - derived.null_probability(n if per_head else n * heads),
    ],
    measures=lambda n, heads, per_head, rng: measured.count_null_groups(
        n, heads, per_head=per_head, samples=10_000, rng=rng
    ),
    agrees=drawn_from(),
    cases=[{"n": n, "heads": h, "per_head": p} for n, h in ((2, 2), (3, 2), (2, 4)) for p in (False, True)],
    rivals={
        "as often together as per head": lambda n: [derived.null_probability(n), 1 - derived.null_probability(n)],
        "a head more": lambda n, heads, per_head: [
            derived.null_probability(n if per_head else n * (heads + 1)),
            1 - derived.null_probability(n if per_head else n * (heads + 1)),
        ],
        "a key fewer": lambda n, heads, per_head: [
            derived.null_probability((n - 1) if per_head else (n - 1) * heads),
            1 - derived.null_probability((n - 1) if per_head else (n - 1) * heads),
        ],
    },
    derivation="cited: independent symmetric signs given the query",
    budget=0.4,
)


def settled(run: Any, calm: float) -> dict[str, Any]:
    """The ablation's figures of one run; *calm* is the largest gradient of softmax's training."""
    return {
        "token accuracy": run.token_accuracy,
        "largest gradient": run.largest_gradient,
        "steps above softmax's largest": sum(size > calm for size in run.gradients),
    }


def ablate(norm: str, seed: int) -> Observed:
    """[spikes more per head than together, spikes less with eps = 1e-2 per head], and a row for every setting.

    A spike is a step whose gradient exceeds every gradient of softmax's training with the same seed.
    """
    calm = train("synthetic", "softmax", seed, clip=None, **SHORT).largest_gradient
    rows: dict[str, Any] = {}
    for name in ("softmax", "unnormalised"):
        for clip in (None, 1.0):
            rows[f"{name}, clip {clip}"] = settled(train("synthetic", name, seed, clip=clip, **SHORT), calm)
    spikes = {}
    for per_head in (False, True):
        for eps in (1e-8, 1e-2):
            for clip in (None, 1.0):
                run = train("synthetic", "ReLA-g", seed, norm=norm, per_head=per_head, eps=eps, clip=clip, **SHORT)
                row = settled(run, calm)
                spikes[per_head, eps, clip] = row["steps above softmax's largest"]
                rows[f"{'per head' if per_head else 'together'}, eps {eps:g}, clip {clip}"] = row
    spiky = spikes[True, 1e-8, None]
    return Observed([int(spiky > spikes[False, 1e-8, None]), int(spiky > spikes[True, 1e-2, None])], evidence=rows)


SPIKES = Claim(
    id="zhang2021.S1-spikes",
    paper=PAPER,
    where="Derived for this project from the laws D6 and D16",
    says="near-null rows make gradient spikes: more of them normalised per head than together, fewer with eps = 1e-2",
    predicts=lambda: [1, 1],
    measures=lambda norm, seed: ablate(norm, seed),
    agrees=equal,
    deep_cases=grid(norm=("gated", "init", "plain"), seed=SEEDS),
    deep_budget=400.0,
    rivals={
        "together as often as per head": lambda: [0, 1],
        "whatever eps": lambda: [1, 0],
        "neither matters": lambda: [0, 0],
    },
    rests_on=("zhang2021.S1-near-null",),
    budget=0.4,
)
