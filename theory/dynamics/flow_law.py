"""The SEN identity derived from an abstract loss and the gradient flow on the tables.

Two sentences hold the topic word, each with a loss that is an arbitrary function of its context vector (any classifier,
any label); keys and embeddings follow the gradient. The reduced equation for the score is a result here, never a
premise. Two coordinates for each vector: the algebra is the same in every dimension, because coordinates enter only
through sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sympy as sp

from theory.derivation import Identity, Step


def gradient(loss: Any, variables: Sequence[Any]) -> list[Any]:
    """Derivatives of a loss built from undefined functions, their inner derivatives written as plain symbols.

    Phi(g(x)) differentiates to a ``Subs`` object; a symbol in its place (one per function and slot) is the same
    quantity and keeps the algebra that follows polynomial.
    """
    inner: dict[tuple[str, Any], Any] = {}

    def named(subs: Any) -> Any:
        derivative = subs.expr if isinstance(subs, sp.Subs) else subs
        call, slot = derivative.expr, derivative.variables[0]
        key = (str(call.func), call.args.index(slot))
        return inner.setdefault(key, sp.Symbol(f"d{key[0]}_{key[1]}", real=True))

    found = []
    for variable in variables:
        raw = sp.diff(loss, variable)
        raw = raw.replace(lambda e: isinstance(e, sp.Subs), named)
        found.append(raw.replace(lambda e: isinstance(e, sp.Derivative), named))
    return found


@dataclass(frozen=True)
class TopicFlow:
    """Symbols of one topic word under the flow, and the velocities of its key and embedding."""

    score: Any
    mass: Any
    copies: Any
    key_rate: Any
    embedding_rate: Any
    query: Any
    embedding: Any
    rest: Any
    key_velocity: Any
    embedding_velocity: Any

    @property
    def attention(self) -> Any:
        own = self.copies * sp.exp(self.score)
        return own / (own + self.mass)

    @property
    def coupling(self) -> Any:
        return self.key_rate * self.query.dot(self.query) / self.embedding_rate

    @property
    def score_velocity(self) -> Any:
        return self.query.dot(self.key_velocity)

    @property
    def half_square_velocity(self) -> Any:
        return (self.embedding - self.rest).dot(self.embedding_velocity)


@cache
def topic_flow() -> TopicFlow:
    """Differentiate p1 Phi1(context) + p2 Phi2(context) with respect to the key and the embedding of one word.

    Context = a v + (1 - a) u with a = c e^s / (c e^s + M), s = key . query; M and u belong to frozen words.
    """
    mass, copies, key_rate, embedding_rate = sp.symbols("M c eta_k eta_v", positive=True)
    shares = sp.symbols("p1 p2", positive=True)
    key, query = (sp.Matrix(sp.symbols(f"{n}1 {n}2", real=True)) for n in ("k", "q"))
    embedding, rest = (sp.Matrix(sp.symbols(f"{n}1 {n}2", real=True)) for n in ("v", "u"))
    own = copies * sp.exp(key.dot(query))
    attention = own / (own + mass)
    context = attention * embedding + (1 - attention) * rest
    loss = sum(p * sp.Function(f"Phi{i}")(*context) for i, p in enumerate(shares, start=1))
    score = sp.Symbol("s", real=True)
    named = {sp.exp(sp.expand(n * key.dot(query))): sp.exp(n * score) for n in (1, 2)}
    slopes = [sp.factor(slope.xreplace(named)) for slope in gradient(loss, [*key, *embedding])]
    return TopicFlow(
        score, mass, copies, key_rate, embedding_rate, query, embedding, rest,
        -key_rate * sp.Matrix(slopes[:2]), -embedding_rate * sp.Matrix(slopes[2:]),
    )  # fmt: skip


def key_derivation() -> tuple[Step, ...]:
    """The key moves along the query: its velocity has no component across."""
    flow = topic_flow()
    across = flow.key_velocity[0] * flow.query[1]
    return (Identity("the key moves along the query", across, flow.key_velocity[1] * flow.query[0], twin=-across),)


def sen_derivation() -> tuple[Step, ...]:
    """Steps from the flow to s + (c/M) e^s - (coupling/2) |v - u|^2 = const (Lu, Mao, Nayak 2021, Theorem 1)."""
    flow = topic_flow()
    weight = flow.copies * sp.exp(flow.score) / flow.mass
    share = sp.cancel(flow.score_velocity / flow.half_square_velocity)  # s' per (v - u) . v', from the two gradients
    unscaled = flow.key_rate / flow.embedding_rate
    wrong_mass = 1 + flow.copies * sp.exp(flow.score) / (flow.mass + 1)
    return (
        *key_derivation(),
        Identity(
            "s' = coupling (1 - a) (v - u) . v'; the twin has a in place of a (1 - a)",
            share,
            (1 - flow.attention) * flow.coupling,
            twin=flow.coupling,
        ),
        Identity("(1 + c e^s / M)(1 - a) = 1", (1 + weight) * (1 - flow.attention), sp.Integer(1), twin=1 + weight),
        Identity(
            "d/dt [s + (c/M) e^s] = coupling (v - u) . v'; the twin forgets |q|^2",
            (1 + weight) * share,
            flow.coupling,
            twin=unscaled,
        ),
        Identity(
            "the mass is that of the rest of the sentence; the twin has M + 1",
            (1 + weight) * share / flow.coupling,
            sp.Integer(1),
            twin=wrong_mass / (1 + weight),
        ),
    )


def sen_inverse_derivation() -> tuple[Step, ...]:
    """w = (c/M) e^s solves w e^w = (c/M) e^F(s), so that Lambert's function inverts F; attention = w/(1 + w)."""
    s = sp.Symbol("s", real=True)
    mass, copies = sp.symbols("M c", positive=True)
    share = copies / mass
    w = share * sp.exp(s)
    level = s + share * sp.exp(s)
    attention = copies * sp.exp(s) / (copies * sp.exp(s) + mass)
    return (
        Identity("w e^w = (c/M) e^F", sp.log(w) + w, sp.log(share) + level, twin=sp.log(share) + level + w),
        Identity("total attention is w / (1 + w)", attention, w / (1 + w), twin=w / (copies + w)),
    )
