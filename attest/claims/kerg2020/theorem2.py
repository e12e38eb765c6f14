"""Theorem 2 with its constant: kappa-sparse attention of depth d, from below, from above, and where it fails."""

from fractions import Fraction

from attest import Claim, Observed, Rival, Verdict, at_least, at_most, grid, rounding, scales_like, within
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

F = Fraction
LOWER = at_least(rounding(operations=2000, scale=1))


def draw_pattern(T, kappa, rng):
    """Attended sets with at most kappa members, the newest of them at random, never empty."""
    return {"sets": [sorted({int(i) for i in rng.integers(1, k + 1, size=kappa)}) for k in range(1, T + 1)]}


def sparse_gains(sets, eigenvalue, state="sum"):
    net = measured.AttentiveNet(1, 1, activation="identity", attention=sets, score="uniform", state=state)
    return measured.measure_jacobians(net.load({"V": [[float(eigenvalue)]]}), [[0.0]] * len(sets))[:, 0, 0]


EXACT = Claim(
    id="kerg2020.T2-exact",
    paper=PAPER,
    where="Theorem 2, linear net, before any estimate",
    says="uniform attention over sets N_k gives ds_T/dh_t = Q_{T,t}(V) by one forward recursion",
    predicts=lambda sets, T, eigenvalue: [
        derived.sparse_attention_gain(sets, T, t, eigenvalue) for t in range(1, T + 1)
    ],
    measures=lambda sets, eigenvalue: sparse_gains(sets, eigenvalue),
    agrees=within(rounding(operations=400, scale=100)),
    cases=grid(T=(1, 6, 14), kappa=(1, 3), eigenvalue=(F(1, 4), F(-5, 8), F(1))),
    setting=draw_pattern,
    rivals={
        "1/kappa in place of 1/|N_k|: uniform over the whole past": lambda T, eigenvalue: [
            derived.uniform_attention_gain(T, t, eigenvalue) for t in range(1, T + 1)
        ],
        "s = (h + c)/2": lambda sets, T, eigenvalue: [
            derived.sparse_attention_gain(sets, T, t, eigenvalue, state="mean") for t in range(1, T + 1)
        ],
    },
    derivation=lambda: derived.decomposition_derivation(),
    rests_on=("kerg2020.D3",),
    budget=0.4,
)


def draw_pair(T, kappa, n, eigenvalue, rng):
    """A pattern, V with a known eigenpair (not normal), and a direction."""
    u, y, g = ([int(x) for x in rng.integers(-6, 7, size=n)] for _ in range(3))
    u[0], y[0] = abs(u[0]) + 7 * n, abs(y[0]) + 7 * n
    W = [[F(int(x), 8) for x in row] for row in rng.integers(-6, 7, size=(n, n))]
    norm = sum(a * b for a, b in zip(u, y, strict=True))
    P = [[F(u[r] * y[c], norm) for c in range(n)] for r in range(n)]
    V = [
        [eigenvalue * P[r][c] + W[r][c] - sum(W[r][k] * P[k][c] for k in range(n)) for c in range(n)] for r in range(n)
    ]
    return {**draw_pattern(T, kappa, rng), "V": V, "u": u, "g": g}


def sparse_norm(sets, V, g, t):
    net = measured.AttentiveNet(1, len(V), activation="identity", attention=sets, score="uniform")
    net.load({"V": [[float(x) for x in row] for row in V]})
    return measured.measure_gradient_norms(net, [[0.0]] * len(sets), direction=[float(x) for x in g], times=[t])[0]


