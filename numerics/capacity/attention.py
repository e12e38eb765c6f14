"""One attention block run on traced scalars, so that its multiplications of signals by signals can be counted."""

from dataclasses import dataclass, field
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_int


@dataclass
class Trace:
    """Multiplications seen: a weight times a signal, an output by an output, a computed weight times a signal."""

    weighted: int = 0
    output_gatings: int = 0
    synaptic_gatings: int = 0
    elsewhere: int = field(default=0)


class Signal:
    """A scalar that depends on the input; ``role`` is "output" of a unit or "weight" computed by the softmax."""

    __slots__ = ("role", "trace", "value")

    def __init__(self, value: float, trace: Trace, role: str = "output") -> None:
        self.value, self.trace, self.role = value, trace, role

    def __mul__(self, other: "Signal | float") -> "Signal":
        if not isinstance(other, Signal):
            self.trace.weighted += 1
            return Signal(self.value * other, self.trace)
        roles = {self.role, other.role}
        if roles == {"output"}:
            self.trace.output_gatings += 1
        elif roles == {"output", "weight"}:
            self.trace.synaptic_gatings += 1
        else:
            self.trace.elsewhere += 1
        return Signal(self.value * other.value, self.trace)

    def __add__(self, other: "Signal") -> "Signal":
        return Signal(self.value + other.value, self.trace)


def count_attention_gatings(tokens: int, key_dim: int, value_dim: int, rng: int | np.random.Generator) -> Trace:
    """Run one self-attention head on random tokens and return the multiplications it made.

    Scores q_i . k_j / sqrt(m), a softmax over j, outputs sum_j a_ij v_j; queries, keys and values are linear in the
    tokens. ``tokens`` n, ``key_dim`` m and ``value_dim`` are at least 1; the token width is key_dim + 1.
    """
    n = require_int("tokens", tokens, 1)
    m, width = require_int("key_dim", key_dim, 1), require_int("value_dim", value_dim, 1)
    generator = np.random.default_rng(rng)
    trace = Trace()
    inputs = [[Signal(float(v), trace) for v in row] for row in generator.normal(size=(n, m + 1))]
    maps = [generator.normal(size=(m + 1, size)) for size in (m, m, width)]
    queries, keys, values = ([_linear(row, weights) for row in inputs] for weights in maps)
    for query in queries:
        scores = [_sum([a * b for a, b in zip(query, key, strict=True)]) for key in keys]
        weights = _softmax(scores, sqrt(m))
        for c in range(width):
            _sum([a * value[c] for a, value in zip(weights, values, strict=True)])
    return trace


def attend(
    tokens: NDArray[np.float64], query: NDArray[np.float64], key: NDArray[np.float64], value: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Self-attention outputs, shape (n, value_dim), of *tokens* (n, width) by the three maps, each (width, .)."""
    scores = (tokens @ query) @ (tokens @ key).T / sqrt(query.shape[1])
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True) @ (tokens @ value))


def _linear(row: list[Signal], weights: NDArray[np.float64]) -> list[Signal]:
    return [_sum([s * float(w) for s, w in zip(row, column, strict=True)]) for column in weights.T]


def _sum(terms: list[Signal]) -> Signal:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _softmax(scores: list[Signal], scale: float) -> list[Signal]:
    top = max(s.value for s in scores)
    powers = [exp((s.value - top) / scale) for s in scores]
    return [Signal(p / sum(powers), s.trace, "weight") for p, s in zip(powers, scores, strict=True)]


def traced_gatings(tokens: int, key_dim: int, value_dim: int, rng: int | np.random.Generator) -> dict[str, int]:
    """Output and synaptic gatings of the traced head."""
    trace = count_attention_gatings(tokens, key_dim, value_dim, rng)
    return {"output": trace.output_gatings, "synaptic": trace.synaptic_gatings}


def traced_products(tokens: int, key_dim: int, value_dim: int, rng: int | np.random.Generator) -> int:
    """All products of two signals that the traced head makes, whatever their kind."""
    trace = count_attention_gatings(tokens, key_dim, value_dim, rng)
    return trace.output_gatings + trace.synaptic_gatings + trace.elsewhere


def count_equivariant_rows(tokens: int, rng: int | np.random.Generator) -> int:
    """Rows of the head's outputs on rotated tokens that equal its rotated outputs, up to rounding.

    Equal means within 2**-40: some hundred roundings of float64 in sums of values below 16.
    """
    generator = np.random.default_rng(rng)
    inputs = generator.normal(size=(require_int("tokens", tokens, 2), 3))
    maps = [generator.normal(size=(3, k)) for k in (2, 2, 3)]
    gaps = np.abs(attend(np.roll(inputs, 1, axis=0), *maps) - np.roll(attend(inputs, *maps), 1, axis=0))
    return int(np.all(gaps < 2.0**-40, axis=1).sum())
