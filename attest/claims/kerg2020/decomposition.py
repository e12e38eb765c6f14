"""ds_T/dh_t of arbitrary nets: autograd against explicit partials, recursion and chain sum."""

from fractions import Fraction

from attest import Claim, Rival, rounding, within
from attest.claims.kerg2020 import PAPER
from numerics import gradients as measured
from theory import gradients as derived

NETS = (
    ("rnn", "tanh", "full", "additive", "sum", False),
    ("rnn", "tanh", "full", "dot", "mean", False),
    ("rnn", "tanh", "windowed", "additive", "mean", False),
    ("rnn", "tanh", "sets", "additive", "sum", True),
    ("rnn", "relu", "screened", "additive", "sum", False),
    ("rnn", "relu", "sets", "dot", "sum", False),
    ("rnn", "modrelu", "screened", "dot", "mean", True),
    ("rnn", "identity", "sets", "additive", "mean", False),
    ("lstm", "tanh", "screened", "additive", "sum", False),
    ("lstm", "tanh", "full", "dot", "mean", True),
)
NAMES = ("cell", "activation", "attention", "score", "state", "frozen")
CASES = tuple({**dict(zip(NAMES, net, strict=True)), "T": 5} for net in NETS)
FULL = tuple(case for case in CASES if not case["frozen"])


def draw_net(cell, activation, score, T, rng):
    """Parameters of a net of width 2, its inputs, and attended sets (some without the current time)."""
    gates = 4 if cell == "lstm" else 1
    shapes = {"V": (2 * gates, 2), "U": (2 * gates, 2), "b": (2 * gates,)}
    shapes |= {"W_a": (2, 2), "U_a": (2, 2), "v_a": (2,)} if score == "additive" else {"W_q": (2, 2), "W_k": (2, 2)}
    parameters = {name: (0.8 * rng.normal(size=shape)).tolist() for name, shape in shapes.items()}
    if activation == "modrelu":
        parameters["modulus"] = 0.125
    sets = [sorted({int(i) for i in rng.integers(1, k + 1, size=2)}) for k in range(1, T + 1)]
    return {"parameters": parameters, "inputs": rng.normal(size=(T, 2)).tolist(), "sets": sets}


def predict(parameters, inputs, sets, cell, activation, attention, score, state, frozen, by_chains=False):
    return derived.network_jacobians(
        parameters,
        inputs,
        activation="lstm" if cell == "lstm" else activation,
        score=score,
        attention=sets if attention == "sets" else attention,
        short_term=2,
        relevant=1,
        state=state,
        frozen=frozen,
        by_chains=by_chains,
    )


def measure(parameters, inputs, sets, cell, activation, attention, score, state, frozen):
    net = measured.AttentiveNet(
        2,
        2,
        cell=cell,
        activation=activation,
        attention=sets if attention == "sets" else attention,
        score=score,
        state=state,
        frozen=frozen,
        short_term=2,
        relevant=1,
    )
    return measured.measure_jacobians(net.load(parameters), inputs)


def transposed(parameters):
    V = parameters["V"]
    blocks = [V[r : r + 2] for r in range(0, len(V), 2)]
    return {**parameters, "V": [[block[c][r] for c in range(2)] for block in blocks for r in range(2)]}


# Five steps of width 2 (LSTM: 4): some thousand roundings of entries of order ten.
EXACT = within(rounding(operations=4000, scale=10))

BACKWARD_RECURSION = Claim(
    id="kerg2020.D1",
    paper=PAPER,
    where="Appendix, gradient decomposition; with the explicit partials written out",
    says="ds_T/dh_t of any recurrent net with attention is given for all t by one backward recursion over E, F, J",
    predicts=predict,
    measures=measure,
    agrees=EXACT,
    cases=CASES,
    setting=draw_net,
    rivals={
        "weights held constant": lambda parameters, inputs, sets, cell, activation, attention, score, state: predict(
            parameters, inputs, sets, cell, activation, attention, score, state, True
        ),
        "other convention": lambda parameters, inputs, sets, cell, activation, attention, score, state, frozen: predict(
            parameters,
            inputs,
            sets,
            cell,
            activation,
            attention,
            score,
            "sum" if state == "mean" else "mean",
            frozen,
        ),
        "V transposed": lambda parameters, inputs, sets, cell, activation, attention, score, state, frozen: predict(
            transposed(parameters), inputs, sets, cell, activation, attention, score, state, frozen
        ),
        "t + 1 in place of t": lambda parameters, inputs, sets, cell, activation, attention, score, state, frozen: (
            lambda rows: [*rows[1:], rows[0]]
        )(predict(parameters, inputs, sets, cell, activation, attention, score, state, frozen)),
    },
    derivation=lambda: derived.decomposition_derivation(),
    budget=0.4,
)

