"""Every derivation of the subject closes, and none of its twins does."""

import pytest

from theory import gradients
from theory.derivation import is_checked

DERIVATIONS = [name for name in gradients.__all__ if name.endswith("_derivation")]


@pytest.mark.parametrize("name", DERIVATIONS)
def test_a_derivation_closes_and_its_twins_do_not(name):
    steps = getattr(gradients, name)()
    assert [step.name for step in steps if not step.closes()] == []
    assert [step.name for step in steps if step.twin_closes()] == []
    assert is_checked(steps)
