"""Every error that ``attest`` raises on purpose; the two wings' own are re-exported."""

from attest._origin import OriginError as OriginError
from numerics.errors import NotCertified as NotCertified
from numerics.errors import SolverUndecided as SolverUndecided
from theory.errors import AssumptionError as AssumptionError


class ClaimError(ValueError):
    """A claim that cannot be made as declared, or an id or pattern that names none."""


class LedgerError(RuntimeError):
    """A ledger that cannot be read or written; nothing in it was changed. ``disk_full`` tells the one passing cause."""

    def __init__(self, message: str, disk_full: bool = False) -> None:
        super().__init__(message)
        self.disk_full = disk_full


class OverBudget(RuntimeError):
    """A measurement used up its CPU seconds."""
