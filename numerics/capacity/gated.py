"""Sizes of the classes of gated units under every convention, with the route that found them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from numerics.capacity._validate import require_choice, require_int, require_memory

MECHANISMS = ("output", "synaptic", "all_synapses", "multiplexing")
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


@dataclass(frozen=True)
class Convention:
    """A gated unit of *n* inputs, every choice named."""

    n: int
    mechanism: str
    gate_values: str
    inputs: str
    bias: str
    gates: int
    synapses: int

    def in_words(self) -> str:
        values = {"pm1": "-1/+1", "01": "0/1", "mixed": "0/1 attended by -1/+1"}
        what = {
            "output": f"output gating by {self.gates} gate(s), gate values {values[self.gate_values]}",
            "multiplexing": f"{self.gates} attending gate(s) added to the activation",
            "synaptic": f"{self.gates} gate(s) {values[self.gate_values]} on the last {self.synapses} synapse(s), "
            f"inputs {values[self.inputs]}, bias not gated",
            "all_synapses": f"one gate {values[self.gate_values]} on all synapses, inputs {values[self.inputs]}, "
            f"bias {self.bias}",
        }[self.mechanism]
        return f"{self.n} inputs; {what}"


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
    mechanism="output"      f g_1 .. g_m, m = ``gates``; gate_values "pm1" (XNOR of values, the default), "01" (AND),
                            "mixed" (f is 0/1, g is -1/+1: three values). ``gate="xnor" | "and" | "mixed"`` is an alias
    "multiplexing"          sgn(w.x + b + sum a_j g_j), m = ``gates`` attending gates; gate values are immaterial
    "synaptic"              the last ``synapses`` inputs are multiplied by one gate (gates=1), or each by its own
                            (gates=synapses); the bias is not gated
    "all_synapses"          every input is multiplied by one gate
    inputs="pm1" | "01"     values of the inputs: a gated input of value 0 is silent, one of -1 is not
    bias                    all_synapses only: "gated" (g times the whole activation), "ungated", "gate_only" (the
                            unit has none, its gate has), "none" (neither has); others always keep theirs
    ======================  ==========================================================================================

    n = 0 has a meaning where no synapse is gated. ``method``: n <= 4, and n = 5 for mixed values, "closure" (compose
    all pairs) or "inverse" (ask for a gate, function by function); n = 5 "bitset" (0.5 GiB, with several gates 1.3) or
    "slices"; for one gate on the output and n <= 6 also the counting engine, "orbits" (less memory means more passes),
    or "cones" for mixed values, and "slices" at n = 6, too (2 GB). "auto" takes "orbits" from n = 5 on where it serves,
    otherwise the first that is offered; n = 6 takes minutes. Sums that vanish on some input are refused, since sgn(0)
    is no output. Where it takes minutes, *progress* is called with the part of the work that is done, from 0 to 1.
    Raises ValueError for a convention without meaning, for an alias elsewhere or at odds with ``gate_values``, and for
    what is too large for ``max_memory``, bytes.

    >>> count_gated(2, "synaptic", gate_values="01", inputs="01").count
    14
    """
    gate_values = _gate_values(mechanism, gate, gate_values)
    max_memory = require_int("max_memory", max_memory, 1)
    convention = convention_of(n, mechanism, gate_values, inputs, bias, gates, synapses)
    method = _method(method, convention)
    if method == "cones":
        from numerics.capacity.engine_dichotomies import count_three_valued_by_cones

        return GatedCount(count_three_valued_by_cones(n, progress=progress), (), method, convention.in_words())
    if method == "orbits":
        from numerics.capacity.products import count_products

        operation = "and" if gate_values == "01" else "xnor"
        by_ones = count_products(n, operation, max_memory=max_memory, progress=progress).by_ones
    else:
        require_memory(2**31 if n == 6 else _bytes(method, gates), max_memory, f"method={method!r} at n={n}")
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


