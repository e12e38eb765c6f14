"""Gradients through recurrence and self-attention, measured by automatic differentiation (Kerg et al. 2020)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.gradients.costs import Exponent as Exponent
    from numerics.gradients.costs import fit_exponent as fit_exponent
    from numerics.gradients.costs import measure_cpu_seconds as measure_cpu_seconds
    from numerics.gradients.costs import measure_saved_bytes as measure_saved_bytes
    from numerics.gradients.linear import measure_linear_jacobians as measure_linear_jacobians
    from numerics.gradients.linear import measure_uniform_attention_gain as measure_uniform_attention_gain
    from numerics.gradients.linear import run_linear_uniform as run_linear_uniform
    from numerics.gradients.nets import AttentiveNet as AttentiveNet
    from numerics.gradients.nets import Trajectory as Trajectory
    from numerics.gradients.norms import measure_gradient_norms as measure_gradient_norms
    from numerics.gradients.norms import measure_gradients as measure_gradients
    from numerics.gradients.norms import measure_jacobians as measure_jacobians
    from numerics.gradients.norms import measure_log_gradient_norms as measure_log_gradient_norms
    from numerics.gradients.patterns import AttentionRecord as AttentionRecord
    from numerics.gradients.patterns import count_hops as count_hops
    from numerics.gradients.patterns import record_attention as record_attention
    from numerics.gradients.screening import Memory as Memory
    from numerics.gradients.screening import RelevancyScreening as RelevancyScreening
    from numerics.gradients.screening import ScreeningRecord as ScreeningRecord
    from numerics.gradients.screening import measure_retained_early as measure_retained_early
    from numerics.gradients.screening import record_screening as record_screening
    from numerics.gradients.special import find_cancelling_score as find_cancelling_score
    from numerics.gradients.special import find_gain_zero as find_gain_zero
    from numerics.gradients.special import measure_attention_only_masses as measure_attention_only_masses
    from numerics.gradients.special import measure_two_step_gradient as measure_two_step_gradient
    from numerics.gradients.special import record_spread as record_spread

_EXPORTS = {
    "AttentionRecord": "patterns",
    "AttentiveNet": "nets",
    "Exponent": "costs",
    "Memory": "screening",
    "RelevancyScreening": "screening",
    "ScreeningRecord": "screening",
    "Trajectory": "nets",
    "count_hops": "patterns",
    "find_cancelling_score": "special",
    "find_gain_zero": "special",
    "fit_exponent": "costs",
    "measure_attention_only_masses": "special",
    "measure_cpu_seconds": "costs",
    "measure_gradient_norms": "norms",
    "measure_gradients": "norms",
    "measure_jacobians": "norms",
    "measure_linear_jacobians": "linear",
    "measure_log_gradient_norms": "norms",
    "measure_retained_early": "screening",
    "measure_saved_bytes": "costs",
    "measure_two_step_gradient": "special",
    "measure_uniform_attention_gain": "linear",
    "record_attention": "patterns",
    "record_screening": "screening",
    "record_spread": "special",
    "run_linear_uniform": "linear",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
