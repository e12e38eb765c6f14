"""Rectified linear attention and its peers, derived (Zhang, Titov, Sennrich 2021)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.sparsity.homogeneity import euler_defect as euler_defect
    from theory.sparsity.homogeneity import gated_euler_defect as gated_euler_defect
    from theory.sparsity.homogeneity import gated_output as gated_output
    from theory.sparsity.homogeneity import homogeneity_derivation as homogeneity_derivation
    from theory.sparsity.homogeneity import null_row_slope as null_row_slope
    from theory.sparsity.homogeneity import rescaling_gain as rescaling_gain
    from theory.sparsity.homogeneity import rms_jacobian as rms_jacobian
    from theory.sparsity.homogeneity import root_mean_square as root_mean_square
    from theory.sparsity.homogeneity import squared_norm_after_step as squared_norm_after_step
    from theory.sparsity.support import causal_null_rate as causal_null_rate
    from theory.sparsity.support import null_probability as null_probability
    from theory.sparsity.support import score_correlation as score_correlation
    from theory.sparsity.support import support_derivation as support_derivation
    from theory.sparsity.support import support_distribution as support_distribution

_EXPORTS = {
    "causal_null_rate": "support",
    "euler_defect": "homogeneity",
    "gated_euler_defect": "homogeneity",
    "gated_output": "homogeneity",
    "homogeneity_derivation": "homogeneity",
    "null_probability": "support",
    "null_row_slope": "homogeneity",
    "rescaling_gain": "homogeneity",
    "rms_jacobian": "homogeneity",
    "root_mean_square": "homogeneity",
    "score_correlation": "support",
    "squared_norm_after_step": "homogeneity",
    "support_derivation": "support",
    "support_distribution": "support",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
