"""Calculators: how long training takes and where it tends."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


@calculator("dynamics")
def time_to_score(
    score: "Value",
    mass: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Time at which a topic word reaches a score from a zero start; half attention is at log(mass)."""


@calculator("dynamics")
def half_attention_time(
    mass: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Time at which attention on the topic word reaches one half, its score log(mass); mass > 1."""


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
def asymptotic_logarithm(
    time: "Value", classes: "Count", separation: "Value", frequency: "Value", *, explain: bool = False
) -> Any:
    """Lg = log(D^2 (C - 1) p time), the margin in the long run."""


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
    """Leading correction of (loss) p D^2 time - 1 in the long run: -(1 - a)^2 (2 s - 5), of order log log t/log^4 t."""
