"""Theorem 1 for nonlinear nets through the Perron pair of a nonnegative V."""

from fractions import Fraction

from attest import Claim, Observed, Rival, at_least, grid, rounding
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

F = Fraction


def draw_perron(n, root, rng):
    """V >= 0 with row sums *root*, so that V 1 = root 1; a direction g > 0; inputs."""
    rows = [[int(x) for x in row] for row in rng.integers(1, 8, size=(n, n))]
    return {
        "V": [[F(root) * F(x, sum(row)) for x in row] for row in rows],
        "g": [int(x) for x in rng.integers(1, 5, size=n)],
        "x": (0.3 * rng.normal(size=(40, 2))).tolist(),
    }


def norm_and_slope(V, g, x, T, t):
    """|gradient| of a tanh net with uniform attention, given the smallest tanh' on its trajectory."""
    import torch

    net = measured.AttentiveNet(2, len(V), attention="uniform").load({"V": [[float(v) for v in row] for row in V]})
    norm = measured.measure_gradient_norms(net, x[:T], direction=[float(v) for v in g], times=[t])[0]
    hidden = torch.stack(net(torch.tensor(x[:T], dtype=torch.float64)).hidden).detach()
    return Observed(norm, given={"slope": float(1 - hidden.square().max())})


def perron_bound(V, g, root, T, t, slope, scale=1):
    pair = (F(root), [1] * len(V))
    return derived.cone_lower_bound(V, g, T, t, slope=F(slope) * scale, perron=pair).value.evalf(30)


PERRON = Claim(
    id="kerg2020.T1-cone-perron",
    paper=PAPER,
    where="Theorem 1 for nonlinear nets, sharper",
    says="with V >= 0, g >= 0, phi' >= l and V u = rho u: |gradient| >= P_{T,t}(l rho) g.u/|u|, uniform attention",
    predicts=perron_bound,
    measures=norm_and_slope,
    agrees=at_least(rounding(operations=2000, scale=10)),
    cases=grid(n=(1, 3), root=(F(1, 2), F(9, 10)), T=(8, 30), t=(1, 4)),
    setting=draw_perron,
    rivals={
        "twice the bound": lambda V, g, root, T, t, slope: 2 * perron_bound(V, g, root, T, t, slope),
        "the slope left out": lambda V, g, root, T, t: perron_bound(V, g, root, T, t, 1),
        "without V >= 0": Rival(
            lambda V, g, root, T, t, slope: perron_bound(
                [[abs(v) for v in row] for row in V], g, abs(F(root)), T, t, slope
            ),
            cases=grid(n=(1, 3), root=(F(-1, 2),), T=(8,), t=(1,)),
        ),
    },
    derivation=lambda: derived.sparse_derivation(),
    rests_on=("kerg2020.T1-cone",),
    budget=0.4,
)
