"""The search drives free numbers, integers and arrays, respects hypotheses, and shrinks what it finds."""

from typing import Any

import pytest

from attest import AssumptionError, Claim, ClaimError, Paper, Verdict, at_least, at_most, equal, examine, grid, judge
from attest._falsify import falsify
from attest._rows import FALSIFIED

PAPER = Paper("demo2020", "A demonstration", ("Demo, D.",), 2020, "Nowhere")


def bound(**changes: Any) -> Claim:
    fields: dict[str, Any] = {
        "id": "demo2020.B",
        "paper": PAPER,
        "where": "p. 1",
        "says": "the mean of two numbers is at most their largest",
        "predicts": lambda v: max(v),
        "measures": lambda v: (v[0] + v[1]) / 2,
        "agrees": at_most(),
        "cases": grid(scale=(1, 2)),
        "setting": lambda rng, scale: {"v": rng.uniform(0.1, scale, size=2).tolist()},
        "free": {"v": (0.1, 2.0, (2,))},
        "rivals": {"nine tenths of it": lambda v: 0.9 * max(v)},
    }
    return Claim(**{**fields, **changes})


def test_an_array_is_driven_to_where_the_bound_is_tight() -> None:
    finding = examine(bound())
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.tightness is not None
    assert finding.tightness > 0.99


def test_a_bound_ten_per_cent_too_tight_is_refuted_and_the_counterexample_shrunk() -> None:
    claim = bound(predicts=lambda v: 0.9 * max(v), rivals={"half": lambda v: 0.5 * max(v)})
    attempt = falsify(claim, budget=20.0)
    assert attempt.row is not None
    assert attempt.row.role == FALSIFIED
    assert all(len(f"{value:g}") <= 4 for value in attempt.row.setting["v"])
    assert judge(claim, [attempt.row]).verdict is Verdict.REFUTED
    assert falsify(claim, budget=20.0).row == attempt.row  # the same seed finds the same


def test_a_true_bound_survives_and_its_worst_ratio_is_told() -> None:
    attempt = falsify(bound(), budget=0.5)
    assert attempt.row is None
    assert attempt.worst is not None
    assert 0.9 < attempt.worst <= 1


def test_integers_stay_integers() -> None:
    seen: list[Any] = []

    def measures(k: int) -> int:
        seen.append(k)
        return k

    claim = bound(
        agrees=at_least(),
        predicts=lambda k: 0.5,
        measures=measures,
        setting=None,
        cases=grid(k=(3,)),
        free={"k": (1, 9)},
        rivals={"twice": lambda k: 4},
    )
    assert examine(claim).verdict is Verdict.SUPPORTED
    assert all(type(k) is int and 1 <= k <= 9 for k in seen)
    assert set(seen) >= {1}


def test_points_outside_a_hypothesis_are_no_counterexamples() -> None:
    def predicts(v: list[float]) -> float:
        if v[0] < 1:
            raise AssumptionError("v[0] must be at least 1")
        return 2.0

    assert examine(bound(predicts=predicts, cases=grid(scale=(1,)), setting=lambda: {"v": [1.5, 1.5]})).verdict in (
        Verdict.SUPPORTED,
        Verdict.POWERLESS,
    )


def test_a_claim_without_free_names_is_measured_again_with_fresh_seeds() -> None:
    claim = bound(
        agrees=equal,
        free=None,
        setting=lambda rng, scale: {"v": rng.integers(0, 40, size=2).tolist()},
        predicts=lambda v: 0,
        measures=lambda v: int(v == [7, 7]),
        rivals={"always": lambda v: 1},
    )
    attempt = falsify(claim, budget=60.0)
    assert attempt.row is not None
    assert attempt.row.setting["v"] == [7, 7]


@pytest.mark.parametrize(
    ("changes", "why"), [({"free": {"v": (2.0, 1.0)}}, "low, high"), ({"free": {"v": (1,)}}, "low")]
)
def test_ranges_that_are_none_are_refused(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(ClaimError, match=why):
        falsify(bound(**changes), budget=1.0)
    with pytest.raises(ValueError, match="budget must be a positive"):
        falsify(bound(), budget=0.0)
