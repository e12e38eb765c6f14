"""P1, P4–P6: exactness under flow, first order in the step, 1/R and 1/N, at equal score."""

import math
from itertools import pairwise

import numpy as np
import pytest

from numerics import dynamics


def worst(draw, head):
    problem = dynamics.draw_flow_problem(
        draw, head=head, rest=("zero", "random")[draw % 2], noise=(0.0, 0.1, 1.0)[draw % 3]
    )
    seen = dynamics.measure_flow_norms(problem)
    residuals = [
        s["score"] - s["score0"] + s["multiplicity"] / s["mass"] * (math.exp(s["score"]) - math.exp(s["score0"]))
        - s["coupling"] / 2 * (s["norm"] ** 2 - s["norm0"] ** 2)
        for s in seen
    ]  # fmt: skip
    return max(map(abs, residuals)), max(abs(s["score"] - s["score0"]) for s in seen)


def check_draws(draws):
    found = [worst(draw, ("fixed", "linear", "mlp")[draw % 3]) for draw in draws]
    assert max(residual for residual, _ in found) < 1e-8  # DOP853 at 1e-11
    assert np.mean([moved > 0.5 for _, moved in found]) >= 0.3


def test_sen_holds_under_flow_for_every_kind_of_head():
    check_draws(range(25))


@pytest.mark.slow
def test_sen_holds_under_flow_for_two_hundred_draws():
    check_draws(range(1000, 1200))


def test_step_residual_is_of_first_order():
    found = [dynamics.measure_step_residual(rate) for rate in (1.0, 0.5, 0.25)]
    assert min(r.score for r in found) > 2
    for coarse, fine in pairwise(found):
        assert coarse.residual / fine.residual == pytest.approx(2, abs=0.15)


def test_vocabulary_residual_falls_as_one_over_its_size():
    found = []
    for size in (1000, 2000, 4000, 8000):
        run = dynamics.flow_population(
            np.eye(4), words_per_class=2, irrelevant=size, length=20, times=[4000.0], until_score=4.0
        )
        s, x = run.scores[-1, 0], run.norms[-1, 0]
        kappa = 1 + 8 / size
        assert abs(s + math.expm1(kappa * s) / (kappa * 20) - x**2 / 2) < 1e-9  # solver at 1e-12
        assert abs(size * run.rest_score[-1] + run.scores[-1].sum()) < 1e-9
        found.append(abs(s + math.expm1(s) / 20 - x**2 / 2))
    slopes = np.log2(np.array(found[:-1]) / found[1:])
    assert np.abs(slopes - 1).max() < 0.03


def test_sample_residual_falls_as_one_over_the_sample():
    sizes = (200, 400, 800)
    found = [
        np.mean([
            dynamics.extrapolated_residual(
                sentences=n, irrelevant=20 * n, rate=4.0, until_score=3.0, length=10, seed=seed
            )
            for seed in range(2)
        ])
        for n in sizes
    ]  # fmt: skip
    assert max(found) < 0  # the norm is above its SEN value
    slopes = np.log2(np.array(found[1:]) / found[:-1])
    assert np.abs(slopes + 1).max() < 0.15


def test_a_score_that_is_never_reached_is_undecided():
    from numerics.errors import SolverUndecided

    with pytest.raises(SolverUndecided, match="stays below 9"):
        dynamics.measure_training_residual(sentences=80, irrelevant=50, rate=1.0, until_score=9.0, steps=5)


def test_extreme_lengths_bound_the_norm():
    problem = dynamics.make_sentences(
        [[t] + [2] * n for t in range(2) for n in (4, 6, 10, 20, 40)], [t for t in range(2) for _ in range(5)],
        topics=[0, 1],
    )  # fmt: skip
    run = dynamics.flow_attention(
        problem, head=dynamics.make_head("fixed", 2, 2, seed=0, matrix=np.eye(2)), keys=np.zeros((3, 1)),
        embeddings=np.zeros((3, 2)), query=[1.0], times=[1e-3, 20.0, 60.0, 200.0], frozen=[2],
    )  # fmt: skip
    s, x = run.scores[:, 0], run.norms[:, 0]
    low, high = (np.sqrt(2 * (s + np.expm1(s) / m)) for m in (40, 4))
    assert ((low <= x) & (x <= high)).all()
    a = 1 / (1 + np.array([4, 6, 10, 20, 40]))
    # to first order in the score, s (1 + 1/M) = x^2/2
    assert 1 / (x[0] ** 2 / 2 / s[0] - 1) == pytest.approx(a.mean() / (a**2).mean() - 1, rel=1e-3)
