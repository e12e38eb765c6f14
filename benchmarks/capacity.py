"""Counting engine, side by side in one run: ``python benchmarks/capacity.py [--nine] [--json]``.

CPU seconds of one thread, warm, best of three; ratios against the sign-only engine and against one linear programme
per truth table. Splits are deterministic (classes - 1), so microseconds per class compare machines.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

from numerics.capacity import (
    count_threshold_functions,
    count_threshold_functions_by_lp,
    count_threshold_job,
    estimate_threshold_functions,
)
from numerics.capacity.engine import warm_up


def cpu_seconds(call: Callable[[], Any], repeats: int = 3) -> float:
    """Least CPU time of *repeats* calls."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


def measure(nine: bool) -> dict[str, Any]:
    """All figures of one run."""
    start = time.perf_counter()
    warm_up()
    figures: dict[str, Any] = {"first_use_seconds": time.perf_counter() - start}
    for n in (6, 7, 8, 9) if nine else (6, 7, 8):
        found: list[Any] = []
        seconds = cpu_seconds(lambda n=n, found=found: found.append(count_threshold_functions(n)), 1 if n == 9 else 3)
        figures[f"n={n}"] = {
            "cpu_seconds": seconds,
            "classes": found[0].classes,
            "microseconds_per_class": seconds / found[0].classes * 1e6,
        }
    signs = cpu_seconds(lambda: count_threshold_functions(6, symmetry="signs"))
    programmes = cpu_seconds(lambda: count_threshold_functions_by_lp(3), 1)
    figures["sign-only / chamber, n=6"] = signs / figures["n=6"]["cpu_seconds"]
    figures["programmes / chamber, n=3"] = programmes / cpu_seconds(lambda: count_threshold_functions(3))
    count_threshold_functions(4, 2)
    figures["T(7,5) cpu_seconds"] = cpu_seconds(lambda: count_threshold_functions(7, 5))
    start = time.process_time()
    estimate = estimate_threshold_functions(10, samples=2000)
    figures["estimate n=10, 2000 samples"] = {
        "cpu_seconds": time.process_time() - start,
        "relative_standard_error": estimate.standard_error / estimate.mean,
    }
    if nine:
        start = time.perf_counter()
        count_threshold_job(9, jobs=2)
        figures["n=9, two processes, wall seconds"] = time.perf_counter() - start
    figures["peak_resident_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nine", action="store_true", help="n = 9 too (half a minute)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.nine)
    if options.json:
        json.dump(figures, sys.stdout, indent=1)
        return
    for name, value in figures.items():
        shown = value if isinstance(value, dict) else {"": value}
        print(name, *(f"{key} {number:.4g}".strip() for key, number in shown.items()))


if __name__ == "__main__":
    main()
