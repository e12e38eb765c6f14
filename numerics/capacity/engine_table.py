"""The search below a small cone, without copying: rays are slots of a table, cones are 64-bit sets of slots.

A child of a split owns no data but five words: its rays, its pending hyperplanes, its facets. New rays are appended to
the table and forgotten when the search returns; a full table is compacted into the next one.
"""

from typing import Any

import numpy as np
from numba import njit

from numerics.capacity.engine_kernel import (
    ALIVE,
    BALANCED,
    LIMIT,
    ONE,
    REDUCE_ABOVE,
    ZERO,
    count_plane,
    gcd,
    join,
    lowest,
    popcount,
)

TABLES = 48
FRAMES = 512
SLOTS = 64
DONE, OUT_OF_RANGE, OUTGROWN = 0, 1, 2


@njit(cache=True)
def first(count: Any) -> Any:
    """The set of the first *count* slots, 1 <= count <= 64."""
    return ~ZERO >> np.uint64(64 - count)


@njit(cache=True)
def _choose(pos: Any, neg: Any, live: Any, cols: Any, rule: Any) -> Any:
    """Pending hyperplane to split on: the most balanced, or the one with fewest (+, -) pairs; ties to the first."""
    best = -1
    chosen = 0
    while cols:
        c = lowest(cols)
        cols &= cols - ONE
        p = popcount(pos[c] & live)
        n = popcount(neg[c] & live)
        score = min(p, n) if rule == BALANCED else 4096 - p * n
        if score > best:
            best = score
            chosen = c
    return chosen


@njit(cache=True)
def _adjacent(inc: Any, a: Any, b: Any, common: Any, live: Any, used: Any, shared: Any) -> Any:
    """Whether the rays *a* and *b* span a face of dimension two: no third ray lies on all their common facets."""
    if popcount(inc[a] & used) == shared + 1 or popcount(inc[b] & used) == shared + 1:
        return True
    rest = live & ~(ONE << np.uint64(a)) & ~(ONE << np.uint64(b))
    while rest:
        if inc[lowest(rest)] & common == common:
            return False
        rest &= rest - ONE
    return True


@njit(cache=True)
def _combine(vals: Any, pos: Any, neg: Any, cols: Any, h: Any, a: Any, b: Any, to: Any) -> Any:
    """Write the ray of the (a, b) face on the hyperplane *h* into slot *to*; False if a value is out of range."""
    fa = -vals[h, b]
    fb = vals[h, a]
    g = gcd(fa, fb)
    if g > 1:
        fa //= g
        fb //= g
    bit = ONE << np.uint64(to)
    largest = np.int32(0)
    rest = cols
    while rest:
        c = lowest(rest)
        rest &= rest - ONE
        v = np.int32(fa * vals[c, a] + fb * vals[c, b])
        vals[c, to] = v
        pos[c] = pos[c] | bit if v > 0 else pos[c] & ~bit
        neg[c] = neg[c] | bit if v < 0 else neg[c] & ~bit
        largest = max(largest, abs(v))
    if largest <= REDUCE_ABOVE:
        return True
    g = np.int32(0)
    rest = cols
    while rest:
        g = gcd(abs(vals[lowest(rest), to]), g)
        rest &= rest - ONE
    rest = cols
    while rest:
        c = lowest(rest)
        rest &= rest - ONE
        vals[c, to] //= g
    return largest // g <= LIMIT


@njit(cache=True)
def _compact(dim: Any, vals: Any, pos: Any, neg: Any, inc: Any, t: Any, live: Any, cols: Any, used: Any) -> Any:
    """Copy the *live* rays of table t to the front of table t + 1; returns their number and the renumbered facets."""
    walls = (ONE << np.uint64(dim)) - ONE
    slots = 0
    rest = cols
    while rest:
        c = lowest(rest)
        rest &= rest - ONE
        pos[t + 1, c] = ZERO
        neg[t + 1, c] = ZERO
    members = live
    while members:
        k = lowest(members)
        members &= members - ONE
        bit = ONE << np.uint64(slots)
        rest = cols
        while rest:
            c = lowest(rest)
            rest &= rest - ONE
            v = vals[t, c, k]
            vals[t + 1, c, slots] = v
            pos[t + 1, c] |= bit if v > 0 else ZERO
            neg[t + 1, c] |= bit if v < 0 else ZERO
        word = inc[t, k] & (walls & used | ALIVE)
        others = used & ~walls
        place = ONE << np.uint64(dim)
        while others:
            word |= place if inc[t, k] >> np.uint64(lowest(others)) & ONE else ZERO
            others &= others - ONE
            place <<= ONE
        inc[t + 1, slots] = word
        slots += 1
    return slots, used & walls | ((ONE << np.uint64(popcount(used & ~walls))) - ONE) << np.uint64(dim)


