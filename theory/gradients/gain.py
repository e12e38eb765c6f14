"""The gain P_{T,t} of a linear recurrent net with uniform attention, and Q_{T,t} of arbitrary frozen weights.

h_k = V s_{k-1} + U x_k and s_k = h_k + c_k with c_k the mean of h_1 ... h_k give ds_T/dh_t = P_{T,t}(V), a polynomial
in V with positive coefficients; on an eigenvector it acts as the number P_{T,t}(eigenvalue). Kerg et al. (2020),
Theorem 1, in the linear case; the paper's statement keeps only the constant term 1/T.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy as sp

from theory.assumptions import exact_matrix
from theory.gradients._validate import Exact, check_state, check_times, exact_number


def gain_recurrence(T: int, t: int, eigenvalue: Any) -> Any:
    """P_{T,t} by its O(T - t) recurrence, in whatever arithmetic *eigenvalue* brings (numbers, arrays, tensors).

    y_k = dh_k/dh_t, S_k = y_t + ... + y_k; y_{k+1} = eigenvalue (y_k + S_k/k). An int is not exact: pass Fraction.

    >>> gain_recurrence(2, 1, 0.5)
    2.0
    """
    check_times(T, t)
    y = total = eigenvalue * 0 + 1
    for k in range(t, T):
        y = _tidy(eigenvalue * (y + total / k))
        total = total + y
    return _tidy(y + total / T)


def _tidy(value: Any) -> Any:
    return sp.expand(value) if isinstance(value, sp.Basic) else value


def uniform_attention_gain(T: int, t: int, eigenvalue: Exact, *, state: str = "sum") -> Exact:
    """P_{T,t}(eigenvalue) = ds_T/dh_t on an eigenvector of V; 1 <= t <= T, times 1-based, exact.

    Linear net, weights 1/k, s_k = h_k + c_k; ``state="mean"`` is s_k = (h_k + c_k)/2. int and Fraction (and SymPy
    rationals) give a Fraction, other SymPy expressions an expanded SymPy expression. ValueError if t is out of range,
    TypeError for floats. Kerg et al. (2020), Theorem 1, linear case.

    >>> uniform_attention_gain(2, 1, 1)
    Fraction(7, 2)
    """
    check_times(T, t)
    check_state(state)
    number = exact_number("eigenvalue", eigenvalue)
    if state == "mean":
        return _tidy(gain_recurrence(T, t, number / 2) / 2)
    return gain_recurrence(T, t, number)


def uniform_attention_gains(T: int, eigenvalue: Exact) -> tuple[Exact, ...]:
    """(P_{T,1}, ..., P_{T,T}) at *eigenvalue* by the backward recurrence, O(T) for all t together.

    >>> uniform_attention_gains(2, 1)
    (Fraction(7, 2), Fraction(3, 2))
    """
    check_times(T, 1)
    number = exact_number("eigenvalue", eigenvalue)
    rest = number * 0 + Fraction(1, T) if isinstance(number, Fraction) else sp.Rational(1, T)
    gains = [1 + rest]
    for j in range(T - 1, 0, -1):
        rest = _tidy(rest + number * gains[-1] / j)
        gains.append(_tidy(rest + number * gains[-1]))
    return tuple(reversed(gains))


def matrix_gain(V: Any, T: int, t: int, *, state: str = "sum") -> Exact:
    """P_{T,t}(V) = ds_T/dh_t itself for a square matrix V of exact numbers, as a SymPy matrix.

    >>> matrix_gain([[0, 1], [0, 0]], 2, 1)
    Matrix([
    [1/2,   3],
    [  0, 1/2]])
    """
    check_times(T, t)
    check_state(state)
    matrix = exact_matrix(V)
    if matrix.rows != matrix.cols:
        raise ValueError(f"V must be square, got shape {matrix.shape}.")
    if state == "mean":
        return matrix_gain((matrix / 2).tolist(), T, t) / 2
    one = sp.eye(matrix.rows)
    y = total = one
    for k in range(t, T):
        y = matrix * (y + total / k)
        total = total + y
    return y + total / T


def attention_gain(
    weights: tuple[tuple[Exact, ...], ...] | list[list[Exact]], T: int, t: int, eigenvalue: Exact, *, state: str = "sum"
) -> Exact:
    """Q_{T,t}(eigenvalue) = ds_T/dh_t on an eigenvector of V for a linear net with frozen attention weights.

    *weights*: at least T rows; row k (1-based) holds the k numbers alpha_{1,k} ... alpha_{k,k}, summing to one.
    ValueError for rows of a wrong length or sum. Kerg et al. (2020), Theorem 2, linear case, before any estimate.

    >>> attention_gain([[1], [1, 0]], 2, 1, 1)
    Fraction(3, 1)
    """
    check_times(T, t)
    check_state(state)
    number = exact_number("eigenvalue", eigenvalue)
    rows = [[exact_number(f"weights[{k}]", value) for value in row] for k, row in enumerate(weights)]
    check_rows(rows, T)
    half = Fraction(1, 2) if state == "mean" else Fraction(1)
    if isinstance(number, sp.Basic):
        half = sp.Rational(half.numerator, half.denominator)
    return _tidy(half * weighted_recurrence(rows, T, t, half * number))


def weighted_recurrence(rows: Sequence[Sequence[Any]], T: int, t: int, eigenvalue: Any) -> Any:
    """Q_{T,t} of s = h + c by its recurrence, in whatever arithmetic the weights and *eigenvalue* bring.

    >>> weighted_recurrence([[1], [1, 0]], 2, 1, 0.5)
    2.0
    """
    check_times(T, t)
    hidden: dict[int, Any] = {t: eigenvalue * 0 + 1}
    for k in range(t, T + 1):
        attended = sum((rows[k - 1][i - 1] * hidden[i] for i in range(t, k + 1)), eigenvalue * 0)
        output = _tidy(hidden[k] + attended)
        hidden[k + 1] = _tidy(eigenvalue * output)
    return output


def check_rows(rows: list[list[Exact]], T: int) -> None:
    """Refuse attention rows that are too few, of a wrong length, or do not sum to one."""
    if len(rows) < T:
        raise ValueError(f"weights must have at least T={T} rows, got {len(rows)}.")
    for k, row in enumerate(rows[:T], start=1):
        if len(row) != k:
            raise ValueError(f"row {k} of weights must hold {k} numbers, got {len(row)}.")
        if sum(row) != 1:
            raise ValueError(f"row {k} of weights must sum to 1, got {sum(row)}.")
