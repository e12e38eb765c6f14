"""Attention maps side by side: ``python benchmarks/sparsity.py [--lengths 64 128] [--device cuda] [--write]``.

``--rows ledger/deep/zhang2021-speed.jsonl`` measures the claims on speed alone and writes their rows.

Row map, normalisation, attention core, whole layer (width 512) and a small translator's training step (width 64) apart,
forward alone and with backward. CPU seconds of one thread (wall seconds with synchronisation on a GPU), median of
interleaved runs; ratios above 1 are slower than softmax, the plain normalisation for that part. ``floor`` is the two
matrix products of the core with no map and no mask between them. ``--compile`` adds what ``torch.compile`` makes of the
plain operations (it needs a C++ compiler, and minutes).

Above 32 MiB a tensor (scores from n = 512 on) glibc returns memory to the system at once, and page faults dominate all
maps alike; unless ``--return-memory`` is given, this is switched off.
"""

import argparse
import ctypes
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from scipy.stats import binom
from sparsity_parts import PARTS, Call, translators

Times = dict[str, float]


def clock(device: str) -> float:
    """CPU seconds of this process, or seconds on the wall once the device has finished."""
    if device == "cpu":
        return time.process_time()
    torch.cuda.synchronize()
    return time.perf_counter()


def interleave(calls: dict[str, Call], device: str, repeats: int, backward: bool) -> dict[str, float]:
    """Median seconds of each call; one unmeasured round, then every round runs all of them."""
    seen: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(repeats + 1):
        for name, call in calls.items():
            start = clock(device)
            out = call()
            if backward:
                out.sum().backward()
            if turn:
                seen[name].append(clock(device) - start)
    return {name: statistics.median(times) for name, times in seen.items()}


