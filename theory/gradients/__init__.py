"""Gradients through recurrence and self-attention, derived (Kerg et al. 2020, arXiv 2006.09471)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.gradients.gain import gain_recurrence as gain_recurrence
    from theory.gradients.gain import uniform_attention_gain as uniform_attention_gain
    from theory.gradients.growth import omega_one_over_T as omega_one_over_T

_EXPORTS = {"gain_recurrence": "gain", "omega_one_over_T": "growth", "uniform_attention_gain": "gain"}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
