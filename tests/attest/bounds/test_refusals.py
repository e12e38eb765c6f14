"""Bad input and unmet hypotheses are refused by name, with the remedy."""

import numpy as np
import pytest
import torch

from attest import bounds
from theory.errors import AssumptionError


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda: bounds.sen_norm(1.0, 0.0), ValueError, "mass must be a number > 0, got 0"),
        (lambda: bounds.sen_norm(float("nan"), 1.0), ValueError, "score must be a number, got nan"),
        (lambda: bounds.sen_norm(np.array([1, np.inf]), 1.0), ValueError, "score must be a number, got inf"),
        (lambda: bounds.sen_norm("1", 1.0), TypeError, "score must be a number, a NumPy array or a torch tensor"),
        (lambda: bounds.sen_norm(True, 1.0), TypeError, "score must be a number"),
        (lambda: bounds.sen_norm(1.0, 2.0, multiplicity=1.5), ValueError, "must be an integer >= 1, got 1.5"),
        (lambda: bounds.null_probability(0), ValueError, "n_keys must be an integer >= 1, got 0"),
        (lambda: bounds.null_probability(3, dim=0), ValueError, "dim must be an integer >= 1, or infinity, got 0"),
        (lambda: bounds.uniform_attention_gain(2, 3, 1), ValueError, "assumes t <= T, got T=2, t=3, eigenvalue=1"),
        (lambda: bounds.uniform_attention_gain(2, 1, 10**400), ValueError, "eigenvalue must fit a float"),
        (lambda: bounds.region_bound(torch.tensor([2.5])), ValueError, "n must be an integer"),
        (
            lambda: bounds.sen_norm(np.ones(2), np.ones(3)), ValueError,
            "arguments must broadcast against each other, got score of shape (2,), mass of shape (3,), coupling=1",
        ),
        (lambda: bounds.sen_norm([[1, 2], [3]], 1), ValueError, "score must have rows of one length, got [[1, 2], "),
        (lambda: bounds.sen_norm(), TypeError, "missing a required argument: 'score'"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_by_name(call, error, text):
    with pytest.raises(error) as caught:
        call()
    assert text in str(caught.value)
    assert not isinstance(caught.value, AssumptionError)


def test_unmet_hypotheses_name_themselves_and_the_remedy():
    with pytest.raises(
        AssumptionError, match=r"assumes the score is reached .* got score=-5, mass=20.* at least sen_score"
    ):
        bounds.sen_norm(-5, 20)
    with pytest.raises(AssumptionError, match=r"assumes norm >= 0, got norm of shape \(2,\)"):
        bounds.sen_score(np.array([1.0, -1.0]), 20)


def test_a_slope_that_is_infinite_is_refused_when_gradients_are_taken():
    score = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    norms = bounds.sen_norm(score, 20.0)  # the value at 0 is fine
    with pytest.raises(ArithmeticError, match=r"gradient by score is not finite at score=0\.0: sen_norm has no finite"):
        norms.sum().backward()
