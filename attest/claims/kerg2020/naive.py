"""Naive readings of Theorem 1, refuted by nets, with what is true instead."""

from fractions import Fraction

from attest import Claim, Observed, Verdict, absolute, at_least, at_most, grid, rounding, scales_like, within
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

F = Fraction
READING = "Theorem 1, a naive reading"
AT_LEAST = at_least(rounding(operations=1000, scale=1))


def gain(T, t, eigenvalue):
    """|dL/dh_t| over |g| of the net with V = eigenvalue."""
    return abs(measured.measure_uniform_attention_gain(T, t, float(eigenvalue)))


DECAY = Claim(
    id="kerg2020.N1-decay",
    paper=PAPER,
    where="V = -v I with 0 < v < 1, linear net, uniform attention",
    says="|P_{T,1}(-v)| is at most u(T), an explicit function with T u(T) -> 0",
    predicts=lambda T, v: derived.negative_identity_upper_bound(T, v).evalf(30),
    measures=lambda T, v: gain(T, 1, -v),
    agrees=at_most(rounding(operations=20000, scale=1)),
    cases=grid(T=(1, 16, 64, 256, 1024), v=(F(1, 8), F(1, 2))),
    rivals={
        "half of u": lambda T, v: derived.negative_identity_upper_bound(T, v).evalf(30) / 2,
        "one power of T less": lambda T, v: derived.negative_identity_upper_bound(T, v).evalf(30) / T,
        "exponential decay v^T, as without attention": lambda T, v: v ** (T - 1),
    },
    derivation=lambda: derived.negative_identity_derivation(),
    rests_on=("kerg2020.P5",),
    budget=1,
)

FOR_ALL_V = Claim(
    id="kerg2020.N1",
    paper=PAPER,
    where=READING + ": no condition on V",
    says="for every V, uniform attention makes the gradient Omega(1/T)",
    kind="asymptotic",
    expects=Verdict.REFUTED,
    finite_form=("kerg2020.N1-decay",),
    corrected="kerg2020.P7",
)

AT_EVERY_T = Claim(
    id="kerg2020.N2",
    paper=PAPER,
    where=READING + ": no condition on V, at finite T",
    says="for every V, uniform attention makes |gradient| at least |g|/T at every T",
    predicts=lambda T: F(1, T),
    measures=gain,
    agrees=AT_LEAST,
    cases=({"T": 2, "t": 1, "eigenvalue": F(-1, 6)}, {"T": 10, "t": 1, "eigenvalue": F(-1, 2)}),
    expects=Verdict.REFUTED,
    control=grid(T=(2, 10), t=(1,), eigenvalue=(F(0), F(1, 6), F(3, 4))),
    corrected="kerg2020.T1-sandwich",
    budget=0.4,
)


def measured_root(T, t, low, high):
    """The eigenvalue between low and high at which the measured gain changes sign."""
    from scipy.optimize import brentq

    found = brentq(lambda x: measured.measure_uniform_attention_gain(T, t, x), float(low), float(high), xtol=2**-52)
    return float(found)


REAL_ZERO = Claim(
    id="kerg2020.N2-zero",
    paper=PAPER,
    where="linear net, uniform attention, T - t odd",
    says="for T - t odd the gain has a negative real zero; for (T, t) = (2, 1) it is -1/6",
    predicts=lambda T, t: derived.real_zero(T, t).evalf(30),
    measures=measured_root,
    # the root finder stops at 2^-52; slopes at the zeros exceed 0.1
    agrees=within(rounding(operations=200, scale=1)),
    cases=({"T": 2, "t": 1, "low": F(-1), "high": F(0)}, {"T": 4, "t": 1, "low": F(-1), "high": F(0)}),
    rivals={
        "the zero of t + 2": lambda T, t: derived.real_zero(T + 2, t).evalf(30),
        "half of it": lambda T, t: derived.real_zero(T, t).evalf(30) / 2,
    },
    derivation=lambda: derived.cancelling_derivation(),
    rests_on=("kerg2020.P2",),
    budget=2.1,
)

SINGULAR_VALUES = Claim(
    id="kerg2020.N3",
    paper=PAPER,
    where=READING + ": a bound through sigma_min(V)",
    says="|gradient| >= P_{T,t}(sigma_min(V)) |g| for every V",
    predicts=lambda T, t, eigenvalue: derived.uniform_attention_gain(T, t, abs(eigenvalue)),
    measures=gain,
    agrees=AT_LEAST,
    cases=({"T": 2, "t": 1, "eigenvalue": F(-1, 6)}, {"T": 12, "t": 1, "eigenvalue": F(-1, 2)}),
    expects=Verdict.REFUTED,
    control=grid(T=(2, 12), t=(1,), eigenvalue=(F(1, 6), F(1, 2))),
    corrected="kerg2020.T1-psd",
    budget=0.4,
)

