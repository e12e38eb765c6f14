"""The formulas that a claim's prediction is computed from, as MathML, where ``theory`` states them for export."""

import re
from functools import cache
from html import escape
from types import CodeType, FunctionType
from typing import Any

from attest._claim import Claim
from attest.bounds._calculator import CATALOGUE


def statements_of(claim: Claim) -> list[Any]:
    """The statements that the prediction calls by name, in the order of the catalogue."""
    if claim.predicts is None:
        return []
    called = _names(claim.predicts, claim.declared_at[0][0], set())
    return [_statement(name) for name in CATALOGUE if name in called]


@cache
def _statement(name: str) -> Any:
    return CATALOGUE[name].statement


@cache
def mathml_of(name: str) -> str:
    """Presentation MathML for a page of HTML, which needs no namespace and says its source beside it."""
    from theory.export import mathml

    return for_a_page(mathml(_statement(name)), f"formula of {name}")


def for_a_page(written: str, label: str) -> str:
    """MathML of ``theory.export`` inside HTML; empty stays empty."""
    # Double-struck letters are missing in many fonts, and a hyphen is too short for a minus sign.
    plain = written.replace("ⅇ", "e").replace("ⅆ", "d").replace("<mo>-</mo>", "<mo>−</mo>")
    return re.sub(r"^<math [^>]*>", f'<math display="block" aria-label="{escape(label)}">', plain)


def _names(function: Any, home: str, seen: set[int]) -> set[str]:
    """What the code of *function* names, helpers of the claim's own file included."""
    if not isinstance(function, FunctionType) or id(function) in seen:
        return set()
    if function.__module__ != home:
        return {function.__name__}
    seen.add(id(function))
    found = _code_names(function.__code__)
    helpers = [function.__globals__.get(name) for name in found]
    helpers += [cell.cell_contents for cell in function.__closure__ or ()]
    return found.union(*(_names(helper, home, seen) for helper in helpers))


def _code_names(code: CodeType) -> set[str]:
    inner = [_code_names(constant) for constant in code.co_consts if isinstance(constant, CodeType)]
    return set(code.co_names).union(*inner)
