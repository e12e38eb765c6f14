"""A row: one finished measurement with all that judging it needs, and nothing that depends on when it was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["measured", "erred", "undecided"]

#: What a row was measured for. A rival with cases of its own has the role ``rival:<name>``.
CASE, DEEP, CONTROL, ATTACK, FALSIFIED, DERIVATION = "case", "deep", "control", "attack", "falsified", "derivation"
OWN_BUDGET = (DEEP, DERIVATION)  # roles whose CPU seconds do not come out of their claim's budget


def rival_role(name: str) -> str:
    return f"rival:{name}"


@dataclass(frozen=True)
class Row:
    """One measurement of one case of one claim.

    ``claim``, ``digest``, ``role``, ``index`` and ``seed`` identify it. ``case``, ``setting``, ``given`` are what the
    prediction is evaluated on; ``value`` is what was measured, ``error`` the half-width the measurement claims for
    itself, ``evidence`` what a reader can re-check. ``note`` holds the traceback (status "erred") or the reason
    (status "undecided"). ``seconds`` are CPU seconds. ``said`` is what the statement ("") and its rivals, by name,
    predicted when a deep row was made: there predicting costs as much as measuring, and no judge does it again.
    """

    claim: str
    digest: str
    role: str
    index: int
    seed: int
    case: Mapping[str, Any]
    setting: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    value: Any = None
    error: Any = None
    evidence: Any = None
    status: Status = "measured"
    note: str = ""
    seconds: float = 0.0
    environment: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str, int, int]:
        return (self.claim, self.digest, self.role, self.index, self.seed)

    @property
    def inputs(self) -> dict[str, Any]:
        """The keyword arguments that a prediction may use."""
        return {**self.case, **self.setting, **self.given}
