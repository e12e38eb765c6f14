"""Every claim is judged, and so is every claim with each rival in its place. No test is written for one claim alone."""

import time

import pytest

from attest import Claim, Verdict, all_claims, examine
from attest._runner import spent, statistical_comparisons
from attest._store import committed, read_verdicts
from attest.testing import assert_as_declared, assert_one_rival_is_near, assert_rival_is_refuted

pytestmark = pytest.mark.xdist_group("claims")

CLAIMS = all_claims()
RIVALS = [(claim, name) for claim in CLAIMS for name in claim._rivals]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_every_claim_has_the_verdict_it_declares(claim: Claim, examined) -> None:  # type: ignore[no-untyped-def]
    finding = examined.findings[claim.id]
    if finding.verdict is Verdict.UNTESTED and not claim.cases:
        return  # deep cases alone, and none committed yet: `attest check` asks for them
    assert_as_declared(finding)


@pytest.mark.parametrize(("claim", "name"), RIVALS, ids=[f"{claim.id}: {name}" for claim, name in RIVALS])
def test_every_rival_in_the_claims_place_is_refuted_on_the_same_rows(claim: Claim, name: str, examined) -> None:  # type: ignore[no-untyped-def]
    finding = examined.findings[claim.id]
    if finding.verdict is Verdict.UNTESTED:
        return
    assert_rival_is_refuted(finding, name, examined.predictions)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_one_rival_of_every_supported_claim_is_near_by_computation(claim: Claim, examined) -> None:  # type: ignore[no-untyped-def]
    assert_one_rival_is_near(examined.findings[claim.id])


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_default_run_uses_under_a_third_of_the_claims_budget(claim: Claim, examined) -> None:  # type: ignore[no-untyped-def]
    seconds = spent(row for row in examined.rows[claim.id] if row.seed == 0)
    for _ in range(3):  # busy neighbours and first uses only ever add, and some machines are slower
        if seconds < claim.budget / 3:
            break
        slower = slowdown()
        seconds = min(seconds, examine(claim).seconds / max(slower, slowdown()))
    assert seconds < claim.budget / 3, f"{seconds:.2f} of {claim.budget:g} CPU seconds"


def slowdown() -> float:
    """How much slower than the machine that the budgets were chosen on this one is now, and never less than 1.

    There, the chore takes 0.045 CPU seconds when nothing else runs.
    """
    begun = time.process_time()
    sum(i * i for i in range(1_000_000))
    return max(1.0, (time.process_time() - begun) / 0.045)


def test_one_process_examines_the_claims_for_all(request: pytest.FixtureRequest) -> None:
    grouped = bool(request.config.getoption("loadgroup", default=False))  # set in the processes of --dist loadgroup
    assert request.node.nodeid.endswith("@claims") == grouped, "this pytest and this pytest-xdist lose groups"


def test_all_budgets_fit_in_the_main_jobs_five_minutes_on_two_cores() -> None:
    assert sum(claim.budget for claim in CLAIMS if claim.kind != "asymptotic") <= 480


def test_the_false_alarm_rate_of_a_run_is_kept() -> None:
    assert statistical_comparisons(CLAIMS) <= 1000


def test_the_claims_that_may_stay_undecided_are_pinned() -> None:
    assert {claim.id for claim in CLAIMS if claim.open} == set()


def test_the_recorded_verdicts_name_exactly_the_claims_there_are() -> None:
    folder = committed()
    assert folder is not None
    assert set(read_verdicts(folder)) == {claim.id for claim in CLAIMS}
