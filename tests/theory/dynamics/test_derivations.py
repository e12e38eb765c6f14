"""Every derivation closes, and none of its twins does."""

import pytest

from theory import dynamics
from theory.derivation import Identity

DERIVATIONS = [name for name in dynamics.__all__ if name.endswith("_derivation")]


@pytest.mark.parametrize("name", DERIVATIONS)
def test_every_step_closes_and_no_twin_does(name):
    steps = getattr(dynamics, name)()
    assert steps
    assert [step.name for step in steps if not step.closes()] == []
    assert [step.name for step in steps if step.twin_closes()] == []


def test_all_parts_of_the_paper_are_derived():
    assert len(DERIVATIONS) == 17


def test_the_flow_law_notices_a_loss_that_is_no_function_of_the_context():
    from theory.dynamics.flow_law import topic_flow

    flow = topic_flow()
    right = (1 - flow.attention) * flow.coupling * flow.half_square_velocity
    assert not Identity("decay", flow.score_velocity - flow.score, right, twin=right).closes()
