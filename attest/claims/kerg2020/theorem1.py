"""Theorem 1 with explicit constants and hypotheses: lower bounds, upper bounds, and what an Omega(1/T) can mean."""

from fractions import Fraction

from attest import Claim, Rival, at_least, at_most, grid, rounding, within
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

F = Fraction
# Some hundred operations on numbers whose products do not exceed the bounds by more than a factor of ten.
LOWER = at_least(rounding(operations=2000, scale=10))
UPPER = at_most(rounding(operations=2000, scale=1))


def draw_eigenpair(n, eigenvalue, rng):
    """V with a known eigenpair, V = lambda u y^T/(y^T u) + W (1 - u y^T/(y^T u)); not normal; and a direction g."""
    whole = lambda *shape: rng.integers(-6, 7, size=shape)  # noqa: E731
    u, y, g = ([int(x) for x in whole(n)] for _ in range(3))
    u[0], y[0] = abs(u[0]) + 7 * n, abs(y[0]) + 7 * n  # y^T u > 0
    W = [[F(int(x), 8) for x in row] for row in whole(n, n)]
    norm = sum(a * b for a, b in zip(u, y, strict=True))
    P = [[F(u[r] * y[c], norm) for c in range(n)] for r in range(n)]
    V = [
        [eigenvalue * P[r][c] + W[r][c] - sum(W[r][k] * P[k][c] for k in range(n)) for c in range(n)] for r in range(n)
    ]
    return {"V": V, "u": u, "g": g}


def linear_norm(V, g, T, t):
    """|dL/dh_t| of the linear net with uniform attention for L = g . s_T."""
    net = measured.AttentiveNet(1, len(V), activation="identity", attention="uniform")
    net.load({"V": [[float(x) for x in row] for row in V]})
    return measured.measure_gradient_norms(net, [[0.0]] * T, direction=[float(x) for x in g], times=[t])[0]


SPECTRAL = Claim(
    id="kerg2020.T1-eig",
    paper=PAPER,
    where="Theorem 1, with a right eigenvector in place of normality",
    says="for every eigenpair V u = lambda u of a linear net: |gradient| >= |P_{T,t}(lambda)| |g.u|/|u|",
    predicts=lambda V, g, u, T, t, eigenvalue: derived.spectral_lower_bound(V, g, T, t, eigenvalue, u).value,
    measures=linear_norm,
    agrees=LOWER,
    cases=grid(n=(1, 2, 3), T=(1, 8, 20), t=(1,), eigenvalue=(F(-1, 2), F(3, 4))),
    setting=draw_eigenpair,
    rivals={
        "twice the bound": lambda V, g, u, T, t, eigenvalue: (
            2 * derived.spectral_lower_bound(V, g, T, t, eigenvalue, u).value
        ),
        "without |u| in the denominator": lambda V, g, u, T, t, eigenvalue: (
            derived.spectral_lower_bound(V, g, T, t, eigenvalue, u).value * sum(x * x for x in u)
        ),
        "without the eigenpair: |lambda| as a singular value": Rival(
            lambda g, T, t, eigenvalue: derived.uniform_attention_gain(T, t, abs(eigenvalue)) * abs(g[0]),
            cases=({"n": 1, "T": 8, "t": 1, "eigenvalue": F(-1, 2)},),
        ),
    },
    derivation=lambda: derived.spectral_derivation(),
    rests_on=("kerg2020.T1-exact",),
    budget=0.4,
)


def draw_psd(spectrum, rng):
    """Q diag(spectrum) Q with a rational Householder reflection Q."""
    n = len(spectrum)
    w = [int(x) for x in rng.integers(1, 6, size=n)]
    square = sum(x * x for x in w)
    Q = [[F(int(r == c)) - F(2 * w[r] * w[c], square) for c in range(n)] for r in range(n)]
    return {"V": [[sum(Q[r][k] * spectrum[k] * Q[k][c] for k in range(n)) for c in range(n)] for r in range(n)]}


def singular_values(V, T, t):
    import numpy as np

    G = measured.measure_linear_jacobians([[float(x) for x in row] for row in V], T)[t - 1]
    values = np.linalg.svd(G, compute_uv=False)
    return [values[-1], values[0]]


