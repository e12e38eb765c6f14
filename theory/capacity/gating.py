"""The sandwich T(n-1)**2 <= |class| <= T(n)**2 and its variants for one gated unit and for attention layers."""

from theory.capacity._validate import function_count, power, require_int, shown
from theory.capacity.given import Counts
from theory.capacity.single_gates import Bounds, threshold_count, threshold_count_bounds

GATES = ("xnor", "and", "mixed")


def output_gating_bounds(
    n: int, degrees: tuple[int, int] = (1, 1), gate: str = "xnor", *, counts: Counts | None = None
) -> Bounds:
    """Bounds on the number of functions f·g, f and g threshold functions of *degrees* of the same *n* >= 1 variables.

    ``gate``: "xnor" (both ±1), "and" (both 0/1), "mixed" (f is 0/1, g is ±1: three values). Below, the multiplexing
    lemma: T(n-1; d1) T(n-1; d2); it adds K(1 -+ x_n), so that degrees are at least 1. Above, pairs that give one
    product counted once (:func:`gate_pair_count`), and no more than all functions: up to n = 4 (0/1 values: n = 5) that
    is all it says. ``counts`` maps (n, degree) to counts the caller vouches for. Baldi & Vershynin (2022), output
    gating (OG1).

    >>> output_gating_bounds(4).lower
    10816
    """
    n, gate = require_int("n", n, 1), _require_gate(gate, GATES)
    first, second = _require_degrees(n, degrees)
    below = [threshold_count_bounds(n - 1, min(d, max(n - 1, 1)), counts=counts) for d in (first, second)]
    above = [threshold_count_bounds(n, d, counts=counts) for d in (first, second)]
    upper = _pairs(above[0].upper, above[1].upper, gate)
    if upper.bit_length() > 2**n:
        upper = min(upper, function_count(n) if gate != "mixed" else 3**2**n)
    return Bounds(below[0].lower * below[1].lower, upper, _sources("multiplexing", below, "pairs", above))


def gate_pair_count(
    n: int, degrees: tuple[int, int] = (1, 1), gate: str = "xnor", *, counts: Counts | None = None
) -> int:
    """Exact number of pairs of gates, alike where exchange, a common sign or f·f = 1 says so; arguments as above.

    With S <= T gates of the lower and the higher degree, both of these for S pairs: of "xnor" S(S-2)/4 + 2, for (f, g),
    (g, f), (-f, -g), (-g, -f) have one product, and f·f = 1, f·(-f) = -1 for every f; of "and" S(S+1)/2. A gate that
    has the higher degree alone cannot be exchanged: S(T-S)/2 pairs more, and S(T-S). Of "mixed" none are alike: T1 T2.
    Products of pairs that are not may be one function all the same (0 and g is 0 for every g), so that this is an upper
    bound on products; it may well exceed the number of all functions.

    >>> gate_pair_count(2), gate_pair_count(2, gate="and"), gate_pair_count(2, (1, 2))
    (44, 105, 58)
    """
    n, gate = require_int("n", n, 1), _require_gate(gate, GATES)
    first, second = _require_degrees(n, degrees)
    sizes = [threshold_count(n, d, counts=counts) for d in (first, second)]
    return _pairs(sizes[0], sizes[1], gate)


def _require_gate(gate: str, allowed: tuple[str, ...]) -> str:
    if gate not in allowed:
        raise ValueError(f"gate must be one of {', '.join(map(repr, allowed))}, got {gate!r}")
    return gate


def _require_degrees(n: int, degrees: tuple[int, int]) -> tuple[int, int]:
    if not isinstance(degrees, tuple | list) or len(degrees) != 2:
        raise TypeError(f"degrees must be a pair of ints, got {degrees!r}")
    first, second = (
        require_int("degrees", d, 1, n, why="the multiplexing lemma adds a term of degree 1") for d in degrees
    )
    return first, second


def _pairs(t1: int, t2: int, gate: str) -> int:
    """Pairs of t1 and t2 gates, the fewer among the more. Larger even numbers give no less: bounds on them bound it."""
    if gate == "mixed":
        return t1 * t2
    few, more = min(t1, t2), abs(t1 - t2)
    if gate == "and":
        return few * (few + 1) // 2 + few * more
    return few * (few - 2) // 4 + 2 + few * more // 2


def disjoint_product_count(n: int, m: int, gate: str = "xnor", *, counts: Counts | None = None) -> int:
    """Exact number of f(x)·g(y) with n + m separate inputs: T(n) T(m) / 2 (XNOR), (T(n) - 1)(T(m) - 1) + 1 (AND) (OG5).

    ``counts`` maps (n, degree) to counts the caller vouches for.

    >>> disjoint_product_count(2, 2), disjoint_product_count(2, 2, "and")
    (98, 170)
    """
    gate = _require_gate(gate, ("xnor", "and"))
    first, second = (threshold_count(require_int(name, v, 1), counts=counts) for name, v in (("n", n), ("m", m)))
    return first * second // 2 if gate == "xnor" else (first - 1) * (second - 1) + 1


def synaptic_lower_bound(n: int, three_valued: int, *, counts: Counts | None = None) -> int:
    """Lower bound 2 I(n-1) - T(n-1) on one gated synapse with 0/1 inputs and gate, given I(n-1) = *three_valued* (SG2).

    With a huge weight on the gated input, slice 0 is f and slice 1 is f or g, or f and not g. ``counts`` as above;
    where T(n-1) is not known, its upper bound serves, which leaves less.

    >>> synaptic_lower_bound(3, 71)
    128
    """
    single = threshold_count_bounds(require_int("n", n, 1) - 1, counts=counts).upper
    return 2 * require_int("three_valued", three_valued, 1) - single


def multiplexed_upper_bound(n: int, *, counts: Counts | None = None) -> int:
    """Upper bound on a unit with one attending gate: T(n) T(n+1) / 2, at most 2**(2**n) (MX3).

    Up to n = 5 that is all functions. ``counts`` as above; where a count is not known, its upper bound serves.

    >>> multiplexed_upper_bound(2)
    16
    """
    n = require_int("n", n, 1)
    first, second = (threshold_count_bounds(k, counts=counts).upper for k in (n, n + 1))
    pairs = first * second // 2
    return min(pairs, function_count(n)) if pairs.bit_length() > 2**n else pairs


def multiplexed_pair_count(n: int, *, counts: Counts | None = None) -> int:
    """Exact number of pairs of a gate of (x, g) and a gate g of x, up to the sign of g: T(n) T(n+1) / 2 (MX3).

    >>> multiplexed_pair_count(2)
    728
    """
    n = require_int("n", n, 1)
    return threshold_count(n, counts=counts) * threshold_count(n + 1, counts=counts) // 2


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
    what = f"T({shown(n)})**{shown(exponent)}"
    lower, upper = (power(what, count, exponent) for count in (below.lower, above.upper))
    return Bounds(lower, upper, _sources("multiplexing", [below], "tuples of functions", [above]))


def _sources(lower: str, below: list[Bounds], upper: str, above: list[Bounds]) -> str:
    """What the two ends rest on, in words, the counts of single gates in brackets."""
    single = [" and ".join(sorted({bounds.source for bounds in end})) for end in (below, above)]
    return f"{lower} below (T: {single[0]}); {upper} above (T: {single[1]})"
