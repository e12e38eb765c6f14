"""Relevancy screening: which past states a recurrent net keeps when it may keep only a few (Kerg et al. 2020).

The memory holds the relevant set R and then the short-term buffer S, per batch element, with values and keys cached. A
state that leaves the buffer enters R if there is room, or if its relevance (attention summed over its time in the
buffer) is strictly above the smallest relevance in R, whose lowest slot it then takes. Stored states stay in the graph.
"""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Memory:
    """Retained states: values and keys (B, K, n), 1-based times (B, K) and relevance (B, K), R first, then S."""

    values: Tensor
    keys: Tensor
    times: Tensor
    relevance: Tensor


class RelevancyScreening:
    """The rule with a buffer of ``short_term`` (nu >= 1) states and a relevant set of ``relevant`` (rho >= 0) states.

    ``corrected=True`` credits each attention weight times the number of competitors |N_t|, which removes the advantage
    of early states (our variant, not the paper's). ValueError for nu < 1 or rho < 0.
    """

    def __init__(self, short_term: int, relevant: int, *, corrected: bool = False) -> None:
        for name, value, least in (("short_term", short_term, 1), ("relevant", relevant, 0)):
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"{name} must be an int, got {value!r}.")
            if value < least:
                raise ValueError(f"{name} must be at least {least}, got {name}={value}.")
        self.short_term, self.relevant, self.corrected = short_term, relevant, corrected

    def admit(self, memory: Memory | None, value: Tensor, key: Tensor, t: int) -> Memory:
        """The memory at time t: screen the state that leaves the buffer, then append the new (value, key) (B, n)."""
        batch = value.shape[0]
        times = torch.full((batch, 1), t, dtype=torch.long, device=value.device)
        relevance = torch.zeros(batch, 1, dtype=value.dtype, device=value.device)
        value, key = value.unsqueeze(1), key.unsqueeze(1)
        if memory is None:
            return Memory(value, key, times, relevance)
        kept = min(self.relevant, max(0, t - 1 - self.short_term))  # slots filled before this step
        if t <= self.short_term or (kept < self.relevant):
            # Nothing leaves yet, or the leaving state is next to R already and joins it where it stands.
            return Memory(
                torch.cat((memory.values, value), 1),
                torch.cat((memory.keys, key), 1),
                torch.cat((memory.times, times), 1),
                torch.cat((memory.relevance, relevance), 1),
            )
        hit = self._replaced(memory.relevance, kept) if kept else None

        def screened(old: Tensor, new: Tensor, mask: Tensor | None) -> Tensor:
            relevant, leaving, rest = old.split((kept, 1, old.shape[1] - kept - 1), 1)
            if mask is not None:
                relevant = torch.where(mask, leaving, relevant)
            return torch.cat((relevant, rest, new), 1)

        wide = None if hit is None else hit.unsqueeze(2)
        return Memory(
            screened(memory.values, value, wide),
            screened(memory.keys, key, wide),
            screened(memory.times, times, hit),
            screened(memory.relevance, relevance, hit),
        )

    @staticmethod
    def _replaced(relevance: Tensor, kept: int) -> Tensor | None:
        """Mask (B, kept) of the slot that the leaving state takes, no slot where it is dropped; None if all are."""
        lowest = relevance[:, :kept].amin(1, keepdim=True)
        enters = relevance[:, kept : kept + 1] > lowest
        if not bool(enters.any()):
            return None
        slot = (relevance[:, :kept] == lowest).to(torch.uint8).argmax(1, keepdim=True)  # the lowest slot among equals
        return torch.zeros_like(relevance[:, :kept], dtype=torch.bool).scatter_(1, slot, enters)

    def credit(self, memory: Memory, weights: Tensor, t: int) -> Memory:
        """The memory after attention at time t with *weights* (B, K): the buffer's relevance grows by its weights."""
        recent = min(t, self.short_term)
        gained = weights.detach()[:, -recent:]
        if self.corrected:
            gained = gained * weights.shape[1]
        frozen = memory.relevance[:, : memory.relevance.shape[1] - recent]
        return Memory(
            memory.values,
            memory.keys,
            memory.times,
            torch.cat((frozen, memory.relevance[:, -recent:] + gained), 1),
        )


@dataclass(frozen=True)
class ScreeningRecord:
    """One screened sequence: attended times at every step, R at the end, and the final relevance of times 1..T - nu."""

    attended: list[list[int]]
    retained: list[int]
    relevance: list[float]


def record_screening(
    short_term: int, relevant: int, *, steps: int, score_scale: float, corrected: bool = False, seed: int = 0
) -> ScreeningRecord:
    """Run the rule on one sequence with iid normal scores of this scale (0: uniform attention) and record it."""
    screening = RelevancyScreening(short_term, relevant, corrected=corrected)
    generator = torch.Generator().manual_seed(seed)
    empty = torch.zeros(1, 0, dtype=torch.float64)
    memory: Memory | None = None
    attended, relevance = [], []
    for t in range(1, steps + 1):
        if memory is not None and t > short_term:
            relevance.append(float(memory.relevance[0, -short_term]))  # final: this state leaves the buffer now
        memory = screening.admit(memory, empty, empty, t)
        scores = score_scale * torch.randn(memory.times.shape, generator=generator, dtype=torch.float64)
        memory = screening.credit(memory, torch.softmax(scores, 1), t)
        attended.append(memory.times[0].tolist())
    kept = len(attended[-1]) - min(steps, short_term)
    return ScreeningRecord(attended, sorted(attended[-1][:kept]), relevance)


def measure_retained_early(
    short_term: int,
    relevant: int,
    *,
    steps: int,
    score_scale: float,
    corrected: bool = False,
    samples: int = 64,
    seed: int = 0,
) -> Tensor:
    """Fraction of R at time *steps* among the first nu + rho states, for iid normal scores; shape (samples,).

    An untrained screened net favours its first states; ``score_scale=0`` is uniform attention.
    """
    screening = RelevancyScreening(short_term, relevant, corrected=corrected)
    generator = torch.Generator().manual_seed(seed)
    empty = torch.zeros(samples, 0, dtype=torch.float64)
    memory: Memory | None = None
    for t in range(1, steps + 1):
        memory = screening.admit(memory, empty, empty, t)
        scores = score_scale * torch.randn(memory.times.shape, generator=generator, dtype=torch.float64)
        memory = screening.credit(memory, torch.softmax(scores, 1), t)
    assert memory is not None
    kept = memory.times[:, : memory.times.shape[1] - min(steps, short_term)]
    if kept.shape[1] == 0:
        raise ValueError(f"nothing is retained with relevant={relevant} at steps={steps}.")
    return (kept <= short_term + relevant).to(torch.float64).mean(1)
