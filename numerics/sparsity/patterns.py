"""Which supports queries can select from given integer keys, enumerated exactly; which key sets can be nulled."""

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
from scipy.optimize import nnls

from numerics.errors import NotCertified
from numerics.sparsity._validate import whole_number

Pattern = tuple[bool, ...]


def support_patterns(keys: Sequence[Sequence[int]]) -> set[Pattern]:
    """The supports {j : q·k_j > 0} over all queries q with no score 0, for integer *keys* in general position.

    Every chamber of the arrangement touches a ray where d - 1 scores vanish; next to each ray, all signs of those d - 1
    scores occur. Exact integer arithmetic. Raises ValueError unless there are at least d keys, any d independent.

    >>> len(support_patterns([[1, 0], [0, 1], [1, 1]]))
    6
    """
    rows = [[int(x) for x in key] for key in keys]
    d = len(rows[0])
    if len(rows) < d:
        raise ValueError(f"keys must be at least as many as their dimension ({d}), got {len(rows)}")
    found: set[Pattern] = set()
    for chosen in combinations(range(len(rows)), d - 1):
        ray = _normal([rows[j] for j in chosen], d)
        scores = [sum(q * x for q, x in zip(ray, key, strict=True)) for key in rows]
        zero = [j for j, s in enumerate(scores) if s == 0]
        if zero != list(chosen):
            raise ValueError(f"keys must be in general position; keys {zero} are dependent in dimension {d}")
        for side in (1, -1):
            for signs in product((True, False), repeat=d - 1):
                pattern = [side * s > 0 for s in scores]
                for j, sign in zip(chosen, signs, strict=True):
                    pattern[j] = sign
                found.add(tuple(pattern))
    return found


def thresholded_support_patterns(keys: Sequence[Sequence[int]], thresholds: Sequence[int]) -> set[Pattern]:
    """The supports {j : q·k_j > t_j}: chambers of the lifted arrangement with a last coordinate above 0."""
    lifted = [[*key, -t] for key, t in zip(keys, thresholds, strict=True)]
    last = [0] * len(keys[0]) + [1]
    return {pattern[:-1] for pattern in support_patterns([*lifted, last]) if pattern[-1]}


def _normal(rows: list[list[int]], d: int) -> list[int]:
    """The integer vector orthogonal to d - 1 rows: signed minors."""
    return [(-1) ** i * _determinant([[x for j, x in enumerate(row) if j != i] for row in rows]) for i in range(d)]


def _determinant(matrix: list[list[int]]) -> int:
    if not matrix:
        return 1
    head, *rest = matrix
    return sum(
        (-1) ** i * x * _determinant([[y for j, y in enumerate(row) if j != i] for row in rest])
        for i, x in enumerate(head)
        if x
    )


def draw_integer_keys(n_keys: int, dim: int, rng: np.random.Generator | int, *, bound: int = 1000) -> list[list[int]]:
    """Random integer keys in [-bound, bound]; in general position but for a chance of order 1/bound."""
    generator = np.random.default_rng(rng)
    shape = (whole_number("n_keys", n_keys), whole_number("dim", dim))
    return [[int(x) for x in row] for row in generator.integers(-bound, bound + 1, shape)]


def count_nullable_key_sets(n_keys: int, dim: int, *, samples: int, rng: np.random.Generator | int) -> list[int]:
    """[nullable, not] among random Gaussian key sets: is there a query with every score below 0?

    One nonnegative least-squares problem decides: either a positive combination of keys vanishes (none), or its
    residual is such a query. Raises :class:`NotCertified` where the answer's certificate does not hold.
    """
    n, d = whole_number("n_keys", n_keys), whole_number("dim", dim)
    generator = np.random.default_rng(rng)
    nullable = 0
    for _ in range(whole_number("samples", samples)):
        nullable += _is_nullable(generator.standard_normal((n, d)))
    return [nullable, samples - nullable]


def _is_nullable(keys: Any) -> bool:
    n, d = keys.shape
    system = np.vstack([keys.T, np.ones(n)])
    target = np.append(np.zeros(d), 1.0)
    combination, distance = nnls(system, target)
    if distance < 1e-9:  # sum λ = 1 and sum λ k = 0: no half-space holds all keys
        return False
    residual = target - system @ combination
    # Optimality: system.T @ residual <= 0, so keys @ query <= -residual[-1], which is distance² > 0.
    if not (keys @ residual[:d] < 0).all():
        raise NotCertified(f"a query with margin {distance**2:.1e} does not null its keys")
    return True