PSD = Claim(
    id="kerg2020.T1-psd",
    paper=PAPER,
    where="Theorem 1, V symmetric positive semidefinite",
    says="the extreme singular values of ds_T/dh_t are P_{T,t} at the extreme eigenvalues of V",
    predicts=lambda V, T, t: derived.psd_singular_values(V, T, t),
    measures=singular_values,
    agrees=within(rounding(operations=2000, scale=100)),
    cases=grid(spectrum=((F(0), F(1, 2)), (F(1, 4), F(3, 4), F(1, 2)), (F(1, 8), F(1))), T=(2, 10), t=(1, 2)),
    setting=draw_psd,
    rivals={
        "P_{T+1,t}": lambda V, T, t: derived.psd_singular_values(V, T + 1, t),
        "half the spectrum": lambda V, T, t: derived.psd_singular_values([[x / 2 for x in row] for row in V], T, t),
        "without semidefiniteness": Rival(
            lambda spectrum, T, t: [derived.uniform_attention_gain(T, t, abs(x)) for x in spectrum],
            cases=({"spectrum": (F(-1, 8), F(-3, 4)), "T": 9, "t": 1},),
        ),
    },
    derivation=lambda: derived.spectral_derivation(),
    rests_on=("kerg2020.T1-exact",),
    budget=0.4,
)


def draw_cone(n, sign, rng):
    """Entrywise nonnegative V (times sign), inputs, and a nonnegative direction."""
    V = [[F(sign) * int(x) / 16 for x in row] for row in rng.integers(0, 8, size=(n, n))]
    return {"V": V, "g": [int(x) for x in rng.integers(1, 5, size=n)], "x": rng.normal(size=(20, 2)).tolist()}


def nonlinear_norm(V, g, x, T, t, activation):
    net = measured.AttentiveNet(2, len(V), activation=activation, attention="uniform")
    net.load({"V": [[float(v) for v in row] for row in V]})
    return measured.measure_gradient_norms(net, x[:T], direction=[float(v) for v in g], times=[t])[0]


CONE = Claim(
    id="kerg2020.T1-cone",
    paper=PAPER,
    where="Theorem 1 for nonlinear nets",
    says="with V >= 0, g >= 0 and phi' >= 0 the gradient of a nonlinear net is at least |g|/T, uniform attention",
    predicts=lambda V, g, T, t: derived.cone_lower_bound(V, g, T, t).value,
    measures=nonlinear_norm,
    agrees=LOWER,
    cases=grid(n=(1, 3), sign=(0, 1), T=(5, 20), t=(1, 4), activation=("tanh", "relu")),
    setting=draw_cone,
    rivals={
        "twice the bound": lambda V, g, T, t: 2 * derived.cone_lower_bound(V, g, T, t).value,
        "1/t in place of 1/T": lambda V, g, T, t: derived.cone_lower_bound(V, g, t, t).value,
        "without V >= 0": Rival(
            lambda V, g, T, t: derived.cone_lower_bound([[0] * len(V)] * len(V), g, T, t).value,
            cases=grid(n=(1, 3), sign=(-1,), T=(2, 6, 20), t=(1, 2), activation=("tanh",)),
        ),
    },
    derivation=lambda: derived.sparse_derivation(),
    budget=0.8,
)


def draw_scores(n, size, V_scale, rng):
    """A net with additive scores of total weight |v_a|_1 = size, V >= 0, g >= 0."""
    v = rng.normal(size=n)
    return {
        "parameters": {
            "V": (V_scale * rng.uniform(size=(n, n)) / n).tolist(),
            "W_a": (3 * rng.normal(size=(n, n))).tolist(),
            "U_a": (3 * rng.normal(size=(n, n))).tolist(),
            "v_a": (size * v / abs(v).sum()).tolist(),
        },
        "g": rng.uniform(0.5, 1, size=n).tolist(),
        "x": (2 * rng.normal(size=(24, 2))).tolist(),
    }


def scored_norms(parameters, g, x, n, T):
    """Gradient norms over |g| at t < T of a net with frozen learned weights."""
    net = measured.AttentiveNet(2, n, attention="full", frozen=True).load(parameters)
    norms = measured.measure_gradient_norms(net, x[:T], direction=g)
    return [norm / sum(v * v for v in g) ** 0.5 for norm in norms[: T - 1]]


def score_bound(T, size):
    """The bound for a score bound of |v_a|_1, up to its rounding."""
    return [derived.score_weight_range(F(size), T)[0]] * (T - 1)


SCORE = Claim(
    id="kerg2020.T1-score",
    paper=PAPER,
    where="Theorem 1 for non-uniform additive attention, frozen weights",
    says="additive scores bounded by B = |v_a|_1 leave at least e^(-2B)/T of the gradient, under the cone hypotheses",
    predicts=score_bound,
    measures=scored_norms,
    agrees=at_least(rounding(operations=2000, scale=1)),
    cases=grid(n=(1, 3), size=(F(1, 8), 1, 2), V_scale=(0, 0.5), T=(6, 24)),
    setting=draw_scores,
    rivals={
        "the uniform 1/T": lambda T: [F(1, T)] * (T - 1),
        "e^(-B)/T twice over": lambda T, size: [2 * derived.score_weight_range(F(size) / 2, T)[0]] * (T - 1),
        "e^(+2B)/T": lambda T, size: [derived.score_weight_range(F(size), T)[1]] * (T - 1),
    },
    derivation=lambda: derived.spectral_derivation(),
    rests_on=("kerg2020.T1-cone",),
    budget=0.5,
)


