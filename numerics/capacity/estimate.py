"""Number of threshold functions beyond exact reach: an unbiased estimate with its confidence interval."""

from collections.abc import Callable
from dataclasses import dataclass
from math import comb, exp, log2, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from numerics.capacity import engine_descent, engine_search
from numerics.capacity.engine_cone import Workspace, build_cone, check_int, check_state
from numerics.capacity.engine_kernel import BALANCED
from numerics.capacity.engine_orbits import orbit_size
from numerics.errors import SolverUndecided

# Cells below a node with this few hyperplanes are counted exactly; fewer or more only changes the variance.
SMALL = 8
# Fewer samples of equal weight than this tell nothing of the tail: where a few samples make up the mean, more may come.
ENOUGH = 10


@dataclass(frozen=True)
class CountEstimate:
    """An *estimate* of a number of functions: mean of independent unbiased samples.

    low, high: limits of the interval at level *confidence*, where the samples are too skewed for one Markov's
    inequality and the region bound; standard_error: of the mean.
    """

    n: int
    degree: int
    mean: float
    standard_error: float
    low: float
    high: float
    confidence: float
    samples: int

    @property
    def log2(self) -> tuple[float, float, float]:
        """Capacity in bits: lower limit, estimate, upper limit."""
        return log2(max(self.low, 1.0)), log2(self.mean), log2(self.high)


def _require_level(confidence: float) -> float:
    if isinstance(confidence, bool) or not isinstance(confidence, int | float):
        raise TypeError(f"confidence must be a number, got {confidence!r}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, got {confidence}")
    return float(confidence)


def skewed_mean_interval(samples: ArrayLike, confidence: float) -> tuple[float, float]:
    """Confidence limits for the mean of a skewed distribution (Hall 1992, the monotone cubic transformation).

    The usual interval forgets that a sample of a distribution with a long tail mostly misses the tail.
    """
    x = np.asarray(samples, dtype=np.float64)
    if x.ndim != 1 or len(x) < 20:
        raise ValueError(f"samples must be at least 20 numbers, got shape {x.shape}")
    confidence = _require_level(confidence)
    mean, spread, size = float(x.mean()), float(x.std()), len(x)
    if spread == 0:
        return mean, mean
    skew = float(((x - mean) ** 3).mean()) / spread**3
    z = NormalDist().inv_cdf((1 + confidence) / 2) / sqrt(size)

    def inverse(t: float) -> float:
        if abs(skew) < 1e-6:
            return t
        return 3 / skew * (float(np.cbrt(1 + skew * (t - skew / (6 * size)))) - 1)

    return mean - spread * inverse(z), mean - spread * inverse(-z)


def sample_counts(
    n: int, samples: int, rng: np.random.Generator | int, progress: Callable[[int, int], None] | None = None
) -> NDArray[np.float64]:
    """Independent unbiased samples of the number of threshold functions of 2 <= n <= 12 inputs.

    Each walks one random path down the tree of splits to a small cone, counts the functions whose cells lie there
    exactly, and divides by the probability of the walk (Knuth 1975). *progress* is called with the number of walks
    done and of all.
    """
    n = check_int("n", n, 2, 12)
    samples = check_int("samples", samples, 1, 10**9)
    generator = np.random.default_rng(rng)
    dim = n + 1
    cone = build_cone(dim, "signed permutations")
    work = Workspace(cone, 0)
    start, rays = cone.values.ravel().astype(np.int32), work.lo[:dim].copy()
    orbits = np.array([float(orbit_size(walls, dim)) for walls in range(2**dim)])
    found = np.empty(samples)
    for i in range(samples):
        work.vals[: start.size] = start
        work.lo[:dim] = rays
        work.hi[:dim] = 0
        work.nodes[0] = 0, 0, dim, cone.values.shape[1], 0, 0
        work.used[0] = 2**dim - 1, 0
        state, log_probability = engine_descent.descend(
            dim, BALANCED, 0, *work.arena, generator.random(2**n), SMALL, engine_descent.POWER
        )
        histogram = np.zeros(2**dim, np.int64)
        if state == engine_search.OK:
            state, _ = engine_search.explore(dim, BALANCED, BALANCED, 0, 0, *work.arena, *work.tables, 1, histogram)
        check_state(state, dim)
        if state != engine_search.OK:
            raise SolverUndecided(f"a path at n={n} needed more memory than is set aside; nothing was estimated")
        found[i] = histogram @ orbits * exp(-log_probability)
        if progress is not None:
            progress(i + 1, samples)
    return found


def estimate_threshold_functions(
    n: int,
    degree: int = 1,
    *,
    samples: int | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> CountEstimate:
    """Estimate of the number of threshold functions: *degree* 1 and 2 <= n <= 12, or *degree* 2 and 4 <= n <= 7.

    The estimators are unbiased (see :func:`sample_counts` and ``estimate_programmes``); they count nothing. Intervals
    cover at their rate where the count is known: of 200 at 95 %, from 30 samples of degree 2 at n = 4 each, 196 did,
    from 40 at n = 5 190; the tests hold n <= 9 of degree 1 and n <= 5 of degree 2 to it.
    By default 4000 samples of degree 1, 200 of degree 2 (half a minute at n = 6); *progress* is called with the number
    of samples drawn and of all. Baldi & Vershynin 2022, C1, C10.

    >>> found = estimate_threshold_functions(6)
    >>> found.low < 15028134 < found.high
    True
    """
    degree = check_int("degree", degree, 1, 2, "there is no way to sample gates of higher degree")
    confidence = _require_level(confidence)
    samples = check_int("samples", (4000, 200)[degree - 1] if samples is None else samples, 20, 10**9)
    if degree == 2:
        from numerics.capacity.estimate_programmes import sample_quadratic_counts

        x = sample_quadratic_counts(n, samples, rng, progress)
    else:
        x = sample_counts(n, samples, rng, progress)
    low, high = _limits(
        x, confidence, 2 * sum(comb(2**n - 1, k) for k in range(sum(comb(n, i) for i in range(degree + 1))))
    )
    return CountEstimate(
        n, degree, float(x.mean()), float(x.std(ddof=1)) / sqrt(samples), low, high, confidence, samples
    )


def _limits(x: NDArray[np.float64], confidence: float, regions: int) -> tuple[float, float]:
    """The skewed interval, as far as the samples carry it; otherwise limits that hold for any distribution.

    Below, Markov's inequality: the mean of samples >= 0 exceeds the count by the factor 1 / alpha at most with
    probability alpha. Above, the region bound (Cover 1965, Theorem 1), which needs no sample.
    """
    low, high = skewed_mean_interval(x, confidence)
    markov = (1 - confidence) / 2 * float(x.mean())
    effective = float(x.sum()) ** 2 / float((x**2).sum())  # samples of equal weight with this relative error
    return max(low, markov), float(regions) if effective < ENOUGH else min(high, float(regions))
