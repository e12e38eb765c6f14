"""Calculators: what the identity leaves out: finite steps, finite vocabularies, finite samples, drift."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


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
def sample_residual(
    score: "Value", mass: "Value", topics: "Count", sentences: "Count", coupling: "Value" = 1, *, explain: bool = False
) -> Any:
    """Residual of a finite sample: an irrelevant word remembers the sentences that it occurs in."""


@calculator("dynamics")
def vocabulary_residual(
    score: "Value", mass: "Value", topics: "Count", irrelevant: "Count", sentences: "Count", *, explain: bool = False
) -> Any:
    """Residual of a finite vocabulary: the scores of the irrelevant words drift."""


@calculator("dynamics")
def step_residual(
    score: "Value",
    mass: "Value",
    rate: "Value",
    classes: "Count",
    separation: "Value",
    frequency: "Value",
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Residual of a finite learning rate, summed over the steps to a score."""


@calculator("dynamics")
def drift_bound(
    score_drift: "Value",
    embedding_drift: "Value",
    norm: "Value",
    force: "Value",
    steps: "Value" = 0,
    coupling: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Bound of |residual| when the irrelevant words stay within known distances of where they began."""


@calculator("dynamics")
def drift_excess(drift_ratio: "Value", *, explain: bool = False) -> Any:
    """Relative excess of the norm over SEN when a share of the score's growth is undone: 1/sqrt(1 - share) - 1."""
