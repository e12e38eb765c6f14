"""Why layers of gated units show as many free gates as they do: the multiplexing lemma, unit by unit."""

import sympy as sp

from theory.capacity.multiplexing import multiplexed_values, multiplexing_derivation
from theory.derivation import Identity, Induction, Step

T = sp.Symbol("T", positive=True)  # number of gates of n - 1 inputs
m = sp.Symbol("m", positive=True, integer=True)
last = sp.Symbol("x_n", real=True)
row, column, g0 = sp.symbols("f_i g_j g_0", real=True)


def shared_gate_derivation() -> tuple[Step, ...]:
    """Units f_i g that one gate gates: slice x_n = 1 shows every f_i, the other g alone, T**(m+1) choices in all (AL2).

    f_i is 1 on slice x_n = -1 and g on slice x_n = 1, as in :func:`multiplexing_derivation`.
    """
    unit, gate = multiplexed_values(row, g0, last)
    output, maps = unit * gate, T ** (m + 1)
    return (
        *multiplexing_derivation(),
        Identity("slice x_n = 1 of output i is f_i", output.subs(last, 1), row, twin=row * g0),
        Identity("slice x_n = -1 of every output is g", output.subs(last, -1), g0, twin=row * g0),
        Induction(
            "T**(m+1) choices",
            base=Identity("one unit and its gate", maps.subs(m, 1), T * T, twin=T),
            step=Identity("one unit more, no gate more", maps.subs(m, m + 1), maps * T, twin=maps * T**2),
        ),
    )


def cross_attention_derivation() -> tuple[Step, ...]:
    """All products f_i g_j: slice x_n = 1 shows row i's f_i, the other column j's g_j, T**(a+b) choices in all (AL3).

    Every f_i is 1 on slice x_n = -1 and every g_j on slice x_n = 1, as in :func:`multiplexing_derivation`.
    """
    rows, columns = sp.symbols("a b", positive=True, integer=True)
    unit, gate = multiplexed_values(row, column, last)
    output, maps = unit * gate, T ** (rows + columns)
    return (
        *multiplexing_derivation(),
        Identity("slice x_n = 1 of output i, j is f_i", output.subs(last, 1), row, twin=row * column),
        Identity("slice x_n = -1 of output i, j is g_j", output.subs(last, -1), column, twin=row * column),
        Induction(
            "T**(a+1) choices with one column",
            base=Identity("one row", maps.subs({rows: 1, columns: 1}), T * T, twin=T),
            step=Identity(
                "one row more", maps.subs({rows: rows + 1, columns: 1}), maps.subs(columns, 1) * T, twin=maps * T
            ),
        ),
        Identity("one column more", maps.subs(columns, columns + 1), maps * T, twin=maps * T**rows),
    )


def self_attention_derivation() -> tuple[Step, ...]:
    """All products of two gates of one layer: those with f_1 show all m gates, T**m choices, and give the others (AL4).

    f_1 is 1 on slice x_n = 1 and f_2, ..., f_m on slice x_n = -1, as g and f in :func:`multiplexing_derivation`. The
    values are -1 and 1: (-1)**c squared is 1.
    """
    exponent = sp.Symbol("c", integer=True)
    other = sp.Symbol("f_j", real=True)
    unit, first = multiplexed_values(row, g0, last)
    output, maps = unit * first, T**m
    value = (-1) ** exponent
    return (
        *multiplexing_derivation(),
        Identity("slice x_n = 1 of f_1 f_i is f_i", output.subs(last, 1), row, twin=row * g0),
        Identity("slice x_n = -1 of f_1 f_i is f_1", output.subs(last, -1), g0, twin=row * g0),
        Identity(
            "f_i f_j is (f_1 f_i)(f_1 f_j)", (value * row) * (value * other), row * other, twin=value * row * other
        ),
        Induction(
            "T**m choices",
            base=Identity("f_1 and f_2", maps.subs(m, 2), T * T, twin=T),
            step=Identity("one gate more", maps.subs(m, m + 1), maps * T, twin=maps * T**m),
        ),
    )
