"""The assertions that suites make of claims can fail, each for its own reason."""

from typing import Any

import pytest

from attest import Claim, Verdict, absolute, equal, examine, grid, within
from attest.claims.cover1965 import PAPER
from attest.testing import assert_as_declared, assert_one_rival_is_near, assert_rival_is_refuted, check_claim


def square(n: int) -> int:
    return n * n


def declare(name: str, **changes: Any) -> Claim:
    parts: dict[str, Any] = {
        "predicts": square,
        "measures": lambda n: sum(2 * k + 1 for k in range(n)),
        "agrees": equal,
        "rivals": {"off by one": lambda n: n * n + 1},
        "cases": grid(n=(1, 2, 3)),
    }
    return Claim(id=f"cover1965.{name}", paper=PAPER, where="here", says="odd numbers add up", **{**parts, **changes})


def test_a_good_claim_is_returned_with_its_finding() -> None:
    assert check_claim(declare("squares")).verdict is Verdict.SUPPORTED


def test_a_verdict_that_is_not_declared_is_told_with_both_verdicts() -> None:
    with pytest.raises(AssertionError, match=r"cover1965.wrong is REFUTED .*, declared SUPPORTED"):
        check_claim(declare("wrong", predicts=lambda n: n * n + n))


def test_a_rival_that_survives_is_named() -> None:
    claim = declare("weak", rivals={"same for small n": lambda n: n**2 + (n > 9)})
    finding = examine(claim)
    assert finding.verdict is Verdict.POWERLESS
    with pytest.raises(AssertionError, match="'same for small n' in its place it is"):
        assert_rival_is_refuted(finding, "same for small n")
    with pytest.raises(AssertionError, match="POWERLESS"):
        assert_as_declared(finding)


def test_a_rival_that_is_called_near_but_is_far_is_found_out() -> None:
    claim = declare(
        "far",
        agrees=within(absolute(1, because="counting to one")),
        rivals={"ten thousand times": lambda n: 10_000 * n * n},
    )
    with pytest.raises(AssertionError, match="nearest rival declared near is"):
        assert_one_rival_is_near(examine(claim))
