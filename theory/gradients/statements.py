"""Statements about gradients through recurrence and attention for export, with their hypotheses."""

import sympy as sp

from theory.export.statement import Argument, Condition, Recurrence, Statement

PAPER = "Kerg et al. (2020), arXiv:2006.09471"


def _times() -> tuple[Argument, Argument]:
    T, t = sp.Symbol("T", positive=True, integer=True), sp.Symbol("t", positive=True, integer=True)
    return (
        Argument("T", T, "time of the state that is differentiated", "integer", low=1, high=10**4),
        Argument("t", t, "time of the state it is differentiated by, at most T", "integer", low=1),
    )


def _in_order() -> Condition:
    T, t = (a.symbol for a in _times())
    return Condition("t <= T", T - t, "Times are 1-based and t comes first.", usage=True)


def uniform_attention_gain_statement() -> Statement:
    """The gain of a linear net with uniform attention, as the loop of ``gain_recurrence`` in symbols.

    >>> uniform_attention_gain_statement().kind
    'exact'
    """
    (T, t), lam = (a.symbol for a in _times()), sp.Symbol("lambda")
    y, total, k = sp.symbols("y S k")
    return Statement(
        "uniform_attention_gain",
        "Gain ds_T/dh_t on an eigenvector of V in a linear net with uniform attention.",
        (*_times(), Argument("eigenvalue", lam, "eigenvalue of V", "complex")),
        Recurrence(
            index=k,
            start=t,
            stop=T,
            state=((y, sp.Integer(1)), (total, sp.Integer(1))),
            updates=((y, lam * (y + total / k)), (total, total + y)),
            output=y + total / T,
        ),
        "exact",
        PAPER,
        "Theorem 1, linear case",
        conditions=(_in_order(),),
        assumes=("a linear net h_k = V s_{k-1} + U x_k, s_k = h_k + c_k", "uniform attention over the past"),
    )
