"""Real data without a network: permuted digits of scikit-learn, and the text of Python's own language reference."""

from functools import cache
from typing import Any

import torch
from torch import Tensor

from numerics.gradients.tasks.problems import Task

ALPHABET = "abcdefghijklmnopqrstuvwxyz .,()_"  # the last place also stands for every other character
HELD_OUT = 0.2


@cache
def _digits() -> tuple[Tensor, Tensor]:
    from sklearn.datasets import load_digits

    found: Any = load_digits()
    return torch.tensor(found.data / 16, dtype=torch.float32), torch.tensor(found.target)


@cache
def _text() -> Tensor:
    from pydoc_data.topics import topics  # type: ignore[import-not-found,unused-ignore]

    text = " ".join(" ".join(topics[name] for name in sorted(topics)).lower().split())
    place = {letter: index for index, letter in enumerate(ALPHABET)}
    return torch.tensor([place.get(letter, len(ALPHABET) - 1) for letter in text])


def digits(*, permutation: int = 0) -> Task:
    """Classify the 1797 8x8 digits of scikit-learn, one pixel a step in one fixed random order (T = 64).

    The first four fifths train, the rest is held out. A small stand-in for permuted sequential MNIST.
    """
    images, labels = _digits()
    order = torch.randperm(64, generator=torch.Generator().manual_seed(permutation))
    cut = round(len(labels) * (1 - HELD_OUT))

    def draw(generator: torch.Generator, size: int, held_out: bool) -> tuple[Tensor, Tensor]:
        low, high = (cut, len(labels)) if held_out else (0, cut)
        chosen = torch.randint(low, high, (size,), generator=generator)
        return images[chosen][:, order].T.unsqueeze(2), labels[chosen].unsqueeze(0)

    return Task("permuted digits", 1, 10, "accuracy", draw)


def characters(length: int = 48) -> Task:
    """Predict each next character of the texts behind Python's help(), over 32 characters; bits per character.

    The last fifth is held out. The text differs a little between versions of Python.
    """
    if length < 1:
        raise ValueError(f"length must be at least 1, got {length}.")
    text = _text()
    cut = round(len(text) * (1 - HELD_OUT))

    def draw(generator: torch.Generator, size: int, held_out: bool) -> tuple[Tensor, Tensor]:
        low, high = (cut, len(text)) if held_out else (0, cut)
        starts = torch.randint(low, high - length, (size,), generator=generator)
        window = text[starts + torch.arange(length + 1).unsqueeze(1)]
        return torch.nn.functional.one_hot(window[:-1], len(ALPHABET)).float(), window[1:]

    return Task(f"characters, length {length}", len(ALPHABET), len(ALPHABET), "bits", draw)
