"""Gradients through recurrence and self-attention, derived (Kerg et al. 2020, arXiv 2006.09471)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.gradients.closed_forms import closed_form_derivation as closed_form_derivation
    from theory.gradients.closed_forms import gain_in_time as gain_in_time
    from theory.gradients.closed_forms import generating_function_derivation as generating_function_derivation
    from theory.gradients.closed_forms import generating_function_gain as generating_function_gain
    from theory.gradients.closed_forms import hypergeometric_gain as hypergeometric_gain
    from theory.gradients.closed_forms import laguerre_gain as laguerre_gain
    from theory.gradients.counterexamples import cancelling_derivation as cancelling_derivation
    from theory.gradients.counterexamples import cancelling_score as cancelling_score
    from theory.gradients.counterexamples import complex_zeros as complex_zeros
    from theory.gradients.counterexamples import hidden_loss_gain as hidden_loss_gain
    from theory.gradients.counterexamples import negative_identity_derivation as negative_identity_derivation
    from theory.gradients.counterexamples import negative_identity_upper_bound as negative_identity_upper_bound
    from theory.gradients.counterexamples import nilpotent_smallest_gain as nilpotent_smallest_gain
    from theory.gradients.counterexamples import real_zero as real_zero
    from theory.gradients.counterexamples import summed_loss_gain as summed_loss_gain
    from theory.gradients.crossover import baseline_gain as baseline_gain
    from theory.gradients.crossover import crossover_derivation as crossover_derivation
    from theory.gradients.crossover import crossover_lag as crossover_lag
    from theory.gradients.crossover import domination_lag as domination_lag
    from theory.gradients.decomposition import backward_recursion as backward_recursion
    from theory.gradients.decomposition import chain_sum as chain_sum
    from theory.gradients.decomposition import chains as chains
    from theory.gradients.decomposition import decomposition_derivation as decomposition_derivation
    from theory.gradients.decomposition import forward_chain_rule as forward_chain_rule
    from theory.gradients.decomposition import frozen_degree_mass as frozen_degree_mass
    from theory.gradients.decomposition import partials_derivation as partials_derivation
    from theory.gradients.enclosure import Sandwich as Sandwich
    from theory.gradients.enclosure import memorable_lower_bound as memorable_lower_bound
    from theory.gradients.enclosure import sandwich as sandwich
    from theory.gradients.enclosure import sandwich_derivation as sandwich_derivation
    from theory.gradients.gain import attention_gain as attention_gain
    from theory.gradients.gain import gain_recurrence as gain_recurrence
    from theory.gradients.gain import matrix_gain as matrix_gain
    from theory.gradients.gain import uniform_attention_gain as uniform_attention_gain
    from theory.gradients.gain import uniform_attention_gains as uniform_attention_gains
    from theory.gradients.gain import weighted_recurrence as weighted_recurrence
    from theory.gradients.growth import asymptotic_gain as asymptotic_gain
    from theory.gradients.growth import disc_derivation as disc_derivation
    from theory.gradients.growth import growth_exponent as growth_exponent
    from theory.gradients.growth import omega_one_over_T as omega_one_over_T
    from theory.gradients.growth import oscillation_frequency as oscillation_frequency
    from theory.gradients.leading_term import leading_term_derivation as leading_term_derivation
    from theory.gradients.network import network_jacobians as network_jacobians
    from theory.gradients.polynomial import constant_coefficient as constant_coefficient
    from theory.gradients.polynomial import gain_coefficients as gain_coefficients
    from theory.gradients.polynomial import gain_polynomial as gain_polynomial
    from theory.gradients.polynomial import leading_coefficient as leading_coefficient
    from theory.gradients.polynomial import linear_coefficient as linear_coefficient
    from theory.gradients.polynomial import recurrence_derivation as recurrence_derivation
    from theory.gradients.relevance import attended_count as attended_count
    from theory.gradients.relevance import attended_pairs as attended_pairs
    from theory.gradients.relevance import cost_exponent as cost_exponent
    from theory.gradients.relevance import initial_relevance as initial_relevance
    from theory.gradients.relevance import relevant_times as relevant_times
    from theory.gradients.relevance import screened_lower_bound as screened_lower_bound
    from theory.gradients.relevance import screening_derivation as screening_derivation
    from theory.gradients.relevance import screening_gap as screening_gap
    from theory.gradients.relevance import uniform_relevance as uniform_relevance
    from theory.gradients.relevance import uniform_retained as uniform_retained
    from theory.gradients.sparse import attention_chain_mass as attention_chain_mass
    from theory.gradients.sparse import best_mixed_chain as best_mixed_chain
    from theory.gradients.sparse import dependency_depth as dependency_depth
    from theory.gradients.sparse import frozen_growth_bound as frozen_growth_bound
    from theory.gradients.sparse import hops_to_reach_all as hops_to_reach_all
    from theory.gradients.sparse import pattern_weights as pattern_weights
    from theory.gradients.sparse import score_sparse_lower_bound as score_sparse_lower_bound
    from theory.gradients.sparse import sparse_attention_gain as sparse_attention_gain
    from theory.gradients.sparse import sparse_attention_lower_bound as sparse_attention_lower_bound
    from theory.gradients.sparse import sparse_derivation as sparse_derivation
    from theory.gradients.theorem1 import Bound as Bound
    from theory.gradients.theorem1 import cone_lower_bound as cone_lower_bound
    from theory.gradients.theorem1 import full_derivative_upper_bound as full_derivative_upper_bound
    from theory.gradients.theorem1 import gain_upper_bound as gain_upper_bound
    from theory.gradients.theorem1 import psd_singular_values as psd_singular_values
    from theory.gradients.theorem1 import score_weight_range as score_weight_range
    from theory.gradients.theorem1 import spectral_derivation as spectral_derivation
    from theory.gradients.theorem1 import spectral_lower_bound as spectral_lower_bound
    from theory.gradients.window import window_derivation as window_derivation
    from theory.gradients.window import window_polynomial as window_polynomial
    from theory.gradients.window import window_rate as window_rate

_EXPORTS = {
    "Bound": "theorem1",
    "Sandwich": "enclosure",
    "asymptotic_gain": "growth",
    "attended_count": "relevance",
    "attended_pairs": "relevance",
    "attention_chain_mass": "sparse",
    "attention_gain": "gain",
    "backward_recursion": "decomposition",
    "baseline_gain": "crossover",
    "best_mixed_chain": "sparse",
    "cancelling_derivation": "counterexamples",
    "cancelling_score": "counterexamples",
    "chain_sum": "decomposition",
    "chains": "decomposition",
    "closed_form_derivation": "closed_forms",
    "complex_zeros": "counterexamples",
    "cone_lower_bound": "theorem1",
    "constant_coefficient": "polynomial",
    "cost_exponent": "relevance",
    "crossover_derivation": "crossover",
    "crossover_lag": "crossover",
    "decomposition_derivation": "decomposition",
    "dependency_depth": "sparse",
    "disc_derivation": "growth",
    "domination_lag": "crossover",
    "forward_chain_rule": "decomposition",
    "frozen_degree_mass": "decomposition",
    "frozen_growth_bound": "sparse",
    "full_derivative_upper_bound": "theorem1",
    "gain_coefficients": "polynomial",
    "gain_in_time": "closed_forms",
    "gain_polynomial": "polynomial",
    "gain_recurrence": "gain",
    "gain_upper_bound": "theorem1",
    "generating_function_derivation": "closed_forms",
    "generating_function_gain": "closed_forms",
    "growth_exponent": "growth",
    "hidden_loss_gain": "counterexamples",
    "hops_to_reach_all": "sparse",
    "hypergeometric_gain": "closed_forms",
    "initial_relevance": "relevance",
    "laguerre_gain": "closed_forms",
    "leading_coefficient": "polynomial",
    "leading_term_derivation": "leading_term",
    "linear_coefficient": "polynomial",
    "matrix_gain": "gain",
    "memorable_lower_bound": "enclosure",
    "negative_identity_derivation": "counterexamples",
    "negative_identity_upper_bound": "counterexamples",
    "network_jacobians": "network",
    "nilpotent_smallest_gain": "counterexamples",
    "omega_one_over_T": "growth",
    "oscillation_frequency": "growth",
    "partials_derivation": "decomposition",
    "pattern_weights": "sparse",
    "psd_singular_values": "theorem1",
    "real_zero": "counterexamples",
    "recurrence_derivation": "polynomial",
    "relevant_times": "relevance",
    "sandwich": "enclosure",
    "sandwich_derivation": "enclosure",
    "score_sparse_lower_bound": "sparse",
    "score_weight_range": "theorem1",
    "screened_lower_bound": "relevance",
    "screening_derivation": "relevance",
    "screening_gap": "relevance",
    "sparse_attention_gain": "sparse",
    "sparse_attention_lower_bound": "sparse",
    "sparse_derivation": "sparse",
    "spectral_derivation": "theorem1",
    "spectral_lower_bound": "theorem1",
    "summed_loss_gain": "counterexamples",
    "uniform_attention_gain": "gain",
    "uniform_attention_gains": "gain",
    "uniform_relevance": "relevance",
    "uniform_retained": "relevance",
    "weighted_recurrence": "gain",
    "window_derivation": "window",
    "window_polynomial": "window",
    "window_rate": "window",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
