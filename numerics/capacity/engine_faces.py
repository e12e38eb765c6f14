"""Faces of every dimension: an Euler sum over the pieces into which hyperplanes cut the faces of a chamber."""

from typing import Any, cast

import numpy as np
from numba import njit

from numerics.capacity.engine_cone import Ints
from numerics.capacity.engine_kernel import ONE, ZERO, gcd
from numerics.errors import SolverUndecided


@njit(cache=True)
def _ordinary(inc: Any, at: Any, rays: Any, dim: Any) -> Any:
    """Inequalities that can be facets of a cone of dimension *dim*: enough rays lie on them, but not all."""
    kept = ZERO
    rest = ZERO
    for r in range(rays):
        rest |= inc[at + r]
    while rest:
        bit = rest & (~rest + ONE)
        rest &= rest - ONE
        held = 0
        for r in range(rays):
            held += (inc[at + r] & bit) != ZERO
        if dim - 1 <= held < rays:
            kept |= bit
    return kept


@njit(cache=True)
def cut_faces(vals: Any, inc: Any, nodes: Any, faces: Any) -> Any:
    """Cells of all dimensions of node 0, a relatively open cone; faces[dimension, hyperplanes containing it] += 1.

    nodes: first value, first ray, rays, hyperplanes, dimension, hyperplanes already known to contain the cone.
    Returns 0, or 1 if the room did not suffice.
    """
    top = 1
    while top > 0:
        top -= 1
        ov, at, rays, pending, dim, zeros = nodes[top]
        # hyperplanes that contain the cone, miss it, or cut it; split on the most balanced of the last
        best, h, left = 0, -1, 0
        for c in range(pending):
            p, n = 0, 0
            for r in range(rays):
                p += vals[ov + r * pending + c] > 0
                n += vals[ov + r * pending + c] < 0
            if p == 0 and n == 0:
                zeros += 1
            elif p and n:
                for r in range(rays):
                    vals[ov + r * pending + left] = vals[ov + r * pending + c]
                if min(p, n) > best:
                    best, h = min(p, n), left
                left += 1
        if left == 0:
            faces[dim, zeros] += 1
            continue
        used = _ordinary(inc, at, rays, dim)
        for r in range(rays):
            inc[at + r] &= used
        bit = ~used & (used + ONE)
        made = 0
        end = at + rays
        nv = ov + rays * pending
        if bit == ZERO:
            return 1
        for a in range(rays):
            if vals[ov + a * pending + h] <= 0:
                continue
            for b in range(rays):
                if vals[ov + b * pending + h] >= 0:
                    continue
                common = inc[at + a] & inc[at + b]
                holders = 0
                for r in range(rays):
                    holders += (inc[at + r] & common) == common
                if holders > 2:
                    continue
                if nv + (made + 1) * pending > vals.shape[0] or end + made >= inc.shape[0]:
                    return 1
                fa, fb = -vals[ov + b * pending + h], vals[ov + a * pending + h]
                g = 0
                for c in range(left):
                    v = fa * vals[ov + a * pending + c] + fb * vals[ov + b * pending + c]
                    vals[nv + made * pending + c] = v
                    g = gcd(abs(v), g)
                for c in range(left):
                    vals[nv + made * pending + c] //= max(g, 1)
                inc[end + made] = common | bit
                made += 1
        to, ray = nv + made * pending, end + made
        for side in range(-1, 2):
            if top >= nodes.shape[0] or to + (rays + made) * left > vals.shape[0] or ray + rays + made > inc.shape[0]:
                return 1
            nodes[top, 0], nodes[top, 1], nodes[top, 3], nodes[top, 4], nodes[top, 5] = to, ray, left, dim, zeros
            if side == 0:
                nodes[top, 4] = dim - 1
            count = 0
            for r in range(rays + made):
                v = vals[ov + r * pending + h] if r < rays else 0
                if v == 0 or v * side > 0:
                    for c in range(left):
                        vals[to + c] = vals[ov + r * pending + c]
                    to += left
                    inc[ray] = inc[at + r] | (bit if v == 0 else ZERO)
                    ray += 1
                    count += 1
            nodes[top, 2] = count
            top += 1
    return 0


def face_histogram(rays: Ints, points: Ints) -> Ints:
    """Cells of the relatively open simplicial cone over *rays*, cut by the hyperplanes of the *points* (rows).

    Entry [d, z]: number of cells of dimension d on which exactly z of the hyperplanes vanish.
    """
    count, dim = rays.shape
    values = (rays @ points.T).astype(np.int64)
    vals = np.zeros(1 << 22, np.int64)
    vals[: values.size] = values.ravel()
    inc = np.zeros(1 << 18, np.uint64)
    inc[:count] = [((1 << count) - 1) & ~(1 << wall) for wall in range(count)]
    nodes = np.zeros((4096, 6), np.int64)
    nodes[0] = 0, 0, count, len(points), count, 0
    faces = np.zeros((dim + 1, len(points) + 1), np.int64)
    if cut_faces(vals, inc, nodes, faces):
        raise SolverUndecided(f"a cone in {dim} dimensions needed more room than is set aside; nothing was counted")
    return cast(Ints, faces)
