"""What relevancy screening costs: scored pairs, and activations saved for the backward pass."""

from fractions import Fraction
from functools import partial

from attest import Claim, equal, grid, scales_like
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

F = Fraction


def pairs(attention, nu, rho, T):
    """Number of (query, key) pairs whose score the net computes."""
    import torch

    net = measured.AttentiveNet(1, 2, attention=attention, short_term=nu, relevant=rho)
    run = net(torch.linspace(-1, 1, T, dtype=torch.float64).unsqueeze(1))
    return sum(alpha.shape[1] for alpha in run.weights)


WORK = Claim(
    id="kerg2020.RS3",
    paper=PAPER,
    where="Complexity of relevancy screening",
    says="screened attention scores about T(nu + rho) pairs, full attention T(T+1)/2",
    predicts=lambda attention, nu, rho, T: (
        derived.attended_pairs(T) if attention == "full" else derived.attended_pairs(T, nu, rho)
    ),
    measures=pairs,
    agrees=equal,
    cases=grid(attention=("full", "screened"), nu=(4,), rho=(3,), T=(1, 10, 80)),
    rivals={
        "T(nu + rho) from the start": lambda nu, rho, T: T * (nu + rho),
        "T(T-1)/2: without the current state": lambda T: T * (T - 1) // 2,
    },
    derivation=lambda: derived.screening_derivation(),
    rests_on=("kerg2020.RS1-size",),
    budget=0.4,
)


def last_state(net, inputs):
    return net(inputs).states[-1]


def saved_ladder(attention, sizes):
    import torch

    net = measured.AttentiveNet(2, 8, attention=attention, short_term=4, relevant=4, dtype=torch.float32)
    return [(T, measured.measure_saved_bytes(partial(last_state, net, torch.zeros(T, 2, 2)))) for T in sizes]


MEMORY = Claim(
    id="kerg2020.RS4",
    paper=PAPER,
    where="Memory of relevancy screening",
    says="activations saved for the backward pass grow like T^2 with full attention and like T with screening",
    predicts=lambda attention: derived.cost_exponent(attention),
    measures=saved_ladder,
    agrees=scales_like(),
    cases=grid(attention=("full", "screened", "none"), sizes=((32, 64, 128, 256),)),
    rivals={
        "the other of the two": lambda attention: 1 if attention == "full" else 2,
        "T^(3/2)": lambda: F(3, 2),
    },
    derivation=lambda: derived.screening_derivation(),
    rests_on=("kerg2020.RS3",),
    budget=1.7,
)
