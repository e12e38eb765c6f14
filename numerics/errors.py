"""Errors of the measured side."""


class SolverUndecided(RuntimeError):
    """A solver gave no answer that could be turned into a certificate; the instance counts neither way."""


class NotCertified(RuntimeError):
    """An answer came with a certificate that exact arithmetic rejects."""
