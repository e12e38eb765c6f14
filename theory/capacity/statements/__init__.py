"""Statements about counts and capacities for export.

The functions of this subject count with whole numbers; here the same sums and products stand in symbols, and the tests
hold them against those functions.
"""

from theory.capacity.statements import counts, gating, networks
from theory.export.formula import Builder, pick
from theory.export.statement import Statement

BUILDERS: dict[str, Builder] = {**counts.BUILDERS, **gating.BUILDERS, **networks.BUILDERS}


def statement(name: str) -> Statement:
    """The statement called *name*; ValueError with close matches for an unknown one.

    >>> statement("region_bound").kind
    'upper'
    """
    return pick(name, BUILDERS)
