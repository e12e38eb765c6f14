"""First coefficients of the characteristic polynomial in closed form, duality, and functions without a bias."""

from itertools import product
from math import comb

import sympy as sp

from theory.capacity._validate import function_count, require_int
from theory.capacity.arrangements import characteristic_coefficients
from theory.capacity.given import Counts
from theory.capacity.single_gates import threshold_count
from theory.derivation import Identity, Induction, Step


def first_coefficients(n: int) -> tuple[int, int, int]:
    """|w1|, |w2|, |w3| of chi_n: 2**n, C(2**n, 2), C(2**n, 3) minus one for each parallelogram (C9).

    >>> first_coefficients(4)
    (16, 120, 460)
    """
    n = require_int("n", n, 2)
    return 2**n, comb(2**n, 2), comb(2**n, 3) - parallelogram_count(n)


def generic_coefficients(n: int) -> list[int]:
    """Coefficients, leading first, for 2**n central hyperplanes of R**(n+1) in general position.

    >>> generic_coefficients(2)
    [1, -4, 6, -3]
    """
    n = require_int("n", n, 1)
    signed = [(-1) ** k * comb(2**n, k) for k in range(n + 1)]
    return [*signed, -sum(signed)]  # a central arrangement's polynomial vanishes at 1


def parallelogram_count(n: int) -> int:
    """Parallelograms among the points of the n-cube: (6**n - 2 4**n + 2**n) / 8.

    >>> parallelogram_count(3)
    12
    """
    n = require_int("n", n, 0)
    return (6**n - 2 * 4**n + 2**n) // 8


def weak_count(n: int, degree: int, *, counts: Counts | None = None) -> int:
    """W(n, e): functions f with f p >= 0 on the cube for some nonzero polynomial p of *degree* e; W(n, -1) = 0.

    By duality (Gordan): T(n; d) + W(n, n-d-1) = 2**(2**n) (C10).
    ``counts`` maps (n, d) to values of T(n; d) that the caller vouches for.

    >>> weak_count(4, 1)
    7962
    """
    n = require_int("n", n, 1)
    degree = require_int("degree", degree, -1, n - 1)
    return function_count(n) - threshold_count(n, n - degree - 1, counts=counts)


def unbiased_count(n: int, *, counts: Counts | None = None) -> int:
    """H(n): functions sgn(w.x) without bias on {-1, 1}**n, equal to T(n-1): the bias is one more +-1 input (C8).

    ``counts`` as above.

    >>> unbiased_count(4)
    104
    """
    return threshold_count(require_int("n", n, 1) - 1, counts=counts)


def zero_one_unbiased_count(n: int) -> int:
    """Functions sgn(w.x) on {0, 1}**n less the zero vector, n <= 5: regions of the resonance arrangement (C8).

    >>> zero_one_unbiased_count(4)
    370
    """
    n = require_int("n", n, 1, 5)
    normals = frozenset(x for x in product((0, 1), repeat=n) if any(x))
    return sum(abs(c) for c in characteristic_coefficients(normals, n))


def parallelogram_derivation() -> tuple[Step, ...]:
    """sum_k C(n,k) 2**(n-k) C(2**(k-1), 2) = (6**n - 2 4**n + 2**n)/8.

    k is the number of inputs in which opposite corners differ. The sum is F_4/8 - F_2/4, with F_b(n) = sum_k C(n,k)
    2**(n-k) b**k, plus the k = 0 term of the polynomial in 2**k, -1/8, which is taken back. Looking at one more input
    gives F_b(n+1) = 2 F_b(n) + b F_b(n).
    """
    n = sp.Symbol("n", nonnegative=True, integer=True)
    b, y = sp.symbols("b y", positive=True)
    closed = (2 + b) ** n
    half = y / 2  # y = 2**k
    return (
        Identity("C(2**(k-1), 2) in y = 2**k", half * (half - 1) / 2, y**2 / 8 - y / 4, twin=y**2 / 8 - y / 2),
        Induction(
            "F_b(n) = (2 + b)**n",
            base=Identity("n = 0: one term", sp.Integer(1), closed.subs(n, 0), twin=1 + closed.subs(n, 0)),
            step=Identity("one more input", 2 * closed + b * closed, closed.subs(n, n + 1), twin=closed.subs(n, n + 2)),
        ),
        Identity(
            "the count",
            closed.subs(b, 4) / 8 - closed.subs(b, 2) / 4 + 2**n / 8,
            (6**n - 2 * 4**n + 2**n) / 8,
            twin=(6**n - 4**n + 2**n) / 8,
        ),
    )
