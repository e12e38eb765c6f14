"""What several tests of the counting job begin with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from numerics.capacity.engine_cone import SEARCH_VERSION
from numerics.capacity.jobs import run_tasks
from numerics.capacity.jobs_checkpoint import Checkpoint, write_checkpoint


@pytest.fixture
def partial_job() -> Callable[..., Checkpoint]:
    """Writes the checkpoint of a job of which the first tasks are finished."""

    def write(path: Path, n: int = 7, depth: int = 5, chunks: int = 3) -> Checkpoint:
        state = Checkpoint.empty(n, depth, "balanced")
        todo = state.unfinished_chunks(4)
        for _ in range(chunks):
            state.merge(*run_tasks(SEARCH_VERSION, n, "balanced", depth, next(todo)))
        write_checkpoint(path, state)
        return state

    return write
