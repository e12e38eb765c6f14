"""How the gain grows with T: bounds in closed form, the exponent and its constant, rates, the net without attention."""

from dataclasses import replace
from typing import Any

import sympy as sp

from theory.export.formula import Builder
from theory.export.functions import Root
from theory.export.statement import Argument, Condition, Statement
from theory.gradients import counterexamples, crossover, enclosure, growth, window
from theory.gradients.statements._parts import (
    EXACT,
    OWN,
    UNIFORM,
    T,
    any_length,
    contracting,
    contraction,
    factors,
    harmonic,
    in_order,
    j,
    nonnegative_eigenvalue,
    of,
    stated,
    symbol,
    t,
)

GAMMA = contracting / (1 - contracting)


def _sandwich(side: str) -> Statement:
    """The closed-form bounds of ``sandwich``."""
    z = contracting
    if side == "lower":
        beta = sp.Max(0, GAMMA * (GAMMA - 1))
        value = sp.Max(factors(GAMMA, beta) / ((1 - z) * (T + beta)), (T + 1) / t * z ** (T - t))
    else:
        power = sp.Piecewise((sp.Integer(2), z >= sp.Rational(1, 2)), (sp.Integer(3), True))
        value = z ** (T - t) + factors(GAMMA, 0) / T * (1 - z) ** (-power)
    return of(
        enclosure.sandwich,
        OWN,
        value,
        name=f"gain_{side}_bound",
        says=f"{side.capitalize()} bound of the gain ds_T/dh_t for a contracting eigenvalue, in closed form.",
        kind=side,
        conditions=(in_order(), *contraction()),
        assumes=UNIFORM,
        changed=(nonnegative_eigenvalue(),),
    )


def _memorable() -> Statement:
    return of(
        enclosure.memorable_lower_bound,
        OWN,
        factors(contracting, 0) / T,
        kind="lower",
        conditions=(in_order(), *contraction()),
        assumes=UNIFORM,
        changed=(nonnegative_eigenvalue(),),
    )


def _asymptotic() -> Statement:
    """C_t (1-lambda)^(gamma-2)/Gamma(1+gamma) T^(gamma-1), 0 <= lambda < 1; C_t is an integral of positive terms."""
    z = contracting
    beta = sp.gamma(t - 1) * sp.gamma(GAMMA + 1) / sp.gamma(t + GAMMA)
    constant = (t - 1) * beta * sp.hyper([GAMMA, t - 1], [t + GAMMA], z)
    power = (1 - z) ** (GAMMA - 2) / sp.gamma(1 + GAMMA) * T ** (GAMMA - 1)
    return of(
        growth.asymptotic_gain,
        "Theorem 1, corrected; derived for this project by singularity analysis",
        sp.Piecewise((power, sp.Eq(t, 1)), (constant * power, True)),
        kind="asymptotic",
        conditions=(in_order(), *(replace(c, instead=_elsewhere()) for c in contraction()), _leading()),
        assumes=UNIFORM,
        changed=(nonnegative_eigenvalue(), any_length()),
    )


def _leading() -> Condition:
    """The leading term leads: the next one is gamma(gamma - 1)(gamma - 1/2)/T of it, whatever t."""
    return Condition(
        "the next term is at most a tenth (10 g (g - 1)(g - 1/2) <= T, g = eigenvalue/(1 - eigenvalue))",
        T - 10 * GAMMA * (GAMMA - 1) * (GAMMA - sp.Rational(1, 2)),
        "gain_lower_bound and gain_upper_bound hold for every T; uniform_attention_gain is exact as long as "
        "T - t <= 10000.",
    )


def _elsewhere() -> str:
    return (
        "uniform_attention_gain is exact for every eigenvalue as long as T - t <= 10000; negative_identity_upper_bound "
        "bounds the gain of negative ones."
    )


def _complex_parts() -> tuple[Argument, Argument]:
    return (
        Argument("eigenvalue", sp.Symbol("x", real=True), "real part of the eigenvalue of V"),
        Argument("imaginary", sp.Symbol("y", real=True), "imaginary part of it", default=sp.Integer(0)),
    )


