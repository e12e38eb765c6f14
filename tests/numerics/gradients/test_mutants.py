"""Plausible slips, each of which must show: the right implementation differs from every one of them.

Slips in the explicit partials are set against autograd; slips in the screening rule against the batched rule.
"""

import numpy as np
import pytest
import torch
from mpmath import mp

from numerics.gradients import AttentiveNet, Memory, RelevancyScreening, measure_jacobians
from theory.gradients.decomposition import backward_recursion
from theory.gradients.network import _Trajectory

T, N = 5, 2


def network(state="sum", attention="screened"):
    rng = np.random.default_rng(7)
    net = AttentiveNet(2, N, attention=attention, state=state, short_term=2, relevant=1)
    parameters = {name: (0.8 * rng.normal(size=tuple(p.shape))).tolist() for name, p in net.named_parameters()}
    return net.load(parameters), parameters, rng.normal(size=(T, 2)).tolist()


class WithoutDelta(_Trajectory):
    def partials(self, frozen):
        E, F, J = super().partials(frozen)
        return {(k, j): e - self.half * mp.eye(N) if k == j else e for (k, j), e in E.items()}, F, J


class WithoutHalf(_Trajectory):
    def partials(self, frozen):
        self.half = mp.mpf(1)
        return super().partials(frozen)


class WithoutF(_Trajectory):
    def partials(self, frozen):
        E, _, J = super().partials(frozen)
        return E, {}, J


class WithoutRankOne(_Trajectory):
    def partials(self, frozen):
        E, _, J = super().partials(True)
        return E, super().partials(False)[1], J


class QueryOfTheSameStep(_Trajectory):
    def _attend(self, k, relevance):
        previous, self.s[k - 1] = self.s[k - 1], self.h[k]
        super()._attend(k, relevance)
        self.s[k - 1] = previous


class DetachedRelevantSet(_Trajectory):
    def partials(self, frozen):
        E, F, J = super().partials(frozen)
        return {(k, j): e for (k, j), e in E.items() if j > k - self.short_term}, F, J


class ValuesOfThePast(_Trajectory):
    def _attended(self, k, relevance):
        return [i for i in super()._attended(k, relevance) if i < k] or [k]


class Transposed(_Trajectory):
    def partials(self, frozen):
        E, F, J = super().partials(frozen)
        return E, F, {k: j.T for k, j in J.items()}


def by_partials(kind, parameters, inputs, state):
    with mp.workdps(30):
        net = kind(parameters, inputs, "tanh", "additive", "screened", 2, 1, state)
        net.run()
        G = backward_recursion(*net.partials(False), T, mp.eye(N))
        return np.array([[[float(G[t][r, c]) for c in range(N)] for r in range(N)] for t in range(1, T + 1)])


def relative_gap(kind, state):
    net, parameters, inputs = network(state)
    expected = measure_jacobians(net, inputs)
    return np.abs(by_partials(kind, parameters, inputs, state) - expected).max() / np.abs(expected).max()


@pytest.mark.parametrize("state", ["sum", "mean"])
def test_the_right_partials_agree_with_autograd(state):
    assert relative_gap(_Trajectory, state) < 1e-10  # asked for by the specification; seen below 1e-15


@pytest.mark.parametrize(
    "kind",
    [
        WithoutDelta,
        WithoutHalf,
        WithoutF,
        WithoutRankOne,
        QueryOfTheSameStep,
        DetachedRelevantSet,
        ValuesOfThePast,
        Transposed,
    ],
)
def test_every_slip_in_the_partials_shows(kind):
    assert relative_gap(kind, "mean") > 1e-3


def relevant_history(screening, weights):
    """R after each step when attention gives fixed weights, row t - 1 by age within the memory (newest last)."""
    memory, found = None, []
    empty = torch.zeros(1, 0, dtype=torch.float64)
    for t, row in enumerate(weights, 1):
        memory = screening.admit(memory, empty, empty, t)
        size = memory.times.shape[1]
        memory = screening.credit(memory, torch.tensor([row[-size:]], dtype=torch.float64), t)
        found.append(memory.times[0, : size - min(t, screening.short_term)].tolist())
    return found


class EvictsOnTies(RelevancyScreening):
    @staticmethod
    def _replaced(relevance, kept):
        lowest, slot = relevance[:, :kept].min(1, keepdim=True)
        mask = torch.zeros(relevance.shape[0], kept, dtype=torch.bool)
        return mask.scatter_(1, slot, relevance[:, kept : kept + 1] >= lowest)


class CreditsTheRelevantSet(RelevancyScreening):
    def credit(self, memory, weights, t):
        return Memory(memory.values, memory.keys, memory.times, memory.relevance + weights)


class ScreensOneStepLate(RelevancyScreening):
    def credit(self, memory, weights, t):
        # the state that should have left is still in the buffer, as when screening follows attention
        found = super().credit(memory, weights, t)
        kept = found.relevance.shape[1] - min(t, self.short_term)
        if kept:
            found.relevance[:, kept - 1] += weights[:, kept - 1]
        return found


def drawn_weights(seed, size=12):
    return np.random.default_rng(seed).dirichlet(np.ones(size), size=30).tolist()


def test_a_tie_does_not_evict():
    equal = [[0.5, 0.5]] * 6
    assert relevant_history(RelevancyScreening(1, 1), equal)[-1] == [1]
    assert relevant_history(EvictsOnTies(1, 1), equal)[-1] != [1]


@pytest.mark.parametrize("kind", [CreditsTheRelevantSet, ScreensOneStepLate])
def test_every_slip_in_the_relevance_shows(kind):
    weights = drawn_weights(1)
    assert relevant_history(RelevancyScreening(3, 2), weights) != relevant_history(kind(3, 2), weights)
