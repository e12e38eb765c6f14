"""Bounds, laws and formulas of the papers as functions of floats, NumPy arrays and torch tensors.

Each is compiled at its first call from what ``theory.export`` writes of a statement of ``theory``; none is typed again
here. A declaration is a signature and one line; ``__all__`` is the catalogue.

>>> region_bound(4)
3882.0
>>> sen_score(sen_norm(3.0, mass=20), mass=20)
3.0
"""

from attest.bounds._calculator import CATALOGUE
from attest.bounds._calculator import Calculator as Calculator
from attest.bounds._calculator import Explained as Explained
from attest.bounds._calculator import Hypothesis as Hypothesis
from attest.bounds.capacity import dichotomy_count as dichotomy_count
from attest.bounds.capacity import leading_exponent as leading_exponent
from attest.bounds.capacity import log2_dichotomy_count as log2_dichotomy_count
from attest.bounds.capacity import log2_extension_lower_bound as log2_extension_lower_bound
from attest.bounds.capacity import log2_output_gating_lower_bound as log2_output_gating_lower_bound
from attest.bounds.capacity import log2_output_gating_upper_bound as log2_output_gating_upper_bound
from attest.bounds.capacity import log2_region_bound as log2_region_bound
from attest.bounds.capacity import parameter_count as parameter_count
from attest.bounds.capacity import region_bound as region_bound
from attest.bounds.capacity import region_bound_exponent as region_bound_exponent
from attest.bounds.capacity import zuev_exponent as zuev_exponent
from attest.bounds.dynamics import asymptotic_attention_gap as asymptotic_attention_gap
from attest.bounds.dynamics import asymptotic_loss as asymptotic_loss
from attest.bounds.dynamics import asymptotic_norm as asymptotic_norm
from attest.bounds.dynamics import asymptotic_score as asymptotic_score
from attest.bounds.dynamics import attention_weight as attention_weight
from attest.bounds.dynamics import finite_vocabulary_norm as finite_vocabulary_norm
from attest.bounds.dynamics import frozen_embedding_floor as frozen_embedding_floor
from attest.bounds.dynamics import frozen_embedding_gap as frozen_embedding_gap
from attest.bounds.dynamics import frozen_key_loss as frozen_key_loss
from attest.bounds.dynamics import frozen_key_margin as frozen_key_margin
from attest.bounds.dynamics import frozen_key_norm as frozen_key_norm
from attest.bounds.dynamics import irrelevant_score as irrelevant_score
from attest.bounds.dynamics import loss_ceiling as loss_ceiling
from attest.bounds.dynamics import loss_correction as loss_correction
from attest.bounds.dynamics import loss_upper_bound as loss_upper_bound
from attest.bounds.dynamics import margin_level as margin_level
from attest.bounds.dynamics import margin_loss as margin_loss
from attest.bounds.dynamics import margin_lower_bound as margin_lower_bound
from attest.bounds.dynamics import margin_of_level as margin_of_level
from attest.bounds.dynamics import restarted_margin as restarted_margin
from attest.bounds.dynamics import sen_norm as sen_norm
from attest.bounds.dynamics import sen_potential as sen_potential
from attest.bounds.dynamics import sen_residual as sen_residual
from attest.bounds.dynamics import sen_score as sen_score
from attest.bounds.dynamics import sgd_score_change as sgd_score_change
from attest.bounds.dynamics import simplex_separation as simplex_separation
from attest.bounds.dynamics import step_residual_change as step_residual_change
from attest.bounds.dynamics import takeoff_time as takeoff_time
from attest.bounds.dynamics import trained_query_growth as trained_query_growth
from attest.bounds.dynamics import vocabulary_exponent as vocabulary_exponent
from attest.bounds.gradients import baseline_gain as baseline_gain
from attest.bounds.gradients import crossover_lag as crossover_lag
from attest.bounds.gradients import frozen_growth_bound as frozen_growth_bound
from attest.bounds.gradients import gain_lower_bound as gain_lower_bound
from attest.bounds.gradients import gain_upper_bound as gain_upper_bound
from attest.bounds.gradients import initial_relevance as initial_relevance
from attest.bounds.gradients import laguerre_gain as laguerre_gain
from attest.bounds.gradients import memorable_lower_bound as memorable_lower_bound
from attest.bounds.gradients import negative_identity_upper_bound as negative_identity_upper_bound
from attest.bounds.gradients import softmax_weight_lower_bound as softmax_weight_lower_bound
from attest.bounds.gradients import softmax_weight_upper_bound as softmax_weight_upper_bound
from attest.bounds.gradients import sparse_attention_lower_bound as sparse_attention_lower_bound
from attest.bounds.gradients import uniform_attention_gain as uniform_attention_gain
from attest.bounds.sparsity import causal_null_rate as causal_null_rate
from attest.bounds.sparsity import edge_ceiling as edge_ceiling
from attest.bounds.sparsity import euler_defect as euler_defect
from attest.bounds.sparsity import null_probability as null_probability
from attest.bounds.sparsity import null_query_probability as null_query_probability
from attest.bounds.sparsity import null_row_slope as null_row_slope
from attest.bounds.sparsity import output_mean_square as output_mean_square
from attest.bounds.sparsity import rectified_edge_gain as rectified_edge_gain
from attest.bounds.sparsity import rescaling_gain as rescaling_gain
from attest.bounds.sparsity import score_correlation as score_correlation
from attest.bounds.sparsity import score_gradient_limit as score_gradient_limit
from attest.bounds.sparsity import score_gradient_mean_square as score_gradient_mean_square
from attest.bounds.sparsity import softmax_output_mean_square as softmax_output_mean_square
from attest.bounds.sparsity import softmax_participation_share as softmax_participation_share
from attest.bounds.sparsity import support_pattern_count as support_pattern_count
from attest.bounds.sparsity import two_block_eigenvalue as two_block_eigenvalue
from attest.bounds.sparsity import two_point_norm as two_point_norm

__all__ = sorted(CATALOGUE)
