"""The search from the root: cones of any size, two words of facets, and the choice of one task.

Large cones are split here; as soon as a cone fits into a table (64 rays, 64 hyperplanes) it is counted there.
"""

from typing import Any

import numpy as np
from numba import njit

from numerics.capacity.engine_kernel import ALIVE, BALANCED, LIMIT, ONE, REDUCE_ABOVE, ZERO, gcd, lowest, popcount
from numerics.capacity.engine_table import DONE, OUT_OF_RANGE, SLOTS, first, search_table

OK, VALUE_TOO_LARGE, TOO_MANY_FACETS, ARENA_FULL = 0, 1, 2, 3
# A table is entered with room for new rays to spare.
ENTER = 48


@njit(cache=True)
def _choose(vals: Any, start: Any, rays: Any, pending: Any, stride: Any, rule: Any) -> Any:
    """As in a table: the most balanced hyperplane, or the one with the fewest pairs; ties go to the first."""
    best = -1
    chosen = 0
    for c in range(pending):
        p = 0
        n = 0
        for r in range(rays):
            p += vals[start + r * stride + c] > 0
            n += vals[start + r * stride + c] < 0
        score = min(p, n) if rule == BALANCED else (1 << 40) - p * n
        if score > best:
            best = score
            chosen = c
    return chosen


@njit(cache=True)
def _adjacent(
    lo: Any, hi: Any, at: Any, rays: Any, a: Any, b: Any, clo: Any, chi: Any, shared: Any
) -> Any:  # fmt: skip
    """Whether no third ray lies on the facets that rays *a* and *b* share.

    A ray on just one facet more lies on dim - 1 of them: any two-face at such a simple ray is cut out by dim - 2.
    """
    if popcount(lo[a]) + popcount(hi[a]) == shared + 1 or popcount(lo[b]) + popcount(hi[b]) == shared + 1:
        return True
    holders = 0
    for k in range(at, at + rays):
        holders += (lo[k] & clo) == clo and (hi[k] & chi) == chi
    return holders == 2


@njit(cache=True)
def _combine(vals: Any, a: Any, b: Any, h: Any, to: Any, stride: Any) -> Any:
    """Write the ray on hyperplane *h* between the rays at *a* and *b* to *to*; False if a value is out of range."""
    fa = -vals[b + h]
    fb = vals[a + h]
    g = gcd(fa, fb)
    fa //= g
    fb //= g
    largest = np.int32(0)
    for c in range(stride):
        v = np.int32(fa * vals[a + c] + fb * vals[b + c])
        vals[to + c] = v
        largest = max(largest, abs(v))
    if largest <= REDUCE_ABOVE:
        return True
    g = np.int32(0)
    for c in range(to, to + stride):
        g = gcd(abs(vals[c]), g)
    for c in range(to, to + stride):
        vals[c] //= g
    return largest // g <= LIMIT


@njit(cache=True)
def fits_a_table(dim: Any, rays: Any, pending: Any, used_lo: Any, used_hi: Any) -> Any:
    """Whether a table has room: facets follow the walls, below the bit of what is alive, and one more finds a place."""
    walls = (ONE << np.uint64(dim)) - ONE
    return rays <= ENTER and pending <= SLOTS and dim + popcount(used_lo & ~walls) + popcount(used_hi) < 63


@njit(cache=True)
def _fill_table(
    dim: Any, vals: Any, lo: Any, hi: Any, ov: Any, at: Any, rays: Any, pending: Any, used_lo: Any, used_hi: Any,
    tv: Any, tp: Any, tn: Any, tw: Any,
) -> Any:  # fmt: skip
    """Copy a cone into a table, its facets numbered anew behind the walls; returns the facets in use."""
    walls = (ONE << np.uint64(dim)) - ONE
    for c in range(pending):
        tp[c] = ZERO
        tn[c] = ZERO
        for r in range(rays):
            v = vals[ov + r * pending + c]
            tv[c, r] = v
            tp[c] |= (ONE << np.uint64(r)) if v > 0 else ZERO
            tn[c] |= (ONE << np.uint64(r)) if v < 0 else ZERO
    for r in range(rays):
        tw[r] = lo[at + r] & used_lo & walls | ALIVE
    facets = used_lo & walls
    place = ONE << np.uint64(dim)
    for word in range(2):
        rest = used_hi if word else used_lo & ~walls
        while rest:
            shift = np.uint64(lowest(rest))
            rest &= rest - ONE
            for r in range(rays):
                have = hi[at + r] if word else lo[at + r]
                tw[r] |= place if have >> shift & ONE else ZERO
            facets |= place
            place <<= ONE
    return facets


