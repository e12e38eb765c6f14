"""Classes of gated functions of five variables slice by slice and up to symmetry: the second of two routes at n = 5.

The slice of h at x_5 = +1 is itself attended by a slice of the gate. For one representative of each orbit of such
slices (four variables, 65536 tables at most) every possible other slice is marked; the orbit sizes give the count.
Megabytes instead of a set of 2**32 bits.
"""

from functools import lru_cache
from itertools import permutations, product

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity.ideals import threshold_classes
from numerics.capacity.inverse import attending_gates, kept_symmetries, orbit_labels, readings

Array = NDArray[np.int64]
N = 5
HALF = 2**16


def attended_by_ones(mechanism: str, gate_values: str, inputs: str, bias: str, synapses: int = 1) -> Array:
    """Members of the class of five inputs by number of ones; arguments as in ``count_gated``."""
    if mechanism == "output":
        kind = {"pm1": 4, "01": 1}[gate_values]
        return two_gate_by_ones(lambda flags: flags & kind != 0)
    labels, sizes, complemented = _slice_orbits(mechanism, inputs, synapses)
    if mechanism == "multiplexing":
        low, high = six_variable_slices()
    elif mechanism == "synaptic" and gate_values != inputs:
        low, high = _three_level_readings(inputs)
    else:
        low, high = readings(N, mechanism, gate_values, inputs, bias, synapses)
    pairs = np.unique(np.stack([low, high], axis=1), axis=0)
    flags = np.zeros((len(sizes), HALF), dtype=np.uint8)
    mark_slices(flags, numbered(labels), pairs, *gate_slices(attending_gates(N, mechanism, bias)), 1)
    return weighted(flags != 0, labels, sizes, complemented)


def networks_by_ones(operation: str) -> Array:
    """Functions of five inputs that two gates compute, by number of ones; *operation* as in ``count_networks``."""
    kinds = {"and": 1, "or": 2, "xnor": 4, "threshold": 3, "any": 7}[operation]
    return two_gate_by_ones(lambda flags: flags & kinds != 0)


def count_upper_slices() -> int:
    """Distinct slices at x_5 = 1 of the unit of five inputs with its last synapse gated, -1/+1 values."""
    low, high = readings(N, "synaptic", "pm1", "pm1", "ungated")
    members = np.zeros(HALF, dtype=np.bool_)
    gates = np.unique(attending_gates(N, "synaptic", "ungated") >> 16)
    for pair in np.unique(np.stack([low >> 16, high >> 16], axis=1), axis=0):
        members[pair[0] ^ (gates & (pair[0] ^ pair[1]))] = True
    return int(members.sum())


def two_gate_by_ones(select: object) -> Array:
    """Tables f op g by number of ones, for those whose flags (1 AND, 2 OR, 4 XNOR) *select* accepts."""
    flags, labels, sizes = two_gate_flags()
    # conjunctions are not closed under negation, so the orbits here are those of the cube alone
    return weighted(select(flags), labels, sizes, np.zeros(len(sizes), dtype=np.bool_))  # type: ignore[operator]


def count_included_conjunctions() -> int:
    """Conjunctions of two gates of five inputs that are also XNORs of two gates."""
    flags, _, sizes = two_gate_flags((1, 4))
    return int((flags == 5).sum(axis=1) @ sizes)


def count_gate_slices(gate_values: str) -> int:
    """Products of two gates of five inputs both of whose slices at x_5 are threshold functions; "pm1" or "01"."""
    flags, labels, sizes = two_gate_flags((1, 4))
    gates = attending_gates(N - 1, "output", "ungated")
    upper = np.isin(np.unique(labels), gates)
    return int((flags[np.ix_(upper, gates)] & {"pm1": 4, "01": 1}[gate_values] != 0).sum(axis=1) @ sizes[upper])


def two_gate_sizes() -> dict[str, int]:
    """Sizes at n = 5 of AND, XNOR, and their intersections and unions with OR."""
    flags, _, sizes = two_gate_flags()
    holds = {
        "and": flags & 1 != 0,
        "xnor": flags & 4 != 0,
        "and & or": flags & 3 == 3,
        "and | or": flags & 3 != 0,
        "and & xnor": flags & 5 == 5,
        "(and | or) & xnor": (flags & 3 != 0) & (flags & 4 != 0),
        "and | or | xnor": flags != 0,
    }
    return {name: int(rows.sum(axis=1) @ sizes) for name, rows in holds.items()}


@lru_cache(maxsize=1)
def two_gate_flags(kinds: tuple[int, ...] = (1, 2, 4)) -> tuple[NDArray[np.uint8], Array, Array]:
    """For each representative upper slice and every lower slice: 1 if a conjunction, 2 if a disjunction, 4 if XNOR."""
    labels = orbit_labels(4, (range(4),), (0, 1, 2, 3), False)
    sizes = np.unique(labels, return_counts=True)[1]
    flags = np.zeros((len(sizes), HALF), dtype=np.uint8)
    tables = attending_gates(N, "output", "ungated")
    everything, nothing = np.full_like(tables, 2**32 - 1), np.zeros_like(tables)
    numbers, gates = numbered(labels), gate_slices(tables)
    readings_of = {1: (nothing, tables), 2: (tables, everything), 4: (everything ^ tables, tables)}
    for flag in kinds:
        pair = readings_of[flag]
        mark_slices(flags, numbers, np.stack(pair, axis=1), *gates, flag)
    return flags, labels, sizes