def keep_memory() -> None:
    """Let the C library serve large tensors from memory it keeps: no page faults for each of them. glibc only."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        maximal_number_of_mmaps, trim_threshold = -4, -1
        library.mallopt(maximal_number_of_mmaps, 0)
        library.mallopt(trim_threshold, 2**31 - 1)


def measure(lengths: list[int], device: str, repeats: int, compiled: bool) -> Iterator[tuple[str, int, str, Times]]:
    """(part, length, pass, milliseconds of each map), as soon as they are known; fewer repeats where all is slow."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    for part, make in PARTS.items():
        for length in lengths:
            calls = make(length, device, compiled)
            for backward in (False, True):
                seconds = interleave(calls, device, repeats if length < 512 else max(3, repeats // 2), backward)
                times = {name: 1e3 * value for name, value in seconds.items()}
                yield part, length, "step" if backward else "forward", times


def promises(part: str, length: int, times: Times) -> list[str]:
    """What a training step of *part* breaks: twice as fast as 1.5-entmax, softmax's speed within 0.6-1.6.

    Softmax is the faster of ours and PyTorch's fused one. A row map alone is held against 1.5-entmax only.
    """
    if part == "norm" or length < 64:
        return []
    ours = times["relu" if part == "row map" else "relu, fused" if part == "core" else "ReLA-g"]
    speed = min(times[name] for name in ("softmax", "sdpa") if name in times) / ours
    broken = []
    if times["entmax15"] < 2 * ours:
        broken.append(f"{part}, n={length}: 1.5-entmax takes {times['entmax15'] / ours:.2f} of a rectified step, not 2")
    if part != "row map" and not 0.6 <= speed <= 1.6:
        broken.append(f"{part}, n={length}: {speed:.2f} of softmax's speed, not within 0.6-1.6")
    return broken


def document(found: Sequence[tuple[str, int, str, Times]], device: str) -> str:
    """Markdown: a table for each part and pass, milliseconds and, in brackets, their ratio to softmax."""
    lines = [f"Milliseconds on {device}, in brackets as a multiple of softmax's (of the plain norm's).", ""]
    for part in dict.fromkeys(part for part, *_ in found):
        for which in ("forward", "step"):
            rows = [(length, times) for name, length, kind, times in found if (name, kind) == (part, which)]
            maps = list(rows[0][1])
            lines += [f"### {part}, {which}", "", f"| n | {' | '.join(maps)} |", "|---:" * (len(maps) + 1) + "|"]
            for length, times in rows:
                cells = (f"{times[name]:.3g} ({times[name] / times[maps[0]]:.2f})" for name in maps)
                lines.append(f"| {length} | {' | '.join(cells)} |")
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def paired_ratio(dear: Call, cheap: Call, rounds: int) -> tuple[float, float]:
    """Median of the ratios of *rounds* adjacent training steps, and the half-width of its interval.

    The interval lies between two order statistics of the ratios and misses the median of their law with probability
    1e-3 at most (sign test): no law of the noise is assumed.
    """
    ratios = []
    for turn in range(rounds + 1):
        seconds = []
        for call in (dear, cheap):
            start = time.process_time()
            call().sum().backward()
            seconds.append(time.process_time() - start)
        if turn:  # the first round warms up
            ratios.append(seconds[0] / seconds[1])
    ratios.sort()
    rank = max(int(binom.ppf(5e-4, rounds, 0.5)) - 1, 0)
    middle = statistics.median(ratios)
    return middle, max(ratios[-1 - rank] - middle, middle - ratios[rank])


def write_rows(path: Path, rounds: int = 45) -> None:
    """Rows of the claims on speed: what a step of each peer takes, in steps of gated rectified attention."""
    from attest._digest import digest
    from attest._ledger import to_json
    from attest._registry import by_id
    from attest._rows import DEEP, Row

    torch.set_num_threads(1)
    torch.manual_seed(0)
    lines = []
    for name, peer in (("zhang2021.C3-softmax", "softmax"), ("zhang2021.C3-speed", "entmax15")):
        claim = by_id(name)
        for index, case in enumerate(claim.deep_cases):
            calls = translators(case["n"], "cpu", compiled=False)
            start = time.process_time()
            value, error = paired_ratio(calls[peer], calls["ReLA-g"], rounds)
            evidence = {"rounds": rounds, "interval": "order statistics, sign test at 1e-3"}
            spent = time.process_time() - start
            row = Row(claim.id, digest(claim), DEEP, index, 0, dict(case), value=value, error=error, evidence=evidence)
            lines.append(to_json(replace(row, seconds=spent)))
            print(f"{peer}, n={case['n']}: {value:.2f} ± {error:.2f}", flush=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the figures and where the promises hold; exit 1 where the translator breaks one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lengths", type=int, nargs="+", default=[64, 128, 256, 512, 1024])
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--return-memory", action="store_true")
    parser.add_argument("--write", action="store_true", help="write the tables to the file beside this script")
    parser.add_argument("--rows", type=Path)
    asked = parser.parse_args()
    if asked.rows:
        write_rows(asked.rows)
        return
    if asked.device == "cuda" and not torch.cuda.is_available():
        parser.error("there is no CUDA device here")
    if not asked.return_memory:
        keep_memory()
    broken: dict[str, list[str]] = {}
    found = []
    for part, length, which, times in measure(asked.lengths, asked.device, asked.repeats, asked.compile):
        found.append((part, length, which, times))
        base = next(iter(times.values()))
        cells = (f"{name} {value:.2f} ms ({value / base:.2f})" for name, value in times.items())
        print(f"{part}, {which}, n={length}: " + "; ".join(cells), flush=True)
        if which == "step":
            broken.setdefault(part, []).extend(promises(part, length, times))
    if asked.write:
        how = "one CPU core, CPU seconds" if asked.device == "cpu" else torch.cuda.get_device_name()
        Path(__file__).with_suffix(".md").write_text(document(found, how), encoding="utf-8")
    for part, lines in broken.items():
        if part != "norm":
            print("\n".join(lines) or f"{part}: all promises hold", file=sys.stderr)
    # The promises are about a model's training step. The core alone may be faster, for it skips keys behind a causal
    # mask; a layer of width 512 is mostly projections, which all maps share. There they are reported.
    sys.exit(bool(broken.get("translator")))


if __name__ == "__main__":
    main()
