"""A small actor-critic whose memory is one of the recurrent contestants."""

import time
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from numerics.gradients.costs import measure_saved_bytes
from numerics.gradients.nets import AttentiveNet
from numerics.gradients.tasks.contestants import Contestant
from numerics.gradients.tasks.gridworld import ACTIONS, SEEN, CueRooms

DISCOUNT, CURIOSITY = 0.99, 0.01  # of later rewards; weight of the entropy of the choice


@dataclass(frozen=True)
class Career:
    """What an agent reached: the share of fresh episodes that it solved, and what that cost.

    ``steps``: steps in the room during training. ``saved_bytes``: activations that one update keeps, at its start.
    """

    success: float
    updates: int
    steps: int
    cpu_seconds: float
    wall_seconds: float
    saved_bytes: int


@dataclass(frozen=True)
class _Episodes:
    """A batch of episodes, time first: log-probabilities of what was done, values, entropies, rewards, who is there."""

    chosen: Tensor
    values: Tensor
    entropies: Tensor
    rewards: Tensor
    present: Tensor


def train_agent(
    net: str,
    *,
    seed: int,
    updates: int,
    size: int = 7,
    goal: float | None = None,
    width: int = 64,
    batch: int = 32,
    rate: float = 2e-3,
    short_term: int = 10,
    relevant: int = 10,
    evaluated: int = 256,
    cpu_limit: float = 1800.0,
) -> Career:
    """Train *net* to find the object that equals the cue, by advantage actor-critic on whole episodes and Adam.

    It stops after *updates*, after *cpu_limit* seconds, or once the last 10 batches were solved to the share *goal*.
    *evaluated* fresh episodes then measure its success. The same seed gives the same net, rooms and choices.
    ValueError for "transformer", which cannot run step by step.
    """
    if updates < 1:
        raise ValueError(f"updates must be at least 1, got {updates}.")
    agent = Contestant(net, SEEN, ACTIONS + 1, width=width, short_term=short_term, relevant=relevant, seed=seed)
    if not isinstance(agent.core, AttentiveNet):
        raise ValueError(f"an agent's net must run step by step, got {net!r}.")
    generator = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.Adam(agent.parameters(), lr=rate)
    rooms = CueRooms(batch, size=size)
    saved = measure_saved_bytes(lambda: _loss(_live(agent, rooms, seed, torch.Generator().manual_seed(seed))))
    cpu, wall, done, steps = time.process_time(), time.perf_counter(), 0, 0
    recent: list[float] = []
    while done < updates and time.process_time() - cpu < cpu_limit:
        episodes = _live(agent, rooms, seed * 10**6 + batch * done, generator)
        optimiser.zero_grad()
        _loss(episodes).backward()
        nn.utils.clip_grad_norm_(agent.parameters(), 1.0)
        optimiser.step()
        done += 1
        steps += int(episodes.present.sum())
        recent = [*recent[-9:], float(episodes.rewards.sum()) / batch]
        if goal is not None and len(recent) == 10 and sum(recent) / 10 >= goal:
            break
    spent = time.process_time() - cpu, time.perf_counter() - wall
    with torch.no_grad():
        fresh = _live(agent, CueRooms(evaluated, size=size), seed * 10**6 + 500_000, generator)
    return Career(float(fresh.rewards.sum()) / evaluated, done, steps, *spent, saved)


def _live(agent: Contestant, rooms: CueRooms, seed: int, generator: torch.Generator) -> _Episodes:
    """Let the agents act until all episodes are over; the graph of their memory is kept for the backward pass."""
    core = agent.core
    assert isinstance(core, AttentiveNet)
    seen, advance = rooms.begin(seed), core.stepper()
    parts: list[tuple[Tensor, ...]] = []
    while bool(rooms.running.any()):
        present = rooms.running.clone()
        out = agent.read(advance(core.drive(seen))[1][:, : core.width])
        logs = torch.log_softmax(out[:, :ACTIONS], 1)
        actions = torch.multinomial(logs.detach().exp(), 1, generator=generator)
        seen, rewards = rooms.step(actions.flatten())
        parts.append(
            (logs.gather(1, actions).squeeze(1), out[:, ACTIONS], -(logs.exp() * logs).sum(1), rewards, present)
        )
    return _Episodes(*(torch.stack(column) for column in zip(*parts, strict=True)))


def _loss(episodes: _Episodes) -> Tensor:
    """Mean over steps of -log(choice) times advantage, half the squared advantage, minus the weighted entropy."""
    returns, later = [], torch.zeros(episodes.rewards.shape[1])
    for rewards in episodes.rewards.flip(0):
        later = rewards + DISCOUNT * later
        returns.append(later)
    advantage = torch.stack(returns[::-1]) - episodes.values
    terms = 0.5 * advantage.square() - episodes.chosen * advantage.detach() - CURIOSITY * episodes.entropies
    return terms[episodes.present].mean()
