"""Training dynamics of one attention model, derived (Lu, Mao, Nayak 2021)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.dynamics.ablations import ablation_derivation as ablation_derivation
    from theory.dynamics.ablations import frozen_embedding_floor as frozen_embedding_floor
    from theory.dynamics.ablations import frozen_embedding_gap as frozen_embedding_gap
    from theory.dynamics.ablations import frozen_key_loss as frozen_key_loss
    from theory.dynamics.ablations import frozen_key_margin as frozen_key_margin
    from theory.dynamics.ablations import frozen_key_norm as frozen_key_norm
    from theory.dynamics.flow_law import key_derivation as key_derivation
    from theory.dynamics.flow_law import sen_derivation as sen_derivation
    from theory.dynamics.flow_law import sen_inverse_derivation as sen_inverse_derivation
    from theory.dynamics.invariants import balanced_head_change as balanced_head_change
    from theory.dynamics.invariants import balancedness_derivation as balancedness_derivation
    from theory.dynamics.invariants import irrelevant_score as irrelevant_score
    from theory.dynamics.invariants import key_movement as key_movement
    from theory.dynamics.invariants import remaining_score as remaining_score
    from theory.dynamics.invariants import score_sum_derivation as score_sum_derivation
    from theory.dynamics.invariants import sgd_law_derivation as sgd_law_derivation
    from theory.dynamics.invariants import sgd_score_change as sgd_score_change
    from theory.dynamics.invariants import trained_query_derivation as trained_query_derivation
    from theory.dynamics.invariants import trained_query_growth as trained_query_growth
    from theory.dynamics.invariants import trained_query_square as trained_query_square
    from theory.dynamics.margins import growth_constant as growth_constant
    from theory.dynamics.margins import loss_bounds as loss_bounds
    from theory.dynamics.margins import loss_ceiling as loss_ceiling
    from theory.dynamics.margins import margin_bounds as margin_bounds
    from theory.dynamics.margins import margin_derivation as margin_derivation
    from theory.dynamics.margins import margin_level as margin_level
    from theory.dynamics.margins import margin_loss as margin_loss
    from theory.dynamics.margins import margin_of_level as margin_of_level
    from theory.dynamics.margins import restarted_margin as restarted_margin
    from theory.dynamics.predictions import ResidualParts as ResidualParts
    from theory.dynamics.predictions import irrelevant_norm as irrelevant_norm
    from theory.dynamics.predictions import memory_derivation as memory_derivation
    from theory.dynamics.predictions import predicted_residual as predicted_residual
    from theory.dynamics.rates import asymptotic_attention_gap as asymptotic_attention_gap
    from theory.dynamics.rates import asymptotic_logarithm as asymptotic_logarithm
    from theory.dynamics.rates import asymptotic_loss as asymptotic_loss
    from theory.dynamics.rates import asymptotic_norm as asymptotic_norm
    from theory.dynamics.rates import asymptotic_score as asymptotic_score
    from theory.dynamics.rates import half_attention_time as half_attention_time
    from theory.dynamics.rates import loss_correction as loss_correction
    from theory.dynamics.rates import rates_derivation as rates_derivation
    from theory.dynamics.rates import takeoff_time as takeoff_time
    from theory.dynamics.rates import time_to_score as time_to_score
    from theory.dynamics.reduction import Speeds as Speeds
    from theory.dynamics.reduction import head_separation as head_separation
    from theory.dynamics.reduction import reduced_speeds as reduced_speeds
    from theory.dynamics.reduction import reduction_derivation as reduction_derivation
    from theory.dynamics.reduction import scaling_derivation as scaling_derivation
    from theory.dynamics.reduction import simplex_separation as simplex_separation
    from theory.dynamics.residuals import drift_bound as drift_bound
    from theory.dynamics.residuals import drift_derivation as drift_derivation
    from theory.dynamics.residuals import drift_excess as drift_excess
    from theory.dynamics.residuals import sen_residual as sen_residual
    from theory.dynamics.residuals import step_derivation as step_derivation
    from theory.dynamics.residuals import step_residual_change as step_residual_change
    from theory.dynamics.sen import attention_weight as attention_weight
    from theory.dynamics.sen import sen_norm as sen_norm
    from theory.dynamics.sen import sen_potential as sen_potential
    from theory.dynamics.sen import sen_score as sen_score
    from theory.dynamics.variable_lengths import Bounds as Bounds
    from theory.dynamics.variable_lengths import effective_mass as effective_mass
    from theory.dynamics.variable_lengths import mean_mass as mean_mass
    from theory.dynamics.variable_lengths import sandwich_derivation as sandwich_derivation
    from theory.dynamics.variable_lengths import sen_norm_bounds as sen_norm_bounds
    from theory.dynamics.variable_lengths import sen_score_bounds as sen_score_bounds
    from theory.dynamics.vocabulary import finite_vocabulary_norm as finite_vocabulary_norm
    from theory.dynamics.vocabulary import vocabulary_derivation as vocabulary_derivation
    from theory.dynamics.vocabulary import vocabulary_exponent as vocabulary_exponent

_EXPORTS = {
    "Bounds": "variable_lengths",
    "ResidualParts": "predictions",
    "Speeds": "reduction",
    "ablation_derivation": "ablations",
    "asymptotic_attention_gap": "rates",
    "asymptotic_logarithm": "rates",
    "asymptotic_loss": "rates",
    "asymptotic_norm": "rates",
    "asymptotic_score": "rates",
    "attention_weight": "sen",
    "balanced_head_change": "invariants",
    "balancedness_derivation": "invariants",
    "drift_bound": "residuals",
    "drift_derivation": "residuals",
    "drift_excess": "residuals",
    "effective_mass": "variable_lengths",
    "finite_vocabulary_norm": "vocabulary",
    "frozen_embedding_floor": "ablations",
    "frozen_embedding_gap": "ablations",
    "frozen_key_loss": "ablations",
    "frozen_key_margin": "ablations",
    "frozen_key_norm": "ablations",
    "growth_constant": "margins",
    "half_attention_time": "rates",
    "head_separation": "reduction",
    "irrelevant_norm": "predictions",
    "irrelevant_score": "invariants",
    "key_derivation": "flow_law",
    "key_movement": "invariants",
    "loss_bounds": "margins",
    "loss_ceiling": "margins",
    "loss_correction": "rates",
    "margin_bounds": "margins",
    "margin_derivation": "margins",
    "margin_level": "margins",
    "margin_loss": "margins",
    "margin_of_level": "margins",
    "mean_mass": "variable_lengths",
    "memory_derivation": "predictions",
    "predicted_residual": "predictions",
    "rates_derivation": "rates",
    "reduced_speeds": "reduction",
    "reduction_derivation": "reduction",
    "remaining_score": "invariants",
    "restarted_margin": "margins",
    "sandwich_derivation": "variable_lengths",
    "scaling_derivation": "reduction",
    "score_sum_derivation": "invariants",
    "sen_derivation": "flow_law",
    "sen_inverse_derivation": "flow_law",
    "sen_norm": "sen",
    "sen_norm_bounds": "variable_lengths",
    "sen_potential": "sen",
    "sen_residual": "residuals",
    "sen_score": "sen",
    "sen_score_bounds": "variable_lengths",
    "sgd_law_derivation": "invariants",
    "sgd_score_change": "invariants",
    "simplex_separation": "reduction",
    "step_derivation": "residuals",
    "step_residual_change": "residuals",
    "takeoff_time": "rates",
    "time_to_score": "rates",
    "trained_query_derivation": "invariants",
    "trained_query_growth": "invariants",
    "trained_query_square": "invariants",
    "vocabulary_derivation": "vocabulary",
    "vocabulary_exponent": "vocabulary",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