CHAIN_SUM = Claim(
    id="kerg2020.D2",
    paper=PAPER,
    where="Proposition (gradient decomposition)",
    says="ds_T/dh_t is the sum over all 2^(T-t) dependency chains of products of attention and recurrence hops",
    predicts=lambda parameters, inputs, sets, cell, activation, attention, score, state, frozen: predict(
        parameters, inputs, sets, cell, activation, attention, score, state, frozen, by_chains=True
    ),
    measures=measure,
    agrees=EXACT,
    cases=CASES,
    setting=draw_net,
    rivals={
        "frozen weights": lambda parameters, inputs, sets, cell, activation, attention, score, state: predict(
            parameters, inputs, sets, cell, activation, attention, score, state, True, by_chains=True
        ),
        "V transposed": lambda parameters, inputs, sets, cell, activation, attention, score, state, frozen: predict(
            transposed(parameters), inputs, sets, cell, activation, attention, score, state, frozen, by_chains=True
        ),
    },
    derivation=lambda: derived.partials_derivation(),
    rests_on=("kerg2020.D1",),
    budget=0.4,
)


def draw_sets(T, rng):
    return {"sets": [sorted({int(i) for i in rng.integers(1, k + 1, size=3)}) for k in range(1, T + 1)]}


def polynomial_at(coefficients, eigenvalue):
    return sum(c * Fraction(eigenvalue) ** r for r, c in enumerate(coefficients))


def measure_sets(sets, eigenvalue):
    net = measured.AttentiveNet(1, 1, activation="identity", attention=sets, score="uniform")
    return measured.measure_jacobians(net.load({"V": [[float(eigenvalue)]]}), [[0.0]] * len(sets))[:, 0, 0]


FROZEN_POLYNOMIAL = Claim(
    id="kerg2020.D3",
    paper=PAPER,
    where="Appendix, gradient decomposition with constant weights",
    says="with frozen weights and J = V the gradient is a polynomial in V with non-negative coefficients",
    predicts=lambda T, sets, eigenvalue: [
        polynomial_at(derived.frozen_degree_mass(derived.pattern_weights(sets), T, t), eigenvalue)
        for t in range(1, T + 1)
    ],
    measures=lambda sets, eigenvalue: measure_sets(sets, eigenvalue),
    # T = 6: below 100 roundings of terms that do not exceed the value at |lambda|, of order ten
    agrees=within(rounding(operations=100, scale=10)),
    cases=({"T": 6, "eigenvalue": Fraction(3, 8)}, {"T": 6, "eigenvalue": Fraction(-5, 4)}),
    setting=draw_sets,
    rivals={
        "drops the longest chain": lambda T, sets, eigenvalue: [
            polynomial_at(derived.frozen_degree_mass(derived.pattern_weights(sets), T, t)[: max(1, T - t)], eigenvalue)
            for t in range(1, T + 1)
        ],
        "one Jacobian too many in every chain": lambda T, sets, eigenvalue: [
            eigenvalue * polynomial_at(derived.frozen_degree_mass(derived.pattern_weights(sets), T, t), eigenvalue)
            for t in range(1, T + 1)
        ],
    },
    derivation=lambda: derived.decomposition_derivation(),
    rests_on=("kerg2020.D2",),
    budget=0.4,
)


def draw_uniform(T, learned, rng):
    drawn = draw_net("rnn", "tanh", "additive", T, rng)
    parameters = drawn["parameters"]
    if not learned:
        parameters["v_a"] = [0.0, 0.0]
    return {"parameters": parameters, "inputs": drawn["inputs"]}


UNIFORM_IS_FROZEN = Claim(
    id="kerg2020.D4",
    paper=PAPER,
    where="Theorem 1, uniform attention",
    says="for uniform attention the full derivative equals the one with the weights held constant",
    predicts=lambda parameters, inputs: derived.network_jacobians(parameters, inputs, frozen=True),
    measures=lambda parameters, inputs: measured.measure_jacobians(
        measured.AttentiveNet(2, 2, attention="full").load(parameters), inputs
    ),
    agrees=EXACT,
    cases=({"T": 6, "learned": False},),
    setting=draw_uniform,
    rivals={
        "also for learned scores": Rival(
            lambda parameters, inputs: derived.network_jacobians(parameters, inputs, frozen=True),
            cases=({"T": 6, "learned": True},),
        ),
        "half the attention": lambda parameters, inputs: derived.network_jacobians(
            parameters, inputs, frozen=True, state="mean"
        ),
    },
    derivation=lambda: derived.partials_derivation(),
    rests_on=("kerg2020.D1",),
    budget=0.4,
)
