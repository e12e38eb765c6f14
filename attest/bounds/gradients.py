"""Calculators: gradients through recurrence and attention."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Number, Value


@calculator("gradients")
def uniform_attention_gain(T: "Count", t: "Count", eigenvalue: "Number", *, explain: bool = False) -> Any:
    """P_{T,t}(eigenvalue) = ds_T/dh_t on an eigenvector of V; 1 <= t <= T, times 1-based, exact."""


@calculator("gradients")
def gain_lower_bound(T: "Count", t: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """Lower bound of the gain ds_T/dh_t for a contracting eigenvalue, in closed form."""


@calculator("gradients")
def gain_upper_bound(T: "Count", t: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """Upper bound of the gain ds_T/dh_t for a contracting eigenvalue, in closed form."""


@calculator("gradients")
def memorable_lower_bound(T: "Count", t: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """(1/T) prod_{k=t}^{T-1} (1 + lambda/k) <= P_{T,t}(lambda) for rational 0 <= lambda < 1; it is >= 1/T."""


@calculator("gradients")
def laguerre_gain(T: "Count", *, explain: bool = False) -> Any:
    """P_{T,1}(1) = L_T(-1) = sum_j C(T, j)/j!, a stretched exponential in T."""


@calculator("gradients")
def baseline_gain(T: "Count", t: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """lambda**(T-t): ds_T/dh_t on an eigenvector of V without attention; with q = sup|phi'| |V|_2 an upper bound."""


@calculator("gradients")
def crossover_lag(eigenvalue: "Value", t: "Count", *, explain: bool = False) -> Any:
    """The lag k*, lambda**k = 1/(t + k), where attention's 1/T takes over."""


@calculator("gradients")
def sparse_attention_lower_bound(kappa: "Count", depth: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """kappa**-d lambda**(d-1) <= Q_{T,t}(lambda): Theorem 2 with its constant."""


@calculator("gradients")
def frozen_growth_bound(gain: "Value", T: "Count", t: "Count", *, explain: bool = False) -> Any:
    """|ds_T/dh_t| <= 2 max(1, 2q)**(T-t) for frozen row-stochastic weights; max(1, q)**(T-t) for s = (h + c)/2."""


@calculator("gradients")
def softmax_weight_lower_bound(score_bound: "Value", attended: "Count", *, explain: bool = False) -> Any:
    """Lower bound of a softmax weight among scores of bounded modulus."""


@calculator("gradients")
def softmax_weight_upper_bound(score_bound: "Value", attended: "Count", *, explain: bool = False) -> Any:
    """Upper bound of a softmax weight among scores of bounded modulus."""


@calculator("gradients")
def negative_identity_upper_bound(T: "Count", v: "Value", *, explain: bool = False) -> Any:
    """u(T) >= |P_{T,1}(-v)| for rational 0 < v < 1, with T u(T) -> 0: Theorem 1 fails for V = -v I."""


@calculator("gradients")
def initial_relevance(short_term: "Count", *, explain: bool = False) -> Any:
    """beta(1) = H_nu under uniform attention: the score of the first state, nu/(nu + rho) being the steady one."""
