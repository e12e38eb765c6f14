"""The sandwich T(n-1)**2 <= |class| <= T(n)**2 and its variants for one gated unit and for attention layers."""

from collections.abc import Mapping

from theory.capacity._validate import require_int
from theory.capacity.single_gates import Bounds, threshold_count, threshold_count_bounds

GATES = ("xnor", "and", "mixed")
Counts = Mapping[tuple[int, int], int]


def output_gating_bounds(
    n: int, degrees: tuple[int, int] = (1, 1), gate: str = "xnor", *, counts: Counts | None = None
) -> Bounds:
    """Bounds on the number of functions f·g, f and g threshold functions of *degrees* of the same *n* >= 1 variables.

    ``gate``: "xnor" (both ±1), "and" (both 0/1), "mixed" (f is 0/1, g is ±1: three values). Below, the multiplexing
    lemma: T(n-1; d1) T(n-1; d2). Above, pairs that give one product counted once, and no more than all functions.
    ``counts`` maps (n, degree) to counts the caller vouches for. Baldi & Vershynin (2022), output gating (OG1).

    >>> output_gating_bounds(4).lower
    10816
    """
    n = require_int("n", n, 1)
    if gate not in GATES:
        raise ValueError(f"gate must be one of {', '.join(map(repr, GATES))}, got {gate!r}")
    if not isinstance(degrees, tuple | list) or len(degrees) != 2:
        raise TypeError(f"degrees must be a pair of ints, got {degrees!r}")
    first, second = (require_int("degrees", d, 0, n, why="n variables have degree at most n") for d in degrees)
    below = [threshold_count_bounds(n - 1, min(d, n - 1), counts=counts) for d in (first, second)]
    above = [threshold_count_bounds(n, d, counts=counts) for d in (first, second)]
    upper = min(_pairs(above[0].upper, above[1].upper, gate, first == second), (3 if gate == "mixed" else 2) ** 2**n)
    return Bounds(below[0].lower * below[1].lower, upper, f"multiplexing below ({below[0].source}); pairs above")


def _pairs(t1: int, t2: int, gate: str, same_degree: bool) -> int:
    """Pairs of functions up to the coincidences that hold for every n."""
    if gate == "mixed":
        return t1 * t2
    if gate == "and":
        return t1 * (t1 + 1) // 2 if same_degree else t1 * t2
    # (f, g) and (-f, -g) have one product; with equal degrees so have (g, f), and f·f = 1
    return t1 * (t1 - 2) // 4 + 2 if same_degree else t1 * t2 // 2


def disjoint_product_count(n: int, m: int, gate: str = "xnor") -> int:
    """Exact number of f(x)·g(y) with n + m separate inputs: T(n) T(m) / 2 (XNOR), (T(n) - 1)(T(m) - 1) + 1 (AND) (OG5).

    >>> disjoint_product_count(2, 2), disjoint_product_count(2, 2, "and")
    (98, 170)
    """
    if gate not in ("xnor", "and"):
        raise ValueError(f"gate must be 'xnor' or 'and', got {gate!r}")
    first, second = threshold_count(require_int("n", n, 1)), threshold_count(require_int("m", m, 1))
    return first * second // 2 if gate == "xnor" else (first - 1) * (second - 1) + 1


def synaptic_lower_bound(n: int, three_valued: int) -> int:
    """Lower bound 2 I(n-1) - T(n-1) on one gated synapse with 0/1 inputs and gate, given I(n-1) = *three_valued* (SG2).

    With a huge weight on the gated input, slice 0 is f and slice 1 is f or g, or f and not g.

    >>> synaptic_lower_bound(3, 71)
    128
    """
    return 2 * require_int("three_valued", three_valued, 1) - threshold_count(require_int("n", n, 1) - 1)


def multiplexed_upper_bound(n: int) -> int:
    """Upper bound on a unit with one attending gate: T(n) T(n+1) / 2, at most 2**(2**n) (MX3).

    >>> multiplexed_upper_bound(2)
    16
    """
    n = require_int("n", n, 1)
    return min(threshold_count(n) * threshold_count(n + 1) // 2, 2**2**n)


def shared_gate_bounds(n: int, units: int, *, counts: Counts | None = None) -> Bounds:
    """Bounds on the maps (g f_1, ..., g f_m) of *units* gates all gated by one: T(n-1)**(m+1) to T(n)**(m+1) (AL2).

    >>> shared_gate_bounds(2, 2).lower
    64
    """
    return _power_bounds(n, require_int("units", units, 1) + 1, counts)


def cross_attention_bounds(n: int, rows: int, columns: int, *, counts: Counts | None = None) -> Bounds:
    """Bounds on the maps (f_i g_j) with *rows* gates f and *columns* gates g: exponent rows + columns (AL3)."""
    return _power_bounds(n, require_int("rows", rows, 1) + require_int("columns", columns, 1), counts)


def self_attention_bounds(n: int, units: int, *, counts: Counts | None = None) -> Bounds:
    """Bounds on the maps (f_i f_j), i < j, of one layer of *units* >= 2 gates: exponent m (AL4)."""
    return _power_bounds(n, require_int("units", units, 2), counts)


def _power_bounds(n: int, exponent: int, counts: Counts | None) -> Bounds:
    n = require_int("n", n, 1)
    below, above = threshold_count_bounds(n - 1, counts=counts), threshold_count_bounds(n, counts=counts)
    return Bounds(below.lower**exponent, above.upper**exponent, "multiplexing below, tuples of functions above")