def convention_of(
    n: int, mechanism: str, gate_values: str, inputs: str, bias: str | None, gates: int, synapses: int
) -> Convention:
    """The convention that the arguments of :func:`count_gated` name; ValueError for one without meaning."""
    mechanism = require_choice("mechanism", mechanism, MECHANISMS)
    largest = 6 if mechanism == "output" and gates == 1 else 5
    n = require_int("n", n, 0, largest, why="6 inputs are counted for one gate on the output")
    if n == 0 and mechanism in ("synaptic", "all_synapses"):
        raise ValueError(f"mechanism={mechanism!r} gates synapses, of which there are none, got n=0")
    kinds = ("pm1", "01", "mixed") if mechanism == "output" else ("pm1", "01")
    gate_values = require_choice("gate_values", gate_values, kinds)
    inputs = require_choice("inputs", inputs, ("pm1", "01"))
    if mechanism == "all_synapses":
        bias = require_choice("bias", "gated" if bias is None else bias, ("gated", "ungated", "gate_only", "none"))
        if bias != "ungated" and gate_values == "01":
            raise ValueError(f"bias={bias!r} with a 0/1 gate makes the activation 0 where the gate is closed: sgn(0)")
        if bias in ("gate_only", "none") and inputs == "01":
            raise ValueError(f"bias={bias!r} with 0/1 inputs makes the activation 0 at input 0: sgn(0)")
    else:
        kept = ("ungated",) if mechanism == "synaptic" else ("ungated", "gated")
        bias = require_choice("bias", "ungated" if bias is None else bias, kept)
    gates = require_int("gates", gates, 1)
    synapses = require_int("synapses", synapses, 1, max(n, 1), why=f"there are n={n} of them")
    if mechanism != "synaptic" and synapses != 1:
        raise ValueError(f"synapses={synapses} has a meaning for mechanism='synaptic' only, got {mechanism!r}")
    if mechanism == "all_synapses" and gates != 1:
        raise ValueError(f"all synapses share one gate, got gates={gates}; for gates of their own use 'synaptic'")
    if mechanism == "synaptic" and gates not in (1, synapses):
        raise ValueError(f"gates must be 1 or synapses={synapses}, got {gates}")
    if gate_values == "mixed" and gates != 1:
        raise ValueError(f"mixed gating is counted for one attending gate, got gates={gates}")
    differing = gate_values != inputs and mechanism == "synaptic"
    own_gates = mechanism == "synaptic" and gates > 1
    if (differing and synapses > 1) or (own_gates and (gate_values, inputs) != ("pm1", "pm1")):
        raise ValueError("several gated synapses are counted where gate_values and inputs agree (own gates: both pm1)")
    return Convention(n, mechanism, gate_values, inputs, bias, gates, synapses)


def _method(method: str, c: Convention) -> str:
    small = c.n <= (5 if c.gate_values == "mixed" else 4)
    choices: tuple[str, ...] = ("closure", "inverse") if small else ("bitset", "slices")[c.n - 5 :]
    if c.mechanism == "output" and c.gates == 1 and c.n > 0:
        engine = "cones" if c.gate_values == "mixed" else "orbits"
        choices = (engine, *choices) if engine == "orbits" and not small else (*choices, engine)
    method = require_choice("method", method, ("auto", *choices))
    if method == "auto":
        method = choices[0]
    if c.mechanism == "multiplexing" and c.gates > 2:
        raise ValueError(f"multiplexing is counted for gates=1 and gates=2, got gates={c.gates}")
    if not small and c.gates > 1 and c.mechanism != "output":
        raise ValueError(
            f"several attending gates of {c.n} inputs are counted on the output, got mechanism={c.mechanism!r} with "
            f"gates={c.gates}: to refute one function would take all {c.gates}-tuples of 94572 gates; use n <= 4"
        )
    return method


def _bytes(method: str, gates: int) -> int:
    """Memory that a method takes at most, with one attending gate and with several."""
    most = {"bitset": (2**30, 3 * 2**29), "slices": (2**28, 2**29)}
    return most.get(method, (2**26, 2**26))[gates > 1]


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
