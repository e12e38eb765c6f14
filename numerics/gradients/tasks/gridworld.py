"""A room of MiniGrid whose cue must be remembered, as a batch of episodes that run side by side."""

from functools import cache
from typing import Any

import torch
from torch import Tensor

ACTIONS = 3  # turn left, turn right, go forward
SEEN = 7 * 7 * 3  # the field of view, one-hot over wall, key and ball


@cache
def _room() -> type[Any]:
    from minigrid.envs import MemoryEnv  # an extra, imported where it is used

    class CueRoom(MemoryEnv):
        """MiniGrid's memory room with the agent beside the cue at first, where it can see it, not at a random place."""

        def _gen_grid(self, width: int, height: int) -> None:
            super()._gen_grid(width, height)
            self.agent_pos = (1, height // 2)

    return CueRoom


def _encode(image: Any) -> Tensor:
    from minigrid.core.constants import OBJECT_TO_IDX

    kinds = torch.tensor([OBJECT_TO_IDX[name] for name in ("wall", "key", "ball")])
    return (torch.as_tensor(image[:, :, 0]).unsqueeze(2) == kinds).flatten().float()


class CueRooms:
    """*batch* episodes: walk from the cue to a fork and turn to the object that equals the cue, out of sight by then.

    Reward 1 at the right object, 0 at the wrong one or after *limit* steps. Whoever forgets the cue succeeds in half of
    the episodes at best.
    """

    def __init__(self, batch: int, *, size: int = 7, limit: int = 40) -> None:
        if size % 2 == 0 or size < 7:
            raise ValueError(f"size must be odd and at least 7, got {size}.")
        if batch < 1 or limit < 1:
            raise ValueError(f"batch and limit must be at least 1, got {batch} and {limit}.")
        self.limit = limit
        self._rooms = [_room()(size=size, max_steps=limit) for _ in range(batch)]

    def begin(self, seed: int) -> Tensor:
        """What the agents see first, (batch, SEEN); episode i is drawn from seed + i."""
        self.running = torch.ones(len(self._rooms), dtype=torch.bool)
        return torch.stack([_encode(room.reset(seed=seed + i)[0]["image"]) for i, room in enumerate(self._rooms)])

    def step(self, actions: Tensor) -> tuple[Tensor, Tensor]:
        """What they see next, and the rewards (batch,); an episode that is over shows and gives zeros."""
        seen, rewards = torch.zeros(len(self._rooms), SEEN), torch.zeros(len(self._rooms))
        for i in self.running.nonzero().flatten().tolist():
            observed, reward, over, late, _ = self._rooms[i].step(int(actions[i]))
            seen[i], rewards[i] = _encode(observed["image"]), float(reward > 0)
            self.running[i] = not (over or late)
        return seen, rewards
