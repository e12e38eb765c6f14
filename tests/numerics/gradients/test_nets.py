"""Networks and their gradients: shapes, conventions, degenerate sizes and refusals."""

import numpy as np
import pytest
import torch

from numerics.gradients import (
    AttentiveNet,
    measure_gradient_norms,
    measure_gradients,
    measure_jacobians,
    measure_linear_jacobians,
    measure_log_gradient_norms,
)


def drawn(T, m=2, seed=0, batch=None):
    shape = (T, m) if batch is None else (T, batch, m)
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_uniform_attention_is_the_running_mean_and_the_softmax_of_equal_scores():
    V = (0.4 * np.random.default_rng(1).normal(size=(3, 3))).tolist()
    by_sum = AttentiveNet(2, 3, activation="identity", attention="uniform").load({"V": V})
    by_scores = AttentiveNet(2, 3, activation="identity", attention="full").load({"V": V, "v_a": [0.0] * 3})
    frozen = AttentiveNet(2, 3, activation="identity", attention="full", frozen=True).load({"V": V, "v_a": [0.0] * 3})
    expected = measure_linear_jacobians(V, 7)
    for net in (by_sum, by_scores, frozen):
        # 7 steps of width 3: below a hundred roundings of order-one numbers
        np.testing.assert_allclose(measure_jacobians(net, drawn(7)), expected, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("attention", ["full", "windowed", "screened"])
def test_the_last_state_alone_gives_identity_plus_its_own_weight(attention):
    net = AttentiveNet(2, 3, attention=attention, short_term=2, relevant=1, frozen=True)
    run = net(drawn(4))
    own = float(run.weights[-1][0, -1])
    np.testing.assert_allclose(measure_jacobians(net, drawn(4), times=[4])[0], (1 + own) * np.eye(3), rtol=1e-15)


def test_one_step_and_width_one_run():
    assert measure_gradient_norms(AttentiveNet(1, 1, attention="full", frozen=True), drawn(1, 1), direction=[1.0]) == [
        2.0
    ]


def test_norms_of_a_batch_are_means_over_it():
    net, inputs = AttentiveNet(2, 4, short_term=2, relevant=1, attention="screened"), drawn(9, batch=3)
    together = measure_gradient_norms(net, inputs, seed=5)
    single = [measure_gradient_norms(net, inputs[:, b], seed=5) for b in range(3)]
    np.testing.assert_allclose(together, np.mean(single, axis=0), rtol=1e-12)
    assert together.shape == (9,) and together.dtype == np.float64


def test_a_loss_of_ones_own_is_differentiated():
    net, inputs = AttentiveNet(2, 3, attention="none"), drawn(5)
    found = measure_gradients(net, inputs, loss=lambda run: run.hidden[-1].sum(), times=[5])
    np.testing.assert_array_equal(found, np.ones((1, 1, 3)))


def test_the_lstm_state_is_hidden_and_cell():
    assert measure_jacobians(AttentiveNet(2, 3, cell="lstm"), drawn(4)).shape == (4, 6, 6)


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_a_net_led_step_by_step_walks_as_over_the_whole_sequence(cell):
    net = AttentiveNet(2, 3, cell=cell, attention="screened", short_term=2, relevant=1)
    inputs = drawn(6, batch=2)
    advance, whole = net.stepper(), net(inputs)
    for k, x in enumerate(inputs):
        node, state, weights, times = advance(net.drive(x))
        # one product of a row in place of one of the batch of rows: a few roundings
        torch.testing.assert_close(node, whole.hidden[k], rtol=0, atol=1e-14)
        torch.testing.assert_close(state, whole.states[k], rtol=0, atol=1e-14)
        torch.testing.assert_close(weights, whole.weights[k], rtol=0, atol=1e-14)
        assert torch.equal(times, whole.attended[k])


@pytest.mark.parametrize("attention", ["none", "full", "uniform", "windowed"])
def test_no_tensor_is_made_elsewhere_than_on_the_device_of_the_net(attention):
    net = AttentiveNet(2, 3, attention=attention, dtype=torch.float32, device="meta")
    run = net(torch.zeros(4, 1, 2, device="meta"))
    assert {part.device.type for step in (run.states, run.weights, run.attended) for part in step} == {"meta"}


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_dtype_and_device_are_kept(dtype):
    net = AttentiveNet(2, 3, attention="screened", short_term=1, relevant=1, dtype=dtype, device="cpu")
    run = net(drawn(4).to(dtype))
    assert run.states[-1].dtype == dtype and run.hidden[-1].device.type == "cpu"


def test_logarithms_of_norms_survive_underflow():
    V = torch.diag(torch.tensor([0.3, 0.2], dtype=torch.float64))

    def step(carry, x):
        h = V @ carry[0] + x
        return (h,), h

    T = 1024
    logs = measure_log_gradient_norms(step, (torch.zeros(2, dtype=torch.float64),), drawn(T), torch.tensor([1.0, 0.0]))
    # lag times log 0.3, about -1231: a thousand roundings of it
    np.testing.assert_allclose(logs, np.log(0.3) * np.arange(T - 1, -1, -1), rtol=1e-12, atol=1e-12)


def test_logarithms_agree_with_plain_norms_where_nothing_underflows():
    net, x = AttentiveNet(2, 3, attention="uniform"), drawn(21)
    g = torch.tensor([0.6, 0.0, 0.8], dtype=torch.float64)

    def step(carry, row):
        s, total, k = carry
        h = torch.tanh(net.V @ s + net.U @ row + net.b)
        return (h + (total + h) / (k + 1), total + h, k + 1), h

    zero = torch.zeros(3, dtype=torch.float64)
    logs = measure_log_gradient_norms(step, (zero, zero, torch.zeros(1, dtype=torch.float64)), x, g, segment=4)
    np.testing.assert_allclose(np.exp(logs), measure_gradient_norms(net, x, direction=g), rtol=1e-12)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: measure_gradient_norms(AttentiveNet(2, 3), drawn(3), times=[4]), "times must lie in 1..T=3"),
        (
            lambda: measure_gradients(AttentiveNet(2, 3), drawn(3), direction=[1.0]),
            "direction must have 3 entries",
        ),
        (lambda: measure_gradient_norms(AttentiveNet(2, 3), drawn(3) * float("nan")), "inputs must be finite"),
        (lambda: AttentiveNet(2, 3)(drawn(3, 4)), r"inputs must be \(T, B, 2\)"),
        (lambda: AttentiveNet(2, 3).load({"V": [[1.0]]}), "V must have shape"),
        (lambda: AttentiveNet(2, 1).load({"V": [[float("inf")]]}), "V must be finite"),
        (lambda: AttentiveNet(2, 3).load({"Q": 1}), "unknown parameter 'Q'"),
        (lambda: AttentiveNet(2, 3, attention="global"), "attention must be one of none, full, uniform"),
        (lambda: AttentiveNet(2, 3, short_term=0), "short_term must be at least 1, got short_term=0"),
        (lambda: AttentiveNet(2, 3, relevant=-1), "relevant must be at least 0, got relevant=-1"),
    ],
)
def test_bad_input_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_states_out_of_reach_of_autograd_are_refused():
    net = AttentiveNet(2, 3)

    class Detached:
        def __init__(self, inputs):
            run = net(inputs)
            self.hidden, self.states = [h.detach() for h in run.hidden], run.states

    with pytest.raises(ValueError, match="hidden states that autograd can reach"):
        measure_gradient_norms(Detached, drawn(3))
