"""One examination of all claims, shared by every test of this folder."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from attest import Claim, Finding, all_claims
from attest._judge import Predictions
from attest._ledger import Ledger
from attest._rows import Row
from attest._runner import Outcome, run
from attest._store import committed, deep_rows, findings


class Examined:
    """The rows of a default run at seed 0, together with the committed deep rows, and what they show."""

    def __init__(self, claims: Sequence[Claim], path: Path) -> None:
        with Ledger(path) as ledger:
            assert run(claims, ledger, jobs=1) is Outcome.COMPLETE
            deep = deep_rows(committed())
            self.predictions = Predictions()
            self.findings: dict[str, Finding] = findings(claims, ledger, deep, predictions=self.predictions)
            self.rows: dict[str, list[Row]] = {claim.id: [] for claim in claims}
            for row in [*deep, *ledger.rows()]:
                if row.claim in self.rows:
                    self.rows[row.claim].append(row)


@pytest.fixture(scope="session")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Examined:
    return Examined(all_claims(), tmp_path_factory.mktemp("examined") / "ledger.sqlite")
