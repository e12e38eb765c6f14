"""Theorem 1 with its hypotheses spelled out: spectral, PSD, cone and score lower bounds, and upper bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from theory.assumptions import (
    Cone,
    EigenPair,
    FrozenWeights,
    PositiveSemidefinite,
    Rows,
    Stochastic,
    exact_matrix,
    require,
)
from theory.derivation import Identity, Step
from theory.errors import AssumptionError
from theory.gradients._validate import Exact, as_sympy, check_count, check_times, exact_number
from theory.gradients.gain import attention_gain, gain_recurrence, uniform_attention_gain

NO_LOWER_BOUND = (
    "No lower bound exists from norms alone; gain_upper_bound needs no hypothesis on V, "
    "spectral_lower_bound takes any eigenpair of a linear net."
)


@dataclass(frozen=True)
class Bound:
    """A derived number, its statement, the hypotheses that were checked, and whether it is an equality."""

    value: Any
    statement: str
    hypotheses: tuple[str, ...]
    exact: bool = False


def _gain(T: int, t: int, eigenvalue: Exact, weights: Rows | None, state: str) -> Exact:
    if weights is None:
        return uniform_attention_gain(T, t, eigenvalue, state=state)
    return attention_gain([list(row) for row in weights], T, t, eigenvalue, state=state)


def spectral_lower_bound(
    V: Rows,
    direction: Sequence[Exact],
    T: int,
    t: int,
    eigenvalue: Exact,
    eigenvector: Sequence[Exact],
    *,
    weights: Rows | None = None,
    state: str = "sum",
    frozen: bool = True,
) -> Bound:
    """|Q_{T,t}(lambda)| |g.u|/|u| <= |ds_T/dh_t^T g| for a linear net, frozen weights and any eigenpair V u = lambda u.

    V need not be normal; lambda and u may be complex. ``weights=None`` is uniform attention. An equality in width 1.
    AssumptionError if (lambda, u) is no eigenpair or the weights are not frozen. Kerg et al. (2020), Theorem 1.

    >>> spectral_lower_bound([[0]], [3], 4, 1, 0, [1]).value
    3/4
    """
    names = require(
        "spectral_lower_bound",
        FrozenWeights(frozen),
        EigenPair(V, as_sympy(eigenvalue), eigenvector),
        instead=NO_LOWER_BOUND,
    )
    u, g = exact_matrix(eigenvector), exact_matrix(direction)
    overlap = sp.Abs(sp.expand((g.T * u)[0])) / sp.sqrt(sp.expand(sum(sp.expand(x * sp.conjugate(x)) for x in u)))
    value = sp.Abs(as_sympy(_gain(T, t, eigenvalue, weights, state))) * overlap
    return Bound(value, "T1-eig", names, exact=len(u) == 1)


def psd_singular_values(V: Rows, T: int, t: int) -> tuple[Exact, Exact]:
    """(smallest, largest) singular value of ds_T/dh_t for symmetric PSD V: P_{T,t} of V's extreme eigenvalues.

    AssumptionError if V is not PSD. Linear net, uniform attention; Kerg et al. (2020), Theorem 1.

    >>> psd_singular_values([[0, 0], [0, 1]], 2, 1)
    (1/2, 7/2)
    """
    require("psd_singular_values", PositiveSemidefinite(V), instead="Use spectral_lower_bound, which takes any V.")
    spectrum = sorted(exact_matrix(V).eigenvals(), key=lambda x: sp.N(sp.re(x), 30))
    smallest, largest = (as_sympy(uniform_attention_gain(T, t, sp.expand(x))) for x in (spectrum[0], spectrum[-1]))
    return smallest, largest


def cone_lower_bound(
    V: Rows,
    direction: Sequence[Exact],
    T: int,
    t: int,
    *,
    slope: Exact = 0,
    perron: tuple[Exact, Sequence[Exact]] | None = None,
    weights: Rows | None = None,
    frozen: bool = True,
) -> Bound:
    """Lower bound of the gradient norm of a *nonlinear* net with V >= 0, g >= 0 and phi' >= slope >= 0, frozen weights.

    alpha_{t,T} |g| ((1 + alpha_{T,T})|g| at t = T); with a Perron pair (rho, u >= 0) also Q_{T,t}(slope rho) g.u/|u|.
    AssumptionError names the hypothesis that fails; it never returns 0 in its place.

    >>> cone_lower_bound([[1]], [2], 5, 1).value
    2/5
    """
    check_times(T, t)
    hypotheses: list[Any] = [FrozenWeights(frozen), Cone(V, direction, as_sympy(slope))]
    if weights is not None:
        hypotheses.append(Stochastic(weights))
    if perron is not None:
        hypotheses.append(EigenPair(V, as_sympy(perron[0]), perron[1]))
    names = require("cone_lower_bound", *hypotheses, instead=NO_LOWER_BOUND)
    g = exact_matrix(direction)
    last = Fraction(1, T) if weights is None else weights[T - 1][t - 1]
    candidates = [(as_sympy(last) + int(t == T)) * g.norm()]
    if perron is not None:
        rho, u = as_sympy(perron[0]), exact_matrix(perron[1])
        if not all(bool(x.is_nonnegative) for x in u):
            raise AssumptionError(f"cone_lower_bound assumes a Perron vector >= 0, got {list(u)}. Leave perron out.")
        candidates.append(as_sympy(_gain(T, t, as_sympy(slope) * rho, weights, "sum")) * (g.T * u)[0] / u.norm())
    value = sp.Max(*candidates)
    if value == 0:
        raise AssumptionError(
            "cone_lower_bound assumes alpha_{t,T} > 0 or a Perron pair with slope > 0, got a bound of 0. "
            + NO_LOWER_BOUND
        )
    return Bound(value, "T1-cone", names)


def score_weight_range(score_bound: Exact, attended: int) -> tuple[Exact, Exact]:
    """Softmax weights over *attended* scores of modulus <= B lie in [e^(-2B)/attended, e^(2B)/attended].

    For additive scores B = |v_a|_1. With a cone this makes Theorem 1 e^(-2B)|g|/|N_T|.

    >>> score_weight_range(0, 4)
    (1/4, 1/4)
    """
    check_count("attended", attended, 1)
    bound = as_sympy(exact_number("score_bound", score_bound))
    if bound.is_negative:
        raise ValueError(f"score_bound must be >= 0, got {bound}.")
    return sp.exp(-2 * bound) / attended, sp.exp(2 * bound) / attended


def gain_upper_bound(
    gain: Exact, T: int, t: int, *, weights: Rows | None = None, state: str = "sum", frozen: bool = True
) -> Bound:
    """|ds_T/dh_t|_2 <= Q_{T,t}(q) for any V and any phi, q = sup|phi'| |V|_2, frozen weights; no other hypothesis.

    >>> gain_upper_bound(Fraction(1, 2), 9, 1).value
    2
    """
    names = require("gain_upper_bound", FrozenWeights(frozen), instead="Use full_derivative_upper_bound.")
    return Bound(as_sympy(_gain(T, t, gain, weights, state)), "T1-upper", names)


def full_derivative_upper_bound(
    gain: Any, T: int, t: int, weights: Sequence[Sequence[Any]], radii: Sequence[Any], *, key: Any, query: Any
) -> Any:
    """Upper bound of |ds_T/dh_t|_2 for the full derivative, weights not frozen, additive scores, s = h + c.

    *radii*: r_k = max_j |h_j - c_k| for k = 1..T; *key* = |U_a|_2 |v_a|_2, *query* = |W_a|_2 |v_a|_2, *gain* as in
    gain_upper_bound. X_k = sum_j |E_{k,j}| Y_j + |F_k| X_{k-1}, Y_{k+1} = gain X_k. Exact for exact arguments.
    """
    check_times(T, t)
    Y = {t: gain * 0 + 1}
    X = gain * 0
    for k in range(t, T + 1):
        row, r = weights[k - 1], radii[k - 1]
        attended = sum((row[j - 1] * (1 + r * key) * Y[j] for j in range(t, k + 1)), gain * 0)
        X = Y[k] + attended + r * query * X
        Y[k + 1] = gain * X
    return X


def spectral_derivation() -> tuple[Step, ...]:
    """g^T P(V) u = P(lambda) g^T u for an eigenvector, and softmax weights under a score bound."""
    a, b, c, g1, g2 = sp.symbols("a b c g_1 g_2")
    V = sp.Matrix([[a, b], [0, c]])  # Schur form: every 2x2 matrix up to a unitary change of basis
    u = sp.Matrix([b, c - a])  # eigenvector of c
    g = sp.Matrix([g1, g2])
    p = [gain_recurrence(4, 1, sp.Symbol("x")).coeff(sp.Symbol("x"), r) for r in range(4)]
    PV = sum((p[r] * V**r for r in range(4)), sp.zeros(2, 2))
    scalar = sum(p[r] * c**r for r in range(4))
    B, N = sp.symbols("B N", positive=True)
    return (
        Identity("V u = lambda u", V * u, c * u, a * u),
        Identity(
            "g^T P_{4,1}(V) u = P_{4,1}(lambda) g^T u",
            (g.T * PV * u)[0],
            scalar * (g.T * u)[0],
            scalar * (g.T * u)[0] * 2,
        ),
        Identity(
            "smallest softmax weight under |e| <= B", sp.exp(-B) / (N * sp.exp(B)), sp.exp(-2 * B) / N, sp.exp(-B) / N
        ),
    )
