"""The net without attention, and the lag at which attention takes over."""

from fractions import Fraction

from attest import Claim, at_most, equal, grid, rounding
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

F = Fraction


def draw_net(n, gain, rng):
    import numpy as np

    V = rng.normal(size=(n, n))
    return {"V": (float(gain) * V / np.linalg.norm(V, 2)).tolist(), "x": rng.normal(size=(40, 2)).tolist()}


def jacobian_norm(V, x, T, t, activation):
    import numpy as np

    net = measured.AttentiveNet(2, len(V), activation=activation, attention="none").load({"V": V})
    return float(np.linalg.norm(measured.measure_jacobians(net, x[:T], times=[t])[0], 2))


VANISHING = Claim(
    id="kerg2020.B1",
    paper=PAPER,
    where="Recurrence without attention",
    says="without attention |ds_T/dh_t| <= q^(T-t), q = sup|phi'| |V|_2: q < 1 vanishes exponentially",
    predicts=lambda gain, T, t: derived.baseline_gain(T, t, gain),
    measures=jacobian_norm,
    agrees=at_most(rounding(operations=2000)),
    cases=grid(n=(1, 4), gain=(F(1, 2), F(9, 8)), T=(2, 12, 40), t=(1,), activation=("identity", "tanh")),
    setting=draw_net,
    rivals={
        "one Jacobian more": lambda gain, T, t: derived.baseline_gain(T + 1, t, min(gain, F(1, 2))),
        "half the bound": lambda gain, T, t: derived.baseline_gain(T, t, gain) / 2,
    },
    derivation=lambda: derived.crossover_derivation(),
    budget=0.5,
)


def overtaking_lag(eigenvalue, t):
    """Smallest lag k >= 1 at which the net without attention has less gradient than uniform attention with V = 0."""
    k = 1
    while True:
        plain = measured.AttentiveNet(1, 1, activation="identity", attention="none").load({"V": [[float(eigenvalue)]]})
        uniform = measured.AttentiveNet(1, 1, activation="identity", attention="uniform").load({"V": [[0.0]]})
        inputs = [[0.0]] * (t + k)
        recurrent, attentive = (measured.measure_jacobians(net, inputs, times=[t])[0, 0, 0] for net in (plain, uniform))
        if recurrent < attentive:
            return k
        k += 1


def next_integer(lag):
    from sympy import floor

    return int(floor(lag)) + 1


CROSSOVER = Claim(
    id="kerg2020.B2",
    paper=PAPER,
    where="Crossover of lambda^k and 1/T",
    says="attention's 1/T exceeds lambda^k from the lag -W_{-1}(-a e^(-at))/a - t on, a = ln(1/lambda)",
    predicts=lambda eigenvalue, t: next_integer(derived.crossover_lag(eigenvalue, t)),
    measures=overtaking_lag,
    agrees=equal,
    cases=(
        {"eigenvalue": F(1, 4), "t": 1},
        {"eigenvalue": F(1, 4), "t": 10},
        {"eigenvalue": F(13, 16), "t": 1},
        {"eigenvalue": F(13, 16), "t": 10},
        {"eigenvalue": F(29, 32), "t": 3},
    ),
    rivals={
        "a lag later": lambda eigenvalue, t: next_integer(derived.crossover_lag(eigenvalue, t)) + 1,
        "as at t = 1": lambda eigenvalue: next_integer(derived.crossover_lag(eigenvalue, 1)),
    },
    derivation=lambda: derived.crossover_derivation(),
    rests_on=("kerg2020.B1",),
    budget=0.9,
)


def negligible_lag(eigenvalue, t, fraction):
    """Smallest lag at which the net without attention has at most *fraction* of the gradient with uniform attention."""
    k = 0
    while True:
        inputs = [[0.0]] * (t + k)
        plain, uniform = (
            measured.measure_jacobians(
                measured.AttentiveNet(1, 1, activation="identity", attention=kind).load({"V": [[float(eigenvalue)]]}),
                inputs,
                times=[t],
            )[0, 0, 0]
            for kind in ("none", "uniform")
        )
        if plain <= float(fraction) * uniform:
            return k
        k += 1


DOMINATION = Claim(
    id="kerg2020.B2-domination",
    paper=PAPER,
    where="lambda^k against the exact gain",
    says="against its exact gain attention has no crossover: the baseline is below 1 % of it after a few steps",
    predicts=lambda eigenvalue, t, fraction: derived.domination_lag(eigenvalue, t, fraction),
    measures=negligible_lag,
    agrees=equal,
    cases=grid(eigenvalue=(F(1, 4), F(9, 16), F(13, 16), F(15, 16)), t=(1, 4), fraction=(F(1, 100),)),
    rivals={
        "a lag later": lambda eigenvalue, t, fraction: derived.domination_lag(eigenvalue, t, fraction) + 1,
        "the crossover with 1/T": lambda eigenvalue, t: next_integer(derived.crossover_lag(eigenvalue, t)),
    },
    derivation=lambda: derived.crossover_derivation(),
    rests_on=("kerg2020.P1",),
    budget=0.8,
)
