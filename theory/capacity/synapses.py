"""How many functions a unit with gated synapses computes: free slices below, tuples of gates above."""

import sympy as sp

from theory.capacity._validate import function_count, require_bits, require_int, shown
from theory.capacity.given import Counts
from theory.capacity.multiplexing import multiplexed_unit_derivation
from theory.capacity.single_gates import threshold_count_bounds
from theory.derivation import Identity, Nonnegative, Step


def gated_synapses_upper_bound(n: int, gates: int = 1, *, counts: Counts | None = None) -> int:
    """Upper bound T(n)**(k+1) on a unit with *gates* k <= n synapses gated by gates of their own, at most 2**(2**n).

    The unit is a gate of n inputs, some of them multiplied by gates' values -1 and 1: k + 1 gates tell all (SG1, SG6).
    One gate on several synapses, or on all, is counted by k = 1. Where T(n) is not known its upper bound serves;
    ``counts`` maps (n, degree) to counts the caller vouches for.

    >>> gated_synapses_upper_bound(4), gated_synapses_upper_bound(7, counts={(7, 1): 8378070864}) == 8378070864**2
    (65536, True)
    """
    n = require_int("n", n, 1)
    gates = require_int("gates", gates, 1, n, why="every input has one synapse")
    single = threshold_count_bounds(n, counts=counts).upper
    bits = (single.bit_length() - 1) * (gates + 1)
    if n <= 24 and bits >= 2**n:
        return function_count(n)
    require_bits(f"the upper bound at n={shown(n)}, gates={shown(gates)}", bits)
    tuples = single ** (gates + 1)
    return min(tuples, function_count(n)) if tuples.bit_length() > 2**n else tuples


def synaptic_slice_lower_bound(n: int, *, counts: Counts | None = None) -> int:
    """Lower bound T(n-2)**2 on one gated synapse (SG1), and on all synapses gated by one gate and no bias (SG4).

    Inputs and gates have the values -1 and 1, *n* >= 2. The slice x_n = 1 is, with the n-th synapse gated, a unit with
    an additively attending gate, and, without a bias, a product of two gates, of n - 1 inputs. ``counts`` as above.

    >>> synaptic_slice_lower_bound(4)
    196
    """
    return threshold_count_bounds(require_int("n", n, 2) - 2, counts=counts).lower ** 2


def zero_one_synapse_lower_bound(n: int, *, counts: Counts | None = None) -> int:
    """Lower bound T(n-1)**2 on one gated synapse, inputs with values 0 and 1, the gate with -1 and 1 (SG2).

    The slice x_n = 0 does not see the gate; with a huge weight on its synapse the slice x_n = 1 sees it alone.
    ``counts`` as above.

    >>> zero_one_synapse_lower_bound(4)
    10816
    """
    return threshold_count_bounds(require_int("n", n, 1) - 1, counts=counts).lower ** 2


def synaptic_slice_derivation() -> tuple[Step, ...]:
    """The slice x_n = 1 is a multiplexed unit (one synapse gated) or a product of two gates (all, no bias): T(n-2)**2.

    S is the other inputs' share of the unit's activation, R that of the gate's; a bias is the weight of x_n = 1. Either
    class has the T(n-2)**2 members of n - 1 inputs that :func:`multiplexed_unit_derivation` finds.
    """
    share, other, w, v, b, g, last = sp.symbols("S R w v b g x_n", real=True)
    one, every, gate = share + w * g * last + b, g * (share + w * last), other + v * last
    return (
        Identity("one synapse gated, slice x_n = 1", one.subs(last, 1), (share + b) + w * g, twin=(share + b) * g + w),
        Identity("all gated, no bias, slice x_n = 1", every.subs(last, 1), g * (share + w), twin=g * share + w),
        Identity("its gate there", gate.subs(last, 1), other + v, twin=other),
        *multiplexed_unit_derivation(),
    )


def zero_one_synapse_derivation() -> tuple[Step, ...]:
    """Any gate f0 on slice x_n = 0 and any g on slice x_n = 1, inputs 0 and 1, g of values -1 and 1: T(n-1)**2 (SG2).

    The activation is S + A g x_n, S that of f0 and A = 1 + s + M, where |S| <= M; S is M (y - z)/(y + z), anything
    between -M and M, and, by continuity, these.
    """
    activation, weight, gate, last = sp.symbols("S A g x_n", real=True)
    slack, most = sp.symbols("s M", nonnegative=True)
    above, below = sp.symbols("y z", positive=True)
    unit = activation + weight * gate * last
    chosen = {weight: 1 + slack + most, activation: most * (above - below) / (above + below)}
    seen = unit.subs(last, 1)
    return (
        Identity("slice x_n = 0 is f0", unit.subs(last, 0), activation, twin=activation + weight),
        *(
            Nonnegative(
                f"slice x_n = 1, g = {value}: the activation is {value}, or further from 0",
                (value * seen.subs(gate, value)).subs(chosen) - 1,
                twin=(value * seen.subs(gate, -value)).subs(chosen) - 1,
                substitution={},
            )
            for value in (1, -1)
        ),
    )
