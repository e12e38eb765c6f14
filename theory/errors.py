"""Errors of the derived side."""


class AssumptionError(ValueError):
    """A hypothesis of a statement is not met; the text names the hypothesis, what was received, and the remedy."""
