"""Random instances of the SEN theorem's hypotheses, and their gradient flow.

Every topic word has its own multiplicity c, mass M and rest mean u, common to all of its sentences although these hold
different frozen words. Classifier, labels and rates are arbitrary.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.dynamics._validate import check_choice, check_positive
from numerics.dynamics.flow import flow_attention
from numerics.dynamics.heads import Head, make_head
from numerics.dynamics.sentences import Floats, Sentences, make_sentences


@dataclass(frozen=True, eq=False)
class FlowProblem:
    """A system inside the theorem's hypotheses.

    ``mass``, ``multiplicity`` (T,), ``rest`` (T, d): what each topic word (words 0 ... T - 1) sees beside it. The words
    from T on are frozen.
    """

    data: Sentences
    head: Head
    keys: Floats
    embeddings: Floats
    query: Floats
    key_rate: float
    embedding_rate: float
    mass: Floats
    multiplicity: tuple[int, ...]
    rest: Floats
    horizon: float


def draw_flow_problem(
    rng: np.random.Generator | int,
    *,
    head: str,
    rest: str = "zero",
    noise: float = 0.1,
    multiplicity: int = 3,
    horizon: float = 60.0,
) -> FlowProblem:
    """Draw sizes, tables, query, rates, masses in [1, 100], multiplicities 1 ... *multiplicity* and labels.

    ``rest``: "zero" or "random" mean embedding of the other words. ``noise``: share of the label weight spread at
    random (1: labels carry no information). ``horizon``: length of the flow in units of T / ((embedding rate)
    sqrt(coupling)), the time scale of growth.
    """
    check_choice("rest", rest, ("zero", "random"))
    check_positive("horizon", horizon)
    generator = np.random.default_rng(rng)
    width, key_width = int(generator.integers(1, 7)), int(generator.integers(1, 6))
    topics, classes = int(generator.integers(1, 5)), int(generator.integers(2, 6))
    direction = generator.normal(size=key_width)
    query = direction / np.linalg.norm(direction) * generator.uniform(0.4, 3)
    key_rate, embedding_rate = generator.uniform(0.3, 3, size=2)
    mass = np.exp(generator.uniform(0, np.log(100), size=topics))
    copies = tuple(int(c) for c in generator.integers(1, multiplicity + 1, size=topics))
    means = generator.normal(size=(topics, width)) * (0.3 if rest == "random" else 0.0)

    keys = [generator.normal(size=key_width) * 0.2 for _ in range(topics)]
    embeddings = [means[t] + generator.normal(size=width) * 0.3 for t in range(topics)]
    bags, labels, weights = [], [], []
    for t in range(topics):
        for _ in range(2):
            shares = generator.dirichlet(np.ones(int(generator.integers(1, 4))))
            frozen = list(range(len(keys), len(keys) + len(shares)))
            offsets = generator.normal(size=(len(shares), width)) * (0.5 if rest == "random" else 0.0)
            offsets -= shares @ offsets
            keys += [query * np.log(mass[t] * share) / (query @ query) for share in shares]
            embeddings += list(means[t] + offsets)
            for label in range(classes):
                weight = (1 - noise) * (label == t % classes) + noise * generator.random() / classes
                if weight > 0:
                    bags.append([t] * copies[t] + frozen)
                    labels.append(label)
                    weights.append(weight / (2 * topics))
    coupling = key_rate * (query @ query) / embedding_rate
    return FlowProblem(
        make_sentences(bags, labels, words=len(keys), classes=classes, weights=weights, topics=range(topics)),
        make_head(head, width, classes, seed=int(generator.integers(2**31)), activation="tanh"),
        np.array(keys), np.array(embeddings), query, float(key_rate), float(embedding_rate), mass, copies, means,
        float(horizon * topics / (embedding_rate * np.sqrt(coupling))),
    )  # fmt: skip


def measure_flow_norms(problem: FlowProblem, *, moments: int = 4, tolerance: float = 1e-11) -> list[dict[str, Any]]:
    """Follow the flow and read |v - u| and the score of every topic word at equally spaced times > 0.

    One dict per topic word and moment: ``norm`` (measured), ``score``, and what the identity is conditional on:
    ``mass``, ``coupling``, ``query_square``, ``score0``, ``norm0``, ``multiplicity``.
    """
    times = np.linspace(0, problem.horizon, moments + 1)
    frozen = range(len(problem.mass), problem.data.words)
    run = flow_attention(
        problem.data, head=problem.head, keys=problem.keys, embeddings=problem.embeddings, query=problem.query,
        times=times.tolist(), key_rate=problem.key_rate, embedding_rate=problem.embedding_rate,
        head_rate=problem.embedding_rate, frozen=list(frozen), tolerance=tolerance,
    )  # fmt: skip
    coupling = problem.key_rate * float(problem.query @ problem.query) / problem.embedding_rate
    found = []
    for t, (mass, copies) in enumerate(zip(problem.mass, problem.multiplicity, strict=True)):
        norms = np.linalg.norm(run.embeddings[:, t] - problem.rest[t], axis=1)
        for k in range(1, moments + 1):
            found.append(
                {
                    "norm": float(norms[k]), "score": float(run.scores[k, t]), "mass": float(mass),
                    "coupling": coupling, "query_square": float(problem.query @ problem.query),
                    "score0": float(run.scores[0, t]), "norm0": float(norms[0]),
                    "multiplicity": copies,
                }
            )  # fmt: skip
    return found
