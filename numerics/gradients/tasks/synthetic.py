"""Synthetic tasks on memory: copy, denoise, adding (Hochreiter and Schmidhuber 1997; Arjovsky et al. 2016)."""

import torch
from torch import Tensor

from numerics.gradients.tasks.problems import Task


def _check(name: str, value: int, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be an int, got {value!r}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {name}={value}.")


def copying(delay: int, *, count: int = 2, symbols: int = 8) -> Task:
    """Repeat the first *count* symbols after *delay* more steps, the last of which is a marker; T = delay + 2 count.

    Inputs are one-hot: the symbols, a blank, the marker. Chance level 1/symbols.
    """
    _check("delay", delay, 1)
    _check("count", count, 1)
    _check("symbols", symbols, 2)

    def draw(generator: torch.Generator, size: int, held_out: bool) -> tuple[Tensor, Tensor]:
        shown = torch.randint(symbols, (count, size), generator=generator)
        sequence = torch.full((delay + 2 * count, size), symbols)
        sequence[:count] = shown
        sequence[count + delay - 1] = symbols + 1
        return torch.nn.functional.one_hot(sequence, symbols + 2).float(), shown

    return Task(f"copy, delay {delay}", symbols + 2, symbols, "accuracy", draw)


def denoising(length: int, *, count: int = 2, symbols: int = 8) -> Task:
    """Repeat, after a marker, the *count* symbols met at random positions among *length* blank steps, in order.

    T = length + 1 + count. Where the symbols stand is not known beforehand, so that a net that keeps its first states
    has not kept them. Chance level 1/symbols.
    """
    _check("count", count, 1)
    _check("length", length, count)
    _check("symbols", symbols, 2)

    def draw(generator: torch.Generator, size: int, held_out: bool) -> tuple[Tensor, Tensor]:
        shown = torch.randint(symbols, (count, size), generator=generator)
        places = torch.rand(length, size, generator=generator).topk(count, 0).indices.sort(0).values
        sequence = torch.full((length + 1 + count, size), symbols)
        sequence.scatter_(0, places, shown)
        sequence[length] = symbols + 1
        return torch.nn.functional.one_hot(sequence, symbols + 2).float(), shown

    return Task(f"denoise, length {length}", symbols + 2, symbols, "accuracy", draw)


def adding(length: int) -> Task:
    """The sum of two marked numbers of a sequence uniform on [0, 1], one in each half; always answering 1 errs 1/6."""
    _check("length", length, 2)

    def draw(generator: torch.Generator, size: int, held_out: bool) -> tuple[Tensor, Tensor]:
        numbers, marks = torch.rand(length, size, generator=generator), torch.zeros(length, size)
        half = length // 2
        for low, high in ((0, half), (half, length)):
            marks.scatter_(0, torch.randint(low, high, (1, size), generator=generator), 1.0)
        return torch.stack((numbers, marks), 2), (numbers * marks).sum(0, keepdim=True)

    return Task(f"adding, length {length}", 2, 1, "squared error", draw)