@njit(cache=True)
def search_table(
    dim: Any, rule: Any, vals: Any, pos: Any, neg: Any, inc: Any, sets: Any, ints: Any, top: Any, hist: Any
) -> Any:
    """Count the cells below *top* frames: (cells, state, top), state DONE, OUT_OF_RANGE, or OUTGROWN.

    OUTGROWN: the frame at index *top* needs more than one table; those below it still wait.
    """
    need = dim - 2
    walls = (ONE << np.uint64(dim)) - ONE
    cells = 0
    while top > 0:
        top -= 1
        live, cols, used, taken = sets[top, 0], sets[top, 1], sets[top, 2], sets[top, 3]
        t = ints[top, 0]
        start = ints[top, 1]
        v, p, n, w = vals[t], pos[t], neg[t], inc[t]
        h = _choose(p, n, live, cols, rule)
        above = p[h] & live
        below = n[h] & live
        on = live & ~above & ~below
        free = ~taken & ~walls & ~ALIVE
        full = free == ZERO
        bit = free & (~free + ONE)
        exact = popcount(cols) > 3 or popcount(above) * popcount(below) > 60
        total = start
        rest = ZERO if full else above
        while rest and not full:
            a = lowest(rest)
            rest &= rest - ONE
            others = below
            wa = w[a] & used
            while others:
                b = lowest(others)
                others &= others - ONE
                common = wa & w[b]
                shared = popcount(common)
                if shared < need or (exact and not _adjacent(w, a, b, common, live, used, shared)):
                    continue
                if total == SLOTS:
                    full = True
                    break
                if not _combine(v, p, n, cols & ~(ONE << np.uint64(h)), h, a, b, total):
                    return cells, OUT_OF_RANGE, top
                w[total] = common | bit | ALIVE
                total += 1
        if full:
            if t + 2 > TABLES or (popcount(live) == start and popcount(used) == popcount(taken)):
                return cells, OUTGROWN, top
            slots, facets = _compact(dim, vals, pos, neg, inc, t, live, cols, used)
            sets[top, 0] = first(slots)
            sets[top, 2] = facets
            sets[top, 3] = facets
            ints[top, 0] = t + 1
            ints[top, 1] = slots
            top += 1
            continue
        # a bit may be left over from another branch, so it is cleared where the ray is off the new facet
        rest = live
        while rest:
            k = lowest(rest)
            w[k] = w[k] & ~bit | (bit if on >> np.uint64(k) & ONE else ZERO)
            rest &= rest - ONE
        on |= first(total) & ~first(start)
        for side in range(2):
            own = below if side else above
            mine = own | on
            facets = join(w, own) & used | bit
            left = ZERO
            rest = cols & ~(ONE << np.uint64(h))
            while rest:
                c = lowest(rest)
                left |= (ONE << np.uint64(c)) if p[c] & mine and n[c] & mine else ZERO
                rest &= rest - ONE
            pending = popcount(left)
            if pending > 2:
                sets[top, 0] = mine
                sets[top, 1] = left
                sets[top, 2] = facets
                sets[top, 3] = taken | bit
                ints[top, 0] = t
                ints[top, 1] = total
                top += 1
            elif pending == 0:
                hist[facets & walls] += 1
                cells += 1
            elif pending == 1:
                c = lowest(left)
                facets &= walls
                hist[join(w, p[c] & mine) & facets] += 1
                hist[join(w, n[c] & mine) & facets] += 1
                cells += 2
            else:
                c = lowest(left)
                d = lowest(left & (left - ONE))
                cells += count_plane(
                    v[c], v[d], w, p[c] & mine, n[c] & mine, p[d] & mine, n[d] & mine, facets & walls, hist
                )
    return cells, DONE, top
