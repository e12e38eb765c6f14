"""Counting false alarms over fresh seeds, against the rate that the comparisons promise."""

from collections.abc import Callable, Sequence
from typing import Any

from attest._agreement import Answer, alarm_level
from attest._claim import Claim, Verdict
from attest._digest import digest
from attest._judge import judge
from attest._measure import measure, tasks_of
from attest._rows import CASE


def statistical(claims: Sequence[Claim]) -> list[Claim]:
    """Those of *claims* that should hold and whose answers can be false alarms of chance."""
    return [c for c in claims if c.agrees and c.agrees.statistical and c.expects is Verdict.SUPPORTED]


def count_alarms(
    claims: Sequence[Claim], seeds: int, on_seed: Callable[[str], None] = lambda claim: None
) -> dict[str, Any]:
    """Measure the statistical claims that should hold at *seeds* fresh seeds, keep no row, count contradictions.

    ``allowed`` is the smallest count that chance would exceed less than once in 1000 such checks.
    """
    from scipy.stats import binom

    comparisons, alarms = 0, []
    for claim in statistical(claims):
        stamp = digest(claim)
        for seed in range(1, seeds + 1):
            rows = [measure(claim, t, digest=stamp) for t in tasks_of(claim, seed=seed) if t.role == CASE]
            on_seed(claim.id)
            comparisons += len(rows)
            contradicted = [r for r in judge(claim, rows).cases if r.answer is Answer.CONTRADICTS]
            alarms += [{"id": claim.id, "seed": seed, "case": result.row.index} for result in contradicted]
    allowed = int(binom.isf(1e-3, comparisons, alarm_level())) if comparisons else 0
    expected = comparisons * alarm_level()
    return {
        "comparisons": comparisons,
        "alarms": len(alarms),
        "expected": expected,
        "allowed": allowed,
        "where": alarms,
    }
