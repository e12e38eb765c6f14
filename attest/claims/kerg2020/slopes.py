"""How |d(g . s_T)/dh_1| scales with T in tanh nets: the row of the slope table that has a derived exponent."""

from fractions import Fraction

from attest import Claim, Observed, absolute, within
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

F = Fraction


def tanh_slope(v, width, runs, rng):
    """Slope of log |d(g . s_T)/dh_1| from T = 256 to 1024 for V = v I, and its range over *runs* as error."""
    import math

    slopes = []
    for seed in range(runs):
        inputs = (0.3 * rng.normal(size=(1024, width))).tolist()
        net = measured.AttentiveNet(width, width, attention="uniform", seed=seed)
        net.load({"V": [[float(v) * (r == c) for c in range(width)] for r in range(width)]})
        norms = [measured.measure_gradient_norms(net, inputs[:T], times=[1], seed=seed)[0] for T in (256, 1024)]
        slopes.append(math.log(norms[1] / norms[0]) / math.log(4))
    mean = sum(slopes) / runs
    half = 10 * (sum((s - mean) ** 2 for s in slopes) / (runs - 1) / runs) ** 0.5
    return Observed(mean, error=half, evidence=slopes)


TANH_SLOPE = Claim(
    id="kerg2020.N1-tanh",
    paper=PAPER,
    where="Theorem 1, naive reading 'for all V', nonlinear net (slope table)",
    says="for V = -I/2 a tanh net with uniform attention loses its gradient like T^(-4/3) too, not like 1/T",
    predicts=lambda v: derived.growth_exponent(F(v)),
    measures=tanh_slope,
    agrees=within(absolute(0, because="the measurement states ten standard errors over seeds")),
    deep_cases=({"v": F(-1, 2), "width": 24, "runs": 8},),
    deep_budget=120.0,
    budget=0.4,
    rivals={"1/T": lambda: -1, "the exponent of V = +I/2": lambda v: derived.growth_exponent(-F(v))},
    derivation=lambda: derived.disc_derivation(),
    rests_on=("kerg2020.P6",),
)
