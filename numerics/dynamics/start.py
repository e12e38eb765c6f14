"""Where training starts: tables, query and head, drawn from one seed."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.dynamics._validate import as_matrix, check_count, check_nonnegative
from numerics.dynamics.heads import Head, make_head
from numerics.dynamics.sentences import Floats


@dataclass(frozen=True, eq=False)
class Start:
    """Keys (V, d_k), embeddings (V, d), query (d_k,) and classifier before the first step."""

    keys: Floats
    embeddings: Floats
    query: Floats
    head: Head


def draw_start(
    words: int,
    classes: int,
    *,
    seed: int,
    head: str = "fixed",
    matrix: Any = None,
    hidden: int = 10,
    activation: str = "relu",
    width: int = 10,
    key_width: int | None = None,
    query: Any = None,
    query_scale: float = 0.3,
    key_scale: float = 0.0,
    embedding_scale: float = 1e-6,
    keys: Any = None,
    embeddings: Any = None,
) -> Start:
    """The paper's initialisation, unless told otherwise.

    Keys are exactly 0, embeddings normal with standard deviation 1e-6, the query normal with standard deviation 0.3
    (the authors' figures call that number a variance), ``head``, ``matrix``, ``hidden``, ``activation`` as in
    :func:`make_head`. ``keys``, ``embeddings``, ``query`` replace the draws.

    >>> draw_start(5, 2, seed=0).embeddings.shape
    (5, 10)
    """
    generator = np.random.default_rng(check_count("seed", seed, 0))
    size = check_count("key_width", width if key_width is None else key_width, 1)
    drawn = generator.normal(size=size) * check_nonnegative("query_scale", query_scale)
    direction = drawn if query is None else np.atleast_1d(np.asarray(query, dtype=np.float64))
    if direction.ndim != 1 or not direction.size or not np.isfinite(direction).all():
        raise ValueError(f"query must be a finite vector of at least one entry, got {query!r}.")
    tables = [
        generator.normal(size=(words, columns)) * check_nonnegative(name, scale)
        for name, columns, scale in (
            ("key_scale", direction.size, key_scale),
            ("embedding_scale", check_count("width", width, 1), embedding_scale),
        )
    ]
    if keys is not None:
        tables[0] = as_matrix("keys", keys, (words, direction.size)).copy()
    if embeddings is not None:
        tables[1] = as_matrix("embeddings", embeddings, (words, width)).copy()
    classifier = make_head(
        head, width, classes, seed=seed, matrix=matrix, hidden=hidden, activation=activation
    )  # fmt: skip
    return Start(tables[0], tables[1], direction, classifier)


def recorded_steps(steps: int, record: Any) -> set[int]:
    """Steps to record: those given, or about fifty evenly spaced ones with the first and the last."""
    check_count("steps", steps, 0)
    if record is None:
        return {round(k) for k in np.linspace(0, steps, min(steps, 50) + 1)}
    wanted = {check_count("record", step, 0) for step in record}
    beyond = [step for step in wanted if step > steps]
    if beyond:
        raise ValueError(f"record names step {min(beyond)}, but training has {steps} steps.")
    return wanted
