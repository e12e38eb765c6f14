"""Capacity of threshold gates and of gated attention, derived (Baldi & Vershynin 2022)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.capacity.arrangements import characteristic_coefficients as characteristic_coefficients
    from theory.capacity.arrangements import (
        threshold_characteristic_coefficients as threshold_characteristic_coefficients,
    )
    from theory.capacity.cited import cited_counts as cited_counts
    from theory.capacity.cited import cited_threshold_count as cited_threshold_count
    from theory.capacity.counts import dichotomy_count as dichotomy_count
    from theory.capacity.counts import last_region_term as last_region_term
    from theory.capacity.counts import parameter_count as parameter_count
    from theory.capacity.counts import region_bound as region_bound
    from theory.capacity.duality import dual_threshold_count as dual_threshold_count
    from theory.capacity.expansions import degree_derivation as degree_derivation
    from theory.capacity.expansions import every_synapse_exponents as every_synapse_exponents
    from theory.capacity.expansions import expansion_derivation as expansion_derivation
    from theory.capacity.expansions import exponent_derivation as exponent_derivation
    from theory.capacity.expansions import gating_exponents as gating_exponents
    from theory.capacity.expansions import leading_exponent as leading_exponent
    from theory.capacity.expansions import region_bound_exponent as region_bound_exponent
    from theory.capacity.expansions import sandwich_derivation as sandwich_derivation
    from theory.capacity.expansions import stirling_residual as stirling_residual
    from theory.capacity.expansions import vacuous_up_to as vacuous_up_to
    from theory.capacity.expansions import zuev_exponent as zuev_exponent
    from theory.capacity.expansions import zuev_vacuous_up_to as zuev_vacuous_up_to
    from theory.capacity.gating import cross_attention_bounds as cross_attention_bounds
    from theory.capacity.gating import disjoint_product_count as disjoint_product_count
    from theory.capacity.gating import gate_pair_count as gate_pair_count
    from theory.capacity.gating import multiplexed_pair_count as multiplexed_pair_count
    from theory.capacity.gating import multiplexed_upper_bound as multiplexed_upper_bound
    from theory.capacity.gating import output_gating_bounds as output_gating_bounds
    from theory.capacity.gating import self_attention_bounds as self_attention_bounds
    from theory.capacity.gating import shared_gate_bounds as shared_gate_bounds
    from theory.capacity.gating import synaptic_lower_bound as synaptic_lower_bound
    from theory.capacity.layers import cross_attention_derivation as cross_attention_derivation
    from theory.capacity.layers import self_attention_derivation as self_attention_derivation
    from theory.capacity.layers import shared_gate_derivation as shared_gate_derivation
    from theory.capacity.multiplexing import activation_derivation as activation_derivation
    from theory.capacity.multiplexing import multiplexed_pair as multiplexed_pair
    from theory.capacity.multiplexing import multiplexed_table as multiplexed_table
    from theory.capacity.multiplexing import multiplexed_unit_derivation as multiplexed_unit_derivation
    from theory.capacity.multiplexing import multiplexing_derivation as multiplexing_derivation
    from theory.capacity.networks import attention_gating_counts as attention_gating_counts
    from theory.capacity.networks import capacity_ratio as capacity_ratio
    from theory.capacity.networks import capacity_table as capacity_table
    from theory.capacity.networks import feedforward_capacity as feedforward_capacity
    from theory.capacity.networks import hidden_layer_lower_bound as hidden_layer_lower_bound
    from theory.capacity.networks import hidden_layer_upper_bound as hidden_layer_upper_bound
    from theory.capacity.networks import layer_map_bounds as layer_map_bounds
    from theory.capacity.networks import layer_map_count as layer_map_count
    from theory.capacity.networks import layered_parameter_count as layered_parameter_count
    from theory.capacity.networks import leading_capacity_ratio as leading_capacity_ratio
    from theory.capacity.networks import quadratic_parameters as quadratic_parameters
    from theory.capacity.pairs import attended_pair_derivation as attended_pair_derivation
    from theory.capacity.pairs import gate_pair_derivation as gate_pair_derivation
    from theory.capacity.pairs import hidden_layer_derivation as hidden_layer_derivation
    from theory.capacity.parameters import monomial_derivation as monomial_derivation
    from theory.capacity.parameters import product_derivation as product_derivation
    from theory.capacity.parameters import product_parameter_derivation as product_parameter_derivation
    from theory.capacity.polynomials import first_coefficients as first_coefficients
    from theory.capacity.polynomials import generic_coefficients as generic_coefficients
    from theory.capacity.polynomials import parallelogram_count as parallelogram_count
    from theory.capacity.polynomials import parallelogram_derivation as parallelogram_derivation
    from theory.capacity.polynomials import unbiased_count as unbiased_count
    from theory.capacity.polynomials import weak_count as weak_count
    from theory.capacity.polynomials import zero_one_unbiased_count as zero_one_unbiased_count
    from theory.capacity.selectors import selected_slices as selected_slices
    from theory.capacity.selectors import selected_units as selected_units
    from theory.capacity.selectors import selected_units_derivation as selected_units_derivation
    from theory.capacity.single_gates import extension_lower_bound as extension_lower_bound
    from theory.capacity.single_gates import threshold_count as threshold_count
    from theory.capacity.single_gates import threshold_count_bounds as threshold_count_bounds
    from theory.capacity.synapses import gated_synapses_upper_bound as gated_synapses_upper_bound
    from theory.capacity.synapses import synaptic_slice_derivation as synaptic_slice_derivation
    from theory.capacity.synapses import synaptic_slice_lower_bound as synaptic_slice_lower_bound
    from theory.capacity.synapses import zero_one_synapse_derivation as zero_one_synapse_derivation
    from theory.capacity.synapses import zero_one_synapse_lower_bound as zero_one_synapse_lower_bound
    from theory.capacity.taxonomy import attended_activation as attended_activation
    from theory.capacity.taxonomy import attention_kinds as attention_kinds
    from theory.capacity.taxonomy import attention_summary as attention_summary
    from theory.capacity.taxonomy import receiver_sums as receiver_sums
    from theory.capacity.taxonomy import taxonomy_derivation as taxonomy_derivation

_EXPORTS = {
    "activation_derivation": "multiplexing",
    "attended_activation": "taxonomy",
    "attended_pair_derivation": "pairs",
    "attention_gating_counts": "networks",
    "attention_kinds": "taxonomy",
    "attention_summary": "taxonomy",
    "capacity_ratio": "networks",
    "capacity_table": "networks",
    "characteristic_coefficients": "arrangements",
    "cited_counts": "cited",
    "cited_threshold_count": "cited",
    "cross_attention_bounds": "gating",
    "cross_attention_derivation": "layers",
    "degree_derivation": "expansions",
    "dichotomy_count": "counts",
    "disjoint_product_count": "gating",
    "dual_threshold_count": "duality",
    "every_synapse_exponents": "expansions",
    "expansion_derivation": "expansions",
    "exponent_derivation": "expansions",
    "extension_lower_bound": "single_gates",
    "feedforward_capacity": "networks",
    "first_coefficients": "polynomials",
    "gate_pair_count": "gating",
    "gate_pair_derivation": "pairs",
    "gated_synapses_upper_bound": "synapses",
    "gating_exponents": "expansions",
    "generic_coefficients": "polynomials",
    "hidden_layer_derivation": "pairs",
    "hidden_layer_lower_bound": "networks",
    "hidden_layer_upper_bound": "networks",
    "last_region_term": "counts",
    "layer_map_bounds": "networks",
    "layer_map_count": "networks",
    "layered_parameter_count": "networks",
    "leading_capacity_ratio": "networks",
    "leading_exponent": "expansions",
    "monomial_derivation": "parameters",
    "multiplexed_pair": "multiplexing",
    "multiplexed_pair_count": "gating",
    "multiplexed_table": "multiplexing",
    "multiplexed_unit_derivation": "multiplexing",
    "multiplexed_upper_bound": "gating",
    "multiplexing_derivation": "multiplexing",
    "output_gating_bounds": "gating",
    "parallelogram_count": "polynomials",
    "parallelogram_derivation": "polynomials",
    "parameter_count": "counts",
    "product_derivation": "parameters",
    "product_parameter_derivation": "parameters",
    "quadratic_parameters": "networks",
    "receiver_sums": "taxonomy",
    "region_bound": "counts",
    "region_bound_exponent": "expansions",
    "sandwich_derivation": "expansions",
    "selected_slices": "selectors",
    "selected_units": "selectors",
    "selected_units_derivation": "selectors",
    "self_attention_bounds": "gating",
    "self_attention_derivation": "layers",
    "shared_gate_bounds": "gating",
    "shared_gate_derivation": "layers",
    "stirling_residual": "expansions",
    "synaptic_lower_bound": "gating",
    "synaptic_slice_derivation": "synapses",
    "synaptic_slice_lower_bound": "synapses",
    "taxonomy_derivation": "taxonomy",
    "threshold_characteristic_coefficients": "arrangements",
    "threshold_count": "single_gates",
    "threshold_count_bounds": "single_gates",
    "unbiased_count": "polynomials",
    "vacuous_up_to": "expansions",
    "weak_count": "polynomials",
    "zero_one_synapse_derivation": "synapses",
    "zero_one_synapse_lower_bound": "synapses",
    "zero_one_unbiased_count": "polynomials",
    "zuev_exponent": "expansions",
    "zuev_vacuous_up_to": "expansions",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
