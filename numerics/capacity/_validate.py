"""Argument checks shared by the counting functions; each message says what was required and what was received."""

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real

import numpy as np

MECHANISMS = ("output", "synaptic", "all_synapses", "multiplexing")
OPERATIONS = ("and", "or", "xnor", "any", "threshold")


def require_int(name: str, value: object, low: int, high: int | None = None, *, why: str = "") -> int:
    """*value* as an int in [low, high]; bools and integer-valued floats are refused."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be an int, got {value!r}")
    number = int(value.__index__())
    if number < low or (high is not None and number > high):
        allowed = f"at least {low}" if high is None else f"between {low} and {high}"
        raise ValueError(f"{name} must be {allowed}, got {number}" + (f"; {why}" if why else ""))
    return number


def require_positive(name: str, value: object) -> float:
    """*value* as a float above 0, infinity included; strings and bools are refused."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number above 0, got {value!r}")
    if not float(value) > 0:
        raise ValueError(f"{name} must be above 0, got {value!r}")
    return float(value)


def require_choice(name: str, value: object, allowed: Sequence[str]) -> str:
    """*value* if it is one of *allowed*."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, allowed))}, got {value!r}")
    return str(value)


def require_table(table: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """A truth table as a tuple of 0 and 1 together with its number of variables; -1 and 1 are accepted."""
    ordered = isinstance(table, Sequence) and not isinstance(table, str | bytes)
    if not ordered and not (isinstance(table, np.ndarray) and table.ndim == 1):
        raise TypeError(f"table must be a list, tuple or NumPy vector of 2**n zeros and ones, got {table!r}")
    for place, value in enumerate(table):
        if not isinstance(value, Real | np.bool_):
            raise TypeError(f"table must hold zeros and ones (or -1 and 1), got {value!r} at index {place}")
    size, found = len(table), {int(v) if v in (-1, 0, 1) else v for v in table}
    if size == 0 or size & (size - 1):
        raise ValueError(f"table must have 2**n entries, got {size}")
    if not found <= {0, 1} and not found <= {-1, 1}:
        raise ValueError(f"table must hold zeros and ones (or -1 and 1), got values {sorted(found, key=repr)}")
    return tuple(int(v > 0) for v in table), size.bit_length() - 1


def require_memory(estimate: int, max_memory: int, what: str) -> None:
    """Refuse before anything is allocated when *what* needs more than *max_memory* bytes, a whole number of them."""
    require_int("max_memory", max_memory, 1)
    if estimate > max_memory:
        raise ValueError(f"{what} needs about {estimate} bytes, more than max_memory={max_memory}; raise max_memory")


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
        inputs = f"inputs {values[self.inputs]}"
        what = {
            "output": f"output gating by {self.gates} gate(s), gate values {values[self.gate_values]}, {inputs}, "
            "every bias kept",
            "multiplexing": f"{self.gates} attending gate(s) added to the activation, {inputs}, every bias kept",
            "synaptic": f"{self.gates} gate(s) {values[self.gate_values]} on the last {self.synapses} synapse(s), "
            f"{inputs}, bias not gated",
            "all_synapses": f"one gate {values[self.gate_values]} on all synapses, {inputs}, bias {self.bias}",
        }[self.mechanism]
        return f"{self.n} inputs; {what}"


def require_convention(
    n: int, mechanism: str, gate_values: str, inputs: str, bias: str | None, gates: int, synapses: int
) -> Convention:
    """The convention that the arguments of ``count_gated`` name; ValueError for one without meaning."""
    mechanism = require_choice("mechanism", mechanism, MECHANISMS)
    gates = require_int("gates", gates, 1)
    largest = 6 if mechanism == "output" and gates == 1 else 5
    n = require_int("n", n, 0, largest, why="6 inputs are counted for one gate on the output")
    if n == 0 and mechanism in ("synaptic", "all_synapses"):
        raise ValueError(f"mechanism={mechanism!r} gates synapses, of which there are none, got n=0")
    kinds = ("pm1", "01", "mixed") if mechanism == "output" else ("pm1", "01")
    gate_values = require_choice("gate_values", gate_values, kinds)
    inputs = require_choice("inputs", inputs, ("pm1", "01"))
    bias = _bias(mechanism, gate_values, inputs, bias)
    synapses = require_int("synapses", synapses, 1, max(n, 1), why=f"there are n={n} of them")
    if mechanism != "synaptic" and synapses != 1:
        raise ValueError(f"synapses={synapses} has a meaning for mechanism='synaptic' only, got {mechanism!r}")
    if mechanism == "all_synapses" and gates != 1:
        raise ValueError(f"all synapses share one gate, got gates={gates}; for gates of their own use 'synaptic'")
    if mechanism == "synaptic" and gates not in (1, synapses):
        raise ValueError(f"gates must be 1 or synapses={synapses}, got {gates}")
    if mechanism == "multiplexing" and gates > 2:
        raise ValueError(f"multiplexing is counted for gates=1 and gates=2, got gates={gates}")
    if gate_values == "mixed" and gates != 1:
        raise ValueError(f"mixed gating is counted for one attending gate, got gates={gates}")
    own_gates = mechanism == "synaptic" and gates > 1
    differing = mechanism == "synaptic" and synapses > 1 and gate_values != inputs
    if differing or (own_gates and (gate_values, inputs) != ("pm1", "pm1")):
        raise ValueError(
            "several gated synapses are counted where gate_values and inputs agree (own gates: both 'pm1'), got "
            f"gate_values={gate_values!r} and inputs={inputs!r} with gates={gates}, synapses={synapses}"
        )
    if n > 4 and gates > 1 and mechanism != "output":
        raise ValueError(
            f"several attending gates of {n} inputs are counted on the output, got mechanism={mechanism!r} with "
            f"gates={gates}: to refute one function would take all {gates}-tuples of 94572 gates; use n <= 4"
        )
    return Convention(n, mechanism, gate_values, inputs, bias, gates, synapses)


def _bias(mechanism: str, gate_values: str, inputs: str, bias: str | None) -> str:
    """What happens to the bias, which is kept where nothing is said."""
    if mechanism != "all_synapses":
        kept = ("ungated",) if mechanism == "synaptic" else ("ungated", "gated")
        return require_choice("bias", "ungated" if bias is None else bias, kept)
    bias = require_choice("bias", "gated" if bias is None else bias, ("gated", "ungated", "gate_only", "none"))
    if bias != "ungated" and gate_values == "01":
        raise ValueError(f"bias={bias!r} with a 0/1 gate makes the activation 0 where the gate is closed: sgn(0)")
    if bias in ("gate_only", "none") and inputs == "01":
        raise ValueError(f"bias={bias!r} with 0/1 inputs makes the activation 0 at input 0: sgn(0)")
    return bias


def require_listed(largest: int, n: int, *convention: str | int | None) -> Convention:
    """The same for a class that is listed, function by function: of at most *largest* inputs, and not of more gates
    than any function takes."""
    n = require_int("n", n, 0, largest, why="the functions are listed")
    found = require_convention(n, *convention)  # type: ignore[arg-type]
    require_int("gates", found.gates, 1, 2**largest, why="so many compute every function")
    return found


def require_two_values(gate_values: str) -> None:
    """Refuse mixed values where the class consists of truth tables."""
    if gate_values == "mixed":
        raise ValueError("gate_values='mixed' gives three values, which a table of zeros and ones cannot hold")


def require_network(n: int, operation: str, units: int, largest: int) -> tuple[int, str, int]:
    """Arguments of ``count_networks`` for a class that is listed, of at most *largest* inputs."""
    operation = require_choice("operation", operation, OPERATIONS)
    units = require_int("units", units, *{"any": (2, 2), "threshold": (1, 4)}.get(operation, (1, 2**largest)))
    n = require_int("n", n, 0, largest)
    if n == 5 and (units == 1 or (operation == "threshold" and units > 3)):
        raise ValueError(f"n=5 is counted for two units or more, under 'threshold' at most three, got units={units}")
    return n, operation, units
