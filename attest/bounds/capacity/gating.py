"""Calculators: bounds, in bits, of gated units and attention layers, and their leading exponents."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count


@calculator("capacity")
def log2_output_gating_lower_bound(n: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of the products of two linear threshold functions, values -1 and 1."""


@calculator("capacity")
def log2_output_gating_upper_bound(n: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the products of two linear threshold functions, values -1 and 1."""


@calculator("capacity")
def log2_and_gating_upper_bound(n: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the products of two linear threshold functions, both with values 0 and 1."""


@calculator("capacity")
def log2_mixed_gating_upper_bound(n: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the products of two linear threshold functions, one with values 0 and 1, the other with
    -1 and 1.
    """


@calculator("capacity")
def log2_disjoint_product_upper_bound(n: "Count", m: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the products of two threshold functions of separate variables, values -1 and 1."""


@calculator("capacity")
def log2_disjoint_and_upper_bound(n: "Count", m: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the products of two threshold functions of separate variables, values 0 and 1."""


@calculator("capacity")
def log2_multiplexing_lower_bound(n: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of a unit with one additively attending gate."""


@calculator("capacity")
def log2_multiplexing_upper_bound(n: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of a unit with one additively attending gate."""


@calculator("capacity")
def log2_synaptic_gating_lower_bound(n: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of a unit with one gated synapse, values -1 and 1."""


@calculator("capacity")
def log2_synaptic_gating_upper_bound(n: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of a unit with one gated synapse, values -1 and 1."""


@calculator("capacity")
def log2_gated_synapses_upper_bound(n: "Count", gates: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of a unit with several synapses, each gated by a gate of its own."""


@calculator("capacity")
def log2_degree_gating_lower_bound(n: "Count", degree: "Count", other_degree: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of the products of two threshold functions of any two degrees, values -1 and 1."""


@calculator("capacity")
def log2_degree_gating_upper_bound(n: "Count", degree: "Count", other_degree: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the products of two threshold functions of any two degrees, values -1 and 1."""


@calculator("capacity")
def log2_unbiased_gating_lower_bound(n: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of a unit without a bias, all of its synapses gated by one gate, values -1 and 1."""


@calculator("capacity")
def log2_zero_one_synapse_lower_bound(n: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of a unit with one gated synapse, inputs with values 0 and 1, the gate with -1 and 1."""


@calculator("capacity")
def one_synapse_lower_bound(three_valued: "Count", count: "Count", *, explain: bool = False) -> Any:
    """Lower bound 2 I(n-1) - T(n-1) on a unit with one gated synapse, inputs and gate with values 0 and 1."""


@calculator("capacity")
def log2_own_gates_lower_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of the maps of gates that are each gated by a gate of their own, values -1 and 1."""


@calculator("capacity")
def log2_own_gates_upper_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the maps of gates that are each gated by a gate of their own, values -1 and 1."""


@calculator("capacity")
def log2_shared_gate_lower_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of the maps of gates that are all gated by one more."""


@calculator("capacity")
def log2_shared_gate_upper_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the maps of gates that are all gated by one more."""


@calculator("capacity")
def log2_cross_attention_lower_bound(n: "Count", rows: "Count", columns: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of the maps of all products of a row of gates with a column of gates."""


@calculator("capacity")
def log2_cross_attention_upper_bound(n: "Count", rows: "Count", columns: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the maps of all products of a row of gates with a column of gates."""


@calculator("capacity")
def log2_self_attention_lower_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of the maps of all products of two gates of one layer."""


@calculator("capacity")
def log2_self_attention_upper_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the maps of all products of two gates of one layer."""


@calculator("capacity")
def output_gating_exponent(n: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Leading exponent of the products of two gates: twice that of one, as of multiplexing and of synaptic gating."""


@calculator("capacity")
def gated_synapses_exponent(n: "Count", *, explain: bool = False) -> Any:
    """Leading term 4 n^3 / 27 of a lower bound on a unit whose n synapses have a gate each: a third of the inputs held
    at 1 leaves a hidden layer of n/3 gates of 2n/3 inputs.
    """


@calculator("capacity")
def gated_synapses_exponent_bound(n: "Count", gates: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Leading term (g + 1) n^(d+1)/d! of an upper bound on a unit with g synapses, each gated by a gate of its own."""


@calculator("capacity")
def own_gates_exponent(n: "Count", units: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Leading exponent of gates that are each gated by a gate of their own."""


@calculator("capacity")
def shared_gate_exponent(n: "Count", units: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Leading exponent of gates that are all gated by one more."""


@calculator("capacity")
def cross_attention_exponent(
    n: "Count", rows: "Count", columns: "Count", degree: "Count" = 1, *, explain: bool = False
) -> Any:
    """Leading exponent of all products of a row of gates with a column of gates."""


@calculator("capacity")
def self_attention_exponent(n: "Count", units: "Count", degree: "Count" = 1, *, explain: bool = False) -> Any:
    """Leading exponent of all products of two gates of one layer."""
