"""Exact number of polynomial threshold functions whose degree is near the number of inputs."""

import numpy as np

from numerics.capacity.engine import ThresholdCount
from numerics.capacity.engine_cone import check_int
from numerics.capacity.engine_faces import face_histogram
from numerics.capacity.engine_orbits import orbit_size


def count_weakly_affine(n: int) -> int:
    """Number of functions y on {-1, 1}^n with y(x) p(x) >= 0 everywhere for some affine p other than 0, 1 <= n <= 7.

    The forms that suit one y are a closed pointed cone; without 0 its Euler sum is 1, so that the number is the sum
    of (-1)^(dim G - 1) 2^(zeros of G) over the faces G of the arrangement. Pieces of faces serve as well: those
    inside the faces of one reflection chamber, each counted as often as the chamber's face has images.
    """
    dim = check_int("n", n, 1, 7) + 1
    chamber = np.tri(dim, dtype=np.int64)
    points = 1 - 2 * ((np.arange(2 ** (dim - 1))[:, None] >> np.arange(dim)[None, :]) & 1)
    total = 0
    for walls in range(2**dim - 1):
        open_rays = [ray for ray in range(dim) if not walls >> ray & 1]
        pieces = face_histogram(chamber[open_rays], points)
        total += orbit_size(walls, dim) * sum(
            (-1) ** (int(d) - 1) * int(pieces[d, z]) * 2 ** int(z) for d, z in np.argwhere(pieces)
        )
    return total


def count_quadratic_by_certificates(n: int) -> ThresholdCount:
    """T(n, 2) for 3 <= n <= 5: every orbit of truth tables decided, every decision proved by integers and checked.

    At n = 5 this takes minutes and 400 MB. It shares no step with the Euler sum, which gives n = 3, 4 as well.
    """
    from numerics.capacity.engine_certify import certify_quadratic_orbits

    orbits = certify_quadratic_orbits(n)
    orbits.verify()
    count = int(orbits.sizes[orbits.answers].sum())
    return ThresholdCount(n, 2, count, int(orbits.answers.sum()), "signed permutations of n + 1 variables, ±", True)


def count_polynomial_threshold_functions(n: int, degree: int) -> ThresholdCount:
    """Number of functions sign(p(x)) on {-1, 1}^n with p of at most *degree* >= 2, for degree >= n - 2, n <= 7.

    Degree 2 at n = 5 is decided orbit by orbit with an integer certificate each, which takes minutes.

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
        return count_quadratic_by_certificates(n)
    else:
        raise ValueError(
            f"degree={degree} at n={n} is out of reach of exact counting: "
            "degree must be 1, or at least n - 2 with n <= 7, or 2 with n <= 5"
        )
    count: int = 2**2**n - failing
    return ThresholdCount(n, degree, count, count, "none", True)


def warm_up() -> None:
    """Compile the search over faces, or load it from the cache."""
    count_weakly_affine(1)
