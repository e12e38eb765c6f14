"""The multiplexing lemma with several selector inputs: they spell which of any number of gates speaks."""

from collections.abc import Sequence

import sympy as sp

from theory.capacity._validate import require_int, require_sequence
from theory.capacity.multiplexing import Weights, activation_derivation, gate_table, half_outweighing, outweighed
from theory.derivation import Identity, Induction, Nonnegative, Step


def selected_units(units: Sequence[Sequence[int]]) -> tuple[Weights, ...]:
    """Integer weights of m gates on n + k inputs, k = ceil(log2 m); unit j is off (-1) unless k selectors spell j.

    *units* are weights, bias first, of m >= 1 gates on n inputs in {-1, 1}. Bit i of j is 1 where selector i must be
    +1. An OR of the units then shows unit j's function on slice j (MX2, FF2), and -1 on the 2**k - m slices left over.

    >>> selected_units([(1, 2), (0, 1)])
    ((-1, 2, -2), (-1, 1, 1))
    """
    units = [
        require_sequence(f"units[{j}]", unit, 1, "weights")
        for j, unit in enumerate(require_sequence("units", units, 1, "weight vectors"))
    ]
    if len({len(unit) for unit in units}) != 1:
        raise ValueError(f"units must have one length (bias and weights), got lengths {[len(u) for u in units]}")
    bits = selector_count(len(units))
    selected = []
    for j, unit in enumerate(units):
        weights = [require_int("weight", v, -(10**9), 10**9) for v in unit]
        k = half_outweighing(weights)
        signs = [1 if j >> i & 1 else -1 for i in range(bits)]
        # -k sum (1 - s_i x_i): zero on slice j, at most -2k elsewhere
        selected.append((weights[0] - k * bits, *weights[1:], *(k * s for s in signs)))
    return tuple(selected)


def selected_slices(units: Sequence[Sequence[int]]) -> list[int]:
    """Tables, one for each of the 2**k selector values, of the OR of the units of :func:`selected_units` on that slice.

    At most 16 inputs, selectors included. ValueError where a unit is zero at an input: sgn(0).

    >>> selected_slices([(0, 1), (0, -1), (1, 2)])
    [2, 1, 2, 0]
    """
    tables = [gate_table(f"units[{j}]", weights) for j, weights in enumerate(selected_units(units))]
    size = 2 ** (len(units[0]) - 1)
    joined = 0
    for table in tables:
        joined |= table
    return [joined >> size * j & (1 << size) - 1 for j in range(2 ** selector_count(len(units)))]


def selector_count(units: int) -> int:
    """ceil(log2 m), the fewest inputs that spell *units* numbers."""
    return (units - 1).bit_length()


def selected_units_derivation() -> tuple[Step, ...]:
    """Of m units, those that the k selectors do not spell are off, and an OR shows the one: T(n-k)**m functions (FF2).

    Unit j adds -K sum (1 - s_i x_i) to its activation S, where s_i = (-1)**a and x_i are the sign that spells j and the
    input. Off slice j at least one selector is wrong, r = 1 + u of them. |S| <= L and 2K = 1 + s + L as for one
    selector. An OR of values -1 and 1 is the threshold gate sgn(sum + m - 1), and on unit j's slice the sum is unit j's
    value v and m - 1 times -1. One unit more has T gates to choose from, which its own slice tells apart.
    """
    activation, select, x, v = sp.symbols("S K x v", real=True)
    a, i = sp.symbols("a i", integer=True)
    wrong, more = sp.symbols("r u", integer=True, nonnegative=True)
    k, m = sp.symbols("k m", integer=True, positive=True)
    gates = sp.Symbol("T", positive=True)
    spelled = (-1) ** a
    taken = select * (1 - spelled * x)
    wrongly, rightly = taken.subs(x, -spelled), taken.subs(x, spelled)
    unit = activation - 2 * select * wrong
    spoken, half = outweighed()
    chosen = {activation: spoken, select: half}
    off, own = unit.subs(wrong, 1 + more).subs(chosen), unit.subs(wrong, more).subs(chosen)
    silent = sp.Sum(-1, (i, 1, m))
    return (
        *activation_derivation(),
        Identity("a selector with the sign that spells j takes nothing", rightly, sp.Integer(0), twin=2 * select),
        Identity("one with the other sign takes 2K", wrongly, 2 * select, twin=select),
        Identity(
            "r wrong ones of k take 2 K r",
            sp.Sum(wrongly, (i, 1, wrong)) + sp.Sum(rightly, (i, wrong + 1, k)),
            2 * select * wrong,
            twin=2 * select * k,
        ),
        Identity(
            "on slice j the activation is unit j's own", unit.subs(wrong, 0), activation, twin=unit.subs(wrong, 1)
        ),
        Nonnegative("off slice j it is at most -1", -off - 1, twin=-own - 1, substitution={}),
        Identity("the OR shows unit j on slice j", v + silent.subs(m, m - 1) + m - 1, v, twin=v + 1),
        Identity("and -1 on slices that spell no unit", silent + m - 1, sp.Integer(-1), twin=sp.Integer(1)),
        Induction(
            "T(n-k)**m choices",
            base=Identity("one unit", (gates**m).subs(m, 1), gates, twin=gates**2),
            step=Identity("one unit more", gates**m * gates, (gates**m).subs(m, m + 1), twin=(gates**m).subs(m, 2 * m)),
        ),
    )
