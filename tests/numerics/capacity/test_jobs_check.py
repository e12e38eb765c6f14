"""What a job's count is held to: its tasks in another order, one search, identities of complete counts."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from numerics.capacity.engine import summarise
from numerics.capacity.jobs import count_threshold_job
from numerics.capacity.jobs_check import check_count, recount_task, verify_job
from numerics.capacity.jobs_checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from numerics.capacity.threshold import count_threshold_functions
from numerics.errors import NotCertified

PartialJob = Callable[..., Checkpoint]
T9 = 144130531453121108


def test_sampled_tasks_have_the_same_walls_in_the_other_order(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    job = count_threshold_job(8, depth=9, checkpoint=path)
    seen: list[tuple[int, int]] = []
    checked = verify_job(path, tasks=200, seed=3, progress=lambda *state: seen.append(state))
    assert checked.tasks == 200 and checked.orders == ("balanced", "fewest pairs") and seen[-1] == (200, 200)
    assert 0 < checked.classes < job.classes
    assert sum(recount_task(7, "balanced", 5, path) for path in range(32)) == count_threshold_functions(7).classes


@pytest.mark.slow
def test_two_hundred_tasks_of_nine_inputs_in_both_orders(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    assert count_threshold_job(9, depth=14, checkpoint=path, jobs=2).result().count == T9
    assert verify_job(path, tasks=400, seed=1, jobs=2).tasks == 400


def test_a_job_is_compared_only_where_it_is_finished(partial_job: PartialJob, tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    partial_job(path)
    assert verify_job(path, tasks=12).tasks == 12
    with pytest.raises(ValueError, match="the job has 12 finished tasks to draw from"):
        verify_job(path, tasks=13)


def test_a_sample_with_more_cells_than_the_whole_is_noticed(partial_job: PartialJob, tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    state = partial_job(path)
    state.merged.histogram[:] = 0
    write_checkpoint(path, state)
    with pytest.raises(NotCertified, match="more than the 0 of all"):
        verify_job(path, tasks=12)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({0b10000000: 1}, "classes of n=7 have a zero weight, not 135"),
        ({0b10000000: -1, 0b11111100: 1}, r"no multiple of 2\*\*7"),  # one zero weight became six
        ({0b00000000: 1}, None),  # orbits without a zero weight are multiples of 2**8: for these are the two orders
    ],
)
def test_what_a_complete_count_is_checked_for(changes: dict[int, int], text: str | None) -> None:
    histogram = list(count_threshold_functions(7).histogram)
    for walls, cells in changes.items():
        histogram[walls] += cells
    spoiled = summarise(7, "signed permutations", tuple(histogram))
    with pytest.raises(NotCertified, match=text) if text else nullcontext():
        check_count(spoiled)


def test_a_complete_job_is_held_to_one_search_without_tasks(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    count_threshold_job(7, checkpoint=path)
    assert verify_job(path, tasks=32).classes == 2470
    state = read_checkpoint(path)
    state.merged.histogram[0] += 1  # an orbit that no identity tells from none
    write_checkpoint(path, state)
    with pytest.raises(NotCertified, match="the 32 finished tasks have 2470 cells, not 2471"):
        verify_job(path, tasks=32)
    with pytest.raises(NotCertified, match="2471 classes of n=7 are not, wall set by wall set, 2470"):
        verify_job(path, tasks=1)


def test_a_job_not_begun_cannot_be_verified(tmp_path: Path) -> None:
    count_threshold_job(7, checkpoint=tmp_path / "job.json", time_limit=0)
    with pytest.raises(ValueError, match="has no finished tasks to draw from; run the job first"):
        verify_job(tmp_path / "job.json")
