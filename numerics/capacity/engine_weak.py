"""Functions that agree weakly with an affine form, counted by an Euler sum over the faces of the arrangement."""

import numpy as np

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


def warm_up() -> None:
    """Compile the search over faces, or load it from the cache."""
    count_weakly_affine(1)
