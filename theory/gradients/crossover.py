"""The net without attention, and the lag at which attention's 1/T overtakes it."""

import sympy as sp

from theory.assumptions import Contraction, PositiveEigenvalue, require
from theory.derivation import Identity, Limit, Step
from theory.gradients._validate import Exact, as_sympy, check_count, check_times, exact_number
from theory.gradients.gain import uniform_attention_gain


def baseline_gain(T: int, t: int, eigenvalue: Exact) -> Exact:
    """lambda**(T-t): ds_T/dh_t on an eigenvector of V without attention; with q = sup|phi'| |V|_2 an upper bound.

    >>> baseline_gain(4, 1, 2)
    Fraction(8, 1)
    """
    check_times(T, t)
    return exact_number("eigenvalue", eigenvalue) ** (T - t)


def crossover_lag(eigenvalue: Exact, t: int) -> Exact:
    """The lag k*, lambda**k = 1/(t + k), where attention's 1/T takes over: -W_{-1}(-a e^(-at))/a - t, a = -ln(lambda).

    SymPy expression with the lower branch of Lambert's W, 0 for t = 1, lambda <= 1/e. 0 < lambda < 1 and t >= 1.

    >>> crossover_lag(sp.Rational(1, 2), 1).evalf(4)
    1.000
    """
    check_count("t", t, 1)
    number = as_sympy(exact_number("eigenvalue", eigenvalue))
    require(
        "crossover_lag",
        PositiveEigenvalue(number),
        Contraction(number),
        instead="Without decay there is no crossover: compare baseline_gain with uniform_attention_gain.",
    )
    a = sp.log(1 / number)
    lag = -sp.LambertW(-a * sp.exp(-a * t), -1) / a - t
    return sp.Integer(0) if t == 1 and bool(a >= 1) else lag  # at t = 1 the curves meet at lag 0, the larger root here


def domination_lag(eigenvalue: Exact, t: int, fraction: Exact) -> int:
    """Smallest k at which lambda**k is at most *fraction* of the exact gain P_{t+k,t}(lambda); 0 <= lambda < 1.

    Against the exact gain there is no crossover: attention dominates at every lag.

    >>> domination_lag(sp.Rational(1, 2), 1, sp.Rational(1, 100))
    6
    """
    check_count("t", t, 1)
    number, share = exact_number("eigenvalue", eigenvalue), exact_number("fraction", fraction)
    require("domination_lag", Contraction(as_sympy(number)), instead="Compare the two gains directly.")
    if not share > 0:
        raise ValueError(f"fraction must be > 0, got {fraction}.")
    k = 0
    while number**k > share * uniform_attention_gain(t + k, t, number):
        k += 1
    return k


def crossover_derivation() -> tuple[Step, ...]:
    """Lambert's W solves lambda**k (t + k) = 1; the geometric baseline loses to 1/T in the limit."""
    a, t, k = sp.symbols("a t k", positive=True)
    T = sp.Symbol("T", positive=True)
    # with -a (t + k) = W: W e^W = -a (t+k) e^(-a(t+k)), and e^(-a k) = 1/(t+k) turns that into -a e^(-a t)
    return (
        Identity(
            "W e^W at W = -a(t+k) when e^(-ak) = 1/(t+k)",
            -a * (t + k) * sp.exp(-a * t) / (t + k),
            -a * sp.exp(-a * t),
            -a * sp.exp(-a),
        ),
        Identity("k = -W/a - t inverts W = -a(t+k)", -(-a * (t + k)) / a - t, k, k + t),
        Limit("T (1/2)^T tends to 0", T * sp.Rational(1, 2) ** T, T, sp.oo, sp.Integer(0), sp.Integer(1)),
    )