@njit(cache=True)
def split(
    dim: Any, rule: Any, extra: Any, sides: Any, vals: Any, lo: Any, hi: Any, nodes: Any, used: Any, index: Any,
    signs: Any, cols: Any, top: Any,
) -> Any:  # fmt: skip
    """Replace node *top* by its children (1: the positive side, 2: the negative one, 3: both); (state, new top).

    Ray r of a node has its values on the pending hyperplanes, then *extra* further ones, at
    ov + r * (pending + extra), and its facets in lo, hi. A row of *nodes*: ov, first ray, rays, pending, level,
    whether it outgrew a table.
    """
    ov, at, rays, pending = nodes[top, 0], nodes[top, 1], nodes[top, 2], nodes[top, 3]
    level = nodes[top, 4]
    used_lo, used_hi = used[top, 0], used[top, 1]
    stride = pending + extra
    walls = (ONE << np.uint64(dim)) - ONE
    h = _choose(vals, ov, rays, pending, stride, rule)
    above, below, on = 0, 0, 0
    for r in range(rays):
        v = vals[ov + r * stride + h]
        if v > 0:
            index[0, above] = r
            above += 1
        elif v < 0:
            index[1, below] = r
            below += 1
        else:
            index[2, on] = r
            on += 1
    # a free bit for the new facet; the walls' bits are theirs for ever
    bit_hi = ZERO
    free = ~used_lo & ~walls & ~ALIVE
    bit_lo = free & (~free + ONE)
    if not bit_lo:
        bit_hi = ~used_hi & (used_hi + ONE)
        if not bit_hi:
            return TOO_MANY_FACETS, top
    made = 0
    nv = ov + rays * stride
    # with one hyperplane left and nothing else to carry, the cells need no new rays
    for i in range(above if pending + extra > 1 else 0):
        a = at + index[0, i]
        for j in range(below):
            b = at + index[1, j]
            clo = lo[a] & lo[b]
            chi = hi[a] & hi[b]
            shared = popcount(clo) + popcount(chi)
            if shared < dim - 2 or not _adjacent(lo, hi, at, rays, a, b, clo, chi, shared):
                continue
            to = nv + made * stride
            if at + rays + made >= lo.shape[0] or to + stride > vals.shape[0] or on >= index.shape[1]:
                return ARENA_FULL, top
            if not _combine(vals, ov + index[0, i] * stride, ov + index[1, j] * stride, h, to, stride):
                return VALUE_TOO_LARGE, top
            lo[at + rays + made] = clo
            hi[at + rays + made] = chi
            index[2, on] = rays + made
            on += 1
            made += 1
    end_v = nv + made * stride
    end_r = at + rays + made
    for side in range(2):
        if not (sides >> side) & 1:
            continue
        own = below if side else above
        keep_lo = ZERO
        keep_hi = ZERO
        for i in range(own):
            keep_lo |= lo[at + index[side, i]]
            keep_hi |= hi[at + index[side, i]]
        keep_lo = keep_lo & used_lo | bit_lo
        keep_hi = keep_hi & used_hi | bit_hi
        signs[0, :pending] = 0
        signs[1, :pending] = 0
        for i in range(own + on):
            r = index[side, i] if i < own else index[2, i - own]
            for c in range(pending):
                v = vals[ov + r * stride + c]
                signs[0, c] |= v
                signs[1, c] |= -v
        left = 0
        for c in range(pending):
            if signs[0, c] < 0 and signs[1, c] < 0:
                cols[left] = c
                left += 1
        wide = left + extra
        for c in range(extra):
            cols[left + c] = pending + c
        n = own + on
        if end_v + n * wide > vals.shape[0] or end_r + n > lo.shape[0] or top + 1 >= nodes.shape[0]:
            return ARENA_FULL, top
        nodes[top, 0], nodes[top, 1], nodes[top, 2], nodes[top, 3] = end_v, end_r, n, left
        nodes[top, 4] = level + 1
        nodes[top, 5] = 0
        used[top, 0] = keep_lo
        used[top, 1] = keep_hi
        top += 1
        for i in range(n):
            r = index[side, i] if i < own else index[2, i - own]
            for c in range(wide):
                vals[end_v + c] = vals[ov + r * stride + cols[c]]
            end_v += wide
            lo[end_r] = lo[at + r] & keep_lo | (ZERO if i < own else bit_lo)
            hi[end_r] = hi[at + r] & keep_hi | (ZERO if i < own else bit_hi)
            end_r += 1
    return OK, top


