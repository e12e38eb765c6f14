"""Calculators of a fixed symmetric classifier: its flow, two-sided bounds of margin and loss, ablations."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


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
def norm_speed(
    norm: "Value",
    score: "Value",
    mass: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Time derivative p D a b of the norm."""


@calculator("dynamics")
def score_speed(
    norm: "Value",
    score: "Value",
    mass: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Time derivative coupling (1 - a) x x' of the score."""


@calculator("dynamics")
def margin_speed(
    norm: "Value",
    score: "Value",
    mass: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Time derivative p D^2 a^2 b (1 + coupling (1 - a)^2 x^2) of the margin."""


@calculator("dynamics")
def growth_constant(mass: "Value", *, explain: bool = False) -> Any:
    """K2 = sup over scores s >= 0 of a^2 (1 + 2 (s + (e^s - 1)/m)/(1 + e^s/m)^2), the constant of the upper bound."""


@calculator("dynamics")
def margin_lower_bound(
    time: "Value", mass: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """Lower bound of the margin: what frozen keys reach."""


@calculator("dynamics")
def margin_upper_bound(
    time: "Value", mass: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """Upper bound of the margin: G^-1(1/(C-1) + p D^2 K2 time)."""


@calculator("dynamics")
def loss_lower_bound(
    time: "Value", mass: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """Lower bound of the loss of the word's sentences, from the upper bound of the margin."""


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
