"""Rectified linear attention and its peers, measured (Zhang, Titov, Sennrich 2021)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.sparsity.initialisation import count_null_rows as count_null_rows
    from numerics.sparsity.initialisation import count_null_rows_per_key_set as count_null_rows_per_key_set
    from numerics.sparsity.initialisation import count_supports as count_supports
    from numerics.sparsity.initialisation import sample_scores as sample_scores
    from numerics.sparsity.rectified import measure_rescaling_gain as measure_rescaling_gain
    from numerics.sparsity.rectified import rectified_output as rectified_output
    from numerics.sparsity.rectified import rms_normalise as rms_normalise

_EXPORTS = {
    "count_null_rows": "initialisation",
    "count_null_rows_per_key_set": "initialisation",
    "count_supports": "initialisation",
    "measure_rescaling_gain": "rectified",
    "rectified_output": "rectified",
    "rms_normalise": "rectified",
    "sample_scores": "initialisation",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