def draw_any(n, gain, rng):
    """V with spectral norm *gain* and any signs, in float64, and inputs."""
    import numpy as np

    V = rng.normal(size=(n, n))
    return {"V": (float(gain) * V / np.linalg.norm(V, 2)).tolist(), "x": (0.3 * rng.normal(size=(30, 2))).tolist()}


def spectral_norm(V, x, T, t, activation):
    import numpy as np

    net = measured.AttentiveNet(2, len(V), activation=activation, attention="uniform").load({"V": V})
    return float(np.linalg.norm(measured.measure_jacobians(net, x[:T], times=[t])[0], 2))


UPPER_BOUND = Claim(
    id="kerg2020.T1-upper",
    paper=PAPER,
    where="Upper bound for any V and any activation, uniform attention",
    says="|ds_T/dh_t|_2 <= P_{T,t}(q) with q = sup|phi'| |V|_2",
    predicts=lambda gain, T, t: derived.gain_upper_bound(F(gain), T, t).value,
    measures=spectral_norm,
    agrees=UPPER,
    cases=grid(n=(1, 3), gain=(F(1, 2), F(1)), T=(3, 12), t=(1, 3), activation=("identity", "tanh")),
    setting=draw_any,
    rivals={
        "half the bound": lambda gain, T, t: derived.gain_upper_bound(F(gain), T, t).value / 2,
        "q^(T-t), as without attention": lambda gain, T, t: derived.baseline_gain(T, t, F(gain)),
        "without q = |V|_2: q = |V|_2/2": Rival(
            lambda gain, T, t: derived.gain_upper_bound(F(gain) / 2, T, t).value,
            cases=({"n": 1, "gain": F(1), "T": 12, "t": 1, "activation": "identity"},),
        ),
    },
    derivation=lambda: derived.recurrence_derivation(),
    budget=0.5,
)


def draw_full(n, gain, rng):
    import numpy as np

    drawn = {name: rng.normal(size=(n, n)) for name in ("V", "W_a", "U_a")}
    drawn["V"] *= float(gain) / np.linalg.norm(drawn["V"], 2)
    v = rng.normal(size=n)
    key, query = (float(np.linalg.norm(drawn[name], 2) * np.linalg.norm(v)) for name in ("U_a", "W_a"))
    parameters = {**{name: M.tolist() for name, M in drawn.items()}, "v_a": v.tolist()}
    return {"parameters": parameters, "key": key, "query": query, "x": rng.normal(size=(12, 2)).tolist()}


def full_derivative_norm(parameters, x, n, T, t):
    import numpy as np

    from attest import Observed

    net = measured.AttentiveNet(2, n, attention="full").load(parameters)
    G = measured.measure_jacobians(net, x[:T], times=[t])[0]
    weights, radii = measured.record_spread(net, x[:T])
    return Observed(float(np.linalg.norm(G, 2)), given={"weights": weights, "radii": radii})


FULL_UPPER = Claim(
    id="kerg2020.T1-upper-full",
    paper=PAPER,
    where="Upper bound for the full derivative, learned additive scores",
    says="a forward recursion on norms, with the spread of the states, bounds the full derivative",
    predicts=lambda gain, T, t, weights, radii, key, query: derived.full_derivative_upper_bound(
        float(gain), T, t, weights, radii, key=key, query=query
    ),
    measures=full_derivative_norm,
    agrees=UPPER,
    cases=grid(n=(1, 3), gain=(F(0), F(1, 2)), T=(2, 8), t=(1, 2)),
    setting=draw_full,
    rivals={
        "half the bound": lambda gain, T, t, weights, radii, key, query: (
            derived.full_derivative_upper_bound(float(gain), T, t, weights, radii, key=key, query=query) / 2
        ),
        "as if the weights were frozen": lambda gain, T, t, weights, radii: derived.full_derivative_upper_bound(
            float(gain), T, t, weights, radii, key=0.0, query=0.0
        ),
    },
    derivation=lambda: derived.partials_derivation(),
    rests_on=("kerg2020.D1",),
    budget=0.4,
)


def gain_by_autograd(T, t, eigenvalue):
    return measured.measure_uniform_attention_gain(T, t, float(eigenvalue))


