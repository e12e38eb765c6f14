"""Statements about the peers' Jacobians and about the metrics of alignment and diversity."""

from dataclasses import replace
from typing import Any

import sympy as sp

from theory.export.formula import Builder
from theory.export.statement import Condition, Statement
from theory.sparsity import metric_identities, simplex
from theory.sparsity.statements._parts import arguments, of, stated, symbols

JACOBIAN = "Jacobian of the entmax family"


def _sorting() -> Statement:
    """The cost n ceil(log2 n) of ``comparison_count``, the ceiling as a floor that no rounding of the log can miss."""
    keys = replace(arguments()["n_keys"], low=2)
    n = keys.symbol
    return stated(
        "sorted_row_comparisons",
        "Comparisons n ceil(log2 n) that an exact sparsemax or entmax row needs at most; a rectified row needs n.",
        ("n_keys",),
        n * (sp.floor(sp.log(n - sp.Rational(1, 2)) / sp.log(2)) + 1),
        "Blondel, Martins, Niculae (2020), appendix",
        kind="upper",
        changed=(keys,),
    )


def _two_block() -> Statement:
    keys = replace(arguments()["n_keys"], low=2)
    return of(simplex.two_block_eigenvalue, where=JACOBIAN, kind="lower", changed=(keys,))


def _error_rate() -> Statement:
    hits, predicted, gold = symbols("hits", "predicted", "gold")
    found = Condition(
        "hits <= predicted and hits <= gold", sp.Min(predicted, gold) - hits, "Count every link once.", usage=True
    )
    return of(
        metric_identities.error_rate_from_f1,
        (predicted + gold - 2 * hits) / (predicted + gold),
        where="alignment error rate where sure and possible links are the same",
        conditions=(found,),
    )


def _diversity() -> Statement:
    """The binary entropy of the null share over log H; 0 where no head is null or every one is."""
    heads, null = symbols("heads", "null")
    share = null / heads

    def part(x: Any) -> Any:
        return -x * sp.log(x)

    few = Condition("null <= heads", heads - null, "Count every head once.", usage=True)
    entropy = (part(share) + part(1 - share)) / sp.log(heads)
    cases = ((sp.Integer(0), sp.Eq(null * (heads - null), 0)), (entropy, True))
    return of(
        metric_identities.null_head_diversity,
        sp.Piecewise(*cases),
        where="null-augmented head diversity",
        conditions=(few,),
        assumes=("the heads that are not null are equal",),
    )


BUILDERS: dict[str, Builder] = {
    "sorted_row_comparisons": _sorting,
    "two_point_norm": lambda: of(simplex.two_point_norm, where=JACOBIAN),
    "two_block_eigenvalue": _two_block,
    "error_rate_from_f1": _error_rate,
    "null_head_diversity": _diversity,
}
