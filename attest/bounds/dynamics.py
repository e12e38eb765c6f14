"""Calculators: training dynamics of attention."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


@calculator("dynamics")
def sen_norm(
    score: "Value",
    mass: "Value",
    coupling: "Value" = 1,
    score0: "Value" = 0,
    norm0: "Value" = 0,
    multiplicity: "Count" = 1,
    *,
    explain: bool = False,
) -> Any:
    """|v - u| of a word whose score is score."""


@calculator("dynamics")
def sen_score(
    norm: "Value",
    mass: "Value",
    coupling: "Value" = 1,
    score0: "Value" = 0,
    norm0: "Value" = 0,
    multiplicity: "Count" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Score of a word with |v - u| = norm: the inverse of sen_norm, log((M/c) W((c/M) e^B))."""


@calculator("dynamics")
def sen_potential(score: "Value", mass: "Value", multiplicity: "Count" = 1, *, explain: bool = False) -> Any:
    """F(s) = s + (c/M) e^s, the side of the identity that depends on the score."""


@calculator("dynamics")
def attention_weight(score: "Value", mass: "Value", multiplicity: "Count" = 1, *, explain: bool = False) -> Any:
    """Total attention c e^s / (c e^s + M) on a word that occurs c times; one token of it has the c-th part."""


@calculator("dynamics")
def sen_residual(score: "Value", norm: "Value", mass: "Value", coupling: "Value" = 1, *, explain: bool = False) -> Any:
    """s + (e^s - 1)/m - coupling |v|^2/2, which SEN says is 0 for a zero start."""


@calculator("dynamics")
def step_residual_change(
    score: "Value",
    mass: "Value",
    score_step: "Value",
    embedding_step_square: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Change of the residual in one gradient step, to second order: ((e^s/m)(Ds)^2 - coupling |Dv|^2)/2."""


@calculator("dynamics")
def vocabulary_exponent(topics: "Count", irrelevant: "Count", *, explain: bool = False) -> Any:
    """kappa = 1 + T/R: with R exchangeable irrelevant words their common score is -(T/R) s."""


@calculator("dynamics")
def finite_vocabulary_norm(
    score: "Value", mass: "Value", topics: "Count", irrelevant: "Count", coupling: "Value" = 1, *, explain: bool = False
) -> Any:
    """|v| of a topic word in the symmetric population limit: s + (e^(kappa s) - 1)/(kappa m) = coupling |v|^2/2."""


@calculator("dynamics")
def irrelevant_score(scores: "Value", irrelevant: "Count", *, explain: bool = False) -> Any:
    """Common score of irrelevant exchangeable words beside topic words' scores adding up to scores."""


@calculator("dynamics")
def sgd_score_change(
    half_square_change: "Value",
    gradient_square: "Value",
    context_pull: "Value",
    coupling: "Value",
    rate: "Value",
    *,
    explain: bool = False,
) -> Any:
    """Change of a word's score in one SGD step, for any classifier, batch and data."""


@calculator("dynamics")
def trained_query_growth(
    key: "Value", mass: "Value", query0: "Value", topics: "Count", *, explain: bool = False
) -> Any:
    """d(|v|^2/2)/d(key) when the query is trained too: (1 + e^(c key)/mass)/c, c^2 = query0^2 + T key^2."""


@calculator("dynamics")
def simplex_separation(column_norm: "Value", classes: "Count", *, explain: bool = False) -> Any:
    """D of C orthogonal columns of one length: length * sqrt(C/(C - 1))."""


@calculator("dynamics")
def margin_level(margin: "Value", classes: "Count", *, explain: bool = False) -> Any:
    """G(mu) = mu + e^mu/(C - 1): with keys frozen it grows linearly in time."""


@calculator("dynamics")
def margin_of_level(level: "Value", classes: "Count", *, explain: bool = False) -> Any:
    """The margin mu with G(mu) = level: log((C - 1) W(e^level/(C - 1)))."""


@calculator("dynamics")
def margin_loss(margin: "Value", classes: "Count", *, explain: bool = False) -> Any:
    """Cross-entropy when all C - 1 margins equal margin: log(1 + (C - 1) e^-margin)."""


@calculator("dynamics")
def margin_lower_bound(
    time: "Value", mass: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """Lower bound of the margin: what frozen keys reach."""


@calculator("dynamics")
def loss_upper_bound(
    time: "Value", mass: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """Upper bound of the loss of the word's sentences: that of frozen keys."""


@calculator("dynamics")
def loss_ceiling(
    time: "Value", mass: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """A simpler upper bound of the loss: ((C-1)/e + 1)/(1/(C-1) + p D^2 a0^2 time)."""


@calculator("dynamics")
def restarted_margin(
    elapsed: "Value",
    margin: "Value",
    attention: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    *,
    explain: bool = False,
) -> Any:
    """Lower bound of the margin elapsed after a moment at which margin and attention were known."""


@calculator("dynamics")
def frozen_key_margin(
    time: "Value", mass: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """Exact margin with frozen keys (attention 1/(1 + m) for ever): G^-1(1/(C-1) + p D^2 time/(1 + m)^2)."""


@calculator("dynamics")
def frozen_key_norm(
    time: "Value", mass: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """|v| with frozen keys: (1 + m) margin / D."""


@calculator("dynamics")
def frozen_key_loss(
    time: "Value", mass: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """Loss of the word's sentences with frozen keys; (1 + m)^2 times that of full training in the long run."""


@calculator("dynamics")
def frozen_embedding_floor(norm: "Value", classes: "Count", separation: "Value", *, explain: bool = False) -> Any:
    """The loss that training only the keys tends to and never goes below: log(1 + (C-1) e^(-D |v|))."""


@calculator("dynamics")
def frozen_embedding_gap(
    time: "Value",
    norm: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """1 - a with frozen embeddings in the long run: 1/(coupling p D |v| b time), b = (C-1)/(C-1 + e^(D |v|))."""


@calculator("dynamics")
def takeoff_time(
    mass: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Leading term, for many irrelevant words, of the time to half attention."""


@calculator("dynamics")
def asymptotic_loss(time: "Value", separation: "Value", frequency: "Value", *, explain: bool = False) -> Any:
    """1/(p D^2 time): the loss of a topic word's sentences in the long run, whatever the mass and the coupling."""


@calculator("dynamics")
def asymptotic_norm(
    time: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """Lg/D: the norm in the long run, relative error tending to 0."""


@calculator("dynamics")
def asymptotic_score(
    time: "Value",
    mass: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """2 log Lg + log(m coupling/(2 D^2)): the score in the long run, approached from below."""


@calculator("dynamics")
def asymptotic_attention_gap(
    time: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """1 - a ~ 2 D^2/(coupling Lg^2): attention tends to 1 only as an inverse square of the logarithm of time."""


@calculator("dynamics")
def loss_correction(score: "Value", mass: "Value", *, explain: bool = False) -> Any:
    """Leading correction of (loss) p D^2 time - 1 in the long run."""
