"""Calculators: bounds of gradients in nets that are not uniform: sparse and softmax weights, Theorem 2."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


@calculator("gradients")
def sparse_attention_lower_bound(kappa: "Count", depth: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """kappa**-d lambda**(d-1) <= Q_{T,t}(lambda): Theorem 2 with its constant."""


@calculator("gradients")
def score_sparse_lower_bound(
    kappa: "Count", depth: "Count", eigenvalue: "Value", score_bound: "Value", *, explain: bool = False
) -> Any:
    """Theorem 2 for frozen softmax weights with scores of modulus <= B: 1/kappa becomes e^(-2B)/kappa in every hop."""


@calculator("gradients")
def mean_state_lower_bound(kappa: "Count", depth: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """(lambda/2)**(d-1) kappa**-d / 2 <= Q_{T,t}: Theorem 2 for the state (h + c)/2."""


@calculator("gradients")
def frozen_growth_bound(gain: "Value", T: "Count", t: "Count", *, explain: bool = False) -> Any:
    """|ds_T/dh_t| <= 2 max(1, 2q)**(T-t) for frozen row-stochastic weights; max(1, q)**(T-t) for s = (h + c)/2."""


@calculator("gradients")
def mean_state_growth_bound(gain: "Value", T: "Count", t: "Count", *, explain: bool = False) -> Any:
    """|ds_T/dh_t| <= max(1, q)**(T-t) for frozen row-stochastic weights and s = (h + c)/2."""


@calculator("gradients")
def softmax_weight_lower_bound(score_bound: "Value", attended: "Count", *, explain: bool = False) -> Any:
    """Lower bound of a softmax weight among scores of bounded modulus."""


@calculator("gradients")
def softmax_weight_upper_bound(score_bound: "Value", attended: "Count", *, explain: bool = False) -> Any:
    """Upper bound of a softmax weight among scores of bounded modulus."""
