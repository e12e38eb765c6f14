"""Tasks that need memory, the nets that compete on them, and one seeded training loop for each kind of task."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.gradients.tasks.agents import Career as Career
    from numerics.gradients.tasks.agents import train_agent as train_agent
    from numerics.gradients.tasks.contestants import NETS as NETS
    from numerics.gradients.tasks.contestants import Contestant as Contestant
    from numerics.gradients.tasks.gridworld import CueRooms as CueRooms
    from numerics.gradients.tasks.problems import Task as Task
    from numerics.gradients.tasks.real import characters as characters
    from numerics.gradients.tasks.real import digits as digits
    from numerics.gradients.tasks.synthetic import adding as adding
    from numerics.gradients.tasks.synthetic import copying as copying
    from numerics.gradients.tasks.synthetic import denoising as denoising
    from numerics.gradients.tasks.training import Outcome as Outcome
    from numerics.gradients.tasks.training import measure_quality as measure_quality
    from numerics.gradients.tasks.training import train_contestant as train_contestant

_EXPORTS = {
    "NETS": "contestants",
    "Career": "agents",
    "Contestant": "contestants",
    "CueRooms": "gridworld",
    "Outcome": "training",
    "Task": "problems",
    "adding": "synthetic",
    "characters": "real",
    "copying": "synthetic",
    "denoising": "synthetic",
    "digits": "real",
    "measure_quality": "training",
    "train_agent": "agents",
    "train_contestant": "training",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
