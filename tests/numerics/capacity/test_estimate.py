"""The tree estimator: unbiased, and its interval covers at its rate where the count is known."""

import math

import numpy as np
import pytest

from numerics.capacity.estimate import estimate_threshold_functions, sample_counts, skewed_mean_interval
from numerics.capacity.threshold import count_threshold_functions


@pytest.mark.parametrize(("n", "samples", "seeds"), [(5, 100, 200), (6, 100, 200), (7, 100, 200), (8, 100, 60)])
def test_intervals_cover_the_count_at_their_rate(n: int, samples: int, seeds: int) -> None:
    exact = count_threshold_functions(n).count
    drawn = [sample_counts(n, samples, seed) for seed in range(seeds)]
    covered = sum(low <= exact <= high for low, high in (skewed_mean_interval(x, 0.95) for x in drawn))
    assert covered >= 0.95 * seeds - 3 * np.sqrt(seeds * 0.95 * 0.05)  # three binomial standard deviations
    means = np.array([x.mean() for x in drawn])
    assert abs(means.mean() - exact) < 5 * means.std() / np.sqrt(seeds)  # unbiased, within five standard errors


@pytest.mark.slow
@pytest.mark.parametrize(
    ("n", "degree", "samples"),
    [(5, 1, 400), (6, 1, 400), (7, 1, 400), (8, 1, 400), (9, 1, 100), (4, 2, 30), (5, 2, 40)],
)
def test_what_is_returned_covers_the_count_at_its_rate_over_two_hundred_seeds(
    n: int, degree: int, samples: int
) -> None:
    """The table of ``docs/counting.md``; minutes: ``pytest -m slow -s tests/numerics/capacity/test_estimate.py``."""
    # T(5,2) takes minutes to count, and is here by its two routes
    exact = 1414120376 if (n, degree) == (5, 2) else count_threshold_functions(n, degree).count
    found = [estimate_threshold_functions(n, degree, samples=samples, rng=seed) for seed in range(200)]
    covered = sum(estimate.low <= exact <= estimate.high for estimate in found)
    print(f"T({n},{degree}): {covered} of 200")
    assert covered >= 181  # 190 expected, less three binomial standard deviations
    means = np.array([estimate.mean for estimate in found])
    assert abs(means.mean() - exact) < 5 * means.std() / np.sqrt(200)  # unbiased, within five standard errors


def test_quadratic_gates_of_four_inputs_are_met() -> None:
    found = estimate_threshold_functions(4, 2, samples=60, confidence=0.9999)
    assert found.degree == 2 and found.low <= count_threshold_functions(4, 2).count <= found.high


@pytest.mark.slow
def test_ten_inputs_within_four_per_cent() -> None:
    found = estimate_threshold_functions(10, samples=20000)
    assert found.standard_error < 0.04 * found.mean
    assert 71 < found.log2[0] < found.log2[1] < found.log2[2] < 73


def test_too_few_samples_of_weight_leave_the_limits_that_hold_for_any_distribution() -> None:
    found = estimate_threshold_functions(11, samples=20, rng=1)
    regions = 2 * sum(math.comb(2**11 - 1, k) for k in range(12))  # Cover 1965, Theorem 1
    assert found.standard_error > found.mean / np.sqrt(10)  # fewer than ten samples make up the mean
    assert found.low >= 0.025 * found.mean and found.high == float(regions)


def test_the_same_seed_gives_the_same_estimate() -> None:
    assert estimate_threshold_functions(6, samples=50, rng=3) == estimate_threshold_functions(6, samples=50, rng=3)
    assert estimate_threshold_functions(6, samples=50, rng=3) != estimate_threshold_functions(6, samples=50, rng=4)


def test_samples_without_spread_give_a_point() -> None:
    assert skewed_mean_interval([2.0] * 30, 0.95) == (2.0, 2.0)
    assert estimate_threshold_functions(3, samples=20).low == 104


def test_a_skewed_interval_reaches_further_into_the_tail() -> None:
    x = np.exp(np.random.default_rng(0).normal(size=100))
    low, high = skewed_mean_interval(x, 0.95)
    assert high - x.mean() > x.mean() - low > 0


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"n": 13}, "n must be between 2 and 12, got 13"),
        ({"n": 6, "degree": 3}, "degree must be between 1 and 2, got 3"),
        ({"n": 8, "degree": 2}, "n must be between 4 and 7, got 8; degree 2 is sampled by linear programmes"),
        ({"n": 6, "samples": 5}, "samples must be between 20"),
        ({"n": 3, "degree": 2}, "n must be between 4 and 7, got 3; .* all but two functions have it"),
        ({"n": 6, "confidence": 1.0}, "confidence must lie between 0 and 1, got 1.0"),
    ],
)
def test_impossible_estimates_are_refused(arguments: dict[str, float], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        estimate_threshold_functions(**arguments)  # type: ignore[arg-type]