SANDWICH_CASES = tuple(
    {"T": T, "t": t, "eigenvalue": x}
    for T, t in ((1, 1), (2, 1), (9, 8), (10, 1), (40, 5), (200, 1))
    for x in (F(0), F(1, 4), F(1, 2), F(3, 4), F(31, 32))
)

SANDWICH_LOWER = Claim(
    id="kerg2020.T1-sandwich",
    paper=PAPER,
    where="Theorem 1, linear net, 0 <= lambda < 1",
    says="P_{T,t}(lambda) is at least an explicit product of Gamma functions, itself at least 1/T",
    predicts=lambda T, t, eigenvalue: derived.sandwich(T, t, F(eigenvalue)).lower,
    measures=gain_by_autograd,
    agrees=at_least(rounding(operations=2000)),
    cases=SANDWICH_CASES,
    free={"eigenvalue": (0.0, 0.97)},
    rivals={
        "twice the bound": lambda T, t, eigenvalue: 2 * derived.sandwich(T, t, F(eigenvalue)).lower,
        "leading term (T+1)/t without its power": lambda T, t: F(T + 1, t),
        "without lambda >= 0": Rival(
            lambda T, t, eigenvalue: derived.sandwich(T, t, abs(F(eigenvalue))).lower,
            cases=grid(T=(2, 10), t=(1,), eigenvalue=(F(-1, 2), F(-1, 6))),
        ),
        "the 1/T alone, for lambda < 0": Rival(lambda T: F(1, T), cases=grid(T=(10,), t=(1,), eigenvalue=(F(-1, 2),))),
    },
    derivation=lambda: derived.sandwich_derivation(),
    rests_on=("kerg2020.P1",),
    budget=1.9,
)

SANDWICH_UPPER = Claim(
    id="kerg2020.T1-sandwich-upper",
    paper=PAPER,
    where="Theorem 1, linear net, 0 <= lambda < 1",
    says="P_{T,t}(lambda) is at most lambda^(T-t) plus an explicit product over T (1-lambda)^p",
    predicts=lambda T, t, eigenvalue: derived.sandwich(T, t, F(eigenvalue)).upper,
    measures=gain_by_autograd,
    agrees=at_most(rounding(operations=2000)),
    cases=SANDWICH_CASES,
    free={"eigenvalue": (0.0, 0.97)},
    rivals={
        "half the bound": lambda T, t, eigenvalue: derived.sandwich(T, t, F(eigenvalue)).upper / 2,
        "without the recurrence mode lambda^(T-t)": lambda T, t, eigenvalue: (
            derived.sandwich(T, t, F(eigenvalue)).upper - F(eigenvalue) ** (T - t)
        ),
        "1/T times a constant": lambda T, t: F(2, T),
    },
    derivation=lambda: derived.sandwich_derivation(),
    rests_on=("kerg2020.P1",),
    budget=1.6,
)

SANDWICH_TIGHT = Claim(
    id="kerg2020.T1-sandwich-loose",
    paper=PAPER,
    where="Theorem 1, linear net, 0 <= lambda <= 1/2",
    says="for lambda <= 1/2 the lower bound is within a factor 3 of the gain",
    predicts=lambda T, t, eigenvalue: 3 * derived.sandwich(T, t, F(eigenvalue)).lower,
    measures=gain_by_autograd,
    agrees=at_most(rounding(operations=2000)),
    cases=tuple({"T": T, "t": T - lag, "eigenvalue": F(1, 2)} for T, lag in ((10, 3), (100, 6), (400, 8)))
    + grid(T=(50,), t=(1, 20), eigenvalue=(F(0), F(1, 4))),
    free={"eigenvalue": (0.0, 0.5)},
    rivals={
        "within a factor 2": lambda T, t, eigenvalue: 2 * derived.sandwich(T, t, F(eigenvalue)).lower,
        "within a factor 3 for every lambda < 1": Rival(
            lambda T, t, eigenvalue: 3 * derived.sandwich(T, t, F(eigenvalue)).lower,
            cases=({"T": 100, "t": 1, "eigenvalue": F(31, 32)},),
        ),
    },
    rests_on=("kerg2020.T1-sandwich",),
    budget=1.5,
)

CORRECTED = Claim(
    id="kerg2020.T1-corrected",
    paper=PAPER,
    where="Theorem 1, corrected",
    says="linear net, t fixed, |spec V| < 1: Omega(1/T) holds if some eigenvalue with g.u != 0 is in the disc",
    kind="asymptotic",
    finite_form=("kerg2020.T1-eig", "kerg2020.P6", "kerg2020.P7"),
    derivation=lambda: derived.disc_derivation(),
)
