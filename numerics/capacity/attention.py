"""One attention block run on traced scalars, so that its multiplications of signals by signals can be counted.

All of it is traced, the softmax too: exponentials, their sum, and a quotient for each pair of tokens. The quotients are
the normalisation's own; an attention weight is one, and what it multiplies is gated as by a synapse.
"""

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_int


@dataclass
class Trace:
    """Signals put in, and operations seen, by what they act on.

    ``weighted``: a fixed weight times a signal; ``output_gatings``: a product of two outputs; ``synaptic_gatings``: of
    an output and a computed weight; ``elsewhere``: any other product of two signals; ``quotients`` of two signals.
    """

    inputs: int = 0
    weighted: int = 0
    output_gatings: int = 0
    synaptic_gatings: int = 0
    elsewhere: int = 0
    quotients: int = 0


class Signal:
    """A scalar that depends on the input, put in by its caller, or made by an operation on other signals.

    ``role``: "output" of a unit, affine in the tokens; "score", a product of two; "power", an exponential; "weight", a
    quotient of powers. Sums and weighted signals keep the role of what is added.
    """

    __slots__ = ("role", "trace", "value")

    def __init__(self, value: float, trace: Trace) -> None:
        trace.inputs += 1
        self.value, self.trace, self.role = value, trace, "output"

    def _made(self, value: float, role: str) -> "Signal":
        made = Signal.__new__(Signal)
        made.value, made.trace, made.role = value, self.trace, role
        return made

    def __mul__(self, other: "Signal | float") -> "Signal":
        if not isinstance(other, Signal):
            self.trace.weighted += 1
            return self._made(self.value * other, self.role)
        roles = {self.role, other.role}
        if roles == {"output"}:
            self.trace.output_gatings += 1
        elif roles == {"output", "weight"}:
            self.trace.synaptic_gatings += 1
        else:
            self.trace.elsewhere += 1
        return self._made(self.value * other.value, "score" if roles == {"output"} else self.role)

    def __truediv__(self, other: "Signal") -> "Signal":
        self.trace.quotients += 1
        return self._made(self.value / other.value, "weight")

    def __add__(self, other: "Signal") -> "Signal":
        return self._made(self.value + other.value, self.role)

    def __sub__(self, other: "Signal") -> "Signal":
        return self._made(self.value - other.value, self.role)

    def exp(self) -> "Signal":
        """The exponential, a unit's activation function: no product."""
        return self._made(exp(self.value), "power")


def count_attention_gatings(tokens: int, key_dim: int, value_dim: int, rng: int | np.random.Generator) -> Trace:
    """Run one self-attention head on random tokens and return the operations that it made.

    ``tokens`` n, ``key_dim`` m and ``value_dim`` are at least 1; the token width is key_dim + 1. Raises ArithmeticError
    if the head put in signals besides its n (m + 1) inputs, for then it computed something out of the trace's sight.
    """
    n = require_int("tokens", tokens, 1)
    m, width = require_int("key_dim", key_dim, 1), require_int("value_dim", value_dim, 1)
    generator = np.random.default_rng(rng)
    inputs = generator.normal(size=(n, m + 1))
    trace = Trace()
    query, key, value = (generator.normal(size=(m + 1, size)) for size in (m, m, width))
    attend_traced(inputs, query, key, value, trace)
    if trace.inputs != inputs.size:
        raise ArithmeticError(f"the head has {inputs.size} inputs, but {trace.inputs} signals were put in")
    return trace


def attend_traced(
    tokens: NDArray[np.float64],
    query: NDArray[np.float64],
    key: NDArray[np.float64],
    value: NDArray[np.float64],
    trace: Trace,
) -> list[list[Signal]]:
    """What :func:`attend` computes, with every operation entered into *trace*.

    Scores q_i . k_j / sqrt(m), a softmax over j, outputs sum_j a_ij v_j; queries, keys and values are linear in the
    tokens.
    """
    inputs = [[Signal(float(v), trace) for v in row] for row in tokens]
    queries, keys, values = ([_linear(row, weights) for row in inputs] for weights in (query, key, value))
    outputs = []
    for asking in queries:
        scores = [_sum([a * b for a, b in zip(asking, asked, strict=True)]) for asked in keys]
        weights = _softmax(scores, sqrt(query.shape[1]))
        columns = zip(*values, strict=True)
        outputs.append([_sum([v * a for v, a in zip(column, weights, strict=True)]) for column in columns])
    return outputs


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
    top = max(scores, key=lambda score: score.value)  # a choice, no product
    powers = [((score - top) * (1 / scale)).exp() for score in scores]
    total = _sum(powers)
    return [power / total for power in powers]


def traced_gatings(tokens: int, key_dim: int, value_dim: int, rng: int | np.random.Generator) -> dict[str, int]:
    """Output and synaptic gatings of the traced head."""
    trace = count_attention_gatings(tokens, key_dim, value_dim, rng)
    return {"output": trace.output_gatings, "synaptic": trace.synaptic_gatings}


def traced_products(tokens: int, key_dim: int, value_dim: int, rng: int | np.random.Generator) -> dict[str, int]:
    """All products of two signals that the traced head makes, whatever their kind, and all quotients."""
    trace = count_attention_gatings(tokens, key_dim, value_dim, rng)
    products = trace.output_gatings + trace.synaptic_gatings + trace.elsewhere
    return {"products": products, "quotients": trace.quotients}


def count_equivariant_rows(tokens: int, rng: int | np.random.Generator) -> int:
    """Rows of the head's outputs on rotated tokens that equal its rotated outputs, up to rounding.

    Equal means within 2**-40: some hundred roundings of float64 in sums of values below 16.
    """
    generator = np.random.default_rng(rng)
    inputs = generator.normal(size=(require_int("tokens", tokens, 2), 3))
    maps = [generator.normal(size=(3, k)) for k in (2, 2, 3)]
    gaps = np.abs(attend(np.roll(inputs, 1, axis=0), *maps) - np.roll(attend(inputs, *maps), 1, axis=0))
    return int(np.all(gaps < 2.0**-40, axis=1).sum())