SPECTRAL = Claim(
    id="kerg2020.T2-eig",
    paper=PAPER,
    where="Theorem 2 with a right eigenvector",
    says="for every eigenpair of V: |gradient| >= |Q_{T,t}(lambda)| |g.u|/|u|, linear net, any sets",
    predicts=lambda V, g, u, sets, T, t, eigenvalue: (
        derived.spectral_lower_bound(V, g, T, t, eigenvalue, u, weights=derived.pattern_weights(sets)).value
    ),
    measures=sparse_norm,
    agrees=LOWER,
    cases=grid(n=(1, 2, 3), kappa=(2,), T=(4, 10), t=(1, 3), eigenvalue=(F(-1, 2), F(3, 4))),
    setting=draw_pair,
    rivals={
        "twice the bound": lambda V, g, u, sets, T, t, eigenvalue: (
            2 * derived.spectral_lower_bound(V, g, T, t, eigenvalue, u, weights=derived.pattern_weights(sets)).value
        ),
        "without the eigenpair: |lambda| as a singular value": Rival(
            lambda g, sets, T, t, eigenvalue: derived.sparse_attention_gain(sets, T, t, abs(eigenvalue)) * abs(g[0]),
            cases=grid(n=(1,), kappa=(2,), T=(4, 10), t=(1, 3), eigenvalue=(F(-1, 2),)),
        ),
    },
    derivation=lambda: derived.spectral_derivation(),
    rests_on=("kerg2020.T2-exact",),
    budget=0.4,
)


def hop_pattern(kappa, depth):
    """Windows of kappa states up to T = depth * kappa: h_1 reaches s_T by depth hops, along one chain."""
    return [list(range(max(1, k - kappa + 1), k + 1)) for k in range(1, depth * kappa + 1)]


def window_gain(kappa, depth, eigenvalue):
    sets = hop_pattern(kappa, depth)
    return sparse_gains(sets, eigenvalue)[0]


LOWER_BOUND = Claim(
    id="kerg2020.T2-lower",
    paper=PAPER,
    where="Theorem 2, with its constant",
    says="for an eigenvalue lambda > 0 the gain is at least kappa^-d lambda^(d-1), d the dependency depth",
    predicts=lambda kappa, depth, eigenvalue: derived.sparse_attention_lower_bound(kappa, depth, F(eigenvalue)),
    measures=window_gain,
    agrees=at_least(rounding(operations=1000)),
    cases=(
        {"kappa": 4, "depth": 1, "eigenvalue": F(1, 4096)},
        {"kappa": 2, "depth": 2, "eigenvalue": F(1, 4096)},
        {"kappa": 3, "depth": 2, "eigenvalue": F(1, 4)},
        {"kappa": 2, "depth": 5, "eigenvalue": F(1, 2)},
    ),
    free={"eigenvalue": (0.0001, 1.5)},
    rivals={
        "kappa^-(d-1)": lambda kappa, depth, eigenvalue: (
            kappa * derived.sparse_attention_lower_bound(kappa, depth, F(eigenvalue))
        ),
        "without lambda^(d-1)": lambda kappa, depth: F(1, kappa**depth),
        "twice the bound": lambda kappa, depth, eigenvalue: (
            2 * derived.sparse_attention_lower_bound(kappa, depth, F(eigenvalue))
        ),
        "without lambda > 0": Rival(
            lambda kappa, depth, eigenvalue: derived.sparse_attention_lower_bound(kappa, depth, -F(eigenvalue)),
            cases=({"kappa": 2, "depth": 2, "eigenvalue": F(-1, 4)}, {"kappa": 2, "depth": 3, "eigenvalue": F(-3, 8)}),
        ),
    },
    derivation=lambda: derived.sparse_derivation(),
    rests_on=("kerg2020.T2-exact",),
    budget=0.9,
)


def one_chain_ladder(depth):
    """(kappa, gain, noise): chains with more Jacobians weigh less than 2^-30 of the one that counts."""
    gains = [(kappa, float(window_gain(kappa, depth, F(1, 2**40)))) for kappa in (2, 4, 8, 16)]
    return [(kappa, gain, gain * 2**-30) for kappa, gain in gains]


POWER_OF_KAPPA = Claim(
    id="kerg2020.T2-lower-exponent",
    paper=PAPER,
    where="Theorem 2, exponent of kappa where one chain dominates (lambda = 2^-40)",
    says="one chain of d hops over sets of kappa states weighs kappa to the power -d",
    predicts=lambda depth: -depth,
    measures=one_chain_ladder,
    agrees=scales_like(),
    cases=({"depth": 1}, {"depth": 2}, {"depth": 3}),
    rivals={
        "kappa^-(d+1)": lambda depth: -depth - 1,
        "kappa^-(d-1)": lambda depth: 1 - depth,
    },
    derivation=lambda: derived.sparse_derivation(),
    rests_on=("kerg2020.T2-lower",),
    budget=0.4,
)


