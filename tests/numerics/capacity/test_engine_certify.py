"""Quadratic gates: every orbit decided, every decision proved by integers; altered proofs are rejected."""

from dataclasses import replace
from math import factorial

import numpy as np
import pytest

from numerics.capacity.engine_certify import CertifiedOrbits, certify_quadratic_orbits
from numerics.capacity.engine_even import even_monomials, even_orbits, generators, group_walk
from numerics.capacity.engine_weak import count_weakly_affine
from numerics.capacity.quadratic import count_quadratic_by_certificates
from numerics.capacity.ranks import count_by_ranks
from numerics.errors import NotCertified


@pytest.fixture(scope="module")
def four() -> CertifiedOrbits:
    return certify_quadratic_orbits(4)


@pytest.mark.parametrize("dim", [3, 4, 5])
def test_the_walk_visits_every_signed_permutation_once(dim: int) -> None:
    permutations, seen = generators(dim), set()
    images = np.arange(2 ** (dim - 1))
    for g in [None, *group_walk(dim).tolist()]:
        images = images if g is None else permutations[g][images]
        seen.add(images.tobytes())
    assert len(group_walk(dim)) + 1 == 2 ** (dim - 1) * factorial(dim)
    # for dim <= 4 some signed permutations move no antipodal pair
    assert len(seen) == (2 ** (dim - 1) * factorial(dim) if dim > 4 else len(seen))


@pytest.mark.parametrize("dim", [3, 4, 5])
def test_orbits_cover_every_function_once_and_burnside_counts_them(dim: int) -> None:
    words, sizes = even_orbits(dim)
    size = 2 ** (dim - 1)
    assert sizes.sum() == 2**size
    permutations, images = generators(dim), np.arange(size)
    fixed = 0
    for g in [None, *group_walk(dim).tolist()]:
        images = images if g is None else permutations[g][images]
        lengths, left = [], set(range(size))
        while left:
            start = at = left.pop()
            length = 1
            while (at := int(images[at])) != start:
                left.discard(at)
                length += 1
            lengths.append(length)
        fixed += 2 ** len(lengths) + (2 ** len(lengths) if all(v % 2 == 0 for v in lengths) else 0)
    assert fixed == len(words) * 2 * (len(group_walk(dim)) + 1)


@pytest.mark.parametrize("n", [3, 4])
def test_two_routes_agree_on_quadratic_gates(n: int, four: CertifiedOrbits) -> None:
    counted = count_quadratic_by_certificates(n)
    assert counted.count == (2**2**n - count_weakly_affine(n) if n == 4 else 2**8 - 2)
    assert counted.certified


def test_progress_ends_at_all_of_the_orbits() -> None:
    told: list[float] = []
    certify_quadratic_orbits(4, progress=told.append)
    assert told == sorted(told) and told[0] < 1 and told[-1] == 1


def test_ranks_of_sets_of_points_count_every_degree() -> None:
    # Cited: C1, C10 and C11, and A000609(4)
    counts = {(2, 1): 14, (3, 1): 104, (3, 2): 254, (4, 1): 1882, (4, 2): 57574, (4, 3): 65534, (4, 4): 65536}
    for (n, degree), count in counts.items():
        assert count_by_ranks(n, degree) == count
    with pytest.raises(ValueError, match=r"n must be between 1 and 5, got 6; there are 2\*\*\(2\*\*n\) sets of points"):
        count_by_ranks(6)
    with pytest.raises(ValueError, match="degree must be between 0 and 2, got 3"):
        count_by_ranks(5, 3)


@pytest.mark.slow
def test_ranks_of_sets_of_points_count_the_threshold_functions_of_five_inputs() -> None:
    assert count_by_ranks(5) == 94572  # A000609, cited


def test_generators_permute_the_monomials_up_to_sign() -> None:
    rows = even_monomials(5)
    known = {tuple(s * column) for column in rows.T for s in (1, -1)}
    for permutation in generators(5):
        assert all(tuple(column[permutation]) in known for column in rows.T)


def test_altered_certificates_are_rejected(four: CertifiedOrbits) -> None:
    four.verify()
    for answer in (True, False):
        k = int(np.flatnonzero(four.answers == answer)[0])
        for change in (0, -1):
            spoiled = four.certificates.copy()
            spoiled[k] *= change
            with pytest.raises(NotCertified):
                replace(four, certificates=spoiled).verify()
        flipped = four.answers.copy()
        flipped[k] = not answer
        with pytest.raises(NotCertified):
            replace(four, answers=flipped).verify()


@pytest.mark.slow
def test_quadratic_gates_of_five_inputs_are_all_certified() -> None:
    counted = count_quadratic_by_certificates(5)
    assert counted.certified and counted.count == count_by_ranks(5, 2)
