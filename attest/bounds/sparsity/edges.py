"""Calculators of edges from values to outputs, and of the scale of scores and norms."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


@calculator("sparsity")
def rectified_edge_gain(active: "Count", cosine: "Value" = 0, *, explain: bool = False) -> Any:
    """a_j sqrt(d)/|z| for active equal weights on unit-RMS values with common pairwise cosine, RMS-normalised."""


@calculator("sparsity")
def simplex_edge_gain(active: "Count", *, explain: bool = False) -> Any:
    """Weight 1/κ of each of active equally attended keys on the simplex."""


@calculator("sparsity")
def rectified_tree_gain(active: "Count", depth: "Count", *, explain: bool = False) -> Any:
    """Gain of one path of depth edges through a tree of orthogonal values, rectified rows of equal weights."""


@calculator("sparsity")
def simplex_tree_gain(active: "Count", depth: "Count", *, explain: bool = False) -> Any:
    """Gain of one path of depth edges through a tree of orthogonal values, simplex rows of equal weights."""


@calculator("sparsity")
def softmax_edge_gain(n_keys: "Count", score_variance: "Value" = 1, *, explain: bool = False) -> Any:
    """RMS gain e^(tau^2/2)/n of a softmax edge at initialisation; that of a rectified one is 1/sqrt n."""


@calculator("sparsity")
def edge_ceiling(largest_value: "Value", eps: "Value", gain: "Value" = 1, *, explain: bool = False) -> Any:
    """Bound |g| |V_A| / sqrt(eps) on the derivative of the normalised output by the scores; no bound without eps."""


@calculator("sparsity")
def rescaling_gain(factor: "Value", mean_square: "Value", eps: "Value" = 0, *, explain: bool = False) -> Any:
    """Output of RMSNorm(ReLU(c·s) V) divided by that of RMSNorm(ReLU(s) V), for c = factor > 0."""


@calculator("sparsity")
def euler_defect(
    mean_square: "Value", upstream_along_output: "Value", eps: "Value" = 0, *, explain: bool = False
) -> Any:
    """sum_j s_j dL/ds_j of one row whose output has RMS normalisation with eps: exactly eps/(m + eps) · <δ, out>."""


@calculator("sparsity")
def radial_slope(mean_square: "Value", eps: "Value", *, explain: bool = False) -> Any:
    """Factor eps/(m + eps)^(3/2) by which the Jacobian of the norm with eps shrinks the output's own direction."""


@calculator("sparsity")
def null_row_slope(eps: "Value", *, explain: bool = False) -> Any:
    """d out/d z at z = 0: 1/sqrt(eps), and half of it under a gate, whose value at 0 is 1/2."""


@calculator("sparsity")
def gated_null_row_slope(eps: "Value", *, explain: bool = False) -> Any:
    """d out/d z of a gated row at z = 0: 1/(2 sqrt(eps))."""


@calculator("sparsity")
def squared_norm_after_step(
    squared_norm: "Value", rate: "Value", squared_gradient: "Value", *, explain: bool = False
) -> Any:
    """|W|² after one gradient step of size rate on a matrix that the normalisation makes scale-free."""