def score_chain(kappa, depth, size, seed):
    """Gain of a windowed net with frozen learned scores |v_a|_1 = size on a positive V, width 1."""
    from numpy.random import default_rng

    rng = default_rng(seed)
    T = kappa * depth
    net = measured.AttentiveNet(1, 1, activation="identity", attention=hop_pattern(kappa, depth), frozen=True)
    net.load({"V": [[2**-12]], "W_a": [[0.0]], "U_a": [[4.0]], "v_a": [float(size)]})
    inputs = rng.normal(size=(T, 1)).tolist()
    inputs[0] = [-9.0]  # the lowest score falls on h_1
    net.load({"U": [[1.0]]})
    return measured.measure_jacobians(net, inputs)[0, 0, 0]


SCORE = Claim(
    id="kerg2020.T2-score",
    paper=PAPER,
    where="Theorem 2 for non-uniform frozen softmax weights",
    says="with |scores| <= B every 1/kappa becomes e^(-2B)/kappa",
    predicts=lambda kappa, depth, size: derived.score_sparse_lower_bound(kappa, depth, F(1, 4096), size),
    measures=score_chain,
    agrees=at_least(rounding(operations=1000)),
    cases=grid(kappa=(3,), depth=(1, 2), size=(F(1, 16), F(1)), seed=(0, 1, 2)),
    rivals={
        "as for uniform weights": lambda kappa, depth: derived.sparse_attention_lower_bound(kappa, depth, F(1, 4096)),
        "without lambda^(d-1)": lambda kappa, depth, size: derived.score_sparse_lower_bound(kappa, depth, F(1), size),
        "four times the bound": lambda kappa, depth, size: (
            4 * derived.score_sparse_lower_bound(kappa, depth, F(1, 4096), size)
        ),
    },
    derivation=lambda: derived.spectral_derivation(),
    rests_on=("kerg2020.T2-lower",),
    budget=0.4,
)


def growth(gain, T, state, pattern):
    """|ds_T/dh_1| of the linear net of width 1; "self" attends to the current state alone."""
    sets = [[k] if pattern == "self" else list(range(1, k + 1)) for k in range(1, T + 1)]
    return abs(float(sparse_gains(sets, gain, state)[0]))


FROM_ABOVE = Claim(
    id="kerg2020.T2-upper",
    paper=PAPER,
    where="Upper bound for any frozen row-stochastic attention",
    says="|ds_T/dh_t| <= 2 max(1, 2q)^(T-t), and max(1, q)^(T-t) for s = (h + c)/2",
    predicts=lambda gain, T, state: derived.frozen_growth_bound(abs(F(gain)), T, 1, state=state).value,
    measures=growth,
    agrees=at_most(rounding(operations=500)),
    cases=grid(gain=(F(1, 4), F(1, 2), F(1), F(-3, 2)), T=(1, 6, 20), state=("sum", "mean"), pattern=("self", "full")),
    free={"gain": (-2.0, 2.0)},
    rivals={
        "half the bound": lambda gain, T, state: derived.frozen_growth_bound(abs(F(gain)), T, 1, state=state).value / 2,
        "one step less": lambda gain, T, state: (
            derived.frozen_growth_bound(abs(F(gain)), max(1, T - 1), 1, state=state).value
        ),
    },
    derivation=lambda: derived.sparse_derivation(),
    rests_on=("kerg2020.D3",),
    budget=2.2,
)


def rate(kappa, eigenvalue, T):
    """Ratio of successive gains of the windowed net at lag T, its last change as error."""
    net = measured.AttentiveNet(
        1, 1, activation="identity", attention="windowed", short_term=kappa, relevant=0, score="uniform"
    )
    net.load({"V": [[float(eigenvalue)]]})
    gains = measured.measure_jacobians(net, [[0.0]] * (T + kappa))[kappa:, 0, 0]  # from the first full window on
    first, second = gains[1] / gains[2], gains[0] / gains[1]
    return Observed(float(second), error=float(abs(second - first) * 64 + 2**-40))


