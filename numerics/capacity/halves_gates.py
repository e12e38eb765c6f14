"""All gates of up to six inputs as words of bits, with the points that each could do without, from integer weights."""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from numerics.capacity.ideals import threshold_classes
from numerics.capacity.symmetries import Words, images, steps


class Gates(NamedTuple):
    """All gates in ascending order, and for each one the points that a gate with one point less leaves out."""

    tables: Words
    spare: Words


@lru_cache(maxsize=4)
def gates(n: int) -> Gates:
    """The threshold functions of 1 <= *n* <= 6 inputs (n = 6: 240 MB), each class walked through its symmetries."""
    parts: dict[int, tuple[int, Words, NDArray[np.intp]]] = {}
    for word in _class_words(n):
        tables, first = np.unique(images(np.uint64(word), *steps(n)), return_index=True)
        parts[int(tables[0])] = word, tables, first
    every = np.concatenate([tables for _, tables, _ in parts.values()])
    order = np.argsort(every)
    every = every[order]
    spare = []
    for word, _, first in parts.values():
        less = np.array([word ^ 1 << x for x in range(2**n) if word >> x & 1], dtype=np.uint64)
        at = np.minimum(np.searchsorted(every, less), len(every) - 1)
        droppable = np.bitwise_or.reduce(less[every[at] == less] ^ np.uint64(word))
        spare.append(images(droppable, *steps(n))[first])
    return Gates(every, np.concatenate(spare)[order])


def _class_words(n: int) -> list[int]:
    """One gate at least of each class under the symmetries of the cube: any weight of a self-dual gate is the bias."""
    cube = np.array(list(product((-1, 1), repeat=n)), dtype=np.int64)[:, ::-1]
    words = set()
    for weights in threshold_classes(n):
        for place, bias in enumerate(weights):
            activation = cube @ np.array(weights[:place] + weights[place + 1 :], dtype=np.int64)
            for signed in (bias, -bias):
                words.add(sum(1 << int(x) for x in np.flatnonzero(activation + signed > 0)))
    return sorted(words)
