"""Training dynamics of one attention model, derived (Lu, Mao, Nayak 2021)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.dynamics.sen import attention_weight as attention_weight
    from theory.dynamics.sen import sen_norm as sen_norm
    from theory.dynamics.sen import sen_potential as sen_potential
    from theory.dynamics.sen import sen_score as sen_score

_EXPORTS = {
    "attention_weight": "sen",
    "sen_norm": "sen",
    "sen_potential": "sen",
    "sen_score": "sen",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
