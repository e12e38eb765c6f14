"""The gain of a linear net with uniform attention: its loop, its coefficients, special eigenvalues, other losses."""

from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.export.formula import Builder
from theory.export.statement import Argument, Condition, Recurrence, Statement, Takeover
from theory.gradients import closed_forms, counterexamples, crossover, gain, polynomial
from theory.gradients.statements._parts import (
    LINEAR,
    UNIFORM,
    T,
    any_length,
    harmonic,
    in_order,
    j,
    k,
    lam,
    of,
    stated,
    symbol,
    t,
)

LONGEST_LOOP = 10**4
Z = sp.Symbol("lambda")  # an eigenvalue that may be complex


def _loop(last: Any, factor: Any = 1, scale: Any = 1) -> Recurrence:
    """The loop of ``gain_recurrence`` in symbols: scale P_{last,t}(factor lambda)."""
    y, total = sp.symbols("y S")
    return Recurrence(
        index=k,
        start=t,
        stop=last,
        state=((y, sp.Integer(1)), (total, sp.Integer(1))),
        updates=((y, factor * Z * (y + total / k)), (total, total + y)),
        output=scale * (y + total / last),
    )


def _looped(function: Callable[..., Any], result: Recurrence, **more: Any) -> Statement:
    number = Argument("eigenvalue", Z, "eigenvalue of V", "complex")
    return of(function, LINEAR, result, changed=(number, any_length()), **more)


def _gain() -> Statement:
    """The gain itself, with its asymptotic form where the loop would be longer than LONGEST_LOOP."""
    takeover = Takeover(
        T - t - LONGEST_LOOP, "asymptotic_gain", f"T - t > {LONGEST_LOOP}: asymptotic form in place of the recurrence"
    )
    conditions = (in_order(),)
    return _looped(gain.uniform_attention_gain, _loop(T), conditions=conditions, assumes=UNIFORM, beyond=takeover)


def _mean_state() -> Statement:
    half = sp.Rational(1, 2)
    return _looped(
        gain.uniform_attention_gain,
        _loop(T, half, half),
        name="mean_state_gain",
        says="P_{T,t}(eigenvalue/2)/2 = ds_T/dh_t where the state is s_k = (h_k + c_k)/2.",
        conditions=(in_order(), _short()),
        assumes=(UNIFORM[0].replace("h_k + c_k", "(h_k + c_k)/2"), UNIFORM[1]),
    )


def _hidden_loss() -> Statement:
    conditions = (in_order(1), _short())
    return _looped(counterexamples.hidden_loss_gain, _loop(T - 1, scale=Z), conditions=conditions, assumes=UNIFORM)


def _short() -> Condition:
    instead = "uniform_attention_gain has an asymptotic form for longer sequences."
    return Condition(f"T - t <= {LONGEST_LOOP}", LONGEST_LOOP + t - T, instead, usage=True)


def _linear() -> Statement:
    usual = harmonic(t, T - 1) / T + 1 / T + 1 / (T - 1)
    cases = ((sp.Integer(0), sp.Eq(T - t, 0)), (usual + 1, sp.Eq(T - t, 1)), (usual, True))
    return of(polynomial.linear_coefficient, LINEAR, sp.Piecewise(*cases), conditions=(in_order(),), assumes=UNIFORM)


def _coefficient(function: Callable[..., Any], result: Any) -> Statement:
    return of(function, LINEAR, result, conditions=(in_order(),), assumes=UNIFORM, changed=(any_length(),))


def _in_time() -> Statement:
    """The hypergeometric sum at lambda = m/(m + 1), which ends after m terms, all of them positive."""
    m = symbol("m")
    terms = sp.binomial(T, j - 1) * sp.binomial(m - 1, j - 1) * (m + 1) ** (1 - j)
    return stated(
        "gain_in_time",
        "P_{T,1}(m/(m+1)), a polynomial in T of degree m - 1: 2 for m = 1, (T + 3)/2 for m = 2.",
        ("T", "m"),
        (m + 1) / m * sp.Sum(terms, (j, 1, m)),
        "Theorem 1, linear case; special eigenvalues",
        assumes=UNIFORM,
        changed=(any_length(),),
    )


def _laguerre(logarithm: bool) -> Statement:
    total = sp.Sum(sp.binomial(T, j) / sp.factorial(j), (j, 0, T))
    return of(
        closed_forms.laguerre_gain,
        LINEAR,
        sp.log(total) if logarithm else total,
        name="log_laguerre_gain" if logarithm else None,
        says="Logarithm of P_{T,1}(1) = L_T(-1), which outgrows floats near T = 126000." if logarithm else None,
        assumes=UNIFORM,
    )


BUILDERS: dict[str, Builder] = {
    "uniform_attention_gain": _gain,
    "mean_state_gain": _mean_state,
    "hidden_loss_gain": _hidden_loss,
    "constant_coefficient": lambda: _coefficient(
        polynomial.constant_coefficient, sp.Piecewise((1 + 1 / T, sp.Eq(T - t, 0)), (1 / T, True))
    ),
    "linear_coefficient": _linear,
    "leading_coefficient": lambda: _coefficient(polynomial.leading_coefficient, (T + 1) / t),
    "gain_in_time": _in_time,
    "laguerre_gain": lambda: _laguerre(False),
    "log_laguerre_gain": lambda: _laguerre(True),
    "chain_count": lambda: stated(
        "chain_count", "Number 2^(T-t) of dependency chains from h_t to s_T that the decomposition adds up.",
        ("T", "t"), sp.exp((T - t) * sp.log(2)), "Proposition (gradient as a sum over chains)", count=True,
        conditions=(in_order(),), changed=(any_length(),),
    ),
    "baseline_gain": lambda: of(
        crossover.baseline_gain, "without attention", lam ** (T - t), conditions=(in_order(),),
        assumes=("a linear net without attention",), changed=(any_length(),),
    ),
}  # fmt: skip
