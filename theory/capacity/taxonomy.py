"""The kinds of attention as data: where the attending signal starts, what it acts on, and by which operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import sympy as sp

from theory.capacity._validate import require_int, require_sequence
from theory.derivation import Identity, Step

VARIABLES = ("activation", "output", "synapse")
MECHANISMS = ("additive", "multiplicative")
# What acting on one variable does to S_i = sum_j w_ij O_j, O_i = f(S_i); a is the attending signal.
NAMES = {
    ("activation", "additive"): "multiplexing",
    ("activation", "multiplicative"): "activation gating",
    ("output", "additive"): "additive output attention",
    ("output", "multiplicative"): "output gating",
    ("synapse", "additive"): "additive synaptic attention",
    ("synapse", "multiplicative"): "synaptic gating",
}


@dataclass(frozen=True)
class AttentionKind:
    """One cell of the table; ``effect`` is what the attended neuron (or its receiver) computes, as an expression."""

    origin: str
    target: str
    mechanism: str
    name: str
    effect: sp.Expr
    inside_standard_model: bool


def attention_kinds(origins: Sequence[str] = ("output",)) -> tuple[AttentionKind, ...]:
    """Every kind of attention with signals from *origins*: 6 if outputs attend, 18 if all three variables may.

    A kind lies inside the standard model when its effect is affine in the attending signal and the neuron's inputs
    together, before the activation function: no product of two signals. Origins that are not outputs are never inside,
    for the standard model passes outputs on and nothing else. Each origin once. Baldi & Vershynin (2022), section on
    the taxonomy; T3.

    >>> len(attention_kinds()), len(attention_kinds(("activation", "output", "synapse")))
    (6, 18)
    """
    for origin in require_sequence("origins", origins, 1, "names of variables"):
        _require("origins", origin, VARIABLES)
    if len(set(origins)) < len(origins):
        raise ValueError(f"origins must name each variable once, got {origins!r}")
    kinds = []
    for origin, target, mechanism in product(origins, VARIABLES, MECHANISMS):
        effect = attended_activation(target, mechanism)
        inside = origin == "output" and not _multiplies_signals(effect)
        kinds.append(AttentionKind(origin, target, mechanism, NAMES[target, mechanism], effect, inside))
    return tuple(kinds)


def attended_activation(target: str, mechanism: str) -> sp.Expr:
    """The activation that the attending signal a shapes: of the neuron itself, or of a receiver of its output O.

    Symbols: w a synapse, O the signal through it, r the rest of the sum.
    """
    _require("target", target, VARIABLES)
    _require("mechanism", mechanism, MECHANISMS)
    a, w, signal, rest = sp.symbols("a w O r", real=True)
    acted = {"additive": lambda value: value + a, "multiplicative": lambda value: value * a}[mechanism]
    if target == "activation":
        return sp.expand(acted(w * signal + rest))
    if target == "output":
        return sp.expand(w * acted(signal) + rest)
    return sp.expand(acted(w) * signal + rest)


def attention_summary(origins: Sequence[str] = ("output",)) -> dict[str, int]:
    """Numbers of kinds, of those inside the standard model, and of different effects on the attended sum (T3).

    >>> attention_summary()
    {'kinds': 6, 'inside': 2, 'effects': 5}
    """
    kinds = attention_kinds(origins)
    inside = sum(kind.inside_standard_model for kind in kinds)
    return {"kinds": len(kinds), "inside": inside, "effects": len({kind.effect for kind in kinds})}


def receiver_sums(
    weights: Sequence[Sequence[int]], outputs: Sequence[int], target: int | None, source: int, signal: int
) -> list[int]:
    """Sums of all receivers when *signal* multiplies output *source*, for receiver *target* only or, None, for all.

    T2: for one target this is gating the synapse. *weights* has a row per receiver, with a weight per output.

    >>> receiver_sums([[1, 2], [3, 4]], [1, 1], 0, 1, -1)
    [-1, 7]
    """
    for row in weights:
        if len(row) != len(outputs):
            raise ValueError(f"weights must have {len(outputs)} in each row, one per output, got {len(row)}")
    require_int("source", source, 0, len(outputs) - 1, why="outputs are numbered from 0")
    if target is not None:
        require_int("target", target, 0, len(weights) - 1, why="receivers are numbered from 0")
    sums = []
    for i, row in enumerate(weights):
        seen = [o * signal if j == source and target in (None, i) else o for j, o in enumerate(outputs)]
        sums.append(sum(w * o for w, o in zip(row, seen, strict=True)))
    return sums


def _require(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be among {', '.join(map(repr, allowed))}, got {value!r}")


def _multiplies_signals(effect: sp.Expr) -> bool:
    """Whether some term holds the attending signal together with another signal."""
    a, signal, rest = sp.symbols("a O r", real=True)
    return any(sp.diff(effect, a, other) != 0 for other in (signal, rest))


def taxonomy_derivation() -> tuple[Step, ...]:
    """T1 and T2: for sign gates activation gating is output gating; synaptic gating is that for one target only."""
    a, w, signal = sp.symbols("a w O", real=True)
    activation = sp.Symbol("S", real=True, nonzero=True)
    gates = tuple(
        Identity(
            f"T1: f(aS) = a f(S) for the sign, a = {value}",
            sp.sign(value * activation),
            value * sp.sign(activation),
            twin=-value * sp.sign(activation),
        )
        for value in (1, -1)
    )
    weights = sp.symbols("w1:4", real=True)
    inputs = sp.symbols("x1:4", real=True)
    bias = sp.Symbol("b", real=True)
    total = sum(w * x for w, x in zip(weights, inputs, strict=True))
    return (
        *gates,
        Identity(
            "T1: gating all synapses and the bias gates the activation",
            sum(a * w * x for w, x in zip(weights, inputs, strict=True)) + a * bias,
            a * (total + bias),
            twin=a * total + bias,
        ),
        Identity("T2: (a w) O = w (a O)", (a * w) * signal, w * (a * signal), twin=w * signal + a),
        Identity(
            "additive synaptic attention is an ordinary term and a gated one of weight 1",
            (w + a) * signal,
            w * signal + a * signal,
            twin=w * signal + a,
        ),
    )