def _slice_orbits(mechanism: str, inputs: str, synapses: int) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Orbit labels of four-variable tables under what keeps the class and the last input, and negation; orbit sizes;
    whether negation doubles the orbit."""
    blocks, negated = kept_symmetries(N, mechanism, inputs, synapses)
    inner = tuple(range(b.start, min(b.stop, N - 1)) for b in blocks)
    kept = tuple(i for i in negated if i < N - 1)
    labels = orbit_labels(4, inner, kept, True)
    plain = orbit_labels(4, inner, kept, False)
    representatives, sizes = np.unique(labels, return_counts=True)
    without = {int(t): int(c) for t, c in zip(*np.unique(plain, return_counts=True), strict=True)}
    doubled = np.array([without[int(plain[r])] < s for r, s in zip(representatives, sizes, strict=True)])
    return labels, sizes, doubled


def numbered(labels: Array) -> Array:
    """The number of its orbit for every representative table, -1 for the others."""
    numbers = np.full(HALF, -1, dtype=np.int64)
    representatives = np.unique(labels)
    numbers[representatives] = np.arange(len(representatives))
    return numbers


def gate_slices(tables: Array) -> tuple[Array, Array, Array]:
    """Distinct upper slices of the gates, where each one's lower slices start, and the lower slices."""
    ordered = np.unique((tables >> 16) << 16 | tables & HALF - 1)
    upper, starts = np.unique(ordered >> 16, return_index=True)
    return upper, np.append(starts, len(ordered)), ordered & HALF - 1


def weighted(members: NDArray[np.bool_], labels: Array, sizes: Array, doubled: NDArray[np.bool_]) -> Array:
    """Counts by number of ones, each representative standing for its orbit."""
    totals = np.zeros(2**N + 1, dtype=np.int64)
    for row, upper, size, twice in zip(members, np.unique(labels), sizes, doubled, strict=True):
        below = np.bincount(np.bitwise_count(np.flatnonzero(row)), minlength=17)
        counts = np.zeros_like(totals)
        counts[int(upper).bit_count() : int(upper).bit_count() + 17] = below
        totals += (counts + counts[::-1]) * (size // 2) if twice else counts * size
    return totals


def six_variable_slices() -> tuple[Array, Array]:
    """Threshold functions of six inputs as slices at the last one, low <= high, from the signed class weights."""
    points = np.array(list(product((-1, 1), repeat=5)))[:, ::-1]
    powers = 1 << np.arange(32, dtype=np.int64)
    found = []
    for weights in threshold_classes(6):
        arranged = np.array(sorted(set(permutations(weights))), dtype=np.float32)
        for signs in product(
            (1, -1), repeat=5
        ):  # the sixth input's weight stays >= 0: its sign swaps gate and not gate
            base = arranged[:, :1] * 1.0
            inner = (arranged[:, 1:6] * np.array(signs, dtype=np.float32)) @ points.T.astype(np.float32)
            for sign in (1, -1):
                value = inner + sign * base
                low = (value - arranged[:, 6:] > 0) @ powers
                high = (value + arranged[:, 6:] > 0) @ powers
                found.append(np.unique(low << 32 | high))
    both = np.unique(np.concatenate(found).view(np.uint64))
    return (both >> np.uint64(32)).astype(np.int64), (both & np.uint64(2**32 - 1)).astype(np.int64)


def count_three_levels() -> int:
    """Gates of four inputs -1/+1 and one input -1/0/+1."""
    return len(np.unique(np.stack(_three_level_readings("pm1"), axis=1), axis=0))


def _three_level_readings(inputs: str) -> tuple[Array, Array]:
    """Both readings where the last signal is -1, 0 or 1: the mean of two inputs that a gate treats alike."""
    low, high = six_variable_slices()
    alike = low >> 16 == high & HALF - 1
    minus, zero, plus = low[alike] & HALF - 1, low[alike] >> 16, high[alike] >> 16
    minus, zero, plus = np.append(minus, plus), np.append(zero, zero), np.append(plus, minus)  # and weights below 0
    if inputs == "pm1":
        return zero | zero << 16, minus | plus << 16
    return zero | minus << 16, zero | plus << 16


@njit(cache=True)
def mark_slices(flags, numbers, pairs, upper, starts, lower, flag):  # type: ignore[no-untyped-def]
    """Where a gated upper slice is a representative, flag every lower slice that goes with it."""
    for i in range(pairs.shape[0]):
        low, high = pairs[i, 0], pairs[i, 1]
        low_up, low_down = low >> 16, low & 65535
        change_up, change_down = low_up ^ (high >> 16), low_down ^ (high & 65535)
        for k in range(upper.shape[0]):
            number = numbers[low_up ^ (upper[k] & change_up)]
            if number >= 0:
                for j in range(starts[k], starts[k + 1]):
                    flags[number, low_down ^ (lower[j] & change_down)] |= flag


def warm_up() -> None:
    """Compile the kernel, before a clock starts."""
    single = np.zeros(1, dtype=np.int64)
    mark_slices(
        np.zeros((1, HALF), dtype=np.uint8),
        np.zeros(HALF, dtype=np.int64),
        np.zeros((1, 2), dtype=np.int64),
        single,
        np.array([0, 1]),
        single,
        1,
    )
