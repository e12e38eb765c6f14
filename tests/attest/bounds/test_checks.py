"""The checks of this folder can fail: what is wrong by one part in a hundred million does not pass them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attest.bounds._calculator import Calculator

CASES = [
    ("sen_norm", {"score": 1.5, "mass": 20.0}),
    ("attention_weight", {"score": 1.5, "mass": 20.0}),
    ("uniform_attention_gain", {"T": 9, "t": 2, "eigenvalue": 0.4}),
    ("rectified_edge_gain", {"active": 3, "cosine": 0.25}),
    ("stirling_residual", {"n_value": 7}),
]


@pytest.fixture
def planted(monkeypatch):
    """Every program gives too much by one part in a hundred million."""
    right = Calculator._program

    def wrong(self, statement, library, key=""):
        program = right(self, statement, library, key)
        return lambda *args, **values: program(*args, **values) * (1 + 1e-8)

    monkeypatch.setattr(Calculator, "_program", wrong)


def once(check, name, values):
    """The check at one point, as a property: only there may it set a draw aside."""

    @settings(max_examples=1)
    @given(drawn=st.just(values))
    def run(drawn):
        check(name, drawn)

    run()


@pytest.mark.parametrize(("name", "values"), CASES)
def test_a_wrong_constant_fails_the_comparison_with_the_enclosure(name, values, agrees, planted):
    with pytest.raises(AssertionError):
        once(agrees, name, values)


@pytest.mark.parametrize(("name", "values"), [CASES[0], CASES[1], CASES[3]])
def test_a_wrong_constant_fails_the_comparison_of_slopes(name, values, differentiates, planted):
    with pytest.raises(AssertionError):
        once(differentiates, name, values)


@pytest.mark.parametrize(("name", "values"), CASES)
def test_the_same_cases_pass_with_the_right_one(name, values, agrees):
    once(agrees, name, values)
