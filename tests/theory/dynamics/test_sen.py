"""The SEN identity as a formula: exact values, inverse, refusals."""

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from theory import dynamics
from theory.errors import AssumptionError

rationals = st.fractions(min_value=Fraction(1, 10), max_value=10, max_denominator=50)


def test_norm_of_a_simple_word_is_exact():
    assert dynamics.sen_norm(1, 2) == sp.sqrt(1 + sp.E)
    assert dynamics.sen_norm(0, 20) == 0


def test_norm_has_the_papers_form_for_unit_coupling():
    s, m = sp.Symbol("s", real=True), sp.Symbol("m", positive=True)
    assert sp.simplify(dynamics.sen_norm(s, m) ** 2 - 2 * (s + sp.exp(s) / m - 1 / m)) == 0


@settings(max_examples=25, deadline=None)
@given(
    score=st.fractions(min_value=-3, max_value=300, max_denominator=20),
    mass=st.fractions(min_value=Fraction(1, 100), max_value=10**6, max_denominator=100),
    coupling=rationals,
    score0=st.fractions(min_value=-5, max_value=-3, max_denominator=20),
    norm0=rationals,
    multiplicity=st.integers(1, 3),
)
def test_score_inverts_norm_to_thirty_digits(score, mass, coupling, score0, norm0, multiplicity):
    setting = (mass, coupling, score0, norm0, multiplicity)
    norm = sp.N(dynamics.sen_norm(score, *setting), 60)
    found = sp.N(dynamics.sen_score(sp.Rational(str(norm)), *setting), 40)
    assert abs(found - score) < sp.Rational(1, 10**30)


def test_enormous_norms_lose_no_digits():
    score = dynamics.sen_score(Fraction(10) ** 150, 20)
    assert abs(sp.N(dynamics.sen_norm(score, 20), 50) / sp.Integer(10) ** 150 - 1) < sp.Rational(1, 10**40)


def test_total_attention_follows_from_the_inverse():
    m, s = sp.Integer(7), sp.Rational(3)
    assert dynamics.attention_weight(s, m, 3) == 3 * sp.exp(3) / (3 * sp.exp(3) + 7)
    assert dynamics.attention_weight(0, 20) == sp.Rational(1, 21)


@pytest.mark.parametrize("name", ["sen_norm", "sen_score"])
def test_bad_arguments_are_refused_with_their_names(name):
    f = getattr(dynamics, name)
    with pytest.raises(ValueError, match=r"mass must be positive, got mass=0"):
        f(1, 0)
    with pytest.raises(ValueError, match=r"coupling must be positive, got coupling=-1"):
        f(1, 2, -1)
    with pytest.raises(ValueError, match=r"multiplicity must be at least 1, got multiplicity=0"):
        f(1, 2, multiplicity=0)
    with pytest.raises(ValueError, match=r"norm0 must be at least 0"):
        f(1, 2, norm0=-1)
    with pytest.raises(TypeError, match=r"attest\.bounds takes floats"):
        f(0.5, 2)
    with pytest.raises(TypeError, match=r"must be exact, got 0\.5.*attest\.bounds takes floats"):
        f(sp.Float("0.5"), 2)
    with pytest.raises(ValueError, match=r"must be finite"):
        f(sp.nan, 2)
    with pytest.raises(ValueError, match=r"must be real, got I"):
        f(sp.I, 2)
    with pytest.raises(ValueError, match=r"coupling must be positive, got coupling=-1"):
        dynamics.sen_score(0, 20, -1)  # where training begins, too


def test_unreachable_scores_and_norms_are_refused_with_the_remedy():
    with pytest.raises(AssumptionError, match=r"no norm belongs to score=-1.*-0\.119374"):
        dynamics.sen_norm(-1, 20, norm0=Fraction(1, 2))
    with pytest.raises(AssumptionError, match="a norm is a length"):
        dynamics.sen_score(-1, 20)
