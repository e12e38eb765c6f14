"""Size of rectified rows and of their output at random initialisation, scores Gaussian with variance τ²."""

from typing import Any

import sympy as sp

from theory.derivation import Identity, Limit, Step
from theory.sparsity._validate import positive_number, real_number, whole_number

Expr = Any


def rectified_moment(order: int, score_variance: Any = 1) -> Expr:
    """E max(0, s)^*order* for s ~ N(0, τ²): τ/sqrt(2π) for order 1, τ²/2 for order 2.

    >>> rectified_moment(2, 3)
    3/2
    """
    k, variance = whole_number("order", order), positive_number("score_variance", score_variance)
    return sp.sqrt(variance) ** k * 2 ** (sp.Rational(k, 2) - 1) * sp.gamma(sp.Rational(k + 1, 2)) / sp.sqrt(sp.pi)


def output_mean_square(n_keys: int, score_variance: Any = 1, value_variance: Any = 1, value_mean: Any = 0) -> Expr:
    """E mean z² of the un-normalised output z = ReLU(s) V, scores independent Gaussian, values independent of them.

    σ_v² n τ²/2 + μ² (n τ²/2 + n(n-1) τ²/(2π)): grows like n, and like n² when the values share a mean μ, which is why
    a norm is needed. Derived for this project.

    >>> output_mean_square(8)
    4
    """
    n = whole_number("n_keys", n_keys)
    spread, mean = positive_number("value_variance", value_variance), real_number("value_mean", value_mean)
    first, second = rectified_moment(1, score_variance), rectified_moment(2, score_variance)
    return spread * n * second + mean**2 * (n * second + n * (n - 1) * first**2)


def softmax_output_mean_square(n_keys: Any, score_variance: Any = 1, value_variance: Any = 1) -> Expr:
    """The limit law σ_v² e^{τ²}/n of the same quantity for softmax rows, for n far above e^{2τ²}.

    >>> softmax_output_mean_square(100, 1)
    E/100
    """
    return positive_number("value_variance", value_variance) * sp.exp(score_variance) / n_keys


def participation_share() -> Expr:
    """Limit of (sum a)²/(n sum a²) of a rectified row as n grows: 1/π, whatever the score variance.

    >>> participation_share()
    1/pi
    """
    return sp.simplify(rectified_moment(1) ** 2 / rectified_moment(2))


def softmax_participation_share(score_variance: Any = 1) -> Expr:
    """The same limit for softmax, e^{-τ²}."""
    return sp.exp(-positive_number("score_variance", score_variance))


def initial_branch_rms(norm: str, width: int) -> Expr:
    """RMS of the normalised output at initialisation, in expectation of its square over gain and gate.

    ``"plain"`` 1, ``"init"`` (ReLA-i, gain uniform on ±sqrt(3/width)) 1/sqrt(width), ``"gated"`` 1/2 while the gate's
    argument is small.

    >>> initial_branch_rms("init", 512)
    sqrt(2)/32
    """
    d = whole_number("width", width)
    laws = {"plain": sp.S.One, "init": 1 / sp.sqrt(d), "gated": sp.Rational(1, 2)}
    if norm not in laws:
        raise ValueError(f"norm must be one of {', '.join(map(repr, laws))}; got {norm!r}")
    return laws[norm]


def gate_saturation(n_keys: int, gate: Any = 1, score_variance: Any = 1, value_variance: Any = 1) -> Expr:
    """Share of gates of ReLA-g outside [1/20, 19/20] as n grows: 2 Q(ln 19/(|w| σ_v τ sqrt(n/2))).

    The argument w z of the gate has variance w² σ_v² τ² n/2: the gate brings back the dependence on length that the
    normalisation removed. Derived for this project.
    """
    spread = sp.sqrt(output_mean_square(n_keys, score_variance, value_variance)) * positive_number("gate", gate)
    return sp.erfc(sp.log(19) / spread / sp.sqrt(2))


def moments_derivation() -> tuple[Step, ...]:
    """Half-normal integrals, the two limits of the participation ratio, and the growth of the output."""
    s, tau, n = sp.symbols("s tau n", positive=True)
    density = sp.exp(-(s**2) / (2 * tau**2)) / (tau * sp.sqrt(2 * sp.pi))
    first, second = (sp.integrate(s**k * density, (s, 0, sp.oo)) for k in (1, 2))
    g, d = sp.Symbol("g", real=True), sp.Symbol("d", positive=True)
    line = sp.exp(-(s**2) / 2) / sp.sqrt(2 * sp.pi)
    tilted = sp.integrate(sp.exp(tau * g) * line.subs(s, g), (g, -sp.oo, sp.oo))
    doubled = sp.integrate(sp.exp(2 * tau * g) * line.subs(s, g), (g, -sp.oo, sp.oo))
    uniform = sp.integrate(s**2, (s, 0, sp.sqrt(3 / d))) / sp.sqrt(3 / d)
    return (
        Identity("E ReLU(s) = τ/sqrt(2π)", first, rectified_moment(1, tau**2), 2 * rectified_moment(1, tau**2)),
        Identity("E ReLU(s)² = τ²/2", second, rectified_moment(2, tau**2), 2 * rectified_moment(2, tau**2)),
        Identity("rectified participation share", first**2 / second, participation_share(), 2 / sp.pi),
        Identity("softmax participation share", tilted**2 / doubled, softmax_participation_share(tau**2), tilted),
        Limit(
            "with a common value mean the mean square grows like n²",
            (n * second + n * (n - 1) * first**2) / n**2,
            n,
            sp.oo,
            tau**2 / (2 * sp.pi),
            tau**2 / sp.pi,
            "-",
        ),
        Identity("the gain of ReLA-i has mean square 1/width", uniform, 1 / d, 3 / d),
    )
