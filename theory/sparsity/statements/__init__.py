"""Statements about rectified attention and its peers for export, at symbols.

Where a function of this subject counts with whole numbers, its formula stands here in symbols, and the tests hold it
against the function.
"""

from theory.export.formula import Builder, pick
from theory.export.statement import Statement
from theory.sparsity.statements import edges, maps, size, support

BUILDERS: dict[str, Builder] = {**support.BUILDERS, **size.BUILDERS, **edges.BUILDERS, **maps.BUILDERS}


def statement(name: str) -> Statement:
    """The statement called *name*; ValueError with close matches for an unknown one.

    >>> statement("null_probability").kind
    'exact'
    """
    return pick(name, BUILDERS)
