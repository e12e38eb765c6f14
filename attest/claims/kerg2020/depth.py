"""The dependency depth of Theorem 2, by two walks over the attended sets: from h_t onwards, and from s_T backwards."""

from attest import Claim, equal
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived


def draw_run(T, attention, rng):
    """The sets that a net attends to: drawn ones with two members each, or those of a screened run."""
    if attention == "sets":
        return {"sets": [sorted({int(i) for i in rng.integers(1, k + 1, size=2)}) for k in range(1, T + 1)]}
    return {"sets": measured.record_screening(2, 2, steps=T, score_scale=2.0, seed=int(rng.integers(2**16))).attended}


def depths(sets, T, *, more=0):
    """Depth of every h_t, 0 where no chain of attention hops leads to s_T."""
    found = [derived.dependency_depth(sets, T, t) for t in range(1, T + 1)]
    return [int(depth) + more if depth.is_finite else 0 for depth in found]


DEPTH = Claim(
    id="kerg2020.T2-lower-depth",
    paper=PAPER,
    where="Theorem 2, dependency depth",
    says="the depth d of h_t is the fewest attention hops to s_T, a hop from s_k through h_t going on from s_(t-1)",
    predicts=lambda sets, T: depths(sets, T),
    measures=lambda sets: measured.count_hops(sets),
    agrees=equal,
    cases=tuple({"T": T, "attention": attention} for T in (1, 7, 40) for attention in ("sets", "screened")),
    setting=draw_run,
    rivals={
        "its Jacobians, d - 1": lambda sets, T: depths(sets, T, more=-1),
        "one hop more": lambda sets, T: depths(sets, T, more=1),
    },
    budget=0.4,
)
