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
    from numerics.sparsity.branches import count_added_parameters as count_added_parameters
    from numerics.sparsity.branches import measure_gated_jacobian as measure_gated_jacobian
    from numerics.sparsity.branches import measure_norms_after_step as measure_norms_after_step
    from numerics.sparsity.branches import sample_branch_squares as sample_branch_squares
    from numerics.sparsity.branches import sample_plain_score_gradients as sample_plain_score_gradients
    from numerics.sparsity.dates import date_words as date_words
    from numerics.sparsity.dates import draw_date_corpus as draw_date_corpus
    from numerics.sparsity.encoder_decoder import EncoderDecoder as EncoderDecoder
    from numerics.sparsity.initialisation import count_causal_null_rows as count_causal_null_rows
    from numerics.sparsity.initialisation import count_null_groups as count_null_groups
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
    from numerics.sparsity.patterns import count_nullable_key_sets as count_nullable_key_sets
    from numerics.sparsity.patterns import draw_integer_keys as draw_integer_keys
    from numerics.sparsity.patterns import support_patterns as support_patterns
    from numerics.sparsity.patterns import thresholded_support_patterns as thresholded_support_patterns
    from numerics.sparsity.rectified import measure_rescaling_gain as measure_rescaling_gain
    from numerics.sparsity.rectified import mix_rectified as mix_rectified
    from numerics.sparsity.rectified import rectified_output as rectified_output
    from numerics.sparsity.rectified import rms_normalise as rms_normalise
    from numerics.sparsity.row_samples import count_saturated_gates as count_saturated_gates
    from numerics.sparsity.row_samples import sample_output_squares as sample_output_squares
    from numerics.sparsity.row_samples import sample_participation_share as sample_participation_share
    from numerics.sparsity.row_samples import sample_score_gradients as sample_score_gradients
    from numerics.sparsity.row_samples import sign_of_mean as sign_of_mean
    from numerics.sparsity.row_samples import summarise as summarise
    from numerics.sparsity.rows import count_comparisons as count_comparisons
    from numerics.sparsity.rows import count_null_map_rows as count_null_map_rows
    from numerics.sparsity.rows import count_positive_weights as count_positive_weights
    from numerics.sparsity.rows import mean_supports as mean_supports
    from numerics.sparsity.rows import measure_edge_gain as measure_edge_gain
    from numerics.sparsity.rows import measure_euler_sums as measure_euler_sums
    from numerics.sparsity.rows import measure_jacobian_norm as measure_jacobian_norm
    from numerics.sparsity.rows import measure_lone_key_gradient as measure_lone_key_gradient
    from numerics.sparsity.rows import measure_output_slope as measure_output_slope
    from numerics.sparsity.rows import measure_path_gain as measure_path_gain
    from numerics.sparsity.rows import measure_rms_jacobian as measure_rms_jacobian
    from numerics.sparsity.rows import measure_row_jacobian as measure_row_jacobian
    from numerics.sparsity.rows import measure_shift_derivative as measure_shift_derivative
    from numerics.sparsity.rows import normalise_heads as normalise_heads
    from numerics.sparsity.rows import spectral_norm as spectral_norm
    from numerics.sparsity.rows import two_block_scores as two_block_scores
    from numerics.sparsity.rows import weigh_row as weigh_row
    from numerics.sparsity.sentences import Corpus as Corpus
    from numerics.sparsity.sentences import SentencePair as SentencePair
    from numerics.sparsity.sentences import split_pairs as split_pairs
    from numerics.sparsity.synthetic_language import draw_synthetic_corpus as draw_synthetic_corpus
    from numerics.sparsity.translation import LayerReport as LayerReport
    from numerics.sparsity.translation import TranslationReport as TranslationReport
    from numerics.sparsity.translation import corpus_bleu as corpus_bleu
    from numerics.sparsity.translation import report_translation as report_translation
    from numerics.sparsity.translation import train_translator as train_translator
    from numerics.sparsity.weight_maps import WEIGHT_MAPS as WEIGHT_MAPS
    from numerics.sparsity.weight_maps import apply_map as apply_map
    from numerics.sparsity.weight_maps import attention_weights as attention_weights

_EXPORTS = {
    "Corpus": "sentences",
    "EncoderDecoder": "encoder_decoder",
    "HeadDiversity": "metrics",
    "LayerAlignment": "alignment",
    "LayerReport": "translation",
    "MappedAttention": "attention",
    "NORMS": "normalisation",
    "OutputNorm": "normalisation",
    "RectifiedLinearAttention": "attention",
    "Selectivity": "alignment",
    "SentencePair": "sentences",
    "TranslationReport": "translation",
    "WEIGHT_MAPS": "weight_maps",
    "align_layer": "alignment",
    "alignment_error_rate": "alignment",
    "alignment_links": "alignment",
    "apply_map": "weight_maps",
    "attention_weights": "weight_maps",
    "combine_masks": "masks",
    "corpus_bleu": "translation",
    "count_added_parameters": "branches",
    "count_causal_null_rows": "initialisation",
    "count_comparisons": "rows",
    "count_null_groups": "initialisation",
    "count_null_map_rows": "rows",
    "count_null_rows": "initialisation",
    "count_null_rows_per_key_set": "initialisation",
    "count_nullable_key_sets": "patterns",
    "count_positive_weights": "rows",
    "count_saturated_gates": "row_samples",
    "count_supports": "initialisation",
    "date_words": "dates",
    "draw_date_corpus": "dates",
    "draw_integer_keys": "patterns",
    "draw_synthetic_corpus": "synthetic_language",
    "head_diversity": "metrics",
    "mean_supports": "rows",
    "measure_edge_gain": "rows",
    "measure_euler_sums": "rows",
    "measure_gated_jacobian": "branches",
    "measure_jacobian_norm": "rows",
    "measure_lone_key_gradient": "rows",
    "measure_norms_after_step": "branches",
    "measure_output_slope": "rows",
    "measure_path_gain": "rows",
    "measure_rescaling_gain": "rectified",
    "measure_rms_jacobian": "rows",
    "measure_row_jacobian": "rows",
    "measure_shift_derivative": "rows",
    "mix_rectified": "rectified",
    "normalise_heads": "rows",
    "null_rate": "metrics",
    "null_rows": "metrics",
    "null_selectivity": "alignment",
    "participation_ratio": "metrics",
    "rectified_output": "rectified",
    "report_translation": "translation",
    "rms_normalise": "rectified",
    "sample_branch_squares": "branches",
    "sample_output_squares": "row_samples",
    "sample_participation_share": "row_samples",
    "sample_plain_score_gradients": "branches",
    "sample_score_gradients": "row_samples",
    "sample_scores": "initialisation",
    "sparsity_rate": "metrics",
    "sign_of_mean": "row_samples",
    "spectral_norm": "rows",
    "split_pairs": "sentences",
    "summarise": "row_samples",
    "support_patterns": "patterns",
    "support_size": "metrics",
    "thresholded_support_patterns": "patterns",
    "train_translator": "translation",
    "two_block_scores": "rows",
    "weigh_row": "rows",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
