"""Calculators: how the gain grows with T: bounds in closed form, exponents, rates, the net without attention."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


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
def asymptotic_gain(T: "Count", t: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """The leading term C_t (1-lambda)**(gamma-2)/Gamma(1+gamma) T**(gamma-1) of P_{T,t}; ratio 1 + O(1/T)."""


@calculator("gradients")
def growth_exponent(eigenvalue: "Value", imaginary: "Value" = 0, *, explain: bool = False) -> Any:
    """Power of T with which |P_{T,t}| grows, t fixed: Re gamma - 1, gamma = lambda/(1 - lambda)."""


@calculator("gradients")
def oscillation_frequency(eigenvalue: "Value", imaginary: "Value" = 0, *, explain: bool = False) -> Any:
    """Im gamma: P_{T,t} carries waves T^(i Im gamma) on top of its power law."""


@calculator("gradients")
def crossover_lag(eigenvalue: "Value", t: "Count", *, explain: bool = False) -> Any:
    """The lag k*, lambda**k = 1/(t + k), where attention's 1/T takes over."""


@calculator("gradients")
def window_rate(kappa: "Count", eigenvalue: "Value", *, explain: bool = False) -> Any:
    """Rate z of the gain of N_k = {k-kappa+1, ..., k}: P ~ z**(T-t), the largest root of z = lambda(1 + mean z**-i)."""


@calculator("gradients")
def negative_identity_upper_bound(T: "Count", v: "Value", *, explain: bool = False) -> Any:
    """u(T) >= |P_{T,1}(-v)| for rational 0 < v < 1, with T u(T) -> 0: Theorem 1 fails for V = -v I."""


@calculator("gradients")
def nilpotent_smallest_gain(T: "Count", *, explain: bool = False) -> Any:
    """Smallest singular value of P_{T,1}(N) for the nilpotent 2x2 block N: (sqrt(b^2 + 4a^2) - b)/2 ~ 1/(T ln T)."""
