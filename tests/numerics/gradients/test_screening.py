"""Relevancy screening against a literal transcript of the algorithm, and its invariants."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.gradients import AttentiveNet, RelevancyScreening, measure_retained_early, record_attention


def transcript(scores, nu, rho):
    """Attended times at every step, for one sequence of score functions scores(t, i), by the paper's loop."""
    S, R, beta, history = [], [], {}, []
    for t in range(1, len(scores) + 1):
        S.append(t)
        beta[t] = 0.0
        i = t - nu
        if i >= 1:
            S.remove(i)
            if len(R) < rho:
                R.append(i)
            elif rho > 0:
                j = min(range(rho), key=lambda slot: (beta[R[slot]], slot))
                if beta[i] > beta[R[j]]:
                    R[j] = i
        attended = R + S
        e = np.exp([scores[t - 1][k - 1] for k in attended])
        for k, a in zip(attended, e / e.sum(), strict=True):
            if k in S:
                beta[k] += a
        history.append((list(R), list(attended), dict(beta)))
    return history


@st.composite
def screenings(draw):
    nu, rho, T = draw(st.integers(1, 4)), draw(st.integers(0, 3)), draw(st.integers(1, 14))
    seed = draw(st.integers(0, 2**16))
    return nu, rho, np.random.default_rng(seed).normal(size=(T, T))


def run(scores, nu, rho, batch=1):
    screening, memory, found = RelevancyScreening(nu, rho), None, []
    empty = torch.zeros(batch, 0, dtype=torch.float64)
    for t in range(1, scores.shape[-1] + 1):
        memory = screening.admit(memory, empty, empty, t)
        rows = torch.tensor(scores[t - 1]).expand(batch, -1)
        memory = screening.credit(memory, torch.softmax(torch.gather(rows, 1, memory.times - 1), 1), t)
        found.append(memory)
    return found


@settings(max_examples=60)
@given(screenings())
def test_the_batched_rule_is_the_papers_loop(drawn):
    nu, rho, scores = drawn
    steps = zip(run(scores, nu, rho), transcript(scores, nu, rho), strict=True)
    for t, (memory, (R, attended, beta)) in enumerate(steps, 1):
        times = memory.times[0].tolist()
        assert times == attended and len(set(times)) == len(times)
        assert len(times) == min(t, nu + min(rho, max(0, t - nu)))
        assert all(i <= t - nu for i in R)
        top = sorted((beta[i] for i in range(1, t - nu + 1)), reverse=True)[:rho]
        assert sorted((beta[i] for i in R), reverse=True) == pytest.approx(top)  # two orders of summation


def test_the_incumbent_survives_a_tie_and_the_lowest_tied_slot_is_evicted():
    # relevance with nu = 1 is the weight in the step of arrival: equal, equal, then larger
    scores = np.full((5, 5), 0.0)
    kept = run(scores, 1, 2)[-1].times[0, :2].tolist()
    assert kept == [1, 2]
    relevance = torch.tensor([[1.0, 1.0, 2.0, 0.0]])
    assert RelevancyScreening._replaced(relevance, 2).tolist() == [[True, False]]
    assert RelevancyScreening._replaced(torch.tensor([[1.0, 1.0, 1.0]]), 2) is None  # dropped: no slot changes


def test_batch_elements_are_independent_and_permute():
    net = AttentiveNet(2, 4, attention="screened", short_term=2, relevant=2, scale=1.3)
    inputs = torch.randn(20, 3, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    order = [2, 0, 1]
    plain, permuted = net(inputs), net(inputs[:, order])
    assert torch.equal(plain.attended[-1][order], permuted.attended[-1])
    alone = net(inputs[:, 1])
    assert torch.equal(plain.attended[-1][1:2], alone.attended[-1])


def test_a_window_as_long_as_the_sequence_is_full_attention():
    inputs = torch.randn(6, 2, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    full, screened = (AttentiveNet(2, 3, attention=a, short_term=6, relevant=0) for a in ("full", "screened"))
    torch.testing.assert_close(full(inputs).states[-1], screened(inputs).states[-1], rtol=1e-13, atol=1e-13)


def test_uniform_attention_keeps_the_first_states_and_the_correction_does_not_prefer_them():
    early = measure_retained_early(10, 10, steps=120, score_scale=0.0)
    assert bool((early == 1).all())
    biased = measure_retained_early(5, 5, steps=200, score_scale=0.5, samples=100).mean()
    corrected = measure_retained_early(5, 5, steps=200, score_scale=0.5, samples=100, corrected=True).mean()
    assert biased > 0.6 and corrected < 0.15  # a fair draw would keep 10 of 195


def test_gradients_pass_through_retained_states():
    net = AttentiveNet(1, 2, attention="screened", score="uniform", short_term=1, relevant=1, activation="identity")
    net.load({"V": [[0.0, 0.0], [0.0, 0.0]]})
    inputs = torch.randn(9, 1, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
    trajectory = net(inputs.requires_grad_())
    (found,) = torch.autograd.grad(trajectory.states[-1][0, 0], trajectory.hidden[0], allow_unused=True)
    assert found[0, 0] == 0.5  # alpha = 1/2 on the state retained since t = 1


@pytest.mark.parametrize("value", [True, 1.5])
def test_sizes_that_are_not_integers_are_refused(value):
    with pytest.raises(TypeError, match="short_term must be an int"):
        RelevancyScreening(value, 1)


def test_a_record_holds_sets_weights_their_largest_size_and_depths():
    net = AttentiveNet(1, 2, attention=[[1], [1], [2, 3], [3]], score="uniform")
    record = record_attention(net(torch.zeros(4, 2, 1, dtype=torch.float64)), element=1)
    assert record.attended == [[1], [1], [2, 3], [3]] and record.kappa == 2
    assert record.weights[2] == [0.5, 0.5]
    # s_4 attends to h_3, made of s_2, which attends to h_1; h_2 and h_4 are out of reach of attention hops
    assert record.depths == [2, 0, 1, 0]
