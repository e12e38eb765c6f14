"""Training dynamics of one attention model, measured (Lu, Mao, Nayak 2021)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.dynamics.flow import flow_attention as flow_attention
    from numerics.dynamics.flow_problems import FlowProblem as FlowProblem
    from numerics.dynamics.flow_problems import draw_flow_problem as draw_flow_problem
    from numerics.dynamics.flow_problems import measure_flow_norms as measure_flow_norms
    from numerics.dynamics.heads import Head as Head
    from numerics.dynamics.heads import make_head as make_head
    from numerics.dynamics.sentences import Sentences as Sentences
    from numerics.dynamics.sentences import draw_topic_sentences as draw_topic_sentences
    from numerics.dynamics.sentences import make_sentences as make_sentences
    from numerics.dynamics.trajectory import Diverged as Diverged
    from numerics.dynamics.trajectory import Trajectory as Trajectory

_EXPORTS = {
    "Diverged": "trajectory",
    "FlowProblem": "flow_problems",
    "Head": "heads",
    "Sentences": "sentences",
    "Trajectory": "trajectory",
    "draw_flow_problem": "flow_problems",
    "draw_topic_sentences": "sentences",
    "flow_attention": "flow",
    "make_head": "heads",
    "make_sentences": "sentences",
    "measure_flow_norms": "flow_problems",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
