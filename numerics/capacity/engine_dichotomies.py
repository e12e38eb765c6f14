"""Dichotomies of any integer points by the search that counts threshold functions; products with three values."""

import numpy as np

from numerics.capacity import engine_search
from numerics.capacity.engine_cone import Cone, Ints, Workspace, check_int, check_state
from numerics.capacity.engine_kernel import BALANCED
from numerics.capacity.products import orbit_sizes
from numerics.capacity.products_pairs import pinned_gates, points
from numerics.capacity.products_shares import symmetric_weights
from numerics.errors import NotCertified, SolverUndecided


def _basis(rows: Ints) -> tuple[list[int], list[int]]:
    """Numbers of independent rows that span the others, and of as many columns in which they are independent."""
    left = rows.astype(object)
    order = np.arange(len(rows))
    chosen: list[int] = []
    columns: list[int] = []
    for column in range(rows.shape[1]):
        top = len(chosen)
        found = next((r for r in range(top, len(rows)) if left[r, column]), None)
        if found is None:
            continue
        left[[top, found]], order[[top, found]] = left[[found, top]], order[[found, top]]
        for r in range(top + 1, len(rows)):
            left[r] = left[r] * left[top, column] - left[top] * left[r, column]
        chosen.append(int(order[top]))
        columns.append(column)
    return chosen, columns


def count_dichotomies_by_cones(rows: Ints) -> int:
    """Labellings of integer points (*rows*, pairwise not parallel) by homogeneous gates: cells of their hyperplanes.

    Independent ones among the hyperplanes cut space into simplicial cones; the others are searched in half of these.
    """
    if len(rows) == 0:
        return 1
    chosen, columns = _basis(rows)
    basis = rows[np.ix_(chosen, columns)]
    determinant = round(np.linalg.det(basis))
    adjugate = np.rint(determinant * np.linalg.inv(basis)).astype(np.int64)
    if determinant == 0 or not np.array_equal(adjugate @ basis, determinant * np.eye(len(basis), dtype=np.int64)):
        raise NotCertified(f"the inverse of {basis.tolist()} could not be rounded to exact integers")
    # a gate by its values on the chosen points; its values on the others are combinations of these
    combinations = np.sign(determinant) * rows[:, columns] @ adjugate
    combinations //= np.gcd.reduce(combinations, axis=1, keepdims=True)
    dim, cells = len(basis), 0
    for signs in range(2 ** (dim - 1)):
        values = (combinations * (1 - 2 * (signs >> np.arange(dim) & 1))).T
        cut = values[:, (values.max(axis=0) > 0) & (values.min(axis=0) < 0)]
        work = Workspace(Cone(np.eye(dim, dtype=np.int64), cut), 0)
        found = np.zeros(2**dim, np.int64)
        state, _ = engine_search.explore(dim, BALANCED, BALANCED, 0, 0, *work.arena, *work.tables, 1, found)
        check_state(state, dim)
        if state != engine_search.OK:
            raise SolverUndecided(f"{len(rows)} points in {dim} dimensions needed more room than is set aside")
        cells += int(found.sum())
    return 2 * cells


def count_three_valued_by_cones(n: int) -> int:
    """Number of functions f·g of 1 <= n <= 6 inputs, f with values 0/1 and g with values -1/+1.

    Where f is 0 the product is, so that to each f belong the dichotomies of its ones; f one per class of permuting and
    negating inputs. n = 6 takes minutes. Baldi & Vershynin 2022, output gating, mixed values.

    >>> count_three_valued_by_cones(2)
    71
    """
    check_int("n", n, 1, 6)
    gates = pinned_gates(symmetric_weights(n))
    words = np.array([gate.word for gate in gates], np.uint64)
    sizes, cube = orbit_sizes(words, n, pinned=True).tolist(), points(n + 1)
    ones = [[p for p in range(2**n) if int(word) >> p & 1] for word in words]
    return sum(size * count_dichotomies_by_cones(cube[at]) for size, at in zip(sizes, ones, strict=True))
