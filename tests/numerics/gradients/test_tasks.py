"""Tasks, contestants and the training loop, at sizes of a second."""

import pytest
import torch

from numerics.gradients import tasks


def draw(task, size=200, seed=0, held_out=False):
    return task.draw(torch.Generator().manual_seed(seed), size, held_out)


def test_copy_asks_for_the_symbols_it_began_with_after_the_marker():
    inputs, targets = draw(tasks.copying(5, count=2, symbols=3))
    assert inputs.shape == (9, 200, 5) and targets.shape == (2, 200)
    assert torch.equal(inputs[:2].argmax(2), targets)
    assert bool((inputs[2:6].argmax(2) == 3).all()) and bool((inputs[6].argmax(1) == 4).all())


def test_denoise_asks_for_the_symbols_in_the_order_of_their_random_places():
    inputs, targets = draw(tasks.denoising(6, count=2, symbols=3))
    shown = inputs.argmax(2)
    for b in range(200):
        assert [int(x) for x in shown[:6, b] if x < 3] == targets[:, b].tolist()
    assert len({tuple((shown[:6, b] < 3).tolist()) for b in range(200)}) == 15  # every pair of places occurs


def test_adding_asks_for_the_sum_of_one_number_from_each_half():
    inputs, targets = draw(tasks.adding(6))
    marked = inputs[:, :, 1] == 1
    assert bool((marked[:3].sum(0) == 1).all()) and bool((marked[3:].sum(0) == 1).all())
    torch.testing.assert_close((inputs[:, :, 0] * marked).sum(0), targets[0])
    ones = torch.ones(1, 200, 1)
    assert tasks.adding(6).quality(ones, targets) == pytest.approx(1 / 6, abs=0.05)


def test_digits_permute_all_pixels_alike_and_hold_images_out():
    inputs, labels = draw(tasks.digits())
    assert inputs.shape == (64, 200, 1) and set(labels[0].tolist()) == set(range(10))
    again, _ = draw(tasks.digits(permutation=1))
    assert not torch.equal(inputs, again)
    torch.testing.assert_close(inputs.sum(0), again.sum(0))
    held, _ = draw(tasks.digits(), held_out=True)
    seen = {tuple(image.tolist()) for image in draw(tasks.digits(), size=2000)[0].squeeze(2).T}
    assert not any(tuple(image.tolist()) in seen for image in held.squeeze(2).T)


def test_characters_ask_for_the_next_one():
    inputs, targets = draw(tasks.characters(12))
    assert torch.equal(inputs[1:].argmax(2), targets[:-1])
    guess = torch.zeros(12, 200, 32)
    assert tasks.characters(12).quality(guess, targets) == pytest.approx(5, abs=1e-5)  # log2 of 32 characters, float32


@pytest.mark.parametrize("net", tasks.NETS)
def test_every_net_trains_alike_from_one_seed_and_differently_from_another(net):
    runs = [tasks.train_contestant(tasks.copying(3), net, seed=s, updates=3, width=8, batch=4) for s in (0, 0, 1)]
    assert runs[0].quality == runs[1].quality and runs[0].saved_bytes == runs[2].saved_bytes > 0
    models = [tasks.Contestant(net, 2, 2, width=8, seed=s) for s in (0, 0, 1)]
    inputs = torch.randn(5, 3, 2, generator=torch.Generator().manual_seed(0))
    outputs = [model(inputs, 2) for model in models]
    torch.testing.assert_close(outputs[0], outputs[1], rtol=0, atol=1e-6)  # kernels may sum in another order
    assert not torch.allclose(outputs[0], outputs[2], atol=1e-3)


@pytest.mark.parametrize("net", tasks.NETS)
def test_no_net_sees_the_future(net):
    model = tasks.Contestant(net, 2, 2, width=8, seed=0)
    inputs = torch.randn(6, 1, 2, generator=torch.Generator().manual_seed(0))
    longer = model(inputs, 6)[:4]
    torch.testing.assert_close(model(inputs[:4], 4), longer, rtol=0, atol=1e-5)  # float32


