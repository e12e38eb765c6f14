"""A claim as text: the steps of its derivation, and the statement that it predicts by."""

import dis
import json
from collections.abc import Mapping, Sequence
from types import FunctionType, ModuleType, NoneType
from typing import TYPE_CHECKING, Any

from attest._claim import Claim

if TYPE_CHECKING:
    from theory.export import Statement

CHANGES = ("BINARY", "UNARY", "COMPARE", "POP_JUMP", "BUILD", "FORMAT")  # operations that make it another statement


def exported(claim: Claim, to: str, catalogue: Mapping[str, Any]) -> str:
    """*claim* in one of the formats of ``theory.export``; *catalogue*: the calculators, by name.

    JSON holds all there is. LaTeX and MathML show the derivation where it is a list of steps and else the prediction;
    programs calculate the prediction. ValueError where there is no such thing.
    """
    from theory.export import FORMATS, export

    if to not in FORMATS:
        raise ValueError(f"to must be one of {', '.join(FORMATS)}, got {to!r}")
    steps, statement = derivation_of(claim), prediction_of(claim, catalogue)
    if to == "json":
        return _json(claim, steps, statement)
    if steps and to in ("latex", "mathml"):
        return export(tuple(steps), to)
    if statement is None:
        has = "its derivation has steps, for latex, mathml or json" if steps else "json shows what it says"
        raise ValueError(f"the prediction of {claim.id} is no single statement; {has}")
    return export(statement, to)


def derivation_of(claim: Claim) -> Sequence[Any]:
    """The steps of the derivation; none where there is no derivation or only a citation of one."""
    return tuple(claim.derivation()) if callable(claim.derivation) else ()


def prediction_of(claim: Claim, catalogue: Mapping[str, Any]) -> "Statement | None":
    """The statement that *claim* predicts by: a function of ``theory`` that has one, called as it is; else None."""
    function = claim.predicts
    if not isinstance(function, FunctionType):
        return None
    if function.__module__.startswith("theory."):
        named = {function.__name__}
    else:
        operations = [step.opname for step in dis.get_instructions(function.__code__)]
        # a constant would be a choice among conventions; the names of keyword arguments are a tuple
        constants = [value for value in function.__code__.co_consts if not isinstance(value, tuple | NoneType)]
        if constants or any(operation.startswith(CHANGES) for operation in operations):
            return None
        spaces = {name for name, value in function.__globals__.items() if isinstance(value, ModuleType)}
        named = set(function.__code__.co_names) - spaces
    if len(named) != 1 or not named <= set(catalogue):
        return None
    statement: Statement = catalogue[named.pop()].statement
    return statement


def _json(claim: Claim, steps: Sequence[Any], statement: "Statement | None") -> str:
    from theory.export import json_text

    text = claim.derivation if isinstance(claim.derivation, str) else None
    data = {
        "claim": claim.id,
        "paper": claim.paper.key,
        "where": claim.where,
        "says": claim.says,
        "kind": claim.kind,
        "statement": None if statement is None else json.loads(json_text(statement)),
        "derivation": json.loads(json_text(tuple(steps)))["derivation"] if steps else text,
    }
    return json.dumps(data, indent=2, ensure_ascii=False)
