"""Calculators: relevancy screening under uniform attention: how many states are attended, relevances, costs."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count


@calculator("gradients")
def attended_count(t: "Count", short_term: "Count", relevant: "Count", *, explain: bool = False) -> Any:
    """|N_t| = min(t, nu + min(rho, max(0, t - nu))): short-term buffer plus relevant set."""


@calculator("gradients")
def initial_relevance(short_term: "Count", *, explain: bool = False) -> Any:
    """beta(1) = H_nu under uniform attention: the score of the first state, nu/(nu + rho) being the steady one."""


@calculator("gradients")
def uniform_relevance(i: "Count", short_term: "Count", relevant: "Count", *, explain: bool = False) -> Any:
    """beta(i) under uniform attention: 1/|N_j| summed over j = i .."""


@calculator("gradients")
def full_pairs(T: "Count", *, explain: bool = False) -> Any:
    """Number T(T + 1)/2 of (query, key) pairs up to T of full attention."""


@calculator("gradients")
def screened_pairs(T: "Count", short_term: "Count", relevant: "Count" = 0, *, explain: bool = False) -> Any:
    """Number of (query, key) pairs up to T of a screened net, at most T(nu + rho)."""
