"""Calculators: which keys a rectified row keeps: the support law at initialisation, patterns, half-spaces."""

import math
from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


@calculator("sparsity")
def null_probability(
    n_keys: "Count", shared_mean_ratio: "Value" = 0, dim: "Value" = math.inf, *, explain: bool = False
) -> Any:
    """Probability that a row of rectified attention over n_keys keys is null: the first entry of the support law."""


@calculator("sparsity")
def support_probability(
    n_keys: "Count", active: "Count", shared_mean_ratio: "Value" = 0, dim: "Value" = math.inf, *, explain: bool = False
) -> Any:
    """Probability that a row of rectified attention over n_keys keys keeps exactly active of them: an array of active
    = 0 .. n_keys gives the whole law.
    """


@calculator("sparsity")
def causal_null_rate(length: "Count", *, explain: bool = False) -> Any:
    """Mean null probability over the rows of a causal mask of length, zero-mean keys: (1 - 2^-L)/L."""


@calculator("sparsity")
def score_correlation(shared_mean_ratio: "Value", *, explain: bool = False) -> Any:
    """Correlation r²/(1 + r²) of two scores of one row in high dimension, the control parameter of the support law."""


@calculator("sparsity")
def support_pattern_count(n_keys: "Count", dim: "Count", *, explain: bool = False) -> Any:
    """Number of supports that queries in R^dim can select from n_keys keys in general position."""


@calculator("sparsity")
def thresholded_pattern_count(n_keys: "Count", dim: "Count", *, explain: bool = False) -> Any:
    """The same count when every key has a threshold of its own (a key bias seen by the query): sum_{i<=d} C(n, i)."""


@calculator("sparsity")
def null_query_probability(n_keys: "Count", dim: "Count", *, explain: bool = False) -> Any:
    """Probability that some query nulls a random symmetric key set: its keys lie in one half-space."""
