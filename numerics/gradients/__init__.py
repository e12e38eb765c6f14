"""Gradients through recurrence and self-attention, measured by automatic differentiation (Kerg et al. 2020)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.gradients.linear import measure_linear_jacobians as measure_linear_jacobians
    from numerics.gradients.linear import measure_uniform_attention_gain as measure_uniform_attention_gain

_EXPORTS = {"measure_linear_jacobians": "linear", "measure_uniform_attention_gain": "linear"}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