RATE = Claim(
    id="kerg2020.N4",
    paper=PAPER,
    where=READING + ": a rate instead of a lower bound",
    says="the gradient is Theta(1/T)",
    predicts=lambda eigenvalue: -1,
    measures=lambda eigenvalue: [(T, gain(T, 1, eigenvalue)) for T in (64, 128, 256, 512)],
    agrees=scales_like(),
    cases=({"eigenvalue": F(1, 4)}, {"eigenvalue": F(1, 2)}),
    expects=Verdict.REFUTED,
    control=({"eigenvalue": F(0)},),
    corrected="kerg2020.P6",
    budget=0.5,
)


def smallest_gain(T, entry):
    """Smallest singular value of ds_T/dh_1 for V = [[0, entry], [0, 0]]."""
    import numpy as np

    return float(np.linalg.svd(measured.measure_linear_jacobians([[0, entry], [0, 0]], T)[0], compute_uv=False)[-1])


NILPOTENT = Claim(
    id="kerg2020.N5-nilpotent",
    paper=PAPER,
    where="V = [[0, 1], [0, 0]], linear net, uniform attention",
    says="the smallest singular value of ds_T/dh_1 is (sqrt(b^2 + 4/T^2) - b)/2, about 1/(T ln T)",
    predicts=lambda T: derived.nilpotent_smallest_gain(T).evalf(30),
    measures=lambda T: smallest_gain(T, 1.0),
    agrees=within(rounding(operations=500, scale=1)),
    cases=grid(T=(2, 10, 100, 1000)),
    rivals={
        "1/T": lambda T: F(1, T),
        "twice the value": lambda T: 2 * derived.nilpotent_smallest_gain(T).evalf(30),
    },
    derivation=lambda: derived.cancelling_derivation(),
    rests_on=("kerg2020.P2-closed",),
    budget=0.4,
)

UNIFORM_IN_G = Claim(
    id="kerg2020.N5",
    paper=PAPER,
    where=READING + ": uniformly over directions, V not normal",
    says="|gradient| >= |g|/T for every direction g, all eigenvalues being in the disc",
    predicts=lambda T: F(1, T),
    measures=smallest_gain,
    agrees=AT_LEAST,
    cases=grid(T=(10, 100), entry=(1.0,)),
    expects=Verdict.REFUTED,
    control=grid(T=(10, 100), entry=(0.0,)),
    corrected="kerg2020.T1-eig",
    budget=0.4,
)


def two_step(weight):
    derivative, alpha = measured.measure_two_step_gradient(float(weight))
    return Observed(abs(derivative), given={"alpha": alpha})


CANCELLING = Claim(
    id="kerg2020.N6-zero",
    paper=PAPER,
    where="learned scores, full derivative: n = 1, V = 0, h = (1, -1), T = 2",
    says="at one score weight, -(s + W(s e^-s))/(2 tanh 1) with s = sinh(2)/2, the full derivative vanishes",
    predicts=lambda: derived.cancelling_score().evalf(30),
    measures=lambda low, high: measured.find_cancelling_score(float(low), float(high)),
    agrees=within(rounding(operations=64, scale=1)),
    cases=({"low": -2, "high": -1},),
    rivals={
        "without the Lambert term": lambda: derived.cancelling_score() * 0 - F(1813, 1523),
        "half of it": lambda: derived.cancelling_score().evalf(30) / 2,
    },
    derivation=lambda: derived.cancelling_derivation(),
    rests_on=("kerg2020.D1",),
    budget=0.4,
)

LEARNED = Claim(
    id="kerg2020.N6",
    paper=PAPER,
    where=READING + ": for trained attention weights",
    says="|full derivative| >= alpha_{t,T} |g| also when the weights are learned scores",
    predicts=lambda alpha: alpha,
    measures=two_step,
    agrees=AT_LEAST,
    cases=({"weight": F(-43, 32)},),
    expects=Verdict.REFUTED,
    control=grid(weight=(F(0), F(1, 2))),
    corrected="kerg2020.T1-score",
    budget=0.4,
)


def hidden_loss(T, t, eigenvalue):
    """|dh_T/dh_t| of the net with V = eigenvalue: the loss reads h_T."""
    net = measured.AttentiveNet(1, 1, activation="identity", attention="uniform").load({"V": [[float(eigenvalue)]]})
    found = measured.measure_gradients(net, [[0.0]] * T, loss=lambda run: run.hidden[-1].sum(), times=[t])
    return float(found[0, 0, 0])


HIDDEN_READOUT = Claim(
    id="kerg2020.N7-exact",
    paper=PAPER,
    where="loss on h_T, linear net, uniform attention",
    says="dh_T/dh_t = V P_{T-1,t}(V): one more Jacobian, one step less",
    predicts=lambda T, t, eigenvalue: derived.hidden_loss_gain(T, t, eigenvalue),
    measures=hidden_loss,
    agrees=within(rounding(operations=500, scale=1)),
    cases=grid(T=(3, 20), t=(1, 2), eigenvalue=(F(0), F(1, 2), F(-3, 4))),
    rivals={
        "as for s_T": lambda T, t, eigenvalue: derived.uniform_attention_gain(T, t, eigenvalue),
        "without the Jacobian": lambda T, t, eigenvalue: derived.uniform_attention_gain(T - 1, t, eigenvalue),
    },
    derivation=lambda: derived.recurrence_derivation(),
    rests_on=("kerg2020.P1",),
    budget=0.4,
)

