"""The list of classes: complete, distinct, and each entry checked from the definition."""

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from numerics.capacity.class_files import (
    ClassListCheck,
    read_threshold_classes,
    save_sampled_classes,
    verify_threshold_classes,
)
from numerics.capacity.engine_classes import (
    ThresholdClass,
    chow_parameters,
    class_batches,
    list_threshold_classes,
    sample_threshold_classes,
    save_threshold_classes,
    verify_threshold_class,
)
from numerics.capacity.threshold import count_threshold_functions
from numerics.errors import NotCertified


@pytest.mark.parametrize("n", range(2, 9))
def test_the_list_has_the_histogram_of_the_count(n: int) -> None:
    counted = count_threshold_functions(n)
    walls = np.concatenate([batch[2] for batch in class_batches(n)])
    assert np.array_equal(np.bincount(walls, minlength=2 ** (n + 1)), counted.histogram)


@pytest.mark.parametrize("n", range(2, 9))
def test_no_two_classes_share_chow_parameters_and_walls_are_their_ties(n: int) -> None:
    batches = list(class_batches(n))
    chow = np.concatenate([b[1] for b in batches])
    walls = np.concatenate([b[2] for b in batches])
    assert len(np.unique(chow, axis=0)) == len(chow)
    following = np.hstack([chow[:, 1:], np.zeros((len(chow), 1), np.int64)])
    assert np.array_equal((chow == following) @ (1 << np.arange(n + 1)), walls)


@pytest.mark.parametrize("n", range(2, 7))
def test_every_class_is_verified_and_the_orbits_sum_to_the_count(n: int) -> None:
    found = list(list_threshold_classes(n))
    for one in found:
        verify_threshold_class(one)
    assert sum(one.orbit_size for one in found) == count_threshold_functions(n).count


def test_sampled_classes_of_nine_inputs_are_verified_and_repeatable() -> None:
    drawn = sample_threshold_classes(9, 12, rng=5)
    for one, probability in drawn:
        verify_threshold_class(one)
        assert 0 < probability < 1
    assert drawn == sample_threshold_classes(9, 12, rng=5)


def test_sampling_weights_are_unbiased_for_the_number_of_classes() -> None:
    inverse = np.array([1 / p for _, p in sample_threshold_classes(5, 4000, rng=1)])
    error = inverse.std() / np.sqrt(len(inverse))
    assert abs(inverse.mean() - 21) < 5 * error  # five standard errors: false alarm under 1e-6


GOOD = ThresholdClass((2, 1, 1, 1), (12, 4, 4, 4), (1, 2), 64)


def test_a_correct_class_passes() -> None:
    listed = next(c for c in list_threshold_classes(3) if c.chow == GOOD.chow)
    assert replace(listed, weights=GOOD.weights) == GOOD
    verify_threshold_class(GOOD)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"weights": (1, 1, 1, 1)}, "on their hyperplane"),
        ({"weights": (1, 1, 1, 2)}, "decreasing order"),
        ({"weights": (3, 1, 1, 0)}, "Chow parameters"),
        ({"chow": (12, 4, 4, -4)}, "Chow parameters"),
        ({"walls": (1,)}, "walls"),
        ({"orbit_size": 32}, "orbit of 32"),
    ],
)
def test_an_altered_class_is_rejected(change: dict[str, object], text: str) -> None:
    with pytest.raises(NotCertified, match=text):
        verify_threshold_class(replace(GOOD, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"weights": ()}, r"weights must be a tuple of 3 to 11 integers, got \(\)"),
        ({"weights": tuple(range(30, 0, -1))}, "weights must be a tuple of 3 to 11 integers, got"),
        ({"weights": (True, False, False, False)}, "weights must be a tuple of 3 to 11 integers, got .True"),
        ({"chow": (12.0, 4, 4, 4)}, "chow must be a tuple of 4 integers, as many as there are weights, got .12.0"),
        ({"chow": (12, 4, 4)}, "chow must be a tuple of 4 integers"),
        ({"walls": (1, 4)}, r"walls must be a tuple of integers from 0 to 3, got \(1, 4\)"),
        ({"orbit_size": 64.0}, "orbit_size must be an integer, got 64.0"),
    ],
)
def test_fields_that_are_none_cannot_make_a_class(change: dict[str, object], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        replace(GOOD, **change)  # type: ignore[arg-type]


def test_numpy_integers_and_a_limit_below_one_are_understood_or_refused(tmp_path: Path) -> None:
    assert sum(found.orbit_size for found in list_threshold_classes(np.int8(5))) == 94572  # type: ignore[arg-type]
    assert len(sample_threshold_classes(np.int8(5), np.int8(3))) == 3  # type: ignore[arg-type]
    for name in ("c.jsonl", "c.npz"):
        assert save_threshold_classes(tmp_path / name, np.int8(5)) == 21  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="limit must be between 1 and 1000000000, got -1"):
            save_threshold_classes(tmp_path / name, 5, limit=-1)
        with pytest.raises(ValueError, match="n must be between 2 and 8, got 9"):
            save_threshold_classes(tmp_path / name, 9)
        assert verify_threshold_classes(tmp_path / name).complete  # what was refused has not touched the file


