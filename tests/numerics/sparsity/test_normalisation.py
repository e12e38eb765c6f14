import pytest
import torch

from numerics import sparsity

ROUNDING = 1e-12  # float64 rounding of a few dozen operations on numbers of order one


def normalise(kind, width, eps, *, seed=0):
    torch.manual_seed(seed)
    return sparsity.OutputNorm(6, width, kind, eps=eps, dtype=torch.float64)


def written_out(module, z):
    groups = z.unflatten(-1, (6 // module.width, module.width))
    out = (groups / (groups.square().mean(dim=-1, keepdim=True) + module.eps).sqrt()).flatten(-2) * module.gain
    return out if module.gate is None else out * torch.sigmoid(module.gate * z)


@pytest.mark.parametrize("eps", [0.0, 1e-8, 0.5])
@pytest.mark.parametrize("width", [2, 6])
@pytest.mark.parametrize("kind", ["gated", "init", "plain"])
def test_output_and_gradients_are_those_of_the_definition(kind, width, eps):
    module = normalise(kind, width, eps)
    z = torch.randn(3, 2, 6, dtype=torch.float64, requires_grad=True)
    upstream = torch.randn(3, 2, 6, dtype=torch.float64)
    wanted = [z, *module.parameters()]
    results = []
    for out in (module(z), written_out(module, z)):
        results.append([out, *torch.autograd.grad((out * upstream).sum(), wanted)])
    for ours, theirs in zip(*results, strict=True):
        assert torch.allclose(ours, theirs, rtol=ROUNDING, atol=ROUNDING)


@pytest.mark.parametrize("shape", [(6,), (2, 6), (2, 1, 3, 6)])
@pytest.mark.parametrize("kind", ["gated", "init", "plain"])
def test_the_hand_written_slope_is_that_of_the_forward_pass(kind, shape):
    module = normalise(kind, 3, 1e-3)
    z = torch.randn(shape, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda z, *_: module(z), (z, *module.parameters()))


def test_the_output_lies_on_a_sphere_or_at_zero():
    module = normalise("plain", 6, 0.0)
    z = torch.cat([torch.randn(4, 6, dtype=torch.float64) * 10.0 ** torch.arange(-6, 2, 2)[:, None], torch.zeros(1, 6)])
    lengths = module(z).norm(dim=-1)
    assert torch.allclose(lengths[:-1], torch.full((4,), 6.0, dtype=torch.float64).sqrt()) and lengths[-1] == 0


@pytest.mark.parametrize("eps", [0.0, 1e-8])
def test_a_zero_vector_stays_zero_and_passes_a_finite_slope(eps):
    module = normalise("gated", 3, eps)
    z = torch.zeros(2, 6, dtype=torch.float64, requires_grad=True)
    out = module(z)
    out.sum().backward()
    # Without eps the slope at 0 is defined as 0, with it it is g σ(0)/sqrt(eps).
    expected = 0.0 if eps == 0 else 0.5 * eps**-0.5
    assert (out == 0).all() and torch.allclose(z.grad, torch.full_like(z, expected))


def test_the_identity_is_left_alone_and_unknown_kinds_are_refused():
    z = torch.randn(2, 6)
    assert sparsity.OutputNorm(6, 6, "none")(z) is z
    with pytest.raises(ValueError, match="norm must be one of 'gated', 'init', 'plain', 'none'; got 'layer'"):
        sparsity.OutputNorm(6, 6, "layer")
    with pytest.raises(ValueError, match=r"features must be a multiple of width \(4\), got 6"):
        sparsity.OutputNorm(6, 4, "plain")
