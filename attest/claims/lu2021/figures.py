"""The paper's synthetic experiment: end points of the SEN figures, and the order of the ablations' losses."""

from fractions import Fraction

from attest import Claim, Observed, equal, grid, relative, within
from attest.claims.lu2021.paper import PAPER
from numerics import dynamics as measured
from theory import dynamics as derived

WHERE = "Section 5.1 (synthetic data): C = 4, 2 topic words each, 5000 irrelevant words, m = 20, d = 10, rate 0.1"


def observe_end_point(head, sentences, seed):
    data = measured.draw_topic_sentences(sentences, rng=seed)
    query = measured.draw_start(1, 4, seed=seed).query
    coupling = float(query @ query)
    run = measured.simulate_attention(data, head=head, rate=0.1, steps=5000, seed=seed, record=[5000])
    seen = measured.summarise_residual(run, data, mass=20, coupling=coupling)
    return Observed(seen.residual, given={"score": seen.score, "coupling": coupling})


def _residual(score, coupling, sentences, part="total"):
    parts = derived.predicted_residual(
        Fraction(score), 20, topics=8, rate=Fraction(1, 10), separation=derived.simplex_separation(1, 4), classes=4,
        sentences=sentences, irrelevant=5000, coupling=Fraction(coupling),
    )  # fmt: skip
    return getattr(parts, part)


END_POINTS = Claim(
    id="lu2021.F1",
    paper=PAPER,
    where=WHERE,
    says="the small gap between measured and theoretical norm in the SEN figures is the finite sample and vocabulary, "
    "predicted from the set-up alone",
    predicts=lambda score, coupling, sentences: _residual(score, coupling, sentences),
    measures=lambda head, sentences, seed: observe_end_point(head, sentences, seed),
    agrees=within(relative(0.3, because="the prediction is that of a symmetric head; the authors' heads are random")),
    cases=[{"head": "fixed", "sentences": n, "seed": 0} for n in (200, 400)],
    deep_cases=[
        {"head": head, "sentences": n, "seed": 1}
        for head, n in (("linear", 800), ("mlp", 800), ("fixed", 800), ("fixed", 4000))
    ],
    deep_budget=30.0,
    rivals={
        "it does not depend on the sample": lambda score, coupling, sentences: _residual(
            score, coupling, sentences, "vocabulary"
        ),
        "half the sample": lambda score, coupling, sentences: _residual(score, coupling, sentences // 2),
        "it is the learning rate": lambda score, coupling, sentences: _residual(score, coupling, sentences, "step"),
    },
    rests_on=("lu2021.E3",),
    budget=12.0,
)


def observe_order(norm):
    """Names of full training, keys frozen, embeddings frozen by their final loss, least first (time 600)."""
    data = measured.draw_topic_sentences(400, rng=0)
    losses = {}
    for freeze in ("", "keys", "embeddings"):
        run = measured.simulate_attention(
            data, rate=1.0, steps=600, seed=0, freeze=freeze, embedding_scale=norm, record=[600]
        )
        losses[freeze] = float(run.loss[0])
    return sorted(losses, key=losses.__getitem__)


def _order():
    """The same from the closed forms at time 600; columns of length 3.16, that of ten standard normals."""
    d = derived.simplex_separation(Fraction(316, 100), 4)
    arguments = (600, 20, 4, d, Fraction(1, 8))
    losses = {
        "": derived.loss_bounds(*arguments).lower,
        "keys": derived.frozen_key_loss(*arguments),
        "embeddings": derived.frozen_embedding_floor(Fraction(1, 10), 4, d),
    }
    return sorted(losses, key=losses.__getitem__)


ABLATIONS = Claim(
    id="lu2021.F1-ablations",
    paper=PAPER,
    where=f"{WHERE}; ablations KF and EF, embeddings from N(0, 0.1^2)",
    says="full training ends with the least loss, frozen keys come next, frozen embeddings last",
    predicts=lambda: _order(),
    measures=lambda norm: observe_order(norm),
    agrees=equal,
    cases=grid(norm=(0.1,)),
    rivals={
        "frozen keys beat full training": lambda: ["keys", "", "embeddings"],
        "frozen embeddings beat frozen keys": lambda: ["", "embeddings", "keys"],
    },
    rests_on=("lu2021.L6", "lu2021.L7"),
    budget=2.5,
)