def test_weights_with_a_tie_have_no_chow_parameters() -> None:
    with pytest.raises(NotCertified, match="lie on the separating hyperplane"):
        chow_parameters(np.array([[1, 1]]))


def test_weights_whose_sums_would_wrap_are_refused() -> None:
    with pytest.raises(ValueError, match=r"magnitudes that sum to less than 2\*\*62"):
        chow_parameters(np.array([[2**62, 2**62, 2**62 + 1, 1]]))
    assert chow_parameters(np.array([[2**60, 2**60, 2**60 + 1, 1]])).tolist() == [[8, 8, 8, 0]]


@pytest.mark.parametrize("name", ["c.jsonl", "c.npz"])
def test_a_full_disk_leaves_the_list_that_was_there(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / name
    save_threshold_classes(path, 4)
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=f"No space left on device: '.*{name}'"):
        save_threshold_classes(path, 5)
    if name == "c.jsonl":
        with pytest.raises(OSError, match="No space left on device"):
            save_sampled_classes(path, 5, 10)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_a_device_is_not_replaced_by_a_list(tmp_path: Path) -> None:
    link = tmp_path / "c.jsonl"
    link.symlink_to("/dev/null")
    with pytest.raises(OSError, match="something else than a file in its place"):
        save_threshold_classes(link, 4)
    assert not Path("/dev/null").is_file()


def test_saved_classes_read_back_the_same(tmp_path: Path) -> None:
    assert save_threshold_classes(tmp_path / "c.jsonl", 5) == 21
    lines = [json.loads(line) for line in (tmp_path / "c.jsonl").read_text().splitlines()]
    listed = list(list_threshold_classes(5))
    assert [tuple(line["weights"]) for line in lines] == [c.weights for c in listed]
    assert save_threshold_classes(tmp_path / "c.npz", 5) == 21
    with np.load(tmp_path / "c.npz") as stored:
        assert stored["orbit_size"].tolist() == [c.orbit_size for c in listed]
    assert save_threshold_classes(tmp_path / "d.jsonl", 5, limit=4) == 4
    with pytest.raises(ValueError, match=r"must end in .jsonl or .npz, got 'c.csv'"):
        save_threshold_classes(tmp_path / "c.csv", 5)


