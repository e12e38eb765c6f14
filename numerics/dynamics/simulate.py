"""Full-batch training by the fast simulator, recorded like the plain loop's."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from numerics.dynamics._validate import check_choice, check_counts, check_positive
from numerics.dynamics.sentences import Floats, Sentences, check_sentences
from numerics.dynamics.simulator import Simulator
from numerics.dynamics.start import Start, draw_start, recorded_steps
from numerics.dynamics.trajectory import Diverged, Recorder, Trajectory


@np.errstate(over="ignore", invalid="ignore")  # what overflows shows in the loss, which is looked at in every step
def simulate_attention(
    data: Sentences,
    *,
    head: str = "fixed",
    rate: float = 0.1,
    steps: int,
    seed: int = 0,
    key_rate: float | None = None,
    embedding_rate: float | None = None,
    head_rate: float | None = None,
    freeze: str = "",
    frozen_words: Iterable[int] = (),
    train_query: bool = False,
    score_scale: float = 1.0,
    until_score: float | None = None,
    record: Iterable[int] | None = None,
    begin: Start | None = None,
    **start: Any,
) -> Trajectory:
    """Full-batch SGD as :func:`train_attention` does it, from the same start for the same seed and options.

    ``until_score``: stop once the mean score of the topic words reaches it (the last two steps are recorded).
    ``begin``: a start instead of a drawn one; keys off the query's direction are allowed, as only their scores
    matter. Raises :class:`Diverged` when the loss stops being finite.
    """
    check_sentences(data)
    check_choice("freeze", freeze, ("", "keys", "embeddings"))
    wanted = recorded_steps(steps, record)
    first = begin or draw_start(data.words, data.classes, seed=seed, head=head, **start)
    check_positive("score_scale", score_scale)
    rates = [check_positive("rate", rate if r is None else r) for r in (key_rate, embedding_rate, head_rate)]
    scores, embeddings = score_scale * (first.keys @ first.query), first.embeddings.copy()
    parameters = [p.numpy().copy() for p in first.head.parameters]
    simulator = Simulator(data, embeddings.shape[1], first.head.kind, first.head.activation)
    keys, query = first.keys.copy(), first.query.copy()
    key_rate, table_rate = rates[0] * (freeze != "keys"), rates[1] * (freeze != "embeddings")
    score_rate = key_rate * score_scale**2 * float(query @ query)
    still, topics = check_counts("frozen_words", frozen_words, data.words), list(data.topics)
    if until_score is not None and not topics:
        raise ValueError("until_score needs data with topic words.")
    if until_score is not None:
        check_positive("until_score", until_score)
    recorder = Recorder()
    last: tuple[int, Floats, Floats, float, float, tuple[Floats, ...]] | None = None

    def keep(moment: tuple[int, Floats, Floats, float, float, tuple[Floats, ...]]) -> None:
        step, scores, embeddings, loss, accuracy, classifier = moment
        attention = simulator.mean_attention(scores)
        recorder.add(step * rates[1], scores, embeddings, attention, loss, accuracy, classifier)

    for step in range(steps + 1):
        found = simulator.gradients(scores, embeddings, parameters)
        if not np.isfinite(found.loss):
            raise Diverged(step, recorder.trajectory())
        reached = until_score is not None and float(scores[topics].mean()) >= until_score
        if reached or step in wanted or until_score is not None:
            now = (step, scores.copy(), embeddings.copy(), found.loss, found.accuracy, tuple(parameters))
            if reached and last is not None and last[0] not in wanted:
                keep(last)
            if reached or step in wanted:
                keep(now)
            last = now
        if reached or step == steps:
            break
        turned = keys.T @ found.scores if train_query else 0.0
        found.scores[still], found.embeddings[still] = 0.0, 0.0
        found.embeddings *= table_rate
        embeddings += found.embeddings
        if train_query:  # then a score depends on the keys' own history, and the keys are followed too
            keys += key_rate * score_scale * np.outer(found.scores, query)
            query += rates[0] * score_scale * turned
            scores = score_scale * (keys @ query)
        else:
            found.scores *= score_rate
            scores += found.scores
        if first.head.trained:
            parameters = [p + rates[2] * g for p, g in zip(parameters, found.head, strict=True)]
    recorded = recorder.trajectory()
    if recorded is None:
        raise ValueError("record must name at least one step.")
    return recorded
