import numpy as np
import pytest
import torch

from numerics import sparsity

ROUNDING = 1e-12  # float64 rounding of a few hundred operations on numbers of order one


def test_the_gated_slope_is_that_of_differences():
    z, gate, step = [1.0, -2.0, 0.5], [0.5, 1.0, -1.0], 1e-6
    module = sparsity.OutputNorm(3, 3, "gated", eps=0.0, dtype=torch.float64)
    with torch.no_grad():
        module.gate.copy_(torch.tensor(gate))
        columns = [
            (module(torch.tensor(z) + step * e) - module(torch.tensor(z) - step * e)) / (2 * step)
            for e in torch.eye(3, dtype=torch.float64)
        ]
    slope = np.array(sparsity.measure_gated_jacobian(z, gate))
    assert np.abs(slope - torch.stack(columns, dim=1).numpy()).max() < 1e-9  # truncation and rounding


def test_a_large_argument_opens_or_shuts_the_gate():
    small, large = (
        sparsity.sample_branch_squares("gated", 4, samples=4000, rng=0, size=s)["mean"] for s in (1e-3, 1e3)
    )
    assert abs(small - 0.25) < 0.05 and abs(large - 0.5) < 0.1  # ten standard errors


def test_parameters_are_drawn_without_touching_the_global_state():
    before = torch.random.get_rng_state()
    first, second = (sparsity.sample_branch_squares("init", 4, samples=50, rng=3) for _ in range(2))
    assert first == second and torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("weight_map", ["relu", "relu2"])
@pytest.mark.parametrize("per_head", [False, True])
def test_homogeneous_maps_only_grow_their_projections(weight_map, per_head):
    seen = sparsity.measure_norms_after_step(weight_map, 0.1, rng=0, per_head=per_head)
    for before, gradient, after in zip(*(seen[k] for k in ("before", "gradients", "after")), strict=True):
        assert gradient > 1e-3 and abs(after - before - 0.01 * gradient) < 100 * ROUNDING


def test_softmax_grows_only_its_value_projection_so():
    seen = sparsity.measure_norms_after_step("softmax", 0.1, rng=0)
    excess = [a - b - 0.01 * g for b, g, a in zip(*(seen[k] for k in ("before", "gradients", "after")), strict=True)]
    assert abs(excess[2]) < 100 * ROUNDING and min(abs(excess[0]), abs(excess[1])) > 1e-3


def test_causal_rows_are_counted_once_each():
    assert sum(sparsity.count_causal_null_rows(5, samples=321, rng=0)) == 321
    with pytest.raises(ValueError, match="length must be at least 1, got 0"):
        sparsity.count_causal_null_rows(0, samples=10, rng=0)
