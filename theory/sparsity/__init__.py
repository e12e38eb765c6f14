"""Rectified linear attention and its peers, derived (Zhang, Titov, Sennrich 2021)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.sparsity.bridge import bridge_derivation as bridge_derivation
    from theory.sparsity.bridge import entmax15_threshold as entmax15_threshold
    from theory.sparsity.bridge import rectified_support as rectified_support
    from theory.sparsity.bridge import shift_derivative as shift_derivative
    from theory.sparsity.bridge import sparsemax_threshold as sparsemax_threshold
    from theory.sparsity.bridge import sparsemax_weights as sparsemax_weights
    from theory.sparsity.cost import comparison_count as comparison_count
    from theory.sparsity.edges import edge_ceiling as edge_ceiling
    from theory.sparsity.edges import edge_derivation as edge_derivation
    from theory.sparsity.edges import rectified_edge_gain as rectified_edge_gain
    from theory.sparsity.edges import simplex_edge_gain as simplex_edge_gain
    from theory.sparsity.edges import tree_gain as tree_gain
    from theory.sparsity.homogeneity import euler_defect as euler_defect
    from theory.sparsity.homogeneity import gated_derivation as gated_derivation
    from theory.sparsity.homogeneity import gated_euler_defect as gated_euler_defect
    from theory.sparsity.homogeneity import gated_jacobian as gated_jacobian
    from theory.sparsity.homogeneity import gated_output as gated_output
    from theory.sparsity.homogeneity import homogeneity_derivation as homogeneity_derivation
    from theory.sparsity.homogeneity import lone_key_gradient as lone_key_gradient
    from theory.sparsity.homogeneity import null_row_slope as null_row_slope
    from theory.sparsity.homogeneity import rescaling_gain as rescaling_gain
    from theory.sparsity.homogeneity import rms_jacobian as rms_jacobian
    from theory.sparsity.homogeneity import root_mean_square as root_mean_square
    from theory.sparsity.homogeneity import squared_norm_after_step as squared_norm_after_step
    from theory.sparsity.metric_identities import cubic_output as cubic_output
    from theory.sparsity.metric_identities import error_rate_from_f1 as error_rate_from_f1
    from theory.sparsity.metric_identities import metric_derivation as metric_derivation
    from theory.sparsity.metric_identities import null_head_diversity as null_head_diversity
    from theory.sparsity.moments import gate_saturation as gate_saturation
    from theory.sparsity.moments import initial_branch_rms as initial_branch_rms
    from theory.sparsity.moments import moments_derivation as moments_derivation
    from theory.sparsity.moments import output_mean_square as output_mean_square
    from theory.sparsity.moments import participation_share as participation_share
    from theory.sparsity.moments import rectified_moment as rectified_moment
    from theory.sparsity.moments import softmax_output_mean_square as softmax_output_mean_square
    from theory.sparsity.moments import softmax_participation_share as softmax_participation_share
    from theory.sparsity.patterns import null_query_probability as null_query_probability
    from theory.sparsity.patterns import pattern_derivation as pattern_derivation
    from theory.sparsity.patterns import support_pattern_count as support_pattern_count
    from theory.sparsity.patterns import thresholded_pattern_count as thresholded_pattern_count
    from theory.sparsity.score_gradients import score_gradient_derivation as score_gradient_derivation
    from theory.sparsity.score_gradients import score_gradient_limit as score_gradient_limit
    from theory.sparsity.score_gradients import score_gradient_mean_square as score_gradient_mean_square
    from theory.sparsity.score_gradients import (
        unnormalised_score_gradient_mean_square as unnormalised_score_gradient_mean_square,
    )
    from theory.sparsity.simplex import entmax_jacobian as entmax_jacobian
    from theory.sparsity.simplex import exceeds_two_point_norm as exceeds_two_point_norm
    from theory.sparsity.simplex import simplex_derivation as simplex_derivation
    from theory.sparsity.simplex import two_block_eigenvalue as two_block_eigenvalue
    from theory.sparsity.simplex import two_point_norm as two_point_norm
    from theory.sparsity.support import causal_null_rate as causal_null_rate
    from theory.sparsity.support import null_probability as null_probability
    from theory.sparsity.support import score_correlation as score_correlation
    from theory.sparsity.support import support_derivation as support_derivation
    from theory.sparsity.support import support_distribution as support_distribution

_EXPORTS = {
    "bridge_derivation": "bridge",
    "causal_null_rate": "support",
    "comparison_count": "cost",
    "cubic_output": "metric_identities",
    "edge_ceiling": "edges",
    "edge_derivation": "edges",
    "entmax15_threshold": "bridge",
    "entmax_jacobian": "simplex",
    "error_rate_from_f1": "metric_identities",
    "euler_defect": "homogeneity",
    "exceeds_two_point_norm": "simplex",
    "gate_saturation": "moments",
    "gated_derivation": "homogeneity",
    "gated_euler_defect": "homogeneity",
    "gated_jacobian": "homogeneity",
    "gated_output": "homogeneity",
    "homogeneity_derivation": "homogeneity",
    "initial_branch_rms": "moments",
    "lone_key_gradient": "homogeneity",
    "metric_derivation": "metric_identities",
    "moments_derivation": "moments",
    "null_head_diversity": "metric_identities",
    "null_probability": "support",
    "null_query_probability": "patterns",
    "null_row_slope": "homogeneity",
    "output_mean_square": "moments",
    "participation_share": "moments",
    "pattern_derivation": "patterns",
    "rectified_edge_gain": "edges",
    "rectified_moment": "moments",
    "rectified_support": "bridge",
    "rescaling_gain": "homogeneity",
    "rms_jacobian": "homogeneity",
    "root_mean_square": "homogeneity",
    "score_correlation": "support",
    "score_gradient_derivation": "score_gradients",
    "score_gradient_limit": "score_gradients",
    "score_gradient_mean_square": "score_gradients",
    "shift_derivative": "bridge",
    "simplex_derivation": "simplex",
    "simplex_edge_gain": "edges",
    "softmax_output_mean_square": "moments",
    "softmax_participation_share": "moments",
    "sparsemax_threshold": "bridge",
    "sparsemax_weights": "bridge",
    "squared_norm_after_step": "homogeneity",
    "support_derivation": "support",
    "support_distribution": "support",
    "support_pattern_count": "patterns",
    "thresholded_pattern_count": "patterns",
    "tree_gain": "edges",
    "two_block_eigenvalue": "simplex",
    "two_point_norm": "simplex",
    "unnormalised_score_gradient_mean_square": "score_gradients",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
