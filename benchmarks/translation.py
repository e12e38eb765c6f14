"""Tables of the trained translators, from the committed rows: ``python benchmarks/translation.py [--write]``.

Nothing is trained here. The rows are made, one for each (corpus, map, seed) and resumable, by

    attest run 'zhang2021.*' --deep --jobs 1
    attest ledger export --pattern 'zhang2021.*' --out FILE

``--write`` puts them into the file beside this script, which the documentation shows and a test holds to the rows.
Every figure is a mean over seeds with half a 95 % interval of Student's t (so no interval from one seed, and wide ones
from three). Figures of a layer stand for each layer; ``--last`` leaves out all but the last.
"""

import argparse
import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scipy.stats import t

from attest._ledger import rows_from_jsonl
from attest._rows import DEEP, Row
from attest._store import committed, deep_rows

FIRST = ("token accuracy", "exact match", "BLEU", "steps per second")
TRAINED, ABLATION = "zhang2021.C7-trained", "zhang2021.S1-spikes"


def mean_and_reach(values: Sequence[float]) -> str:
    """Mean ± half the 95 % interval, or what there is of it."""
    if not values:
        return "–"
    mean = statistics.fmean(values)
    if len(values) == 1:
        return f"{mean:.3g}"
    reach = float(t.ppf(0.975, len(values) - 1)) * statistics.stdev(values) / math.sqrt(len(values))
    return f"{mean:.3g} ± {reach:.2g}"


def layers_of(figure: Any, everything: bool) -> Iterator[tuple[str, float]]:
    """(suffix of the name, number) for each layer wanted of one figure."""
    if not isinstance(figure, list):
        yield "", figure
        return
    for number, value in enumerate(figure, 1):
        if value is not None and (everything or number == len(figure)):
            yield f" (layer {number})", value


def table(title: str, runs: Iterable[tuple[str, Mapping[str, Any]]], everything: bool, *, turned: bool = False) -> str:
    """Markdown: a line for each figure and a column for each name among *runs*, or the other way round."""
    seen: dict[tuple[str, str], list[float]] = {}
    for name, figures in runs:
        for label, figure in figures.items():
            for suffix, value in layers_of(figure, everything):
                seen.setdefault((label + suffix, name), []).append(float(value))
    labels = sorted(dict.fromkeys(label for label, _ in seen), key=lambda label: label not in FIRST)
    names = list(dict.fromkeys(name for _, name in seen))
    down, across = (names, labels) if turned else (labels, names)
    lines = [f"### {title}", "", f"| | {' | '.join(across)} |", "|---" * (len(across) + 1) + "|"]
    for line in down:
        cells = (seen.get((column, line) if turned else (line, column), []) for column in across)
        lines.append(f"| {line} | {' | '.join(map(mean_and_reach, cells))} |")
    return "\n".join(lines) + "\n"


def translation_tables(rows: Sequence[Row], everything: bool) -> Iterator[str]:
    """One table for each corpus."""
    found = [row for row in rows if row.claim == TRAINED]
    for corpus in dict.fromkeys(row.case["corpus"] for row in found):
        of_corpus = [row for row in found if row.case["corpus"] == corpus]
        seeds = ", ".join(sorted({str(row.case["seed"]) for row in of_corpus}))
        runs = ((row.case["attention"], row.evidence) for row in of_corpus)
        yield table(f"{corpus}, seeds {seeds}", runs, everything)


def ablation_tables(rows: Sequence[Row]) -> Iterator[str]:
    """One table for each norm: a line for each of scope × eps × clip."""
    found = [row for row in rows if row.claim == ABLATION]
    for norm in dict.fromkeys(row.case["norm"] for row in found):
        of_norm = [row for row in found if row.case["norm"] == norm]
        seeds = ", ".join(sorted({str(row.case["seed"]) for row in of_norm}))
        runs = [(name, cell) for row in of_norm for name, cell in row.evidence.items() if isinstance(cell, Mapping)]
        title = f"Ablation of the norm {norm!r}: synthetic language, 150 steps, 60 held-out pairs, seeds {seeds}"
        yield table(title, runs, everything=True, turned=True)


def document(rows: Sequence[Row], everything: bool = True) -> str:
    """All tables that *rows* allow."""
    told = [row for row in rows if row.role == DEEP and row.status == "measured" and row.evidence]
    return "\n".join([*translation_tables(told, everything), *ablation_tables(told)])


def main() -> None:
    """Print the tables, or write them beside this script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=Path, help="rows as JSON lines [default: ledger/deep of the checkout]")
    parser.add_argument("--last", action="store_true", help="figures of the last layer alone")
    parser.add_argument("--write", action="store_true", help="write the tables to the file beside this script")
    asked = parser.parse_args()
    if asked.rows:
        with asked.rows.open(encoding="utf-8") as lines:
            rows = list(rows_from_jsonl(lines))
    else:
        rows = deep_rows(committed())
    text = document(rows, not asked.last)
    if asked.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
