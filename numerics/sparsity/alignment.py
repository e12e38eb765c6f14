"""Word alignment read off attention, and its error rate against gold links.

Links are (source, target) pairs of positions from 0, the order of the Pharaoh format.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from numerics.sparsity._validate import one_of

Link = tuple[int, int]
Links = AbstractSet[Link]


def alignment_error_rate(predicted: Any, sure: Any, possible: Any) -> float:
    """AER = 1 - (|A∩S| + |A∩P|)/(|A| + |S|), in [0, 1], for one sentence (sets) or a corpus (sequences of sets).

    Och & Ney (2003). Counts are summed over the corpus; it is not a mean of sentences' rates. With nothing predicted
    and nothing sure the rate is 0: there was nothing to find and nothing was claimed. Raises ValueError if some sure
    link is not possible, or if the corpora differ in length.

    >>> alignment_error_rate({(0, 0), (1, 2)}, {(0, 0)}, {(0, 0), (1, 1)})
    0.33333333333333337
    """
    triples = list(_triples(predicted, sure, possible))
    hits = sum(len(a & s) + len(a & p) for a, s, p in triples)
    total = sum(len(a) + len(s) for a, s, _ in triples)
    return 1.0 - hits / total if total else 0.0


def _triples(predicted: Any, sure: Any, possible: Any) -> Iterable[tuple[set[Link], set[Link], set[Link]]]:
    sides = {"predicted": predicted, "sure": sure, "possible": possible}
    single = [isinstance(side, AbstractSet) for side in sides.values()]
    if any(single) and not all(single):
        raise TypeError("predicted, sure and possible must all be sets of links, or all sequences of such sets")
    corpora = [[side] if all(single) else list(side) for side in sides.values()]
    if len({len(corpus) for corpus in corpora}) > 1:
        lengths = ", ".join(str(len(corpus)) for corpus in corpora)
        raise ValueError(f"predicted, sure and possible must have as many sentences as each other, got {lengths}")
    for number, (a, s, p) in enumerate(zip(*corpora, strict=True)):
        for name, links in zip(sides, (a, s, p), strict=True):
            if not all(isinstance(link, tuple) and len(link) == 2 for link in links):
                raise TypeError(f"{name} must hold (source, target) pairs, got {links!r}")
        if extra := set(s) - set(p):
            raise ValueError(f"sure links must be possible ones; sentence {number} has {sorted(extra)} only in sure")
        yield set(a), set(s), set(p)


def alignment_links(
    weights: Any, targets: int, *, shifted: bool = False, source_end: int | None = None, end_links: str = "none"
) -> set[Link]:
    """Links of one sentence from one cross-attention matrix (steps, keys): the argmax of a row, none for a null row.

    Row t is the step that *predicts* target word t; ``shifted=True`` reads row t + 1, the step whose *input* is word t
    (Chen et al. 2020). *source_end* is the position of the source's end marker: a maximum there gives no link, or,
    with ``end_links="keep"``, an (ungold) link to it. Ties go to the first key. Raises ValueError if rows are missing.
    """
    matrix = _matrix(weights)
    keep_end = one_of("end_links", end_links, ("none", "keep")) == "keep"
    if targets + shifted > matrix.shape[0]:
        raise ValueError(
            f"{targets} target words need {targets + shifted} rows (shifted={shifted}), got {matrix.shape[0]}"
        )
    links = set()
    for target in range(targets):
        row = matrix[target + shifted]
        source = int(row.argmax())
        if row[source] > 0 and (keep_end or source != source_end):
            links.add((source, target))
    return links


@dataclass(frozen=True)
class LayerAlignment:
    """Error rates of one layer's cross attention over a corpus."""

    by_head: tuple[float, ...]
    head_averaged: float
    """Error rate of the head-averaged matrix. It is not a mean of ``by_head`` and may be below all of them."""

    @property
    def best_head(self) -> float:
        """The smallest error rate of a head."""
        return min(self.by_head)


def align_layer(
    weights: Sequence[Any], gold: Sequence[Links], targets: Sequence[int], **reading: Any
) -> LayerAlignment:
    """Error rates of each head and of the head-averaged matrix; *weights* holds one (heads, steps, keys) per sentence.

    *reading* goes to :func:`alignment_links`, except that ``source_end`` is a sequence, one position per sentence.
    Gold links are sure and possible at once.
    """
    ends = reading.pop("source_end", None)
    stacks = [np.asarray(w.detach().cpu().numpy() if hasattr(w, "detach") else w) for w in weights]

    def rate(choose: Callable[[npt.NDArray[Any]], npt.NDArray[Any]]) -> float:
        found = [
            alignment_links(choose(stack), words, source_end=None if ends is None else ends[i], **reading)
            for i, (stack, words) in enumerate(zip(stacks, targets, strict=True))
        ]
        return alignment_error_rate(found, list(gold), list(gold))

    heads = stacks[0].shape[0]
    return LayerAlignment(
        by_head=tuple(rate(lambda stack, h=h: stack[h]) for h in range(heads)),  # type: ignore[misc]
        head_averaged=rate(lambda stack: stack.mean(axis=0)),
    )


@dataclass(frozen=True)
class Selectivity:
    """Null rows on words without a counterpart against null rows on aligned words."""

    unaligned_rate: float | None
    aligned_rate: float | None
    unaligned_rows: int
    aligned_rows: int


def null_selectivity(nulls: Any, aligned: Any) -> Selectivity:
    """How often rows are null on unaligned and on aligned words.

    *nulls* is bool (heads, words), the row of each word under the step convention in force (say which: the two differ);
    *aligned* is bool (words,). A rate over no rows is None.
    """
    rows, gold = np.asarray(nulls, dtype=bool), np.asarray(aligned, dtype=bool)
    if rows.ndim != 2 or gold.shape != rows.shape[1:]:
        raise ValueError(f"nulls must be (heads, words) and aligned (words,), got {rows.shape} and {gold.shape}")
    rates: list[float | None] = []
    for chosen in (rows[:, ~gold], rows[:, gold]):
        rates.append(float(chosen.mean()) if chosen.size else None)
    return Selectivity(rates[0], rates[1], rows[:, ~gold].size, rows[:, gold].size)


def _matrix(weights: Any) -> npt.NDArray[np.float64]:
    matrix = np.asarray(weights.detach().cpu().numpy() if hasattr(weights, "detach") else weights, dtype=np.float64)
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise ValueError(f"weights must be one matrix (steps, keys), got shape {matrix.shape}")
    if np.isnan(matrix).any():
        raise ValueError("weights must not contain NaN")
    return matrix
