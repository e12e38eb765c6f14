"""Calling what a claim declares: by keyword, with exactly the names that the signature lists."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any


def call(function: Callable[..., Any], available: Mapping[str, Any]) -> Any:
    """Call *function* with those of *available* that it names (all of them if it takes ``**others``)."""
    parameters = inspect.signature(function).parameters.values()
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return function(**available)
    return function(**{p.name: available[p.name] for p in parameters if p.name in available})
