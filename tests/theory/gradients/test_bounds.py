"""Bounds with their hypotheses: values where they hold, refusals by name where they do not."""

from fractions import Fraction
from itertools import pairwise, product

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from theory import gradients as g
from theory.errors import AssumptionError

HALF = Fraction(1, 2)


@st.composite
def patterns(draw):
    T = draw(st.integers(1, 7))
    return [draw(st.sets(st.integers(1, k), min_size=1, max_size=3)) for k in range(1, T + 1)]


@given(patterns(), st.fractions(min_value=Fraction(1, 20), max_value=2, max_denominator=20))
def test_the_chain_bounds_of_theorem_2_are_ordered(pattern, number):
    T = len(pattern)
    kappa = max(map(len, pattern))
    for t in range(1, T + 1):
        exact = g.sparse_attention_gain(pattern, T, t, number)
        assert exact == sum(c * number**r for r, c in enumerate(g.frozen_degree_mass(g.pattern_weights(pattern), T, t)))
        best, chain = g.best_mixed_chain(pattern, T, t, number)
        assert chain[-1] == T and best <= exact
        assert exact <= g.sparse_attention_gain(pattern, T, t, number + HALF)
        depth = g.dependency_depth(pattern, T, t)
        if depth == sp.oo:
            continue
        assert g.sparse_attention_lower_bound(kappa, int(depth), number) <= best
        half = g.sparse_attention_gain(pattern, T, t, number, state="mean")
        assert g.sparse_attention_lower_bound(kappa, int(depth), number, state="mean") <= half
        assert exact <= g.frozen_growth_bound(number, T, t).value
        assert half <= g.frozen_growth_bound(number, T, t, state="mean").value


def test_depth_is_infinite_exactly_without_an_attention_chain():
    assert g.dependency_depth([{1}, {1}, {2, 3}], 3, 1) == 2
    assert g.dependency_depth([{1}, {2}, {3}], 3, 1) == 3
    assert g.dependency_depth([{1}, {1}, {1}], 3, 2) == sp.oo


@given(patterns())
def test_attention_only_chains_of_one_depth_have_mass_at_most_one(pattern):
    T, rows = len(pattern), g.pattern_weights(pattern)
    for depth in range(1, T + 1):
        mass = Fraction(0)
        for t, chain in product(range(1, T + 1), g.chains(T, 1)):
            if len(chain) == depth and chain[0] >= t:
                weight = rows[chain[0] - 1][t - 1]
                for a, b in pairwise(chain):
                    weight *= rows[b - 1][a]
                mass += weight
        assert mass <= g.attention_chain_mass(depth)


def test_spectral_bound_takes_non_normal_and_complex_pairs():
    V = [[HALF, 1], [0, Fraction(1, 3)]]
    found = g.spectral_lower_bound(V, [1, 2], 5, 2, Fraction(1, 3), [6, -1])
    assert found.statement == "T1-eig" and not found.exact
    assert (
        sp.simplify(
            found.value
            - 4 / sp.sqrt(37) * sp.Rational(*g.uniform_attention_gain(5, 2, Fraction(1, 3)).as_integer_ratio())
        )
        == 0
    )
    rotation = [[0, -HALF], [HALF, 0]]
    assert g.spectral_lower_bound(rotation, [1, 0], 4, 1, sp.I / 2, [1, -sp.I]).value.is_positive


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: g.spectral_lower_bound([[1]], [1], 2, 1, 2, [1]), "spectral"),
        (lambda: g.spectral_lower_bound([[1]], [1], 2, 1, 1, [1], frozen=False), "frozen weights"),
        (lambda: g.cone_lower_bound([[-1]], [1], 2, 1), "cone"),
        (lambda: g.cone_lower_bound([[1]], [-1], 2, 1), "cone"),
        (lambda: g.cone_lower_bound([[1]], [1], 2, 1, weights=[[1], [1, 1]]), "stochastic"),
        (lambda: g.cone_lower_bound([[1]], [1], 2, 1, weights=[[1], [0, 1]]), "a bound of 0"),
        (lambda: g.psd_singular_values([[0, 1], [0, 0]], 2, 1), "PSD"),
        (lambda: g.sparse_attention_lower_bound(2, 2, 0), "positive spectrum"),
        (lambda: g.sparse_attention_lower_bound(2, 2, -HALF), "Use sparse_attention_gain"),
        (lambda: g.screened_lower_bound(1, 9, 2, 2, [5], 0), "positive spectrum"),
        (lambda: g.frozen_growth_bound(1, 2, 1, frozen=False), "Use full_derivative_upper_bound"),
        (lambda: g.sandwich(3, 1, 1), "contraction"),
        (lambda: g.crossover_lag(Fraction(3, 2), 1), "contraction"),
        (lambda: g.negative_identity_upper_bound(4, -HALF), "positive spectrum"),
    ],
)
def test_a_bound_without_its_hypothesis_refuses_by_name(call, names):
    with pytest.raises(AssumptionError, match=names):
        call()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: g.sparse_attention_lower_bound(0, 1, 1), "kappa must be at least 1, got kappa=0"),
        (lambda: g.attended_count(3, 0, 1), "short_term must be at least 1, got short_term=0"),
        (lambda: g.attended_count(3, 1, -1), "relevant must be at least 0, got relevant=-1"),
        (lambda: g.dependency_depth([{1}, {3}], 2, 1), "N_2 must be a non-empty subset of 1..2"),
        (lambda: g.real_zero(3, 1), "T - t odd"),
        (lambda: g.cost_exponent("quadratic"), "full, screened, none"),
    ],
)
def test_bad_input_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_screening_guarantee_by_gap():
    assert g.screened_lower_bound(1, 20, 3, 2, [1, 5], HALF) == Fraction(1, 5)
    assert g.screened_lower_bound(3, 20, 3, 2, [1, 5], HALF) == HALF / 25
    assert g.screened_lower_bound(6, 20, 3, 2, [1, 5], HALF) == HALF**4 / 5**5


def test_relevance_under_uniform_attention():
    assert g.initial_relevance(10) == g.uniform_relevance(1, 10, 10)
    assert g.uniform_relevance(40, 10, 10) == Fraction(10, 20)
    assert g.attended_pairs(30, 30, 0) == g.attended_pairs(30)


def test_counterexamples_are_exact():
    assert g.uniform_attention_gain(2, 1, g.real_zero(2, 1)) == 0
    assert float(g.cancelling_score()) == pytest.approx(-1.344202, abs=1e-6)  # cited to six decimals
    assert g.hidden_loss_gain(5, 2, 0) == 0
    for T in (1, 5, 64, 300):
        assert abs(g.uniform_attention_gain(T, 1, -HALF)) <= g.negative_identity_upper_bound(T, HALF).evalf()
