"""What two gates of 2 to 6 inputs compute, by halves of the cube: the second of two routes at n = 6.

A function of n inputs is a pair of functions of n - 1 inputs, its halves at x_n = +1 and -1; so is a gate. For one
upper half of each class, every lower half that goes with it is listed once, with the help of a bit for each function of
n - 1 inputs. As negating x_n exchanges the halves, only lower halves that are no more even (in ones and zeros) than the
upper one are listed, and those less even stand for two. No forms of functions of n inputs are compared.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_choice, require_int
from numerics.capacity.halves_gates import gates
from numerics.capacity.halves_kernels import Gated, Room, count_halves, fill_places
from numerics.capacity.halves_orbits import two_gate_orbits

Ints = NDArray[np.int64]
Progress = Callable[[float], None]
SETS = ("and", "or", "xnor", "and & or", "and & xnor", "or & xnor", "and & or & xnor")
MIRRORED = (1, 0, 2, 3, 5, 4, 6)  # the sets of the complements of their members


def halved_overlap_sizes(n: int) -> dict[str, int]:
    """Sizes of AND, XNOR and their intersections and unions with OR for 2 <= *n* <= 6 inputs.

    "and | or" is A(n, 2, 1), all that two gates and a third one on top compute; "and | or | xnor" is all that any
    operation on two gates computes. n = 6 takes minutes and 2 GB. Baldi & Vershynin 2022, output gating.

    >>> halved_overlap_sizes(3)["and"]
    246
    """
    return {name: sum(ones) for name, ones in halved_overlaps_by_ones(n).items()}


def halved_overlaps_by_ones(n: int, *, progress: Progress | None = None) -> dict[str, list[int]]:
    """The sets of :func:`halved_overlap_sizes`, members by number of ones; *progress* as in :func:`halved_by_ones`."""
    found = dict(zip(SETS, _tallies(require_int("n", n, 2, 6), True, True, progress), strict=True))
    either = found["and"] + found["or"] - found["and & or"]
    either_gated = found["and & xnor"] + found["or & xnor"] - found["and & or & xnor"]
    chosen = {name: found[name] for name in ("and", "xnor", "and & or")} | {
        "and | or": either,
        "and & xnor": found["and & xnor"],
        "(and | or) & xnor": either_gated,
        "and | or | xnor": either + found["xnor"] - either_gated,
    }
    return {name: ones.tolist() for name, ones in chosen.items()}


def halved_by_ones(n: int, operation: str, *, progress: Progress | None = None) -> list[int]:
    """Functions of 2 <= *n* <= 6 inputs that two gates compute, by number of ones.

    *operation*: "and", "or", "xnor", "any" of these, or "threshold", a gate on top, as in ``count_networks``.
    *progress* is called with the part of the work that is done, from 0 to 1.
    """
    operation = require_choice("operation", operation, ("and", "or", "xnor", "any", "threshold"))
    if operation == "any":
        return halved_overlaps_by_ones(n, progress=progress)["and | or | xnor"]
    found = _tallies(require_int("n", n, 2, 6), operation != "xnor", operation == "xnor", progress)
    if operation == "threshold":
        return (found[0] + found[1] - found[3]).tolist()
    return found[SETS.index(operation)].tolist()


def _tallies(n: int, with_conjunctions: bool, with_products: bool, progress: Progress | None) -> Ints:
    """Members of each of ``SETS`` by number of ones, shape (7, 2**n + 1); kept unless somebody watches."""
    if progress is None:
        return _kept(n, with_conjunctions, with_products)
    return _tally(n, with_conjunctions, with_products, progress)


@lru_cache(maxsize=4)
def _kept(n: int, with_conjunctions: bool, with_products: bool) -> Ints:
    return _tally(n, with_conjunctions, with_products, lambda part: None)


def _tally(n: int, with_conjunctions: bool, with_products: bool, progress: Progress) -> Ints:
    points, orbits, by_halves = 2 ** (n - 1), two_gate_orbits(n - 1), _gated(n)
    room = _room(points, len(by_halves.lower), 2 * int(orbits.sizes.sum()))
    totals = np.zeros((len(SETS), 2 * points + 1), np.int64)
    for k, (u, size) in enumerate(zip(orbits.tables, orbits.sizes.tolist(), strict=True)):
        progress(k / len(orbits.tables))
        counts = np.zeros((len(SETS), points + 1), np.int64)
        count_halves(u, by_halves, room, points, with_conjunctions, with_products, counts)
        ones = int(u).bit_count()
        totals[:, ones : ones + points + 1] += size * counts
    return totals + totals[list(MIRRORED), ::-1]


def warm_up() -> None:
    """Compile the kernels, before a clock starts."""
    halved_overlap_sizes(2)


def _gated(n: int) -> Gated:
    """The gates of *n* inputs by their halves."""
    points, whole, own = 2 ** (n - 1), gates(n), gates(n - 1)
    below, shift = np.uint64(2**points - 1), np.uint64(points)
    starts = np.append(np.searchsorted(whole.tables >> shift, own.tables), len(whole.tables))
    places = np.full(2 ** (len(own.tables).bit_length() + 1), -1, np.int32)
    fill_places(own.tables, places)
    lower, spare_upper, spare_lower = (
        part.astype(np.uint32) for part in (whole.tables & below, whole.spare >> shift, whole.spare & below)
    )
    return Gated(own.tables, own.spare, starts, lower, spare_upper, spare_lower, places)


def _room(points: int, gate_count: int, most: int) -> Room:
    """Places for all gates, and for all functions of two gates among what is found; no memory goes to unused ones."""
    lists = [np.empty(most + 1, np.uint32) for _ in range(3)]
    return Room(np.zeros(max(1, 2**points // 64), np.uint64), *lists, *np.empty((2, gate_count), np.uint32))
