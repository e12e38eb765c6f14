"""What a callable reaches: the modules of ours that its code names, closed under imports.

Two sides that share a formula agree for nothing. So the registry refuses a claim whose prediction and measurement
reach one common module (or one common function of the file that declares the claim).
"""

import dis
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from attest._claim import Claim
from attest._source import exports_of, imports_of, is_package, names_in, source_file, submodules_of
from attest.errors import ClaimError

WINGS = ("theory", "numerics")


def exempt_modules() -> frozenset[str]:
    """Modules that both sides may reach, for they hold no mathematics; a test pins the list.

    They are what claims are written in, and the argument checks of the folder in which counts have both their routes.
    """
    written_in = {"attest", "attest._agreement", "attest._claim", "attest._values", "attest.errors"}
    return frozenset(written_in | {"numerics.capacity._validate"})


def reached(callables: Iterable[Callable[..., Any]], home: str) -> frozenset[str]:
    """All that *callables* reach: modules, and ``module:function`` for functions of the claim's file *home*."""
    walk = _Walk(home)
    for entry in callables:
        walk.visit(entry)
    return frozenset(walk.functions | _closure(walk.modules, home))


def meeting(claim: Claim) -> frozenset[str]:
    """What both sides of *claim* reach; empty for an honest one."""
    if claim.predicts is None or claim.measures is None:
        return frozenset()
    home = claim.declared_at[0][0]
    rivals = [rival.predicts for rival in claim._rivals.values()]
    both = reached([claim.predicts, *rivals], home) & reached([claim.measures], home)
    return frozenset(name for name in both if name not in exempt_modules() and not name.endswith(".errors"))


def check_independence(claim: Claim) -> None:
    """Raise :class:`ClaimError` where the two sides of *claim* meet."""
    if met := meeting(claim):
        raise ClaimError(
            f"claim {claim.id!r}: its prediction and its measurement both reach {', '.join(sorted(met))}, so that "
            "their agreement would show nothing; let one of the two sides do without"
        )


def _ours(module: str, home: str) -> bool:
    return module.partition(".")[0] in (*WINGS, "attest", home.partition(".")[0])


def _closure(modules: Iterable[str], home: str) -> set[str]:
    found: set[str] = set()
    queue = list(modules)
    while queue:
        module = queue.pop()
        if module in found or module == home or not _ours(module, home) or module in exempt_modules():
            continue
        found.add(module)
        queue.extend(imports_of(module))
    # A package of lazy names holds no mathematics: what was named in it is already among the modules.
    return {m for m in found if not (is_package(m) and exports_of(m)) and m not in WINGS}


class _Walk:
    """Collects modules and home functions by reading byte code; runs and imports nothing."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.modules: set[str] = set()
        self.functions: set[str] = set()
        self._seen: set[int] = set()

    def visit(self, value: Any) -> None:
        if id(value) in self._seen:
            return
        self._seen.add(id(value))
        if isinstance(value, functools.partial):
            for part in (value.func, *value.args, *value.keywords.values()):
                self.visit(part)
        elif isinstance(value, MethodType):
            self.visit(value.__func__)
            self.visit(value.__self__)
        elif isinstance(value, FunctionType):
            self._visit_function(value)
        elif isinstance(value, ModuleType):
            self._module(value.__name__)
        elif isinstance(value, Mapping):
            for entry in value.values():
                self.visit(entry)
        elif isinstance(value, list | tuple | set | frozenset):
            for entry in value:
                self.visit(entry)
        else:
            owner = value if isinstance(value, type) else type(value)
            self._owner(owner)
            wrapped = getattr(value, "__wrapped__", None)  # functools.cache and friends hide a function
            if wrapped is not None:
                self.visit(wrapped)

    def _owner(self, owner: type) -> None:
        if owner.__module__ == self.home:
            self.functions.add(f"{self.home}:{owner.__qualname__}")
            for member in vars(owner).values():
                # static and class methods, properties and cached ones keep their function one step down
                for part in ("__func__", "fget", "func"):
                    member = getattr(member, part, None) or member
                if isinstance(member, FunctionType):
                    self._visit_code(member.__code__, member)
        else:
            self._module(owner.__module__)

    def _visit_function(self, function: FunctionType) -> None:
        if function.__module__ != self.home:
            self._module(function.__module__)
            return
        self.functions.add(f"{self.home}:{function.__qualname__}{_place(function.__code__)}")
        self._visit_code(function.__code__, function)
        for cell in function.__closure__ or ():
            self.visit(cell.cell_contents)
        for default in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()):
            self.visit(default)

    def _visit_code(self, code: CodeType, function: FunctionType) -> None:
        instructions = list(dis.get_instructions(code))
        for at, step in enumerate(instructions):
            if step.opname in ("LOAD_GLOBAL", "LOAD_NAME") and step.argval in function.__globals__:
                self._follow(function.__globals__[step.argval], _attributes(instructions, at + 1))
            elif step.opname == "IMPORT_NAME":
                base = _absolute(step.argval, instructions[at - 2].argval, function.__globals__.get("__package__"))
                if not _ours(base, self.home):
                    continue
                imported = [s.argval for s in _run(instructions, at + 1, "IMPORT_FROM")]
                for name in imported or [None]:
                    for module in names_in(base, name) if name else (base,):
                        self._module(module)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self._visit_code(constant, function)

    def _follow(self, value: Any, attributes: Iterable[str]) -> None:
        """A global and the attributes read off it: a name of a lazy package leads to the one module behind it."""
        if not isinstance(value, ModuleType):
            self.visit(value)
            return
        module = value.__name__
        if not _ours(module, self.home):
            return
        for name in attributes:
            (module, *_), was = names_in(module, name), module
            if name in exports_of(was) or module == was:
                self._module(module, whole=False)
                return
        self._module(module)

    def _module(self, module: str, *, whole: bool = True) -> None:
        """Record a module; a package used as a whole reaches everything below it."""
        if _ours(module, self.home) and source_file(module) is not None:
            self.modules.add(module)
            if whole and is_package(module) and module not in exempt_modules():
                self.modules.update(submodules_of(module))


def _absolute(name: str, level: Any, package: str | None) -> str:
    """The module that an import statement of that level names."""
    if not isinstance(level, int) or not level:
        return name
    above = (package or "").split(".")
    return ".".join([*above[: len(above) - level + 1], *([name] if name else [])])


def _place(code: CodeType) -> str:
    """Where the function's text begins: two lambdas may share a line."""
    places = [(line, column) for line, _, column, _ in code.co_positions() if line and column]
    line, column = min(places, default=(code.co_firstlineno, 0))
    return f" (line {line}, column {column})"


def _attributes(instructions: list[dis.Instruction], start: int) -> Iterator[str]:
    for step in instructions[start:]:
        if step.opname not in ("LOAD_ATTR", "LOAD_METHOD"):
            return
        yield str(step.argval)


def _run(instructions: list[dis.Instruction], start: int, opname: str) -> Iterator[dis.Instruction]:
    for step in instructions[start:]:
        if step.opname == opname:
            yield step
        elif not step.opname.startswith(("STORE", "CACHE", "NOP")):
            return
