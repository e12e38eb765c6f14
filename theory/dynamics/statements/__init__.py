"""Statements of the training dynamics for export: the functions of this subject at symbols, with their hypotheses."""

from theory.dynamics.statements import margins, rates, residuals, sen
from theory.export.formula import Builder, pick
from theory.export.statement import Statement

BUILDERS: dict[str, Builder] = {**sen.BUILDERS, **residuals.BUILDERS, **margins.BUILDERS, **rates.BUILDERS}


def statement(name: str) -> Statement:
    """The statement called *name*; ValueError with close matches for an unknown one.

    >>> statement("sen_norm").kind
    'exact'
    """
    return pick(name, BUILDERS)
