"""Plain values survive the way to disk and back, exactly, and nothing else is let in."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from attest._values import dumps, loads, plain

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.fractions()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
KEYS = st.text().filter(lambda key: key not in ("int", "fraction"))
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=12)


@pytest.mark.parametrize("value", [10**5000, -(7**9000), Fraction(3**9000, 10**6000)], ids=["ten", "seven", "ratio"])
def test_integers_of_any_size_stay_exact(value: Any) -> None:
    assert loads(dumps(value)) == value


@given(VALUES)
def test_to_disk_and_back_is_the_identity(value: Any) -> None:
    again = loads(dumps(value))
    assert again == value
    assert dumps(again) == dumps(value)  # also tells 1 from True and 1.0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float64(0.5), 0.5),
        (np.arange(3), [0, 1, 2]),
        ((1, (2, 3)), [1, [2, 3]]),
        (sp.Integer(2) ** 80, 2**80),
        (sp.Rational(1, 3), Fraction(1, 3)),
        (sp.sqrt(2), 2**0.5),
        (sp.Matrix([[1, 2]]), [[1, 2]]),
        (sp.true, True),
        (1 + 2j, {"real": 1.0, "imag": 2.0}),
    ],
)
def test_numbers_of_other_packages_become_plain(value: Any, expected: Any) -> None:
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [1.0, -float("inf")], np.array([np.nan])])
def test_values_that_are_not_finite_are_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="must be finite"):
        plain(value)


@pytest.mark.parametrize("value", [object(), sp.Symbol("x"), {1, 2}])
def test_what_has_no_plain_form_is_refused_by_name(value: Any) -> None:
    with pytest.raises(TypeError, match="a value must be"):
        plain(value)
