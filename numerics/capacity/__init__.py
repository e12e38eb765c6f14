"""Capacity of threshold gates and of gated attention, measured (Baldi & Vershynin 2022)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.capacity.asked import asked_by_ones as asked_by_ones
    from numerics.capacity.asked import asked_network_by_ones as asked_network_by_ones
    from numerics.capacity.attention import attend as attend
    from numerics.capacity.attention import count_attention_gatings as count_attention_gatings
    from numerics.capacity.certificates import refutes as refutes
    from numerics.capacity.certificates import separates as separates
    from numerics.capacity.circuits import cross_attention_maps as cross_attention_maps
    from numerics.capacity.circuits import network_members as network_members
    from numerics.capacity.circuits import self_attention_maps as self_attention_maps
    from numerics.capacity.circuits import shared_gate_pairs as shared_gate_pairs
    from numerics.capacity.closure import gated_members as gated_members
    from numerics.capacity.closure import three_valued_count as three_valued_count
    from numerics.capacity.composed import composed_by_ones as composed_by_ones
    from numerics.capacity.composed import composed_network_by_ones as composed_network_by_ones
    from numerics.capacity.composed import composed_shared_gate_maps as composed_shared_gate_maps
    from numerics.capacity.dichotomies import count_dichotomies as count_dichotomies
    from numerics.capacity.engine import ThresholdCount as ThresholdCount
    from numerics.capacity.engine import count_threshold_functions as count_threshold_functions
    from numerics.capacity.finite_field import characteristic_polynomial as characteristic_polynomial
    from numerics.capacity.gated import count_gated as count_gated
    from numerics.capacity.ideals import listed_tables as listed_tables
    from numerics.capacity.ideals import threshold_classes as threshold_classes
    from numerics.capacity.inverse import attended_members as attended_members
    from numerics.capacity.jobs import CountJob as CountJob
    from numerics.capacity.jobs import count_threshold_job as count_threshold_job
    from numerics.capacity.jobs import job_status as job_status
    from numerics.capacity.membership import is_threshold as is_threshold
    from numerics.capacity.networks import count_networks as count_networks
    from numerics.capacity.networks import minimum_hidden_units as minimum_hidden_units
    from numerics.capacity.points import cube_rows as cube_rows
    from numerics.capacity.points import gaussian_points as gaussian_points
    from numerics.capacity.programmed import computes as computes
    from numerics.capacity.programmed import find_circuit as find_circuit
    from numerics.capacity.programs import count_threshold_functions_by_lp as count_threshold_functions_by_lp
    from numerics.capacity.reference import decide_by_pulp as decide_by_pulp
    from numerics.capacity.regions import count_regions as count_regions
    from numerics.capacity.sampling import sample_gated_tables as sample_gated_tables
    from numerics.capacity.sampling import sample_threshold_tables as sample_threshold_tables
    from numerics.capacity.separation import Separator as Separator
    from numerics.capacity.weak import count_weakly_threshold as count_weakly_threshold
    from numerics.capacity.weights import threshold_tables as threshold_tables
    from numerics.capacity.witnesses import computable_tables as computable_tables
    from numerics.capacity.witnesses import count_three_valued as count_three_valued
    from numerics.capacity.witnesses import crossed_conjunctions as crossed_conjunctions
    from numerics.capacity.witnesses import crossed_maps as crossed_maps
    from numerics.capacity.witnesses import self_attended_maps as self_attended_maps
    from numerics.capacity.witnesses import shared_gate_maps as shared_gate_maps

_EXPORTS = {
    "CountJob": "jobs",
    "Separator": "separation",
    "ThresholdCount": "engine",
    "asked_by_ones": "asked",
    "asked_network_by_ones": "asked",
    "attend": "attention",
    "attended_members": "inverse",
    "characteristic_polynomial": "finite_field",
    "composed_by_ones": "composed",
    "composed_network_by_ones": "composed",
    "composed_shared_gate_maps": "composed",
    "computable_tables": "witnesses",
    "computes": "programmed",
    "count_attention_gatings": "attention",
    "count_dichotomies": "dichotomies",
    "count_gated": "gated",
    "count_networks": "networks",
    "count_regions": "regions",
    "count_three_valued": "witnesses",
    "count_threshold_functions": "engine",
    "count_threshold_functions_by_lp": "programs",
    "count_threshold_job": "jobs",
    "count_weakly_threshold": "weak",
    "cross_attention_maps": "circuits",
    "crossed_conjunctions": "witnesses",
    "crossed_maps": "witnesses",
    "cube_rows": "points",
    "decide_by_pulp": "reference",
    "find_circuit": "programmed",
    "gated_members": "closure",
    "gaussian_points": "points",
    "is_threshold": "membership",
    "job_status": "jobs",
    "listed_tables": "ideals",
    "minimum_hidden_units": "networks",
    "network_members": "circuits",
    "refutes": "certificates",
    "sample_gated_tables": "sampling",
    "sample_threshold_tables": "sampling",
    "self_attended_maps": "witnesses",
    "self_attention_maps": "circuits",
    "separates": "certificates",
    "shared_gate_maps": "witnesses",
    "shared_gate_pairs": "circuits",
    "three_valued_count": "closure",
    "threshold_classes": "ideals",
    "threshold_tables": "weights",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
