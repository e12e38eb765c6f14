"""Calculators: rectified attention and its peers."""

import math
from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


@calculator("sparsity")
def null_probability(
    n_keys: "Count", shared_mean_ratio: "Value" = 0, dim: "Value" = math.inf, *, explain: bool = False
) -> Any:
    """Probability that a row of rectified attention over n_keys keys is null: the first entry of the support law."""


@calculator("sparsity")
def causal_null_rate(length: "Count", *, explain: bool = False) -> Any:
    """Mean null probability over the rows of a causal mask of length, zero-mean keys: (1 - 2^-L)/L."""


@calculator("sparsity")
def score_correlation(shared_mean_ratio: "Value", *, explain: bool = False) -> Any:
    """Correlation r²/(1 + r²) of two scores of one row in high dimension."""


@calculator("sparsity")
def support_pattern_count(n_keys: "Count", dim: "Count", *, explain: bool = False) -> Any:
    """Number of supports that queries in R^dim can select from n_keys keys in general position."""


@calculator("sparsity")
def null_query_probability(n_keys: "Count", dim: "Count", *, explain: bool = False) -> Any:
    """Probability that some query nulls a random symmetric key set: its keys lie in one half-space."""


@calculator("sparsity")
def rescaling_gain(factor: "Value", mean_square: "Value", eps: "Value" = 0, *, explain: bool = False) -> Any:
    """Output of RMSNorm(ReLU(c·s) V) divided by that of RMSNorm(ReLU(s) V), for c = factor > 0."""


@calculator("sparsity")
def euler_defect(
    mean_square: "Value", upstream_along_output: "Value", eps: "Value" = 0, *, explain: bool = False
) -> Any:
    """sum_j s_j dL/ds_j of one row whose output has RMS normalisation with eps: exactly eps/(m + eps) · <δ, out>."""


@calculator("sparsity")
def null_row_slope(eps: "Value", *, explain: bool = False) -> Any:
    """d out/d z at z = 0: 1/sqrt(eps), and half of it under a gate, whose value at 0 is 1/2."""


@calculator("sparsity")
def output_mean_square(
    n_keys: "Count",
    score_variance: "Value" = 1,
    value_variance: "Value" = 1,
    value_mean: "Value" = 0,
    *,
    explain: bool = False,
) -> Any:
    """E mean z² of the un-normalised output z = ReLU(s) V, scores independent Gaussian."""


@calculator("sparsity")
def softmax_output_mean_square(
    n_keys: "Count", score_variance: "Value" = 1, value_variance: "Value" = 1, *, explain: bool = False
) -> Any:
    """The limit law σ_v² e^{τ²}/n of the same quantity for softmax rows, for n far above e^{2τ²}."""


@calculator("sparsity")
def softmax_participation_share(score_variance: "Value" = 1, *, explain: bool = False) -> Any:
    """The same limit for softmax, e^{-τ²}."""


@calculator("sparsity")
def score_gradient_mean_square(
    active: "Count", dim: "Count", score_variance: "Value" = 1, *, explain: bool = False
) -> Any:
    """E |dL/ds|² given active positive scores, for a random unit upstream gradient and eps = 0."""


@calculator("sparsity")
def score_gradient_limit(dim: "Count", score_variance: "Value" = 1, *, explain: bool = False) -> Any:
    """Root of its limit for many active keys, sqrt((d-1)/(d-2))/τ."""


@calculator("sparsity")
def rectified_edge_gain(active: "Count", cosine: "Value" = 0, *, explain: bool = False) -> Any:
    """a_j sqrt(d)/|z| for active equal weights on unit-RMS values with common pairwise cosine, RMS-normalised."""


@calculator("sparsity")
def edge_ceiling(largest_value: "Value", eps: "Value", gain: "Value" = 1, *, explain: bool = False) -> Any:
    """Bound |g| |V_A| / sqrt(eps) on the derivative of the normalised output by the scores; no bound without eps."""


@calculator("sparsity")
def two_point_norm(alpha: "Value", *, explain: bool = False) -> Any:
    """Largest spectral norm of the Jacobian over two scores."""


@calculator("sparsity")
def two_block_eigenvalue(n_keys: "Count", peak: "Value", alpha: "Value", *, explain: bool = False) -> Any:
    """Eigenvalue of the Jacobian at the row with one weight peak and n - 1 equal ones, on the two-block direction."""
