"""Where SEN is not exact: what one step leaves, and what drifting words can leave at most.

res = s + (e^s - 1)/m - coupling |v|^2/2 for zero start, one token of the topic word and m irrelevant words per
sentence.
"""

from typing import Any

import sympy as sp

from theory.derivation import Identity, Step
from theory.dynamics._validate import Exact, exact, nonnegative, positive


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
