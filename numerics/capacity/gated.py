"""Sizes of the classes of gated units under every convention, with the route that found them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from numerics.capacity._validate import Convention, require_choice, require_convention, require_int, require_memory

Progress = Callable[[float], None]
ALIASES = {"xnor": "pm1", "and": "01", "mixed": "mixed"}


@dataclass(frozen=True)
class GatedCount:
    """``count`` members of the class, ``by_ones[k]`` of them with k ones (+1 outputs), found by ``method``.

    ``by_ones`` is empty for the method "cones", which does not tell; ``convention`` says in words what was counted.
    """

    count: int
    by_ones: tuple[int, ...]
    method: str
    convention: str


def count_gated(
    n: int,
    mechanism: str,
    *,
    gate: str | None = None,
    gate_values: str | None = None,
    inputs: str = "pm1",
    bias: str | None = None,
    gates: int = 1,
    synapses: int = 1,
    method: str = "auto",
    max_memory: int = 2**31,
    progress: Progress | None = None,
) -> GatedCount:
    """Count the Boolean functions of *n* inputs that one gated threshold unit computes, exactly.

    ======================  ==========================================================================================
    mechanism="output"      f g_1 .. g_m, m = ``gates``: the unit's output times those of others
    "multiplexing"          sgn(w.x + b + sum a_j g_j), m = ``gates``: others add to its activation
    "synaptic"              the last ``synapses`` inputs are multiplied by gates; the bias is not gated
    "all_synapses"          every input is multiplied by one gate
    gate_values="pm1"       gates give -1 or +1, the default; on the output so does the unit, and f g is their XNOR
    "01"                    gates give 0 or 1; on the output so does the unit, and f g is their AND
    "mixed"                 output only: the unit gives 0 or 1 and its gate -1 or +1, so f g has three values
    gate="xnor" | "and"     output only: aliases of "pm1" and "01", as "mixed" is of itself
    gates                   1; for outputs any number, for multiplexing, where their values are immaterial, up to 2;
                            synaptic: one for all gated synapses (1), or one for each (gates=synapses)
    synapses                synaptic only: how many inputs are gated, 1 to n
    inputs="pm1" | "01"     values of the inputs: a gated input of value 0 is silent, one of -1 is not
    bias                    all_synapses only: "gated" (g times the whole activation), "ungated", "gate_only" (the
                            unit has none, its gate has), "none" (neither has); others always keep theirs
    ======================  ==========================================================================================

    n = 0 has a meaning where no synapse is gated. ``method``: n <= 4, and n = 5 for mixed values, "closure" (compose
    all pairs) or "inverse" (ask for a gate, function by function); n = 5 "bitset" (0.7 to 1.2 GiB, with several gates
    1.3) or "slices" (up to 0.8 GiB); for one gate on the output and n <= 6 also the counting engine, "orbits" (less
    memory means more passes), or "cones" for mixed values, and "slices" at n = 6, too (2 GB). "auto" takes "orbits"
    from n = 5 on where it serves, otherwise the first that is offered; n = 6 takes minutes. Sums that vanish on some
    input are refused, since sgn(0) is no output. Where it takes minutes, *progress* is called with the part of the work
    that is done, from 0 to 1. ``max_memory``, bytes, is compared with what the whole process needs; by "orbits" with
    what its own arrays take.
    Raises ValueError for a convention without meaning, for an alias elsewhere or at odds with ``gate_values``, and for
    what is too large for ``max_memory``.

    >>> count_gated(2, "synaptic", gate_values="01", inputs="01").count
    14
    """
    gate_values = _gate_values(mechanism, gate, gate_values)
    max_memory = require_int("max_memory", max_memory, 1)
    convention = require_convention(n, mechanism, gate_values, inputs, bias, gates, synapses)
    method = _method(method, convention)
    if method != "orbits":  # which knows what each of its passes needs
        require_memory(_bytes(method, convention), max_memory, f"method={method!r} at n={n}")
    if method == "cones":
        from numerics.capacity.engine_dichotomies import count_three_valued_by_cones

        return GatedCount(count_three_valued_by_cones(n, progress=progress), (), method, convention.in_words())
    if method == "orbits":
        from numerics.capacity.products import count_products

        operation = "and" if gate_values == "01" else "xnor"
        by_ones = count_products(n, operation, max_memory=max_memory, progress=progress).by_ones
    else:
        by_ones = tuple(_by_ones(method, convention, progress))
    return GatedCount(sum(by_ones), by_ones, method, convention.in_words())


def enough_gates(n: int) -> int:
    """A number of gates that, joined by XNOR, AND or OR, compute every function of *n* inputs: 2**(n - 1).

    On an edge of the cube in the direction of one input, the points where the function is 0 are none, one, or both: the
    cube without them is cut out by a gate. The 2**(n - 1) such edges are disjoint and cover the cube, so the
    conjunction of these gates, and their product as -1/+1 values, is the function; complements give OR. A constant gate
    changes nothing, so more gates compute no less.
    """
    return 2 ** max(n - 1, 0)


def _gate_values(mechanism: str, gate: str | None, gate_values: str | None) -> str:
    """The values named by *gate_values* or by its alias for outputs, *gate*; -1/+1 where neither is given."""
    if gate is None:
        return "pm1" if gate_values is None else gate_values
    named = ALIASES[require_choice("gate", gate, tuple(ALIASES))]
    if mechanism != "output":
        raise ValueError(f"gate={gate!r} names a gating of outputs, got mechanism={mechanism!r}; give gate_values")
    if gate_values not in (None, named):
        raise ValueError(
            f"gate={gate!r} means gate_values={named!r}, got gate_values={gate_values!r}; give one of them"
        )
    return named


def _method(method: str, c: Convention) -> str:
    small = c.n <= (5 if c.gate_values == "mixed" else 4)
    choices: tuple[str, ...] = ("closure", "inverse") if small else ("bitset", "slices")[c.n - 5 :]
    if c.mechanism == "output" and c.gates == 1 and c.n > 0:
        engine = "cones" if c.gate_values == "mixed" else "orbits"
        choices = (engine, *choices) if engine == "orbits" and not small else (*choices, engine)
    method = require_choice("method", method, ("auto", *choices))
    if method == "auto":
        method = choices[0]
    return method


def _bytes(method: str, c: Convention) -> int:
    """Memory of the whole process, with one attending gate and with several: the peaks measured, rounded up."""
    most = {"bitset": (5 * 2**28, 3 * 2**29), "slices": (2**31,) * 2 if c.n == 6 else (2**30,) * 2, "cones": (2**28,)}
    return most.get(method, (2**26, 2**29))[c.gates > 1]


def _by_ones(method: str, c: Convention, progress: Progress | None) -> Sequence[int]:
    if c.n == 6 and c.gate_values == "mixed":
        from numerics.capacity.restrictions_merged import merged_three_valued_by_ones

        return merged_three_valued_by_ones(c.n)
    if c.n == 6:
        from numerics.capacity.halves import halved_by_ones

        return halved_by_ones(c.n, "and" if c.gate_values == "01" else "xnor", progress=progress)
    gates = min(c.gates, enough_gates(c.n)) if c.mechanism == "output" else c.gates  # more compute nothing new
    arguments = (c.n, c.mechanism, c.gate_values, c.inputs, c.bias, gates, c.synapses)
    if method in ("closure", "bitset"):
        from numerics.capacity.composed import composed_by_ones

        return composed_by_ones(*arguments)
    from numerics.capacity.asked import asked_by_ones

    return asked_by_ones(*arguments)