@pytest.mark.parametrize("ending", ["jsonl", "npz"])
def test_saved_classes_are_verified_and_known_to_be_all(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"c.{ending}"
    save_threshold_classes(path, 5)
    assert list(read_threshold_classes(path)) == list(list_threshold_classes(5))
    assert verify_threshold_classes(path) == ClassListCheck(5, 21, 94572, True)  # A000609(5), A001532(6), cited
    save_threshold_classes(path, 5, limit=20)
    assert not verify_threshold_classes(path).complete


def test_a_sample_of_nine_inputs_is_saved_and_verified_and_repeats_with_its_seed(tmp_path: Path) -> None:
    first, again, other = (tmp_path / name for name in ("a.jsonl", "b.jsonl", "c.jsonl"))
    saved = [save_sampled_classes(path, 9, 30, rng=seed) for path, seed in ((first, 4), (again, 4), (other, 5))]
    found = verify_threshold_classes(first)
    assert (found.n, found.classes, found.complete) == (9, saved[0], False)
    assert first.read_text() == again.read_text() != other.read_text()
    with pytest.raises(ValueError, match=r"must end in .jsonl or .npz, got 'c.csv'"):
        save_sampled_classes(tmp_path / "c.csv", 9, 30)


def test_a_saved_sample_tells_with_what_probability_each_class_was_drawn(tmp_path: Path) -> None:
    lines, arrays = tmp_path / "s.jsonl", tmp_path / "s.npz"
    for path in (lines, arrays):
        save_sampled_classes(path, 5, 40000, rng=7)
    assert list(read_threshold_classes(lines)) == list(read_threshold_classes(arrays))
    assert verify_threshold_classes(arrays).complete  # all 21 classes are among so many draws
    chances = [json.loads(line)["probability"] for line in lines.read_text().splitlines()]
    assert chances == np.load(arrays)["probability"].tolist()
    assert sum(chances) == pytest.approx(1, abs=1e-12)  # as many roundings as factors: of 21 classes, few cuts each
    assert max(chances) > 10 * min(chances)


def test_a_class_listed_twice_or_of_another_size_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    save_threshold_classes(path, 4)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, lines[2]]))
    with pytest.raises(NotCertified, match="occurs twice"):
        verify_threshold_classes(path)
    save_threshold_classes(path, 3)
    path.write_text("\n".join([*lines, *path.read_text().splitlines()]))
    with pytest.raises(ValueError, match="mixes classes of 4 and of 3 inputs"):
        verify_threshold_classes(path)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b'{"weights": [1, 0]}', "chow and walls and orbit_size missing; a class has weights, chow, walls, orbit_size"),
        (b"[1, 2", "Expecting"),
        (b"[1, 2]", r"a JSON object was expected, got \[1, 2\]"),
        (b'{"weights": [], "chow": [], "walls": [], "orbit_size": 1}', "weights must be a tuple of 3 to 11 integers"),
        (b'{"weights": 3, "chow": [], "walls": [], "orbit_size": 1}', "weights must be .* got 3"),
        (b'{"weights": [1, 0, 0], "chow": [8.0, 0, 0], "walls": [1, 2], "orbit_size": 6}', "chow must be .* got .8.0"),
        ('{"weights": "\u00e9"}'.encode(), "'ascii' codec"),
        (b"", "Expecting value"),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: bytes, text: str) -> None:
    path = tmp_path / "c.jsonl"
    save_threshold_classes(path, 3)
    path.write_bytes(path.read_bytes() + line + b"\n")
    with pytest.raises(ValueError, match=rf"c\.jsonl, line 4, is no class of threshold functions: .*{text}"):
        verify_threshold_classes(path)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"weights": np.ones(3, int)}, r"weights must hold integers in 2 dimension\(s\), .* got int64 of shape \(3,\)"),
        ({"weights": np.array(3)}, r"weights must hold .* of shape \(\)"),
        ({"weights": np.ones((3, 30), int)}, "weights must be a tuple of 3 to 11 integers"),
        ({"chow": np.zeros((3, 4))}, "chow must hold integers .* got float64"),
        ({"walls": np.zeros(2, int)}, r"walls must hold .*, one row per class as weights have them, .*\(2,\)"),
        ({"walls": np.full(3, 16)}, r"walls must be a tuple of integers from 0 to 3, got \(4,\)"),
        ({"walls": np.full(3, -1)}, "walls must not be negative"),
        ({"orbit_size": np.ones(3, bool)}, "orbit_size must hold integers .* got bool"),
    ],
)
def test_columns_that_are_none_are_named(tmp_path: Path, change: dict[str, np.ndarray], text: str) -> None:
    path = tmp_path / "c.npz"
    save_threshold_classes(path, 3)
    with np.load(path) as stored:
        columns = dict(stored)
    np.savez(path, **columns | change)
    with pytest.raises(ValueError, match=rf"c\.npz is no list of classes of threshold functions: .*{text}"):
        verify_threshold_classes(path)


def test_a_flipped_byte_in_an_archive_is_refused_or_without_effect(tmp_path: Path) -> None:
    path = tmp_path / "c.npz"
    save_threshold_classes(path, 3)
    listed, content = list(read_threshold_classes(path)), path.read_bytes()
    refused = 0
    for place in range(0, len(content), 3):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        try:
            assert list(read_threshold_classes(path)) == listed
        except ValueError as problem:
            assert str(path) in str(problem)
            refused += 1
    assert refused > len(content) / 6  # the rest are dates, and other fields that are not read


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.npz"
    with path.open("wb") as file:
        np.save(file, np.ones(3))
    for content in (path.read_bytes(), b"PK and no more", b""):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"c\.npz is no list of classes .* an \.npz file with weights, chow"):
            verify_threshold_classes(path)
    (tmp_path / "c.jsonl").write_bytes(b"")
    with pytest.raises(ValueError, match=r"c\.jsonl holds no classes"):
        verify_threshold_classes(tmp_path / "c.jsonl")
    with pytest.raises(ValueError, match=r"must end in .jsonl or .npz, got 'c.csv'"):
        verify_threshold_classes(tmp_path / "c.csv")


def test_lists_beyond_eight_inputs_are_refused() -> None:
    with pytest.raises(ValueError, match="beyond that use sample_threshold_classes"):
        next(class_batches(9))
