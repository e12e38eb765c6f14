"""Calculators of the size of rows, outputs and score gradients at random initialisation."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


@calculator("sparsity")
def rectified_moment(order: "Count", score_variance: "Value" = 1, *, explain: bool = False) -> Any:
    """E max(0, s)^order for s ~ N(0, τ²): τ/sqrt(2π) for order 1, τ²/2 for order 2."""


@calculator("sparsity")
def output_mean_square(
    n_keys: "Count",
    score_variance: "Value" = 1,
    value_variance: "Value" = 1,
    value_mean: "Value" = 0,
    *,
    explain: bool = False,
) -> Any:
    """E mean z² of the un-normalised output z = ReLU(s) V, scores independent Gaussian, values independent of them."""


@calculator("sparsity")
def softmax_output_mean_square(
    n_keys: "Count", score_variance: "Value" = 1, value_variance: "Value" = 1, *, explain: bool = False
) -> Any:
    """The limit law σ_v² e^{τ²}/n of the same quantity for softmax rows, for n far above e^{2τ²}."""


@calculator("sparsity")
def output_rms_ratio(n_keys: "Count", score_variance: "Value" = 1, *, explain: bool = False) -> Any:
    """RMS of the un-normalised rectified output divided by that of softmax: tau n e^(-tau^2/2)/sqrt 2."""


@calculator("sparsity")
def participation_ratio(n_keys: "Count", *, explain: bool = False) -> Any:
    """Participation ratio (sum a)^2/(sum a^2) of a rectified row of many keys: n/pi, whatever the score variance."""


@calculator("sparsity")
def softmax_participation_share(score_variance: "Value" = 1, *, explain: bool = False) -> Any:
    """The same limit for softmax, e^{-τ²}."""


@calculator("sparsity")
def init_branch_rms(width: "Count", *, explain: bool = False) -> Any:
    """RMS 1/sqrt(width) of ReLA-i's output at initialisation; it is 1 with a plain gain, 1/2 under a small gate."""


@calculator("sparsity")
def gate_saturation(
    n_keys: "Count",
    gate: "Value" = 1,
    score_variance: "Value" = 1,
    value_variance: "Value" = 1,
    *,
    explain: bool = False,
) -> Any:
    """Share of gates of ReLA-g outside [1/20, 19/20] as n grows: 2 Q(ln 19/(|w| σ_v τ sqrt(n/2)))."""


@calculator("sparsity")
def score_gradient_mean_square(
    active: "Count", dim: "Count", score_variance: "Value" = 1, *, explain: bool = False
) -> Any:
    """E |dL/ds|² given active positive scores, for a random unit upstream gradient and eps = 0."""


@calculator("sparsity")
def score_gradient_limit(dim: "Count", score_variance: "Value" = 1, *, explain: bool = False) -> Any:
    """Root of its limit for many active keys, sqrt((d-1)/(d-2))/τ: free of the row's length and of the values' size."""


@calculator("sparsity")
def unnormalised_score_gradient_mean_square(
    n_keys: "Count", value_variance: "Value" = 1, *, explain: bool = False
) -> Any:
    """E |dL/ds|² of a row without normalisation: σ_v² n/2, which grows with the row."""
