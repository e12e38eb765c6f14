"""What training leaves behind: scores, norms, attention, loss and accuracy over time."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Recorded moments of one training run; n moments, V words, width d.

    ``time`` (n,): embedding rate times steps. ``scores`` (n, V): query . key. ``norms`` (n, V): |v|. ``attention``
    (n, V): mean attention of one token of the word over its tokens (0 for words that do not occur). ``loss``,
    ``accuracy`` (n,): weighted means at the recorded parameters. ``embeddings`` (n, V, d). ``keys``: (n, V, d_k),
    from a flow only. ``heads``: parameters of the classifier at each moment.
    """

    time: Floats
    scores: Floats
    norms: Floats
    attention: Floats
    loss: Floats
    accuracy: Floats
    embeddings: Floats
    heads: tuple[tuple[Floats, ...], ...]
    keys: Floats | None = None


class Diverged(ArithmeticError):
    """The loss stopped being a number. ``step``: at which step; ``trajectory``: what was recorded until then."""

    def __init__(self, step: int, trajectory: Trajectory | None) -> None:
        super().__init__(
            f"the loss is not a finite number at step {step}; lower the rate. The trajectory so far is in .trajectory."
        )
        self.step = step
        self.trajectory = trajectory


class Recorder:
    """Collects moments into a :class:`Trajectory`."""

    def __init__(self) -> None:
        self._moments: list[tuple[Any, ...]] = []
        self._keys: list[Floats] = []

    def add(
        self,
        time: float,
        scores: Floats,
        embeddings: Floats,
        attention: Floats,
        loss: float,
        accuracy: float,
        head: tuple[Floats, ...],
        keys: Floats | None = None,
    ) -> None:
        """Keep one moment."""
        norms = np.linalg.norm(embeddings, axis=1)
        self._moments.append((time, scores, norms, attention, loss, accuracy, embeddings, head))
        if keys is not None:
            self._keys.append(keys)

    def trajectory(self) -> Trajectory | None:
        """What has been collected; None if nothing has."""
        if not self._moments:
            return None
        *columns, heads = zip(*self._moments, strict=True)
        time, scores, norms, attention, loss, accuracy, embeddings = (np.array(values, float) for values in columns)
        keys = np.array(self._keys) if self._keys else None
        return Trajectory(time, scores, norms, attention, loss, accuracy, embeddings, tuple(heads), keys)
