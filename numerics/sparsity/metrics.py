"""Sparsity, null rows, support, participation ratio and head diversity of attention weights.

Weights have shape (..., heads, queries, keys) and are those before dropout. *valid* is bool, (..., queries, keys)
without the heads' axis, True where query and key are real and the causal mask, if any, allows the pair: masked zeros
are not sparsity. Zero means exactly 0.0, no threshold. Null rows are never renormalised.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def sparsity_rate(weights: Any, valid: Any = None, *, by_head: bool = False) -> Any:
    """Fraction of valid (head, query, key) entries that are exactly 0; one number, or an array over heads.

    Raises ValueError on NaN, on a wrong shape, and where no entry is valid.

    >>> sparsity_rate([[[0.5, 0.0], [0.0, 0.0]]], [[True, False], [True, True]])
    0.6666666666666666
    """
    a, ok = _checked(weights, valid)
    return _share((a == 0) & ok, ok, by_head, "entry")


def null_rate(weights: Any, valid: Any = None, *, by_head: bool = False) -> Any:
    """Fraction of (head, query) rows, among those with a valid key, whose valid weights are all exactly 0.

    It is 0 for every map onto the simplex. Raises as :func:`sparsity_rate`.
    """
    rows = np.asarray(_checked(weights, valid)[1].any(axis=-1))
    return _share(np.logical_and(null_rows(weights, valid), rows), rows, by_head, "row")


def null_rows(weights: Any, valid: Any = None) -> Bools:
    """Which (..., head, query) rows have a valid key and no weight other than 0 on one."""
    a, ok = _checked(weights, valid)
    return np.asarray(ok.any(axis=-1) & ~((a != 0) & ok).any(axis=-1))


def support_size(weights: Any, valid: Any = None) -> npt.NDArray[np.int64]:
    """Number of valid keys with weight above 0, shape (..., heads, queries)."""
    a, ok = _checked(weights, valid)
    return np.asarray(((a > 0) & ok).sum(axis=-1), dtype=np.int64)


def participation_ratio(weights: Any, valid: Any = None) -> Floats:
    """(sum a)²/sum a² of each row, shape (..., heads, queries): between 1 and the support for nonnegative weights.

    A null row has no participants: its ratio is 0 by definition.
    """
    a, ok = _checked(weights, valid)
    kept = np.where(ok, a, 0.0)
    # Scaling by the largest entry keeps tiny weights from underflowing when they are squared.
    largest = np.abs(kept).max(axis=-1, keepdims=True)
    scaled = kept / np.where(largest > 0, largest, 1.0)
    squares = (scaled**2).sum(axis=-1)
    return np.asarray(scaled.sum(axis=-1) ** 2 / np.where(squares > 0, squares, 1.0))


@dataclass(frozen=True)
class HeadDiversity:
    """Mean Jensen-Shannon divergence across heads over log H, in [0, 1], in both readings of null rows."""

    augmented: float
    """Every row counts; a null row is the certain outcome "no key", an extra one next to the keys."""
    complete: float | None
    """Only queries where no head is null; None where there is none."""
    lost_fraction: float
    """Fraction of queries that ``complete`` leaves out."""


def head_diversity(weights: Any, valid: Any = None) -> HeadDiversity:
    """Generalised Jensen-Shannon divergence H(mean_h p_h) - mean_h H(p_h) over log H, averaged over queries.

    Correia, Niculae, Martins (2019), section 5.2, here with rows renormalised to distributions p_h; how a null row
    enters is a choice, so both readings are returned. With one head the divergence is 0. Raises ValueError on negative
    weights, which are no distribution, and as :func:`sparsity_rate`.
    """
    a, ok = _checked(weights, valid)
    if (a[ok] < 0).any():
        raise ValueError("head_diversity needs weights >= 0: a row with a negative weight has no distribution")
    kept = np.where(ok, a, 0.0)
    total = kept.sum(axis=-1, keepdims=True)
    null = total == 0
    distributions = np.concatenate([kept / np.where(null, 1.0, total), null.astype(np.float64)], axis=-1)
    heads = a.shape[-3]
    divergence = _entropy(distributions.mean(axis=-3)) - _entropy(distributions).mean(axis=-2)
    scaled = np.clip(divergence / np.log(heads), 0.0, 1.0) if heads > 1 else np.zeros_like(divergence)
    asked = ok.any(axis=(-3, -1))
    if not asked.any():
        raise ValueError("valid must leave at least one entry, got none")
    complete = asked & ~null[..., 0].any(axis=-2)
    return HeadDiversity(
        augmented=float(scaled[asked].mean()),
        complete=float(scaled[complete].mean()) if complete.any() else None,
        lost_fraction=1.0 - float(complete.sum() / asked.sum()),
    )


def _entropy(p: Floats) -> Floats:
    return np.asarray(-(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1))


def _checked(weights: Any, valid: Any) -> tuple[Floats, Bools]:
    a = _array(weights).astype(np.float64)
    if a.ndim < 3 or 0 in a.shape:
        raise ValueError(f"weights must have shape (..., heads, queries, keys) without empty axes, got {a.shape}")
    if np.isnan(a).any():
        raise ValueError("weights must not contain NaN")
    if valid is None:
        return a, np.ones(a.shape, dtype=bool)
    ok = _array(valid)
    if ok.dtype != np.bool_:
        raise TypeError(f"valid must be bool (True = valid), got {ok.dtype}")
    wanted = (*a.shape[:-3], *a.shape[-2:])
    try:
        ok = np.broadcast_to(ok, wanted)
    except ValueError:
        raise ValueError(f"valid must broadcast to {wanted}, weights without the heads' axis; got {ok.shape}") from None
    return a, np.broadcast_to(np.expand_dims(ok, -3), a.shape)


def _array(x: Any) -> npt.NDArray[Any]:
    return np.asarray(x.detach().cpu().numpy() if hasattr(x, "detach") else x)


def _share(hits: Bools, among: Bools, by_head: bool, what: str) -> Any:
    head_axis = 1 if what == "row" else 2  # counted from the end, before the axes after the heads'
    axes = tuple(i for i in range(hits.ndim) if i != hits.ndim - 1 - head_axis) if by_head else None
    total = among.sum(axis=axes)
    if not np.all(total):
        raise ValueError(f"valid must leave at least one {what}, got none")
    share = hits.sum(axis=axes) / total
    return np.asarray(share) if by_head else float(share)