WINDOW = Claim(
    id="kerg2020.T2-window",
    paper=PAPER,
    where="Sliding window N_k = {k-kappa+1..k}",
    says="the gain decays geometrically at the largest root of z = lambda(1 + mean of z^-i over i < kappa)",
    predicts=lambda kappa, eigenvalue: derived.window_rate(kappa, eigenvalue).evalf(30),
    measures=rate,
    agrees=within(),
    cases=grid(kappa=(1, 2, 5), eigenvalue=(F(1, 4), F(1, 2), F(3, 8)), T=(160,)),
    rivals={
        "window of kappa + 1": lambda kappa, eigenvalue: derived.window_rate(kappa + 1, eigenvalue).evalf(30),
        "2 lambda": lambda eigenvalue: 2 * eigenvalue,
        "1/kappa per kappa steps": lambda kappa: F(1, kappa),
    },
    derivation=lambda: derived.window_derivation(),
    rests_on=("kerg2020.T2-exact",),
    budget=1.3,
)

ZERO_SPECTRUM = Claim(
    id="kerg2020.T2-false-v0",
    paper=PAPER,
    where="Theorem 2, a naive reading: no condition on V",
    says="the gain is at least kappa^-d for every V",
    predicts=lambda kappa, depth: F(1, kappa**depth),
    measures=window_gain,
    agrees=at_least(),
    cases=({"kappa": 2, "depth": 2, "eigenvalue": F(0)}, {"kappa": 3, "depth": 3, "eigenvalue": F(0)}),
    expects=Verdict.REFUTED,
    control=(
        {"kappa": 4, "depth": 1, "eigenvalue": F(0)},
        {"kappa": 2, "depth": 2, "eigenvalue": F(1)},
    ),
    corrected="kerg2020.T2-lower",
    budget=0.4,
)

SIGNS = Claim(
    id="kerg2020.T2-false-signs",
    paper=PAPER,
    where="Theorem 2, a naive reading: |lambda| in place of lambda",
    says="the gain is at least kappa^-d |lambda|^(d-1) in modulus for every real eigenvalue",
    predicts=lambda sets, eigenvalue: F(1, max(len(s) for s in sets)),
    measures=lambda sets, eigenvalue: abs(float(sparse_gains(sets, eigenvalue)[0])),
    agrees=at_least(),
    cases=({"sets": ((1,), (1,)), "eigenvalue": F(-1, 2)},),
    expects=Verdict.REFUTED,
    control=({"sets": ((1,), (1,)), "eigenvalue": F(1, 2)}, {"sets": ((1,), (1,)), "eigenvalue": F(0)}),
    corrected="kerg2020.T2-lower",
    budget=0.4,
)


def draw_mass_pattern(T, pattern, kappa, rng):
    if pattern == "full":
        return {"sets": [list(range(1, k + 1)) for k in range(1, T + 1)]}
    return draw_pattern(T, kappa, rng)


COUPLING = Claim(
    id="kerg2020.T2-coupling",
    paper=PAPER,
    where="Coupling of kappa and d",
    says="attention-only chains of one depth carry, summed over all source times, weight at most 1",
    predicts=lambda T: [derived.attention_chain_mass(depth) for depth in range(1, T + 1)],
    measures=lambda sets: measured.measure_attention_only_masses(sets),
    agrees=at_most(rounding(operations=200, scale=1)),
    cases=grid(T=(3, 8, 12), pattern=("full", "random"), kappa=(2,)),
    setting=draw_mass_pattern,
    rivals={
        "half of it": lambda T: [F(1, 2)] * T,
        "1/kappa^d": lambda T, kappa: [F(1, kappa**depth) for depth in range(1, T + 1)],
    },
    derivation=lambda: derived.sparse_derivation(),
    rests_on=("kerg2020.D2",),
    budget=0.4,
)
