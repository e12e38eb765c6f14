"""The checkpoint of a counting job: whoever damages, forges or overtakes it, it stays intact, or is refused."""

import base64
import json
import os
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from numerics.capacity import jobs_checkpoint
from numerics.capacity._files import replacing
from numerics.capacity.engine_cone import SEARCH_VERSION
from numerics.capacity.jobs import CountJob, count_threshold_job, job_status, run_tasks
from numerics.capacity.jobs_checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from numerics.capacity.threshold import count_threshold_functions

PartialJob = Callable[..., Checkpoint]


@pytest.mark.parametrize(
    ("job", "text"),
    [
        ({"n": 8, "depth": 5}, "the checkpoint has n=7, the job n=8"),
        ({"n": 7, "depth": 6}, "the checkpoint has depth=5, the job depth=6"),
        ({"n": 7, "depth": 5, "order": "fewest pairs"}, "the checkpoint has order='balanced'"),
    ],
)
def test_a_checkpoint_of_another_job_is_refused_and_kept(
    partial_job: PartialJob, tmp_path: Path, job: dict[str, object], text: str
) -> None:
    path = tmp_path / "job.json"
    partial_job(path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=text):
        count_threshold_job(**job, checkpoint=path)  # type: ignore[arg-type]
    assert path.read_bytes() == before


def test_a_checkpoint_of_another_version_is_refused(
    partial_job: PartialJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "job.json"
    monkeypatch.setattr(jobs_checkpoint, "SEARCH_VERSION", 0)
    partial_job(path)
    monkeypatch.undo()
    with pytest.raises(ValueError, match="search 0; this is format 1, search 1"):
        count_threshold_job(7, depth=5, checkpoint=path)


def test_every_truncation_and_alteration_is_noticed(partial_job: PartialJob, tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    partial_job(path)
    text = path.read_text()
    for cut in range(0, len(text) - 2, 97):
        path.write_text(text[:cut])
        with pytest.raises(ValueError, match="no checkpoint"):
            read_checkpoint(path)
    body = json.loads(text)
    wall, cells = next(iter(body["histogram"].items()))
    body["histogram"][wall] = str(int(cells) + 1)
    path.write_text(json.dumps(body))
    with pytest.raises(ValueError, match="checksum does not match"):
        job_status(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="no checkpoint"):
        job_status(path)


@pytest.mark.parametrize(
    "forged",
    [
        {"n": 40},
        {"n": "7"},
        {"depth": 40},
        {"order": None},
        {"cpu_seconds": "nan"},
        {"cpu_seconds": "-1"},
        {"finished": ""},
        {"finished": "AAAA"},
        {"finished": base64.b64encode(zlib.compress(bytes(2**20))).decode()},
        {"histogram": {"99999": "1"}},
        {"histogram": {"3": str(2**70)}},
        {"histogram": {"3": "-1"}},
        {"histogram": ["3", "1"]},
        {"n": ...},
    ],
    ids=str,
)
def test_what_no_job_has_written_is_refused_whatever_its_checksum(
    partial_job: PartialJob, tmp_path: Path, forged: dict[str, object]
) -> None:
    path = tmp_path / "job.json"
    partial_job(path)
    body = {k: v for k, v in (json.loads(path.read_text()) | forged).items() if k != "sha256" and v is not ...}
    path.write_text(json.dumps(body | {"sha256": jobs_checkpoint._digest(body)}))
    with pytest.raises(ValueError, match=r"job\.json holds what no job has written"):
        read_checkpoint(path)


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5000], ids=["nested", "long"])
def test_what_is_too_deep_or_too_long_to_be_read_is_no_checkpoint(tmp_path: Path, text: str) -> None:
    path = tmp_path / "job.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"job\.json is no checkpoint"):
        read_checkpoint(path)


def test_a_full_disk_leaves_the_old_checkpoint_intact(
    partial_job: PartialJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "job.json"
    partial_job(path)
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="the old one is intact"):
        count_threshold_job(7, depth=5, checkpoint=path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_an_unwritable_place_is_found_out_at_once(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="cannot write the checkpoint: No such file"):  # and no word of an old one
        count_threshold_job(10, checkpoint=tmp_path / "missing" / "job.json")


def test_a_checkpoint_of_the_largest_job_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    state = Checkpoint.empty(10, 18, "balanced")
    rng = random.Random(0)
    state.merged.finished[[rng.randrange(2**18) for _ in range(2**17)]] = True
    state.merged.histogram[:] = 2**60
    write_checkpoint(path, state)
    assert path.stat().st_size < 200_000
    assert (read_checkpoint(path).merged.finished == state.merged.finished).all()


def test_a_second_run_on_a_checkpoint_keeps_its_work(tmp_path: Path) -> None:
    path = tmp_path / "job.json"

    def overtaken(job: CountJob) -> None:
        if not job_status(path).complete:
            count_threshold_job(7, depth=6, checkpoint=path)

    with pytest.raises(OSError, match=r"the old one is intact.: another run has written it since"):
        count_threshold_job(7, depth=6, chunk=4, checkpoint=path, save_every=0.0, progress=overtaken)
    assert job_status(path).result() == count_threshold_functions(7) and list(tmp_path.iterdir()) == [path]


def test_of_two_runs_that_save_at_once_the_later_keeps_the_work_of_the_other(
    partial_job: PartialJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other saves while this one's draft is on its way to the disk, which is when it can no longer be overtaken."""
    path = tmp_path / "job.json"
    partial_job(path)
    mine, other = read_checkpoint(path), read_checkpoint(path)
    other.merge(*run_tasks(SEARCH_VERSION, 7, "balanced", 5, next(other.unfinished_chunks(4))))
    sync = os.fsync

    def slow(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        write_checkpoint(path, other)

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(OSError, match="another run has written it since"):
        write_checkpoint(path, mine)
    assert job_status(path).finished == 16 and list(tmp_path.iterdir()) == [path]


def test_drafts_of_one_process_number_on_two_hosts_are_two_files(
    partial_job: PartialJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "job.json"
    partial_job(path)
    monkeypatch.setattr(os, "getpid", lambda: 1)
    with replacing(path) as mine:
        mine.write(b"half of it, ")
        with replacing(path) as other:
            other.write(b"all of another")
        mine.write(b"the rest")
    assert path.read_bytes() == b"half of it, the rest" and list(tmp_path.iterdir()) == [path]


def test_a_checkpoint_that_was_removed_is_written_again(partial_job: PartialJob, tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    state = partial_job(path)
    path.unlink()
    write_checkpoint(path, state)
    assert job_status(path).finished == 12
