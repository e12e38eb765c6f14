"""Calculators of layered nets and transformer blocks: capacity of a layer, parameters, numbers of gatings."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count


@calculator("capacity")
def log2_layer_maps_lower_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of the maps of one layer of gates, T(n)^m exactly."""


@calculator("capacity")
def log2_layer_maps_upper_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of the maps of one layer of gates, T(n)^m exactly."""


@calculator("capacity")
def log2_hidden_layer_lower_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Lower bound, in bits, of nets with one hidden layer: log2 m selector inputs, rounded down or up, and an OR."""


@calculator("capacity")
def log2_hidden_layer_upper_bound(n: "Count", units: "Count", *, explain: bool = False) -> Any:
    """Upper bound, in bits, of nets with one hidden layer and one output: the output sees at most 2^n points."""


@calculator("capacity")
def layer_capacity(narrowest: "Count", width: "Count", following: "Count", *, explain: bool = False) -> Any:
    """What one layer adds to the leading capacity of a layered net: min(n_1..n_k) n_k n_{k+1}."""


@calculator("capacity")
def layer_parameter_count(width: "Count", following: "Count", *, explain: bool = False) -> Any:
    """Weights and biases (a + 1) b between two layers of a units and b units."""


@calculator("capacity")
def score_gatings(tokens: "Count", key_dim: "Count", *, explain: bool = False) -> Any:
    """Number of output gatings in the scores of one attention head."""


@calculator("capacity")
def value_gatings(tokens: "Count", value_dim: "Count", *, explain: bool = False) -> Any:
    """Number of synaptic gatings in the weighted values of one attention head."""
