"""Where SEN is not exact: finite step, finite vocabulary, finite sample, as residuals with their prefactors.

res = s + (e^s - 1)/m - coupling |v|^2/2 for zero start, one token of the topic word and m irrelevant words per
sentence.
"""

from dataclasses import dataclass
from typing import Any

import mpmath
import sympy as sp

from theory.derivation import Identity, Step
from theory.dynamics._validate import Exact, count, exact, fraction_of, nonnegative, positive
from theory.dynamics.sen import sen_norm

DIGITS = 15


def sen_residual(score: Exact, norm: Exact, mass: Exact, coupling: Exact = 1) -> Any:
    """s + (e^s - 1)/m - coupling |v|^2/2, which SEN says is 0 for a zero start.

    >>> sen_residual(0, 0, 20)
    0
    """
    s, m = exact("score", score), positive("mass", mass)
    return s + (sp.exp(s) - 1) / m - positive("coupling", coupling) * nonnegative("norm", norm) ** 2 / 2


def step_residual_change(
    score: Exact, mass: Exact, score_step: Exact, embedding_step_square: Exact, coupling: Exact = 1
) -> Any:
    """Change of the residual in one gradient step, to second order: ((e^s/m)(Ds)^2 - coupling |Dv|^2)/2.

    >>> step_residual_change(0, 2, 1, 1)
    -1/4
    """
    s, m = exact("score", score), positive("mass", mass)
    spent = positive("coupling", coupling) * exact("embedding_step_square", embedding_step_square)
    return (sp.exp(s) / m * exact("score_step", score_step) ** 2 - spent) / 2


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


def _memory(s: Any, mass: Any, coupling: Any) -> Any:
    """int_0^x dx' int_0^x' e^(-s'') dx'' = int_0^x (x - x'') e^(-s'') dx'', over w = sqrt(s'')."""
    x, slope = _path(mass, coupling)
    top = mpmath.mpf(str(sp.N(s, 30)))
    end = x(top)
    return sp.Float(
        mpmath.quad(lambda w: (end - x(w * w)) * mpmath.exp(-w * w) * slope(w), [0, mpmath.sqrt(top)]), DIGITS
    )


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


def drift_bound(
    score_drift: Exact, embedding_drift: Exact, norm: Exact, force: Exact, steps: Exact = 0, coupling: Exact = 1
) -> Any:
    """Bound of |residual| when the irrelevant words stay within known distances of where they began.

    (e^eps - 1) coupling |v|^2/2 + e^eps coupling delta F + steps with eps = ``score_drift`` >= |log(M/m)|, delta =
    ``embedding_drift`` >= |u| for all times and sentences of the word, F = ``force`` = int mean(a |h|) dt, and
    ``steps`` = sum over steps of ((e^s/m)(Ds)^2 + coupling |Dv|^2)/2. Assumes v . h >= 0.

    >>> drift_bound(0, 0, 3, 1)
    0
    """
    eps, rho = nonnegative("score_drift", score_drift), positive("coupling", coupling)
    moved = rho * nonnegative("norm", norm) ** 2 / 2
    pulled = rho * nonnegative("embedding_drift", embedding_drift) * nonnegative("force", force)
    return (sp.exp(eps) - 1) * moved + sp.exp(eps) * pulled + nonnegative("steps", steps)


def drift_excess(drift_ratio: Exact) -> Any:
    """Relative excess of the norm over SEN when a share of the score's growth is undone: 1/sqrt(1 - share) - 1.

    Leading order at small scores, where the norm's square grows as the undisturbed score.

    >>> drift_excess(0)
    0
    """
    share = exact("drift_ratio", drift_ratio)
    if (1 - share).is_extended_nonpositive:
        raise ValueError(f"drift_ratio must be below 1, got drift_ratio={share}.")
    return 1 / sp.sqrt(1 - share) - 1


def step_derivation() -> tuple[Step, ...]:
    """One gradient step with an arbitrary force: the residual has no term of first order, and the stated second one."""
    s, x, g, eta = sp.symbols("s x g eta", real=True)
    m, rho = sp.symbols("m rho", positive=True)
    a = sp.exp(s) / (sp.exp(s) + m)
    score_step, norm_step = eta * rho * a * (1 - a) * x * g, eta * a * g
    after = s + score_step + (sp.exp(s + score_step) - 1) / m - rho * (x + norm_step) ** 2 / 2
    first = sp.diff(after, eta).subs(eta, 0)
    second = sp.diff(after, eta, 2).subs(eta, 0) / 2
    stated = step_residual_change(s, m, score_step / eta, (norm_step / eta) ** 2, rho)
    return (
        Identity("no first order", first, sp.Integer(0), twin=a * g * x),
        Identity("second order", second, stated, twin=2 * stated),
        Identity(
            "along the flow it integrates (coupling a (1 - a) x^2 - 1) x'/2",
            stated,
            rho * (rho * a * (1 - a) * x**2 - 1) * (a * g) ** 2 / 2,
            twin=rho * (rho * (1 - a) * x**2 - 1) * (a * g) ** 2 / 2,
        ),
    )


def drift_derivation() -> tuple[Step, ...]:
    """The integrals of the vocabulary term and the factor that the drift bound uses."""
    s, t = sp.symbols("s t", positive=True)
    m, ratio = sp.symbols("m r", positive=True)
    e = sp.Symbol("E", positive=True)
    growth = (1 + e / m) * (m * ratio) / (e + m * ratio)  # M = m r with r in [e^-eps, e^eps]
    return (
        Identity(
            "int_0^s s' e^s' ds' = 1 + (s - 1) e^s",
            sp.integrate(t * sp.exp(t), (t, 0, s)),
            1 + (s - 1) * sp.exp(s),
            twin=(s - 1) * sp.exp(s),
        ),
        Identity(
            "(1 + e^s/m)(1 - a) - 1 = (r - 1) e^s/(e^s + m r), between r - 1 and 0",
            growth - 1,
            (ratio - 1) * e / (e + m * ratio),
            twin=(ratio - 1) * e / (e + m),
        ),
    )
