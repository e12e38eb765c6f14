"""Exact number of polynomial threshold functions whose degree is near the number of inputs."""

from collections.abc import Callable

from numerics.capacity.engine import ThresholdCount
from numerics.capacity.engine_weak import count_weakly_affine

Progress = Callable[[float], None]


def count_quadratic_by_certificates(n: int, *, progress: Progress | None = None) -> ThresholdCount:
    """T(n, 2) for 3 <= n <= 5: every orbit of truth tables decided, every decision proved by integers and checked.

    At n = 5 this takes minutes and 400 MB; *progress* is called with the part of the orbits that is decided. It
    shares no step with the Euler sum, which gives n = 3, 4 as well.
    """
    from numerics.capacity.engine_certify import certify_quadratic_orbits

    orbits = certify_quadratic_orbits(n, progress=progress)
    orbits.verify()
    count = int(orbits.sizes[orbits.answers].sum())
    return ThresholdCount(n, 2, count, int(orbits.answers.sum()), "signed permutations of n + 1 variables, ±", True)


def count_polynomial_threshold_functions(n: int, degree: int, *, progress: Progress | None = None) -> ThresholdCount:
    """Number of functions sign(p(x)) on {-1, 1}^n with p of at most *degree* >= 2.

    Within reach are degrees n - 1 and n, degree n - 2 for n <= 7, and degree 2 for n <= 5.
    Degree 2 at n = 5 is decided orbit by orbit with an integer certificate each, which takes minutes and is what
    *progress* is told of, from 0 to 1.

    A function fails degree d iff parity times it agrees weakly with a non-zero polynomial of degree n - d - 1: with
    none for d = n, with a constant for d = n - 1, with an affine form for d = n - 2. Baldi & Vershynin 2022, C10.
    """
    if degree == n:
        failing = 0
    elif degree == n - 1:
        failing = 2
    elif degree == n - 2 and n <= 7:
        failing = count_weakly_affine(n)
    elif degree == 2 and n == 5:
        return count_quadratic_by_certificates(n, progress=progress)
    else:
        raise ValueError(
            f"degree={degree} at n={n} is out of reach of exact counting: "
            "degree must be 1, n - 2 with n <= 7, n - 1 or n with n <= 20, or 2 with n <= 5"
        )
    count: int = 2**2**n - failing
    return ThresholdCount(n, degree, count, count, "none", True)
