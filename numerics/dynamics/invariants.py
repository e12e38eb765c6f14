"""What single steps of training do to scores, keys and tables, read off the parameters themselves."""

from typing import Any

import numpy as np
import torch

from numerics.dynamics.sentences import Floats, Sentences, make_sentences
from numerics.dynamics.training import Moment, train_attention


def draw_ragged_sentences(
    sentences: int,
    *,
    words: int = 30,
    classes: int = 3,
    lengths: tuple[int, int] = (2, 12),
    rng: int | np.random.Generator,
) -> Sentences:
    """Sentences of varying length with repeated words, random labels and random weights: no structure at all.

    >>> len(draw_ragged_sentences(5, rng=0))
    5
    """
    generator = np.random.default_rng(rng)
    sizes = generator.integers(lengths[0], lengths[1] + 1, size=sentences)
    bags = [generator.integers(words, size=size) for size in sizes]
    labels = np.arange(sentences) % classes
    weights = generator.uniform(0.2, 2, size=sentences)
    return make_sentences(
        bags,
        generator.permutation(labels).tolist(),
        words=words,
        classes=classes,
        weights=(weights / weights.sum()).tolist(),
    )


def measure_sgd_steps(data: Sentences, *, steps: int, words: tuple[int, ...], **options: Any) -> list[dict[str, float]]:
    """Train with :func:`train_attention` (plain SGD) and read the ingredients of the exact law of one step.

    One dict per step and word of *words*: ``score_change``; ``half_square_change`` of |v|; ``gradient_square`` |G|^2;
    ``context_pull`` J = sum over the word's tokens of a (context . force); ``coupling``; ``rate`` of the embeddings;
    ``size`` |s| + coupling (|v|^2 + rate sum a |context . force|) of what the law takes differences of.
    """
    found: list[dict[str, float]] = []
    before: dict[str, Any] = {}

    def state(moment: Moment) -> tuple[Floats, Floats]:
        scores = (moment.keys @ moment.query).detach().numpy().copy()
        return scores, (moment.embeddings.detach() ** 2).sum(1).numpy()

    def close(scores: Floats, squares: Floats) -> None:
        for k, word in enumerate(words):
            entry = before["found"][k]
            entry["score_change"] = float(scores[word] - before["scores"][word])
            entry["half_square_change"] = float(squares[word] - before["squares"][word]) / 2
            size = abs(before["scores"][word]) + abs(scores[word])
            entry["size"] = float(size + entry["coupling"] * (before["squares"][word] + squares[word] + entry["size"]))
            found.append(entry)

    def observe(moment: Moment) -> None:
        scores, squares = state(moment)
        if before:
            close(scores, squares)
        groups = moment.optimiser.param_groups
        rate, key_rate = float(groups[0]["lr"]), float(groups[1]["lr"])
        assert moment.context.grad is not None and moment.embeddings.grad is not None
        pull = -(moment.context.grad * moment.context.detach()).sum(1)
        held = torch.where(moment.batch.mask, moment.attention * pull[:, None], 0.0)
        entries = []
        for word in words:
            gradient = moment.embeddings.grad[word]
            terms = held[(moment.batch.index == word) & moment.batch.mask]
            entries.append(
                {
                    "gradient_square": float(gradient @ gradient),
                    "context_pull": float(terms.sum()), "size": rate * float(terms.abs().sum()),
                    "coupling": key_rate * float(moment.query @ moment.query) / rate, "rate": rate,
                }
            )  # fmt: skip
        before.update(scores=scores, squares=squares, found=entries)

    run = train_attention(data, steps=steps, record=[steps], observe=observe, **options)
    close(run.scores[-1], run.norms[-1] ** 2)
    return found


def measure_conservation(data: Sentences, *, steps: int, **options: Any) -> dict[str, float]:
    """What training changes that it may not: largest absolute values over all steps.

    ``score_sum``: change of the sum of all scores; ``off_query``: size of the keys' movement across the query;
    ``balance``: change of E^T E - U U^T (linear head; 0 otherwise); ``score_moved``: largest change of any score.
    """
    first: dict[str, Any] = {}
    worst = {"score_sum": 0.0, "off_query": 0.0, "balance": 0.0, "score_moved": 0.0}

    def see(name: str, value: float) -> None:
        worst[name] = max(worst[name], abs(value))

    def observe(moment: Moment) -> None:
        keys, query = moment.keys.detach(), moment.query.detach()
        linear = [g["params"][0] for g in moment.optimiser.param_groups[2:] if len(g["params"]) == 1]
        balance = moment.embeddings.detach().T @ moment.embeddings.detach()
        if linear and linear[0].shape[0] == balance.shape[0]:
            balance = balance - linear[0].detach() @ linear[0].detach().T
        if not first:
            first.update(keys=keys.clone(), balance=balance.clone(), linear=bool(linear))
        moved = keys - first["keys"]
        along = moved @ query
        see("score_sum", float(along.sum()))
        see("score_moved", float(along.abs().max()))
        see("off_query", float((moved - along[:, None] * query / (query @ query)).abs().max()))
        if first["linear"]:
            see("balance", float((balance - first["balance"]).abs().max()))

    train_attention(data, steps=steps, record=[0], observe=observe, **options)
    return worst


def measure_key_movement(
    data: Sentences, *, steps: int, word: int, seed: int, **options: Any
) -> dict[str, list[float] | float]:
    """Train with :func:`train_attention`; movement of the key of *word* (list), its score, the query (list)."""
    seen: dict[str, Any] = {}

    def observe(moment: Moment) -> None:
        seen.setdefault("first", moment.keys.detach()[word].clone())
        seen.update(keys=moment.keys, query=moment.query)

    train_attention(data, steps=steps, seed=seed, record=[steps], observe=observe, **options)
    moved = seen["keys"].detach()[word] - seen["first"]
    return {"key": moved.tolist(), "score": float(moved @ seen["query"]), "query": seen["query"].tolist()}
