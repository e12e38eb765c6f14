"""Claims as text: the steps of a derivation, the statement of a prediction, and what has neither."""

import json
from types import ModuleType

import pytest

from attest import bounds
from attest._exports import exported, prediction_of
from attest._registry import by_id
from theory import gradients


def export(name: str, to: str) -> str:
    return exported(by_id(name), to, bounds.CATALOGUE)


def test_a_claim_gives_the_steps_of_its_derivation() -> None:
    assert export("kerg2020.T1-sandwich", "latex").count("\\\\\n") > 5
    assert export("kerg2020.T1-sandwich", "mathml").startswith("<math")


def test_a_prediction_that_is_a_statement_gives_its_program() -> None:
    assert export("baldi2022.C1", "numpy").startswith("# region_bound: ")
    assert "import torch" in export("baldi2022.C1", "torch")


def test_json_holds_the_claim_its_statement_and_its_derivation() -> None:
    data = json.loads(export("baldi2022.C1", "json"))
    assert data["claim"] == "baldi2022.C1" and data["statement"]["name"] == "region_bound"
    assert json.loads(export("kerg2020.T1-sandwich", "json"))["derivation"][0]["kind"]


def test_a_prediction_in_another_convention_is_not_taken_for_the_statement() -> None:
    # the mean state is chosen by a constant argument
    assert prediction_of(by_id("kerg2020.P9"), bounds.CATALOGUE) is None
    with pytest.raises(ValueError, match=r"the prediction of kerg2020\.P9 is no single statement"):
        export("kerg2020.P9", "numpy")


def test_a_prediction_that_changes_what_it_calls_is_not_taken_for_the_statement() -> None:
    claim = by_id("baldi2022.C1")
    assert isinstance(gradients, ModuleType)
    for changed in (lambda T: gradients.laguerre_gain(T) / T, lambda T: gradients.laguerre_gain(T) - T):
        assert prediction_of(claim.with_prediction(changed), bounds.CATALOGUE) is None
    same = prediction_of(claim.with_prediction(lambda T: gradients.laguerre_gain(T)), bounds.CATALOGUE)
    assert same is not None and same.name == "laguerre_gain"


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="to must be one of latex, mathml, json, numpy, torch, got 'pdf'"):
        export("baldi2022.C1", "pdf")
