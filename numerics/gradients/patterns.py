"""What a run attended to: the sets, how large they grow, and how many hops lead from each state to the last."""

from collections.abc import Sequence
from dataclasses import dataclass

from numerics.gradients.nets import Trajectory


@dataclass(frozen=True)
class AttentionRecord:
    """Attention of one batch element, all times 1-based: N_k and its weights for k = 1..T, kappa = max |N_k|, depths.

    ``depths[t - 1]``: fewest attention hops from h_t to s_T, 0 where no chain of such hops leads there.
    """

    attended: list[list[int]]
    weights: list[list[float]]
    kappa: int
    depths: list[int]


def record_attention(run: Trajectory, *, element: int = 0) -> AttentionRecord:
    """The attention of batch element *element* in a finished run."""
    attended = [times[element].tolist() for times in run.attended]
    weights = [alpha[element].tolist() for alpha in run.weights]
    return AttentionRecord(attended, weights, max(map(len, attended)), count_hops(attended))


def count_hops(attended: Sequence[Sequence[int]]) -> list[int]:
    """Fewest attention hops from each h_t to s_T over the sets N_1..N_T, by walking back from s_T; 0 for none.

    A hop ends in s_k, begins in some h_t with t in N_k, and goes on from s_{t-1}, of which h_t is made.
    """
    depths, ends = [0] * len(attended), {len(attended)}
    hops = 0
    while ends:
        hops += 1
        begun = {t for k in ends for t in attended[k - 1] if not depths[t - 1]}
        for t in begun:
            depths[t - 1] = hops
        ends = {t - 1 for t in begun} - {0}
    return depths
