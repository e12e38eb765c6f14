"""How long training takes and where it tends: quadrature of the reduced flow, take-off, asymptotics.

Setting as in :mod:`theory.dynamics.margins`, with ``coupling`` = (key rate/embedding rate) |query|^2.
"""

from typing import Any

import sympy as sp

from theory.derivation import Identity, Limit, Step
from theory.dynamics._validate import Exact, count, exact, fraction_of, nonnegative, positive
from theory.dynamics.sen import attention_weight, sen_norm, sen_potential


def time_to_score(
    score: Exact, mass: Exact, classes: Exact, separation: Exact, frequency: Exact, coupling: Exact = 1
) -> Any:
    """Time at which a topic word reaches *score* from a zero start, as an exact integral (evaluate it with sympy.N).

    t = (1/(p D)) int_0^x (1/a)(1 + e^(D a x')/(C-1)) dx', written over w = sqrt(score), in which the integrand is
    smooth at 0. Half attention is at score log(mass).

    >>> time_to_score(0, 20, 4, 1, 1)
    0
    """
    s, m, rho = nonnegative("score", score), positive("mass", mass), positive("coupling", coupling)
    p, d = fraction_of("frequency", frequency), positive("separation", separation)
    others = count("classes", classes, 2) - 1
    if s == 0:
        return sp.Integer(0)
    w = sp.Symbol("w", positive=True)
    norm = sen_norm(w**2, m, rho)
    a = attention_weight(w**2, m)
    slope = 2 * w * (1 + sp.exp(w**2) / m) / (rho * norm)
    return sp.Integral((1 + sp.exp(d * a * norm) / others) / a * slope, (w, 0, sp.sqrt(s))) / (p * d)


def half_attention_time(mass: Exact, classes: Exact, separation: Exact, frequency: Exact, coupling: Exact = 1) -> Any:
    """Time at which attention on the topic word reaches one half, its score log(mass); mass > 1.

    >>> sp.N(half_attention_time(10, 2, 1, 1), 4)
    36.25
    """
    m = positive("mass", mass)
    if (m - 1).is_extended_nonpositive:
        raise ValueError(f"mass must exceed 1, or attention begins at one half, got mass={m}.")
    return time_to_score(sp.log(m), m, classes, separation, frequency, coupling)


def takeoff_time(mass: Exact, classes: Exact, separation: Exact, frequency: Exact, coupling: Exact = 1) -> Any:
    """Leading term, for many irrelevant words, of the time to half attention: m (C/(C-1)) sqrt(pi/(2 coupling))/(p D).

    >>> takeoff_time(2, 2, 1, 1)
    2*sqrt(2)*sqrt(pi)
    """
    c = count("classes", classes, 2)
    spread = sp.sqrt(sp.pi / (2 * positive("coupling", coupling)))
    reach = fraction_of("frequency", frequency) * positive("separation", separation)
    return positive("mass", mass) * c / (c - 1) * spread / reach


def asymptotic_loss(time: Exact, separation: Exact, frequency: Exact) -> Any:
    """1/(p D^2 time): the loss of a topic word's sentences in the long run, whatever the mass and the coupling.

    >>> asymptotic_loss(100, 2, 1)
    1/400
    """
    scale = fraction_of("frequency", frequency) * positive("separation", separation) ** 2
    return 1 / (scale * positive("time", time))


def asymptotic_logarithm(time: Exact, classes: Exact, separation: Exact, frequency: Exact) -> Any:
    """Lg = log(D^2 (C - 1) p time), the margin in the long run.

    >>> asymptotic_logarithm(1, 2, 1, 1)
    0
    """
    others = count("classes", classes, 2) - 1
    scale = positive("separation", separation) ** 2 * fraction_of("frequency", frequency)
    return sp.log(others * scale * positive("time", time))


