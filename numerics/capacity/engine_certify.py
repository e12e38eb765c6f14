"""Quadratic gates orbit by orbit: each answer is integer weights, or integers that refute every weight vector.

A cheap search for weights settles most separable tables, and images of refutations already found most others; only
the rest costs a linear programme. Whatever proposed an answer, integer arithmetic has confirmed it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from numerics.capacity.engine_cone import Ints, check_int
from numerics.capacity.engine_even import Words, even_monomials, even_orbits, generators, group_walk
from numerics.capacity.engine_kernel import ONE, ZERO
from numerics.capacity.separation import Separator
from numerics.errors import NotCertified

FEW, MANY = 40, 3000


@dataclass(frozen=True)
class CertifiedOrbits:
    """Orbits of even functions: words, number of functions in each, answers, and an integer certificate for each.

    certificates: weights of the even monomials (zero-padded) where the answer is yes, multipliers z of the points
    where it is no: z has the sign of the function where it is not 0, and is orthogonal to every monomial.
    """

    dim: int
    words: Words
    sizes: Ints
    answers: NDArray[np.bool_]
    certificates: Ints
    programmes: int

    def verify(self) -> None:
        """NotCertified unless every certificate proves its answer, in integers and against monomials made afresh."""
        rows = even_monomials(self.dim)
        labels = 2 * (self.words[:, None] >> np.arange(len(rows), dtype=np.uint64) & ONE).astype(np.int64) - 1
        yes, no = self.answers, ~self.answers
        values = self.certificates[:, : rows.shape[1]] @ rows.T
        multipliers = self.certificates[:, : len(rows)]
        proved = bool((values[yes] * labels[yes] > 0).all())
        refuted = bool((multipliers[no] * labels[no] >= 0).all() and multipliers[no].any(axis=1).all())
        refuted = refuted and not (multipliers[no] @ rows).any()
        if np.abs(self.certificates).max() > 2**40 or not (proved and refuted):
            raise NotCertified("some certificate does not prove its answer")


@njit(cache=True)
def _improve(rows: Any, word: Any, steps: Any, weights: Any) -> Any:
    """Perceptron from the correlations, always at the worst point; True once *weights* separate."""
    points, width = rows.shape
    for c in range(width):
        weights[c] = 0
    for p in range(points):
        label = 1 if word >> np.uint64(p) & ONE else -1
        for c in range(width):
            weights[c] += label * rows[p, c]
    for _ in range(steps):
        worst, at = 1, -1
        for p in range(points):
            value = 0
            for c in range(width):
                value += weights[c] * rows[p, c]
            if not word >> np.uint64(p) & ONE:
                value = -value
            if value < worst:
                worst, at = value, p
        if at < 0:
            return True
        label = 2 if word >> np.uint64(at) & ONE else -2
        for c in range(width):
            weights[c] += label * rows[at, c]
    return False


@njit(cache=True)
def _settle(
    words: Any, start: Any, rows: Any, steps: Any, pos: Any, neg: Any, pool: Any, settled: Any, found: Any
) -> Any:
    """Settle the words from *start* on, by weights (1) or by a refutation of the pool (2); stops at the first neither.

    pos, neg: where the multipliers of a refutation are positive and negative; found: weights, or its index.
    """
    weights = np.zeros(rows.shape[1], np.int64)
    for k in range(start, words.shape[0]):
        word = words[k]
        if _improve(rows, word, FEW, weights):
            settled[k] = 1
        else:
            for r in range(pool):
                if (word & pos[r] == pos[r] and word & neg[r] == ZERO) or (
                    word & neg[r] == neg[r] and word & pos[r] == ZERO
                ):
                    settled[k] = 2
                    found[k, 0] = r
                    break
            if settled[k] == 0 and _improve(rows, word, steps, weights):
                settled[k] = 1
        if settled[k] == 0:
            return k
        if settled[k] == 1:
            for c in range(rows.shape[1]):
                found[k, c] = weights[c]
    return words.shape[0]


def _images(multipliers: Ints, dim: int) -> Ints:
    """All distinct images of a refutation under the group, up to sign."""
    permutations, walk = generators(dim), group_walk(dim)
    out = np.empty((len(walk) + 1, len(multipliers)), np.int64)
    out[0] = multipliers
    for k, g in enumerate(walk.tolist()):
        out[k + 1, permutations[g]] = out[k]
    lead = out[np.arange(len(out)), (out != 0).argmax(axis=1)]
    return np.unique(out * np.sign(lead)[:, None], axis=0)


def _as_words(flags: Any) -> Words:
    return np.array((flags @ (1 << np.arange(flags.shape[1], dtype=np.int64))), np.uint64)


def certify_quadratic_orbits(
    n: int, *, room: int = 1 << 23, progress: Callable[[float], None] | None = None
) -> CertifiedOrbits:
    """All functions of 3 <= n <= 5 inputs up to the symmetries of quadratic gates, each decided with a certificate.

    n = 5 takes minutes and 300 MB; *progress* is called with the part of the orbits that is decided. Raises
    ``SolverUndecided`` if a linear programme yields no exact certificate.
    """
    dim = check_int("n", n, 3, 5) + 1
    rows = even_monomials(dim)
    words, sizes = even_orbits(dim)
    separator = Separator(rows.tolist())
    settled, found = np.zeros(len(words), np.int64), np.zeros((len(words), max(rows.shape)), np.int64)
    pool = np.zeros((0, len(rows)), np.int16)
    pos, neg = np.zeros(0, np.uint64), np.zeros(0, np.uint64)
    programmes, at = 0, 0
    while at < len(words):
        stop = _settle(words, at, rows, MANY, pos, neg, len(pool), settled, found)
        refuted = at + np.flatnonzero(settled[at:stop] == 2)
        hits = pool[found[refuted, 0]]
        found[refuted] = 0
        found[refuted, : len(rows)] = hits * _side(words[refuted], hits)[:, None]
        if progress is not None:
            progress(stop / len(words))
        if stop == len(words):
            break
        labels = np.array([1 if int(words[stop]) >> p & 1 else -1 for p in range(len(rows))])
        decision = separator.decide(labels.tolist())
        programmes += 1
        settled[stop] = 1 if decision.answer else 2
        found[stop] = 0
        if decision.answer:
            found[stop, : rows.shape[1]] = decision.certificate
        else:
            found[stop, : len(rows)] = labels * np.array(decision.certificate)
            fresh = _images(found[stop, : len(rows)], dim)
            if len(pool) + len(fresh) <= room:
                pool = np.vstack([pool, fresh.astype(np.int16)])
                pos, neg = np.append(pos, _as_words(fresh > 0)), np.append(neg, _as_words(fresh < 0))
        at = stop + 1
    return CertifiedOrbits(dim, words, sizes, np.equal(settled, 1), found, programmes)


def _side(words: Words, multipliers: Ints) -> Ints:
    """1 where a function is 1 at the first point that its refutation uses with a positive sign, else -1."""
    first = (multipliers > 0).argmax(axis=1).astype(np.uint64)
    return 2 * (words >> first & ONE).astype(np.int64) - 1


def warm_up() -> None:
    """Compile the kernels, before a clock starts."""
    certify_quadratic_orbits(3)
