"""Calculators of the score and norm identity and of the laws that hold beside it."""

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
def sen_norm_lower_bound(
    score: "Value",
    least_mass: "Value",
    greatest_mass: "Value",
    coupling: "Value" = 1,
    score0: "Value" = 0,
    norm0: "Value" = 0,
    *,
    explain: bool = False,
) -> Any:
    """Lower bound of the norm of a word whose sentences have masses between two values."""


@calculator("dynamics")
def sen_norm_upper_bound(
    score: "Value",
    least_mass: "Value",
    greatest_mass: "Value",
    coupling: "Value" = 1,
    score0: "Value" = 0,
    norm0: "Value" = 0,
    *,
    explain: bool = False,
) -> Any:
    """Upper bound of the norm of a word whose sentences have masses between two values."""


@calculator("dynamics")
def sen_score_lower_bound(
    norm: "Value",
    least_mass: "Value",
    greatest_mass: "Value",
    coupling: "Value" = 1,
    score0: "Value" = 0,
    norm0: "Value" = 0,
    *,
    explain: bool = False,
) -> Any:
    """Lower bound of the score of a word whose sentences have masses between two values."""


@calculator("dynamics")
def sen_score_upper_bound(
    norm: "Value",
    least_mass: "Value",
    greatest_mass: "Value",
    coupling: "Value" = 1,
    score0: "Value" = 0,
    norm0: "Value" = 0,
    *,
    explain: bool = False,
) -> Any:
    """Upper bound of the score of a word whose sentences have masses between two values."""


@calculator("dynamics")
def sen_potential(score: "Value", mass: "Value", multiplicity: "Count" = 1, *, explain: bool = False) -> Any:
    """F(s) = s + (c/M) e^s, the side of the identity that depends on the score."""


@calculator("dynamics")
def attention_weight(score: "Value", mass: "Value", multiplicity: "Count" = 1, *, explain: bool = False) -> Any:
    """Total attention c e^s / (c e^s + M) on a word that occurs c times; one token of it has the c-th part."""


@calculator("dynamics")
def effective_mass(mean_attention: "Value", mean_square_attention: "Value", *, explain: bool = False) -> Any:
    """The one mass that the identity needs at small scores, E[a]/E[a^2] - 1, not the mean length."""


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
def trained_query_square(
    key: "Value", mass: "Value", query0: "Value", topics: "Count", *, explain: bool = False
) -> Any:
    """|v|^2 of a topic word under a trained query, an integral over the key's growth."""


@calculator("dynamics")
def simplex_separation(column_norm: "Value", classes: "Count", *, explain: bool = False) -> Any:
    """D of C orthogonal columns of one length: length * sqrt(C/(C - 1))."""
