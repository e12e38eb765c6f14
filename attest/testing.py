"""Claims as assertions, for the suites of this project and of distributions that bring claims of their own.

>>> from attest import all_claims
>>> finding = check_claim(all_claims("cover1965.theorem-1")[0])
>>> str(finding.verdict)
'SUPPORTED'
"""

from attest._claim import Claim, Verdict
from attest._judge import Finding, Predictions, judge
from attest._runner import examine

__all__ = ["assert_as_declared", "assert_one_rival_is_near", "assert_rival_is_refuted", "check_claim"]

#: Computed distance up to which a wrong statement counts as near: within a factor of 2, or a step of 1 in 2.
NEAR = 0.5


def check_claim(claim: Claim, *, seed: int = 0) -> Finding:
    """Examine *claim* and assert all that a claim of this project must fulfil; returns the finding.

    The verdict is the declared one, each rival in the claim's place is refuted by the same rows, and one rival of a
    supported claim is near. ``seed`` is what ``attest run`` uses. Raises AssertionError, which says what is wrong.
    """
    finding = examine(claim, seed=seed)
    assert_as_declared(finding)
    for name in finding.rivals:
        assert_rival_is_refuted(finding, name)
    assert_one_rival_is_near(finding)
    return finding


def assert_as_declared(finding: Finding) -> None:
    """The verdict is the one the claim declares, and its derivation closes."""
    assert finding.as_declared, (
        f"{finding.claim.id} is {finding.verdict} (derivation: {finding.derivation}), declared "
        f"{finding.claim.expects}: {finding.reason or 'no case says otherwise'}"
    )


def assert_rival_is_refuted(finding: Finding, name: str, predictions: Predictions | None = None) -> None:
    """The rival *name*, put in the claim's place, is refuted by the claim's rows (by its own, where it has cases).

    ``predictions`` shares what was predicted before between calls. Raises KeyError for an unknown name.
    """
    claim, result = finding.claim, finding.rivals[name]
    if claim.cases_for(f"rival:{name}"):
        assert result.contradicted, f"{claim.id}: the rival {name!r} survives the cases made for it"
        return
    rows = [each.row for each in (*finding.cases, *finding.control)]
    verdict = judge(claim.with_prediction(claim._rivals[name].predicts), rows, predictions=predictions).verdict
    assert verdict is Verdict.REFUTED, f"{claim.id}: with the rival {name!r} in its place it is {verdict}, not REFUTED"


def assert_one_rival_is_near(finding: Finding) -> None:
    """Of a supported claim's rivals, one is near by computation; where no distance exists, by declaration."""
    if finding.verdict is not Verdict.SUPPORTED:
        return
    claim = finding.claim
    near = [result for result in finding.rivals.values() if result.near]
    assert near, f"{claim.id} has no rival that is declared near"
    # Where there is no distance (yes or no, zero, a case outside the hypotheses) the declaration stands.
    distances = [result.distance for result in near if not claim.cases_for(f"rival:{result.name}")]
    if None not in distances and len(distances) == len(near):
        nearest = min(distance for distance in distances if distance is not None)
        assert nearest <= NEAR, f"{claim.id}: the nearest rival declared near is {nearest:.2g} away, not within {NEAR}"
