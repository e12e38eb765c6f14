"""Three threshold units of five inputs under one output gate, slice by slice and function by function.

The second of two routes. A function of five inputs is a pair of slices at the last input. Conjunctions of a unit and a
two-unit function, and their complements, are marked for one upper slice of each class (222) and every lower slice.
Joining the pairs that one symmetry of five inputs exchanges leaves 616126 classes; those without a mark are asked for
three units of which no two err at one point, the majority.
"""

from functools import lru_cache
from itertools import permutations, product
from typing import NamedTuple

import numpy as np
from numba import njit, uint64
from numpy.typing import NDArray

from numerics.capacity.ideals import listed_tables
from numerics.capacity.inverse import orbit_labels
from numerics.capacity.slices import HALF, gate_slices, mark_slices, numbered, six_variable_slices, weighted

Array = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Slices(NamedTuple):
    """Upper slices up to symmetry: ``labels`` and ``rows`` (number of the class) of every table of four variables.

    ``images[g, t]`` is table t under symmetry g; ``chosen[t]`` takes t to its label.
    """

    labels: Array
    rows: NDArray[np.int32]
    images: NDArray[np.uint16]
    chosen: NDArray[np.int32]


@lru_cache(maxsize=1)
def slices() -> Slices:
    """Classes of upper slices under the symmetries of four inputs and negation, and the symmetries themselves."""
    labels = orbit_labels(4, (range(4),), (0, 1, 2, 3), True)
    tables = np.arange(HALF)
    images: list[NDArray[np.uint16]] = []
    chosen = np.full(HALF, -1, dtype=np.int32)
    for order, signs, negated in product(permutations(range(4)), range(16), (0, HALF - 1)):
        image = np.full(HALF, negated)
        for x in range(16):
            image ^= (tables >> (sum((x >> order[i] & 1) << i for i in range(4)) ^ signs) & 1) << x
        chosen[image == labels] = len(images)
        images.append(image.astype(np.uint16))
    return Slices(labels, np.unique(labels, return_inverse=True)[1].astype(np.int32), np.array(images), chosen)


@lru_cache(maxsize=1)
def joined() -> NDArray[np.int32]:
    """The class of five-input functions that every pair (upper slice's class, lower slice) belongs to, as a number."""
    uppers, rows, images, chosen = np.unique(slices().labels), *slices()[1:]
    parents = np.arange(len(uppers) * HALF, dtype=np.int32)
    _join(parents, uppers, rows, images, chosen)
    return np.unique(parents, return_inverse=True)[1].astype(np.int32)


