"""Calculators of the gain of a linear net with uniform attention, of its coefficients and of other losses."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Number, Value


@calculator("gradients")
def uniform_attention_gain(T: "Count", t: "Count", eigenvalue: "Number", *, explain: bool = False) -> Any:
    """P_{T,t}(eigenvalue) = ds_T/dh_t on an eigenvector of V; 1 <= t <= T, times 1-based, exact."""


@calculator("gradients")
def mean_state_gain(T: "Count", t: "Count", eigenvalue: "Number", *, explain: bool = False) -> Any:
    """P_{T,t}(eigenvalue/2)/2 = ds_T/dh_t where the state is s_k = (h_k + c_k)/2."""


@calculator("gradients")
def hidden_loss_gain(T: "Count", t: "Count", eigenvalue: "Number", *, explain: bool = False) -> Any:
    """dh_T/dh_t = lambda P_{T-1,t}: a loss that reads h_T instead of s_T, 0 at lambda = 0; t < T."""


@calculator("gradients")
def constant_coefficient(T: "Count", t: "Count", *, explain: bool = False) -> Any:
    """P_{T,t}(0): 1/T for t < T, and 1 + 1/T for t = T."""


@calculator("gradients")
def linear_coefficient(T: "Count", t: "Count", *, explain: bool = False) -> Any:
    """Coefficient of lambda in P_{T,t}: (H_{T-1} - H_{t-1})/T + 1/T + 1/(T-1) + [T = t+1]; 0 for t = T."""


@calculator("gradients")
def leading_coefficient(T: "Count", t: "Count", *, explain: bool = False) -> Any:
    """Coefficient of lambda**(T-t) in P_{T,t}: (T + 1)/t, the chain that uses every step of the recurrence."""


@calculator("gradients")
def gain_in_time(T: "Count", m: "Count", *, explain: bool = False) -> Any:
    """P_{T,1}(m/(m+1)), a polynomial in T of degree m - 1: 2 for m = 1, (T + 3)/2 for m = 2."""


@calculator("gradients")
def laguerre_gain(T: "Count", *, explain: bool = False) -> Any:
    """P_{T,1}(1) = L_T(-1) = sum_j C(T, j)/j!, a stretched exponential in T."""


@calculator("gradients")
def log_laguerre_gain(T: "Count", *, explain: bool = False) -> Any:
    """Logarithm of P_{T,1}(1) = L_T(-1), which outgrows floats near T = 126000."""


@calculator("gradients")
def chain_count(T: "Count", t: "Count", *, explain: bool = False) -> Any:
    """Number 2^(T-t) of dependency chains from h_t to s_T that the decomposition adds up."""


@calculator("gradients")
def baseline_gain(T: "Count", t: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """lambda**(T-t): ds_T/dh_t on an eigenvector of V without attention; with q = sup|phi'| |V|_2 an upper bound."""
