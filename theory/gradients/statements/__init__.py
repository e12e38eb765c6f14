"""Statements about gradients through recurrence and attention for export, with their hypotheses.

The functions of this subject take whole numbers and exact eigenvalues; what they loop over is written here as sums,
products and loops in symbols, which the tests hold against those functions.
"""

from theory.export.formula import Builder, pick
from theory.export.statement import Statement
from theory.gradients.statements import gain, growth, screening, theorems

BUILDERS: dict[str, Builder] = {**gain.BUILDERS, **growth.BUILDERS, **theorems.BUILDERS, **screening.BUILDERS}


def statement(name: str) -> Statement:
    """The statement called *name*; ValueError with close matches for an unknown one.

    >>> statement("uniform_attention_gain").kind
    'exact'
    """
    return pick(name, BUILDERS)