@njit(cache=True)
def _leave_table(
    vals: Any, lo: Any, hi: Any, nodes: Any, used: Any, tv: Any, tw: Any, sets: Any, ints: Any, frame: Any,
    top: Any, ov: Any, at: Any, level: Any,
) -> Any:  # fmt: skip
    """Make the cone of a table's *frame* node *top* again; returns the number of its rays, 0 for want of room."""
    t = ints[frame, 0]
    members, pending, facets = sets[frame, 0], sets[frame, 1], sets[frame, 2]
    left = popcount(pending)
    if top >= nodes.shape[0] or ov + SLOTS * left > vals.shape[0] or at + SLOTS > lo.shape[0]:
        return 0
    n = 0
    to = ov
    while members:
        k = lowest(members)
        members &= members - ONE
        rest = pending
        while rest:
            vals[to] = tv[t, lowest(rest), k]
            rest &= rest - ONE
            to += 1
        lo[at + n] = tw[t, k] & facets
        hi[at + n] = ZERO
        n += 1
    nodes[top, 0], nodes[top, 1], nodes[top, 2], nodes[top, 3], nodes[top, 4], nodes[top, 5] = ov, at, n, left, level, 1
    used[top, 0] = facets
    used[top, 1] = ZERO
    return n


@njit(cache=True, nogil=True)
def explore(
    dim: Any, rule: Any, below: Any, depth: Any, path: Any, vals: Any, lo: Any, hi: Any, nodes: Any, used: Any,
    index: Any, signs: Any, cols: Any, tv: Any, tp: Any, tn: Any, tw: Any, sets: Any, ints: Any, top: Any, hist: Any,
) -> Any:  # fmt: skip
    """Add the cells of *top* nodes to *hist*, by wall set; of each only one *path* of *depth* binary choices.

    *rule* chooses the hyperplanes of the path and so the cone that it leads to, *below* those that cut this cone.
    Returns (state, cells). A cell reached before *depth* choices belongs to the path whose further choices are all 0.
    """
    walls = (ONE << np.uint64(dim)) - ONE
    cells = 0
    while top > 0:
        top -= 1
        ov, at, rays, pending = nodes[top, 0], nodes[top, 1], nodes[top, 2], nodes[top, 3]
        level = nodes[top, 4]
        if pending == 0:
            if level >= depth or path >> level == 0:
                hist[used[top, 0] & walls] += 1
                cells += 1
            continue
        small = fits_a_table(dim, rays, pending, used[top, 0], used[top, 1])
        if level < depth or nodes[top, 5] or not small:
            sides = 3 if level >= depth else 1 + ((path >> level) & 1)
            order = below if level >= depth else rule
            state, top = split(dim, order, 0, sides, vals, lo, hi, nodes, used, index, signs, cols, top)
            if state != OK:
                return state, cells
            continue
        sets[0, 2] = _fill_table(
            dim, vals, lo, hi, ov, at, rays, pending, used[top, 0], used[top, 1], tv[0], tp[0], tn[0], tw[0]
        )
        sets[0, 0], sets[0, 1], sets[0, 3] = first(rays), first(pending), sets[0, 2]
        ints[0, 0], ints[0, 1] = 0, rays
        waiting = 1
        while waiting:
            found, state, waiting = search_table(dim, below, tv, tp, tn, tw, sets, ints, waiting, hist)
            cells += found
            if state == DONE:
                break
            if state == OUT_OF_RANGE:
                return VALUE_TOO_LARGE, cells
            n = _leave_table(vals, lo, hi, nodes, used, tv, tw, sets, ints, waiting, top, ov, at, level)
            if n == 0:
                return ARENA_FULL, cells
            ov += n * nodes[top, 3]
            at += n
            top += 1
    return OK, cells
