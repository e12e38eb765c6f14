"""Bounds, laws and formulas of the papers as functions of floats, NumPy arrays and torch tensors.

Each is compiled at its first call from what ``theory.export`` writes of a statement of ``theory``; none is typed again
here. A declaration is a signature and one line; ``__all__`` is the catalogue. Beside them stand bounds for a network of
one's own, which take a matrix and a direction.

>>> region_bound(4)
3882.0
>>> sen_score(sen_norm(3.0, mass=20), mass=20)
3.0
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import CATALOGUE as CATALOGUE
from attest.bounds._calculator import Calculator as Calculator
from attest.bounds._calculator import Explained as Explained
from attest.bounds._calculator import Hypothesis as Hypothesis
from attest.bounds.capacity.counts import capacity_ratio as capacity_ratio
from attest.bounds.capacity.counts import dichotomy_count as dichotomy_count
from attest.bounds.capacity.counts import exponent_bound as exponent_bound
from attest.bounds.capacity.counts import leading_exponent as leading_exponent
from attest.bounds.capacity.counts import log2_dichotomy_count as log2_dichotomy_count
from attest.bounds.capacity.counts import log2_extension_lower_bound as log2_extension_lower_bound
from attest.bounds.capacity.counts import log2_last_region_term as log2_last_region_term
from attest.bounds.capacity.counts import log2_region_bound as log2_region_bound
from attest.bounds.capacity.counts import log2_slice_lower_bound as log2_slice_lower_bound
from attest.bounds.capacity.counts import parallelogram_count as parallelogram_count
from attest.bounds.capacity.counts import parameter_count as parameter_count
from attest.bounds.capacity.counts import product_parameter_count as product_parameter_count
from attest.bounds.capacity.counts import region_bound as region_bound
from attest.bounds.capacity.counts import region_bound_exponent as region_bound_exponent
from attest.bounds.capacity.counts import second_coefficient as second_coefficient
from attest.bounds.capacity.counts import stirling_residual as stirling_residual
from attest.bounds.capacity.counts import third_coefficient as third_coefficient
from attest.bounds.capacity.counts import weak_count as weak_count
from attest.bounds.capacity.counts import zuev_exponent as zuev_exponent
from attest.bounds.capacity.gating import cross_attention_exponent as cross_attention_exponent
from attest.bounds.capacity.gating import gated_synapses_exponent as gated_synapses_exponent
from attest.bounds.capacity.gating import gated_synapses_exponent_bound as gated_synapses_exponent_bound
from attest.bounds.capacity.gating import log2_and_gating_upper_bound as log2_and_gating_upper_bound
from attest.bounds.capacity.gating import log2_cross_attention_lower_bound as log2_cross_attention_lower_bound
from attest.bounds.capacity.gating import log2_cross_attention_upper_bound as log2_cross_attention_upper_bound
from attest.bounds.capacity.gating import log2_degree_gating_lower_bound as log2_degree_gating_lower_bound
from attest.bounds.capacity.gating import log2_degree_gating_upper_bound as log2_degree_gating_upper_bound
from attest.bounds.capacity.gating import log2_disjoint_and_upper_bound as log2_disjoint_and_upper_bound
from attest.bounds.capacity.gating import log2_disjoint_product_upper_bound as log2_disjoint_product_upper_bound
from attest.bounds.capacity.gating import log2_gated_synapses_upper_bound as log2_gated_synapses_upper_bound
from attest.bounds.capacity.gating import log2_mixed_gating_upper_bound as log2_mixed_gating_upper_bound
from attest.bounds.capacity.gating import log2_multiplexing_lower_bound as log2_multiplexing_lower_bound
from attest.bounds.capacity.gating import log2_multiplexing_upper_bound as log2_multiplexing_upper_bound
from attest.bounds.capacity.gating import log2_output_gating_lower_bound as log2_output_gating_lower_bound
from attest.bounds.capacity.gating import log2_output_gating_upper_bound as log2_output_gating_upper_bound
from attest.bounds.capacity.gating import log2_own_gates_lower_bound as log2_own_gates_lower_bound
from attest.bounds.capacity.gating import log2_own_gates_upper_bound as log2_own_gates_upper_bound
from attest.bounds.capacity.gating import log2_self_attention_lower_bound as log2_self_attention_lower_bound
from attest.bounds.capacity.gating import log2_self_attention_upper_bound as log2_self_attention_upper_bound
from attest.bounds.capacity.gating import log2_shared_gate_lower_bound as log2_shared_gate_lower_bound
from attest.bounds.capacity.gating import log2_shared_gate_upper_bound as log2_shared_gate_upper_bound
from attest.bounds.capacity.gating import log2_synaptic_gating_lower_bound as log2_synaptic_gating_lower_bound
from attest.bounds.capacity.gating import log2_synaptic_gating_upper_bound as log2_synaptic_gating_upper_bound
from attest.bounds.capacity.gating import log2_unbiased_gating_lower_bound as log2_unbiased_gating_lower_bound
from attest.bounds.capacity.gating import log2_zero_one_synapse_lower_bound as log2_zero_one_synapse_lower_bound
from attest.bounds.capacity.gating import one_synapse_lower_bound as one_synapse_lower_bound
from attest.bounds.capacity.gating import output_gating_exponent as output_gating_exponent
from attest.bounds.capacity.gating import own_gates_exponent as own_gates_exponent
from attest.bounds.capacity.gating import self_attention_exponent as self_attention_exponent
from attest.bounds.capacity.gating import shared_gate_exponent as shared_gate_exponent
from attest.bounds.capacity.networks import layer_capacity as layer_capacity
from attest.bounds.capacity.networks import layer_parameter_count as layer_parameter_count
from attest.bounds.capacity.networks import log2_hidden_layer_lower_bound as log2_hidden_layer_lower_bound
from attest.bounds.capacity.networks import log2_hidden_layer_upper_bound as log2_hidden_layer_upper_bound
from attest.bounds.capacity.networks import log2_layer_maps_lower_bound as log2_layer_maps_lower_bound
from attest.bounds.capacity.networks import log2_layer_maps_upper_bound as log2_layer_maps_upper_bound
from attest.bounds.capacity.networks import score_gatings as score_gatings
from attest.bounds.capacity.networks import value_gatings as value_gatings
from attest.bounds.dynamics.margins import frozen_embedding_floor as frozen_embedding_floor
from attest.bounds.dynamics.margins import frozen_embedding_gap as frozen_embedding_gap
from attest.bounds.dynamics.margins import frozen_key_loss as frozen_key_loss
from attest.bounds.dynamics.margins import frozen_key_margin as frozen_key_margin
from attest.bounds.dynamics.margins import frozen_key_norm as frozen_key_norm
from attest.bounds.dynamics.margins import growth_constant as growth_constant
from attest.bounds.dynamics.margins import loss_ceiling as loss_ceiling
from attest.bounds.dynamics.margins import loss_lower_bound as loss_lower_bound
from attest.bounds.dynamics.margins import loss_upper_bound as loss_upper_bound
from attest.bounds.dynamics.margins import margin_level as margin_level
from attest.bounds.dynamics.margins import margin_loss as margin_loss
from attest.bounds.dynamics.margins import margin_lower_bound as margin_lower_bound
from attest.bounds.dynamics.margins import margin_of_level as margin_of_level
from attest.bounds.dynamics.margins import margin_speed as margin_speed
from attest.bounds.dynamics.margins import margin_upper_bound as margin_upper_bound
from attest.bounds.dynamics.margins import norm_speed as norm_speed
from attest.bounds.dynamics.margins import restarted_margin as restarted_margin
from attest.bounds.dynamics.margins import score_speed as score_speed
from attest.bounds.dynamics.rates import asymptotic_attention_gap as asymptotic_attention_gap
from attest.bounds.dynamics.rates import asymptotic_logarithm as asymptotic_logarithm
from attest.bounds.dynamics.rates import asymptotic_loss as asymptotic_loss
from attest.bounds.dynamics.rates import asymptotic_norm as asymptotic_norm
from attest.bounds.dynamics.rates import asymptotic_score as asymptotic_score
from attest.bounds.dynamics.rates import half_attention_time as half_attention_time
from attest.bounds.dynamics.rates import loss_correction as loss_correction
from attest.bounds.dynamics.rates import takeoff_time as takeoff_time
from attest.bounds.dynamics.rates import time_to_score as time_to_score
from attest.bounds.dynamics.residuals import drift_bound as drift_bound
from attest.bounds.dynamics.residuals import drift_excess as drift_excess
from attest.bounds.dynamics.residuals import sample_residual as sample_residual
from attest.bounds.dynamics.residuals import sen_residual as sen_residual
from attest.bounds.dynamics.residuals import step_residual as step_residual
from attest.bounds.dynamics.residuals import step_residual_change as step_residual_change
from attest.bounds.dynamics.residuals import vocabulary_residual as vocabulary_residual
from attest.bounds.dynamics.sen import attention_weight as attention_weight
from attest.bounds.dynamics.sen import effective_mass as effective_mass
from attest.bounds.dynamics.sen import finite_vocabulary_norm as finite_vocabulary_norm
from attest.bounds.dynamics.sen import irrelevant_score as irrelevant_score
from attest.bounds.dynamics.sen import sen_norm as sen_norm
from attest.bounds.dynamics.sen import sen_norm_lower_bound as sen_norm_lower_bound
from attest.bounds.dynamics.sen import sen_norm_upper_bound as sen_norm_upper_bound
from attest.bounds.dynamics.sen import sen_potential as sen_potential
from attest.bounds.dynamics.sen import sen_score as sen_score
from attest.bounds.dynamics.sen import sen_score_lower_bound as sen_score_lower_bound
from attest.bounds.dynamics.sen import sen_score_upper_bound as sen_score_upper_bound
from attest.bounds.dynamics.sen import sgd_score_change as sgd_score_change
from attest.bounds.dynamics.sen import simplex_separation as simplex_separation
from attest.bounds.dynamics.sen import trained_query_growth as trained_query_growth
from attest.bounds.dynamics.sen import trained_query_square as trained_query_square
from attest.bounds.dynamics.sen import vocabulary_exponent as vocabulary_exponent
from attest.bounds.gradients.gain import baseline_gain as baseline_gain
from attest.bounds.gradients.gain import chain_count as chain_count
from attest.bounds.gradients.gain import constant_coefficient as constant_coefficient
from attest.bounds.gradients.gain import gain_in_time as gain_in_time
from attest.bounds.gradients.gain import hidden_loss_gain as hidden_loss_gain
from attest.bounds.gradients.gain import laguerre_gain as laguerre_gain
from attest.bounds.gradients.gain import leading_coefficient as leading_coefficient
from attest.bounds.gradients.gain import linear_coefficient as linear_coefficient
from attest.bounds.gradients.gain import log_laguerre_gain as log_laguerre_gain
from attest.bounds.gradients.gain import mean_state_gain as mean_state_gain
from attest.bounds.gradients.gain import uniform_attention_gain as uniform_attention_gain
from attest.bounds.gradients.growth import asymptotic_gain as asymptotic_gain
from attest.bounds.gradients.growth import crossover_lag as crossover_lag
from attest.bounds.gradients.growth import gain_lower_bound as gain_lower_bound
from attest.bounds.gradients.growth import gain_upper_bound as gain_upper_bound
from attest.bounds.gradients.growth import growth_exponent as growth_exponent
from attest.bounds.gradients.growth import memorable_lower_bound as memorable_lower_bound
from attest.bounds.gradients.growth import negative_identity_upper_bound as negative_identity_upper_bound
from attest.bounds.gradients.growth import nilpotent_smallest_gain as nilpotent_smallest_gain
from attest.bounds.gradients.growth import oscillation_frequency as oscillation_frequency
from attest.bounds.gradients.growth import window_rate as window_rate
from attest.bounds.gradients.screening import attended_count as attended_count
from attest.bounds.gradients.screening import full_pairs as full_pairs
from attest.bounds.gradients.screening import initial_relevance as initial_relevance
from attest.bounds.gradients.screening import screened_pairs as screened_pairs
from attest.bounds.gradients.screening import uniform_relevance as uniform_relevance
from attest.bounds.gradients.theorems import frozen_growth_bound as frozen_growth_bound
from attest.bounds.gradients.theorems import mean_state_growth_bound as mean_state_growth_bound
from attest.bounds.gradients.theorems import mean_state_lower_bound as mean_state_lower_bound
from attest.bounds.gradients.theorems import score_sparse_lower_bound as score_sparse_lower_bound
from attest.bounds.gradients.theorems import softmax_weight_lower_bound as softmax_weight_lower_bound
from attest.bounds.gradients.theorems import softmax_weight_upper_bound as softmax_weight_upper_bound
from attest.bounds.gradients.theorems import sparse_attention_lower_bound as sparse_attention_lower_bound
from attest.bounds.sparsity.edges import edge_ceiling as edge_ceiling
from attest.bounds.sparsity.edges import euler_defect as euler_defect
from attest.bounds.sparsity.edges import gated_null_row_slope as gated_null_row_slope
from attest.bounds.sparsity.edges import null_row_slope as null_row_slope
from attest.bounds.sparsity.edges import radial_slope as radial_slope
from attest.bounds.sparsity.edges import rectified_edge_gain as rectified_edge_gain
from attest.bounds.sparsity.edges import rectified_tree_gain as rectified_tree_gain
from attest.bounds.sparsity.edges import rescaling_gain as rescaling_gain
from attest.bounds.sparsity.edges import simplex_edge_gain as simplex_edge_gain
from attest.bounds.sparsity.edges import simplex_tree_gain as simplex_tree_gain
from attest.bounds.sparsity.edges import softmax_edge_gain as softmax_edge_gain
from attest.bounds.sparsity.edges import squared_norm_after_step as squared_norm_after_step
from attest.bounds.sparsity.maps import error_rate_from_f1 as error_rate_from_f1
from attest.bounds.sparsity.maps import null_head_diversity as null_head_diversity
from attest.bounds.sparsity.maps import sorted_row_comparisons as sorted_row_comparisons
from attest.bounds.sparsity.maps import two_block_eigenvalue as two_block_eigenvalue
from attest.bounds.sparsity.maps import two_point_norm as two_point_norm
from attest.bounds.sparsity.size import gate_saturation as gate_saturation
from attest.bounds.sparsity.size import init_branch_rms as init_branch_rms
from attest.bounds.sparsity.size import output_mean_square as output_mean_square
from attest.bounds.sparsity.size import output_rms_ratio as output_rms_ratio
from attest.bounds.sparsity.size import participation_ratio as participation_ratio
from attest.bounds.sparsity.size import rectified_moment as rectified_moment
from attest.bounds.sparsity.size import score_gradient_limit as score_gradient_limit
from attest.bounds.sparsity.size import score_gradient_mean_square as score_gradient_mean_square
from attest.bounds.sparsity.size import softmax_output_mean_square as softmax_output_mean_square
from attest.bounds.sparsity.size import softmax_participation_share as softmax_participation_share
from attest.bounds.sparsity.size import (
    unnormalised_score_gradient_mean_square as unnormalised_score_gradient_mean_square,
)
from attest.bounds.sparsity.support import causal_null_rate as causal_null_rate
from attest.bounds.sparsity.support import null_probability as null_probability
from attest.bounds.sparsity.support import null_query_probability as null_query_probability
from attest.bounds.sparsity.support import score_correlation as score_correlation
from attest.bounds.sparsity.support import support_pattern_count as support_pattern_count
from attest.bounds.sparsity.support import support_probability as support_probability
from attest.bounds.sparsity.support import thresholded_pattern_count as thresholded_pattern_count

if TYPE_CHECKING:
    from attest.bounds.network import NetworkBound as NetworkBound
    from attest.bounds.network import gradient_lower_bound as gradient_lower_bound
    from attest.bounds.network import gradient_upper_bound as gradient_upper_bound
    from attest.bounds.network import screened_lower_bound as screened_lower_bound

_OF_NETWORKS = ("gradient_lower_bound", "gradient_upper_bound", "screened_lower_bound")
__all__ = sorted([*CATALOGUE, *_OF_NETWORKS])


def __getattr__(name: str) -> Any:
    """Bounds of networks take matrices and load NumPy, so they are loaded when asked for."""
    if name in (*_OF_NETWORKS, "NetworkBound"):
        return getattr(import_module("attest.bounds.network"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
