"""Rows of rectified attention at random initialisation, drawn from the definition and counted.

Every row has keys of its own unless the name says otherwise: rows that share keys are dependent, and the variance of
an empirical null rate over them is several times the binomial one.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from numerics.sparsity._validate import finite_number, one_of, whole_number

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
_BLOCK = 2_000_000  # numbers drawn at once: 16 MB of keys


def sample_scores(
    n_keys: int,
    rows: int,
    *,
    dim: int = 16,
    shared_mean_ratio: float = 0.0,
    keys: str = "gaussian",
    rng: np.random.Generator | int,
) -> Floats:
    """Scores q·k_j / sqrt(dim) of *rows* independent (query, key set) draws, shape (rows, n_keys).

    Queries are standard Gaussian. Keys are b + xi with xi ``"gaussian"``, ``"uniform"`` (on [-sqrt 3, sqrt 3]),
    ``"laplace"`` or ``"cauchy"``, independent entries; |b| = *shared_mean_ratio* · sqrt(dim), in units of the standard
    deviation of an entry of xi, along the diagonal. Zhang, Titov, Sennrich (2021), section 3.1, as initialised.
    """
    n, count, d = whole_number("n_keys", n_keys), whole_number("rows", rows, 0), whole_number("dim", dim)
    ratio = finite_number("shared_mean_ratio", shared_mean_ratio, 0.0)
    law = one_of("keys", keys, ("gaussian", "uniform", "laplace", "cauchy"))
    generator = np.random.default_rng(rng)
    noise = _draw(generator, law, (count, n, d))
    # |b| = ratio·sqrt(d): every coordinate of b is `ratio`.
    drawn = noise + ratio
    queries = generator.standard_normal((count, d))
    return np.einsum("rnd,rd->rn", drawn, queries) / np.sqrt(d)


def _draw(generator: np.random.Generator, law: str, shape: tuple[int, ...]) -> Floats:
    if law == "uniform":
        return generator.uniform(-np.sqrt(3), np.sqrt(3), shape)
    if law == "laplace":
        return generator.laplace(0.0, np.sqrt(0.5), shape)
    if law == "cauchy":
        return generator.standard_cauchy(shape)
    return generator.standard_normal(shape)


def count_supports(
    n_keys: int,
    *,
    samples: int,
    dim: int = 16,
    shared_mean_ratio: float = 0.0,
    keys: str = "gaussian",
    rng: np.random.Generator | int,
) -> Counts:
    """How many of *samples* rectified rows have 0, 1, ..., n_keys positive weights; keys are drawn anew for each row.

    Arguments as in :func:`sample_scores`. The n_keys + 1 counts sum to *samples*.

    >>> int(count_supports(4, samples=100, rng=0).sum())
    100
    """
    n, total = whole_number("n_keys", n_keys), whole_number("samples", samples)
    generator = np.random.default_rng(rng)
    counts = np.zeros(n + 1, dtype=np.int64)
    block = max(1, _BLOCK // (n * whole_number("dim", dim)))
    for start in range(0, total, block):
        rows = min(block, total - start)
        scores = sample_scores(n, rows, dim=dim, shared_mean_ratio=shared_mean_ratio, keys=keys, rng=generator)
        weights = np.maximum(scores, 0.0)
        counts += np.bincount((weights > 0).sum(axis=1), minlength=n + 1)
    return counts


def count_null_rows(n_keys: int, *, samples: int, rng: np.random.Generator | int, **law: Any) -> Counts:
    """[null rows, other rows] among *samples* independent rectified rows; *law* as in :func:`count_supports`."""
    counts = count_supports(n_keys, samples=samples, rng=rng, **law)
    return np.array([counts[0], counts[1:].sum()], dtype=np.int64)


def count_causal_null_rows(length: int, *, samples: int, rng: np.random.Generator | int, dim: int = 8) -> list[int]:
    """[null, other] among *samples* rows at random places of causal maps of *length*; row t sees t + 1 keys.

    Each row comes from a map of its own, queries and keys standard Gaussian: rows of one map share keys.
    """
    n, count = whole_number("length", length), whole_number("samples", samples)
    generator = np.random.default_rng(rng)
    scores = sample_scores(n, count, dim=dim, rng=generator)
    last = generator.integers(n, size=count)
    hits = int((np.maximum(scores, 0.0).cumsum(axis=1)[np.arange(count), last] == 0).sum())
    return [hits, count - hits]


def count_null_groups(
    n_keys: int, heads: int, *, per_head: bool, samples: int, rng: np.random.Generator | int, dim: int = 8
) -> list[int]:
    """[null, other] among *samples* groups that one normalisation sees: a head's row, or the rows of all heads.

    Heads have queries and keys of their own, all standard Gaussian and drawn anew for each sample.
    """
    shared = 1 if per_head else whole_number("heads", heads)
    rows = whole_number("samples", samples) * shared
    null = (np.maximum(sample_scores(n_keys, rows, dim=dim, rng=rng), 0.0) == 0).all(axis=1)
    hits = int(null.reshape(samples, shared).all(axis=1).sum())
    return [hits, samples - hits]


def count_null_rows_per_key_set(
    n_keys: int, *, dim: int, queries: int, key_sets: int, rng: np.random.Generator | int
) -> Counts:
    """Null rows among *queries* Gaussian queries that share one Gaussian key set, for each of *key_sets* sets.

    The entries are independent of each other, but not binomial: the rows of one set see the same keys.
    """
    n, d = whole_number("n_keys", n_keys), whole_number("dim", dim)
    generator = np.random.default_rng(rng)
    keys = generator.standard_normal((whole_number("key_sets", key_sets), n, d))
    asked = generator.standard_normal((len(keys), whole_number("queries", queries), d))
    weights = np.maximum(asked @ keys.transpose(0, 2, 1), 0.0)
    return np.asarray((weights == 0).all(axis=2).sum(axis=1), dtype=np.int64)
