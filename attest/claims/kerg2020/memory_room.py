"""A room of MiniGrid with a cue to remember: actor-critics with the memory of a screened net or of a plain RNN.

Width 64, batches of 32 episodes of at most 40 steps, at most 500 updates and 4 CPU minutes. Seed 0 was a pilot.
"""

from fractions import Fraction

from attest import Claim, Observed, absolute, at_least, grid, within
from attest.claims.kerg2020 import PAPER
from numerics.gradients import tasks as measured

F = Fraction
WHERE = "Section 6, reinforcement learning in MiniGrid (here one memory room, from beside the cue)"
SEEDS = (1, 2, 3)


def succeed(net, seed):
    """Share of 256 fresh rooms in which the agent goes to the object that equals the cue."""
    found = measured.train_agent(net, seed=seed, updates=500, goal=0.95, cpu_limit=240.0)
    run = {
        "task": "memory room",
        "net": net,
        "seed": seed,
        "quality": found.success,
        "updates": found.updates,
        "steps": found.steps,
        "cpu_seconds": round(found.cpu_seconds, 1),
        "wall_seconds": round(found.wall_seconds, 1),
        "saved_bytes": found.saved_bytes,
    }
    return Observed(found.success, evidence=run)


ROOM = Claim(
    id="kerg2020.X7",
    paper=PAPER,
    where=WHERE,
    says="an agent with screened attention goes to the object that equals the cue, in MiniGrid's memory room of size 7",
    predicts=lambda: 1,
    measures=lambda seed: succeed("relrnn", seed),
    agrees=within(absolute(F(1, 10), because="what it is taken to mean: one room in ten may be missed")),
    deep_cases=grid(seed=SEEDS),
    deep_budget=600.0,
    budget=0.4,
    rivals={"four rooms in five": lambda: F(4, 5), "as without memory: every other room": lambda: F(1, 2)},
)

ROOM_PLAIN = Claim(
    id="kerg2020.X7-rnn",
    paper=PAPER,
    where=WHERE,
    says="a plain RNN of the same width finds it in at least half of the rooms, though not in all",
    predicts=lambda: F(1, 2),
    measures=lambda seed: succeed("rnn", seed),
    agrees=at_least(),
    deep_cases=grid(seed=SEEDS),
    deep_budget=600.0,
    budget=0.4,
    rivals={"in all": lambda: 1},
)
