"""``attest count``: what it prints, what it refuses, how it goes on."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attest._cli_count import app
from attest._counting import _watched, compiling
from numerics.capacity.jobs_checkpoint import read_checkpoint, write_checkpoint


def _ask(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_a_count_is_printed_exactly() -> None:
    code, out, _ = _ask("threshold", "--n", "8")
    assert code == 0 and "T(8,1) = 17561539552946\n" in out and "175428 classes" in out


def test_json_keeps_integers_exact_beyond_doubles() -> None:
    code, out, _ = _ask("threshold", "--n", "7", "--degree", "5", "--json")
    assert code == 0 and int(json.loads(out)["count"]) == 340282366920938461397022023066028926800


def test_json_tells_the_classes_by_walls_and_of_inputs() -> None:
    found = json.loads(_ask("threshold", "--n", "5", "--json")[1])
    assert sum(map(int, found["histogram"])) == int(found["classes"]) == 21
    # A000617(5), A001529(5), and A001532(5) as the classes with a zero weight; cited values
    assert [found[k] for k in ("input_classes", "input_classes_with_complement", "null_classes")] == ["119", "63", "7"]
    assert "histogram" not in json.loads(_ask("threshold", "--n", "3", "--degree", "2", "--json")[1])


def test_a_count_of_more_than_4300_digits_is_printed() -> None:
    code, out, _ = _ask("threshold", "--n", "14", "--degree", "14")
    assert code == 0 and int(out.split(" = ")[1].split()[0]) == 2**2**14


def test_the_count_is_printed_even_where_its_list_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = _ask("threshold", "--n", "4", "--classes", str(tmp_path / "missing" / "c.npz"))
    assert code == 2 and out == "" and "cannot be written: No such file or directory" in " ".join(err.split())
    monkeypatch.setattr(os, "fsync", no_space_left)
    code, out, err = _ask("threshold", "--n", "4", "--classes", str(tmp_path / "c.npz"))
    assert code == 3 and out.startswith("T(4,1) = 1882\n") and "c.npz: No space left on device" in " ".join(err.split())


def no_space_left(descriptor: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_an_interrupted_count_says_what_is_kept(
    how: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        signal.raise_signal(how)

    before = signal.getsignal(signal.SIGTERM)

    monkeypatch.setattr("numerics.capacity.count_threshold_job", interrupted)
    path = tmp_path / "job.json"
    code, _, err = _ask("threshold", "--n", "9", "--checkpoint", str(path))
    assert code == 130 and f"interrupted; what was finished is in {path}, and the same command goes on" in err
    code, _, err = _ask("threshold", "--n", "9")
    assert code == 130 and "interrupted; nothing is kept without --checkpoint" in err
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_finished_job_that_fails_its_checks_has_no_count(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    assert _ask("threshold", "--n", "6", "--checkpoint", str(path))[0] == 0
    assert "T(6,1) = 15028134" in _ask("status", str(path))[1]
    state = read_checkpoint(path)
    state.merged.histogram[0b1000000] += 1
    write_checkpoint(path, state)
    for options in ((), ("--json",)):
        code, out, err = _ask("status", str(path), *options)
        assert code == 1 and out == "" and "have a zero weight, not" in err
    assert _ask("verify", str(path))[0] == 1


def test_compiling_is_said_once_and_only_where_it_happens() -> None:
    numba = pytest.importorskip("numba")
    said: list[str] = []
    kernel = numba.njit(lambda x: x + 1)
    with compiling(said.append):
        assert (kernel(1), kernel(1.0)) == (2, 2.0)
    assert said == ["compiling first (once per machine and version)"]
    with compiling(said.append):
        kernel(1)
    assert len(said) == 1


def test_a_cluster_without_workers_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("attest._counting.CONNECTED", 0.1)
    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=":0", silence_logs=50) as cluster:
        url = cluster.scheduler_address.replace("tcp", "dask")
        code, out, err = _ask("threshold", "--n", "7", "--executor", url)
    assert code == 2 and out == "" and f"no worker is connected to {url}" in " ".join(err.split())


def test_a_cluster_that_has_lost_its_workers_is_named_while_the_job_waits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Client:
        """Its workers leave, come back, and leave again."""

        connected = iter([1, 0, 0, 1, 0])

        def nthreads(self) -> dict[str, int]:
            return dict.fromkeys(range(next(self.connected)), 1)  # type: ignore[arg-type]

    monkeypatch.setattr("attest._counting.CONNECTED", 0.01)
    with _watched(Client(), "dask://h:1") as watcher:
        watcher.join(60)  # which gives up when there is no answer any more
    said = "attest count: no worker is connected to dask://h:1 any more; waiting for one\n"
    assert capsys.readouterr().err == 2 * said


def test_debug_shows_where_a_count_was_refused() -> None:
    command = [sys.executable, "-m", "attest", "--debug", "count", "gated", "--n", "-1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "Traceback" in done.stderr and "ValueError: n must be between 0 and 6, got -1" in done.stderr


def test_a_job_keeps_its_state_and_status_reads_it(tmp_path: Path) -> None:
    file = str(tmp_path / "job.json")
    assert _ask("threshold", "--n", "7", "--checkpoint", file)[0] == 0
    assert json.loads(_ask("status", file, "--json")[1])["cpu_seconds_left"] == 0
    code, out, _ = _ask("status", file)
    assert code == 0 and "32/32 tasks (100.0%)" in out and "T(7,1) = 8378070864" in out
    code, _, err = _ask("threshold", "--n", "6", "--checkpoint", file)
    assert code == 2 and "the checkpoint has n=7, the job n=6" in err


def test_a_jobs_tasks_are_compared_in_both_orders(tmp_path: Path) -> None:
    file = str(tmp_path / "job.json")
    assert _ask("threshold", "--n", "8", "--depth", "8", "--checkpoint", file)[0] == 0
    code, out, err = _ask("verify", file, "--tasks", "20", "--seed", "1")
    assert code == 0 and out.startswith("20 tasks, ") and "the same walls by balanced and fewest pairs" in out
    assert "20/20 tasks" in err
    assert json.loads(_ask("verify", file, "--tasks", "3", "--json")[1])["tasks"] == 3
    code, _, err = _ask("verify", file, "--tasks", "257")
    assert code == 2 and "the job has 256 finished tasks" in err


def test_a_job_that_fails_its_comparison_exits_with_code_one(tmp_path: Path) -> None:
    file = tmp_path / "job.json"
    assert _ask("threshold", "--n", "7", "--checkpoint", str(file))[0] == 0
    state = read_checkpoint(file)
    state.merged.histogram[:] = 0
    write_checkpoint(file, state)
    code, out, err = _ask("verify", str(file), "--tasks", "5")
    assert code == 1 and out == "" and "more than the 0 of all" in " ".join(err.split())


def test_classes_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "classes.jsonl"
    code, out, _ = _ask("threshold", "--n", "5", "--classes", str(file))
    assert code == 0 and "21 classes written" in out and len(file.read_text().splitlines()) == 21


@pytest.mark.parametrize(
    ("options", "count", "words"),
    [
        ((), 254, "output gating by 1 gate(s), gate values -1/+1"),
        (("--gate-values", "01"), 246, "gate values 0/1"),
        (("--mechanism", "synaptic"), 252, "on the last 1 synapse(s), inputs -1/+1, bias not gated"),
        (("--mechanism", "multiplexing"), 256, "added to the activation"),
        (("--mechanism", "all_synapses", "--bias", "none"), 16, "on all synapses, inputs -1/+1, bias none"),
    ],
)
def test_gated_counts_carry_their_convention_in_words(options: tuple[str, ...], count: int, words: str) -> None:
    code, out, _ = _ask("gated", "--n", "3", *options)
    assert code == 0 and out.startswith(f"{count} functions by closure: 3 inputs; ") and words in out
    found = json.loads(_ask("gated", "--n", "3", *options, "--json")[1])
    assert sum(map(int, found["by_ones"])) == int(found["count"]) == count


@pytest.mark.parametrize("ending", ["jsonl", "npz"])
def test_listed_classes_are_verified_one_by_one(tmp_path: Path, ending: str) -> None:
    file = str(tmp_path / f"classes.{ending}")
    assert _ask("threshold", "--n", "6", "--classes", file)[0] == 0
    code, out, _ = _ask("verify", file)
    assert code == 0 and out == "135 classes of n=6 verified: 15028134 functions, all there are\n"
    assert json.loads(_ask("verify", file, "--json")[1])["functions"] == "15028134"


def test_an_altered_class_exits_with_code_one(tmp_path: Path) -> None:
    file = tmp_path / "classes.jsonl"
    assert _ask("threshold", "--n", "5", "--classes", str(file))[0] == 0
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0].replace('"orbit_size": ', '"orbit_size": 1'), *lines[1:]]))
    code, out, err = _ask("verify", str(file))
    assert code == 1 and out == "" and "do not give an orbit of" in " ".join(err.split())


def test_an_estimate_says_that_it_is_one() -> None:
    code, out, _ = _ask("estimate", "--n", "7", "--samples", "300", "--seed", "1")
    assert code == 0 and out.startswith("estimate: T(7,1) = ") and "capacity 3" in out
    told = json.loads(_ask("estimate", "--n", "7", "--samples", "300", "--seed", "1", "--json")[1])
    assert (told["label"], told["seed"]) == ("estimate", 1)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("threshold", "--n", "11"), "n must be between 0 and 10, got 11; `attest count estimate` goes further"),
        (("threshold", "--n", "6", "--degree", "2"), "out of reach of exact counting"),
        (("threshold", "--n", "5", "--classes", "c.csv"), "must end in .jsonl or .npz, got 'c.csv'"),
        (("threshold", "--n", "5", "--checkpoint", "c.npz"), "--checkpoint must not end in .jsonl or .npz"),
        (("threshold", "--n", "5", "--jobs", "0"), "jobs must be between 1 and 4096, got 0"),
        (("threshold", "--n", "-1"), "n must be between 0 and 10, got -1"),
        (("threshold", "--n", "8", "--degree", "6"), "n - 2 with n <= 7, n - 1 or n with n <= 20, or 2 with n <= 5"),
        (("threshold", "--n", "7", "--executor", "dask://h:1", "--jobs", "2"), "--executor leaves none, got --jobs 2"),
        (("threshold", "--n", "4", "--degree", "2", "--classes", "c.npz"), "degree 1 and n >= 2, got degree=2, n=4"),
        (
            ("threshold", "--n", "5", "--degree", "3", "--checkpoint", "c", "--depth", "0", "--jobs", "2"),
            "--checkpoint, --depth, --jobs: a job is for degree 1 and n >= 2, got degree=3, n=5",
        ),
        (("threshold", "--n", "1", "--executor", "dask://h:1"), "--executor: a job is for degree 1 and n >= 2"),
        (("threshold", "--n", "7", "--executor", "ray://x"), "--executor must be dask://HOST:PORT"),
        (("threshold", "--n", "7", "--executor", "dask://"), "--executor must be dask://HOST:PORT"),
        (("threshold", "--n", "7", "--executor", "dask://localhost"), "--executor must be dask://HOST:PORT"),
        (("threshold", "--n", "7", "--executor", "dask://localhost:abc"), "got 'dask://localhost:abc'"),
        (("threshold", "--n", "7", "--executor", "dask://localhost:70000"), "--executor must be dask://HOST:PORT"),
        (("threshold", "--n", "7", "--executor", "dask://127.0.0.1:1"), "no scheduler answers"),
        (("verify", "missing.jsonl"), "No such file"),
        (("verify", "c.jsonl", "--tasks", "9", "--seed", "1"), "--tasks, --seed: of a list every class is verified"),
        (("gated", "--n", "6", "--max-memory", "1000"), "more than max_memory=1000; raise max_memory"),
        (("gated", "--n", "3", "--mechanism", "output", "--bias", "none"), "bias must be one of"),
        (("estimate", "--n", "13"), "n must be between 2 and 12, got 13"),
        (("estimate", "--n", "5", "--confidence", "nan"), "confidence must lie between 0 and 1, got nan"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(arguments: tuple[str, ...], text: str) -> None:
    code, out, err = _ask(*arguments)
    assert code == 2 and out == "" and text in " ".join(err.split())
