"""Capacity of threshold gates and of gated attention, derived (Baldi & Vershynin 2022)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.capacity.arrangements import characteristic_coefficients as characteristic_coefficients
    from theory.capacity.arrangements import (
        threshold_characteristic_coefficients as threshold_characteristic_coefficients,
    )
    from theory.capacity.counts import dichotomy_count as dichotomy_count
    from theory.capacity.gating import cross_attention_bounds as cross_attention_bounds
    from theory.capacity.gating import output_gating_bounds as output_gating_bounds
    from theory.capacity.gating import self_attention_bounds as self_attention_bounds
    from theory.capacity.gating import shared_gate_bounds as shared_gate_bounds
    from theory.capacity.single_gates import extension_lower_bound as extension_lower_bound
    from theory.capacity.single_gates import parameter_count as parameter_count
    from theory.capacity.single_gates import region_bound as region_bound
    from theory.capacity.single_gates import threshold_count as threshold_count
    from theory.capacity.single_gates import threshold_count_bounds as threshold_count_bounds

_EXPORTS = {
    "characteristic_coefficients": "arrangements",
    "cross_attention_bounds": "gating",
    "dichotomy_count": "counts",
    "extension_lower_bound": "single_gates",
    "output_gating_bounds": "gating",
    "parameter_count": "single_gates",
    "region_bound": "single_gates",
    "self_attention_bounds": "gating",
    "shared_gate_bounds": "gating",
    "threshold_characteristic_coefficients": "arrangements",
    "threshold_count": "single_gates",
    "threshold_count_bounds": "single_gates",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
