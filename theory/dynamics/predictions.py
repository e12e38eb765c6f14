"""The residual of SEN predicted from the set-up alone: finite step, finite vocabulary, finite sample.

res = s + (e^s - 1)/m - coupling |v|^2/2 for zero start, one token of the topic word and m irrelevant words per
sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy as sp

from theory.derivation import Identity, Step
from theory.dynamics._validate import Exact, count, exact, fraction_of, nonnegative, positive
from theory.dynamics.sen import attention_weight, sen_norm

DIGITS = 15


@dataclass(frozen=True)
class ResidualParts:
    """A predicted residual by cause; ``total`` is their sum, ``relative_norm`` the relative excess of the norm."""

    sample: Any
    vocabulary: Any
    step: Any
    norm: Any
    coupling: Any

    @property
    def total(self) -> Any:
        return self.sample + self.vocabulary + self.step

    @property
    def excess_norm(self) -> Any:
        """|v| minus the norm that SEN gives for the score, to first order: -total / (coupling |v|)."""
        return -self.total / (self.coupling * self.norm)


def predicted_residual(
    score: Exact,
    mass: Exact,
    *,
    topics: Exact,
    rate: Exact = 0,
    separation: Exact = 1,
    classes: Exact = 2,
    frequency: Exact | None = None,
    sentences: Exact | None = None,
    irrelevant: Exact | None = None,
    coupling: Exact = 1,
) -> ResidualParts:
    """Residual at a given score, from the set-up alone: no constant is fitted.

    sample = -(coupling T/N) int_0^x int_0^x' e^(-s(x'')) dx'' dx' (an irrelevant word remembers its sentences);
    vocabulary = -T (1/R + 1/(N m)) int_0^s (e^s'/m) s' ds'; step = (rate/2) coupling int_0^x x'(coupling a (1-a) x^2
    - 1) dx with x' = p D a b of the symmetric head, p = ``frequency`` (default 1/T), D = ``separation``.
    ``sentences``, ``irrelevant`` = None: infinitely many. Rational arguments; SymPy floats of 15 digits are returned.

    >>> predicted_residual(1, 2, topics=2).total
    0
    """
    s = exact("score", score)
    m, rho, n_topics = positive("mass", mass), positive("coupling", coupling), count("topics", topics, 1)
    eta, d = nonnegative("rate", rate), positive("separation", separation)
    others = count("classes", classes, 2) - 1
    p = fraction_of("frequency", frequency) if frequency is not None else 1 / n_topics
    if s.is_extended_negative:
        raise ValueError(f"score must be at least 0 from a zero start, got score={s}.")
    for name, value in (("score", s), ("mass", m), ("coupling", rho), ("separation", d), ("rate", eta)):
        if not value.is_number:
            raise TypeError(f"{name} must be a number here (the residual is an integral), got {value}.")
    sample, vocabulary = sp.Integer(0), sp.Integer(0)
    scarce = sp.Integer(0)
    if irrelevant is not None:
        scarce += 1 / count("irrelevant", irrelevant, 1)
    if sentences is not None:
        n = count("sentences", sentences, 1)
        scarce += 1 / (n * m)
        sample = -rho * n_topics / n * _memory(s, m, rho)
    if scarce != 0:
        vocabulary = sp.N(-n_topics * scarce * (1 + (s - 1) * sp.exp(s)) / m, DIGITS)
    step = eta * _step_integral(s, m, rho, p * d, d, others) if eta != 0 else sp.Integer(0)
    return ResidualParts(sample, vocabulary, step, sp.N(sen_norm(s, m, rho), DIGITS), rho)


def irrelevant_norm(
    score: Exact, mass: Exact, *, topics: Exact, sentences: Exact, irrelevant: Exact, coupling: Exact = 1
) -> Any:
    """Root mean square of the irrelevant words' norms when the topic words' score is *score*.

    T sqrt(m/(R N)) int_0^x e^(-s(x')) dx': each of the N m/R sentences of a word pulls it by (T/N) times that integral
    along the direction of its class, and directions of balanced classes add up at random (:func:`memory_derivation`).
    Small drifts assumed. Rational arguments; a SymPy float of 15 digits is returned.

    >>> irrelevant_norm(0, 20, topics=8, sentences=800, irrelevant=5000)
    0
    """
    s, m, rho = nonnegative("score", score), positive("mass", mass), positive("coupling", coupling)
    n, size = count("sentences", sentences, 1), count("irrelevant", irrelevant, 1)
    return sp.N(count("topics", topics, 1) * sp.sqrt(m / (size * n)), DIGITS) * _pulled(s, m, rho)


def _path(mass: Any, coupling: Any) -> tuple[Any, Any]:
    """x(s) and dx/ds of SEN from zero, as mpmath functions; near s = 0, x behaves like sqrt(s)."""
    m, rho = mpmath.mpf(mass.p) / mass.q if mass.is_Rational else mpmath.mpf(str(sp.N(mass, 30))), sp.N(coupling, 30)
    rho = mpmath.mpf(str(rho))

    def x(s: Any) -> Any:
        return mpmath.sqrt(2 / rho * (s + mpmath.expm1(s) / m))

    def slope_by_root(w: Any) -> Any:  # dx/dw for s = w^2, finite at w = 0
        s = w * w
        ratio = (1 + mpmath.expm1(s) / (s * m)) if s else 1 + 1 / m
        return (1 + mpmath.exp(s) / m) / mpmath.sqrt(rho / 2 * ratio)

    return x, slope_by_root


def _pulled(s: Any, mass: Any, coupling: Any) -> Any:
    """int_0^x e^(-s') dx', over w = sqrt(s')."""
    return _over_root(lambda w, slope, x: mpmath.exp(-w * w) * slope(w), s, mass, coupling)


def _memory(s: Any, mass: Any, coupling: Any) -> Any:
    """int_0^x dx' int_0^x' e^(-s'') dx'' = int_0^x (x - x'') e^(-s'') dx'', over w = sqrt(s'')."""
    end = _path(mass, coupling)[0](mpmath.mpf(str(sp.N(s, 30))))
    return _over_root(lambda w, slope, x: (end - x(w * w)) * mpmath.exp(-w * w) * slope(w), s, mass, coupling)


def _over_root(integrand: Callable[..., Any], s: Any, mass: Any, coupling: Any) -> Any:
    x, slope = _path(mass, coupling)
    top = mpmath.sqrt(mpmath.mpf(str(sp.N(s, 30))))
    return sp.Float(mpmath.quad(lambda w: integrand(w, slope, x), [0, top]), DIGITS) if top else sp.Integer(0)


def _step_integral(s: Any, mass: Any, coupling: Any, pull: Any, separation: Any, others: Any) -> Any:
    x, slope = _path(mass, coupling)
    m, rho, g, d, k, top = (
        mpmath.mpf(str(sp.N(value, 30))) for value in (mass, coupling, pull, separation, others, s)
    )  # fmt: skip

    def integrand(w: Any) -> Any:
        length, grown = x(w * w), mpmath.exp(w * w)
        a = grown / (grown + m)
        speed = g * a * k / (k + mpmath.exp(d * a * length))
        return speed * (rho * a * (1 - a) * length**2 - 1) * slope(w)

    return sp.Float(rho / 2 * mpmath.quad(integrand, [0, mpmath.sqrt(top)]), DIGITS)


def memory_derivation() -> tuple[Step, ...]:
    """What a sentence leaves in an irrelevant word of it, and how such traces add up over balanced classes."""
    s, m, n, topics, speed, pairs = sp.symbols("s m N T x' n", positive=True)
    c = sp.Symbol("C", positive=True)
    own = attention_weight(s, m)
    force = topics * speed / own  # x' = a |h| / T
    cosine = -1 / (c - 1)  # between the directions of two classes of a symmetric head
    mean_product = (1 + (c - 1) * cosine) / c
    return (
        Identity("attention on one irrelevant token is e^-s a", (1 - own) / m, sp.exp(-s) * own, twin=sp.exp(-s)),
        Identity(
            "its share of one sentence's pull is (T/N) e^-s x'",
            (1 - own) / m * force / n,
            topics / n * sp.exp(-s) * speed,
            twin=topics / n * speed,
        ),
        Identity(
            "n independent unit directions of mean 0 add up to a mean square of n",
            pairs + pairs * (pairs - 1) * mean_product,
            pairs,
            twin=pairs**2,
        ),
    )