@lru_cache(maxsize=1)
def three_unit_flags() -> Flags:
    """For each representative upper slice and every lower slice: whether three units compute the function."""
    tables = listed_tables(5)
    everything = np.full_like(tables, 2**32 - 1)
    pairs = _flags(np.stack([0 * tables, tables], axis=1)) | _flags(np.stack([tables, everything], axis=1))
    uppers, rows, images, chosen = np.unique(slices().labels), *slices()[1:]
    found = np.zeros((2, len(uppers), HALF // 64), dtype=np.uint64)
    table = _lower_slices(pairs, rows, images, chosen)
    for kind, targets in enumerate((uppers, HALF - 1 - uppers)):
        _mark_conjunctions(found[kind], targets, *gate_slices(tables), table)
    del table
    low, high = np.unpackbits(found.view(np.uint8), axis=2, bitorder="little").astype(np.bool_)
    marked = low | high[:, ::-1]
    names = joined()
    known = np.zeros(names.max() + 1, dtype=np.bool_)
    known[names[marked.ravel()]] = True
    places = np.unique(names, return_index=True)[1]
    asked = np.flatnonzero(~known)
    known[asked] = _are_majorities(uppers[places[asked] // HALF] << 16 | places[asked] % HALF, tables, facets(tables))
    return known[names].reshape(marked.shape)


def three_units_by_ones() -> Array:
    """Members of A(5, 3, 1) by number of ones."""
    labels = slices().labels
    sizes = np.unique(labels, return_counts=True)[1]
    plain = orbit_labels(4, (range(4),), (0, 1, 2, 3), False)
    doubled = plain[np.unique(labels)] != plain[HALF - 1 - np.unique(labels)]
    return weighted(three_unit_flags(), labels, sizes, doubled)


def three_unit_overlaps() -> dict[str, int]:
    """Products of two gates that three units do not compute, and multiplexed functions that they do, five inputs."""
    tables, sizes = listed_tables(5), np.unique(slices().labels, return_counts=True)[1]
    products = _flags(np.stack([2**32 - 1 - tables, tables], axis=1))
    beyond = (products & ~three_unit_flags()).sum(axis=1) @ sizes
    within = (_flags(np.stack(six_variable_slices(), axis=1)) & three_unit_flags()).sum(axis=1) @ sizes
    return {"xnor - three units": int(beyond), "multiplexed & three units": int(within)}


def facets(tables: Array) -> Array:
    """For every table of the sorted list, the points at which alone another table of the list differs from it."""
    found = np.zeros_like(tables)
    for x in range(32):
        found |= np.isin(tables ^ 1 << x, tables).astype(np.int64) << x
    return found


def _flags(pairs: Array) -> Flags:
    """Functions that some pair of readings and some gate give."""
    flags = np.zeros((len(np.unique(slices().labels)), HALF), dtype=np.uint8)
    mark_slices(flags, numbered(slices().labels), np.unique(pairs, axis=0), *gate_slices(listed_tables(5)), 1)
    return flags != 0


# positions in a word of 64 bits whose number has a 0 at each place
_LOW = np.array([sum(1 << b for b in range(64) if not b >> p & 1) for p in range(6)], dtype=np.uint64)
# tables of four variables whose bits are set where input i is +1
_HIGH = np.array([sum(1 << x for x in range(16) if x >> i & 1) for i in range(4)])


@njit(cache=True)
def _root(parents, node):  # type: ignore[no-untyped-def]
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node


@njit(cache=True)
def _join(parents, uppers, rows, images, chosen):  # type: ignore[no-untyped-def]
    """Join pairs of slices that a symmetry keeping the upper one, x_5 negated, or x_5 and another exchanged, swaps."""
    for r in range(uppers.shape[0]):
        upper = uppers[r]
        for g in range(-5, images.shape[0]):
            if g >= 0 and images[g, upper] != upper:
                continue
            for lower in range(HALF):
                if g >= 0:
                    other = r * HALF + images[g, lower]
                else:
                    new_upper, new_lower = lower, upper
                    if g > -5:
                        size, high = 1 << g + 4, _HIGH[g + 4]
                        new_upper = (lower & high) >> size | upper & high
                        new_lower = lower & ~high | (upper & ~high) << size
                    other = rows[new_upper] * HALF + images[chosen[new_upper], new_lower]
                a, b = _root(parents, r * HALF + lower), _root(parents, other)
                parents[max(a, b)] = min(a, b)
    for node in range(parents.shape[0]):
        parents[node] = _root(parents, node)


@njit(cache=True)
def _lower_slices(pairs, rows, images, chosen):  # type: ignore[no-untyped-def]
    """For every upper slice the flagged lower slices, as rows of bits (512 MiB)."""
    table = np.zeros((HALF, HALF // 64), dtype=np.uint64)
    for upper in range(HALF):
        row, symmetry = pairs[rows[upper]], images[chosen[upper]]
        for lower in range(HALF):
            if row[symmetry[lower]]:
                table[upper, lower >> 6] |= uint64(1) << uint64(lower & 63)
    return table


@njit(cache=True)
def _mark_conjunctions(found, targets, upper, starts, lower, table):  # type: ignore[no-untyped-def]
    """Mark the lower slices of t & k, t a gate, k in *table*, for every upper slice that is a target."""
    joined = np.zeros(table.shape[1], dtype=np.uint64)
    for r in range(targets.shape[0]):
        target = targets[r]
        for t in range(upper.shape[0]):
            if upper[t] & target != target:
                continue
            free = part = HALF - 1 ^ upper[t]
            joined[:] = table[target]
            while part:  # k may be anything where t is 0
                joined |= table[target | part]
                part = (part - 1) & free
            for gate in lower[starts[t] : starts[t + 1]]:
                for i in range(joined.shape[0]):
                    word = joined[i]
                    if word:
                        for power in range(6):  # where the gate's bit is 0, two halves of the word fall together
                            if not gate >> power & 1:
                                word = (word | (word >> uint64(1 << power))) & _LOW[power]
                        found[r, i & (gate >> 6)] |= word


@njit(cache=True)
def _are_majorities(functions, gates, facets):  # type: ignore[no-untyped-def]
    """Which functions are majorities of three gates: sets of points at which they err, no two of them meeting.

    Only smallest sets matter. One contains another exactly if a facet of its gate is among its points: the segment
    between the two gates' weights first crosses such a point.
    """
    found = np.zeros(functions.shape[0], dtype=np.bool_)
    errors, apart = np.empty(gates.shape[0], dtype=np.int64), np.empty(gates.shape[0], dtype=np.int64)
    for f in range(functions.shape[0]):
        count = 0
        for g in range(gates.shape[0]):
            error = gates[g] ^ functions[f]
            if facets[g] & error == 0:
                errors[count] = error
                count += 1
        for i in range(count):
            near = 0
            for j in range(i + 1, count):
                if errors[i] & errors[j] == 0:
                    for k in range(near):
                        if apart[k] & errors[j] == 0:
                            found[f] = True
                            break
                    apart[near] = errors[j]
                    near += 1
                    if found[f]:
                        break
            if found[f]:
                break
    return found
