"""Calculators of the peers' Jacobians and of the metrics of alignment and diversity."""

from typing import TYPE_CHECKING, Any

from attest.bounds._calculator import calculator

if TYPE_CHECKING:
    from attest.bounds._types import Count, Value


@calculator("sparsity")
def sorted_row_comparisons(n_keys: "Count", *, explain: bool = False) -> Any:
    """Comparisons n ceil(log2 n) that an exact sparsemax or entmax row needs at most; a rectified row needs n."""


@calculator("sparsity")
def two_point_norm(alpha: "Value", *, explain: bool = False) -> Any:
    """Largest spectral norm of the Jacobian over two scores."""


@calculator("sparsity")
def two_block_eigenvalue(n_keys: "Count", peak: "Value", alpha: "Value", *, explain: bool = False) -> Any:
    """Eigenvalue of the Jacobian at the row with one weight peak and n - 1 equal ones, on the two-block direction."""


@calculator("sparsity")
def error_rate_from_f1(hits: "Count", predicted: "Count", gold: "Count", *, explain: bool = False) -> Any:
    """1 - F1 from the number of correct, predicted and gold links: the alignment error rate where S = P."""


@calculator("sparsity")
def null_head_diversity(heads: "Count", null: "Count", *, explain: bool = False) -> Any:
    """Null-augmented diversity of heads of which null are null and the others equal, over log heads."""
