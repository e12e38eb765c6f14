"""All products of two gates as sorted lists of canonical forms, in shares that need no more memory than is allowed.

A share holds the orbits whose hash begins with given bits. The hash of a conjunction is that of its free orbit, and of
its complement's, so that the share of the conjunctions and the share of the products of the same bits belong together.
"""

from collections.abc import Callable, Iterator
from math import gcd, lcm
from typing import NamedTuple

import numpy as np
from numba import njit

from numerics.capacity._validate import require_memory
from numerics.capacity.engine_classes import class_batches
from numerics.capacity.products_canonical import Ints, Words, frame, group_order
from numerics.capacity.products_pairs import empty_cache, free_gates, join_pairs, pinned_gates

# Words that are set aside at once, up to five inputs and at six; more memory would make nothing faster.
ROOM, ROOM_AT_SIX = 2**22, 2**29
OVERHEAD = 2**24  # recent words, tables of the group, and what is told apart at a time
Progress = Callable[[float], None]


class Share(NamedTuple):
    """Canonical forms in ascending order: *plain* ones, with orbits as large as the group, and *symmetric* ones."""

    plain: Words
    symmetric: Words


def symmetric_weights(n: int) -> Ints:
    """Integer weights of every class, equal (or zero) exactly where the function is symmetric (or does not depend)."""
    if n == 1:
        return np.array([[1, 0]])
    rows = []
    for weights, chow, _ in class_batches(n):
        for w, c in zip(weights.tolist(), chow.tolist(), strict=True):
            blocks = {value: [a for a, b in zip(w, c, strict=True) if b == value] for value in c}
            common = lcm(*(len(block) for block in blocks.values()))
            means = [common * sum(blocks[value]) // len(blocks[value]) if value else 0 for value in c]
            rows.append([m // gcd(*means) for m in means])
    return np.array(rows, np.int64)


def product_shares(
    n: int, operations: tuple[str, ...], *, max_memory: int, progress: Progress | None = None
) -> Iterator[tuple[Share, ...]]:
    """Canonical forms of all products by each of the *operations*, side by side, share by share.

    A share that does not fit is divided; one is valid until the next is asked for. *progress* is called with the part
    of the work that is done, from 0 to 1; it falls back where a share is divided.
    """
    reaches = [group_order(n + 1, pinned=operation == "and") for operation in operations]
    what = f"one share of the {' and '.join(operations)} products at n={n}"
    require_memory(sum(32 * reach for reach in reaches) + OVERHEAD, max_memory, what)
    spare, most = (max_memory - OVERHEAD) // 8 - 4 * sum(reaches), ROOM if n < 6 else ROOM_AT_SIX
    sizes = (max(4 * reach, min(4 * reach + spare // len(reaches), most)) for reach in reaches)
    buffers = [np.empty(size, np.uint64) for size in sizes]
    prefixes, yielded = [(0, 0)], 0.0
    while prefixes:
        bits, prefix = prefixes.pop()
        wanted = np.uint64(2**bits - 1), np.uint64(prefix)
        found: list[Share] = []
        size = 2.0**-bits / len(operations)
        for operation, buffer in zip(operations, buffers, strict=True):
            tell = _within(progress, yielded + size * len(found), size)
            share = fill_share(n, operation == "and", wanted, buffer, tell)
            if share is None:
                prefixes += [(bits + 1, prefix | 1 << bits), (bits + 1, prefix)]
                break
            found.append(share)
        else:
            yielded += 2.0**-bits
            yield tuple(found)


def _within(progress: Progress | None, done: float, size: float) -> Progress:
    """Tells *progress* of a piece of the work of that *size*, *done* being what is behind it."""
    return lambda part: progress(done + size * part) if progress is not None else None


def fill_share(
    n: int, pinned: bool, wanted: tuple[np.uint64, np.uint64], buffer: Words, tell: Progress
) -> Share | None:
    """The orbits whose hash under the mask *wanted*[0] is *wanted*[1], within *buffer*; None if they fill half of it.

    Plain forms grow from the front of the buffer, symmetric ones from its end.
    """
    classes = symmetric_weights(n)
    gates = pinned_gates(classes) if pinned else free_gates(classes)
    lookup, recent = frame(n + 1, pinned), empty_cache()
    reach, size = group_order(n + 1, pinned=pinned), len(buffer)
    plain, rest = 0, size
    for i, f in enumerate(gates):
        tell(1 - (1 - i / len(gates)) ** 2)
        for g in gates[i:]:
            if rest - plain < reach:
                plain, rest = _compact(buffer, plain, rest)
                if 2 * (plain + size - rest) > size:
                    return None
            made, odd = join_pairs(f, g, pinned, lookup, recent, wanted, buffer[plain:rest])
            plain, rest = plain + made, rest - odd
    plain, rest = _compact(buffer, plain, rest)
    return None if 2 * (plain + size - rest) > size else Share(buffer[:plain], buffer[rest:])


def _compact(buffer: Words, plain: int, rest: int) -> tuple[int, int]:
    """Sort both ends in place and keep each word once; returns where the plain ones end and the others begin."""
    front, back = buffer[:plain], buffer[rest:]
    front.sort()
    back.sort()
    plain, symmetric = _distinct(front), _distinct(back)
    end = len(buffer)
    buffer[end - symmetric :] = back[:symmetric].copy()
    return plain, end - symmetric


@njit(cache=True)
def _distinct(words):  # type: ignore[no-untyped-def]
    """Move the distinct ones of sorted *words* to the front; returns their number."""
    kept = 0
    for k in range(words.shape[0]):
        if k == 0 or words[k] != words[kept - 1]:
            words[kept] = words[k]
            kept += 1
    return kept