LOSS_ON_HIDDEN = Claim(
    id="kerg2020.N7",
    paper=PAPER,
    where=READING + ": a loss on h_T",
    says="|gradient| >= |g|/T also for a loss that reads h_T",
    predicts=lambda T: F(1, T),
    measures=hidden_loss,
    agrees=AT_LEAST,
    cases=grid(T=(3, 20), t=(1,), eigenvalue=(F(0),)),
    expects=Verdict.REFUTED,
    control=grid(T=(3, 20), t=(1,), eigenvalue=(F(1, 2), F(3, 4))),
    corrected="kerg2020.N7-exact",
    budget=0.4,
)


def summed_loss(losses, T, t, eigenvalue):
    net = measured.AttentiveNet(1, 1, activation="identity", attention="uniform").load({"V": [[float(eigenvalue)]]})
    weights = [float(w) for w in losses]
    found = measured.measure_gradients(
        net,
        [[0.0]] * T,
        loss=lambda run: sum(w * s.sum() for w, s in zip(weights, run.states, strict=True)),
        times=[t],
    )
    return float(found[0, 0, 0])


SUMMED = Claim(
    id="kerg2020.N8-exact",
    paper=PAPER,
    where="loss summed over times, linear net, uniform attention",
    says="the gradient of sum_k g_k s_k is sum_k g_k P_{k,t}: a sum that can cancel",
    predicts=lambda losses, T, t, eigenvalue: derived.summed_loss_gain(losses, T, t, eigenvalue),
    measures=summed_loss,
    agrees=within(rounding(operations=200, scale=1)),
    cases=(
        {"losses": (F(-1, 4), F(1)), "T": 2, "t": 1, "eigenvalue": F(0)},
        {"losses": (F(1), F(-2), F(1, 2), F(3)), "T": 4, "t": 2, "eigenvalue": F(-3, 4)},
    ),
    rivals={
        "the last loss alone": lambda losses, T, t, eigenvalue: (
            losses[-1] * derived.uniform_attention_gain(T, t, eigenvalue)
        ),
        "moduli added": lambda losses, T, t, eigenvalue: derived.summed_loss_gain(
            [abs(w) for w in losses], T, t, eigenvalue
        ),
        "the mean of hidden state and context": lambda losses, T, t, eigenvalue: (
            derived.summed_loss_gain(losses, T, t, eigenvalue) / 2
        ),
    },
    derivation=lambda: derived.recurrence_derivation(),
    rests_on=("kerg2020.P1",),
    budget=0.4,
)

SUM_OF_LOSSES = Claim(
    id="kerg2020.N8",
    paper=PAPER,
    where=READING + ": a loss summed over all times",
    says="|gradient| >= |g_T|/T also for a loss summed over all times",
    predicts=lambda losses, T: abs(losses[-1]) / T,
    measures=lambda losses, T, t, eigenvalue: abs(summed_loss(losses, T, t, eigenvalue)),
    agrees=AT_LEAST,
    cases=({"losses": (F(-1, 4), F(1)), "T": 2, "t": 1, "eigenvalue": F(0)},),
    expects=Verdict.REFUTED,
    control=(
        {"losses": (F(0), F(1)), "T": 2, "t": 1, "eigenvalue": F(0)},
        {"losses": (F(1, 4), F(1)), "T": 2, "t": 1, "eigenvalue": F(1, 2)},
    ),
    corrected="kerg2020.N8-exact",
    budget=0.4,
)


def two_point_slope(re, im, shear, T):
    """log2 |gradient(2T)|/|gradient(T)| at t = 1, g = (1, 0), V similar to a rotation with scaling by a stretch."""
    from math import log2

    a, b = float(re), float(im)
    V = [[a, -b * shear], [b / shear, a]]
    norms = []
    for end in (T, 2 * T):
        net = measured.AttentiveNet(1, 2, activation="identity", attention="uniform").load({"V": V})
        norms.append(float(measured.measure_gradient_norms(net, [[0.0]] * end, direction=[1.0, 0.0], times=[1])[0]))
    return log2(norms[1] / norms[0])


def exponent(re, im):
    from sympy import I, Rational

    return derived.growth_exponent(Rational(re.numerator, re.denominator) + I * Rational(im.numerator, im.denominator))


TWO_POINTS = Claim(
    id="kerg2020.N9",
    paper=PAPER,
    where=READING + ": an exponent read off two lengths",
    says="for a real V with complex spectrum the slope between T and 2T is the exponent of the gain",
    predicts=exponent,
    measures=two_point_slope,
    agrees=within(
        absolute(F(1, 20), because="local slopes of the modulus are within 1/T times a factor below 12, T >= 256")
    ),
    cases=grid(re=(F(1, 8),), im=(F(3, 4),), shear=(16.0,), T=(256, 512)),
    expects=Verdict.REFUTED,
    control=grid(re=(F(1, 8),), im=(F(3, 4),), shear=(1.0,), T=(256, 512)),
    corrected="kerg2020.P6",
    budget=2.9,
)
