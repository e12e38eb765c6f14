"""Joins the derived and the measured side: claims, verdicts, and the evidence for them.

>>> from attest import all_claims, examine
>>> finding = examine(all_claims("cover1965.theorem-1")[0])
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from attest._origin import OriginError, check_origin, started_as_command

__distribution__ = "attest-attention"
try:
    check_origin()
except OriginError as foreign:
    if started_as_command():  # before the command itself can be imported
        sys.stderr.write(f"attest: {foreign}\n")
        sys.exit(2)
    raise

if TYPE_CHECKING:
    from attest import bounds as bounds
    from attest._agreement import Answer as Answer
    from attest._agreement import absolute as absolute
    from attest._agreement import at_least as at_least
    from attest._agreement import at_most as at_most
    from attest._agreement import drawn_from as drawn_from
    from attest._agreement import equal as equal
    from attest._agreement import relative as relative
    from attest._agreement import rounding as rounding
    from attest._agreement import scales_like as scales_like
    from attest._agreement import within as within
    from attest._claim import Claim as Claim
    from attest._claim import Observed as Observed
    from attest._claim import Paper as Paper
    from attest._claim import Rival as Rival
    from attest._claim import Verdict as Verdict
    from attest._claim import grid as grid
    from attest._judge import Finding as Finding
    from attest._judge import judge as judge
    from attest._load import Findings as Findings
    from attest._load import load_ledger as load_ledger
    from attest._registry import all_claims as all_claims
    from attest._runner import examine as examine
    from attest.errors import AssumptionError as AssumptionError
    from attest.errors import ClaimError as ClaimError

_EXPORTS = {
    "Answer": "_agreement",
    "AssumptionError": "errors",
    "Claim": "_claim",
    "ClaimError": "errors",
    "Finding": "_judge",
    "Findings": "_load",
    "Observed": "_claim",
    "Paper": "_claim",
    "Rival": "_claim",
    "Verdict": "_claim",
    "absolute": "_agreement",
    "all_claims": "_registry",
    "at_least": "_agreement",
    "at_most": "_agreement",
    "drawn_from": "_agreement",
    "equal": "_agreement",
    "examine": "_runner",
    "grid": "_claim",
    "judge": "_judge",
    "load_ledger": "_load",
    "relative": "_agreement",
    "rounding": "_agreement",
    "scales_like": "_agreement",
    "within": "_agreement",
}
__all__ = sorted([*_EXPORTS, "bounds"])


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    if name == "bounds":
        return import_module("attest.bounds")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
