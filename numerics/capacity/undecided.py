"""Where the instance is left that a solver could not decide, so that it can be asked again."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from numerics.errors import SolverUndecided


@contextmanager
def kept_if_undecided(undecided_to: Path | str | None) -> Iterator[None]:
    """Write the instance of a ``SolverUndecided`` that passes to *undecided_to* as JSON, if that is given.

    TypeError or ValueError, before anything is solved, where no file could be written there.
    """
    if undecided_to is None:
        yield
        return
    if not isinstance(undecided_to, Path | str):
        raise TypeError(f"undecided_to must be a path or None, got {undecided_to!r}")
    place = Path(undecided_to)
    if place.is_dir() or not os.access(place if place.exists() else place.parent, os.W_OK):
        raise ValueError(f"undecided_to must be a file that can be written, in a folder there is, got {undecided_to!r}")
    try:
        yield
    except SolverUndecided as open_question:
        open_question.save(place)
        raise
