"""Capacity of threshold gates and of gated attention, measured (Baldi & Vershynin 2022)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.capacity.asked import asked_by_ones as asked_by_ones
    from numerics.capacity.asked import asked_network_by_ones as asked_network_by_ones
    from numerics.capacity.asked import asked_three_level_count as asked_three_level_count
    from numerics.capacity.asked import asked_three_unit_overlaps as asked_three_unit_overlaps
    from numerics.capacity.asked import count_included_conjunctions as count_included_conjunctions
    from numerics.capacity.asked import is_product_parity as is_product_parity
    from numerics.capacity.attention import attend as attend
    from numerics.capacity.attention import count_attention_gatings as count_attention_gatings
    from numerics.capacity.attention import count_equivariant_rows as count_equivariant_rows
    from numerics.capacity.attention import traced_gatings as traced_gatings
    from numerics.capacity.attention import traced_products as traced_products
    from numerics.capacity.certificates import refutes as refutes
    from numerics.capacity.certificates import separates as separates
    from numerics.capacity.circuits import cross_attention_maps as cross_attention_maps
    from numerics.capacity.circuits import disjoint_products as disjoint_products
    from numerics.capacity.circuits import layer_maps as layer_maps
    from numerics.capacity.circuits import multiplexed_hidden_pairs as multiplexed_hidden_pairs
    from numerics.capacity.circuits import network_members as network_members
    from numerics.capacity.circuits import overlap_sizes as overlap_sizes
    from numerics.capacity.circuits import own_gate_maps as own_gate_maps
    from numerics.capacity.circuits import self_attention_maps as self_attention_maps
    from numerics.capacity.circuits import shared_gate_pairs as shared_gate_pairs
    from numerics.capacity.class_files import ClassListCheck as ClassListCheck
    from numerics.capacity.class_files import read_threshold_classes as read_threshold_classes
    from numerics.capacity.class_files import save_sampled_classes as save_sampled_classes
    from numerics.capacity.class_files import verify_threshold_classes as verify_threshold_classes
    from numerics.capacity.closure import gated_members as gated_members
    from numerics.capacity.composed import composed_beyond_two_units as composed_beyond_two_units
    from numerics.capacity.composed import composed_by_ones as composed_by_ones
    from numerics.capacity.composed import composed_network_by_ones as composed_network_by_ones
    from numerics.capacity.composed import composed_overlap_sizes as composed_overlap_sizes
    from numerics.capacity.composed import composed_shared_gate_maps as composed_shared_gate_maps
    from numerics.capacity.composed import composed_three_unit_overlaps as composed_three_unit_overlaps
    from numerics.capacity.composed import three_level_count as three_level_count
    from numerics.capacity.dichotomies import count_dichotomies as count_dichotomies
    from numerics.capacity.engine import ThresholdCount as ThresholdCount
    from numerics.capacity.engine import count_by_chambers as count_by_chambers
    from numerics.capacity.engine_classes import ThresholdClass as ThresholdClass
    from numerics.capacity.engine_classes import list_threshold_classes as list_threshold_classes
    from numerics.capacity.engine_classes import sample_threshold_classes as sample_threshold_classes
    from numerics.capacity.engine_classes import save_threshold_classes as save_threshold_classes
    from numerics.capacity.engine_classes import verify_threshold_class as verify_threshold_class
    from numerics.capacity.engine_dichotomies import count_dichotomies_by_cones as count_dichotomies_by_cones
    from numerics.capacity.engine_dichotomies import count_three_valued_by_cones as count_three_valued_by_cones
    from numerics.capacity.engine_weak import count_weakly_affine as count_weakly_affine
    from numerics.capacity.estimate import CountEstimate as CountEstimate
    from numerics.capacity.estimate import estimate_threshold_functions as estimate_threshold_functions
    from numerics.capacity.exponents import largest_vacuous_size as largest_vacuous_size
    from numerics.capacity.exponents import measure_stirling_residual as measure_stirling_residual
    from numerics.capacity.exponents import region_quotient as region_quotient
    from numerics.capacity.finite_field import characteristic_polynomial as characteristic_polynomial
    from numerics.capacity.gated import count_gated as count_gated
    from numerics.capacity.halves import halved_by_ones as halved_by_ones
    from numerics.capacity.halves import halved_overlap_sizes as halved_overlap_sizes
    from numerics.capacity.halves import halved_overlaps_by_ones as halved_overlaps_by_ones
    from numerics.capacity.hidden_maps import count_labelled_maps as count_labelled_maps
    from numerics.capacity.ideals import listed_tables as listed_tables
    from numerics.capacity.ideals import threshold_classes as threshold_classes
    from numerics.capacity.inverse import attended_members as attended_members
    from numerics.capacity.jobs import CountJob as CountJob
    from numerics.capacity.jobs import count_threshold_job as count_threshold_job
    from numerics.capacity.jobs import job_status as job_status
    from numerics.capacity.jobs_check import JobCheck as JobCheck
    from numerics.capacity.jobs_check import check_count as check_count
    from numerics.capacity.jobs_check import verify_job as verify_job
    from numerics.capacity.membership import is_threshold as is_threshold
    from numerics.capacity.networks import count_networks as count_networks
    from numerics.capacity.networks import minimum_hidden_units as minimum_hidden_units
    from numerics.capacity.pairs import count_attended_pairs as count_attended_pairs
    from numerics.capacity.pairs import count_gate_pairs as count_gate_pairs
    from numerics.capacity.pairs import count_layer_pairs as count_layer_pairs
    from numerics.capacity.points import cube_rows as cube_rows
    from numerics.capacity.points import gaussian_points as gaussian_points
    from numerics.capacity.points import zero_one_points as zero_one_points
    from numerics.capacity.products import ProductCount as ProductCount
    from numerics.capacity.products import count_product_overlaps as count_product_overlaps
    from numerics.capacity.products import count_products as count_products
    from numerics.capacity.products import product_overlaps_by_ones as product_overlaps_by_ones
    from numerics.capacity.programmed import computes as computes
    from numerics.capacity.programmed import find_circuit as find_circuit
    from numerics.capacity.programmed import minimum_units_by_programming as minimum_units_by_programming
    from numerics.capacity.programmed_units import GatedUnit as GatedUnit
    from numerics.capacity.programmed_units import computed_by as computed_by
    from numerics.capacity.programmed_units import find_gated_unit as find_gated_unit
    from numerics.capacity.programs import count_threshold_functions_by_lp as count_threshold_functions_by_lp
    from numerics.capacity.quadratic import count_quadratic_by_certificates as count_quadratic_by_certificates
    from numerics.capacity.ranks import count_by_ranks as count_by_ranks
    from numerics.capacity.reference import decide_by_pulp as decide_by_pulp
    from numerics.capacity.regions import count_regions as count_regions
    from numerics.capacity.restrictions import three_valued_count as three_valued_count
    from numerics.capacity.restrictions_merged import merged_three_valued_by_ones as merged_three_valued_by_ones
    from numerics.capacity.restrictions_merged import merged_three_valued_count as merged_three_valued_count
    from numerics.capacity.sampling import sample_gated_tables as sample_gated_tables
    from numerics.capacity.sampling import sample_threshold_tables as sample_threshold_tables
    from numerics.capacity.selected import count_selected_units as count_selected_units
    from numerics.capacity.separation import Separator as Separator
    from numerics.capacity.threshold import count_threshold_functions as count_threshold_functions
    from numerics.capacity.units import classify_attention as classify_attention
    from numerics.capacity.units import gate_one_synapse as gate_one_synapse
    from numerics.capacity.units import join_slices as join_slices
    from numerics.capacity.units import measure_parameter_rank as measure_parameter_rank
    from numerics.capacity.units import spoken_unit_tables as spoken_unit_tables
    from numerics.capacity.weak import count_products_by_duality as count_products_by_duality
    from numerics.capacity.weak import count_products_of_degree as count_products_of_degree
    from numerics.capacity.weak import count_weakly_threshold as count_weakly_threshold
    from numerics.capacity.weights import threshold_tables as threshold_tables
    from numerics.capacity.weights import unbiased_tables as unbiased_tables
    from numerics.capacity.witnesses import asked_beyond_two_units as asked_beyond_two_units
    from numerics.capacity.witnesses import asked_overlap_sizes as asked_overlap_sizes
    from numerics.capacity.witnesses import computable_tables as computable_tables
    from numerics.capacity.witnesses import count_gate_slices as count_gate_slices
    from numerics.capacity.witnesses import count_hidden_pairs as count_hidden_pairs
    from numerics.capacity.witnesses import count_mixed_degrees as count_mixed_degrees
    from numerics.capacity.witnesses import count_quadratic_products as count_quadratic_products
    from numerics.capacity.witnesses import count_three_valued as count_three_valued
    from numerics.capacity.witnesses import count_upper_slices as count_upper_slices
    from numerics.capacity.witnesses import minimum_units_by_enumeration as minimum_units_by_enumeration
    from numerics.capacity.witnesses_layers import count_multiplexed_crossings as count_multiplexed_crossings
    from numerics.capacity.witnesses_layers import count_multiplexed_products as count_multiplexed_products
    from numerics.capacity.witnesses_layers import count_multiplexed_triples as count_multiplexed_triples
    from numerics.capacity.witnesses_layers import crossed_conjunctions as crossed_conjunctions
    from numerics.capacity.witnesses_layers import crossed_maps as crossed_maps
    from numerics.capacity.witnesses_layers import self_attended_maps as self_attended_maps
    from numerics.capacity.witnesses_layers import shared_gate_maps as shared_gate_maps

_EXPORTS = {
    "ClassListCheck": "class_files",
    "CountEstimate": "estimate",
    "CountJob": "jobs",
    "GatedUnit": "programmed_units",
    "JobCheck": "jobs_check",
    "ProductCount": "products",
    "Separator": "separation",
    "ThresholdClass": "engine_classes",
    "ThresholdCount": "engine",
    "asked_beyond_two_units": "witnesses",
    "asked_by_ones": "asked",
    "asked_network_by_ones": "asked",
    "asked_overlap_sizes": "witnesses",
    "asked_three_level_count": "asked",
    "asked_three_unit_overlaps": "asked",
    "attend": "attention",
    "attended_members": "inverse",
    "characteristic_polynomial": "finite_field",
    "check_count": "jobs_check",
    "classify_attention": "units",
    "composed_beyond_two_units": "composed",
    "composed_by_ones": "composed",
    "composed_network_by_ones": "composed",
    "composed_overlap_sizes": "composed",
    "composed_shared_gate_maps": "composed",
    "composed_three_unit_overlaps": "composed",
    "computable_tables": "witnesses",
    "computed_by": "programmed_units",
    "computes": "programmed",
    "count_attended_pairs": "pairs",
    "count_attention_gatings": "attention",
    "count_by_chambers": "engine",
    "count_by_ranks": "ranks",
    "count_dichotomies": "dichotomies",
    "count_dichotomies_by_cones": "engine_dichotomies",
    "count_equivariant_rows": "attention",
    "count_gate_pairs": "pairs",
    "count_gate_slices": "witnesses",
    "count_gated": "gated",
    "count_hidden_pairs": "witnesses",
    "count_included_conjunctions": "asked",
    "count_labelled_maps": "hidden_maps",
    "count_layer_pairs": "pairs",
    "count_mixed_degrees": "witnesses",
    "count_multiplexed_crossings": "witnesses_layers",
    "count_multiplexed_products": "witnesses_layers",
    "count_multiplexed_triples": "witnesses_layers",
    "count_networks": "networks",
    "count_product_overlaps": "products",
    "count_products": "products",
    "count_products_by_duality": "weak",
    "count_products_of_degree": "weak",
    "count_quadratic_products": "witnesses",
    "count_quadratic_by_certificates": "quadratic",
    "count_regions": "regions",
    "count_three_valued_by_cones": "engine_dichotomies",
    "count_three_valued": "witnesses",
    "count_threshold_functions": "threshold",
    "count_threshold_functions_by_lp": "programs",
    "count_threshold_job": "jobs",
    "count_upper_slices": "witnesses",
    "count_weakly_affine": "engine_weak",
    "count_weakly_threshold": "weak",
    "cross_attention_maps": "circuits",
    "count_selected_units": "selected",
    "crossed_conjunctions": "witnesses_layers",
    "crossed_maps": "witnesses_layers",
    "cube_rows": "points",
    "decide_by_pulp": "reference",
    "disjoint_products": "circuits",
    "estimate_threshold_functions": "estimate",
    "find_circuit": "programmed",
    "find_gated_unit": "programmed_units",
    "gate_one_synapse": "units",
    "gated_members": "closure",
    "gaussian_points": "points",
    "halved_by_ones": "halves",
    "halved_overlap_sizes": "halves",
    "halved_overlaps_by_ones": "halves",
    "is_product_parity": "asked",
    "is_threshold": "membership",
    "job_status": "jobs",
    "join_slices": "units",
    "largest_vacuous_size": "exponents",
    "layer_maps": "circuits",
    "list_threshold_classes": "engine_classes",
    "listed_tables": "ideals",
    "measure_parameter_rank": "units",
    "measure_stirling_residual": "exponents",
    "merged_three_valued_by_ones": "restrictions_merged",
    "merged_three_valued_count": "restrictions_merged",
    "minimum_hidden_units": "networks",
    "minimum_units_by_enumeration": "witnesses",
    "minimum_units_by_programming": "programmed",
    "multiplexed_hidden_pairs": "circuits",
    "network_members": "circuits",
    "overlap_sizes": "circuits",
    "own_gate_maps": "circuits",
    "product_overlaps_by_ones": "products",
    "read_threshold_classes": "class_files",
    "refutes": "certificates",
    "region_quotient": "exponents",
    "sample_gated_tables": "sampling",
    "sample_threshold_classes": "engine_classes",
    "sample_threshold_tables": "sampling",
    "save_sampled_classes": "class_files",
    "save_threshold_classes": "engine_classes",
    "self_attended_maps": "witnesses_layers",
    "self_attention_maps": "circuits",
    "separates": "certificates",
    "shared_gate_maps": "witnesses_layers",
    "shared_gate_pairs": "circuits",
    "spoken_unit_tables": "units",
    "three_level_count": "composed",
    "three_valued_count": "restrictions",
    "threshold_classes": "ideals",
    "threshold_tables": "weights",
    "traced_gatings": "attention",
    "traced_products": "attention",
    "unbiased_tables": "weights",
    "verify_job": "jobs_check",
    "verify_threshold_class": "engine_classes",
    "verify_threshold_classes": "class_files",
    "zero_one_points": "points",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