def test_the_orthogonal_net_stays_orthogonal_under_training():
    model = tasks.Contestant("orthogonal", 2, 2, width=8, seed=0)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(3):
        optimiser.zero_grad()
        model(torch.ones(4, 2, 2), 1).square().sum().backward()
        optimiser.step()
    torch.testing.assert_close(model.core.V @ model.core.V.T, torch.eye(8), rtol=0, atol=1e-5)  # float32


def test_training_stops_at_its_goal_and_transfers_without_training():
    other = tasks.copying(6)
    run = tasks.train_contestant(
        tasks.copying(2), "transformer", seed=0, updates=500, goal=0.9, transfer=[other], width=16
    )
    assert run.updates < 500 and run.updates % 50 == 0 and run.quality > 0.8
    assert set(run.transfer) == {other.name}


def test_training_stops_at_its_cpu_limit():
    run = tasks.train_contestant(tasks.copying(2), "rnn", seed=0, updates=10**6, width=4, cpu_limit=0.05)
    assert 0 < run.updates < 10**5


def walk(rooms, seed, turns):
    """Go straight to the fork (5 steps in a room of size 7: the cue is 4 columns away), then to one of its ends."""
    rooms.begin(seed)
    plan = [[2] * len(turns)] * 4 + [turns, [2] * len(turns)]
    return torch.stack([rooms.step(torch.tensor(actions))[1] for actions in plan]).sum(0)


def test_the_right_end_of_the_fork_shows_the_cue_again_and_depends_on_it():
    rooms = tasks.CueRooms(12)
    left, right = walk(rooms, 5, [0] * 12), walk(rooms, 5, [1] * 12)
    assert torch.equal(left + right, torch.ones(12)) and 0 < float(left.sum()) < 12
    assert not bool(rooms.running.any())


def test_the_cue_is_seen_at_first_and_not_at_the_fork():
    rooms = tasks.CueRooms(16)
    first = rooms.begin(0)
    at_fork = [rooms.step(torch.full((16,), 2))[0] for _ in range(4)][-1]
    kinds = {tuple(seen.tolist()) for seen in first}
    assert len(kinds) == 4  # two cues, two orders of the objects at the fork
    assert len({tuple(seen.tolist()) for seen in at_fork}) == 2  # the order alone


def test_an_episode_ends_at_its_limit_and_shows_nothing_from_then_on():
    rooms = tasks.CueRooms(2, limit=3)
    rooms.begin(0)
    for _ in range(3):
        rooms.step(torch.zeros(2, dtype=torch.long))
    assert not bool(rooms.running.any())
    seen, rewards = rooms.step(torch.zeros(2, dtype=torch.long))
    assert not seen.any() and not rewards.any()


@pytest.mark.parametrize("net", ["relrnn", "lstm"])
def test_an_agent_lives_alike_from_one_seed(net):
    lives = [tasks.train_agent(net, seed=s, updates=2, width=8, batch=3, evaluated=8) for s in (0, 0, 1)]
    assert lives[0].success == lives[1].success and lives[0].steps == lives[1].steps != lives[2].steps
    assert 0 <= lives[0].success <= 1 and lives[0].saved_bytes > 0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: tasks.copying(0), ValueError, "delay must be at least 1, got delay=0"),
        (lambda: tasks.denoising(1), ValueError, "length must be at least 2"),
        (lambda: tasks.adding(2.0), TypeError, "length must be an int"),
        (lambda: tasks.characters(0), ValueError, "length must be at least 1"),
        (lambda: tasks.Contestant("gru", 2, 2, width=4, seed=0), ValueError, "net must be one of rnn, lstm"),
        (lambda: tasks.train_contestant(tasks.copying(2), "rnn", seed=0, updates=0), ValueError, "updates must be"),
        (lambda: tasks.train_agent("rnn", seed=0, updates=0), ValueError, "updates must be at least 1, got 0"),
        (lambda: tasks.train_agent("transformer", seed=0, updates=1), ValueError, "step by step, got 'transformer'"),
        (lambda: tasks.CueRooms(1, size=8), ValueError, "size must be odd and at least 7, got 8"),
        (lambda: tasks.CueRooms(0), ValueError, "batch and limit must be at least 1, got 0 and 40"),
    ],
)
def test_impossible_requests_are_refused_by_name(call, error, message):
    with pytest.raises(error, match=message):
        call()
