"""Monte-Carlo lower bounds: what random weights find. They miss functions, so nothing here is a count."""

import numpy as np
from numpy.typing import NDArray

from numerics.capacity._validate import require_choice, require_int, require_memory


def sample_threshold_tables(
    n: int, samples: int, rng: int | np.random.Generator, *, max_memory: int = 2**31
) -> NDArray[np.uint64]:
    """Distinct tables of sgn(w . x + b) met by *samples* Gaussian weight vectors, *n* <= 6, sorted.

    A lower bound on T(n, 1): functions with thin weight regions are met late or never. Raises ValueError for samples
    that take more than *max_memory* bytes.
    """
    n, samples = _checked(n, samples, 1, max_memory)
    return np.unique(_draw(n, samples, np.random.default_rng(rng)))


def sample_gated_tables(
    n: int, samples: int, rng: int | np.random.Generator, *, gate: str = "xnor", max_memory: int = 2**31
) -> NDArray[np.uint64]:
    """Distinct tables of f·g met by *samples* pairs of random gates; ``gate`` is "xnor" or "and".

    Raises ValueError for samples that take more than *max_memory* bytes.
    """
    n, samples = _checked(n, samples, 2, max_memory)
    gate = require_choice("gate", gate, ("xnor", "and"))
    generator = np.random.default_rng(rng)
    f, g = _draw(n, samples, generator), _draw(n, samples, generator)
    mask = np.uint64(2**2**n - 1)
    return np.unique(f & g if gate == "and" else ~(f ^ g) & mask)


def _checked(n: int, samples: int, lists: int, max_memory: int) -> tuple[int, int]:
    """The arguments, if n weights, a bias, two sums and *lists* of tables fit: 8 bytes each for every sample."""
    n, samples = require_int("n", n, 0, 6), require_int("samples", samples, 1)
    require_memory(8 * samples * (n + 3 + lists), max_memory, f"samples={samples} of n={n} inputs")
    return n, samples


def _draw(n: int, samples: int, generator: np.random.Generator) -> NDArray[np.uint64]:
    points = np.where(np.arange(2**n)[:, None] >> np.arange(n) & 1, 1.0, -1.0)
    tables = np.zeros(samples, dtype=np.uint64)
    weights, biases = generator.normal(size=(samples, n)), generator.normal(size=samples)
    for x, point in enumerate(points):
        tables |= (weights @ point + biases > 0).astype(np.uint64) << np.uint64(x)
    return tables
