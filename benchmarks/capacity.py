"""Counting engine in one run: ``python benchmarks/capacity.py [--nine] [--products] [--quadratic] [--json]``.

CPU seconds of one thread, warm, best of three (once for what takes longer than a second); ratios against the sign-only
engine and against one linear programme per truth table, timed in turns. Splits are deterministic (classes - 1), so
microseconds per class compare machines.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from numerics.capacity import (
    count_product_overlaps,
    count_products,
    count_threshold_functions,
    count_threshold_functions_by_lp,
    count_threshold_job,
    estimate_threshold_functions,
    halves,
    products,
)
from numerics.capacity.engine import warm_up

COLD = "from numerics.capacity.engine import warm_up; warm_up()"


def cpu_seconds(call: Callable[[], Any], repeats: int = 3) -> float:
    """Least CPU time of *repeats* calls."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


def measure_first_use() -> dict[str, float]:
    """Seconds until the engine is compiled in a fresh process: with an empty cache, and with a full one."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = []
        for _ in range(2):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", COLD], check=True, env={**os.environ, "NUMBA_CACHE_DIR": folder})
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"empty cache": seconds[0], "full cache": seconds[1]}


def measure_growth(largest: int) -> dict[str, dict[str, float]]:
    """Seconds, classes and microseconds per class of T(n, 1)."""
    figures = {}
    for n in range(6, largest + 1):
        found: list[Any] = []
        seconds = cpu_seconds(lambda n=n, found=found: found.append(count_threshold_functions(n)), 1 if n == 9 else 3)
        classes = found[0].classes
        figures[f"T({n},1)"] = {"CPU s": seconds, "classes": classes, "us per class": seconds / classes * 1e6}
    return figures


def measure_ratios() -> dict[str, float]:
    """The same count by slower routes, divided by the chamber's time; each pair in turns."""
    pairs: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "signs alone / chamber, n = 6": (
            lambda: count_threshold_functions(6, symmetry="signs"),
            lambda: count_threshold_functions(6),
        ),
        "linear programmes / chamber, n = 3": (
            lambda: count_threshold_functions_by_lp(3),
            lambda: count_threshold_functions(3),
        ),
    }
    ratios = {}
    for name, (slow, fast) in pairs.items():
        turns = [(cpu_seconds(slow, 1), cpu_seconds(fast, 1)) for _ in range(3)]
        ratios[name] = min(a for a, _ in turns) / min(b for _, b in turns)
    return ratios


def measure_products(largest: int) -> dict[str, dict[str, float]]:
    """Products of two gates by orbits and by halves of the cube, and what the two lists have in common."""
    products.warm_up()
    halves.warm_up()
    figures = {}
    for n in range(5, largest + 1):
        for operation in ("xnor", "and"):
            found: list[Any] = []
            seconds = cpu_seconds(
                lambda n=n, o=operation, found=found: found.append(count_products(n, o)), 1 if n == 6 else 3
            )
            figures[f"{operation}, n = {n}"] = {
                "CPU s": seconds,
                "by halves": cpu_seconds(partial(halves.halved_by_ones, n, operation), 1),
                "count": found[0].count,
                "orbits": found[0].orbits,
            }
    figures["overlaps, n = 5"] = {"CPU s": cpu_seconds(lambda: count_product_overlaps(5), 1)}
    return figures


def measure_estimates() -> dict[str, dict[str, float]]:
    """Relative standard errors of the estimator."""
    figures = {}
    for n in (10, 11, 12):
        start = time.process_time()
        found = estimate_threshold_functions(n, samples=2000)
        figures[f"estimate, n = {n}, 2000 samples"] = {
            "CPU s": time.process_time() - start,
            "relative standard error": found.standard_error / found.mean,
        }
    return figures


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """All figures of one run."""
    figures: dict[str, Any] = {"first use": measure_first_use()}
    warm_up()
    figures |= measure_growth(9 if options.nine else 8)
    if options.nine:
        start = time.perf_counter()
        count_threshold_job(9, jobs=2)
        figures["T(9,1), two processes"] = {"wall s": time.perf_counter() - start}
    figures["resident, engine alone"] = {"MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    figures["ratios"] = measure_ratios()
    count_threshold_functions(4, 2)
    for n, degree in ((4, 2), (5, 3), (6, 4), (7, 5)):
        figures[f"T({n},{degree})"] = {"CPU s": cpu_seconds(lambda n=n, d=degree: count_threshold_functions(n, d))}
    figures |= measure_estimates()
    if options.quadratic:
        figures["T(5,2) with certificates"] = {"CPU s": cpu_seconds(lambda: count_threshold_functions(5, 2), 1)}
    figures |= measure_products(6 if options.products else 5)
    figures["resident, all"] = {"MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nine", action="store_true", help="n = 9 too (half a minute)")
    parser.add_argument("--products", action="store_true", help="products at n = 6 too (twenty minutes)")
    parser.add_argument("--quadratic", action="store_true", help="T(5,2) with certificates too (two minutes)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options)
    if options.json:
        json.dump(figures, sys.stdout, indent=1)
        return
    for name, values in figures.items():
        print(f"{name:34}", "  ".join(f"{key} {value:.4g}" for key, value in values.items()))


if __name__ == "__main__":
    main()
