"""Rectified linear attention and its peers, measured (Zhang, Titov, Sennrich 2021)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.sparsity.alignment import LayerAlignment as LayerAlignment
    from numerics.sparsity.alignment import Selectivity as Selectivity
    from numerics.sparsity.alignment import align_layer as align_layer
    from numerics.sparsity.alignment import alignment_error_rate as alignment_error_rate
    from numerics.sparsity.alignment import alignment_links as alignment_links
    from numerics.sparsity.alignment import null_selectivity as null_selectivity
    from numerics.sparsity.attention import MappedAttention as MappedAttention
    from numerics.sparsity.attention import RectifiedLinearAttention as RectifiedLinearAttention
    from numerics.sparsity.initialisation import count_null_rows as count_null_rows
    from numerics.sparsity.initialisation import count_null_rows_per_key_set as count_null_rows_per_key_set
    from numerics.sparsity.initialisation import count_supports as count_supports
    from numerics.sparsity.initialisation import sample_scores as sample_scores
    from numerics.sparsity.masks import combine_masks as combine_masks
    from numerics.sparsity.metrics import HeadDiversity as HeadDiversity
    from numerics.sparsity.metrics import head_diversity as head_diversity
    from numerics.sparsity.metrics import null_rate as null_rate
    from numerics.sparsity.metrics import null_rows as null_rows
    from numerics.sparsity.metrics import participation_ratio as participation_ratio
    from numerics.sparsity.metrics import sparsity_rate as sparsity_rate
    from numerics.sparsity.metrics import support_size as support_size
    from numerics.sparsity.normalisation import NORMS as NORMS
    from numerics.sparsity.normalisation import OutputNorm as OutputNorm
    from numerics.sparsity.rectified import measure_rescaling_gain as measure_rescaling_gain
    from numerics.sparsity.rectified import rectified_output as rectified_output
    from numerics.sparsity.rectified import rms_normalise as rms_normalise
    from numerics.sparsity.weight_maps import WEIGHT_MAPS as WEIGHT_MAPS
    from numerics.sparsity.weight_maps import attention_weights as attention_weights

_EXPORTS = {
    "HeadDiversity": "metrics",
    "LayerAlignment": "alignment",
    "MappedAttention": "attention",
    "NORMS": "normalisation",
    "OutputNorm": "normalisation",
    "RectifiedLinearAttention": "attention",
    "Selectivity": "alignment",
    "WEIGHT_MAPS": "weight_maps",
    "align_layer": "alignment",
    "alignment_error_rate": "alignment",
    "alignment_links": "alignment",
    "attention_weights": "weight_maps",
    "combine_masks": "masks",
    "count_null_rows": "initialisation",
    "count_null_rows_per_key_set": "initialisation",
    "count_supports": "initialisation",
    "head_diversity": "metrics",
    "measure_rescaling_gain": "rectified",
    "null_rate": "metrics",
    "null_rows": "metrics",
    "null_selectivity": "alignment",
    "participation_ratio": "metrics",
    "rectified_output": "rectified",
    "rms_normalise": "rectified",
    "sample_scores": "initialisation",
    "sparsity_rate": "metrics",
    "support_size": "metrics",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