def _exponent(name: str, says: str, oscillation: bool) -> Statement:
    real, imaginary = _complex_parts()
    x, y = real.symbol, imaginary.symbol
    modulus = (1 - x) ** 2 + y**2
    value = y / modulus if oscillation else (x - x**2 - y**2) / modulus - 1
    inside = Condition(
        "contraction (|eigenvalue| < 1)",
        1 - x**2 - y**2,
        "For |eigenvalue| > 1 the gain grows exponentially, at 1 like exp(2 sqrt(T)).",
        strict=True,
    )
    return stated(
        name,
        says,
        ("eigenvalue", "imaginary"),
        value,
        "Theorem 1, corrected; derived for this project by singularity analysis",
        kind="asymptotic",
        conditions=(inside,),
        assumes=(*UNIFORM, "t is fixed while T grows"),
        changed=(real, imaginary),
    )


def _crossover() -> Statement:
    z = sp.Symbol("lambda", positive=True)
    a = -sp.log(z)
    value = -sp.LambertW(-a * sp.exp(-a * t), -1) / a - t
    instead = "Without decay there is no crossover: compare baseline_gain with uniform_attention_gain."
    return of(
        crossover.crossover_lag,
        "discussion of Theorem 1",
        value,
        conditions=(
            Condition("positive spectrum (eigenvalue > 0)", z, instead, strict=True),
            Condition("contraction (eigenvalue < 1)", 1 - z, instead, strict=True),
        ),
        assumes=UNIFORM,
        changed=(Argument("eigenvalue", z, "eigenvalue of V"),),
    )


def _window() -> Statement:
    """The root of z = lambda (1 + mean of z^-i over the window), whose two sides cross once."""
    rate, kappa, number = sp.Symbol("z", positive=True), symbol("kappa"), sp.Symbol("lambda", positive=True)
    mean = sp.Sum(rate ** (1 - j), (j, 1, kappa)) / kappa
    return of(
        window.window_rate,
        "Theorem 2, sliding window",
        Root(rate - number * (1 + mean), rate, number * (1 + 1 / kappa), sp.Max(1, 2 * number)),
        assumes=("a linear net, s_k = h_k + c_k", "uniform weights over the last kappa states"),
        changed=(Argument("eigenvalue", number, "eigenvalue of V", low=0, open_low=True),),
    )


def _negative_identity() -> Statement:
    v = symbol("v")
    return of(
        counterexamples.negative_identity_upper_bound,
        "against Theorem 1 without a hypothesis on V",
        counterexamples._upper(T, v, sp.floor(T / 8)),
        kind="upper",
        conditions=(Condition("contraction (v < 1)", 1 - v, EXACT, strict=True),),
        assumes=UNIFORM,
        changed=(any_length(),),
    )


def _nilpotent() -> Statement:
    """(sqrt(b^2 + 4 a^2) - b)/2 written as 2 a^2/(sqrt(b^2 + 4 a^2) + b), in which nothing cancels."""
    length = replace(any_length(), low=2, high=10**6)
    size = length.symbol
    linear = sp.Piecewise(
        (sp.Integer(3), sp.Eq(size, 2)), (harmonic(1, size - 1) / size + 1 / size + 1 / (size - 1), True)
    )
    a = 1 / size
    return of(
        counterexamples.nilpotent_smallest_gain,
        "against Theorem 1 uniformly in the direction (N5)",
        _over_cases(linear, lambda b: 2 * a**2 / (sp.sqrt(b**2 + 4 * a**2) + b)),
        assumes=UNIFORM,
        changed=(length,),
    )


def _over_cases(cases: Any, function: Any) -> Any:
    return sp.Piecewise(*((function(value), condition) for value, condition in cases.args))


BUILDERS: dict[str, Builder] = {
    "gain_lower_bound": lambda: _sandwich("lower"),
    "gain_upper_bound": lambda: _sandwich("upper"),
    "memorable_lower_bound": _memorable,
    "asymptotic_gain": _asymptotic,
    "growth_exponent": lambda: _exponent(
        "growth_exponent", "Power of T with which |P_{T,t}| grows, t fixed: Re gamma - 1, gamma = lambda/(1 - lambda).",
        oscillation=False,
    ),
    "oscillation_frequency": lambda: _exponent(
        "oscillation_frequency", "Im gamma: P_{T,t} carries waves T^(i Im gamma) on top of its power law.",
        oscillation=True,
    ),
    "crossover_lag": _crossover,
    "window_rate": _window,
    "negative_identity_upper_bound": _negative_identity,
    "nilpotent_smallest_gain": _nilpotent,
}  # fmt: skip
