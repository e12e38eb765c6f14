"""The digest of a claim: what its rows depend on, as syntax trees. No git state, no versions, no times."""

import ast
import hashlib
import json
import linecache
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from attest._claim import Claim
from attest._reach import reached
from attest._source import canonical, fingerprint, tree_of
from attest._values import dumps


@cache
def digest(claim: Claim) -> str:
    """Sixteen hexadecimal digits over the claim's declaration and every module of ours that its callables reach."""
    home = claim.declared_at[0][0]
    modules = sorted(name for name in reached(_callables(claim), home) if ":" not in name)
    text = json.dumps([*([name, fingerprint(name)] for name in modules), _declaration(claim), _data(claim)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _callables(claim: Claim) -> Iterator[Callable[..., Any]]:
    for entry in (claim.predicts, claim.measures, claim.setting, claim.derivation):
        if callable(entry):
            yield entry
    yield from (rival.predicts for rival in claim._rivals.values())


def _data(claim: Claim) -> list[str]:
    """The plain fields: one statement in a loop can declare many claims."""
    cases = [dumps(list(map(dict, part))) for part in (claim.cases, claim.deep_cases, claim.control)]
    rivals = [[name, dumps(list(map(dict, rival.cases)))] for name, rival in claim._rivals.items()]
    return [claim.id, *cases, *(f"{name}:{text}" for name, text in rivals)]


def _declaration(claim: Claim) -> Any:
    """The top-level statements of the claim's file that declare it, and those that bind names they use, and so on."""
    home = claim.declared_at[0][0]
    tree = tree_of(home)
    if tree is None:  # a prompt or a notebook: the lines as typed
        return [linecache.getline(home, line) for _, line in claim.declared_at]
    bound: dict[str, list[ast.stmt]] = {}
    for statement in tree.body:
        for name in _binds(statement):
            bound.setdefault(name, []).append(statement)
    lines = [line for _, line in claim.declared_at]
    queue = [s for s in tree.body if any(s.lineno <= line <= (s.end_lineno or s.lineno) for line in lines)]
    found: list[ast.stmt] = []
    while queue:
        statement = queue.pop(0)
        if statement in found:
            continue
        found.append(statement)
        used = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        queue.extend(other for name in sorted(used) for other in bound.get(name, ()))
    return [canonical(_WithoutBudgets().visit(deepcopy(s))) for s in sorted(found, key=lambda s: s.lineno)]


class _WithoutBudgets(ast.NodeTransformer):
    """Budgets abort and never shape a row: a changed one leaves the rows current."""

    def visit_keyword(self, node: ast.keyword) -> ast.keyword | None:
        return None if node.arg in ("budget", "deep_budget") else node


def _binds(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).partition(".")[0] for alias in statement.names)
    else:
        yield from _stored(statement)


def _stored(node: ast.AST) -> Iterator[str]:
    """Names that a statement binds outside the scopes of comprehensions and lambdas inside it."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.comprehension | ast.Lambda):
            yield from _stored(child)
