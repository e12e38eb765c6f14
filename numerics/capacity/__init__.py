"""Capacity of threshold gates and of gated attention, measured (Baldi & Vershynin 2022)."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numerics.capacity.certificates import refutes as refutes
    from numerics.capacity.certificates import separates as separates
    from numerics.capacity.dichotomies import count_dichotomies as count_dichotomies
    from numerics.capacity.gated import count_gated as count_gated
    from numerics.capacity.membership import is_threshold as is_threshold
    from numerics.capacity.points import cube_rows as cube_rows
    from numerics.capacity.points import gaussian_points as gaussian_points
    from numerics.capacity.programs import count_threshold_functions_by_lp as count_threshold_functions_by_lp
    from numerics.capacity.separation import Separator as Separator

_EXPORTS = {
    "Separator": "separation",
    "count_dichotomies": "dichotomies",
    "count_gated": "gated",
    "count_threshold_functions_by_lp": "programs",
    "cube_rows": "points",
    "gaussian_points": "points",
    "is_threshold": "membership",
    "refutes": "certificates",
    "separates": "certificates",
}
__all__ = sorted(_EXPORTS)


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(f"{__name__}.{_EXPORTS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
