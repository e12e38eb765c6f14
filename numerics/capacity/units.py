"""Single attended neurons, executed as defined: what a signal does to them, and how many parameters matter."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import product

import numpy as np

from numerics.capacity._validate import require_choice, require_int


@dataclass(frozen=True)
class Neuron:
    """The three variables a signal may act on: the sum it forms, the output it emits, the synapse it emits through."""

    activation: float
    output: float
    synapse: float


OPERATIONS = {"additive": lambda value, signal: value + signal, "multiplicative": lambda value, signal: value * signal}


def classify_attention(origins: Sequence[str]) -> dict[str, int]:
    """Run every kind of attention from *origins* and sort the kinds by what the attended sum does.

    ``kinds``: cells of the table; ``inside``: those, from outputs, whose sum has no product of two signals (its second
    mixed differences vanish, so weights and a bias can express it); ``effects``: distinct responses among them all.
    """
    names = [f.name for f in fields(Neuron)]
    kinds, inside, effects = 0, 0, set()
    for origin, target, operation in product(origins, names, OPERATIONS):
        if origin not in names:
            raise ValueError(f"origins must be among {names}, got {origin!r}")
        kinds += 1
        response = tuple(_attended_sum(target, operation, a, o, r) for a, o, r in product((-1, 2), (1, 3), (-2, 5)))
        effects.add(response)
        values = np.array(response).reshape(2, 2, 2)
        with_output = np.diff(np.diff(values, axis=0), axis=1)
        with_rest = np.diff(np.diff(values, axis=0), axis=2)
        inside += origin == "output" and not with_output.any() and not with_rest.any()
    return {"kinds": kinds, "inside": inside, "effects": len(effects)}


def _attended_sum(target: str, operation: str, signal: int, output: int, rest: int) -> float:
    """The sum w O + rest with the signal applied to one of its variables; w = 7."""
    apply = OPERATIONS[operation]
    sender = Neuron(activation=0, output=output, synapse=7)
    if target != "activation":
        sender = replace(sender, **{target: apply(getattr(sender, target), signal)})
    total = sender.synapse * sender.output + rest
    return apply(total, signal) if target == "activation" else total


def gate_one_synapse(
    weights: Sequence[Sequence[int]], outputs: Sequence[int], target: int, source: int, signal: int
) -> list[int]:
    """Sums of all receivers when *signal* multiplies the synapse *source* to *target*; weights (receivers, inputs).

    Raises ValueError where there is no such receiver or input, or rows differ in length.
    """
    for row in weights:
        if len(row) != len(outputs):
            raise ValueError(f"each row of weights must have a weight per output, {len(outputs)}, got {list(row)}")
    target = require_int("target", target, 0, len(weights) - 1)
    source = require_int("source", source, 0, len(outputs) - 1)
    changed = [list(row) for row in weights]
    changed[target][source] *= signal
    return [sum(w * o for w, o in zip(row, outputs, strict=True)) for row in changed]


def join_slices(first: Sequence[int], second: Sequence[int]) -> int:
    """The table that is the gate *first* where one more input is +1 and the gate *second* where it is -1.

    Both are integer weights, bias first, of gates that are never zero on the cube.
    """
    if not len(first) == len(second) > 0:
        raise ValueError(f"both gates must have a bias and as many weights, got {tuple(first)} and {tuple(second)}")
    return _spoken(second) | _spoken(first) << 2 ** (len(first) - 1)


def spoken_unit_tables(units: Sequence[Sequence[int]]) -> list[int]:
    """The tables of the gates with integer weights *units*, bias first, as many in each, that are never zero."""
    sizes = {len(unit) for unit in units}
    if len(sizes) != 1 or 0 in sizes:
        raise ValueError(f"units must be gates with a bias and as many weights each, got {list(units)}")
    return [_spoken(unit) for unit in units]


def _spoken(unit: Sequence[int]) -> int:
    """The table of one gate, bias first."""
    table = 0
    for x in range(2 ** (len(unit) - 1)):
        total = unit[0] + sum(w if x >> i & 1 else -w for i, w in enumerate(unit[1:]))
        if total == 0:
            raise ValueError(f"weights {tuple(unit)} are zero at input {x}: sgn(0)")
        table |= (total > 0) << x
    return table


def measure_parameter_rank(
    kind: str, n: int, rng: int | np.random.Generator, *, degree: int = 1, inputs: str = "real"
) -> int:
    """Generic rank of the activation's derivative by its weights: how many parameters matter, scale included.

    ``kind`` "polynomial": all monomials up to *degree*; "product": (w.x + b)(v.x + c), as in output gating.
    ``inputs``: "real", more random points than parameters, or "pm1", every point of the cube.
    """
    kind = require_choice("kind", kind, ("polynomial", "product"))
    n = require_int("n", n, 1)
    degree = require_int("degree", degree, 0, n)
    generator = np.random.default_rng(rng)
    if require_choice("inputs", inputs, ("real", "pm1")) == "pm1":
        points = np.array(list(product((-1.0, 1.0), repeat=n)))
    else:
        points = generator.normal(size=(4 * (n + 1) ** max(degree, 2), n))
    if kind == "polynomial":
        from itertools import combinations

        subsets = [s for size in range(degree + 1) for s in combinations(range(n), size)]
        derivative = np.stack([np.prod(points[:, list(s)], axis=1) for s in subsets], axis=1)
    else:
        affine = np.hstack([np.ones((len(points), 1)), points])
        w, v = generator.normal(size=(2, n + 1))
        derivative = np.hstack([affine * (affine @ v)[:, None], affine * (affine @ w)[:, None]])
    return int(np.linalg.matrix_rank(derivative))
