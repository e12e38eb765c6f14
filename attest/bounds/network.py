"""Bounds on the gradient of a theorist's own recurrent net with attention: a matrix V and a direction g in.

Each is moved to the safe side by an allowance for rounding, the one by Theorem 1 also for inexact eigenpairs. A bound
whose hypotheses fail refuses, naming the one that fails and the bound that applies; none returns 0 in its place.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from attest.bounds._calculator import Hypothesis
from theory import gradients
from theory.errors import AssumptionError

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Pattern: TypeAlias = Sequence[Iterable[int]]
EPS = 2.0**-52
NO_SIGN_HYPOTHESIS = "gradient_upper_bound holds for every V; no lower bound exists from norms alone."


@dataclass(frozen=True)
class NetworkBound:
    """A bound on |d(g . s_T)/dh_t|: the eigenpair used (None without one), whether a cone was, and the hypotheses."""

    value: float
    statement: str
    eigenvalue: complex | None
    eigenvector: tuple[complex, ...] | None
    cone: bool
    hypotheses: tuple[Hypothesis, ...]


def _arguments(V: Any, direction: Any, slope: float | None) -> tuple[Array, Array]:
    matrix, g = np.asarray(V, dtype=np.float64), np.asarray(direction, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"V must be a square matrix, got shape {matrix.shape}.")
    if g.shape != matrix.shape[:1]:
        raise ValueError(f"direction must have {len(matrix)} entries, got shape {g.shape}.")
    for name, values in (("V", matrix), ("direction", g)):
        if not np.isfinite(values).all():
            raise ValueError(f"{name} must be finite, got {values.tolist()}.")
    if not g.any():
        raise ValueError("direction must not be zero: the gradient is zero with it.")
    if slope is not None and not 0 <= slope < np.inf:
        raise ValueError(f"slope must be finite and >= 0, got {slope}.")
    return matrix, g


def _gain(pattern: Pattern | None, T: int, t: int) -> Callable[[Any], Any]:
    if pattern is None:
        return lambda eigenvalue: gradients.gain_recurrence(T, t, eigenvalue)
    rows = [[float(x) for x in row] for row in gradients.pattern_weights(pattern)]
    if len(rows) < T:
        raise ValueError(f"pattern must have at least T={T} sets, got {len(rows)}.")
    return lambda eigenvalue: gradients.weighted_recurrence(rows, T, t, eigenvalue)


def _last_weight(pattern: Pattern | None, T: int, t: int) -> float:
    if pattern is None:
        return 1 / T
    attended = set(pattern[T - 1])
    return (t in attended) / len(attended)


def _eigenpairs(matrix: Array) -> tuple[Array, Array, Array]:
    """Eigenvalues, right eigenvectors of length 1 (columns), and |V u - lambda u| of each with its rounding."""
    values, vectors = np.linalg.eig(matrix)
    vectors = vectors / np.linalg.norm(vectors, axis=0)
    residuals = np.linalg.norm(matrix @ vectors - values * vectors, axis=0)
    return values, vectors, residuals + 4 * len(matrix) * EPS * np.linalg.norm(matrix, 2)


def _slack(gain: Callable[[Any], Any], matrix: Array, T: int, t: int, g: Array, residuals: Array) -> Array:
    """How far a bound by an inexact eigenpair can be off.

    The pair is exact for a V within the residual; the gain has coefficients >= 0, so that q Q'(q) <= (T - t) Q(q).
    """
    q = max(float(np.linalg.norm(matrix, 2)), EPS) + float(residuals.max())
    slack: Array = (residuals * (T - t) / q + 16 * T * EPS) * float(gain(q)) * np.linalg.norm(g)
    return slack


def _cone(name: str, matrix: Array, g: Array, slope: float, instead: str) -> tuple[Hypothesis, ...]:
    for text, values in (("V >= 0 entrywise", matrix), ("direction >= 0 entrywise", g)):
        if (values < 0).any():
            raise AssumptionError(
                f"{name} assumes a cone ({text}) for a net that is not linear, got a smallest entry of "
                f"{values.min()}. {instead}"
            )
    return (
        Hypothesis("cone (V >= 0, direction >= 0 entrywise)", True, "every entry compared"),
        Hypothesis(f"phi' >= {slope} along the trajectory", False, "about the net, not decided by V and direction"),
    )


def _perron(matrix: Array) -> tuple[float, Array] | None:
    """The Perron root and its nonnegative vector where float64 resolves one, else None."""
    values, vectors, _ = _eigenpairs(matrix)
    index = int(np.argmax(values.real))
    u = vectors[:, index]
    u = u * np.sign(u[np.argmax(np.abs(u))].real)
    if values[index].imag or (u.real < 0).any() or np.abs(u.imag).any():
        return None
    return float(values[index].real), u.real


def _frozen(name: str, frozen: bool) -> Hypothesis:
    if not frozen:
        raise AssumptionError(
            f"{name} assumes frozen weights, got frozen=False. Use theory.gradients.full_derivative_upper_bound, which "
            "takes the weights and the spread of the states; no lower bound exists then."
        )
    return Hypothesis("frozen weights", True, "declared by the caller; uniform attention is frozen by itself")


def gradient_lower_bound(
    V: Any,
    direction: Any,
    T: int,
    t: int,
    pattern: Pattern | None = None,
    *,
    slope: float | None = None,
    frozen: bool = True,
) -> NetworkBound:
    """A number <= |d(g . s_T)/dh_t|; s = h + c, uniform attention over the past or over the sets N_k of *pattern*.

    ``slope=None``: a linear net, any V; the largest |Q_{T,t}(lambda)| |g.u|/|u| over the eigenpairs. With *slope* the
    net is nonlinear, phi' >= slope, V >= 0 and g >= 0: the larger of alpha_{t,T}|g| and, from the Perron pair,
    Q_{T,t}(slope rho) g.u/|u|. Times are 1-based. AssumptionError for a hypothesis that fails. Kerg et al. (2020),
    Theorem 1.

    >>> gradient_lower_bound([[0.0]], [3.0], 4, 1).value <= 0.75
    True
    """
    name = "gradient_lower_bound"
    matrix, g = _arguments(V, direction, slope)
    gain = _gain(pattern, T, t)
    weights = _frozen(name, frozen)
    if slope is None:
        values, vectors, residuals = _eigenpairs(matrix)
        found = np.abs(gain(values)) * np.abs(g @ vectors) - _slack(gain, matrix, T, t, g, residuals)
        best = int(np.argmax(found))
        if not found[best] > 0:
            raise AssumptionError(
                f"{name} assumes an eigenpair V u = lambda u with g.u != 0 and Q_(T,t)(lambda) != 0, got none that "
                f"float64 tells from 0 among {values.tolist()}. {NO_SIGN_HYPOTHESIS}"
            )
        u = tuple(complex(x) for x in vectors[:, best])
        names = (weights, Hypothesis("V u = lambda u, u != 0", True, "residual allowed for"))
        return NetworkBound(float(found[best]), "T1-eig", complex(values[best]), u, False, names)
    assumed = (weights, *_cone(name, matrix, g, slope, NO_SIGN_HYPOTHESIS))
    direct = (_last_weight(pattern, T, t) + (t == T)) * float(np.linalg.norm(g)) * (1 - 8 * len(g) * EPS)
    perron = _perron(matrix)
    by_root = 0.0
    if perron is not None:
        slack = _slack(gain, slope * matrix, T, t, g, slope * _eigenpairs(matrix)[2])
        by_root = float(gain(slope * perron[0]) * (g @ perron[1]) - slack.max())
    if not max(direct, by_root) > 0:
        raise AssumptionError(
            f"{name} assumes t in N_T, or slope > 0 with a Perron root > 0, got t={t}, slope={slope}. "
            f"{NO_SIGN_HYPOTHESIS}"
        )
    if perron is None or direct >= by_root:
        return NetworkBound(direct, "T1-cone", None, None, True, assumed)
    pair = tuple(complex(x) for x in perron[1])
    return NetworkBound(by_root, "T1-cone, Perron pair", complex(perron[0]), pair, True, assumed)


def gradient_upper_bound(
    V: Any, direction: Any, T: int, t: int, pattern: Pattern | None = None, *, slope: float = 1.0, frozen: bool = True
) -> NetworkBound:
    """A number >= |d(g . s_T)/dh_t| for any V and |phi'| <= *slope*: Q_{T,t}(slope |V|_2) |g|, s = h + c.

    AssumptionError unless the weights are frozen. Kerg et al. (2020), the upper side of Theorems 1 and 2.

    >>> gradient_upper_bound([[0.5]], [1.0], 9, 1).value >= 2
    True
    """
    matrix, g = _arguments(V, direction, slope)
    gain = _gain(pattern, T, t)
    weights = _frozen("gradient_upper_bound", frozen)
    q = slope * float(np.linalg.norm(matrix, 2)) * (1 + 4 * len(g) * EPS)
    value = float(gain(q)) * float(np.linalg.norm(g)) * (1 + 16 * (T + len(g)) * EPS)
    names = (weights, Hypothesis(f"|phi'| <= {slope}", False, "about the net, not decided by V and direction"))
    return NetworkBound(value, "T1-upper", None, None, False, names)


def screened_lower_bound(
    V: Any,
    direction: Any,
    T: int,
    t: int,
    *,
    short_term: int,
    relevant: int,
    retained: Iterable[int],
    slope: float | None = None,
    frozen: bool = True,
) -> NetworkBound:
    """A number <= |d(g . s_T)/dh_t| with screened uniform attention: kappa^-(1+H) lambda^H |g.u|/|u|, kappa = nu + rho.

    *retained*: the relevant set at time T. H = 0 for a retained t or one in the buffer, else one hop for every
    *short_term* steps to the next attended time. ``slope=None``: a linear net and its eigenvalues > 0; with *slope* a
    cone and the Perron root. AssumptionError where neither is there. Kerg et al. (2020), Theorem 2 for screening.

    >>> screened_lower_bound([[1.0]], [1.0], 9, 1, short_term=2, relevant=2, retained=[1, 4]).value <= 0.25
    True
    """
    name = "screened_lower_bound"
    instead = "gradient_lower_bound with the recorded pattern takes any eigenvalue of a linear net."
    matrix, g = _arguments(V, direction, slope)
    names = [_frozen(name, frozen)]
    kept = list(retained)
    gradients.screening_gap(t, T, short_term, kept)  # refuses times out of range
    if slope is None:
        values, vectors, residuals = _eigenpairs(matrix)
        real = values.imag == 0
        pairs = list(zip(values.real[real].tolist(), vectors.T[real].real, strict=True))
        how = f"taken as exact, |V u - lambda u| at most {residuals.max():.1e}"
        names.append(Hypothesis("positive spectrum (lambda > 0, V u = lambda u)", True, how))
    else:
        names += _cone(name, matrix, g, slope, NO_SIGN_HYPOTHESIS)
        perron = _perron(matrix)
        pairs = [] if perron is None else [(slope * perron[0], perron[1])]
    best: tuple[float, float, Array] | None = None
    for eigenvalue, u in pairs:
        safe = eigenvalue - 8 * len(g) * EPS * float(np.linalg.norm(matrix, 2))
        overlap = abs(float(g @ u)) - 8 * len(g) * EPS * float(np.linalg.norm(g))
        if safe > 0 and overlap > 0:
            floor = gradients.screened_lower_bound(t, T, short_term, relevant, kept, Fraction(safe))
            value = float(floor) * overlap * (1 - 16 * EPS)
            if best is None or value > best[0]:
                best = (value, eigenvalue, u)
    if best is None or best[0] == 0:
        raise AssumptionError(
            f"{name} assumes an eigenvalue lambda > 0 with g.u != 0, and hops few enough for float64, got eigenvalues "
            f"{[pair[0] for pair in pairs]} (real ones). {instead}"
        )
    vector = tuple(complex(x) for x in best[2])
    return NetworkBound(best[0], "RS5", complex(best[1]), vector, slope is not None, tuple(names))
