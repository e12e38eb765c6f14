"""Feedforward capacity, parameter counts, and what each gate holds per parameter."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import sympy as sp

from theory.capacity._validate import power, require_int, require_sequence, shown
from theory.capacity.counts import dichotomy_count, last_region_term, parameter_count, region_bound
from theory.capacity.given import Counts
from theory.capacity.single_gates import Bounds, threshold_count, threshold_count_bounds
from theory.symbols import inputs as n


def feedforward_capacity(widths: Sequence[int]) -> int:
    """Leading capacity sum_k min(n_1..n_k) n_k n_{k+1} of a layered net of threshold gates with *widths* n_1..n_L.

    Baldi & Vershynin (2019), main theorem, "in essence": up to constants and under conditions on the widths (FF3).

    >>> feedforward_capacity((4, 3, 2))
    66
    """
    sizes = _require_widths(widths)
    return sum(min(sizes[: k + 1]) * sizes[k] * sizes[k + 1] for k in range(len(sizes) - 1))


def layered_parameter_count(widths: Sequence[int]) -> int:
    """Weights and biases of the layered net.

    >>> layered_parameter_count((4, 3, 2))
    23
    """
    return sum((a + 1) * b for a, b in pairwise(_require_widths(widths)))


def _require_widths(widths: Sequence[int]) -> list[int]:
    return [require_int("widths", w, 1) for w in require_sequence("widths", widths, 2, "layers")]


def layer_map_count(size: int, units: int, *, counts: Counts | None = None) -> int:
    """Number of maps of one layer of *units* gates on *size* inputs: T(n)**m, exactly (FF1).

    ``counts`` maps (n, degree) to counts the caller vouches for; AssumptionError where T(n) is not known, for which
    :func:`layer_map_bounds` serves.

    >>> layer_map_count(2, 2)
    196
    """
    size, units = require_int("size", size, 0), require_int("units", units, 0)
    return power(f"T({shown(size)})**{shown(units)}", threshold_count(size, counts=counts), units)


def layer_map_bounds(size: int, units: int, *, counts: Counts | None = None) -> Bounds:
    """Bounds on :func:`layer_map_count`, both equal to it where T(n) is known; ``source`` says what they rest on.

    >>> layer_map_bounds(2, 2).source
    'exact: characteristic polynomial or parity'
    """
    size, units = require_int("size", size, 0), require_int("units", units, 0)
    single = threshold_count_bounds(size, counts=counts)
    lower, upper = (power(f"T({shown(size)})**{shown(units)}", count, units) for count in (single.lower, single.upper))
    return Bounds(lower, upper, single.source)


def hidden_layer_upper_bound(size: int, units: int, *, counts: Counts | None = None) -> int:
    """Upper bound T(n)**m 2 sum_{k<=m} C(2**n - 1, k) on |A(n, m, 1)|: the output gate sees at most 2**n points (FF2).

    ``counts`` as above; where T(n) is not known, the region bound serves.

    >>> hidden_layer_upper_bound(2, 1)
    112
    """
    size, units = require_int("size", size, 0), require_int("units", units, 1)
    single = threshold_count_bounds(size, counts=counts).upper
    return power(f"T({shown(size)})**{shown(units)}", single, units) * dichotomy_count(2**size, units + 1)


def hidden_layer_lower_bound(size: int, units: int, *, counts: Counts | None = None) -> int:
    """Lower bound T(n - k)**min(m, 2**k) on |A(n, m, 1)|, log2 m rounded down or up to k, the larger of the two (FF2).

    k selector inputs, at most all n, spell which hidden unit an OR on top shows (:func:`selected_units`). Down, 2**k
    units are used; up, all m. ``counts`` as above; where T(n - k) is not known, the extension recursion serves.

    >>> hidden_layer_lower_bound(4, 2), hidden_layer_lower_bound(6, 7) == threshold_count(3) ** 7
    (10816, True)
    """
    size, units = require_int("size", size, 0), require_int("units", units, 1)
    rounded = {min(k, size) for k in (units.bit_length() - 1, (units - 1).bit_length())}
    return max(_selected_count(size - k, min(units, 2**k), counts) for k in rounded)


def _selected_count(size: int, units: int, counts: Counts | None) -> int:
    single = threshold_count_bounds(size, counts=counts).lower
    return power(f"T({shown(size)})**{shown(units)}", single, units)


@dataclass(frozen=True)
class CapacityRow:
    """One kind of unit: free parameters, leading capacity, and their leading quotient, as expressions in n."""

    unit: str
    parameters: sp.Expr
    capacity: sp.Expr
    per_parameter: sp.Expr


def capacity_table(degree: int = 2, units: int = 4) -> tuple[CapacityRow, ...]:
    """Capacity per parameter: n bits each, to leading order, whatever the gate (C12).

    Rows: a linear gate, a gate of *degree*, the output gating and synaptic gating of two gates, and one hidden layer of
    *units* gates with a single output, A(n, m, 1).
    """
    d, m = require_int("degree", degree, 1), require_int("units", units, 1)
    monomials = sp.expand(sum(sp.ff(n, i) / sp.factorial(i) for i in range(d + 1)), func=True)
    rows = {
        "linear threshold gate": (n + 1, n**2),
        f"polynomial threshold gate, degree {d}": (monomials, n ** (d + 1) / sp.factorial(d)),
        "output gating": (2 * (n + 1), 2 * n**2),
        "synaptic gating": (2 * (n + 1), 2 * n**2),
        f"A(n, {m}, 1)": (m * (n + 1) + m + 1, m * n**2),
    }
    return tuple(CapacityRow(unit, p, c, sp.limit(c / (n * p), n, sp.oo) * n) for unit, (p, c) in rows.items())


def quadratic_parameters(size: int) -> dict[str, int]:
    """Parameters of a gated product (w.x + b)(v.x + c), scale fixed once, and of a full quadratic gate (QD1).

    >>> quadratic_parameters(5)
    {'product': 11, 'full': 16}
    """
    size = require_int("size", size, 1)
    return {"product": 2 * (size + 1) - 1, "full": parameter_count(size, 2)}


def attention_gating_counts(tokens: int, key_dim: int, value_dim: int) -> dict[str, int]:
    """Gatings in one attention head: n**2 m output gatings for the scores, n**2 dim V synaptic ones (QD4).

    >>> attention_gating_counts(3, 2, 4)
    {'output': 18, 'synaptic': 36}
    """
    t = require_int("tokens", tokens, 1)
    m, v = require_int("key_dim", key_dim, 1), require_int("value_dim", value_dim, 1)
    return {"output": t * t * m, "synaptic": t * t * v}


def capacity_ratio(size: int, degree: int = 1, *, counts: Counts | None = None) -> Fraction:
    """T(n; degree) / B(n, D), exactly: 1 in the limit (Irmatov), falling where it can be computed (C5).

    ``counts`` maps (n, degree) to counts the caller vouches for.

    >>> capacity_ratio(3)
    Fraction(13, 16)
    """
    return Fraction(threshold_count(size, degree, counts=counts), region_bound(size, degree))


def leading_capacity_ratio(size: int, *, counts: Counts | None = None) -> Fraction:
    """T(n) / (2 C(2**n - 1, n)): the leading term of the region bound alone. ``counts`` as above.

    >>> leading_capacity_ratio(3)
    Fraction(52, 35)
    """
    return Fraction(threshold_count(size, counts=counts), 2 * last_region_term(size))