def asymptotic_norm(time: Exact, classes: Exact, separation: Exact, frequency: Exact) -> Any:
    """Lg/D: the norm in the long run, relative error tending to 0.

    >>> asymptotic_norm(1, 2, 1, 1)
    0
    """
    return asymptotic_logarithm(time, classes, separation, frequency) / positive("separation", separation)


def asymptotic_score(
    time: Exact, mass: Exact, classes: Exact, separation: Exact, frequency: Exact, coupling: Exact = 1
) -> Any:
    """2 log Lg + log(m coupling/(2 D^2)): the score in the long run, approached from below."""
    grown = asymptotic_logarithm(time, classes, separation, frequency)
    level = positive("mass", mass) * positive("coupling", coupling) / (2 * positive("separation", separation) ** 2)
    return 2 * sp.log(grown) + sp.log(level)


def asymptotic_attention_gap(
    time: Exact, classes: Exact, separation: Exact, frequency: Exact, coupling: Exact = 1
) -> Any:
    """1 - a ~ 2 D^2/(coupling Lg^2): attention tends to 1 only as an inverse square of the logarithm of time."""
    grown = asymptotic_logarithm(time, classes, separation, frequency)
    return 2 * positive("separation", separation) ** 2 / (positive("coupling", coupling) * grown**2)


def loss_correction(score: Exact, mass: Exact) -> Any:
    """Leading correction of (loss) p D^2 time - 1 in the long run: -(1 - a)^2 (2 s - 5), of order log log t/log^4 t.

    >>> loss_correction(0, 1)
    5/4
    """
    gap = 1 - attention_weight(score, mass)
    return -(gap**2) * (2 * exact("score", score) - 5)


def rates_derivation() -> tuple[Step, ...]:
    """The quadrature, and the limits behind the asymptotics, m = 20 and 4 classes where a limit needs numbers."""
    s, mu, t = sp.symbols("s mu t", positive=True)
    p, d, a, x, others = sp.symbols("p D a x K", positive=True)
    speed = p * d * a * others / (others + sp.exp(d * a * x))
    m = sp.Integer(20)
    grown = sen_potential(s, m) - 1 / m
    gap = 1 - attention_weight(s, m)
    level = mu + sp.exp(mu) / 3
    return (
        Identity(
            "dt/dx = (1/(p D a))(1 + e^(D a x)/(C-1))",
            1 / speed,
            (1 + sp.exp(d * a * x) / others) / (p * d * a),
            twin=(1 + sp.exp(d * a * x)) / (p * d * a),
        ),
        Limit("(1 - a) coupling x^2/2 -> 1", gap * grown, s, sp.oo, sp.Integer(1), twin=sp.Rational(1, 2)),
        Limit(
            "G' / (p D^2) -> 1",
            attention_weight(s, m) ** 2 * (1 + 2 * gap**2 * grown),
            s,
            sp.oo,
            sp.Integer(1),
            twin=sp.Integer(2),
        ),
        Limit("loss * G -> 1", sp.log(1 + 3 * sp.exp(-mu)) * level, mu, sp.oo, sp.Integer(1), twin=sp.Integer(3)),
        Limit("G / e^mu -> 1/(C-1)", level * sp.exp(-mu), mu, sp.oo, sp.Rational(1, 3), twin=sp.Integer(1)),
        Limit("s - log(m coupling x^2/2) -> 0", s - sp.log(m * grown), s, sp.oo, sp.Integer(0), twin=sp.Integer(1)),
        Identity(
            "the Gaussian of the take-off: x^2 = 2 s (m -> oo), a = e^(x^2/2)/m",
            sp.integrate(sp.exp(-(t**2) / 2), (t, 0, sp.oo)),
            sp.sqrt(sp.pi / 2),
            twin=sp.sqrt(2 * sp.pi),
        ),
        Identity("loss p D^2 t -> 1", asymptotic_loss(t, d, p) * p * d**2 * t, sp.Integer(1), twin=p),
    )
