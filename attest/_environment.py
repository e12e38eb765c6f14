"""What a measurement ran on: recorded with every row, part of no key."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

_PACKAGES = (
    "attest-attention",
    "entmax",
    "highspy",
    "hypothesis",
    "mpmath",
    "numba",
    "numpy",
    "pulp",
    "python-flint",
    "scipy",
    "sympy",
    "torch",
)


def environment() -> dict[str, str]:
    """Versions, processor kind and thread settings; no host name, path or time. None of the packages is imported."""
    stamp = {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": str(os.cpu_count()),
        "sympy ground types": os.environ.get("SYMPY_GROUND_TYPES") or ("flint" if find_spec("flint") else "python"),
    }
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
        stamp[name] = os.environ.get(name, "unset")
    for name in _PACKAGES:
        try:
            stamp[name] = version(name)
        except PackageNotFoundError:
            stamp[name] = "absent"
    return stamp
