"""Word-level parts of the counting search: sets as bits, cells of a cone cut by at most two hyperplanes."""

from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

ZERO = np.uint64(0)
ONE = np.uint64(1)
# Set in the facet word of every ray and never a facet: it tells "met nowhere" from "met on no wall".
ALIVE = np.uint64(1 << 63)
BALANCED, FEWEST_PAIRS = 0, 1
# Values are divided by their common divisor as soon as one exceeds REDUCE_ABOVE. A value on a primitive ray is at most
# dim * (largest entry), about 1200 at dim = 11, so a correct run never meets LIMIT, and 2 * LIMIT**2 fits 32 bits.
REDUCE_ABOVE = 2000
LIMIT = 20000


@intrinsic
def popcount(typing_context: Any, word: Any) -> Any:
    """Number of ones of a 64-bit word."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return types.int64(types.uint64), generate


@intrinsic
def lowest(typing_context: Any, word: Any) -> Any:
    """Index of the lowest one of a non-zero 64-bit word."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], context.get_constant(types.boolean, True))

    return types.int64(types.uint64), generate


@njit(cache=True)
def gcd(a: Any, b: Any) -> Any:
    """Greatest common divisor of two non-negative integers."""
    while b:
        a, b = b, a % b
    return a


@njit(cache=True)
def join(words: Any, members: Any) -> Any:
    """Union of the *words* of the *members*, a set of indices as bits."""
    union = ZERO
    while members:
        union |= words[lowest(members)]
        members &= members - ONE
    return union


@njit(cache=True)
def _quadrant(x: Any, y: Any, facets: Any, asked: Any, inside: Any, before: Any, after: Any) -> Any:
    """Which of the *asked* facets meet an open quadrant, given the rays *inside* it.

    A cone meets it through one of its rays, or through a positive combination of a ray of *before* (clockwise of the
    quadrant) and one of *after*, less than half a turn apart.
    """
    met = join(facets, inside) & asked
    reach = join(facets, after) & asked & ~met
    if not reach:
        return met
    while before:
        k = lowest(before)
        before &= before - ONE
        if facets[k] & reach:
            others = after
            while others:
                m = lowest(others)
                others &= others - ONE
                gain = facets[k] & facets[m] & reach
                if gain and np.int64(x[k]) * np.int64(y[m]) > np.int64(y[k]) * np.int64(x[m]):
                    met |= gain
                    reach &= ~gain
            if not reach:
                break
    return met


@njit(cache=True)
def count_plane(x: Any, y: Any, facets: Any, xp: Any, xn: Any, yp: Any, yn: Any, walls: Any, hist: Any) -> Any:
    """Cells of a cone cut by at most two hyperplanes; each adds one to *hist* at its set of walls.

    *x*, *y*: values of the rays; *xp* .. *yn*: the rays with x > 0, x < 0, y > 0, y < 0, as bits. A cell is an open
    quadrant that the cone meets; a wall is a facet of it iff the wall's own cone meets the quadrant.
    """
    if not (yp and yn):
        if not (xp and xn):
            hist[walls] += 1
            return 1
        hist[join(facets, xp) & walls] += 1
        hist[join(facets, xn) & walls] += 1
        return 2
    if not (xp and xn):
        hist[join(facets, yp) & walls] += 1
        hist[join(facets, yn) & walls] += 1
        return 2
    asked = walls | ALIVE
    cells = 0
    met = _quadrant(x, y, facets, asked, xp & yp, xp & ~yp, yp & ~xp)
    if met:
        hist[met & walls] += 1
        cells += 1
    met = _quadrant(x, y, facets, asked, xn & yp, yp & ~xn, xn & ~yp)
    if met:
        hist[met & walls] += 1
        cells += 1
    met = _quadrant(x, y, facets, asked, xn & yn, xn & ~yn, yn & ~xn)
    if met:
        hist[met & walls] += 1
        cells += 1
    met = _quadrant(x, y, facets, asked, xp & yn, yn & ~xp, xp & ~yn)
    if met:
        hist[met & walls] += 1
        cells += 1
    return cells
