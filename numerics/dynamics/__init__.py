"""Training dynamics of one attention model, measured (Lu, Mao, Nayak 2021)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.dynamics.corpus import Corpus as Corpus
    from numerics.dynamics.corpus import build_docstring_corpus as build_docstring_corpus
    from numerics.dynamics.corpus import default_modules as default_modules
    from numerics.dynamics.corpus import split_docstring as split_docstring
    from numerics.dynamics.drift import Drift as Drift
    from numerics.dynamics.drift import measure_drift as measure_drift
    from numerics.dynamics.flow import flow_attention as flow_attention
    from numerics.dynamics.flow_problems import FlowProblem as FlowProblem
    from numerics.dynamics.flow_problems import draw_flow_problem as draw_flow_problem
    from numerics.dynamics.flow_problems import measure_flow_norms as measure_flow_norms
    from numerics.dynamics.heads import Head as Head
    from numerics.dynamics.heads import make_head as make_head
    from numerics.dynamics.invariants import draw_ragged_sentences as draw_ragged_sentences
    from numerics.dynamics.invariants import measure_conservation as measure_conservation
    from numerics.dynamics.invariants import measure_key_movement as measure_key_movement
    from numerics.dynamics.invariants import measure_sgd_steps as measure_sgd_steps
    from numerics.dynamics.length_studies import measure_mixed_lengths as measure_mixed_lengths
    from numerics.dynamics.monitor import LawDoesNotApply as LawDoesNotApply
    from numerics.dynamics.monitor import SenMonitor as SenMonitor
    from numerics.dynamics.monitor import SenReport as SenReport
    from numerics.dynamics.optimiser_study import measure_norm_at_score as measure_norm_at_score
    from numerics.dynamics.paper_study import PaperRun as PaperRun
    from numerics.dynamics.paper_study import measure_irrelevant_norm as measure_irrelevant_norm
    from numerics.dynamics.paper_study import measure_learning_time as measure_learning_time
    from numerics.dynamics.paper_study import train_paper_task as train_paper_task
    from numerics.dynamics.population import PopulationRun as PopulationRun
    from numerics.dynamics.population import flow_population as flow_population
    from numerics.dynamics.purity import class_counts as class_counts
    from numerics.dynamics.purity import leading_words as leading_words
    from numerics.dynamics.purity import sentence_pairs as sentence_pairs
    from numerics.dynamics.purity import topic_purity as topic_purity
    from numerics.dynamics.residual_studies import Residual as Residual
    from numerics.dynamics.residual_studies import extrapolated_residual as extrapolated_residual
    from numerics.dynamics.residual_studies import measure_step_residual as measure_step_residual
    from numerics.dynamics.residual_studies import measure_training_residual as measure_training_residual
    from numerics.dynamics.residual_studies import one_sentence_per_topic as one_sentence_per_topic
    from numerics.dynamics.residual_studies import summarise_residual as summarise_residual
    from numerics.dynamics.sentences import Sentences as Sentences
    from numerics.dynamics.sentences import draw_topic_sentences as draw_topic_sentences
    from numerics.dynamics.sentences import drop_unused_words as drop_unused_words
    from numerics.dynamics.sentences import make_sentences as make_sentences
    from numerics.dynamics.sentences import reweigh_sentences as reweigh_sentences
    from numerics.dynamics.simulate import simulate_attention as simulate_attention
    from numerics.dynamics.simulator import Simulator as Simulator
    from numerics.dynamics.start import Start as Start
    from numerics.dynamics.start import draw_start as draw_start
    from numerics.dynamics.text_study import TextRun as TextRun
    from numerics.dynamics.text_study import measure_band_word as measure_band_word
    from numerics.dynamics.text_study import measure_drift_tracking as measure_drift_tracking
    from numerics.dynamics.text_study import measure_losing_word as measure_losing_word
    from numerics.dynamics.text_study import measure_purity_course as measure_purity_course
    from numerics.dynamics.text_study import measure_winning_word as measure_winning_word
    from numerics.dynamics.text_study import train_on_docstrings as train_on_docstrings
    from numerics.dynamics.topic_word import TopicRun as TopicRun
    from numerics.dynamics.topic_word import flow_topic_word as flow_topic_word
    from numerics.dynamics.topic_word import measure_half_time as measure_half_time
    from numerics.dynamics.training import train_attention as train_attention
    from numerics.dynamics.trajectory import Diverged as Diverged
    from numerics.dynamics.trajectory import Trajectory as Trajectory

_EXPORTS = {
    "Corpus": "corpus",
    "Diverged": "trajectory",
    "Drift": "drift",
    "FlowProblem": "flow_problems",
    "Head": "heads",
    "LawDoesNotApply": "monitor",
    "PaperRun": "paper_study",
    "PopulationRun": "population",
    "Residual": "residual_studies",
    "SenMonitor": "monitor",
    "SenReport": "monitor",
    "Sentences": "sentences",
    "Simulator": "simulator",
    "Start": "start",
    "TextRun": "text_study",
    "TopicRun": "topic_word",
    "Trajectory": "trajectory",
    "build_docstring_corpus": "corpus",
    "class_counts": "purity",
    "default_modules": "corpus",
    "draw_flow_problem": "flow_problems",
    "draw_ragged_sentences": "invariants",
    "draw_start": "start",
    "draw_topic_sentences": "sentences",
    "drop_unused_words": "sentences",
    "extrapolated_residual": "residual_studies",
    "flow_attention": "flow",
    "flow_population": "population",
    "flow_topic_word": "topic_word",
    "leading_words": "purity",
    "make_head": "heads",
    "make_sentences": "sentences",
    "measure_band_word": "text_study",
    "measure_conservation": "invariants",
    "measure_drift": "drift",
    "measure_drift_tracking": "text_study",
    "measure_flow_norms": "flow_problems",
    "measure_half_time": "topic_word",
    "measure_irrelevant_norm": "paper_study",
    "measure_key_movement": "invariants",
    "measure_learning_time": "paper_study",
    "measure_losing_word": "text_study",
    "measure_mixed_lengths": "length_studies",
    "measure_norm_at_score": "optimiser_study",
    "measure_purity_course": "text_study",
    "measure_sgd_steps": "invariants",
    "measure_step_residual": "residual_studies",
    "measure_training_residual": "residual_studies",
    "measure_winning_word": "text_study",
    "one_sentence_per_topic": "residual_studies",
    "reweigh_sentences": "sentences",
    "sentence_pairs": "purity",
    "simulate_attention": "simulate",
    "split_docstring": "corpus",
    "summarise_residual": "residual_studies",
    "topic_purity": "purity",
    "train_attention": "training",
    "train_on_docstrings": "text_study",
    "train_paper_task": "paper_study",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
